import { makeId } from '../org/ids.ts'

/** Ids of the seed that tests and sample contexts name. Stable over runs. */
export const seedIds = {
  org: '00D5g000004AbCdEAK',
  users: {
    integration: makeId('005', 1),
    admin: makeId('005', 2),
    /** Ann Boss, the manager. */
    annBoss: makeId('005', 3),
    /** Lea Verloren: left, inactive. */
    leaver: makeId('005', 4),
    /** Seán O'Brien. */
    obrien: makeId('005', 5),
    /** Two people with employee number 100777. */
    twinOne: makeId('005', 6),
    twinTwo: makeId('005', 7),
    /** Carl Keys: the value of a hierarchy field, so deactivation is refused. */
    blocked: makeId('005', 8),
    automatedProcess: makeId('005', 9),
    guest: makeId('005', 10),
    /** Pia Platform, of another licence. */
    platform: makeId('005', 11),
    /** Mei Çelik, with a pending e-mail. */
    pending: makeId('005', 12),
  },
  userLicenses: {
    salesforce: makeId('100', 1),
    platform: makeId('100', 2),
    identity: makeId('100', 3),
    integration: makeId('100', 4),
    chatterFree: makeId('100', 5),
    /** With the seed's records only, as the next. */
    partner: makeId('100', 6),
    customer: makeId('100', 7),
  },
  profiles: {
    systemAdministrator: makeId('00e', 1),
    standardUser: makeId('00e', 2),
    readOnly: makeId('00e', 3),
    minimumAccess: makeId('00e', 4),
    standardPlatformUser: makeId('00e', 5),
    identityUser: makeId('00e', 6),
    minimumAccessApiOnly: makeId('00e', 7),
    /** Named `Sales Rep's Profile`. */
    salesReps: makeId('00e', 8),
    chatterFreeUser: makeId('00e', 9),
    guest: makeId('00e', 10),
    automatedProcess: makeId('00e', 11),
  },
  /** Profiles of people outside the company, with the seed's records only. */
  portalProfiles: { partner: makeId('00e', 12), customer: makeId('00e', 13) },
  roles: {
    ceo: makeId('00E', 1),
    svpSales: makeId('00E', 2),
    emeaSales: makeId('00E', 3),
    apacSales: makeId('00E', 4),
    svpService: makeId('00E', 5),
  },
  permissionSets: {
    salesOps: makeId('0PS', 1),
    reportBuilder: makeId('0PS', 2),
    /** Needs the permission set licence serviceConsole. */
    consoleAgent: makeId('0PS', 3),
    /** Needs the user licence Salesforce Platform. */
    platformTools: makeId('0PS', 4),
    contractEditor: makeId('0PS', 5),
    dataExport: makeId('0PS', 6),
    /** Aggregate behind the group salesStarter. */
    salesStarterAggregate: makeId('0PS', 7),
    /** Aggregate behind the group serviceStarter. */
    serviceStarterAggregate: makeId('0PS', 8),
  },
  permissionSetGroups: { salesStarter: makeId('0PG', 1), serviceStarter: makeId('0PG', 2) },
  permissionSetLicenses: {
    serviceConsole: makeId('0PL', 1),
    einstein: makeId('0PL', 2),
    apiIntegration: makeId('0PL', 3),
  },
  groups: {
    emeaSalesTeam: makeId('00G', 1),
    contractReviewers: makeId('00G', 2),
    allManagers: makeId('00G', 3),
    supportQueue: makeId('00G', 4),
    leadsQueue: makeId('00G', 5),
  },
  /** With the seed's records only, as what follows. */
  accounts: {
    /** Owned by Ann Boss, who has a role. */
    globex: makeId('001', 1),
    /** Owned by the administrator, who has none. */
    initech: makeId('001', 2),
    /** Owned by the leaver. */
    umbrella: makeId('001', 3),
    /** A person account of Ann Boss. */
    person: makeId('001', 4),
  },
  contacts: {
    globexOne: makeId('003', 1),
    globexTwo: makeId('003', 2),
    initech: makeId('003', 3),
    /** Of no account; the leaver's. */
    loose: makeId('003', 4),
    person: makeId('003', 5),
  },
  opportunities: { open: makeId('006', 1), closed: makeId('006', 2), others: makeId('006', 3) },
  leads: { leavers: makeId('00Q', 1), queued: makeId('00Q', 2) },
  cases: { open: makeId('500', 1), closed: makeId('500', 2), queued: makeId('500', 3) },
  authSessions: { one: makeId('0Ak', 1), two: makeId('0Ak', 2) },
  territories: { benelux: makeId('0MI', 1), nordics: makeId('0MI', 2) },
} as const

/** How to sign in to the seeded org. */
export const seedCredentials = {
  clientId: '3MVG9.acme.helloid.consumer.key',
  clientSecret: '0123456789ABCDEF-acme-secret',
  userName: 'integration@acme.example',
  password: 'Pa55-acme',
  securityToken: 'tok3nACME',
} as const
