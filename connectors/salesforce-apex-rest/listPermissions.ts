import type { Action } from '../../shared/host/actions.ts'
import { permissionsResult } from '../../shared/lifecycle/permissions/permissionListResult.ts'
import { offerByRest } from '../../shared/lifecycle/permissions/listing/permissionListRest.ts'
import { openOrg } from './org.ts'

/** Lists everything of the configured types that can be granted; a list that is not complete is an error. */
export const action: Action = async (call) => {
  const { rest, settings } = openOrg(call)
  return permissionsResult(await offerByRest(rest, settings.permissionTypes))
}
