import type { Context } from '../context.ts'
import { PlainError, ScimError } from '../errors.ts'
import { isObject, member } from '../http.ts'
import type { JsonObject } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { UserRow } from '../org/rows.ts'
import { addMember, removeMember } from '../rules/groups.ts'
import { updateUser } from '../rules/users.ts'
import { changeEntitlements } from './entitlementChange.ts'
import { asPatchFailure, uncaughtApex } from './failure.ts'
import { customUser, enterpriseUser, patchOp } from './names.ts'
import { readUserBody } from './userBody.ts'

/**
 * Applies a PATCH to a user: all of it or nothing (pilot: one savepoint).
 * Documented form: no `path`, `value` an object (identity_scim_update_users).
 */
export function patchUser(context: Context, user: UserRow, body: JsonObject): void {
  const operations = readOperations(context, body)
  context.org.transaction(() =>
    asPatchFailure(context, user.Id, () => {
      for (const operation of operations) applyOperation(context, user, operation)
    }),
  )
}

/** The operations of a PATCH body. @throws ScimError 400 `Improper Schema.`, PlainError for an array as value */
export function readOperations(context: Context, body: JsonObject): JsonObject[] {
  const schemas = member(body, 'schemas')
  const first: unknown = Array.isArray(schemas) ? schemas[0] : undefined
  if (first !== patchOp) throw new ScimError(400, 'Improper Schema.')
  const operations = member(body, 'Operations')
  if (!Array.isArray(operations) || !operations.every(isObject)) throw unreadable(context)
  if (operations.some((each) => Array.isArray(member(each, 'value')))) throw unreadable(context)
  return operations
}

/** Release notes 2026, "Troubleshoot Formatting Issues in SCIM Payloads". The status is not stated there. */
function unreadable(context: Context): PlainError {
  const error = {
    message:
      'Processing/execution error: check the format of your request payload. If you still have issues, contact Support and share this error ID: 1226481374-157412 (-1390118427)',
    errorCode: 'UNKNOWN_EXCEPTION',
  }
  return new PlainError(
    context.dialect.arrayValueStatus,
    context.dialect.arrayValueShape === 'array' ? [error] : error,
  )
}

function applyOperation(context: Context, user: UserRow, operation: JsonObject): void {
  const op = String(member(operation, 'op')).toLowerCase()
  const path = member(operation, 'path')
  if (op === 'remove') {
    removeAttribute(context, user, typeof path === 'string' ? path : '')
    return
  }
  // pilot's spelling
  if (op !== 'add' && op !== 'replace')
    throw new ScimError(400, `INPROPER Operation: ${String(member(operation, 'op'))}`)
  let value = member(operation, 'value')
  if (!isObject(value)) {
    if (context.dialect.patchPathScalar === 'ignore') return
    if (context.dialect.patchPathScalar === 'reject' || typeof path !== 'string') throw unreadable(context)
    value = nest(path, value)
  }
  if (!isObject(value)) return
  // pilot: with an object as value the path is ignored, only the members of the object count
  const write = readUserBody(context, value, 'patch')
  const isUncaught = context.dialect.patchUncaught === 'apex-500'
  const unreadText = write.problems.find((each) => each.startsWith('Expecting '))
  if (unreadText !== undefined && isUncaught) throw uncaughtApex(`ParseException: ${unreadText}`)
  if (write.problems.length > 0) throw new ScimError(400, write.problems.join(''))
  if (write.roles !== undefined) {
    if (write.roles.length === 0 && isUncaught) {
      // pilot: it reads the first of the list
      throw uncaughtApex('System.ListException: List index out of bounds: 0')
    }
    if (write.roles.length !== 1) throw new ScimError(400, 'INVALID:user_must_have_only_one_role;')
    write.record['UserRoleId'] = write.roles[0]
  }
  for (const [field, name] of [
    ['Alias', 'alias'],
    ['Email', 'emails'],
  ] as const) {
    if (field in write.record && (write.record[field] ?? '') === '') {
      throw new ScimError(400, `FIELD CANNOT BE NULL: ${name}`)
    }
  }
  updateUser(context, user, write.record)
  if (write.entitlements !== undefined) changeEntitlements(context, user, op, write.entitlements)
  if (write.groups !== undefined) changeGroups(context, user, op, write.groups)
  if (write.password !== undefined) context.org.passwords.set(user.Id, write.password)
}

