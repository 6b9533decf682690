import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import { rights } from './org.ts'
import type { Right } from './org.ts'
import type { Row } from './rows.ts'
import { field, readOnly, sobject } from '../schema/schema.ts'
import type { SObject } from '../schema/schema.ts'
import { Table } from './table.ts'

/** One of these rights is enough; objects and uses that are not here need none. */
interface Needs {
  read?: readonly Right[]
  write?: readonly Right[]
}

const permissionSets = {
  read: ['ViewSetup', 'AssignPermissionSets', 'ManageUsers'],
  write: ['AssignPermissionSets'],
} as const satisfies Needs

const setup = ['ViewSetup'] as const

/**
 * Documented: Special Access Rules of the object reference's pages (PermissionSet, PermissionSetAssignment,
 * PermissionSetGroup, PermissionSetLicense, PermissionSetLicenseAssign, UserLogin). Observed by administrators: without View
 * Setup and Configuration a user is shown neither profiles nor permission set group components, and without View Roles and
 * Role Hierarchy no roles. Assumed: that UserLicense goes with Profile, that groups are shown to everybody, and the rights
 * to write groups and roles.
 */
const needs: Readonly<Record<string, Needs>> = {
  User: { write: ['ManageUsers', 'ManageInternalUsers'] },
  Profile: { read: setup },
  UserLicense: { read: setup },
  PermissionSetGroup: { read: ['ViewSetup', 'AssignPermissionSets'] },
  PermissionSetGroupComponent: { read: setup },
  PermissionSetLicense: { read: ['ViewSetup', 'AssignPermissionSets'] },
  UserLogin: { read: ['ManageUsers'], write: ['ManageUsers'] },
  PermissionSet: permissionSets,
  PermissionSetAssignment: permissionSets,
  PermissionSetLicenseAssign: { ...permissionSets, read: ['ViewSetup', 'AssignPermissionSets'] },
  // documented: Special Access Rules of AuthSession
  AuthSession: { read: ['ManageUsers'], write: ['ManageUsers'] },
  Group: { write: ['ManageUsers'] },
  GroupMember: { write: ['ManageUsers'] },
  UserRole: { read: ['ViewRoles'], write: ['ManageUsers'] },
}

/** Fields that a right shows, not field-level security. Observed by administrators. */
const fieldNeeds: Readonly<Record<string, readonly Right[]>> = {
  'User.ProfileId': setup,
  'User.UserRoleId': ['ViewRoles'],
}

function has({ org, callerId }: Context, right: Right): boolean {
  return org.missingRights.get(callerId)?.has(right) !== true
}

/** Whether the caller may read, or write, records of an object. */
export function may(context: Context, object: string, use: keyof Needs): boolean {
  if (use === 'read' && isHidden(context, object)) return false
  if (object === 'UserLogin' && context.dialect.freezeUsersSuffices && has(context, 'FreezeUsers'))
    return true
  const wanted = needs[object]?.[use]
  return wanted === undefined || wanted.some((right) => has(context, right))
}

function isHidden({ org, callerId }: Context, name: string): boolean {
  return org.hidden.get(callerId)?.has(name) === true
}

/** Whether the caller is shown a field of an object. */
export function maySee(context: Context, object: string, name: string): boolean {
  const full = `${object}.${name}`
  const wanted = fieldNeeds[full]
  return !isHidden(context, full) && (wanted === undefined || wanted.some((right) => has(context, right)))
}

/** The object with the fields that the caller is shown. */
export function visible(context: Context, type: SObject): SObject {
  const shown = [...type.fields].filter(([, { name }]) => maySee(context, type.name, name))
  return shown.length === type.fields.size ? type : { ...type, fields: new Map(shown) }
}

/**
 * Whether a row of an object that the caller may read is shown. Documented (object reference, OauthToken): who may not
 * customise the application sees the own tokens alone, and nothing says so.
 */
export function isShown(context: Context, object: string, row: Row): boolean {
  if (object === 'PermissionSetAssignment' && isHiddenRow(context, row)) return false
  return object !== 'OauthToken' || row['UserId'] === context.callerId || has(context, 'CustomizeApplication')
}

/** See the switch `expiredAssignment`. */
function isHiddenRow(context: Context, { ExpirationDate: day }: Row): boolean {
  if (context.dialect.expiredAssignment === 'shown' || context.showsDeleted === true) return false
  return typeof day === 'string' && Date.parse(day) <= context.now().getTime()
}

/** @throws RestError 403 where the caller may not write the object (general knowledge: code and text) */
export function refuseWithoutRight(context: Context, object: string): void {
  if (may(context, object, 'write')) return
  throw new RestError(
    403,
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'insufficient access rights on cross-reference id',
  )
}

/** What the caller has, as the one row of an object (documented: UserPermissionAccess, "a current user"). */
export function userPermissionAccess(context: Context): SObject {
  const table = new Table<{ Id: string; LastCacheUpdate: null }>()
  table.insert({ Id: context.callerId, LastCacheUpdate: null })
  return sobject('UserPermissionAccess', '005', () => table, '', [
    readOnly('LastCacheUpdate', 'datetime', { required: false }),
    ...rights.map((right) => field(`Permissions${right}`, 'boolean', { compute: () => has(context, right) })),
  ])
}
