import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Fault } from '../../simulator/faults/faults.ts'
import { connectors } from '../connectors.ts'
import { hostsOf } from './permissionHost.ts'

const { users } = seedIds
const account = users.annBoss
const starter = { Reference: '0PG5g0000000002GAA', Type: 'PermissionSetGroup' }
const updating = 'You can only assign users to permission set groups that have the "Updated" status.'

function refusal(errorCode: string, message: string, times = 99): Fault {
  const body = [{ message, errorCode, fields: ['PermissionSetGroupId'] }]
  return {
    when: { method: 'POST', path: /PermissionSetAssignment/, times },
    effect: { kind: 'answer', status: 400, body },
  }
}

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  test.each([
    ['CANNOT_EXECUTE_FLOW_TRIGGER', "We can't save this record because the process failed."],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'No more sets in December'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', updating],
    ['STRING_TOO_LONG', 'data value too large'],
  ])('a grant that %s refuses is told in the words of Salesforce alone', (errorCode, message) =>
    withCase({ permissionSetLicenceOnGrant: 'assigned' }, async ({ run, simulator }) => {
      simulator.fault(refusal(errorCode, message, 1))
      const step = await run('grantPermission', { account, permission: starter })
      expect([step.code, step.changes]).toEqual([1, []])
      expect(step.said).toContain(`${message} (${errorCode})`)
      expect(step.said).not.toContain('permission set licen')
      expect(step.stderr).toContain(`"errorCode":"${errorCode}"`)
    }),
  )

  test.each(['FIELD_INTEGRITY_EXCEPTION', 'INVALID_CROSS_REFERENCE_KEY'])(
    'what the connector finds out is added to the words of Salesforce: %s',
    (errorCode) =>
      withCase({ permissionSetLicenceOnGrant: 'required' }, async ({ run, simulator }) => {
        simulator.fault(refusal(errorCode, 'does not go together', 1))
        const step = await run('grantPermission', { account, permission: starter })
        expect(step.code).toBe(1)
        expect(step.said).toContain(
          `does not go together (${errorCode}) [PermissionSetGroupId]: the permission set`,
        )
        expect(step.stderr).toContain(`"errorCode":"${errorCode}"`)
      }),
  )

  test.each([
    'FIELD_INTEGRITY_EXCEPTION',
    'INVALID_INPUT',
    'UNKNOWN_EXCEPTION',
    'INVALID_CROSS_REFERENCE_KEY',
  ])('a permission set group that is being recalculated is waited for: %s', (errorCode) =>
    withCase({ permissionSetLicenceOnGrant: 'assigned' }, async ({ run, simulator, org }) => {
      simulator.fault(refusal(errorCode, updating, 2))
      const step = await run('grantPermission', { account, permission: starter })
      expect(step.code).toBe(0)
      const rows = org.assignmentsOf(account)
      expect(rows.some((row) => row.PermissionSetGroupId === starter.Reference)).toBe(true)
    }),
  )

  test('where it stays so, the next run may help, and the line says what to look at', () =>
    withCase({}, async ({ run, simulator }) => {
      simulator.fault(refusal('INVALID_INPUT', updating, 8))
      const step = await run('grantPermission', { account, permission: starter })
      expect([step.code, step.changes]).toEqual([1, []])
      expect(step.said).toContain(`${updating} (INVALID_INPUT)`)
      expect(step.said).toContain('run the action again in some minutes')
      expect(step.said).toContain('Setup > Permission Set Groups')
      expect(step.stderr).toContain('"retry":"later","actor":"nobody"')
    }))
})
