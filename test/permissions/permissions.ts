import { type Dialect, dialects } from '../../simulator/dialect/dialect.ts'
import { makeId } from '../../simulator/org/ids.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type Connector, flagship } from '../connectors.ts'

const {
  users,
  profiles,
  roles,
  permissionSets,
  permissionSetGroups,
  permissionSetLicenses,
  groups,
  territories,
} = seedIds

/** Who gets and loses things in these tests: holds two sets of the seed, a role, and a place in a group already. */
export const account = users.obrien

/** A permission that the account does not hold, what granting changes in the org, and by which route it is done. */
export interface Sample {
  readonly type: string
  readonly reference: string
  /** The one difference that granting makes. */
  readonly granted: string
  /** More of it, where the org shows what a group contains as rows of their own. */
  readonly components?: readonly string[]
  /** The one difference that revoking makes after that. */
  readonly revoked: string
  /** Requests of one grant and one revoke of the flagship, the token left out. */
  readonly grantRequests: number
  readonly revokeRequests: number
  readonly isScim: boolean
  /** A thing of this type that no org has. */
  readonly unknown: string
}

const link = (table: string, text: string): Pick<Sample, 'granted' | 'revoked'> => ({
  granted: `+ ${table} ${text}`,
  revoked: `- ${table} ${text}`,
})

const field = (name: string, before: string, after: string): Pick<Sample, 'granted' | 'revoked'> => ({
  granted: `users ${account} ${name}: ${before} -> ${after}`,
  revoked: `users ${account} ${name}: ${after} -> ${before}`,
})

export const samples: readonly Sample[] = [
  {
    type: 'PermissionSet',
    reference: permissionSets.dataExport,
    ...link('permissionSetAssignments', `AssigneeId=${account} PermissionSetId=${permissionSets.dataExport}`),
    grantRequests: 2,
    revokeRequests: 3,
    isScim: true,
    unknown: makeId('0PS', 900),
  },
  {
    type: 'PermissionSetGroup',
    reference: permissionSetGroups.salesStarter,
    ...link(
      'permissionSetAssignments',
      `AssigneeId=${account} PermissionSetId=${permissionSets.salesStarterAggregate} PermissionSetGroupId=${permissionSetGroups.salesStarter}`,
    ),
    components: [permissionSets.salesOps, permissionSets.reportBuilder].map(
      (set) =>
        `permissionSetAssignments AssigneeId=${account} PermissionSetId=${set} PermissionSetGroupId=${permissionSetGroups.salesStarter}`,
    ),
    grantRequests: 3,
    revokeRequests: 3,
    isScim: false,
    unknown: makeId('0PG', 900),
  },
  {
    type: 'PermissionSetLicense',
    reference: permissionSetLicenses.einstein,
    ...link(
      'permissionSetLicenseAssigns',
      `AssigneeId=${account} PermissionSetLicenseId=${permissionSetLicenses.einstein}`,
    ),
    grantRequests: 3,
    revokeRequests: 3,
    isScim: false,
    unknown: makeId('0PL', 900),
  },
  {
    type: 'FeatureLicense',
    reference: 'UserPermissionsKnowledgeUser',
    ...field('UserPermissionsKnowledgeUser', 'false', 'true'),
    grantRequests: 3,
    revokeRequests: 3,
    isScim: false,
    unknown: 'UserPermissionsTeleportUser',
  },
  {
    type: 'Role',
    reference: roles.apacSales,
    granted: `users ${account} UserRoleId: ${roles.emeaSales} -> ${roles.apacSales}`,
    revoked: `users ${account} UserRoleId: ${roles.apacSales} -> null`,
    grantRequests: 2,
    revokeRequests: 2,
    isScim: true,
    unknown: makeId('00E', 900),
  },
  {
    type: 'PublicGroup',
    reference: groups.contractReviewers,
    ...link('groupMembers', `GroupId=${groups.contractReviewers} UserOrGroupId=${account}`),
    grantRequests: 2,
    revokeRequests: 2,
    isScim: true,
    unknown: makeId('00G', 900),
  },
  {
    type: 'Queue',
    reference: groups.supportQueue,
    ...link('groupMembers', `GroupId=${groups.supportQueue} UserOrGroupId=${account}`),
    grantRequests: 3,
    revokeRequests: 3,
    isScim: false,
    unknown: makeId('00G', 900),
  },
  {
    type: 'Territory',
    reference: territories.benelux,
    ...link('userTerritories', `UserId=${account} Territory2Id=${territories.benelux}`),
    grantRequests: 3,
    revokeRequests: 3,
    isScim: false,
    unknown: makeId('0MI', 900),
  },
  {
    type: 'Profile',
    reference: profiles.readOnly,
    ...field('ProfileId', profiles.salesReps, profiles.readOnly),
    grantRequests: 2,
    revokeRequests: 2,
    isScim: true,
    unknown: makeId('00e', 900),
  },
]

/** Revoking the profile has to lead back to where the account came from. */
export const fallback = { FallbackProfile: profiles.salesReps }

/** Requests of one grant and one revoke, the token left out. By REST a write has a look before it and one after it. */
export function requestsOf(connector: Connector, sample: Sample): { grant: number; revoke: number } {
  return connector === flagship
    ? { grant: sample.grantRequests, revoke: sample.revokeRequests }
    : { grant: 3, revoke: 3 }
}

const lenient: Partial<Dialect> = {
  patchAddHeldEntitlement: 'ignore',
  lastPermissionSetRemovable: true,
  groupAggregatesListed: true,
  groupAssignmentRows: 'components-too',
  permissionSetLicenceOnGrant: 'assigned',
}

/**
 * Orgs, and the types for which it matters that they differ: what goes over REST alone is the same in the pilot.
 * Territories are on in all of them.
 */
type Doubt = readonly [name: string, dialect: Partial<Dialect>, types: readonly string[]]

const documented: Doubt = ['documented', {}, samples.map(({ type }) => type)]

const doubts: Readonly<Record<Connector, readonly Doubt[]>> = {
  'salesforce-scim': [
    documented,
    ['pilot', dialects.pilot, ['PermissionSet', 'Role', 'PublicGroup']],
    ['lenient', lenient, ['PermissionSet', 'PermissionSetGroup', 'Profile']],
    ['terse', { groupPatchAnswer: 'empty', attributesParameter: 'ignored' }, ['PublicGroup']],
  ],
  'salesforce-apex-rest': [documented, ['lenient', lenient, ['PermissionSet', 'PermissionSetGroup']]],
}

/** Every case of an org and a type of permission. */
export const casesOf = (connector: Connector) =>
  doubts[connector].flatMap(([name, dialect, types]) =>
    samples
      .filter(({ type }) => types.includes(type))
      .map((sample) => ({
        type: sample.type,
        name,
        sample,
        dialect: { ...dialect, territoryManagement: true },
      })),
  )
