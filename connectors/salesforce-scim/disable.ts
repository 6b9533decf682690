import type { Action } from '../../shared/action/actions.ts'
import { setActive } from './active.ts'

/** Keeps the user from signing in and frees the licence; everything else of the account stays. */
export const action: Action = (call) => setActive(call, false)
