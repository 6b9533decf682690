import { type Dialect, dialects } from '../../simulator/dialect/dialect.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type Connector, connectors, flagship } from '../connectors.ts'
import { inRestWords } from '../../reliability/scenarios/restFieldNames.ts'
import { cells } from '../matrix.ts'
import { type Action, type Host, hostsOf, type Step } from './permissionHost.ts'

const { profiles, roles, permissionSets, permissionSetGroups, permissionSetLicenses, groups, territories } =
  seedIds

const joiner = {
  userName: 'noor.bakker@acme.example',
  givenName: 'Noor',
  familyName: 'Bakker',
  emailAddress: 'noor.bakker@acme.example',
  employeeNumber: '300001',
  externalId: 'E300001',
}

/** Who joins, and what that person is found by again, in the names of each connector. */
const people: Readonly<Record<Connector, { Data: Record<string, string>; profile: string; number: string }>> =
  {
    'salesforce-scim': { Data: joiner, profile: 'profile', number: 'employeeNumber' },
    'salesforce-apex-rest': { Data: inRestWords(joiner), profile: 'ProfileId', number: 'EmployeeNumber' },
  }

/** One of each type, as a salesperson has them: what others need comes first. */
const inSales: readonly (readonly [Type: string, Reference: string])[] = [
  ['Profile', profiles.salesReps],
  ['Role', roles.emeaSales],
  ['PermissionSetLicense', permissionSetLicenses.einstein],
  ['PermissionSet', permissionSets.salesOps],
  ['PermissionSetGroup', permissionSetGroups.salesStarter],
  ['FeatureLicense', 'UserPermissionsMarketingUser'],
  ['PublicGroup', groups.emeaSalesTeam],
  ['Queue', groups.leadsQueue],
  ['Territory', territories.benelux],
]

/** What a move to service puts in their place. */
const inService: readonly (readonly [Type: string, Reference: string])[] = [
  ['Profile', profiles.standardUser],
  ['Role', roles.svpService],
  ['PermissionSetLicense', permissionSetLicenses.serviceConsole],
  ['PermissionSet', permissionSets.consoleAgent],
  ['PermissionSet', permissionSets.dataExport],
  ['PublicGroup', groups.contractReviewers],
  ['Queue', groups.supportQueue],
]

const settings = { FallbackProfile: 'Minimum Access - Salesforce' }

type Permissions = typeof inSales

/** Runs an action for each permission, one process after the other; all must succeed. */
async function each(
  { run }: Host,
  action: Action,
  account: string,
  permissions: Permissions,
): Promise<Step[]> {
  const steps: Step[] = []
  for (const [Type, Reference] of permissions) {
    const step = await run(action, { account, permission: { Type, Reference }, settings })
    expect({ action, Type, said: step.said, code: step.code }).toMatchObject({ code: 0 })
    steps.push(step)
  }
  return steps
}

/** What the account holds, in the org's own tables. */
function holdings({ org }: Host, account: string): string[] {
  const user = org.user(account)
  const features = Object.entries(user ?? {}).filter(
    ([name, value]) => /^UserPermissions/.test(name) && value === true,
  )
  return [
    user?.ProfileId ?? '',
    ...(user?.UserRoleId == null ? [] : [user.UserRoleId]),
    ...features.map(([name]) => name),
    ...org.permissionSetLicenseAssigns.where('AssigneeId', account).map((row) => row.PermissionSetLicenseId),
    ...org.assignmentsOf(account).map((row) => row.PermissionSetGroupId ?? row.PermissionSetId),
    ...org.groupMembers.where('UserOrGroupId', account).map((row) => row.GroupId),
    ...org.userTerritories.where('UserId', account).map((row) => row.Territory2Id),
  ].sort()
}

const idsOf = (permissions: Permissions): string[] => permissions.map(([, Reference]) => Reference).sort()
const writesOf = (steps: readonly Step[]): number => steps.flatMap(({ writes }) => writes).length

/** What is done again: one over SCIM, one by REST. grantRevoke.test.ts does each type again. */
const twice = (permissions: Permissions): Permissions =>
  cells(permissions, ([Type]) => Type === 'PermissionSet' || Type === 'Queue')

const every = inSales.map(([Type]) => Type)

/** What goes over REST alone is the same in the pilot; a permission set of service needs its licence. */
const overScim = ['Profile', 'Role', 'PermissionSetLicense', 'PermissionSet', 'PublicGroup']

const lives = connectors.flatMap((connector): [Connector, string, Dialect, readonly string[]][] => [
  [connector, 'documented', dialects.documented, every],
  ...(connector === flagship
    ? ([[connector, 'pilot', dialects.pilot, overScim]] as [Connector, string, Dialect, readonly string[]][])
    : []),
])

test.each(lives)(
  '%s, a working life in the %s dialect: join, each type, again, move, revoke, again, leave, rejoin',
  (connector, _name, dialect, types) =>
    // The demo tells such a life by some twenty processes of each connector; here it is some sixty steps.
    hostsOf(connector).withCase({ ...dialect, territoryManagement: true }, async (host) => {
      const { run } = host
      const only = (list: Permissions): Permissions => list.filter(([Type]) => types.includes(Type))
      const [sales, service] = [only(inSales), only(inService)]
      const { Data, profile, number } = people[connector]
      const join = await run('create', { Data: { ...Data, [profile]: profiles.minimumAccess } })
      const account = join.output.AccountReference ?? ''
      expect(join.code).toBe(0)
      await run('enable', { account })
      expect(holdings(host, account)).toEqual([profiles.minimumAccess])

      await each(host, 'grantPermission', account, sales)
      expect(holdings(host, account)).toEqual(idsOf(sales))

      const again = await each(host, 'grantPermission', account, twice(sales))
      expect(writesOf(again)).toBe(0)

      // A host grants what is new and then revokes what is old; the old role and profile are gone by then.
      await each(host, 'grantPermission', account, service)
      const moved = await each(host, 'revokePermission', account, sales)
      expect(moved.slice(0, 2).every(({ writes }) => writes.length === 0)).toBe(true)
      expect(holdings(host, account)).toEqual(idsOf(service))

      // The licence goes after the permission set that needs it.
      const backwards = [...service].reverse()
      await each(host, 'revokePermission', account, backwards)
      expect(holdings(host, account)).toEqual([profiles.minimumAccess])
      expect(writesOf(await each(host, 'revokePermission', account, twice(backwards)))).toBe(0)

      const leave = await run('disable', { account, origin: 'enforcement' })
      expect(leave.code).toBe(0)
      expect(host.org.user(account)?.IsActive).toBe(false)
      expect(writesOf(await each(host, 'revokePermission', account, twice(service)))).toBe(0)

      const correlate = { field: number, value: Data[number] ?? '' }
      const rejoin = await run('create', { Data, correlate })
      expect(rejoin.output).toMatchObject({ AccountReference: account, AccountCorrelated: true })
      await run('enable', { account })
      await each(host, 'grantPermission', account, sales)
      expect(host.org.user(account)?.IsActive).toBe(true)
      expect(holdings(host, account)).toEqual(idsOf(sales))
    }),
  120_000,
)
