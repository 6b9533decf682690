import { makeId } from '../org/ids.ts'
import type { Org } from '../org/org.ts'
import { seedTime } from './seedCatalogue.ts'
import { seedIds } from './seedIds.ts'

const stamps = { CreatedDate: seedTime, LastModifiedDate: seedTime }

/** What only some connectors look at; apart from the other seeds, so that what these count stays as it is. */
export function addRecords(org: Org): void {
  org.customFields = [
    ...org.customFields,
    {
      name: 'Shift__c',
      label: 'Shift',
      type: 'picklist',
      length: 255,
      picklist: ['Early', 'Late', 'Night'],
    },
    { name: 'Badge_Expires__c', label: 'Badge Expires', type: 'date', length: 0 },
    {
      name: 'Skills__c',
      label: 'Skills',
      type: 'multipicklist',
      length: 4099,
      picklist: ['Sales', 'Service', 'Legal', 'Finance'],
    },
    { name: 'First_Shift__c', label: 'First Shift', type: 'datetime', length: 0 },
    { name: 'Employment__c', label: 'Employment', type: 'percent', length: 0 },
    { name: 'Budget__c', label: 'Budget', type: 'currency', length: 0 },
    { name: 'Remarks__c', label: 'Remarks', type: 'textarea', length: 255 },
    { name: 'Private_Email__c', label: 'Private Email', type: 'email', length: 80 },
    { name: 'Home_Page__c', label: 'Home Page', type: 'url', length: 255 },
    { name: 'Desk_Phone__c', label: 'Desk Phone', type: 'phone', length: 40 },
    { name: 'Buddy__c', label: 'Buddy', type: 'reference', length: 18, to: 'User' },
  ]
  addOutsiders(org)
  addCustomers(org)
  addWork(org)
  addSessions(org)
}

/** Licences and profiles of partners and customers, with few seats. */
function addOutsiders(org: Org): void {
  const { userLicenses, portalProfiles } = seedIds
  const kinds = [
    ['Partner', userLicenses.partner, portalProfiles.partner, 'PowerPartner', 3],
    ['Customer', userLicenses.customer, portalProfiles.customer, 'CspLitePortal', 1],
  ] as const
  for (const [at, [name, licence, profile, userType, seats]] of kinds.entries()) {
    org.userLicenses.insert({
      Id: licence,
      Name: `${name} Community`,
      MasterLabel: `${name} Community`,
      LicenseDefinitionKey: `PID_${name}_Community`,
      Status: 'Active',
      TotalLicenses: seats,
    })
    org.profiles.insert({
      Id: profile,
      Name: `${name} Community User`,
      UserLicenseId: licence,
      UserType: userType,
      Description: null,
      ...stamps,
    })
    org.permissionSets.insert({
      Id: makeId('0PS', 151 + at),
      Name: `X${profile}`,
      Label: `${name} Community User`,
      Type: 'Profile',
      IsOwnedByProfile: true,
      IsCustom: true,
      ProfileId: profile,
      LicenseId: null,
      PermissionSetGroupId: null,
      Description: null,
      ...stamps,
    })
  }
}

function addCustomers(org: Org): void {
  const { users, accounts, contacts } = seedIds
  const account = (Id: string, Name: string, OwnerId: string, IsPersonAccount = false): void => {
    org.accounts.insert({ Id, Name, OwnerId, IsPersonAccount, ...stamps })
  }
  account(accounts.globex, 'Globex', users.annBoss)
  account(accounts.initech, 'Initech', users.admin)
  account(accounts.umbrella, 'Umbrella', users.leaver)
  account(accounts.person, 'Petra Persoon', users.annBoss, true)
  const contact = (Id: string, name: string, AccountId: string | null, OwnerId: string): void => {
    const [FirstName = '', LastName = ''] = name.split(' ')
    const Email = `${FirstName}.${LastName}@customer.example`.toLowerCase()
    org.contacts.insert({ Id, FirstName, LastName, Email, AccountId, OwnerId, ...stamps })
  }
  contact(contacts.globexOne, 'Gina Globe', accounts.globex, users.annBoss)
  contact(contacts.globexTwo, 'Gus Globe', accounts.globex, users.annBoss)
  contact(contacts.initech, 'Ian Initech', accounts.initech, users.admin)
  contact(contacts.loose, 'Lou Loose', null, users.leaver)
  contact(contacts.person, 'Petra Persoon', accounts.person, users.annBoss)
}

/** What the leaver still owns, and others too. */
function addWork(org: Org): void {
  const { users, groups, accounts, opportunities, leads, cases } = seedIds
  const opportunity = (Id: string, Name: string, IsClosed: boolean, OwnerId: string): void => {
    org.opportunities.insert({ Id, Name, IsClosed, AccountId: accounts.umbrella, OwnerId, ...stamps })
  }
  opportunity(opportunities.open, 'Umbrellas 2026', false, users.leaver)
  opportunity(opportunities.closed, 'Umbrellas 2023', true, users.leaver)
  opportunity(opportunities.others, 'Globes 2026', false, users.obrien)
  const lead = (Id: string, LastName: string, OwnerId: string): void => {
    const fields = { FirstName: null, LastName, Company: `${LastName} BV`, IsConverted: false }
    org.leads.insert({ Id, ...fields, OwnerId, ...stamps })
  }
  lead(leads.leavers, 'Leeds', users.leaver)
  lead(leads.queued, 'Wacht', groups.leadsQueue)
  const request = (Id: string, Subject: string, IsClosed: boolean, OwnerId: string): void => {
    org.cases.insert({ Id, Subject, IsClosed, AccountId: null, ContactId: null, OwnerId, ...stamps })
  }
  request(cases.open, 'It leaks', false, users.leaver)
  request(cases.closed, 'It leaked', true, users.leaver)
  request(cases.queued, 'Who takes this?', false, groups.supportQueue)
}

/** Two sessions and two tokens of Ann Boss. */
function addSessions(org: Org): void {
  const { users, authSessions } = seedIds
  for (const [Id, SessionType, LoginType] of [
    [authSessions.one, 'UI', 'Application'],
    [authSessions.two, 'Oauth2', 'Remote Access 2.0'],
  ] as const) {
    const ends = { SourceIp: '192.0.2.7', NumSecondsValid: 7200, UserType: 'Standard' }
    org.authSessions.insert({ Id, UsersId: users.annBoss, SessionType, LoginType, ...ends, ...stamps })
  }
  for (const [at, AppName] of ['Data Loader', 'Salesforce for Outlook'].entries()) {
    org.oauthTokens.insert({
      Id: makeId('0CQ', at + 1),
      UserId: users.annBoss,
      AppName,
      DeleteToken: `delete-token-${at + 1}`,
      UseCount: 12 + at,
      CreatedDate: seedTime,
      LastUsedDate: seedTime,
    })
  }
}
