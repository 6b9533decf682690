import type { Action } from '../../shared/host/actions.ts'
import { disableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeOverScim } from './accounts/active.ts'
import { openOrg } from './org.ts'

/** Keeps the user from signing in and frees the licence; everything else of the account stays. */
export const action: Action = (call) => {
  const org = openOrg(call)
  return disableAccount(call, org, activeOverScim(call, org))
}
