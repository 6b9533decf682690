import { DmlError } from '../../simulator/errors.ts'
import { makeId } from '../../simulator/org/ids.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, restConnector } from '../connectors.ts'
import { assign as assignTo, hostsOf, type Step } from './permissionHost.ts'
import { account } from './permissions.ts'

const { permissionSets, permissionSetGroups, permissionSetLicenses, groups, territories, users } = seedIds
const settings = { OnDisable: 'strip', OnEnable: 'strip' }
const dialect = { territoryManagement: true, permissionSetLicenceOnGrant: 'required' } as const

const assign = (org: Org, set: string, group: string | null = null, user: string = account): void =>
  assignTo(org, user, set, group)

/** Gives the account so many permission sets more, their ids, and one or two of each other type. */
function load(org: Org, sets: number): string[] {
  const sample = org.permissionSets.get(permissionSets.dataExport)
  if (sample === undefined) throw new Error('the seed has changed')
  const ids = Array.from({ length: sets }, (_, n) => makeId('0PS', 500 + n))
  for (const [n, Id] of ids.entries()) {
    org.permissionSets.insert({ ...sample, Id, Name: `Set_${n}`, Label: `Set ${n}` })
    assign(org, Id)
  }
  assign(org, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
  assign(org, permissionSets.consoleAgent)
  for (const PermissionSetLicenseId of [
    permissionSetLicenses.serviceConsole,
    permissionSetLicenses.einstein,
  ]) {
    org.permissionSetLicenseAssigns.insert({
      Id: org.nextId('2LA'),
      AssigneeId: account,
      PermissionSetLicenseId,
    })
  }
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
  return ids
}

/** What is left of it in the org. */
const left = (org: Org): number =>
  org.assignmentsOf(account).length +
  org.permissionSetLicenseAssigns.where('AssigneeId', account).length +
  org.groupMembers.where('UserOrGroupId', account).length +
  org.userTerritories.where('UserId', account).length

/** The ids of each collection that was deleted, in order, by the first three characters. */
const collections = (step: Step): { prefix: string; ids: string[] }[] =>
  step.writes
    .filter(({ method, path }) => method === 'DELETE' && path.endsWith('/composite/sobjects'))
    .map(({ query }) => {
      expect(query['allOrNone']).toBe('false')
      const ids = (query['ids'] ?? '').split(',')
      const prefixes = new Set(ids.map((id) => id.slice(0, 3)))
      return { prefix: [...prefixes].join(), ids }
    })

const told = (step: Step): number => step.said.match(/Revoked the /g)?.length ?? 0

describe.each(connectors)('a leaver of %s', (connector) => {
  const { withCase } = hostsOf(connector)

  test('loses everything, 200 in a request, and each is told', () =>
    withCase({ ...dialect, setupTypesInCollection: 'refused' }, async ({ run, org }) => {
      load(org, 250)
      const preview = await run('disable', { account, settings, dryRun: true })
      expect(preview.said.match(/\[DryRun\] Would revoke the /g)).toHaveLength(260)

      const step = await run('disable', { account, settings, origin: 'enforcement' })
      expect(step.code).toBe(0)
      expect(left(org)).toBe(0)
      // 253 permission sets and a group, two licences, three memberships and a territory, which has a request of its own.
      expect(told(step)).toBe(260)
      const sent = collections(step)
      expect(sent.map(({ prefix, ids }) => [prefix, ids.length])).toEqual([
        ['0Pa', 200],
        ['0Pa', 54],
        ['2LA', 2],
        ['011', 3],
      ])
      const again = await run('disable', { account, settings })
      expect(again.code).toBe(0)
      expect(again.writes).toEqual([])
    }))
})

describe('what a strip meets', () => {
  const { withCase } = hostsOf(restConnector)
  const refuseOne = (org: Org, id: string): void => {
    const remove = org.permissionSetAssignments.remove.bind(org.permissionSetAssignments)
    org.permissionSetAssignments.remove = (row) => {
      if (row.PermissionSetId === id) throw new DmlError('INSUFFICIENT_ACCESS_OR_READONLY', 'not yours')
      remove(row)
    }
  }

  test('one that is refused is told, and so is each of the others, which are gone', () =>
    withCase(dialect, async ({ run, org }) => {
      const [, , id = ''] = load(org, 5)
      refuseOne(org, id)
      const step = await run('disable', { account, settings })
      expect(step.code).toBe(1)
      expect(step.said).toMatch(/Could not revoke the permission set \[Set 2\] from .* Error: .*not yours/)
      expect(step.said.match(/Could not revoke/g)).toHaveLength(1)
      expect(left(org)).toBe(1)
      expect(org.user(account)?.IsActive).toBe(false)
    }))

  test.each(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY'] as const)(
    'what is gone by then is as it shall be, as the answer that was lost has it (%s)',
    (goneInCollection) =>
      withCase({ ...dialect, goneInCollection }, async ({ run, org, simulator }) => {
        load(org, 5)
        const when = { method: 'DELETE', path: /\/composite\/sobjects$/ }
        simulator.fault({ when, effect: { kind: 'commit-then-reset' } })
        const step = await run('disable', { account, settings })
        expect(step.code).toBe(0)
        expect(step.said).not.toContain('Could not')
        expect(left(org)).toBe(0)
      }),
  )

  test('a collection that is refused as a whole is told item by item, and the others are done', () =>
    withCase(dialect, async ({ run, org, simulator }) => {
      load(org, 5)
      const body = [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' }]
      const when = { method: 'DELETE', path: /\/composite\/sobjects$/, search: /ids=2LA/ }
      simulator.fault({ when, effect: { kind: 'answer', status: 403, body } })
      const step = await run('disable', { account, settings })
      expect(step.code).toBe(1)
      expect(step.said.match(/Could not revoke the permission set licence \[/g)).toHaveLength(2)
      expect(left(org)).toBe(2)

      const next = await run('disable', { account, settings })
      expect(next.code).toBe(0)
      expect(left(org)).toBe(0)
    }))

  test('what a flow gives back at once is no success', () =>
    withCase(dialect, async ({ run, org, simulator }) => {
      const [id = ''] = load(org, 5)
      simulator.fault({
        when: { method: 'DELETE', path: /\/composite\/sobjects$/ },
        change: () => {
          assign(org, id)
        },
      })
      const step = await run('disable', { account, settings })
      expect(step.code).toBe(1)
      expect(step.said).toMatch(/Could not revoke the permission set \[Set 0\] .* still has it/)
      expect(step.said.match(/Could not/g)).toHaveLength(1)
    }))

  test('somebody who returns comes in without what is left of the earlier employment, or not at all', () =>
    withCase(dialect, async ({ run, org }) => {
      const sets = [permissionSets.dataExport, permissionSets.reportBuilder]
      for (const set of sets) assign(org, set, null, users.leaver)
      refuseOne(org, permissionSets.dataExport)
      const refused = await run('enable', { account: users.leaver, settings })
      expect(refused.code).toBe(1)
      expect(refused.said).toContain('so that the account stays inactive')
      expect(org.user(users.leaver)?.IsActive).toBe(false)

      Reflect.deleteProperty(org.permissionSetAssignments, 'remove')
      const step = await run('enable', { account: users.leaver, settings })
      expect(step.code).toBe(0)
      expect(org.assignmentsOf(users.leaver)).toEqual([])
      expect(org.user(users.leaver)?.IsActive).toBe(true)
    }))
})
