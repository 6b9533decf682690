import type { Call } from '../../host/actions.ts'
import { ConnectorError } from '../../errors.ts'
import type { Access, Holding } from './access/access.ts'
import type { PermissionReference, PermissionType } from './access/permission.ts'
import { checkAssignmentVersion } from '../../salesforce/rest/apiVersion.ts'
import { isHidden } from '../../salesforce/rest/unseen.ts'
import type { Org } from '../commonOrg.ts'
import { valueAt } from '../person.ts'

/**
 * The route of a permission for one account. `expiration` is when it ends, for permission sets and their groups: null for
 * never, undefined where nothing is said about it. `together` are the ids of what the same run grants or revokes before: a
 * preview takes that as done.
 */
export type AccessTo<O extends Org> = (
  org: O,
  permission: PermissionReference,
  account: string,
  purpose: 'grant' | 'revoke',
  expiration: string | null | undefined,
  changedInRun?: readonly string[],
) => Access

/** Types of which a grant or a revoke reads the assignments of permission sets: a profile may take some with it. */
const assignmentTypes: readonly PermissionType[] = [
  'Profile',
  'PermissionSet',
  'PermissionSetGroup',
  'PermissionSetLicense',
]

/** Throws `MISCONFIGURED`, before anything is sent, where the version of the REST API is too old for a type of permission. */
export function checkVersionFor({ settings }: Pick<Org, 'settings'>, type: PermissionType): void {
  if (settings.useRestApi && assignmentTypes.includes(type)) checkAssignmentVersion(settings.apiVersion)
}

/** The end of a permission, from the person, where the configuration says that permissions end; null: this one does not. */
export function expirationFor({ input }: Call, org: Org): string | null | undefined {
  const path = org.settings.permissionExpirationField
  if (path === undefined) return undefined
  const field = path.replace(/^person\./i, '')
  const value = valueAt(input.personContext, `Person.${field}`)
  // A person has every field of its schema: one that is left out is no permission without end.
  if (value === undefined) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `The person has no ${field}, from which Configuration.PermissionExpirationField takes the day on which the permission ends, and nothing was granted: correct the path in that setting.`,
    )
  }
  if (value === null || value === '') return null
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined
  if (day === undefined || Number.isNaN(Date.parse(day))) {
    throw new ConnectorError('INVALID_INPUT', `Person.${field} is not a date: expected 2026-12-31.`)
  }
  // The last day is a whole day: a contract that ends on the 31st gives access until midnight.
  return `${day}T23:59:59Z`
}

/**
 * What stands in the way of a grant, as `Access.checkGrant` has it. What a preview alone reads beforehand keeps nobody from a
 * grant that the real run makes: where the integration user is not shown it, the preview says so, and checks what a write does.
 */
export async function checkGrant(
  access: Access,
  before: Holding,
  isPreview: boolean,
): Promise<readonly string[]> {
  try {
    return await access.checkGrant(before, isPreview)
  } catch (error) {
    if (!isPreview || !isHidden(error)) throw error
    const notes = await access.checkGrant(before, false)
    return [...notes, `not everything about it could be checked: ${error.message}`]
  }
}
