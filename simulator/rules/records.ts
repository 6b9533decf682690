import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { refuseWithoutRight } from '../org/rights.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import type { SObject } from '../schema/schema.ts'
import { coerceRecord, fillRow, requireFields } from './coerce.ts'
import { addMember, insertGroup, removeGroup, removeMember } from './groups.ts'
import { noteWrite } from './mixedDml.ts'
import { settleOwner } from './owners.ts'
import { changeLogin } from './logins.ts'
import { assign, assignLicence, changeExpiration, unassign, unassignLicence } from './permissionSets.ts'
import { insertUser, updateUser } from './users.ts'

type Values = Record<string, FieldValue>

function text(values: Values, name: string): string {
  return String(values[name] ?? '')
}

function orNull(values: Values, name: string): string | null {
  const value = values[name] ?? null
  return value === null ? null : String(value)
}

/** Creates a record of any object that can be created, and gives back its id. */
export function insertRecord(
  context: Context,
  type: SObject,
  record: Readonly<Record<string, unknown>>,
): string {
  if (!type.createable) throw notAllowed(type, 'create')
  refuseDirectDml(context, type)
  refuseWithoutRight(context, type.name)
  noteWrite(context, type.name)
  if (type.name === 'User') return insertUser(context, record).Id
  const values = coerceRecord(context, type, record, 'create')
  requireFields(type, values)
  const { org } = context
  switch (type.name) {
    case 'PermissionSetAssignment':
      return assign(context, {
        AssigneeId: text(values, 'AssigneeId'),
        PermissionSetId: orNull(values, 'PermissionSetId'),
        PermissionSetGroupId: orNull(values, 'PermissionSetGroupId'),
        ExpirationDate: orNull(values, 'ExpirationDate'),
      }).Id
    case 'PermissionSetLicenseAssign':
      return assignLicence(context, text(values, 'AssigneeId'), text(values, 'PermissionSetLicenseId'))
    case 'GroupMember': {
      const group = org.groups.get(text(values, 'GroupId'))
      if (group === undefined)
        throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
      return addMember(context, group, text(values, 'UserOrGroupId')).Id
    }
    case 'Group':
      return insertGroup(context, {
        Name: text(values, 'Name'),
        DeveloperName: orNull(values, 'DeveloperName'),
        Type: orNull(values, 'Type') ?? 'Regular',
      }).Id
    case 'UserTerritory2Association':
      refuseTwice(context, type, values, ['UserId', 'Territory2Id'])
      values['IsActive'] = true
      break
    case 'UserRole':
      values['DeveloperName'] ??= text(values, 'Name').replace(/\W+/g, '_')
      refuseTwice(context, type, values, ['DeveloperName'])
      values['LastModifiedDate'] = context.now().toISOString()
      break
    default:
      settleOwner(context, type, values, undefined)
      if (type.fields.has('ownerid'))
        values['CreatedDate'] = values['LastModifiedDate'] = context.now().toISOString()
  }
  const row = fillRow(type, org.nextId(type.keyPrefix), values)
  type.table(org).insert(row)
  return row.Id
}

/** Changes a record of any object that can be changed. */
export function updateRecord(
  context: Context,
  type: SObject,
  id: string,
  record: Readonly<Record<string, unknown>>,
): void {
  if (!type.updateable) throw notAllowed(type, 'update')
  refuseDirectDml(context, type)
  refuseWithoutRight(context, type.name)
  noteWrite(context, type.name)
  const { org } = context
  const row = existing(context, type, id)
  const user = type.name === 'User' ? org.users.get(id) : undefined
  if (user !== undefined) {
    updateUser(context, user, record)
    return
  }
  const values = coerceRecord(context, type, record, 'update')
  requireFields(type, { ...row, ...values })
  settleOwner(context, type, values, row)
  const assignment =
    type.name === 'PermissionSetAssignment' ? org.permissionSetAssignments.get(id) : undefined
  if (assignment !== undefined) {
    if ('ExpirationDate' in values) changeExpiration(context, assignment, orNull(values, 'ExpirationDate'))
    return
  }
  const login = type.name === 'UserLogin' ? org.userLogins.get(id) : undefined
  if (login !== undefined) {
    checkLogin(context, login, values)
    changeLogin(context, login, values)
    return
  }
  const stamped = type.fields.has('lastmodifieddate') ? { LastModifiedDate: context.now().toISOString() } : {}
  type.table(org).update(row, { ...values, ...stamped })
}

