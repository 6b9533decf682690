import type { TargetError } from '../shared/errors.ts'
import { isFeatureField, type PermissionType } from '../shared/lifecycle/permissions/access/permission.ts'
import { fieldText } from '../shared/salesforce/rest/rowPages.ts'
import { isObject, type JsonObject } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'
import { type ExaminedOrg, isError, orError } from './examineOrg.ts'

const assignments =
  'SELECT Id, AssigneeId, PermissionSetId, PermissionSetGroupId, ExpirationDate, IsActive FROM PermissionSetAssignment LIMIT 1'
const components =
  'SELECT PermissionSetId, PermissionSetGroupId, PermissionSet.LicenseId FROM PermissionSetGroupComponent LIMIT 1'
const sets = 'SELECT Id, Name, Label, Type, IsOwnedByProfile, LicenseId FROM PermissionSet LIMIT 1'
const groups = 'SELECT Id, DeveloperName, MasterLabel FROM PermissionSetGroup LIMIT 1'
const licenses =
  'SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense LIMIT 1'
const licenseHolders = 'SELECT Id, AssigneeId, PermissionSetLicenseId FROM PermissionSetLicenseAssign LIMIT 1'
const members = 'SELECT Id, GroupId, UserOrGroupId FROM GroupMember LIMIT 1'
const publicGroups = 'SELECT Id, Name, DeveloperName, Type FROM Group LIMIT 1'

/** What the actions read of each type of permission: the objects and fields that every org has. */
const reads: Readonly<Record<PermissionType, readonly string[]>> = {
  Profile: [
    'SELECT Id, Name, UserType, UserLicenseId FROM Profile LIMIT 1',
    'SELECT ProfileId FROM User LIMIT 1',
    'SELECT Id, Name, TotalLicenses, UsedLicenses FROM UserLicense LIMIT 1',
  ],
  PermissionSet: [sets, assignments, components],
  PermissionSetGroup: [groups, assignments, components],
  PermissionSetLicense: [licenses, licenseHolders, assignments, components],
  FeatureLicense: [],
  Role: ['SELECT Id, Name, DeveloperName FROM UserRole LIMIT 1', 'SELECT UserRoleId FROM User LIMIT 1'],
  PublicGroup: [publicGroups, members],
  Queue: [publicGroups, members],
  Territory: [],
}

/** What is read of every account that is disabled or enabled, where its permissions are reported or taken. */
const holdings = [sets, assignments, licenseHolders, members]

function queriesFor({ permissionTypes, onDisable, onEnable }: Settings): string[] {
  const settles = [onDisable, onEnable].some((mode) => mode !== 'keep')
  return [...new Set([...permissionTypes.flatMap((type) => reads[type]), ...(settles ? holdings : [])])]
}

/**
 * Whether the integration user is shown what the chosen types of permission and the settings need, by reading it: an object
 * that is hidden makes an action fail, and nothing else tells beforehand.
 */
export async function examineVisibility(
  { settings, rest }: ExaminedOrg,
  user: JsonObject | TargetError,
  missing: ReadonlySet<string>,
): Promise<Finding[]> {
  const { ok, refused } = findingsOf('rights', settings.language)
  const [feature] = settings.permissionTypes.includes('FeatureLicense') ? switchesOf(user) : []
  const queries = [
    ...queriesFor(settings),
    ...(feature === undefined ? [] : [`SELECT ${feature} FROM User LIMIT 1`]),
  ]
  const rows = await orError(rest.readVisible(Object.fromEntries(queries.map((soql) => [soql, soql]))))
  if (isError(rows)) return [refused('Visibility', rows, missing)]
  const hidden = Object.entries(rows).flatMap(([soql, found]) =>
    isError(found) ? [refused(checkOf(soql), found, missing)] : [],
  )
  return hidden.length > 0
    ? hidden
    : [
        ok(
          'Visibility',
          `what ${settings.permissionTypes.join(', ')} need is shown (${queries.length} reads)`,
        ),
      ]
}

/** The feature licenses that User is described with. */
function switchesOf(user: JsonObject | TargetError): string[] {
  const fields = isError(user) ? undefined : user['fields']
  return (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .map((field) => fieldText(field, 'name'))
    .filter(isFeatureField)
}

/** `User.ProfileId` for a read of one field of User, else the object. */
function checkOf(soql: string): string {
  const [, fields = '', object = ''] = /^SELECT (.*) FROM (\w+)/.exec(soql) ?? []
  return object === 'User' ? `User.${fields}` : object
}
