import { makeId } from '../org/ids.ts'
import type { Org } from '../org/org.ts'
import type { UserRow } from '../org/rows.ts'
import { featureLicences } from '../schema/schemaUser.ts'
import { seedTime } from './seedCatalogue.ts'
import { seedIds } from './seedIds.ts'

type Given = Partial<UserRow> & { Id: string; Username: string; LastName: string; ProfileId: string }

const noFeatures: Readonly<Record<string, false>> = Object.fromEntries(
  featureLicences.map((each): [string, false] => [each.name, false]),
)

function fill(given: Given): UserRow {
  const first = given.FirstName ?? ''
  return {
    FirstName: null,
    Alias: `${first.slice(0, 1)}${given.LastName}`.toLowerCase().replace(/\W/g, '').slice(0, 8),
    CommunityNickname: given.Username.split('@')[0] ?? given.Username,
    Email: given.Username,
    PendingEmail: null,
    IsActive: true,
    UserRoleId: null,
    UserType: 'Standard',
    ManagerId: null,
    DelegatedApproverId: null,
    EmployeeNumber: null,
    FederationIdentifier: null,
    Division: null,
    Department: null,
    Title: null,
    CompanyName: null,
    Phone: null,
    MobilePhone: null,
    Fax: null,
    Street: null,
    City: null,
    State: null,
    PostalCode: null,
    Country: null,
    LanguageLocaleKey: 'en_US',
    LocaleSidKey: 'nl_NL',
    TimeZoneSidKey: 'Europe/Amsterdam',
    EmailEncodingKey: 'UTF-8',
    SenderEmail: null,
    CallCenterId: null,
    AccountId: null,
    ContactId: null,
    LastLoginDate: null,
    CreatedById: seedIds.users.admin,
    CreatedDate: seedTime,
    LastModifiedDate: seedTime,
    SystemModstamp: seedTime,
    Cost_Code__c: null,
    Badge_Number__c: null,
    Remote_Worker__c: false,
    ...noFeatures,
    ...given,
  }
}

function add(org: Org, given: Given, n: number): void {
  const row = fill(given)
  org.users.insert(row)
  // observed (baton-salesforce): some users have no UserLogin row; the automated process is one
  if (row.UserType === 'Standard') {
    insertLogin(org, makeId('0Yw', n), row.Id)
  }
  const own = org.permissionSets.where('ProfileId', row.ProfileId)[0]
  if (own !== undefined) insertAssignment(org, makeId('0Pa', n), row.Id, own.Id)
}

function insertLogin(org: Org, id: string, userId: string): void {
  org.userLogins.insert({
    Id: id,
    UserId: userId,
    IsFrozen: false,
    IsPasswordLocked: false,
    LastModifiedById: seedIds.users.admin,
    LastModifiedDate: seedTime,
  })
}

function insertAssignment(org: Org, id: string, userId: string, setId: string): void {
  org.permissionSetAssignments.insert({
    Id: id,
    AssigneeId: userId,
    PermissionSetId: setId,
    PermissionSetGroupId: null,
    ExpirationDate: null,
    IsActive: true,
    IsRevoked: false,
    SystemModstamp: seedTime,
  })
}

