import type { ActionResult } from '../../host/result.ts'
import { log } from '../../log.ts'
import { type Grantable, toPermissions } from './listing/permissionList.ts'

/** The result of a list of what can be granted; what the org has not enabled is told in the log. */
export function permissionsResult(list: {
  readonly grantable: readonly Grantable[]
  readonly notes: readonly string[]
}): ActionResult {
  for (const note of list.notes) log('information', note)
  return { Success: true, Permissions: toPermissions(list.grantable), AuditLogs: [] }
}
