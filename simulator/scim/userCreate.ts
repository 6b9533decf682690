import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import type { JsonObject } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { UserRow } from '../org/rows.ts'
import { addMember } from '../rules/groups.ts'
import { assign, direct, unassign } from '../rules/permissionSets.ts'
import { insertUser, updateUser } from '../rules/users.ts'
import { asConflict } from './failure.ts'
import { readUserBody } from './userBody.ts'
import type { UserWrite } from './userBody.ts'

/** Creates a user from a SCIM body. @throws ScimError 409 for every refusal */
export function createUser(context: Context, body: JsonObject): UserRow {
  const write = readUserBody(context, body, 'create')
  const userName = write.record['Username']
  // pilot's defaults, but for the encoding: where it is missing, the pilot writes "UTF-8" into the language; UTF-8 is assumed.
  // documented (identity_scim_create_users): the nickname is the userName as sent
  const defaults = {
    CommunityNickname: userName,
    Alias: String(context.now().getTime()).slice(-8),
    LanguageLocaleKey: 'en_US',
    LocaleSidKey: 'en_US',
    TimeZoneSidKey: 'America/Los_Angeles',
    EmailEncodingKey: 'UTF-8',
  }
  for (const [field, value] of Object.entries(defaults)) {
    const given = write.record[field] ?? ''
    if (given === '') write.record[field] = value
  }
  const sets = applyEntitlements(write)
  refuseIncomplete(write)
  applyRoles(write)
  return context.org.transaction(() =>
    asConflict('Insert', undefined, () => {
      const user = insertUser(context, write.record)
      for (const id of sets) grant(context, user, id)
      joinGroups(context, user, write)
      if (write.password !== undefined) context.org.passwords.set(user.Id, write.password)
      return user
    }),
  )
}

/** Replaces a user (pilot: most fields are emptied first). @throws ScimError 409 for every refusal */
export function replaceUser(context: Context, user: UserRow, body: JsonObject): void {
  const write = readUserBody(context, body, 'put')
  const id = body['id']
  if (typeof id === 'string' && normaliseId(id) !== user.Id) {
    throw new ScimError(409, 'INVALID:id_attribute_is_readonly;')
  }
  const sets = applyEntitlements(write)
  refuseIncomplete(write)
  applyRoles(write)
  // pilot: time zone, encoding, custom fields and alias are not reset
  const emptied = [
    'FederationIdentifier FirstName CommunityNickname Street City State PostalCode Country Phone MobilePhone Fax Title',
    'EmployeeNumber Division Department ManagerId UserRoleId',
  ]
  const nothing = Object.fromEntries(
    emptied
      .join(' ')
      .split(' ')
      .map((field): [string, unknown] => [field, null]),
  )
  // assumed: the pilot empties language and locale and gives no default, which the database refuses
  const kept = {
    LanguageLocaleKey: 'en_US',
    LocaleSidKey: 'en_US',
    CommunityNickname: write.record['Username'],
  }
  context.org.transaction(() =>
    asConflict('Update', user.Id, () => {
      for (const row of context.org.assignmentsOf(user.Id)) {
        const isThere = context.org.permissionSetAssignments.has(row.Id)
        if (isThere && (direct(row) || context.dialect.replaceTakesGroups)) unassign(context, row)
      }
      // pilot: IsActive is emptied too; that a body without `active` then deactivates is assumed
      updateUser(context, user, { ...nothing, ...kept, IsActive: null, ...write.record })
      for (const set of sets) grant(context, user, set)
      joinGroups(context, user, write)
    }),
  )
}

/** Puts the profile into the record and gives back the permission sets; other ids are ignored (pilot). */
function applyEntitlements(write: UserWrite): string[] {
  const sets: string[] = []
  for (const id of write.entitlements ?? []) {
    if (id.startsWith('00e')) write.record['ProfileId'] = id
    else if (id.startsWith('0PS')) sets.push(normaliseId(id))
  }
  return sets
}

function refuseIncomplete(write: UserWrite): void {
  // pilot: what its parser cannot read is the only thing that it says
  const unread = write.problems.find((each) => each.startsWith('Expecting '))
  if (unread !== undefined) throw new ScimError(409, unread)
  const empty = (field: string): boolean => (write.record[field] ?? '') === ''
  if (empty('Username')) write.problems.push('REQUIRED_FIELD_MISSING:userName;')
  if (empty('LastName')) write.problems.push('REQUIRED_FIELD_MISSING:name.familyName;')
  if (empty('Email')) write.problems.push('REQUIRED_FIELD_MISSING:email;')
  if (empty('ProfileId')) {
    // observed in March 2026, word for word
    write.problems.push('REQUIRED_FIELD_MISSING:user_must_have_one_entitlement_which_must_be_a_profileid;')
  }
  if (write.problems.length > 0) throw new ScimError(409, write.problems.join(''))
}

function applyRoles(write: UserWrite): void {
  if (write.roles === undefined) return
  // pilot: an empty list raises the same error
  if (write.roles.length !== 1) throw new ScimError(409, 'INVALID:user_must_have_only_one_role;')
  write.record['UserRoleId'] = write.roles[0]
}

function grant(context: Context, user: UserRow, setId: string): void {
  assign(context, {
    AssigneeId: user.Id,
    PermissionSetId: setId,
    PermissionSetGroupId: null,
    ExpirationDate: null,
  })
}

function joinGroups(context: Context, user: UserRow, write: UserWrite): void {
  for (const id of write.groups ?? []) {
    const group = context.org.groups.get(normaliseId(id))
    if (group === undefined) throw new ScimError(409, `INVALID_CROSS_REFERENCE_KEY:${id};`)
    addMember(context, group, user.Id)
  }
}
