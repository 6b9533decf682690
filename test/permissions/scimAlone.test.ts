import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship } from '../connectors.ts'
import { assign, hostsOf } from './permissionHost.ts'
import { account } from './permissions.ts'

const { permissionSets, permissionSetGroups, profiles } = seedIds
const { withCase } = hostsOf(flagship)
const group = permissionSetGroups.salesStarter

describe('a day on which permissions end, without the REST API', () => {
  const settings = { UseRestApi: false, PermissionExpirationField: 'PrimaryContract.EndDate' }
  const person = {
    PrimaryContract: { EndDate: '2099-12-31' },
    Contracts: [{ Context: { InConditions: true }, Department: { ExternalId: 'A' } }],
  }

  test.each([true, false])('is refused before anything is written (preview: %s)', (dryRun) =>
    withCase('documented', async ({ run }) => {
      const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
      const step = await run('grantPermission', { account, permission, person, settings, dryRun })
      expect(step.code).toBe(1)
      expect(step.said).toContain('SCIM cannot write the day on which a permission set ends (2099-12-31')
      expect(step.writes).toEqual([])
    }),
  )

  test.each([true, false])('is refused among sub-permissions (preview: %s)', (dryRun) =>
    withCase('documented', async ({ run }) => {
      const step = await run('subPermissions', {
        account,
        operation: 'grant',
        person,
        dryRun,
        settings: {
          ...settings,
          SubPermissionField: 'Department.ExternalId',
          SubPermissionMapping: `A = PermissionSet:${permissionSets.dataExport}`,
        },
      })
      expect([step.code, step.writes]).toEqual([1, []])
      expect(step.said).toContain('Configuration.PermissionExpirationField')
    }),
  )

  test('keeps nobody from a revoke, nor from a grant that does not end', () =>
    withCase('documented', async ({ run }) => {
      const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
      const endless = { PrimaryContract: { EndDate: null } }
      const given = { account, permission, settings }
      expect((await run('grantPermission', { ...given, person: endless })).code).toBe(0)
      expect((await run('revokePermission', { ...given, person })).code).toBe(0)
    }))
})

describe('a replace that takes permission set groups', () => {
  test('is told after a revoke without the REST API', () =>
    withCase({ replaceTakesGroups: true }, async ({ org, run }) => {
      assign(org, account, permissionSets.salesStarterAggregate, group)
      const permission = { Reference: permissionSets.salesOps, Type: 'PermissionSet' }
      const step = await run('revokePermission', { account, permission, settings: { UseRestApi: false } })
      expect(step.said).toContain('does not show whether the account kept its permission set groups')
    }))

  test('does not happen with the REST API', () =>
    withCase({ replaceTakesGroups: true }, async ({ org, run }) => {
      assign(org, account, permissionSets.salesStarterAggregate, group)
      const permission = { Reference: permissionSets.salesOps, Type: 'PermissionSet' }
      const step = await run('revokePermission', { account, permission })
      expect(step.changes).toHaveLength(1)
      expect(org.assignmentsOf(account).some((row) => row.PermissionSetGroupId === group)).toBe(true)
    }))

  const moves = [
    ['grantPermission', { permission: { Reference: profiles.readOnly, Type: 'Profile' } }],
    ['revokePermission', { permission: { Reference: profiles.salesReps, Type: 'Profile' } }],
  ] as const

  test.each(moves)('is repaired after %s of a profile, groups and days among it', (action, given) =>
    withCase({ replaceTakesGroups: true, lastPermissionSetRemovable: true }, async ({ org, run }) => {
      assign(org, account, permissionSets.salesStarterAggregate, group)
      const [row] = org.permissionSetAssignments.where('PermissionSetId', permissionSets.salesOps)
      if (row === undefined) throw new Error('the seed has changed')
      org.permissionSetAssignments.update(row, { ExpirationDate: '2099-12-31T00:00:00.000Z' })
      const show = (): unknown[] =>
        org
          .assignmentsOf(account)
          .map(({ PermissionSetId, PermissionSetGroupId, ExpirationDate }) =>
            JSON.stringify([PermissionSetId, PermissionSetGroupId, ExpirationDate]),
          )
          .sort()
      const before = show()
      const settings = { FallbackProfile: profiles.minimumAccess }
      expect((await run(action, { account, ...given, settings })).code).toBe(0)
      expect(org.users.get(account)?.ProfileId).not.toBe(profiles.salesReps)
      expect(show()).toEqual(before)
    }),
  )
})

describe.each(connectors)('%s, a day on which permissions end that the person does not have', (connector) => {
  test.each([
    ['the path is misspelled', { PrimaryContract: { EndDat: '2099-12-31' } }],
    ['the contract is missing', {}],
    ['the host sent no person', undefined],
  ])('grants nothing without end (%s)', (_name, person) =>
    hostsOf(connector).withCase('documented', async ({ run }) => {
      for (const dryRun of [true, false]) {
        const step = await run('grantPermission', {
          account,
          permission: { Reference: permissionSets.dataExport, Type: 'PermissionSet' },
          settings: { PermissionExpirationField: 'PrimaryContract.EndDate' },
          person,
          dryRun,
        })
        expect([step.code, step.changes]).toEqual([1, []])
        expect(step.said).toContain('The person has no PrimaryContract.EndDate')
      }
    }),
  )
})
