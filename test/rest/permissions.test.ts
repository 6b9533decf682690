import { makeId } from '../../simulator/org/ids.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { restConnector } from '../connectors.ts'
import { assign as assignTo, hostsOf } from '../permissions/permissionHost.ts'
import { account } from '../permissions/permissions.ts'

const { profiles, permissionSets, permissionSetGroups, groups } = seedIds
const { withCase } = hostsOf(restConnector)

const assign = (org: Org, set: string, group: string | null = null): void =>
  assignTo(org, account, set, group)

/** So many permission sets more in the org; their ids. */
function addSets(org: Org, count: number): string[] {
  const set = org.permissionSets.get(permissionSets.dataExport)
  if (set === undefined) throw new Error('the seed has changed')
  return Array.from({ length: count }, (_, n) => {
    const Id = makeId('0PS', 500 + n)
    org.permissionSets.insert({ ...set, Id, Name: `Set_${n}`, Label: `Set ${n}` })
    return Id
  })
}

describe('a profile whose change takes permission sets', () => {
  const permission = { Reference: profiles.readOnly, Type: 'Profile' }
  const changed = `users ${account} ProfileId: ${profiles.salesReps} -> ${profiles.readOnly}`
  const lose = (org: Org): void => {
    const own = org.assignmentsOf(account)
    for (const row of own) org.permissionSetAssignments.remove(row)
  }
  const isUser = { method: 'PATCH', path: /\/sobjects\/User\// }

  test('gives them back', () =>
    withCase('documented', async ({ run, simulator }) => {
      simulator.fault({ when: isUser, change: lose })
      const step = await run('grantPermission', { account, permission })
      expect(step.code).toBe(0)
      expect(step.changes).toEqual([changed])
    }))

  test('fails and names them where they cannot be given back', () =>
    withCase('documented', async ({ run, simulator }) => {
      const body = [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'not with this licence' }]
      simulator.fault({ when: isUser, change: lose })
      simulator.fault({
        when: { method: 'POST', path: /PermissionSetAssignment$/ },
        effect: { kind: 'answer', status: 400, body },
      })
      const step = await run('grantPermission', { account, permission })
      expect(step.code).toBe(1)
      expect(step.said).toContain('the profile was changed, and Salesforce took the permission sets [')
      expect(step.said).toContain(permissionSets.contractEditor)
      expect(step.said).toMatch(/could not be given back: .*not with this licence/)
    }))

  test('looks again where it is not known whether they were', () =>
    withCase('documented', async ({ run, simulator }) => {
      simulator.fault({ when: isUser, change: lose })
      simulator.fault({
        when: { method: 'POST', path: /PermissionSetAssignment$/, occurrence: 2 },
        effect: { kind: 'commit-then-reset' },
      })
      const step = await run('grantPermission', { account, permission })
      expect(step.code).toBe(0)
      expect(step.changes).toEqual([changed])
    }))
})

