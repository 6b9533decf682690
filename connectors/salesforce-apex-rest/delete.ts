import type { Action } from '../../shared/host/actions.ts'
import { disableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeByRest, openForActive } from './accounts/active.ts'

/** Deactivates: Salesforce cannot delete users (documented: sObject User has no DELETE). */
export const action: Action = (call) => {
  const org = openForActive(call)
  return disableAccount(call, org, activeByRest(call, org))
}
