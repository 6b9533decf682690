import type { Action } from '../../shared/action/actions.ts'
import { keepOut } from './active.ts'

/** Deactivates: Salesforce cannot delete users (documented: help identity_scim_deactivate_reactivate_user). */
export const action: Action = keepOut
