import { permissionTypeNames } from '../../shared/lifecycle/permissions/access/permission.ts'
import type { Dialect } from '../../simulator/dialect/dialect.ts'
import { makeId } from '../../simulator/org/ids.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { asBuilt, type Connector, connectors, flagship } from '../connectors.ts'
import { isWrite } from '../requests.ts'
import {
  type Account,
  contextFor,
  idsOf,
  type Import,
  type Permission,
  runCase,
  runImport,
  type RunImport,
  withOrg,
} from './support.ts'

const {
  users,
  permissionSets,
  permissionSetGroups,
  permissionSetLicenses,
  groups,
  territories,
  profiles,
  roles,
} = seedIds

/** Who holds a permission, by all lines about it. */
function holdersOf({ objects }: Import<Permission>, reference: string): string[] {
  return objects
    .filter(({ PermissionReference }) => PermissionReference.Reference === reference)
    .flatMap(({ AccountReferences }) => AccountReferences)
}

let rows = 5000

function assign(org: SimulatedOrg, user: string, set: string, group: string | null, isActive = true): void {
  org.org.permissionSetAssignments.insert({
    Id: makeId('0Pa', rows++),
    AssigneeId: user,
    PermissionSetId: set,
    PermissionSetGroupId: group,
    ExpirationDate: null,
    IsActive: isActive,
    IsRevoked: !isActive,
    SystemModstamp: '2026-01-15T09:12:44.000Z',
  })
}

function join(org: SimulatedOrg, member: string, group: string): void {
  org.org.groupMembers.insert({ Id: makeId('011', rows++), GroupId: group, UserOrGroupId: member })
}