/** The people of the sample company; in an empty org only those who must be there. */
export function addSeedUsers(org: Org, empty: boolean): void {
  const { users, profiles, roles } = seedIds
  const standing: Given[] = [
    {
      Id: users.integration,
      Username: 'integration@acme.example',
      FirstName: 'HelloID',
      LastName: 'Integration',
      ProfileId: profiles.minimumAccessApiOnly,
    },
    {
      Id: users.admin,
      Username: 'admin@acme.example',
      FirstName: 'Sofia',
      LastName: 'Admin',
      ProfileId: profiles.systemAdministrator,
      Title: 'Salesforce administrator',
    },
  ]
  const people: Given[] = [
    {
      Id: users.annBoss,
      Username: 'ann.boss@acme.example',
      FirstName: 'Ann',
      LastName: 'Boss',
      ProfileId: profiles.standardUser,
      UserRoleId: roles.svpSales,
      EmployeeNumber: '100001',
      FederationIdentifier: 'E100001',
      Department: 'Sales',
      Division: 'EMEA',
      Title: 'SVP Sales',
      Phone: '+31201234567',
      MobilePhone: '+31612345600',
    },
    {
      Id: users.leaver,
      Username: 'lea.verloren@acme.example',
      FirstName: 'Lea',
      LastName: 'Verloren',
      ProfileId: profiles.standardUser,
      IsActive: false,
      EmployeeNumber: '100002',
      FederationIdentifier: 'E100002',
      Department: 'Service',
    },
    {
      Id: users.obrien,
      Username: "s.o'brien@acme.example",
      FirstName: 'Seán',
      LastName: "O'Brien",
      ProfileId: profiles.salesReps,
      UserRoleId: roles.emeaSales,
      ManagerId: users.annBoss,
      EmployeeNumber: '100003',
      FederationIdentifier: "E100003'x",
      Department: 'Sales & Märkte',
      Title: 'Account manager',
      MobilePhone: '+353871234567',
      Cost_Code__c: 'S-41',
      Badge_Number__c: 4411,
      Remote_Worker__c: true,
    },
    {
      Id: users.twinOne,
      Username: 'kim.jansen@acme.example',
      FirstName: 'Kim',
      LastName: 'Jansen',
      ProfileId: profiles.standardUser,
      EmployeeNumber: '100777',
      FederationIdentifier: 'E100777a',
    },
    {
      Id: users.twinTwo,
      Username: 'kim.jansen.2@acme.example',
      FirstName: 'Kim',
      LastName: 'Jansen',
      ProfileId: profiles.standardUser,
      EmployeeNumber: '100777',
      FederationIdentifier: 'E100777b',
    },
    {
      Id: users.blocked,
      Username: 'carl.keys@acme.example',
      FirstName: 'Carl',
      LastName: 'Keys',
      ProfileId: profiles.standardUser,
      UserRoleId: roles.svpService,
      EmployeeNumber: '100008',
    },
    {
      Id: users.automatedProcess,
      Username: 'autoproc@00d5g000004abcdeak',
      LastName: 'Automated Process',
      ProfileId: profiles.automatedProcess,
      UserType: 'AutomatedProcess',
      Email: 'noreply@00d5g000004abcdeak.example',
    },
    {
      Id: users.guest,
      Username: 'help_portal@acme.force.example',
      LastName: 'Help Portal Site Guest User',
      ProfileId: profiles.guest,
      UserType: 'Guest',
    },
    {
      Id: users.platform,
      Username: 'pia.platform@acme.example',
      FirstName: 'Pia',
      LastName: 'Platform',
      ProfileId: profiles.standardPlatformUser,
      EmployeeNumber: '100011',
    },
    {
      Id: users.pending,
      Username: 'mei.celik@acme.example',
      FirstName: 'Mei',
      LastName: 'Çelik',
      ProfileId: profiles.minimumAccess,
      EmployeeNumber: '100012',
      PendingEmail: 'mei.celik@new.acme.example',
    },
  ]
  for (const [at, given] of (empty ? standing : [...standing, ...people]).entries()) add(org, given, at + 1)
  if (empty) return
  const { groups, permissionSets } = seedIds
  // documented text (help 000386275); the code is assumed
  org.blockers.set(users.blocked, {
    code: 'FIELD_INTEGRITY_EXCEPTION',
    message: 'Cannot inactivate user that is the value of a hierarchy field:Regional_Lead__c',
  })
  org.groupMembers.insert({
    Id: makeId('011', 1),
    GroupId: groups.emeaSalesTeam,
    UserOrGroupId: users.obrien,
  })
  org.groupMembers.insert({ Id: makeId('011', 2), GroupId: groups.allManagers, UserOrGroupId: users.annBoss })
  org.groupMembers.insert({
    Id: makeId('011', 3),
    GroupId: groups.contractReviewers,
    UserOrGroupId: groups.allManagers,
  })
  org.groupMembers.insert({
    Id: makeId('011', 4),
    GroupId: groups.supportQueue,
    UserOrGroupId: users.blocked,
  })
  insertAssignment(org, makeId('0Pa', 101), users.annBoss, permissionSets.reportBuilder)
  insertAssignment(org, makeId('0Pa', 102), users.obrien, permissionSets.salesOps)
  insertAssignment(org, makeId('0Pa', 103), users.obrien, permissionSets.contractEditor)
}

const firstNames = ['Jan', 'Fatma', 'Piet', 'Olga', 'Noah', 'Zoë', 'Liam', 'Aïcha', 'Tom', 'Ingrid']
const lastNames = [
  'de Vries',
  'Bakker',
  'Yılmaz',
  'Smit',
  "O'Neil",
  'van den Berg',
  'Müller',
  'Novák',
  'Kaya',
  'Visser',
]
const departments = ['Sales', 'Service', 'Finance', 'Legal', 'IT']

/** Many users for imports: every tenth inactive; usernames user000001@acme.example and so on. */
export function addGeneratedUsers(org: Org, count: number): void {
  const { profiles, users } = seedIds
  const own = org.permissionSets.where('ProfileId', profiles.standardUser)[0]?.Id ?? ''
  for (let n = 1; n <= count; n++) {
    const digits = String(n).padStart(6, '0')
    const id = org.nextId('005')
    org.users.insert(
      fill({
        Id: id,
        Username: `user${digits}@acme.example`,
        FirstName: firstNames[n % firstNames.length] ?? 'Jan',
        LastName: lastNames[Math.floor(n / 10) % lastNames.length] ?? 'Smit',
        Alias: `u${digits}`,
        ProfileId: profiles.standardUser,
        IsActive: n % 10 !== 0,
        EmployeeNumber: `9${digits}`,
        FederationIdentifier: `G${digits}`,
        Department: departments[n % departments.length] ?? 'Sales',
        ManagerId: users.annBoss,
        MobilePhone: `+316${digits}00`,
      }),
    )
    insertLogin(org, org.nextId('0Yw'), id)
    insertAssignment(org, org.nextId('0Pa'), id, own)
  }
}
