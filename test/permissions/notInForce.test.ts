import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship } from '../connectors.ts'
import { hostsOf } from './permissionHost.ts'
import { account } from './permissions.ts'

const { permissionSets, permissionSetGroups, permissionSetLicenses } = seedIds

/** What is assigned, and its row. */
const kinds = [
  ['PermissionSet', permissionSets.dataExport, permissionSets.dataExport, null],
  [
    'PermissionSetGroup',
    permissionSetGroups.salesStarter,
    permissionSets.salesStarterAggregate,
    permissionSetGroups.salesStarter,
  ],
] as const

/** Why a row is not in force, and how that is told. */
const reasons = [
  ['expired', { ExpirationDate: '2020-03-31T23:59:59.000Z', IsRevoked: false }, 'it expired on 2020-03-31'],
  [
    'revoked by a policy',
    { ExpirationDate: null, IsRevoked: true },
    'a user access policy of the org has revoked it',
  ],
] as const

const cases = kinds.flatMap((kind) => reasons.map((reason) => [reason[0], kind[0], kind, reason] as const))

type Lapse = (typeof reasons)[number][1]

function lapse(org: Org, set: string, group: string | null, state: Lapse): string {
  const Id = org.nextId('0Pa')
  org.permissionSetAssignments.insert({
    Id,
    AssigneeId: account,
    PermissionSetId: set,
    PermissionSetGroupId: group,
    IsActive: false,
    SystemModstamp: '2020-01-01T00:00:00.000Z',
    ...state,
  })
  return Id
}

function rowsOf(org: Org, set: string): { IsActive: boolean; ExpirationDate: string | null }[] {
  return org.permissionSetAssignments
    .where('AssigneeId', account)
    .filter((row) => row.PermissionSetId === set)
    .map(({ IsActive, ExpirationDate }) => ({ IsActive, ExpirationDate }))
}

