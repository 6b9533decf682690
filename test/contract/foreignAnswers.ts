import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { Org } from '../../simulator/org/org.ts'
import type { UserRow } from '../../simulator/org/rows.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { type Connector, flagship } from '../connectors.ts'
import { type Answered, type Intercept, type Passing, startGateway } from '../lifecycle/gateway.ts'
import { assign } from '../permissions/permissionHost.ts'
import type { Run } from '../process.ts'
import { isWrite } from '../requests.ts'

const {
  users,
  permissionSets,
  permissionSetGroups,
  permissionSetLicenses,
  groups,
  roles,
  profiles,
  territories,
} = seedIds

/** Whom the actions are about, and the user about whom the answers are. */
export const [asked, other] = [users.obrien, users.annBoss]

/** Something that an action claims: whether the org shows it afterwards. */
export interface Claim {
  readonly name: string
  readonly action: string
  readonly context: Readonly<Record<string, unknown>>
  prepare(org: Org, simulator: SimulatedOrg): void
  isTrue(org: Org): boolean
}

export const user = (org: Org, id: string): Record<string, unknown> => ({ ...org.users.get(id) })
const frozen = (org: Org, id: string): boolean => org.userLogins.where('UserId', id)[0]?.IsFrozen === true

/** Each permission, how it is given behind the connector's back, and whether somebody has it. */
const permissions: readonly {
  Type: string
  Reference: string
  give(org: Org, id: string): void
  has(org: Org, id: string): boolean
}[] = [
  {
    Type: 'PermissionSet',
    Reference: permissionSets.reportBuilder,
    give: (org, id) => assign(org, id, permissionSets.reportBuilder),
    has: (org, id) =>
      org.permissionSetAssignments
        .where('AssigneeId', id)
        .some((row) => row.PermissionSetId === permissionSets.reportBuilder),
  },
  {
    Type: 'PermissionSetGroup',
    Reference: permissionSetGroups.salesStarter,
    give: (org, id) =>
      assign(org, id, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter),
    has: (org, id) =>
      org.permissionSetAssignments
        .where('AssigneeId', id)
        .some((row) => row.PermissionSetGroupId === permissionSetGroups.salesStarter),
  },
  {
    Type: 'PermissionSetLicense',
    Reference: permissionSetLicenses.einstein,
    give: (org, id) => {
      org.permissionSetLicenseAssigns.insert({
        Id: org.nextId('2LA'),
        AssigneeId: id,
        PermissionSetLicenseId: permissionSetLicenses.einstein,
        SystemModstamp: '2026-01-01T00:00:00.000Z',
      })
    },
    has: (org, id) =>
      org.permissionSetLicenseAssigns
        .where('AssigneeId', id)
        .some((row) => row.PermissionSetLicenseId === permissionSetLicenses.einstein),
  },
  ...[
    { Type: 'PublicGroup', Reference: groups.contractReviewers },
    { Type: 'Queue', Reference: groups.leadsQueue },
  ].map(({ Type, Reference }) => ({
    Type,
    Reference,
    give: (org: Org, id: string) => {
      org.groupMembers.insert({
        Id: org.nextId('011'),
        GroupId: Reference,
        UserOrGroupId: id,
        SystemModstamp: '2026-01-01T00:00:00.000Z',
      })
    },
    has: (org: Org, id: string) =>
      org.groupMembers.where('GroupId', Reference).some((row) => row.UserOrGroupId === id),
  })),
  {
    Type: 'Territory',
    Reference: territories.nordics,
    give: (org, id) => {
      giveTerritory(org, id, territories.nordics)
    },
    has: (org, id) =>
      org.userTerritories.where('UserId', id).some((row) => row.Territory2Id === territories.nordics),
  },
  {
    Type: 'Role',
    Reference: roles.apacSales,
    give: (org, id) => {
      change(org, id, { UserRoleId: roles.apacSales })
    },
    has: (org, id) => user(org, id)['UserRoleId'] === roles.apacSales,
  },
  {
    Type: 'Profile',
    Reference: profiles.readOnly,
    give: (org, id) => {
      change(org, id, { ProfileId: profiles.readOnly })
    },
    has: (org, id) => user(org, id)['ProfileId'] === profiles.readOnly,
  },
  {
    Type: 'FeatureLicense',
    Reference: 'UserPermissionsKnowledgeUser',
    give: (org, id) => {
      change(org, id, { UserPermissionsKnowledgeUser: true })
    },
    has: (org, id) => user(org, id)['UserPermissionsKnowledgeUser'] === true,
  },
]

function giveTerritory(org: Org, id: string, territory: string): void {
  org.userTerritories.insert({
    Id: org.nextId('0M5'),
    UserId: id,
    Territory2Id: territory,
    IsActive: true,
    RoleInTerritory2: null,
    SystemModstamp: '2026-01-01T00:00:00.000Z',
  })
}

