import type { Context } from '../context.ts'
import type { JsonObject } from '../http.ts'
import type { FieldValue, UserRow } from '../org/rows.ts'
import { direct } from '../rules/permissionSets.ts'
import { coreUser, customUser, enterpriseUser, meta, salesforceUser } from './names.ts'
import { fullName } from './userFilter.ts'
import type { Wants } from './wants.ts'

function set(target: JsonObject, wants: Wants, name: string, value: FieldValue): void {
  // pilot: null scalars are left out
  if (value !== null && value !== '' && wants(name)) target[name] = value
}

/** A user as SCIM shows it (documented sample: identity_scim_create_users; what the sample lacks: pilot's serializer). */
export function userResource(context: Context, row: UserRow, wants: Wants): JsonObject {
  const extensions = extensionsOf(context, row, wants)
  const user: JsonObject = { schemas: [coreUser, ...Object.keys(extensions)], id: row.Id }
  set(user, wants, 'userName', row.Username)
  set(user, wants, 'externalId', row.FederationIdentifier)
  if (wants('name')) {
    user['name'] = {
      formatted: fullName(row),
      familyName: row.LastName,
      ...(row.FirstName === null ? {} : { givenName: row.FirstName }),
    }
  }
  set(user, wants, 'displayName', fullName(row))
  set(user, wants, 'nickName', row.CommunityNickname)
  if (wants('profileUrl')) user[context.dialect.profileUrlName] = `${context.url}/${row.Id}`
  if (wants('emails')) user['emails'] = [{ type: 'work', primary: true, value: row.Email }]
  if (wants('addresses')) addAddress(user, row)
  if (wants('phoneNumbers')) addPhones(user, row)
  if (wants('photos')) {
    user['photos'] = [
      { type: 'photo', value: `${context.url}/profilephoto/005/F` },
      { type: 'thumbnail', value: `${context.url}/profilephoto/005/T` },
    ]
  }
  set(user, wants, 'userType', row.UserType)
  set(user, wants, 'title', row.Title)
  set(user, wants, 'preferredLanguage', row.LanguageLocaleKey)
  set(user, wants, 'emailEncodingKey', row.EmailEncodingKey)
  set(user, wants, 'locale', row.LocaleSidKey)
  set(user, wants, 'timezone', row.TimeZoneSidKey)
  set(user, wants, 'active', row.IsActive)
  if (wants('entitlements')) user['entitlements'] = entitlementsOf(context, row)
  if (wants('roles')) addRole(context, user, row)
  if (wants('groups')) addGroups(context, user, row)
  Object.assign(user, extensions)
  user['meta'] = meta(context, 'User', `/Users/${row.Id}`, row.CreatedDate, row.LastModifiedDate)
  return user
}

function addAddress(user: JsonObject, row: UserRow): void {
  const parts: [string, FieldValue][] = [
    ['streetAddress', row.Street],
    ['locality', row.City],
    ['region', row.State],
    ['postalCode', row.PostalCode],
    ['country', row.Country],
  ]
  const given = parts.filter(([, value]) => value !== null)
  if (given.length === 0) return
  // pilot: the separators differ by part
  const after: Readonly<Record<string, string>> = { streetAddress: '\n', locality: ', ', country: '' }
  const formatted = given.map(([name, value]) => `${String(value)}${after[name] ?? ' '}`).join('')
  user['addresses'] = [{ type: 'work', primary: true, formatted, ...Object.fromEntries(given) }]
}

function addPhones(user: JsonObject, row: UserRow): void {
  const phones = [
    { type: 'work', value: row.Phone },
    { type: 'mobile', value: row.MobilePhone },
    { type: 'fax', value: row.Fax },
  ].filter((each) => each.value !== null)
  if (phones.length > 0) user['phoneNumbers'] = phones
}

function entitlementsOf(context: Context, row: UserRow): JsonObject[] {
  const { org, dialect } = context
  const profile = org.profiles.get(row.ProfileId)
  const list: JsonObject[] = [
    {
      value: row.ProfileId,
      $ref: `/Entitlements/${row.ProfileId}`,
      display: profile?.Name ?? '',
      type: 'Profile',
      primary: true,
    },
  ]
  for (const each of org.assignmentsOf(row.Id)) {
    const held = org.permissionSets.get(each.PermissionSetId)
    if (held === undefined) continue
    // pilot: what comes through a group shows up here; unknown natively
    if (!direct(each) && !dialect.groupAggregatesListed) continue
    if (!each.IsActive && !dialect.inactiveEntitlementsListed) continue
    // pilot: the API name, not the label
    list.push({
      value: held.Id,
      $ref: `/Entitlements/${held.Id}`,
      display: held.Name,
      type: 'Permission Set',
      primary: false,
    })
  }
  return list
}

function addRole(context: Context, user: JsonObject, row: UserRow): void {
  const role = context.org.userRoles.get(row.UserRoleId ?? '')
  if (role !== undefined) user['roles'] = [{ value: role.Id, $ref: `/Roles/${role.Id}`, display: role.Name }]
}

function addGroups(context: Context, user: JsonObject, row: UserRow): void {
  const groups = context.org.groupMembers.where('UserOrGroupId', row.Id).flatMap((each) => {
    const group = context.org.groups.get(each.GroupId)
    if (group?.Type !== 'Regular') return []
    return [{ value: group.Id, $ref: `/Groups/${group.Id}`, display: group.Name }]
  })
  // pilot: left out when the user is in none
  if (groups.length > 0) user['groups'] = groups
}

function extensionsOf(context: Context, row: UserRow, wants: Wants): Record<string, JsonObject> {
  const extensions: Record<string, JsonObject> = {}
  const inEnterprise: Wants = (name) => wants(name, enterpriseUser)
  const enterprise: JsonObject = {}
  set(enterprise, inEnterprise, 'organization', context.org.id)
  set(enterprise, inEnterprise, 'division', row.Division)
  set(enterprise, inEnterprise, 'employeeNumber', row.EmployeeNumber)
  set(enterprise, inEnterprise, 'department', row.Department)
  const manager = context.org.users.get(row.ManagerId ?? '')
  if (manager !== undefined && inEnterprise('manager')) {
    enterprise['manager'] = {
      value: manager.Id,
      $ref: `/Users/${manager.Id}`,
      displayName: fullName(manager),
    }
  }
  if (row.DelegatedApproverId !== null && inEnterprise('delegatedApprover')) {
    enterprise['delegatedApprover'] = { delegatedApproverId: row.DelegatedApproverId }
  }
  if (Object.keys(enterprise).length > 0) extensions[enterpriseUser] = enterprise
  // pilot: documented in its README as 1.0; see the switch for what its code does
  if (context.dialect.aliasShown && wants('alias', salesforceUser))
    extensions[salesforceUser] = { alias: row.Alias }
  if (wants(customUser(context))) {
    // pilot: only values that are not null, and the URN only where there are any
    const custom: JsonObject = {}
    for (const field of context.org.customFields) set(custom, () => true, field.name, row[field.name] ?? null)
    if (Object.keys(custom).length > 0) extensions[customUser(context)] = custom
  }
  return extensions
}
