import type { Action } from '../../shared/host/actions.ts'
import { revoke } from '../../shared/lifecycle/permissions/revoke.ts'
import { openOrg } from './org.ts'
import { accessTo } from './permissions/permission.ts'

/** Takes one permission from the account; everything else that it holds stays. */
export const action: Action = (call) => revoke(call, openOrg(call), accessTo)
