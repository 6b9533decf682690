import { join } from 'node:path'
import { faultEffects } from '../../simulator/faults/faults.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { audit, root, runProcess, type Run } from '../process.ts'

const { users, permissionSets } = seedIds

/** Lends an org, and asserts that every fault that was scripted fired. */
async function withOrg(
  test: (
    org: SimulatedOrg,
    run: (action: string, account: string, settings?: object) => Promise<Run>,
  ) => Promise<void>,
): Promise<void> {
  const org = await startSimulator()
  const run = (action: string, Account: string, settings: object = {}): Promise<Run> => {
    const Configuration = {
      BaseUrl: org.url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    }
    const script = join(root, 'dist', 'salesforce-scim', `${action}.mjs`)
    return runProcess(script, JSON.stringify({ DryRun: false, Configuration, References: { Account } }))
  }
  try {
    await test(org, run)
    expect(org.unfiredFaults()).toEqual([])
  } finally {
    await org.close()
  }
}

const userLogin = { path: /\/query$/, search: /UserLogin/ }
const hidden = {
  status: 400,
  body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'UserLogin' is not supported." }],
}
const isFrozen = (org: SimulatedOrg, user: string): boolean | undefined =>
  org.org.userLogins.where('UserId', user)[0]?.IsFrozen

test.concurrent('a leaver whose sign-in cannot be read is deactivated all the same', () =>
  withOrg(async (org, run) => {
    org.fault({ when: userLogin, effect: { kind: 'answer', ...hidden } })
    expect((await run('disable', users.obrien)).code).toBe(0)
    expect(org.user(users.obrien)?.IsActive).toBe(false)
  }),
)

test.concurrent('a leaver who can be neither deactivated nor frozen is told to be able to sign in', () =>
  withOrg(async (org, run) => {
    org.fault({ when: userLogin, effect: { kind: 'answer', ...hidden } })
    const result = await run('disable', users.blocked)
    expect(result.code).toBe(1)
    expect(audit(result)).toContain('hierarchy field:Regional_Lead__c')
    expect(audit(result)).toContain('could not be frozen either: whoever has its password can still sign in')
    expect(audit(result)).not.toContain('successful')
  }),
)

test.concurrent('a leaver whom something blocks stays frozen, and the run after the fix completes', () =>
  withOrg(async (org, run) => {
    const refused = await run('disable', users.blocked)
    expect(refused.code).toBe(1)
    expect(audit(refused)).toContain('The account is frozen, so that nobody can sign in with it')
    expect(isFrozen(org, users.blocked)).toBe(true)

    org.org.blockers.delete(users.blocked)
    expect((await run('disable', users.blocked)).code).toBe(0)
    expect(org.user(users.blocked)?.IsActive).toBe(false)
  }),
)

test.concurrent('a strip that stopped half-way names what is left, and the next run takes it', () =>
  withOrg(async (org, run) => {
    const removal = { method: 'DELETE', occurrence: 2 }
    org.fault({ when: removal, effect: { kind: 'answer', ...forbidden } })
    const half = await run('disable', users.obrien, { OnDisable: 'strip' })
    expect(half.code).toBe(1)
    expect(audit(half)).toContain('Disable account: [0055g0000000005AAA] was successful')
    expect(audit(half)).toContain('Revoked the permission set [Contract Editor]')
    expect(audit(half)).toMatch(/Could not revoke the public group \[EMEA Sales Team\] .*INSUFFICIENT_ACCESS/)
    expect(org.org.assignmentsOf(users.obrien)).toEqual([])
    expect(groupsOf(org, users.obrien)).toHaveLength(1)

    const again = await run('disable', users.obrien, { OnDisable: 'strip' })
    expect(again.code).toBe(0)
    expect(audit(again)).toContain('already inactive')
    expect(audit(again)).toContain('Revoked the public group [EMEA Sales Team]')
    expect(groupsOf(org, users.obrien)).toEqual([])
  }),
)

