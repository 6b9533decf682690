import { ConnectorError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import {
  readOwnAssignments,
  restoreAssignments,
} from '../../../shared/lifecycle/permissions/restoreAssignments.ts'
import type { OwnAssignment } from '../../../shared/lifecycle/permissions/access/assignmentRow.ts'
import { isSameId } from '../../../shared/salesforce/id.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { permissionSetsOf } from './accessScim.ts'
import type { Org } from '../org.ts'

/**
 * Gives back the permission sets and groups that a change of profile took away; the ids of what the account holds then. SCIM
 * knows nothing of groups and of the day on which an assignment ends: where there are any, the rows of the REST API decide.
 */
export async function keepAssignments(
  org: Org,
  before: readonly OwnAssignment[],
  after: Resource,
): Promise<readonly string[]> {
  const ids = before.map(({ id }) => id)
  if (org.isPreview) return ids
  const isPlain = before.every(({ field, expiration }) => field === 'PermissionSetId' && expiration === '')
  if (isPlain) return permissionSetsOf(await keepPermissionSets(org, ids, after))
  const left = await readOwnAssignments(org.rest, after.id)
  return (await restoreAssignments(org.rest, after.id, before, left)).map(({ id }) => id)
}

/**
 * Gives back the permission sets that a change of profile took away, and the account as it is then. A `replace` that names
 * only a profile leaves them (pilot); by RFC 7644 §3.5.2.3 it takes them, and which of the two Salesforce does is not
 * documented. Throws when they cannot be given back: nobody would miss them before the user does.
 */
export async function keepPermissionSets(
  org: Org,
  before: readonly string[],
  after: Resource,
): Promise<Resource> {
  // An answer without any entitlement, the profile included, is no picture of the account.
  if (!Array.isArray(after['entitlements'])) return after
  const held = permissionSetsOf(after)
  const lost = before.filter((id) => !held.some((other) => isSameId(id, other)))
  if (lost.length === 0) return after
  log('warning', `The change of profile took the permission sets ${lost.join(', ')}: giving them back`)
  const value = { entitlements: lost.map((id) => ({ value: id })) }
  try {
    const isDone = (user: Resource): boolean =>
      lost.every((id) => permissionSetsOf(user).some((other) => isSameId(id, other)))
    return await org.patchUser(after.id, [{ op: 'add', value }], isDone)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    throw new ConnectorError(
      error.code,
      `the profile was changed, and Salesforce took the permission sets [${lost.join(', ')}] away with the old one; they could not be given back: ${error.message}`,
      { cause: error },
    )
  }
}
