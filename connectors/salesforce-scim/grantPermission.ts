import type { Action } from '../../shared/host/actions.ts'
import { grant } from '../../shared/lifecycle/permissions/grant.ts'
import { openOrg } from './org.ts'
import { accessTo } from './permissions/permission.ts'

/** Gives the account one permission; everything else that it holds stays. */
export const action: Action = (call) => grant(call, openOrg(call), accessTo)
