import type { Action } from '../../shared/host/actions.ts'
import { permissionsResult } from '../../shared/lifecycle/permissions/permissionListResult.ts'
import { offerByRest } from '../../shared/lifecycle/permissions/listing/permissionListRest.ts'
import { openOrg } from './org.ts'
import { offerByScim } from './permissions/permissionListScim.ts'

/** Lists everything of the configured types that can be granted; a list that is not complete is an error. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const { permissionTypes, useRestApi } = org.settings
  return permissionsResult(
    useRestApi ? await offerByRest(org.rest, permissionTypes) : await offerByScim(org, permissionTypes),
  )
}