test('what comes through groups is not asked for where nothing is revoked', () =>
  withCase('documented', async ({ run, org }) => {
    assign(org, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
    const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
    const grant = await run('grantPermission', { account, permission })
    expect(grant.requests).toHaveLength(3)
    const revoke = await run('revokePermission', { account, permission })
    expect(revoke.requests).toHaveLength(4)
  }))

test('the licence that a permission set needs is looked up once', () =>
  withCase('documented', async ({ run }) => {
    const permission = { Reference: permissionSets.consoleAgent, Type: 'PermissionSet' }
    const step = await run('grantPermission', { account, permission, settings: { AssignLicenses: true } })
    expect(step.code).toBe(0)
    expect(step.writes).toHaveLength(2)
    expect(step.requests).toHaveLength(5)
  }))

describe('many sub-permissions', () => {
  const current = (ids: readonly string[]) =>
    ids.map((id) => ({ DisplayName: id, Reference: { Id: `PermissionSet:${id}` } }))
  const DELETES = /"method":"DELETE"/

  test('are revoked with a request each and two before, also from an account with groups', () =>
    withCase('documented', async ({ run, org }) => {
      const ids = addSets(org, 60)
      for (const id of ids) assign(org, id)
      assign(org, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
      const step = await run('subPermissions', { account, operation: 'revoke', current: current(ids) })
      expect(step.output).toMatchObject({ Success: true, SubPermissions: [] })
      expect(step.changes).toHaveLength(60)
      // The account, its assignments, what is in its groups; then a request for each.
      expect(step.requests).toHaveLength(63)
    }))

  test('of several types are granted with a request each, whatever their order', () =>
    withCase('documented', async ({ run, org }) => {
      const group = org.groups.get(groups.contractReviewers)
      if (group === undefined) throw new Error('the seed has changed')
      const mixed = addSets(org, 20).flatMap((set, n) => {
        const Id = makeId('00G', 500 + n)
        org.groups.insert({ ...group, Id, Name: `Group ${n}`, DeveloperName: `Group_${n}` })
        return [set, Id]
      })
      const settings = { SubPermissionField: 'Department.ExternalId', SubPermissionMapping: { SAL: mixed } }
      const person = { Contracts: [{ Department: { ExternalId: 'SAL' }, Context: { InConditions: true } }] }
      const step = await run('subPermissions', { account, operation: 'grant', current: [], settings, person })
      expect(step.code).toBe(0)
      expect(step.changes).toHaveLength(40)
      // The account, the names, its assignments and its memberships; then a request for each.
      expect(step.requests).toHaveLength(44)
    }))

  test('are granted and revoked one request after the other where the org has no composite', () =>
    withCase('documented', async ({ run, org, simulator }) => {
      const ids = addSets(org, 25)
      const body = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]
      simulator.fault({
        when: { path: /\/composite$/, times: Infinity },
        effect: { kind: 'answer', status: 404, body },
      })
      const settings = { SubPermissionField: 'Department.ExternalId', SubPermissionMapping: { SAL: ids } }
      const contract = { Department: { ExternalId: 'SAL' }, Context: { InConditions: true } }
      const person = { Contracts: [contract] }
      const grant = await run('subPermissions', {
        account,
        operation: 'grant',
        current: [],
        settings,
        person,
      })
      expect(grant.code).toBe(0)
      expect(grant.changes).toHaveLength(25)
      const revoke = await run('subPermissions', { account, operation: 'revoke', current: current(ids) })
      expect(revoke.output).toMatchObject({ Success: true, SubPermissions: [] })
      expect(revoke.changes).toHaveLength(25)
    }))

  test('are told item by item where the org refuses some, gives back others, or loses an answer', () =>
    withCase('documented', async ({ run, org, simulator }) => {
      const ids = addSets(org, 30)
      for (const id of ids) assign(org, id)
      const part = { method: 'POST', path: /\/composite$/, body: DELETES }
      const refused = [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'not yours' }]
      const compositeResponse = [
        { referenceId: 'written', httpStatusCode: 400, body: refused },
        { referenceId: 'q0', httpStatusCode: 200, body: { totalSize: 0, done: true, records: [] } },
      ]
      simulator.fault({
        when: { ...part, occurrence: 3 },
        effect: { kind: 'answer', status: 200, body: { compositeResponse } },
      })
      simulator.fault({ when: { ...part, occurrence: 7 }, effect: { kind: 'commit-then-reset' } })
      const locked = [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' }]
      simulator.fault({
        when: { ...part, occurrence: 12 },
        effect: {
          kind: 'answer',
          status: 200,
          body: {
            compositeResponse: [
              { referenceId: 'written', httpStatusCode: 400, body: locked },
              { referenceId: 'q0', httpStatusCode: 200, body: { totalSize: 0, done: true, records: [] } },
            ],
          },
        },
      })
      const step = await run('subPermissions', { account, operation: 'revoke', current: current(ids) })
      expect(step.code).toBe(1)
      expect(step.output.SubPermissions).toHaveLength(1)
      expect(step.said.match(/not yours/g)).toHaveLength(1)
      expect(step.changes).toHaveLength(29)
    }))

  test('that the org gives back at once are no success', () =>
    withCase('documented', async ({ run, org, simulator }) => {
      const ids = addSets(org, 30)
      for (const id of ids) assign(org, id)
      // In force when the query of the same request is answered.
      const remove = org.permissionSetAssignments.remove.bind(org.permissionSetAssignments)
      org.permissionSetAssignments.remove = (row) => {
        if (row.PermissionSetId !== ids[4]) remove(row)
      }
      const step = await run('subPermissions', { account, operation: 'revoke', current: current(ids) })
      expect(step.code).toBe(1)
      expect(step.said.match(/the account still has it/g)).toHaveLength(1)
      expect(step.output.SubPermissions).toEqual(current(ids.slice(4, 5)))
      expect(simulator.requests.length).toBeGreaterThan(30)
    }))
})
