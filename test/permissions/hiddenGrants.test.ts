import { standardObjects } from '../../shared/salesforce/rest/requiredRights.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { feed } from '../runInProcess.ts'
import { connectors, flagship, inProcess } from '../connectors.ts'
import { contextFor } from '../imports/support.ts'
import { cells } from '../matrix.ts'
import { assign, type Host, hostsOf, type Lend, lookedUp, type Step } from './permissionHost.ts'
import { account } from './permissions.ts'

const { users, profiles, permissionSets, permissionSetGroups, permissionSetLicenses, groups, roles } = seedIds

const hiddenNames = [...Object.keys(standardObjects), 'User.ProfileId', 'User.UserRoleId']

const rights = /the right (?:View|Assign|Manage|Freeze) /

/** What the seeded account does not hold, by type, and the field or row that shows it. */
const grantable: readonly (readonly [type: string, reference: string])[] = [
  ['PermissionSet', permissionSets.reportBuilder],
  ['PermissionSetGroup', permissionSetGroups.salesStarter],
  ['PermissionSetLicense', permissionSetLicenses.apiIntegration],
  ['FeatureLicense', 'UserPermissionsMarketingUser'],
  ['Queue', groups.leadsQueue],
  ['PublicGroup', groups.allManagers],
  ['Role', roles.apacSales],
  ['Profile', profiles.standardUser],
]

function isHeld({ org }: Host, reference: string): boolean {
  const user = org.user(account)
  return (
    user?.[reference] === true ||
    [user?.ProfileId, user?.UserRoleId].includes(reference) ||
    org.permissionSetAssignments
      .where('AssigneeId', account)
      .some((row) => [row.PermissionSetId, row.PermissionSetGroupId].includes(reference)) ||
    org.permissionSetLicenseAssigns
      .where('AssigneeId', account)
      .some((row) => row.PermissionSetLicenseId === reference) ||
    org.groupMembers.where('UserOrGroupId', account).some((row) => row.GroupId === reference)
  )
}

function hide({ org }: Host, name: string): void {
  org.hidden.set(users.integration, new Set([name]))
}

/** Does the work with each thing hidden that it looks up, in an org of its own, and checks what came of it. */
async function eachHidden(
  withCase: Lend,
  work: (host: Host) => Promise<readonly [planned: Step, done: Step]>,
  check: (host: Host, name: string, steps: readonly [planned: Step, done: Step]) => void,
): Promise<void> {
  let names: ReadonlySet<string> = new Set()
  await withCase('documented', async (host) => {
    names = await lookedUp(host, () => work(host))
  })
  for (const name of cells(hiddenNames, (hidden) => names.has(hidden))) {
    await withCase('documented', async (host) => {
      hide(host, name)
      check(host, name, await work(host))
    })
  }
}

describe.each(connectors)('%s, where something that every org has is hidden', (connector) => {
  const { withCase } = hostsOf(connector)
  const perform = inProcess(connector)

  test.each(grantable)('a dry run of a grant of a %s says what the real run does', (type, Reference) =>
    eachHidden(
      withCase,
      async ({ run }) => {
        const settings = { FallbackProfile: profiles.readOnly }
        const given = { account, permission: { Reference, Type: type }, settings }
        return [await run('grantPermission', { ...given, dryRun: true }), await run('grantPermission', given)]
      },
      (host, name, [planned, done]) => {
        const what = `${type} without ${name}: ${planned.said} / ${done.said}`
        expect([what, planned.code, planned.writes]).toEqual([what, done.code, []])
        expect([what, done.code === 0]).toEqual([what, isHeld(host, Reference)])
        if (done.code !== 0) expect(`${planned.said} ${done.said}`).toMatch(rights)
      },
    ),
  )

  describe.each(['grant', 'update'])('sub-permissions: %s', (operation) => {
    test.each(grantable)('a %s is granted, updated and told as it is', (type, Reference) =>
      eachHidden(
        withCase,
        async ({ run }) => {
          const settings = {
            SubPermissionField: 'Department.ExternalId',
            SubPermissionMapping: `A = ${type}:${Reference}`,
          }
          const person = {
            Contracts: [{ Context: { InConditions: true }, Department: { ExternalId: 'A' } }],
          }
          const given = { account, operation, person, settings, current: [] }
          return [await run('subPermissions', { ...given, dryRun: true }), await run('subPermissions', given)]
        },
        (host, name, [planned, done]) => {
          const what = `${operation} ${type} without ${name}: ${planned.said} / ${done.said}`
          expect([what, planned.code]).toEqual([what, done.code])
          expect([what, done.code === 0 && !isHeld(host, Reference)]).toEqual([what, false])
          if (done.code !== 0) expect(done.said).toMatch(rights)
        },
      ),
    )
  })

  test.each(['PermissionSetAssignment', 'PermissionSet', 'PermissionSetLicenseAssign', 'GroupMember'])(
    'an account is not enabled while OnEnable strip cannot see all that it holds (without %s)',
    (name) =>
      withCase('documented', async (host) => {
        const { org, run } = host
        assign(org, account, permissionSets.dataExport)
        const user = org.users.get(account)
        if (user !== undefined) org.users.update(user, { IsActive: false })
        hide(host, name)
        const step = await run('enable', { account, settings: { OnEnable: 'strip' } })
        expect([step.code, org.user(account)?.IsActive]).toEqual([1, false])
        expect(step.said).toMatch(rights)
      }),
  )

  test.each(['import', 'importPermissions', 'listPermissions'] as const)(
    '%s does not end with success where users are hidden, and names the right',
    (action) =>
      withCase('documented', async (host) => {
        hide(host, 'User')
        const context = contextFor(host.simulator.url)
        const run = action === 'listPermissions' ? perform(action, context) : feed(action, context, connector)
        const ran = await run
        expect(ran.code).toBe(1)
        expect(ran.stdout + ran.stderr).toMatch(rights)
      }),
  )

  test.each(['Profile', 'UserRole', 'UserLogin', 'User.ProfileId', 'User.UserRoleId'])(
    'an import does not end with success and values that it was not shown (without %s)',
    (name) =>
      withCase('documented', async (host) => {
        const fields =
          connector === flagship ? ['profile', 'role', 'isFrozen'] : ['ProfileId', 'UserRoleId', 'IsFrozen']
        const context = contextFor(host.simulator.url, {}, { ImportFields: fields })
        const whole = await feed('import', context, connector)
        hide(host, name)
        const ran = await feed('import', context, connector)
        expect(whole.code).toBe(0)
        // What is not asked for needs no right.
        if (ran.code === 0) expect(ran.stdout).toBe(whole.stdout)
        else expect(ran.stderr).toMatch(rights)
      }),
  )
})

test('a dry run tells what the role of a Chatter user will be refused for', () =>
  hostsOf(flagship).withCase('documented', async ({ org, run }) => {
    const user = org.users.get(account)
    if (user === undefined) throw new Error('no account')
    const chatter = { Reference: profiles.chatterFreeUser, Type: 'Profile' }
    const settings = { AllowLicenseChange: true }
    const planned = await run('grantPermission', { account, permission: chatter, settings, dryRun: true })
    expect([planned.code, planned.writes]).toEqual([1, []])
    expect(planned.said).toContain('can have no role')
    org.users.update(user, { ProfileId: profiles.chatterFreeUser, UserType: 'CsnOnly', UserRoleId: null })
    const permission = { Reference: roles.apacSales, Type: 'Role' }
    const role = await run('grantPermission', { account, permission, dryRun: true })
    expect([role.code, role.writes]).toEqual([1, []])
    expect(role.said).toContain('can have no role')
  }))
