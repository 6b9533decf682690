import { makeId } from '../org/ids.ts'
import type { Org } from '../org/org.ts'
import { seedIds } from './seedIds.ts'

/** When the sample company set up its org. */
export const seedTime = '2024-01-15T08:00:00.000Z'

/** Licences, profiles, roles, permission sets, groups: what an administrator finds in Setup. */
export function addCatalogue(org: Org, extraSeats: number, empty: boolean): void {
  addLicences(org, extraSeats)
  addProfiles(org)
  if (empty) return
  addRoles(org)
  addPermissionSets(org)
  addGroups(org)
  org.customFields = [
    { name: 'Cost_Code__c', label: 'Cost Code', type: 'string', length: 20 },
    { name: 'Badge_Number__c', label: 'Badge Number', type: 'double', length: 0 },
    { name: 'Remote_Worker__c', label: 'Remote Worker', type: 'boolean', length: 0 },
  ]
  // people of other companies: Salesforce's usernames are unique over all orgs
  for (const taken of ['john@acme.example', 'taken@elsewhere.example']) org.usernamesElsewhere.add(taken)
}

function addLicences(org: Org, extraSeats: number): void {
  const licence = (id: string, name: string, key: string, total: number): void => {
    org.userLicenses.insert({
      Id: id,
      Name: name,
      MasterLabel: name,
      LicenseDefinitionKey: key,
      Status: 'Active',
      TotalLicenses: total,
    })
  }
  const { userLicenses, permissionSetLicenses } = seedIds
  licence(userLicenses.salesforce, 'Salesforce', 'SFDC', 20 + extraSeats)
  licence(userLicenses.platform, 'Salesforce Platform', 'AUL', 10)
  licence(userLicenses.identity, 'Identity', 'IDENTITY', 10)
  licence(userLicenses.integration, 'Salesforce Integration', 'SFDC_INTEGRATION', 5)
  licence(userLicenses.chatterFree, 'Chatter Free', 'CHATTER', 5000)
  const permissionSetLicence = (id: string, label: string, name: string, total: number): void => {
    org.permissionSetLicenses.insert({
      Id: id,
      DeveloperName: name,
      MasterLabel: label,
      PermissionSetLicenseKey: name,
      Status: 'Active',
      TotalLicenses: total,
    })
  }
  permissionSetLicence(permissionSetLicenses.serviceConsole, 'Service Console User', 'ServiceConsoleUser', 2)
  permissionSetLicence(
    permissionSetLicenses.einstein,
    'Einstein Analytics Plus',
    'EinsteinAnalyticsPlusPsl',
    5,
  )
  permissionSetLicence(
    permissionSetLicenses.apiIntegration,
    'Salesforce API Integration',
    'SalesforceAPIIntegrationPsl',
    5,
  )
}

function addProfiles(org: Org): void {
  const { profiles, userLicenses } = seedIds
  const list: [id: string, name: string, licence: string, userType: string][] = [
    [profiles.systemAdministrator, 'System Administrator', userLicenses.salesforce, 'Standard'],
    [profiles.standardUser, 'Standard User', userLicenses.salesforce, 'Standard'],
    [profiles.readOnly, 'Read Only', userLicenses.salesforce, 'Standard'],
    [profiles.minimumAccess, 'Minimum Access - Salesforce', userLicenses.salesforce, 'Standard'],
    [profiles.standardPlatformUser, 'Standard Platform User', userLicenses.platform, 'Standard'],
    [profiles.identityUser, 'Identity User', userLicenses.identity, 'Standard'],
    [
      profiles.minimumAccessApiOnly,
      'Minimum Access - API Only Integrations',
      userLicenses.integration,
      'Standard',
    ],
    [profiles.salesReps, "Sales Rep's Profile", userLicenses.salesforce, 'Standard'],
    [profiles.chatterFreeUser, 'Chatter Free User', userLicenses.chatterFree, 'CsnOnly'],
    [profiles.guest, 'Help Portal Profile', '', 'Guest'],
    [profiles.automatedProcess, 'Automated Process', '', 'AutomatedProcess'],
  ]
  for (const [at, [id, name, licence, userType]] of list.entries()) {
    org.profiles.insert({
      Id: id,
      Name: name,
      UserLicenseId: licence,
      UserType: userType,
      Description: null,
      CreatedDate: seedTime,
      LastModifiedDate: seedTime,
    })
    // general knowledge: every profile owns a permission set, which its users are assigned
    addPermissionSet(org, makeId('0PS', 101 + at), `X${id}`, name, {
      IsOwnedByProfile: true,
      Type: 'Profile',
      ProfileId: id,
    })
  }
}