/** Deletes a record of any object that can be deleted. */
export function deleteRecord(context: Context, type: SObject, id: string): void {
  if (!type.deletable) throw notAllowed(type, 'delete')
  refuseWithoutRight(context, type.name)
  noteWrite(context, type.name)
  const { org } = context
  refuseGone(context, type, id)
  const row = existing(context, type, id)
  const assignment = org.permissionSetAssignments.get(id)
  const member = org.groupMembers.get(id)
  const group = org.groups.get(id)
  if (assignment !== undefined) unassign(context, assignment)
  else if (type.name === 'PermissionSetLicenseAssign') unassignLicence(context, id)
  else if (member !== undefined) removeMember(context, member)
  else if (group !== undefined) removeGroup(context, group)
  else if (type.name === 'AuthSession') org.endSession(id)
  else {
    if (type.name === 'UserRole') refuseUsedRole(context, id)
    type.table(org).remove(row)
  }
}

function refuseDirectDml(context: Context, type: SObject): void {
  if (type.name !== 'User' || context.dialect.directUserDml === 'allowed') return
  // general knowledge: the text for a right that is missing
  throw new RestError(
    403,
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'insufficient access rights on cross-reference id',
  )
}

/** See the switch `goneRecord`. */
function refuseGone(context: Context, type: SObject, id: string): void {
  const isCrossReference = context.dialect.goneRecord === 'INVALID_CROSS_REFERENCE_KEY'
  if (!isCrossReference || type.table(context.org).get(id) !== undefined) return
  throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
}

function existing(context: Context, type: SObject, id: string): Row {
  const row = type.table(context.org).get(id)
  if (row !== undefined) return row
  // documented: 404 for a record that is not there; the text is general knowledge
  throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
}

function checkLogin(context: Context, row: Row, values: Values): void {
  if (values['IsFrozen'] === true && row['UserId'] === context.callerId) {
    // observed: Partner WSDL status code
    throw new DmlError('CANNOT_FREEZE_SELF', 'You cannot freeze yourself', ['IsFrozen'])
  }
  if (values['IsPasswordLocked'] === true && row['IsPasswordLocked'] !== true) {
    // documented: the API may only set it to false (UserLogin)
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Is Password Locked: can only be set to false', [
      'IsPasswordLocked',
    ])
  }
}

function refuseTwice(context: Context, type: SObject, values: Values, names: readonly string[]): void {
  for (const row of type.table(context.org).values()) {
    if (!names.every((name) => String(row[name]).toLowerCase() === text(values, name).toLowerCase())) continue
    throw new DmlError('DUPLICATE_VALUE', `duplicate value found: ${names.join(', ')}: ${row.Id}`, names)
  }
}

function refuseUsedRole(context: Context, id: string): void {
  const { org } = context
  if (org.users.where('UserRoleId', id).length === 0 && org.userRoles.where('ParentRoleId', id).length === 0)
    return
  throw new DmlError(
    'DEPENDENCY_EXISTS',
    'Your attempt to delete the role could not be completed because it is in use',
  )
}

function notAllowed(type: SObject, verb: string): RestError {
  // assumed code and text; that users cannot be deleted is general knowledge
  return new RestError(
    400,
    'INSUFFICIENT_ACCESS_OR_READONLY',
    `entity type ${type.name} does not support ${verb}`,
  )
}
