import { seedIds } from '../../simulator/seed/seedIds.ts'
import { flagship } from '../connectors.ts'
import { assign, type Host, hostsOf } from './permissionHost.ts'
import { account } from './permissions.ts'

const { groups, permissionSets, profiles, roles } = seedIds
const { withCase } = hostsOf(flagship)

/** What the seeded account holds of each type that SCIM serves, and whether the org still gives it to the account. */
const held: readonly (readonly [type: string, reference: string, isHeld: (host: Host) => boolean])[] = [
  [
    'PermissionSet',
    permissionSets.dataExport,
    ({ org }) =>
      [...org.permissionSetAssignments.where('AssigneeId', account)].some(
        ({ PermissionSetId }) => PermissionSetId === permissionSets.dataExport,
      ),
  ],
  [
    'PublicGroup',
    groups.contractReviewers,
    ({ org }) =>
      [...org.groupMembers.where('UserOrGroupId', account)].some(
        ({ GroupId }) => GroupId === groups.contractReviewers,
      ),
  ],
  ['Role', roles.emeaSales, ({ org }) => org.user(account)?.UserRoleId === roles.emeaSales],
  ['Profile', profiles.salesReps, ({ org }) => org.user(account)?.ProfileId === profiles.salesReps],
]

/** Shapes of a list that says nothing. */
const shapes: readonly (readonly [name: string, list: unknown])[] = [
  ['left out', undefined],
  ['null', null],
  ['of the wrong shape', { value: 5 }],
  ['without values', [{ display: 'x' }]],
  ['of values that are no ids', [{ value: profiles.salesReps }, { value: 'yes' }]],
  ['of users', [{ value: profiles.salesReps }, { value: seedIds.users.annBoss }]],
]

/** An org whose SCIM does not show what users hold, in no answer of a user. */
function leaveOut({ org, simulator }: Host, list: unknown): void {
  assign(org, account, permissionSets.dataExport)
  org.groupMembers.insert({
    Id: org.nextId('011'),
    GroupId: groups.contractReviewers,
    UserOrGroupId: account,
  })
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: account,
    userName: "s.o'brien@acme.example",
    active: true,
    entitlements: list,
    groups: list,
    roles: list,
  }
  const path = new RegExp(`/Users/${account}`)
  const times = Infinity
  simulator.fault({ when: { method: 'GET', path, times }, effect: { kind: 'answer', status: 200, body } })
  simulator.fault({
    when: { method: 'PATCH', path, times },
    effect: { kind: 'commit-then-answer', status: 200, body },
  })
}

describe.each(['true', 'false'])('lists of a user that SCIM does not show (UseRestApi %s)', (UseRestApi) => {
  test.each(shapes)('no revoke ends with success while the account keeps it (%s)', (_name, list) =>
    withCase('documented', async (host) => {
      leaveOut(host, list)
      for (const action of ['revokePermission', 'subPermissions'] as const) {
        for (const [type, Reference, isHeld] of held) {
          if (!isHeld(host)) continue
          const entry = { DisplayName: type, Reference: { Id: `${type}:${Reference}` } }
          const step = await host.run(action, {
            account,
            settings: { UseRestApi, FallbackProfile: profiles.readOnly },
            ...(action === 'revokePermission'
              ? { permission: { Reference, Type: type } }
              : { operation: 'revoke', current: [entry] }),
          })
          const what = `${action} of ${type}: ${step.said}`
          expect([what, step.code === 0 && isHeld(host)]).toEqual([what, false])
        }
      }
      host.simulator.clearFaults()
    }),
  )
})

test('without the REST API, what shows no profile names the right that shows it', () =>
  withCase('documented', async (host) => {
    leaveOut(host, undefined)
    for (const [type, Reference] of [held[0], held[3]].flatMap((one) => (one === undefined ? [] : [one]))) {
      const step = await host.run('revokePermission', {
        account,
        permission: { Reference, Type: type },
        settings: { UseRestApi: false, FallbackProfile: profiles.readOnly },
      })
      expect([step.code, step.writes]).toEqual([1, []])
      expect(step.said).toContain('the right View Setup and Configuration')
    }
    host.simulator.clearFaults()
  }))

test('the org is asked whether the account is in a group or a role that its own lists leave out', () =>
  withCase('documented', async (host) => {
    leaveOut(host, undefined)
    const settings = { UseRestApi: false }
    for (const [type, Reference, isHeld] of held.slice(1, 3)) {
      const permission = { Reference, Type: type }
      const step = await host.run('revokePermission', { account, permission, settings })
      expect([step.said, step.code, isHeld(host)]).toEqual([step.said, 0, false])
      const again = await host.run('revokePermission', { account, permission, settings })
      expect([again.code, again.writes]).toEqual([0, []])
      expect(again.said).toContain('the account no longer has it')
    }
    host.simulator.clearFaults()
  }))
