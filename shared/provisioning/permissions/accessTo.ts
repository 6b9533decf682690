import type { Call } from '../../action/actions.ts'
import { ConnectorError } from '../../errors.ts'
import type { Access } from '../../salesforce/access/access.ts'
import type { PermissionReference, PermissionType } from '../../salesforce/access/permission.ts'
import { checkAssignmentVersion } from '../../salesforce/apiVersion.ts'
import type { Org } from '../org.ts'
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
  together?: readonly string[],
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
  if (path === undefined || input.personContext === undefined) return undefined
  const field = path.replace(/^person\./i, '')
  const value = valueAt(input.personContext, `Person.${field}`)
  if (value === undefined || value === null || value === '') return null
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined
  if (day === undefined || Number.isNaN(Date.parse(day))) {
    throw new ConnectorError('INVALID_INPUT', `Person.${field} is not a date: expected 2026-12-31.`)
  }
  // The last day is a whole day: a contract that ends on the 31st gives access until midnight.
  return `${day}T23:59:59Z`
}
