import type { Action } from '../../shared/action/actions.ts'
import { keepOut } from './active.ts'

/** Keeps the user from signing in and frees the licence; everything else of the account stays. */
export const action: Action = keepOut