/** Gives somebody something of every type. */
function populate(org: SimulatedOrg): void {
  assign(org, users.annBoss, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
  assign(org, users.leaver, permissionSets.dataExport, null)
  assign(org, users.twinOne, permissionSets.dataExport, null, false)
  assign(
    org,
    users.twinTwo,
    permissionSets.serviceStarterAggregate,
    permissionSetGroups.serviceStarter,
    false,
  )
  assign(org, users.guest, permissionSets.dataExport, null)
  org.org.permissionSetLicenseAssigns.insert({
    Id: makeId('2LA', rows++),
    AssigneeId: users.obrien,
    PermissionSetLicenseId: permissionSetLicenses.serviceConsole,
  })
  const ann = org.org.users.get(users.annBoss)
  if (ann === undefined) throw new Error('the seed has changed')
  org.org.users.update(ann, { UserPermissionsMarketingUser: true })
  join(org, users.guest, groups.contractReviewers)
  org.org.userTerritories.insert({
    Id: makeId('0M5', rows++),
    UserId: users.obrien,
    Territory2Id: territories.benelux,
    IsActive: true,
    RoleInTerritory2: null,
  })
  org.org.userTerritories.insert({
    Id: makeId('0M5', rows++),
    UserId: users.twinOne,
    Territory2Id: territories.benelux,
    IsActive: false,
    RoleInTerritory2: null,
  })
}

const dialect: Partial<Dialect> = { territoryManagement: true }

type Run = (org: SimulatedOrg, settings?: Record<string, unknown>) => Promise<Import<Permission>>

const by =
  (perform: RunImport, connector: Connector): Run =>
  (org, settings = {}) =>
    perform<Permission>('importPermissions', contextFor(org.url, settings), connector)

describe.each(connectors)('%s', (connector) => {
  const run = by(runCase, connector)
  const perform = connector === flagship ? runImport : runCase
  const runScripted = by(perform, connector)

  test('who holds what directly is shown for every type, and nothing else', async () => {
    await withOrg({ dialect }, async (org) => {
      populate(org)
      const imported = await runScripted(org)
      expect(imported.errors).toEqual([])
      expect(imported.code).toBe(0)
      expect(org.requests.filter(isWrite)).toEqual([])

      const holders = (reference: string): string[] => holdersOf(imported, reference)
      expect(holders(profiles.salesReps)).toEqual([users.obrien])
      expect(holders(roles.emeaSales)).toEqual([users.obrien])
      expect(holders(permissionSets.reportBuilder)).toEqual([users.annBoss])
      expect(holders(permissionSets.dataExport)).toEqual([users.leaver])
      expect(holders(permissionSets.salesOps)).toEqual([users.obrien])
      expect(holders(permissionSets.salesStarterAggregate)).toEqual([])
      expect(holders(permissionSetGroups.salesStarter)).toEqual([users.annBoss])
      expect(holders(permissionSetGroups.serviceStarter)).toEqual([])
      expect(holders(permissionSetLicenses.serviceConsole)).toEqual([users.obrien])
      expect(holders('UserPermissionsMarketingUser')).toEqual([users.annBoss])
      expect(holders(groups.emeaSalesTeam)).toEqual([users.obrien])
      // All Managers, with Ann Boss, is a member of it: she is not one herself. Nor is the guest a person.
      expect(holders(groups.contractReviewers)).toEqual([])
      expect(holders(groups.supportQueue)).toEqual([users.blocked])
      expect(holders(territories.benelux)).toEqual([users.obrien])

      const types = imported.objects.map(({ PermissionReference }) => PermissionReference.Type)
      expect([...new Set(types)]).toEqual(permissionTypeNames)
    })
  })

  test('a permission set group says what it brings', async () => {
    await withOrg({}, async (org) => {
      populate(org)
      const { objects } = await run(org, { PermissionTypes: 'PermissionSetGroup' })
      expect(objects).toEqual([
        {
          PermissionReference: { Reference: permissionSetGroups.salesStarter, Type: 'PermissionSetGroup' },
          DisplayName: 'Permission set group: Sales Starter',
          Description: 'Salesforce permission set group that brings Sales Operations, Report Builder',
          AccountReferences: [users.annBoss],
        },
      ])
    })
  })

  test.each(['one row', 'rows of the component sets too'])(
    'a group counts an account once (%s)',
    async (how) => {
      await withOrg({}, async (org) => {
        populate(org)
        if (how !== 'one row') {
          for (const set of [permissionSets.salesOps, permissionSets.reportBuilder])
            assign(org, users.annBoss, set, permissionSetGroups.salesStarter)
        }
        const imported = await run(org)
        expect(holdersOf(imported, permissionSetGroups.salesStarter)).toEqual([users.annBoss])
        expect(holdersOf(imported, permissionSets.reportBuilder)).toEqual([users.annBoss])
        expect(holdersOf(imported, permissionSets.salesOps)).toEqual([users.obrien])
      })
    },
  )

  test.each([
    {},
    { ImportInactive: false },
    { ImportUserTypes: 'CsnOnly' },
    { ImportUserTypes: 'Guest, Standard' },
  ])('only accounts that the account import shows are named, with %j', async (settings) => {
    await withOrg({ dialect }, async (org) => {
      populate(org)
      const platform = org.org.users.get(users.platform)
      if (platform === undefined) throw new Error('the seed has changed')
      org.org.users.update(platform, { UserType: 'CsnOnly' })
      join(org, users.platform, groups.emeaSalesTeam)
      const accounts = idsOf(await perform<Account>('import', contextFor(org.url, settings), connector))
      const imported = await run(org, settings)
      const named = new Set(imported.objects.flatMap(({ AccountReferences }) => AccountReferences))
      expect([...named].filter((id) => !accounts.includes(id))).toEqual([])
      expect(imported.objects.every(({ AccountReferences }) => AccountReferences.length > 0)).toBe(true)
      // Everybody has a profile that is listed, but those who are no people.
      expect([...named].sort()).toEqual(accounts.filter((id) => id !== users.guest || named.has(id)))
    })
  })

  test('every permission is one that listPermissions lists, under the same name', async () => {
    await withOrg({ dialect }, async (org) => {
      populate(org)
      const { output } = await asBuilt(connector)('listPermissions', contextFor(org.url))
      const listed = (output.Permissions ?? []).map(({ DisplayName, Identification }) =>
        JSON.stringify([DisplayName, Identification]),
      )
      const { objects } = await runScripted(org)
      const named = objects.map(({ DisplayName, PermissionReference }) =>
        JSON.stringify([DisplayName, PermissionReference]),
      )
      expect(named.filter((each) => !listed.includes(each))).toEqual([])
      for (const { Description } of objects) expect(Description).toMatch(/^.{10,100}$/)
    })
  })

  test('a line has at most 500 accounts, and each account is on one line', async () => {
    await withOrg({ users: 4600 }, async (org) => {
      const members = [...org.org.users.ids].slice(12, 1012)
      for (const id of members) assign(org, id, permissionSets.dataExport, null)
      const imported = await run(org, { PermissionTypes: 'Profile, PermissionSet' })
      const sizes = imported.objects
        .filter(({ PermissionReference }) => PermissionReference.Reference === permissionSets.dataExport)
        .map(({ AccountReferences }) => AccountReferences.length)
      expect(sizes).toEqual([500, 500])
      expect(holdersOf(imported, permissionSets.dataExport).sort()).toEqual(members)
      expect(Math.max(...imported.objects.map(({ AccountReferences }) => AccountReferences.length))).toBe(500)
      const standard = holdersOf(imported, profiles.standardUser)
      expect(new Set(standard).size).toBe(standard.length)
      expect(standard.length).toBeGreaterThan(4600)
    })
  })

  test('only the configured types are asked for', async () => {
    await withOrg({}, async (org) => {
      populate(org)
      const { objects } = await run(org, { PermissionTypes: ['Role', 'Queue'] })
      expect([...new Set(objects.map(({ PermissionReference }) => PermissionReference.Type))]).toEqual([
        'Role',
        'Queue',
      ])
      const asked = org.requests
        .map(({ query, body }) => (query['q'] ?? '') + decodeURIComponent(body))
        .join('\n')
      expect(asked).not.toMatch(/PermissionSet|ProfileId/)
    })
  })

  test('a feature that the org does not have is a note, and a preview asks by GET alone', async () => {
    await withOrg({}, async (org) => {
      const context = contextFor(org.url, {}, { DryRun: true })
      const imported = await perform<Permission>('importPermissions', context, connector)
      expect(imported.code).toBe(0)
      expect(imported.log).toContain('no territories')
      expect(org.writes()).toEqual([])
      expect(imported.stdout).toBe((await run(org)).stdout)
    })
  })

  test.each([
    ['PermissionSetAssignment', /PermissionSetAssignment/],
    ['members of groups', /FROM%20GroupMember/],
    ['the catalogue', /composite$/],
  ])('a failure at %s fails the import, and says that the lines are not all', async (_, pattern) => {
    await withOrg({}, async (org) => {
      const when = pattern.source.endsWith('$') ? { path: pattern } : { search: pattern }
      const body = [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An error' }]
      org.fault({ when: { ...when, times: Infinity }, effect: { kind: 'answer', status: 500, body } })
      const imported = await runScripted(org)
      expect(imported.code).toBe(1)
      const standing = connector === flagship ? '(Nothing was written|are valid, and not all)' : ''
      expect(imported.errors).toEqual([expect.stringMatching(new RegExp(`An error.*${standing}`))])
    })
  })

  test('a cursor that comes again fails the import', async () => {
    await withOrg({ users: 2500 }, async (org) => {
      const body = {
        totalSize: 9000,
        done: false,
        nextRecordsUrl: '/services/data/v66.0/query/01gRO0000016PIAYA2-2000',
        records: [{ Id: users.annBoss, ProfileId: profiles.standardUser }],
      }
      org.fault({
        when: { path: /query\/01g/, times: Infinity },
        effect: { kind: 'answer', status: 200, body },
      })
      const imported = await runScripted(org, { PermissionTypes: 'Profile' })
      expect(imported.code).toBe(1)
      expect(imported.errors).toEqual([expect.stringContaining('has more rows, and gives none that are new')])
      expect(org.requests.length).toBeLessThan(10)
    })
  })
})

describe('without the REST API', () => {
  const [run, runScripted] = [by(runCase, flagship), by(runImport, flagship)]
  test.each(['documented', 'pilot'] as const)(
    'profiles and roles are shown as by REST (%s)',
    async (name) => {
      await withOrg({ users: 700, dialect: name }, async (org) => {
        const PermissionTypes = 'Profile, Role'
        const [scim, rest] = [
          await runScripted(org, { UseRestApi: false, PermissionTypes }),
          await runScripted(org, { PermissionTypes }),
        ]
        expect(scim.code).toBe(0)
        const flat = ({ objects }: Import<Permission>) =>
          objects
            .flatMap(({ AccountReferences, DisplayName, PermissionReference }) =>
              AccountReferences.map((id) => [id, DisplayName, PermissionReference.Reference].join(' ')),
            )
            .sort()
        expect(flat(scim)).toEqual(flat(rest))
        expect(Math.max(...scim.objects.map(({ AccountReferences }) => AccountReferences.length))).toBe(500)
      })
    },
  )

  test('the other types are refused, because SCIM does not show them completely', async () => {
    await withOrg({}, async (org) => {
      const imported = await run(org, { UseRestApi: false })
      expect(imported).toMatchObject({ code: 1, stdout: '' })
      expect(imported.errors).toEqual([
        expect.stringMatching(
          /SCIM does not show completely who holds permission sets.*choose Profile, Role/,
        ),
      ])
      expect(org.requests).toEqual([])
    })
  })
})