/** What `path` and a scalar would mean together, as a body without a path. */
function nest(path: string, value: unknown): JsonObject {
  const urn = /^(urn:[^[]+?:(?:User|1\.0|00D[a-zA-Z0-9]{15})):(.+)$/.exec(path)
  if (urn?.[1] !== undefined && urn[2] !== undefined) return { [urn[1]]: nest(urn[2], value) }
  const list =
    /^(emails|phoneNumbers|addresses|entitlements|roles)(?:\[type eq "(\w+)"\])?(?:\.(\w+))?$/.exec(path)
  if (list?.[1] !== undefined)
    return { [list[1]]: [{ ...(list[2] ? { type: list[2] } : {}), [list[3] ?? 'value']: value }] }
  const [head = '', ...rest] = path.split('.')
  return { [head]: rest.length === 0 ? value : nest(rest.join('.'), value) }
}

/** Pilot: what has no field of User. */
const neverWritable = new Set(['middlename', 'honorificprefix', 'honorificsuffix', 'costcenter'])

/** Pilot: the short names that `remove` takes, by the field that they empty; see mappedNames for the others. */
const removable: Readonly<Record<string, string>> = {
  givenname: 'FirstName',
  'name.givenname': 'FirstName',
  familyname: 'LastName',
  title: 'Title',
  preferredlanguage: 'LanguageLocaleKey',
  emailencodingkey: 'EmailEncodingKey',
  locale: 'LocaleSidKey',
  timezone: 'TimeZoneSidKey',
  employeenumber: 'EmployeeNumber',
  division: 'Division',
  department: 'Department',
  nickname: 'CommunityNickname',
  manager: 'ManagerId',
  delegatedapprover: 'DelegatedApproverId',
  roles: 'UserRoleId',
}

function removeAttribute(context: Context, user: UserRow, path: string): void {
  // pilot's spelling
  if (path === '') throw new ScimError(400, 'MISING PATH')
  const name = path.replace(`${enterpriseUser}:`, '').replace(`${customUser(context)}:`, '')
  const lower = name.toLowerCase()
  const field = removable[lower]
  if (field !== undefined) updateUser(context, user, { [field]: null })
  else if (lower === 'active') updateUser(context, user, { IsActive: false })
  else if (lower.startsWith('addresses')) {
    updateUser(context, user, { Street: null, City: null, State: null, PostalCode: null, Country: null })
  } else if (lower === 'groups') changeGroups(context, user, 'replace', [])
  else if (lower === 'entitlements')
    throw new ScimError(400, 'INVALID: Cannot remove all entitlements. Use replace')
  else if (['alias', 'password', 'emails'].includes(lower))
    throw new ScimError(400, `FIELD CANNOT BE NULL: ${path}`)
  else removeByName(context, user, path, name)
}

/** Fields by the mapped names that are in no list of the pilot's own. */
const mappedNames: Readonly<Record<string, string>> = {
  userName: 'Username',
  externalId: 'FederationIdentifier',
  'name.familyName': 'LastName',
  [`${enterpriseUser}:employeeNumber`]: 'EmployeeNumber',
  [`${enterpriseUser}:division`]: 'Division',
  [`${enterpriseUser}:department`]: 'Department',
  [`${enterpriseUser}:manager.value`]: 'ManagerId',
  [`${enterpriseUser}:delegatedApprover.delegatedApproverId`]: 'DelegatedApproverId',
}

function removeByName(context: Context, user: UserRow, path: string, name: string): void {
  const custom = context.org.customFields.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (context.dialect.removePath === 'mapped') {
    const isInFull = custom !== undefined && path === `${customUser(context)}:${custom.name}`
    const field = isInFull ? custom.name : mappedNames[path]
    // pilot: what it does not know it passes over in silence, a custom field by its bare name too
    if (field !== undefined) updateUser(context, user, { [field]: null })
    else if (neverWritable.has(name.toLowerCase())) throw new ScimError(400, `UNSUPPORTED_FIELD: ${path}`)
    return
  }
  // assumed: an unknown path is refused, with the pilot's text for what it cannot write
  if (custom === undefined) throw new ScimError(400, `UNSUPPORTED_FIELD: ${path}`)
  updateUser(context, user, { [custom.name]: null })
}

function changeGroups(context: Context, user: UserRow, op: 'add' | 'replace', ids: readonly string[]): void {
  const { org } = context
  const wanted = ids.map(normaliseId)
  if (op === 'replace') {
    for (const row of org.groupMembers.where('UserOrGroupId', user.Id)) {
      const regular = org.groups.get(row.GroupId)?.Type === 'Regular'
      if (regular && !wanted.includes(row.GroupId)) removeMember(context, row)
    }
  }
  for (const id of wanted) {
    const group = org.groups.get(id)
    if (group === undefined) throw new ScimError(400, `INVALID group id: ${id}`)
    addMember(context, group, user.Id)
  }
}