function addRoles(org: Org): void {
  const { roles } = seedIds
  const role = (id: string, name: string, parent: string | null): void => {
    org.userRoles.insert({
      Id: id,
      Name: name,
      DeveloperName: name.replace(/\W+/g, '_'),
      ParentRoleId: parent,
      LastModifiedDate: seedTime,
    })
  }
  role(roles.ceo, 'CEO', null)
  role(roles.svpSales, 'SVP Sales', roles.ceo)
  role(roles.emeaSales, 'EMEA Sales', roles.svpSales)
  role(roles.apacSales, 'APAC Sales', roles.svpSales)
  role(roles.svpService, 'SVP Service', roles.ceo)
}

function addPermissionSet(
  org: Org,
  id: string,
  name: string,
  label: string,
  more: {
    IsOwnedByProfile?: boolean
    Type?: string
    ProfileId?: string
    LicenseId?: string
    PermissionSetGroupId?: string
  } = {},
): void {
  org.permissionSets.insert({
    Id: id,
    Name: name,
    Label: label,
    Type: 'Regular',
    IsOwnedByProfile: false,
    IsCustom: true,
    ProfileId: null,
    LicenseId: null,
    PermissionSetGroupId: null,
    Description: null,
    CreatedDate: seedTime,
    LastModifiedDate: seedTime,
    ...more,
  })
}

function addPermissionSets(org: Org): void {
  const { permissionSets, permissionSetGroups, permissionSetLicenses, userLicenses } = seedIds
  addPermissionSet(org, permissionSets.salesOps, 'Sales_Ops', 'Sales Operations', {
    LicenseId: userLicenses.salesforce,
  })
  addPermissionSet(org, permissionSets.reportBuilder, 'Report_Builder', 'Report Builder')
  addPermissionSet(org, permissionSets.consoleAgent, 'Console_Agent', 'Console Agent', {
    LicenseId: permissionSetLicenses.serviceConsole,
  })
  addPermissionSet(org, permissionSets.platformTools, 'Platform_Tools', 'Platform Tools', {
    LicenseId: userLicenses.platform,
  })
  addPermissionSet(org, permissionSets.contractEditor, 'Contract_Editor', 'Contract Editor')
  addPermissionSet(org, permissionSets.dataExport, 'Data_Export', 'Data Export')
  let component = 1
  const group = (id: string, label: string, aggregate: string, sets: readonly string[]): void => {
    const name = label.replace(/\W+/g, '_')
    org.permissionSetGroups.insert({
      Id: id,
      DeveloperName: name,
      MasterLabel: label,
      Status: 'Updated',
      Description: null,
    })
    addPermissionSet(org, aggregate, `${name}_Aggregate`, label, { Type: 'Group', PermissionSetGroupId: id })
    for (const set of sets) {
      org.permissionSetGroupComponents.insert({
        Id: makeId('0PH', component++),
        PermissionSetGroupId: id,
        PermissionSetId: set,
      })
    }
  }
  group(permissionSetGroups.salesStarter, 'Sales Starter', permissionSets.salesStarterAggregate, [
    permissionSets.salesOps,
    permissionSets.reportBuilder,
  ])
  group(permissionSetGroups.serviceStarter, 'Service Starter', permissionSets.serviceStarterAggregate, [
    permissionSets.consoleAgent,
  ])
}

function addGroups(org: Org): void {
  const { groups, territories } = seedIds
  const group = (id: string, name: string, type: string): void => {
    org.groups.insert({
      Id: id,
      Name: name,
      DeveloperName: name.replace(/\W+/g, '_'),
      Type: type,
      RelatedId: null,
      CreatedDate: seedTime,
      LastModifiedDate: seedTime,
    })
  }
  group(groups.emeaSalesTeam, 'EMEA Sales Team', 'Regular')
  group(groups.contractReviewers, 'Contract Reviewers', 'Regular')
  group(groups.allManagers, 'All Managers', 'Regular')
  group(groups.supportQueue, 'Support Queue', 'Queue')
  group(groups.leadsQueue, 'New Leads', 'Queue')
  const queueObjects: [id: string, type: string][] = [
    [groups.supportQueue, 'Case'],
    [groups.leadsQueue, 'Lead'],
  ]
  for (const [at, [id, type]] of queueObjects.entries()) {
    org.queueSobjects.insert({ Id: makeId('03g', at + 1), QueueId: id, SobjectType: type })
  }
  for (const [id, name] of [
    [territories.benelux, 'Benelux'],
    [territories.nordics, 'Nordics'],
  ] as const) {
    org.territories.insert({
      Id: id,
      Name: name,
      DeveloperName: name,
      ParentTerritory2Id: null,
      Territory2ModelId: makeId('0MA', 1),
    })
  }
}