const groupsOf = (org: SimulatedOrg, id: string): unknown[] =>
  [...org.org.groupMembers.values()].filter(({ UserOrGroupId }) => UserOrGroupId === id)

const forbidden = {
  status: 403,
  body: [
    { errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'insufficient access rights on object id' },
  ],
}

test.concurrent('permissions that cannot be looked up take nothing from the deactivation', () =>
  withOrg(async (org, run) => {
    const composite = { method: 'POST', path: /\/composite$/ }
    org.fault({ when: composite, effect: { kind: 'answer', ...forbidden } })
    const result = await run('disable', users.obrien, { OnDisable: 'report' })
    expect(result.code).toBe(0)
    expect(audit(result)).toContain(`Could not look up the permissions of account [${users.obrien}]`)
    expect(org.user(users.obrien)?.IsActive).toBe(false)
  }),
)

test.concurrent('a rehire stays out while a permission of the earlier employment cannot be revoked', () =>
  withOrg(async (org, run) => {
    await run('disable', users.obrien)
    org.fault({ when: { method: 'DELETE' }, effect: { kind: 'answer', ...forbidden } })
    const result = await run('enable', users.obrien, { OnEnable: 'strip' })
    expect(result.code).toBe(1)
    expect(audit(result)).toContain('so that the account stays inactive')
    expect(org.user(users.obrien)?.IsActive).toBe(false)

    expect((await run('enable', users.obrien, { OnEnable: 'strip' })).code).toBe(0)
    expect(org.user(users.obrien)?.IsActive).toBe(true)
    expect(isFrozen(org, users.obrien)).toBe(false)
    expect(org.org.assignmentsOf(users.obrien)).toEqual([])
  }),
)

test.concurrent('a write of which nothing is known afterwards says so, and never that it was done', () =>
  withOrg(async (org, run) => {
    const user = new RegExp(`/Users/${users.obrien}$`)
    org.fault({ when: { method: 'PATCH', path: user }, effect: { kind: 'commit-then-reset' } })
    const gateway = { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' } as const
    const later = { method: 'GET', path: user, occurrence: 2, times: Number.POSITIVE_INFINITY }
    org.fault({ when: later, effect: gateway })
    const result = await run('disable', users.obrien, { DisableMode: 'deactivate' })
    expect(result.code).toBe(1)
    expect(audit(result)).toContain(
      'Whether Salesforce carried it out is not known; the next run looks first',
    )
    expect(audit(result)).not.toContain('successful')

    org.clearFaults()
    expect(audit(await run('disable', users.obrien))).toContain('already inactive')
  }),
)

test.concurrent(
  'a permission set whose grant cannot be read back is written once, and found by the next run',
  () =>
    withOrg(async (org) => {
      const assignments = { path: /\/query$/, search: /PermissionSetAssignment/, occurrence: 2 }
      org.fault({
        when: { ...assignments, times: Number.POSITIVE_INFINITY },
        effect: faultEffects.dailyLimit(),
      })
      const settings = { AssignLicenses: false, PermissionExpirationField: 'PrimaryContract.EndDate' }
      const result = await grant(org, settings)
      expect(result.code).toBe(1)
      expect(org.org.assignmentsOf(users.annBoss).map(({ PermissionSetId }) => PermissionSetId)).toContain(
        permissionSets.dataExport,
      )
      org.clearFaults()
      const again = await grant(org, settings)
      expect(again.code).toBe(0)
      expect(audit(again)).toContain('already has it')
    }),
)

/** Over REST, because an end date is given. */
function grant(org: SimulatedOrg, settings: object): Promise<Run> {
  const script = join(root, 'dist', 'salesforce-scim', 'grantPermission.mjs')
  const Permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
  const actionContext = {
    DryRun: false,
    Configuration: {
      BaseUrl: org.url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    References: { Account: users.annBoss, Permission },
  }
  const personContext = { Person: { PrimaryContract: { EndDate: '2027-12-31T00:00:00Z' } } }
  return runProcess(script, JSON.stringify({ actionContext, personContext }))
}