const inForce = [{ IsActive: true, ExpirationDate: null }]

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  describe('an assignment that is not in force:', () => {
    test.each(cases)('one %s of a %s is granted', (_why, Type, [, Reference, set, group], [, state, words]) =>
      withCase('documented', async ({ org, run }) => {
        lapse(org, set, group, state)
        const given = { account, permission: { Reference, Type } }
        const planned = await run('grantPermission', { ...given, dryRun: true })
        expect([planned.code, planned.said]).toEqual([0, expect.stringMatching(/^\[DryRun\] Would grant/)])
        expect(planned.said).toContain(words)
        const step = await run('grantPermission', given)
        expect([step.code, step.said]).toEqual([0, expect.stringContaining('was successful')])
        expect(rowsOf(org, set)).toEqual(inForce)
        expect((await run('grantPermission', given)).said).toContain('already has it')
      }),
    )

    test.each(cases)('one %s of a %s is removed, and told', (_why, Type, [, Reference, set, group], given) =>
      withCase('documented', async ({ org, run }) => {
        const [, state, words] = given
        lapse(org, set, group, state)
        const step = await run('revokePermission', { account, permission: { Reference, Type } })
        expect([step.code, step.said]).toEqual([0, expect.stringContaining(words)])
        expect(rowsOf(org, set)).toEqual([])
      }),
    )

    test.each(cases)('one %s of a %s that cannot be removed is no failure', (_why, Type, kind, reason) =>
      withCase('documented', async ({ org, run, simulator }) => {
        const [, Reference, set, group] = kind
        lapse(org, set, group, reason[1])
        const body = [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'not yours' }]
        const when = { method: 'DELETE', path: /PermissionSetAssignment/ }
        simulator.fault({ when, effect: { kind: 'answer', status: 400, body } })
        const step = await run('revokePermission', { account, permission: { Reference, Type } })
        expect(step.code).toBe(0)
        expect(step.said).toContain('its row could not be removed')
        expect(step.said).toContain('INSUFFICIENT_ACCESS_OR_READONLY')
      }),
    )

    test.each(cases)(
      'one %s of a %s is reported with the reason, and stripped',
      (_why, _type, kind, reason) =>
        withCase('documented', async ({ org, run }) => {
          const [, , set, group] = kind
          lapse(org, set, group, reason[1])
          const reported = await run('disable', { account, settings: { OnDisable: 'report' } })
          expect(reported.said).toMatch(
            new RegExp(`does not hold the permission set.*, whose assignment is not in force: ${reason[2]}`),
          )
          const step = await run('disable', { account, settings: { OnDisable: 'strip' } })
          expect([step.code, org.assignmentsOf(account)]).toEqual([0, []])
          expect(step.said).toContain(`which was not in force: ${reason[2]}`)
        }),
    )

    test.each(cases)('one %s of a %s is granted among sub-permissions', (_why, Type, kind, reason) =>
      withCase('documented', async ({ org, run }) => {
        const [, Reference, set, group] = kind
        lapse(org, set, group, reason[1])
        const step = await run('subPermissions', {
          account,
          operation: 'grant',
          person: { Contracts: [{ Context: { InConditions: true }, Department: { ExternalId: 'A' } }] },
          settings: {
            SubPermissionField: 'Department.ExternalId',
            SubPermissionMapping: `A = ${Type}:${Reference}`,
          },
        })
        expect(step.code).toBe(0)
        expect(rowsOf(org, set)).toEqual(inForce)
      }),
    )

    test('a set that comes through a group that has expired is not held, one through a group in force is', () =>
      withCase('documented', async ({ org, run }) => {
        const group = permissionSetGroups.salesStarter
        const id = lapse(org, permissionSets.salesStarterAggregate, group, reasons[0][1])
        const given = {
          account,
          permission: { Reference: permissionSets.reportBuilder, Type: 'PermissionSet' },
        }
        expect((await run('revokePermission', given)).said).toMatch(/^Skipped revoking/)
        const row = org.permissionSetAssignments.get(id)
        if (row === undefined) throw new Error('the row is gone')
        org.permissionSetAssignments.update(row, { IsActive: true, ExpirationDate: null })
        lapse(org, permissionSets.reportBuilder, null, reasons[1][1])
        const step = await run('revokePermission', given)
        expect([step.code, step.said]).toEqual([1, expect.stringContaining('revoke that group instead')])
      }))
  })

  /** What an org may do with an assignment that has expired: in each, grant grants. */
  const orgs: readonly [string, Partial<Dialect>][] = [
    ['shows it, and does not revive it', { expiredExtension: 'stays' }],
    ['shows it, and refuses to extend it', { expiredExtension: 'refused' }],
    ['hides it', { expiredAssignment: 'hidden' }],
    ['hides it, and does not revive it', { expiredAssignment: 'hidden', expiredExtension: 'stays' }],
    ['hides it, and refuses to extend it', { expiredAssignment: 'hidden', expiredExtension: 'refused' }],
    ['hides it from SCIM as well', { expiredAssignment: 'hidden', inactiveEntitlementsListed: false }],
    [
      'takes another one without a word',
      { inactiveEntitlementsListed: false, patchAddHeldEntitlement: 'ignore' },
    ],
  ]

  describe.each(orgs)('an org that %s', (_what, dialect) => {
    test.each(kinds)('has a %s after a grant', (Type, Reference, set, group) =>
      withCase(dialect, async ({ org, run }) => {
        lapse(org, set, group, reasons[0][1])
        const step = await run('grantPermission', { account, permission: { Reference, Type } })
        expect([step.code, step.said]).toEqual([0, expect.stringContaining('was successful')])
        expect(rowsOf(org, set)).toEqual(inForce)
      }),
    )

    test.each(kinds)('has a %s until the day that it ends after a grant', (Type, Reference, set, group) =>
      withCase(dialect, async ({ org, run }) => {
        lapse(org, set, group, reasons[0][1])
        const step = await run('grantPermission', {
          account,
          permission: { Reference, Type },
          person: { EndDate: '2099-12-31' },
          settings: { PermissionExpirationField: 'EndDate' },
        })
        expect(step.code).toBe(0)
        expect(rowsOf(org, set)).toEqual([{ IsActive: true, ExpirationDate: '2099-12-31T23:59:59.000Z' }])
      }),
    )
  })

  test.each(kinds)(
    'a %s that is a duplicate of what nobody can change fails, and says why',
    (Type, Reference) =>
      withCase('documented', async ({ org, run, simulator }) => {
        const before = org.assignmentsOf(account).length
        const body = [{ errorCode: 'DUPLICATE_VALUE', message: 'Duplicate PermissionSetAssignment.' }]
        const path = /PermissionSetAssignment$|\/Users\//
        const method = connector === flagship && Type === 'PermissionSet' ? 'PATCH' : 'POST'
        simulator.fault({ when: { method, path }, effect: { kind: 'answer', status: 400, body } })
        const step = await run('grantPermission', { account, permission: { Reference, Type } })
        expect(step.code).toBe(1)
        expect(step.said).toContain('DUPLICATE_VALUE')
        expect(step.said).not.toContain('accepted the request')
        expect(org.assignmentsOf(account)).toHaveLength(before)
      }),
  )

  describe('a license that Salesforce assigns with the permission set', () => {
    const license = permissionSetLicenses.serviceConsole
    const consoles = [
      ['PermissionSet', permissionSets.consoleAgent],
      ['PermissionSetGroup', permissionSetGroups.serviceStarter],
    ] as const
    const held = (org: Org): number => org.permissionSetLicenseAssigns.where('AssigneeId', account).length

    test.each(consoles)('comes and goes with a %s, and the dry run says so', (Type, Reference) =>
      withCase('documented', async ({ org, run }) => {
        const given = { account, permission: { Reference, Type } }
        const planned = await run('grantPermission', { ...given, dryRun: true })
        expect(planned.code).toBe(0)
        expect(planned.said).toContain('which Salesforce assigns along with it')
        expect((await run('grantPermission', given)).code).toBe(0)
        expect(held(org)).toBe(1)
        expect((await run('revokePermission', given)).code).toBe(0)
        expect(held(org)).toBe(0)
        const left = { account, permission: { Reference: license, Type: 'PermissionSetLicense' } }
        expect((await run('revokePermission', left)).said).toMatch(/^Skipped revoking/)
      }),
    )

    test.each(consoles)('of a %s is not fought for by a strip', (Type, Reference) =>
      withCase('documented', async ({ org, run }) => {
        await run('grantPermission', { account, permission: { Reference, Type } })
        const step = await run('disable', { account, settings: { OnDisable: 'strip' } })
        expect([step.code, step.said]).toEqual([0, expect.not.stringContaining('Could not')])
        expect([held(org), org.assignmentsOf(account).length]).toEqual([0, 0])
      }),
    )

    test('without a seat is refused by the dry run and by the run', () =>
      withCase('documented', async ({ org, run }) => {
        const row = org.permissionSetLicenses.get(license)
        if (row === undefined) throw new Error('the seed has changed')
        org.permissionSetLicenses.update(row, { TotalLicenses: 0 })
        for (const dryRun of [true, false]) {
          const permission = { Reference: permissionSets.consoleAgent, Type: 'PermissionSet' }
          expect((await run('grantPermission', { account, permission, dryRun })).code).toBe(1)
        }
      }))
  })
})
