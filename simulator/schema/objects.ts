import type { Dialect } from '../dialect/dialect.ts'
import type { Org } from '../org/org.ts'
import { organizationObject } from './objectsOrganization.ts'
import { recordObjects } from './objectsRecords.ts'
import { sessionObjects } from './objectsSessions.ts'
import { field, newSince, readOnly, reference, sobject } from './schema.ts'
import type { SObject } from './schema.ts'
import { userObject } from './schemaUser.ts'

const stamps = [readOnly('CreatedDate', 'datetime'), readOnly('LastModifiedDate', 'datetime')]

/** The objects of SObject REST that the org plays, User aside (documented: object reference pages). */
const objects: readonly SObject[] = [
  sobject('UserLogin', '0Yw', (org) => org.userLogins, 'u', [
    reference('UserId', 'User', { access: 'read', required: true }),
    field('IsFrozen', 'boolean', { required: true }),
    field('IsPasswordLocked', 'boolean', { required: true }),
    reference('LastModifiedById', 'User', { access: 'read', required: true }),
    readOnly('LastModifiedDate', 'datetime'),
  ]),
  sobject('UserLicense', '100', (org) => org.userLicenses, '', [
    readOnly('Name', 'string', { length: 40 }),
    readOnly('MasterLabel', 'string', { length: 40 }),
    readOnly('LicenseDefinitionKey', 'string', { length: 40 }),
    readOnly('Status', 'picklist', { length: 40 }),
    readOnly('TotalLicenses', 'int'),
    field('UsedLicenses', 'int', { compute: (org, row) => org.usedLicenses(row.Id) }),
  ]),
  sobject('Profile', '00e', (org) => org.profiles, '', [
    readOnly('Name', 'string', { length: 255 }),
    readOnly('Description', 'string', { length: 255, required: false }),
    reference('UserLicenseId', 'UserLicense', { access: 'read', required: true }),
    readOnly('UserType', 'picklist', { length: 40 }),
    ...stamps,
  ]),
  sobject('UserRole', '00E', (org) => org.userRoles, 'cud', [
    field('Name', 'string', { length: 80, required: true }),
    field('DeveloperName', 'string', { length: 80 }),
    reference('ParentRoleId', 'UserRole'),
    readOnly('LastModifiedDate', 'datetime'),
  ]),
  sobject('PermissionSet', '0PS', (org) => org.permissionSets, '', [
    readOnly('Name', 'string', { length: 80 }),
    readOnly('Label', 'string', { length: 80 }),
    readOnly('Description', 'string', { length: 255, required: false }),
    readOnly('Type', 'picklist', { length: 40 }),
    readOnly('IsOwnedByProfile', 'boolean'),
    readOnly('IsCustom', 'boolean'),
    reference('ProfileId', 'Profile', { access: 'read' }),
    reference('LicenseId', ['PermissionSetLicense', 'UserLicense'], { access: 'read' }),
    reference('PermissionSetGroupId', 'PermissionSetGroup', { access: 'read', since: 45 }),
    ...stamps,
  ]),
  // documented (object reference): permission set groups and what refers to them are in API version 45.0 and later
  newSince(
    45,
    sobject('PermissionSetGroup', '0PG', (org) => org.permissionSetGroups, '', [
      readOnly('DeveloperName', 'string', { length: 80 }),
      readOnly('MasterLabel', 'string', { length: 80 }),
      readOnly('Description', 'string', { length: 255, required: false }),
      readOnly('Status', 'picklist', { length: 40 }),
    ]),
  ),
  newSince(
    45,
    sobject('PermissionSetGroupComponent', '0PH', (org) => org.permissionSetGroupComponents, '', [
      reference('PermissionSetGroupId', 'PermissionSetGroup', { access: 'read' }),
      reference('PermissionSetId', 'PermissionSet', { access: 'read' }),
    ]),
  ),
  sobject('PermissionSetLicense', '0PL', (org) => org.permissionSetLicenses, '', [
    readOnly('DeveloperName', 'string', { length: 80 }),
    readOnly('MasterLabel', 'string', { length: 80 }),
    readOnly('PermissionSetLicenseKey', 'string', { length: 255 }),
    readOnly('Status', 'picklist', { length: 40 }),
    readOnly('TotalLicenses', 'int'),
    field('UsedLicenses', 'int', { compute: (org, row) => org.usedPermissionSetLicenses(row.Id) }),
  ]),
  sobject('PermissionSetAssignment', '0Pa', (org) => org.permissionSetAssignments, 'cud', [
    reference('AssigneeId', 'User', { access: 'create', required: true }),
    reference('PermissionSetId', 'PermissionSet', { access: 'create' }),
    reference('PermissionSetGroupId', 'PermissionSetGroup', { access: 'create', since: 45 }),
    // documented (object reference): in API version 52.0 and later, IsRevoked in 57.0 and later
    field('ExpirationDate', 'datetime', { since: 52 }),
    readOnly('IsActive', 'boolean', { since: 52 }),
    readOnly('IsRevoked', 'boolean', { since: 57 }),
    readOnly('SystemModstamp', 'datetime'),
  ]),
  sobject('PermissionSetLicenseAssign', '2LA', (org) => org.permissionSetLicenseAssigns, 'cd', [
    reference('AssigneeId', 'User', { access: 'create', required: true }),
    reference('PermissionSetLicenseId', 'PermissionSetLicense', { access: 'create', required: true }),
  ]),
  sobject('Group', '00G', (org) => org.groups, 'cud', [
    field('Name', 'string', { length: 40, required: true }),
    field('DeveloperName', 'string', { length: 80 }),
    field('Type', 'picklist', { access: 'create', length: 40, picklist: ['Regular', 'Queue'] }),
    readOnly('RelatedId', 'reference', { required: false, to: ['UserRole', 'User'], as: 'Related' }),
    ...stamps,
  ]),
  sobject('GroupMember', '011', (org) => org.groupMembers, 'cd', [
    reference('GroupId', 'Group', { access: 'create', required: true }),
    // documented: a user or a group. Assumed: SOQL cannot walk it.
    reference('UserOrGroupId', ['User', 'Group'], { access: 'create', required: true, as: '' }),
  ]),
  sobject('QueueSobject', '03g', (org) => org.queueSobjects, 'cd', [
    reference('QueueId', 'Group', { access: 'create', required: true }),
    field('SobjectType', 'picklist', { access: 'create', required: true, length: 40 }),
  ]),
]

