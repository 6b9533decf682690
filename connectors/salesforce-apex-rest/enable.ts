import type { Action } from '../../shared/host/actions.ts'
import { enableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeByRest, openForActive } from './accounts/active.ts'

/** Lets the user sign in. */
export const action: Action = (call) => {
  const org = openForActive(call)
  return enableAccount(call, org, activeByRest(call, org))
}
