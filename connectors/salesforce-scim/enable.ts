import type { Action } from '../../shared/action/actions.ts'
import { setActive } from './active.ts'

/** Lets the user sign in. */
export const action: Action = (call) => setActive(call, true)
