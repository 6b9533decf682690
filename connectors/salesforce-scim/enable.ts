import type { Action } from '../../shared/host/actions.ts'
import { enableAccount } from '../../shared/lifecycle/accounts/active.ts'
import { activeOverScim } from './accounts/active.ts'
import { openOrg } from './org.ts'

/** Lets the user sign in. */
export const action: Action = (call) => {
  const org = openOrg(call)
  return enableAccount(call, org, activeOverScim(call, org))
}
