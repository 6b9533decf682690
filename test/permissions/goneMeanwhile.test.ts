import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors } from '../connectors.ts'
import { hostsOf } from './permissionHost.ts'
import { account, samples } from './permissions.ts'

const { permissionSets } = seedIds
const territoryManagement = true
const goneRecord = 'INVALID_CROSS_REFERENCE_KEY'

/** What is taken by the removal of a row, and the table of that row. */
const linked = samples.flatMap(({ type, reference }) => {
  const table = {
    PermissionSet: 'permissionSetAssignments',
    PermissionSetGroup: 'permissionSetAssignments',
    PermissionSetLicense: 'permissionSetLicenseAssigns',
    Queue: 'groupMembers',
    Territory: 'userTerritories',
  }[type]
  return table === undefined ? [] : [[type, reference, table] as const]
})

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  test.each(linked)(
    'a %s that somebody else took meanwhile is gone, whatever the code',
    (Type, Reference, table) =>
      withCase({ goneRecord, territoryManagement }, async ({ org, run, simulator }) => {
        const given = { account, permission: { Reference, Type } }
        await run('grantPermission', given)
        const rows = Reflect.get(org, table) as Map<string, unknown> & { remove(row: unknown): void }
        const isMine = (row: unknown): boolean => JSON.stringify(row).includes(Reference)
        const take = (): void =>
          [...rows.values()].filter(isMine).forEach((row) => {
            rows.remove(row)
          })
        simulator.fault({ when: { path: /\/(query|composite)$/ }, then: take })
        const step = await run('revokePermission', given)
        expect([step.code, step.writes.map(({ status }) => status)]).toEqual([0, [400]])
      }),
  )

  test.each(linked)('the same code for a %s that is still there is a failure', (Type, Reference) =>
    withCase({ territoryManagement }, async ({ run, simulator }) => {
      const given = { account, permission: { Reference, Type } }
      await run('grantPermission', given)
      const body = [{ errorCode: goneRecord, message: 'invalid cross reference id' }]
      simulator.fault({ when: { method: 'DELETE' }, effect: { kind: 'answer', status: 400, body } })
      const step = await run('revokePermission', given)
      expect([step.code, step.said]).toEqual([1, expect.stringContaining(goneRecord)])
    }),
  )

  test.each([1, 5])('a strip of %i goes by what is there, though it cannot read back', (count) =>
    withCase({ goneInCollection: goneRecord, goneRecord }, async ({ org, run, simulator }) => {
      const rows = org.assignmentsOf(account)
      for (const row of rows.slice(count)) org.permissionSetAssignments.remove(row)
      const when = { method: 'DELETE' }
      simulator.fault({ when, effect: { kind: 'commit-then-reset' } })
      const step = await run('disable', { account, settings: { OnDisable: 'strip' } })
      expect([step.code, step.said]).toEqual([0, expect.not.stringContaining('Could not')])
      expect(org.assignmentsOf(account)).toEqual([])
    }),
  )

  test('another session that takes another permission meanwhile is no failure of a grant or a revoke', () =>
    withCase('documented', async ({ org, run, simulator }) => {
      const take = (): void => {
        for (const row of org.permissionSetAssignments.where(
          'PermissionSetId',
          permissionSets.contractEditor,
        ))
          org.permissionSetAssignments.remove(row)
      }
      const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
      const settings = { AssignLicenses: true }
      simulator.fault({ when: { method: 'POST', path: /PermissionSetAssignment$/ }, change: take })
      const step = await run('grantPermission', { account, permission, settings })
      expect([step.code, step.said]).toEqual([0, expect.not.stringMatching(/0Pa|Grant them again/)])
      expect(org.assignmentsOf(account).map(({ PermissionSetId }) => PermissionSetId)).not.toContain(
        permissionSets.contractEditor,
      )
    }))
})
