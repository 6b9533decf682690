import { standardObjects } from '../../shared/salesforce/rest/requiredRights.ts'
import type { Dialect } from '../../simulator/dialect/dialect.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { feed } from '../runInProcess.ts'
import { connectors, inProcess } from '../connectors.ts'
import { contextFor } from '../imports/support.ts'
import { cells } from '../matrix.ts'
import { type Host, hostsOf, assign, lookedUp } from './permissionHost.ts'
import { account } from './permissions.ts'

const { users, profiles, permissionSets, permissionSetGroups, permissionSetLicenses, groups, territories } =
  seedIds

/** Everything that every org has, and a feature license, which describe shows: each is hidden once. */
const hiddenNames = [...Object.keys(standardObjects), 'User.ProfileId', 'User.UserRoleId']

const codes = ['usual', 'INVALID_TYPE', 'INVALID_FIELD'] as const

const dialectOf = (unseenCode: Dialect['unseenCode']): Partial<Dialect> => ({
  unseenCode,
  territoryManagement: true,
})

const feature = 'UserPermissionsKnowledgeUser'

/** What the account holds, by type: the reference, and whether the org still gives it to the account. */
const held: readonly (readonly [type: string, reference: string, isHeld: (host: Host) => boolean])[] = [
  ['PermissionSet', permissionSets.dataExport, ({ org }) => hasSet(org, permissionSets.dataExport)],
  [
    'PermissionSetGroup',
    permissionSetGroups.salesStarter,
    ({ org }) =>
      [...org.permissionSetAssignments.where('AssigneeId', account)].some(
        (row) => row.PermissionSetGroupId === permissionSetGroups.salesStarter,
      ),
  ],
  [
    'PermissionSetLicense',
    permissionSetLicenses.einstein,
    ({ org }) =>
      [...org.permissionSetLicenseAssigns.where('AssigneeId', account)].some(
        (row) => row.PermissionSetLicenseId === permissionSetLicenses.einstein,
      ),
  ],
  ['FeatureLicense', feature, ({ org }) => org.user(account)?.[feature] === true],
  [
    'Queue',
    groups.supportQueue,
    ({ org }) =>
      [...org.groupMembers.where('UserOrGroupId', account)].some(
        (row) => row.GroupId === groups.supportQueue,
      ),
  ],
  [
    'PublicGroup',
    groups.contractReviewers,
    ({ org }) =>
      [...org.groupMembers.where('UserOrGroupId', account)].some(
        (row) => row.GroupId === groups.contractReviewers,
      ),
  ],
  ['Role', seedIds.roles.emeaSales, ({ org }) => org.user(account)?.UserRoleId === seedIds.roles.emeaSales],
  ['Profile', profiles.salesReps, ({ org }) => org.user(account)?.ProfileId === profiles.salesReps],
  [
    'Territory',
    territories.benelux,
    ({ org }) => [...org.userTerritories.values()].some(({ UserId }) => UserId === account),
  ],
]

function hasSet(org: Host['org'], set: string): boolean {
  return [...org.permissionSetAssignments.where('AssigneeId', account)].some(
    (row) => row.PermissionSetId === set && row.PermissionSetGroupId === null,
  )
}