/** Objects that exist only where Sales Territories is enabled. */
const territoryObjects: readonly SObject[] = [
  sobject('Territory2', '0MI', (org) => org.territories, 'cud', [
    field('Name', 'string', { length: 80, required: true }),
    field('DeveloperName', 'string', { length: 80, required: true }),
    reference('ParentTerritory2Id', 'Territory2'),
    field('Territory2ModelId', 'reference', { to: ['Territory2Model'] }),
  ]),
  sobject('UserTerritory2Association', '0M5', (org) => org.userTerritories, 'cud', [
    reference('UserId', 'User', { access: 'create', required: true }),
    reference('Territory2Id', 'Territory2', { access: 'create', required: true }),
    readOnly('IsActive', 'boolean'),
    field('RoleInTerritory2', 'picklist', { length: 40 }),
  ]),
]

/** Every object this org offers. */
export function allObjects(org: Org, dialect: Dialect): SObject[] {
  return [
    userObject(org, dialect),
    ...objects,
    organizationObject,
    ...sessionObjects,
    ...recordObjects(dialect),
    ...(dialect.territoryManagement ? territoryObjects : []),
  ]
}

const byName = new Map(
  [...objects, organizationObject, ...sessionObjects].map((each) => [each.name.toLowerCase(), each]),
)

/** The object of this name, without regard to case as in SOQL; undefined where the org has none. */
export function findObject(org: Org, dialect: Dialect, name: string): SObject | undefined {
  const wanted = name.toLowerCase()
  if (wanted === 'user') return userObject(org, dialect)
  const known = byName.get(wanted)
  if (known !== undefined) return known
  const more = [...recordObjects(dialect), ...(dialect.territoryManagement ? territoryObjects : [])]
  return more.find((each) => each.name.toLowerCase() === wanted)
}
