import type { Action } from '../../shared/action/actions.ts'
import { log } from '../../shared/log.ts'
import { toPermissions } from '../../shared/salesforce/access/permissionList.ts'
import { offerByRest } from '../../shared/salesforce/access/permissionListRest.ts'
import { openOrg } from './org.ts'
import { offerByScim } from './permissions/permissionListScim.ts'

/** Lists everything of the configured types that can be granted; a list that is not complete is an error. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const { permissionTypes, useRestApi } = org.settings
  const { offered, notes } = useRestApi
    ? await offerByRest(org.rest, permissionTypes)
    : await offerByScim(org, permissionTypes)
  for (const note of notes) log('information', note)
  return { Success: true, Permissions: toPermissions(offered), AuditLogs: [] }
}
