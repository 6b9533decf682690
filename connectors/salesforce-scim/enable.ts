import type { Action } from '../../shared/action/actions.ts'
import { letIn } from './active.ts'

/** Lets the user sign in. */
export const action: Action = letIn
