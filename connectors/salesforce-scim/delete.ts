import type { Action } from '../../shared/host/actions.ts'
import { disableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeOverScim } from './accounts/active.ts'
import { openOrg } from './org.ts'

/** Deactivates: Salesforce cannot delete users (documented: help identity_scim_deactivate_reactivate_user). */
export const action: Action = (call) => {
  const org = openOrg(call)
  return disableAccount(call, org, activeOverScim(call, org))
}
