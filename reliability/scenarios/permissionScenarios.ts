import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Scenario } from './scenario.ts'

const { users, profiles, roles, permissionSets, permissionSetGroups, permissionSetLicenses, groups } = seedIds

/** Holds two permission sets of the seed, a role and a place in a group already. */
const account = users.obrien

/** One permission: what it is, and how the account gets it without the connector. */
interface Sample {
  readonly type: string
  readonly reference: string
  readonly hold: (org: Org) => void
  readonly settings?: Readonly<Record<string, unknown>>
  readonly seats?: Scenario['seats']
  /** Which of grant and revoke take the answer of the write for the look back (SCIM, two requests at most). */
  readonly trusts?: readonly ('grant' | 'revoke')[]
}

function assign(org: Org, set: string, group: string | null): void {
  org.permissionSetAssignments.insert({
    Id: org.nextId('0Pa'),
    AssigneeId: account,
    PermissionSetId: set,
    PermissionSetGroupId: group,
    ExpirationDate: null,
    IsActive: true,
    IsRevoked: false,
    SystemModstamp: new Date(0).toISOString(),
  })
}

function change(fields: Readonly<Record<string, string | boolean | null>>): (org: Org) => void {
  return (org) => {
    const user = org.users.get(account)
    if (user !== undefined) org.users.update(user, fields)
  }
}

function join(group: string): (org: Org) => void {
  return (org) => {
    org.groupMembers.insert({ Id: org.nextId('011'), GroupId: group, UserOrGroupId: account })
  }
}

/** Takes and frees the last seat of a permission set licence. */
function seatsOf(license: string): NonNullable<Scenario['seats']> {
  const set = (org: Org, total: number): void => {
    const row = org.permissionSetLicenses.get(license)
    if (row !== undefined) org.permissionSetLicenses.update(row, { TotalLicenses: total })
  }
  return {
    take: (org) => {
      set(org, org.usedPermissionSetLicenses(license))
    },
    free: (org) => {
      set(org, 100)
    },
  }
}

function license(id: string): (org: Org) => void {
  return (org) => {
    org.permissionSetLicenseAssigns.insert({
      Id: org.nextId('2LA'),
      AssigneeId: account,
      PermissionSetLicenseId: id,
    })
  }
}

const samples: readonly Sample[] = [
  {
    type: 'PermissionSet',
    reference: permissionSets.dataExport,
    hold: (org) => {
      assign(org, permissionSets.dataExport, null)
    },
    trusts: ['grant'],
  },
  {
    type: 'PermissionSetGroup',
    reference: permissionSetGroups.salesStarter,
    hold: (org) => {
      assign(org, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
    },
  },
  {
    type: 'PermissionSetLicense',
    reference: permissionSetLicenses.einstein,
    hold: license(permissionSetLicenses.einstein),
    seats: seatsOf(permissionSetLicenses.einstein),
  },
  {
    type: 'FeatureLicense',
    reference: 'UserPermissionsKnowledgeUser',
    hold: change({ UserPermissionsKnowledgeUser: true }),
  },
  {
    type: 'Profile',
    reference: profiles.readOnly,
    hold: change({ ProfileId: profiles.readOnly }),
    settings: { FallbackProfile: profiles.standardUser },
    trusts: ['grant', 'revoke'],
  },
  {
    type: 'Role',
    reference: roles.apacSales,
    hold: change({ UserRoleId: roles.apacSales }),
    trusts: ['grant', 'revoke'],
  },
  {
    type: 'PublicGroup',
    reference: groups.contractReviewers,
    hold: join(groups.contractReviewers),
    trusts: ['grant', 'revoke'],
  },
  { type: 'Queue', reference: groups.supportQueue, hold: join(groups.supportQueue) },
  {
    type: 'Territory',
    reference: seedIds.territories.benelux,
    hold: (org) => {
      org.userTerritories.insert({
        Id: org.nextId('0M5'),
        UserId: account,
        Territory2Id: seedIds.territories.benelux,
        IsActive: true,
        RoleInTerritory2: null,
      })
    },
  },
]

function scenarioOf(verb: 'grant' | 'revoke', sample: Sample): Scenario {
  const { type, reference, hold, settings, seats, trusts } = sample
  const isGrant = verb === 'grant'
  return {
    name: `${verb} ${type}`,
    action: `${verb}Permission`,
    context: {
      References: { Account: account, Permission: { Reference: reference, Type: type } },
      PermissionDisplayName: `${type} ${reference}`,
    },
    dialect: { territoryManagement: true },
    ...(settings !== undefined && { settings }),
    ...(!isGrant && { prepare: hold }),
    ...(isGrant && seats !== undefined && { prepare: seats.free, seats }),
    ...(trusts?.includes(verb) === true && { trustsAnswer: true }),
  }
}

export const permissionScenarios: readonly Scenario[] = [
  ...samples.map((sample) => scenarioOf('grant', sample)),
  {
    ...scenarioOf('grant', {
      type: 'PermissionSet',
      reference: permissionSets.consoleAgent,
      hold: () => undefined,
      settings: { AssignLicenses: true },
      seats: seatsOf(permissionSetLicenses.serviceConsole),
    }),
    name: 'grant PermissionSet, licence first',
  },
  ...samples.map((sample) => scenarioOf('revoke', sample)),
  {
    ...scenarioOf('revoke', {
      type: 'PermissionSet',
      reference: permissionSets.dataExport,
      hold: (org) => {
        assign(org, permissionSets.dataExport, null)
      },
      settings: { UseRestApi: false },
      trusts: ['revoke'],
    }),
    name: 'revoke PermissionSet, SCIM only',
  },
]
