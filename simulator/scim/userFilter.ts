import type { Context } from '../context.ts'
import type { FieldValue, UserRow } from '../org/rows.ts'
import { direct } from '../rules/permissionSets.ts'
import type { Attribute, Filterable } from './match.ts'
import { customUser, enterpriseUser } from './names.ts'

type Users = Attribute<UserRow>

function of(kind: Users['kind'], field: string): Users {
  return { kind, values: (row) => [row[field] ?? null] }
}

/** Filterable attributes of a user (pilot). Bare employeeNumber is not one of them: it needs its URN. */
const plain: Readonly<Record<string, Users>> = {
  id: of('id', 'Id'),
  userName: of('text', 'Username'),
  externalId: of('text', 'FederationIdentifier'),
  'name.formatted': { kind: 'text', values: (row) => [fullName(row)] },
  'name.familyName': of('text', 'LastName'),
  'name.givenName': of('text', 'FirstName'),
  displayName: { kind: 'text', values: (row) => [fullName(row)] },
  nickName: of('text', 'CommunityNickname'),
  emails: of('text', 'Email'),
  'emails.value': of('text', 'Email'),
  'addresses.streetAddress': of('text', 'Street'),
  'addresses.locality': of('text', 'City'),
  'addresses.region': of('text', 'State'),
  'addresses.postalCode': of('text', 'PostalCode'),
  'addresses.country': of('text', 'Country'),
  phoneNumbers: {
    kind: 'text',
    values: (row) => [row.Phone, row.MobilePhone, row.Fax],
    operators: ['eq', 'ne', 'pr'],
    // pilot, word for word
    refusedAs: 'entitlements',
  },
  userType: of('text', 'UserType'),
  title: of('text', 'Title'),
  preferredLanguage: of('text', 'LanguageLocaleKey'),
  emailEncodingKey: of('text', 'EmailEncodingKey'),
  locale: of('text', 'LocaleSidKey'),
  timezone: of('text', 'TimeZoneSidKey'),
  active: { ...of('boolean', 'IsActive'), operators: ['eq', 'ne'] },
  [`${enterpriseUser}:employeeNumber`]: of('text', 'EmployeeNumber'),
  [`${enterpriseUser}:division`]: of('text', 'Division'),
  [`${enterpriseUser}:department`]: of('text', 'Department'),
  [`${enterpriseUser}:manager.value`]: of('id', 'ManagerId'),
  [`${enterpriseUser}:delegatedApprover.delegatedApproverId`]: of('id', 'DelegatedApproverId'),
  'meta.created': of('date', 'CreatedDate'),
  'meta.lastModified': of('date', 'LastModifiedDate'),
}

/** Attributes that an index answers in a large org. */
export const indexedUserAttributes: ReadonlyMap<string, string> = new Map([
  ['id', 'Id'],
  ['userName', 'Username'],
  ['externalId', 'FederationIdentifier'],
  ['nickName', 'CommunityNickname'],
  ['emails', 'Email'],
  ['emails.value', 'Email'],
  [`${enterpriseUser}:employeeNumber`, 'EmployeeNumber'],
])

export function fullName(row: UserRow): string {
  return row.FirstName === null ? row.LastName : `${row.FirstName} ${row.LastName}`
}

/** What a filter on /Users may name in this org. */
export function userFilterable(context: Context): Filterable<UserRow> {
  const { org, dialect } = context
  const membership = (refusedAs: string, values: (row: UserRow) => readonly FieldValue[]): Users => ({
    kind: 'membership',
    values,
    operators: refusedAs === 'entitlements' ? ['eq', 'ne'] : ['eq', 'ne', 'pr'],
    refusedAs,
    isSemiJoin: refusedAs !== 'role',
  })
  const attributes: Record<string, Users> = {
    ...plain,
    [`${enterpriseUser}:manager.displayName`]: {
      kind: 'text',
      values: (row) => {
        const manager = org.users.get(row.ManagerId ?? '')
        return [manager === undefined ? null : fullName(manager)]
      },
    },
    entitlements: membership('entitlements', (row) => [
      row.ProfileId,
      ...org
        .assignmentsOf(row.Id)
        .filter((each) => direct(each) || dialect.groupAggregatesListed)
        .map((each) => each.PermissionSetId),
    ]),
    groups: membership('groups', (row) =>
      org.groupMembers.where('UserOrGroupId', row.Id).map((each) => each.GroupId),
    ),
    roles: membership('role', (row) => [row.UserRoleId]),
  }
  for (const field of org.customFields) {
    attributes[`${customUser(context)}:${field.name}`] = of('text', field.name)
  }
  const byLowerName = new Map(Object.entries(attributes).map(([name, each]) => [name.toLowerCase(), each]))
  return {
    find: (name) =>
      dialect.filterNames === 'case-sensitive'
        ? Object.hasOwn(attributes, name)
          ? attributes[name]
          : undefined
        : byLowerName.get(name.toLowerCase()),
    complex: [
      'name',
      'addresses',
      'meta',
      `${enterpriseUser}:manager`,
      `${enterpriseUser}:delegatedApprover`,
    ],
  }
}

/** Pilot: the user types that SCIM lists; integration-internal, guest and automated users are not among them. */
const listedTypes = new Set([
  'Standard',
  'PowerPartner',
  'PowerCustomerSuccess',
  'CustomerSuccess',
  'SelfService',
  'CspLitePortal',
  'CsnOnly',
])

export function isListed(row: UserRow): boolean {
  return listedTypes.has(row.UserType)
}
