import type { Action } from '../../shared/host/actions.ts'
import { accessOverRest } from '../../shared/provisioning/permissions/accessOverRest.ts'
import { grant } from '../../shared/provisioning/permissions/grant.ts'
import { openOrg } from './org.ts'

/** Gives the account one permission; everything else that it holds stays. */
export const action: Action = (call) => grant(call, openOrg(call), accessOverRest)
