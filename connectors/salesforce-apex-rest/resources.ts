import type { Action } from '../../shared/host/actions.ts'
import { createResources } from '../../shared/lifecycle/permissions/resources/createResources.ts'
import { openOrg } from './org.ts'

/** Creates the public groups or roles that the org lacks for the values of a contract field. */
export const action: Action = (call) => createResources(call, openOrg(call))