function give({ org }: Host): void {
  assign(org, account, permissionSets.dataExport)
  assign(org, account, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
  org.permissionSetLicenseAssigns.insert({
    Id: org.nextId('2LA'),
    AssigneeId: account,
    PermissionSetLicenseId: permissionSetLicenses.einstein,
  })
  for (const GroupId of [groups.supportQueue, groups.contractReviewers]) {
    org.groupMembers.insert({ Id: org.nextId('011'), GroupId, UserOrGroupId: account })
  }
  org.userTerritories.insert({
    Id: org.nextId('0M5'),
    UserId: account,
    Territory2Id: territories.benelux,
    IsActive: true,
    RoleInTerritory2: null,
  })
  const user = org.users.get(account)
  if (user !== undefined) org.users.update(user, { [feature]: true })
}

function hide({ org }: Host, ...names: readonly string[]): void {
  org.hidden.set(users.integration, new Set(names))
}

/** What a report must have of each: its name, or its id where the names are hidden. */
const reported: readonly (readonly string[])[] = [
  ['[Data Export]', permissionSets.dataExport],
  ['[Sales Starter]', permissionSetGroups.salesStarter],
  ['permission set licence [Einstein', permissionSetLicenses.einstein],
  ['queue [', groups.supportQueue],
]

const rights = /the right (?:View|Assign|Manage|Freeze) /

describe.each(connectors)('%s, where something that every org has is hidden', (connector) => {
  const { withCase } = hostsOf(connector)
  const perform = inProcess(connector)

  test.each(codes)('no revoke ends with success while the account keeps it (%s)', (code) =>
    withCase(dialectOf(code), async (host) => {
      give(host)
      // A sub-permission is revoked by the same code: once is enough.
      const actions =
        code === 'usual' ? (['revokePermission', 'subPermissions'] as const) : (['revokePermission'] as const)
      for (const [type, Reference, isHeld] of held) {
        for (const action of actions) {
          if (!isHeld(host)) continue
          const permission = { Reference, Type: type }
          const entry = { DisplayName: type, Reference: { Id: `${type}:${Reference}` } }
          const revoke = () =>
            host.run(action, {
              account,
              settings: { FallbackProfile: profiles.readOnly },
              ...(action === 'revokePermission' ? { permission } : { operation: 'revoke', current: [entry] }),
            })
          const names = await lookedUp(host, revoke)
          expect(isHeld(host)).toBe(false)
          restore(host)
          for (const name of cells(hiddenNames, (hidden) => names.has(hidden))) {
            hide(host, name)
            const step = await revoke()
            const what = `${action} of ${type} without ${name}: ${step.said}`
            expect([what, step.code === 0 && isHeld(host)]).toEqual([what, false])
            if (step.code !== 0) expect(step.said).toMatch(rights)
            host.org.hidden.clear()
            restore(host)
          }
        }
      }
    }),
  )

  test.each(codes)(
    'no strip ends with success while something is left, and no report says that nothing is held (%s)',
    (code) =>
      withCase(dialectOf(code), async (host) => {
        for (const name of hiddenNames) {
          give(host)
          hide(host, name)
          const report = await host.run('disable', { account, settings: { OnDisable: 'report' } })
          expect(report.said).not.toContain('holds no permissions')
          const isComplete = reported.every((names) => names.some((text) => report.said.includes(text)))
          const told = `report without ${name}: ${report.said}`
          expect([told, isComplete || report.code === 1]).toEqual([told, true])
          if (report.code === 1) expect(report.said).toMatch(rights)
          const strip = await host.run('disable', { account, settings: { OnDisable: 'strip' } })
          const left = held
            .filter(([type]) => !['Profile', 'Role', 'FeatureLicense'].includes(type))
            .filter(([, , isHeld]) => isHeld(host))
          const what = `strip without ${name}: ${strip.said}`
          expect([what, strip.code === 0 && left.length > 0]).toEqual([what, false])
          host.org.hidden.clear()
          await host.run('disable', { account, settings: { OnDisable: 'strip' } })
        }
      }),
  )

  test.each(codes)('no list and no import is shorter with success (%s)', (code) =>
    withCase(dialectOf(code), async (host) => {
      const url = host.simulator.url
      const list = () => perform('listPermissions', contextFor(url))
      const imported = () => feed('importPermissions', contextFor(url), connector)
      const [allListed, allImported] = [await list(), await imported()]
      expect([allListed.code, allImported.code]).toEqual([0, 0])
      const listReads = await lookedUp(host, list)
      for (const name of cells(hiddenNames, (hidden) => listReads.has(hidden))) {
        hide(host, name)
        const listed = await list()
        if (listed.code === 0) expect([name, listed.stdout]).toEqual([name, allListed.stdout])
        else expect(listed.stdout).toMatch(rights)
        host.org.hidden.clear()
      }
      const importReads = await lookedUp(host, imported)
      for (const name of cells(hiddenNames, (hidden) => importReads.has(hidden))) {
        hide(host, name)
        const lines = await imported()
        if (lines.code === 0) expect([name, lines.stdout]).toEqual([name, allImported.stdout])
        else expect(lines.stderr).toMatch(rights)
        host.org.hidden.clear()
      }
    }),
  )

  test('a permission set that the account holds itself is revoked, with a note that its groups cannot be read', () =>
    withCase(dialectOf('usual'), async (host) => {
      give(host)
      hide(host, 'PermissionSetGroupComponent')
      const settings = { UseRestApi: true }
      const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
      const step = await host.run('revokePermission', { account, permission, settings })
      expect([step.code, hasSet(host.org, permissionSets.dataExport)]).toEqual([0, false])
      expect(step.said).toContain('its permission set groups could not be read')

      const again = await host.run('revokePermission', { account, permission, settings })
      expect(again.code).toBe(1)
      expect(again.said).toContain('View Setup and Configuration')
    }))

  test('a permission set license is revoked though the sets that need it cannot be read', () =>
    withCase(dialectOf('usual'), async (host) => {
      give(host)
      hide(host, 'PermissionSetGroupComponent', 'PermissionSetLicense')
      const permission = { Reference: permissionSetLicenses.einstein, Type: 'PermissionSetLicense' }
      const step = await host.run('revokePermission', { account, permission })
      expect(step.code).toBe(0)
      expect(
        step.changes.filter((change) => change.startsWith('- permissionSetLicenseAssigns')),
      ).toHaveLength(1)
      expect(step.said).toContain('could not be read')
    }))

  test('without View Setup and Assign Permission Sets a license stays, and the error names both', () =>
    withCase(dialectOf('usual'), async (host) => {
      give(host)
      host.org.missingRights.set(users.integration, new Set(['ViewSetup', 'AssignPermissionSets']))
      const permission = { Reference: permissionSetLicenses.einstein, Type: 'PermissionSetLicense' }
      const step = await host.run('revokePermission', { account, permission })
      expect([step.code, step.changes]).toEqual([1, []])
      expect(step.said).toContain(
        'cannot see who holds permission set licenses (PermissionSetLicenseAssign): give it the right View Setup and Configuration or Assign Permission Sets',
      )
    }))
})

/** Gives back what a revoke took, so that the next one finds it. */
function restore(host: Host): void {
  const { org } = host
  for (const table of [org.permissionSetAssignments, org.permissionSetLicenseAssigns]) {
    for (const row of [...table.where('AssigneeId', account)]) table.remove(row as never)
  }
  for (const row of [...org.groupMembers.where('UserOrGroupId', account)]) org.groupMembers.remove(row)
  for (const row of [...org.userTerritories.values()]) org.userTerritories.remove(row)
  const user = org.users.get(account)
  if (user !== undefined) {
    org.users.update(user, { UserRoleId: seedIds.roles.emeaSales, ProfileId: profiles.salesReps })
  }
  give(host)
}
