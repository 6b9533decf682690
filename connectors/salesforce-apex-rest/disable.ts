import type { Action } from '../../shared/host/actions.ts'
import { disableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeByRest, openForActive } from './accounts/active.ts'

/** Keeps the user from signing in and frees the licence; everything else of the account stays. */
export const action: Action = (call) => {
  const org = openForActive(call)
  return disableAccount(call, org, activeByRest(call, org))
}