function change(org: Org, id: string, fields: Partial<UserRow>): void {
  const row = org.users.get(id)
  if (row === undefined) throw new Error(`the org has no user ${id}`)
  org.users.update(row, fields)
}

/** Everything that can be claimed about an account; the org begins with the opposite, and with the other user as claimed. */
export function claimsOf(connector: Connector): Claim[] {
  const title = connector === flagship ? 'title' : 'Title'
  const leave = (org: Org): void => {
    change(org, other, { IsActive: false })
  }
  return [
    {
      name: 'update',
      action: 'update',
      context: { Data: { [title]: 'Chief of Tests' } },
      prepare: (org) => {
        change(org, other, { Title: 'Chief of Tests' })
      },
      isTrue: (org) => user(org, asked)['Title'] === 'Chief of Tests',
    },
    ...['disable', 'delete'].map((action) => ({
      name: action,
      action,
      context: {},
      prepare: leave,
      isTrue: (org: Org) => user(org, asked)['IsActive'] === false,
    })),
    {
      name: 'enable',
      action: 'enable',
      context: {},
      prepare: (org, simulator) => {
        change(org, asked, { IsActive: false })
        simulator.freeze(asked, users.integration)
      },
      isTrue: (org) => user(org, asked)['IsActive'] === true && !frozen(org, asked),
    },
    ...permissions.flatMap(({ Type, Reference, give, has }) => [
      {
        name: `grant ${Type}`,
        action: 'grantPermission',
        context: { permission: { Type, Reference } },
        prepare: (org: Org) => {
          give(org, other)
          // An answer without rows is about nobody.
          if (Type === 'Territory') giveTerritory(org, asked, territories.benelux)
        },
        isTrue: (org: Org) => has(org, asked),
      },
      {
        name: `revoke ${Type}`,
        action: 'revokePermission',
        context: { permission: { Type, Reference }, settings: { FallbackProfile: 'Standard User' } },
        prepare: (org: Org) => {
          give(org, asked)
          if (!['Role', 'Profile', 'FeatureLicense'].includes(Type))
            assign(org, other, permissionSets.dataExport)
        },
        isTrue: (org: Org) => !has(org, asked),
      },
    ]),
  ]
}

export interface Outcome extends Run {
  readonly org: Org
  readonly simulator: SimulatedOrg
  /** Audit lines as one text. */
  readonly said: string
  readonly writes: readonly string[]
}

/** Runs an action behind a door that changes what is answered. */
export async function behind(
  connector: Connector,
  claim: Pick<Claim, 'action' | 'context' | 'prepare'> & { readonly dialect?: Partial<Dialect> },
  intercept: Intercept,
  test: (outcome: Outcome) => void,
): Promise<void> {
  const simulator = await startSimulator({ dialect: { territoryManagement: true, ...claim.dialect } })
  claim.prepare(simulator.org, simulator)
  const gateway = await startGateway(simulator.url, intercept)
  try {
    const { permission, settings, more, ...members } = claim.context
    const actionContext = {
      Operation: claim.action,
      DryRun: false,
      Configuration: {
        BaseUrl: gateway.url,
        AuthenticationFlow: 'client_credentials',
        ClientID: seedCredentials.clientId,
        ClientSecret: seedCredentials.clientSecret,
        ...(settings as object | undefined),
      },
      References: { Account: asked, Permission: permission },
      ...members,
    }
    const run = await answer(claim.action, { actionContext, ...(more as object | undefined) }, connector)
    const said = (run.output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
    const writes = simulator.requests
      .filter(isWrite)
      .map(({ method, path, body }) => `${method} ${path} ${body}`)
    test({ ...run, org: simulator.org, simulator, said, writes })
  } finally {
    await gateway.close()
    await simulator.close()
  }
}

/** Whether a request only reads data; the sign-in and descriptions are about nobody. */
export function isRead({ method, path, body }: Passing): boolean {
  if (/oauth2|describe|\/sobjects$/.test(path)) return false
  return method === 'GET' || (path.endsWith('/composite') && !/"method":"(?:POST|PATCH|DELETE)"/.test(body))
}

/** An answer with everything that names one user naming another. */
export function renamed(from: string, to: string): (answered: Answered) => Answered {
  return ({ status, body }) => ({ status, body: body.replaceAll(from, to) })
}

/** An answer with each member of this name changed: left out where `value` is undefined. */
export function mutated(name: string, value: unknown): (answered: Answered) => Answered {
  return ({ status, body }) => {
    if (!body.includes(`"${name}"`)) return { status, body }
    const text = JSON.stringify(JSON.parse(body), (key, member: unknown) => (key === name ? value : member))
    return { status, body: text }
  }
}
