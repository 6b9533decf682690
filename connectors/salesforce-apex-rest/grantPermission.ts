import type { Action } from '../../shared/host/actions.ts'
import { accessOverRest } from '../../shared/lifecycle/permissions/permissionAccessRest.ts'
import { grant } from '../../shared/lifecycle/permissions/grant.ts'
import { openOrg } from './org.ts'

/** Gives the account one permission; everything else that it holds stays. */
export const action: Action = (call) => grant(call, openOrg(call), accessOverRest)
