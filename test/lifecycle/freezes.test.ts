import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { joiner } from './host.ts'
import { hosts } from './hosts.ts'

const { users } = seedIds

function freezeOf(org: SimulatedOrg, user: string): { IsFrozen: boolean; LastModifiedById: string } {
  const [row] = org.org.userLogins.where('UserId', user)
  if (row === undefined) throw new Error(`the org has no sign-in of ${user}`)
  return { IsFrozen: row.IsFrozen, LastModifiedById: row.LastModifiedById }
}

const query = { method: 'GET', path: /\/query$/ }
const ofLogin = { ...query, search: /FROM%20UserLogin/ }

/** An answer to a query, for rows of UserLogin that the org itself never shows. */
const rows = (...records: object[]): { kind: 'answer'; status: number; body: unknown } => ({
  kind: 'answer',
  status: 200,
  body: { totalSize: records.length, done: true, records },
})
const error = (
  status: number,
  errorCode: string,
  message = 'text',
): { kind: 'answer'; status: number; body: unknown } => ({
  kind: 'answer',
  status,
  body: [{ errorCode, message }],
})

describe.each(hosts)('freezes and enable by %s', (name, _lend, lend) => {
  test.concurrent.each([
    ['an administrator', users.admin, false],
    ['an administrator, in a dry run', users.admin, true],
    ['Salesforce itself', users.automatedProcess, false],
  ])('an inactive account that %s froze is neither unfrozen nor activated', (_by, by, dryRun) =>
    lend('documented', async ({ org, run, row }) => {
      org.freeze(users.leaver, by)
      const before = freezeOf(org, users.leaver)
      const step = await run('enable', { account: users.leaver, dryRun })
      expect(step.code).toBe(1)
      expect(step.writes).toEqual([])
      expect(step.said).toContain(`${row(by).Username}, ${by}] on 20`)
      expect(step.said).toContain('Configuration.FormerIntegrationUsers')
      expect(row(users.leaver).IsActive).toBe(false)
      expect(freezeOf(org, users.leaver)).toEqual(before)
    }),
  )

  test.concurrent.each([false, true])(
    'an active account that somebody else froze fails alike, dry run %s',
    (dryRun) =>
      lend('documented', async ({ org, run }) => {
        org.freeze(users.obrien, users.annBoss)
        const step = await run('enable', { account: users.obrien, dryRun })
        expect([step.code, step.writes]).toEqual([1, []])
        expect(step.said).toContain('the freeze stays. Have a Salesforce administrator')
        expect(freezeOf(org, users.obrien).IsFrozen).toBe(true)
      }),
  )

  test.concurrent('what disable froze, enable unfreezes; the dry run says which of the two it would do', () =>
    lend('documented', async ({ org, run, row }) => {
      org.freeze(users.obrien, users.integration)
      const planned = await run('enable', { account: users.obrien, dryRun: true })
      expect(planned.said).toContain(`[DryRun] Would unfreeze Salesforce account: [${users.obrien}]`)
      expect(planned.said).not.toContain('activate')
      const done = await run('enable', { account: users.obrien })
      expect(done.said).toContain('It was frozen and is not any more')
      expect(freezeOf(org, users.obrien).IsFrozen).toBe(false)

      await run('disable', { account: users.obrien })
      expect(freezeOf(org, users.obrien)).toEqual({ IsFrozen: true, LastModifiedById: users.integration })
      const both = await run('enable', { account: users.obrien, dryRun: true })
      expect(both.said).toContain('Would activate Salesforce account')
      expect(both.said).toContain('It would be unfrozen')
      expect((await run('enable', { account: users.obrien })).code).toBe(0)
      expect([row(users.obrien).IsActive, freezeOf(org, users.obrien).IsFrozen]).toEqual([true, false])
    }),
  )

  test.concurrent.each([
    ['an id of 18 characters', users.annBoss],
    ['an id of 15 characters, among others', `${users.admin}, ${users.annBoss.slice(0, 15)}`],
    ['a user name, in any case', 'Nobody@acme.example, A.BOSS@ACME.EXAMPLE'],
    ['a list', [users.annBoss]],
  ])('the freeze of a former integration user is lifted: %s', (_form, FormerIntegrationUsers) =>
    lend('documented', async ({ org, run, change }) => {
      change(users.annBoss, { Username: 'a.boss@acme.example' })
      org.freeze(users.leaver, users.annBoss)
      const step = await run('enable', { account: users.leaver, settings: { FormerIntegrationUsers } })
      expect([step.code, freezeOf(org, users.leaver).IsFrozen]).toEqual([0, false])
      expect(step.said).not.toContain('UnfreezeForeign')
    }),
  )

  test.concurrent.each([['Ann Boss'], ['00e5g0000000001AAA'], [`${users.admin}x`]])(
    'FormerIntegrationUsers [%s] is an error before anything is sent',
    (FormerIntegrationUsers) =>
      lend('documented', async ({ run }) => {
        const step = await run('enable', { account: users.leaver, settings: { FormerIntegrationUsers } })
        expect([step.code, step.requests]).toEqual([1, []])
        expect(step.said).toContain(`Configuration.FormerIntegrationUsers [${FormerIntegrationUsers}]`)
      }),
  )

  test.concurrent.each([false, true])(
    'UnfreezeForeign lifts it and says whose it was, dry run %s',
    (dryRun) =>
      lend('documented', async ({ org, run, row }) => {
        org.freeze(users.leaver, users.admin)
        const settings = { UnfreezeForeign: 'true' }
        const step = await run('enable', { account: users.leaver, settings, dryRun })
        expect(step.code).toBe(0)
        expect(step.said).toContain(`the freeze was set by [`)
        expect(step.said).toContain(row(users.admin).Username)
        expect(freezeOf(org, users.leaver).IsFrozen).toBe(dryRun)
        expect(row(users.leaver).IsActive).toBe(!dryRun)
      }),
  )

  const own = { Id: '0Yw5g0000000004CAA', UserId: users.leaver, IsFrozen: true }
  const theirs = {
    ...own,
    LastModifiedById: users.integration,
    LastModifiedDate: '2026-04-24T10:00:00.000+0000',
  }
  test.concurrent.each([
    ['two sign-ins', rows(theirs, { ...theirs, IsFrozen: false })],
    ['no sign-in', rows()],
    ['the sign-in of somebody else', rows({ ...theirs, UserId: users.obrien, IsFrozen: false })],
    ['a sign-in of nobody', rows({ Id: own.Id, IsFrozen: false })],
    ['IsFrozen as a text', rows({ ...theirs, IsFrozen: 'false' })],
    ['IsFrozen left out', rows({ Id: own.Id, UserId: users.leaver })],
    ['who froze it left out', rows(own)],
    ['who froze it null', rows({ ...own, LastModifiedById: null })],
    ['who froze it no user', rows({ ...theirs, LastModifiedById: '00G5g0000000001EAA' })],
    ['who froze it malformed', rows({ ...theirs, LastModifiedById: `${users.integration}!` })],
    ['UserLogin hidden', error(400, 'INVALID_TYPE', "sObject type 'UserLogin' is not supported.")],
    ['IsFrozen hidden', error(400, 'INVALID_FIELD', "No such column 'IsFrozen' on entity 'UserLogin'.")],
    ['no right', error(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights')],
    ['an unknown version', error(404, 'NOT_FOUND', 'The requested resource does not exist')],
    ['a retired version', error(410, 'UNSUPPORTED_API_VERSION', 'GONE')],
    ['the API disabled', error(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled')],
    ['no JSON', { kind: 'answer', status: 200, body: '<html>proxy</html>' } as const],
  ])('%s is no account that is free to come in: enable fails and writes nothing', (what, effect) =>
    lend('documented', async ({ org, run, row }) => {
      org.freeze(users.leaver, users.integration)
      const times = Number.POSITIVE_INFINITY
      org.fault({ when: { ...ofLogin, times }, effect })
      for (const dryRun of [true, false]) {
        const step = await run('enable', { account: users.leaver, dryRun })
        expect([what, step.code, step.writes]).toEqual([what, 1, []])
        expect(step.said).toMatch(/is frozen|whether account \[\w+\] is frozen cannot be read/)
      }
      expect(row(users.leaver).IsActive).toBe(false)
    }),
  )

  test.concurrent(
    'who froze it hidden by field-level security names the right; an account that is free is enabled',
    () =>
      lend('documented', async ({ org, run, row }) => {
        const hidden = { ...query, search: /LastModifiedById/, times: Number.POSITIVE_INFINITY }
        org.fault({ when: hidden, effect: error(400, 'INVALID_FIELD', "No such column 'LastModifiedById'") })
        org.freeze(users.leaver, users.integration)
        const step = await run('enable', { account: users.leaver })
        expect([step.code, step.writes]).toEqual([1, []])
        expect(step.said).toContain('does not show who froze it (UserLogin.LastModifiedById)')
        expect(step.said).toContain('Manage Users')

        org.freeze(users.leaver, users.integration, false)
        expect((await run('enable', { account: users.leaver })).code).toBe(0)
        expect(row(users.leaver).IsActive).toBe(true)
      }),
  )

  test.concurrent('a name that cannot be read is shown as an id', () =>
    lend('documented', async ({ org, run }) => {
      org.freeze(users.leaver, users.admin)
      const ofNames = { ...query, search: /Name%2C%20Username/ }
      org.fault({ when: ofNames, effect: error(403, 'INSUFFICIENT_ACCESS') })
      const step = await run('enable', { account: users.leaver })
      expect([step.code, step.writes]).toEqual([1, []])
      expect(step.said).toContain(`was frozen by [${users.admin}] on `)
    }),
  )

  test.concurrent('an unfreeze that cannot be read back is no success', () =>
    lend('documented', async ({ org, run }) => {
      org.freeze(users.obrien, users.integration)
      const after = { ...ofLogin, occurrence: 2 }
      org.fault({ when: after, effect: error(403, 'INSUFFICIENT_ACCESS') })
      const step = await run('enable', { account: users.obrien })
      expect(step.code).toBe(1)
      expect(step.said).toContain('whether the account is still frozen cannot be read afterwards')
      expect((await run('enable', { account: users.obrien })).code).toBe(0)
    }),
  )

  test.concurrent.each(['disable', 'delete'] as const)(
    '%s leaves the freeze of somebody else as it is, and says so',
    (action) =>
      lend('documented', async ({ org, run, row }) => {
        org.freeze(users.obrien, users.admin)
        const planned = await run(action, { account: users.obrien, dryRun: true })
        expect(planned.said).toContain(`already frozen by [`)
        const step = await run(action, { account: users.obrien })
        expect([step.code, row(users.obrien).IsActive]).toEqual([0, false])
        expect(step.said).toContain('that freeze is left as it is, and enable will not lift it')
        expect(step.writes.filter(({ path, body }) => `${path}${body}`.includes('UserLogin'))).toEqual([])
        expect(freezeOf(org, users.obrien)).toEqual({ IsFrozen: true, LastModifiedById: users.admin })
        expect((await run('enable', { account: users.obrien })).code).toBe(1)
      }),
  )

  test.concurrent('disable that only freezes leaves it as well', () =>
    lend('documented', async ({ org, run }) => {
      org.freeze(users.obrien, users.admin)
      const settings = { DisableMode: 'freeze' }
      const step = await run('disable', { account: users.obrien, settings })
      expect([step.code, step.writes]).toEqual([0, []])
      expect(step.said).toContain('the account is already frozen. It was already frozen by [')
      expect(freezeOf(org, users.obrien).LastModifiedById).toBe(users.admin)
    }),
  )

  test.concurrent.each([
    ['lifted by a flow', undefined, 'something in the org lifted the freeze'],
    ['hidden', error(403, 'INSUFFICIENT_ACCESS'), 'whether it is frozen cannot be read'],
  ])('a freeze before a refused deactivation that is %s is not claimed', (_how, effect, text) =>
    lend('documented', async ({ org, run }) => {
      if (effect !== undefined) org.fault({ when: { ...ofLogin, occurrence: 2 }, effect })
      else {
        org.fault({
          when: { method: 'PATCH', path: /\/sobjects\/UserLogin\// },
          effect: { kind: 'none' },
          then: () => org.freeze(users.blocked, users.admin, false),
        })
      }
      const step = await run('disable', { account: users.blocked })
      expect(step.code).toBe(1)
      expect(step.said).toContain(text)
      expect(step.said).not.toContain('nobody can sign in')
    }),
  )

  test.concurrent.each([false, true])(
    'update and correlation say that the account is frozen, dry run %s',
    (dryRun) =>
      lend('documented', async ({ org, run, row }) => {
        org.freeze(users.annBoss, users.admin)
        const note = `Account [${users.annBoss}] is frozen`
        const account = users.annBoss
        for (const title of ['Chief', row(account).Title]) {
          const step = await run('update', { account, Data: { title }, dryRun })
          expect([step.code, step.said.includes(note)]).toEqual([0, true])
        }
        const correlate = { field: 'employeeNumber', value: row(account).EmployeeNumber }
        const found = await run('create', { Data: joiner, correlate, dryRun })
        expect(found.output).toMatchObject({ AccountCorrelated: true, AccountReference: account })
        expect(found.said).toContain(note)

        org.fault({ when: { ...ofLogin, times: 2 }, effect: error(400, 'INVALID_TYPE') })
        const unseen = await run('update', { account, Data: { title: 'Head' }, dryRun })
        expect([unseen.code, unseen.said.includes('frozen')]).toEqual([0, false])
      }),
  )

  if (name !== 'the SCIM connector') return
  test.concurrent('SCIM alone enables, and says that it cannot see a freeze', () =>
    lend('documented', async ({ org, run, row }) => {
      org.freeze(users.leaver, users.admin)
      const step = await run('enable', { account: users.leaver, settings: { UseRestApi: false } })
      expect([step.code, row(users.leaver).IsActive]).toEqual([0, true])
      expect(step.said).toContain('Whether the account is frozen is not known')
      expect(step.requests.filter(({ path }) => path.startsWith('/services/data'))).toEqual([])
    }),
  )

  test.concurrent.each(['67.0', '31.0'])(
    'an ApiVersion %s that the org does not serve lets no frozen leaver in',
    (ApiVersion) =>
      lend('documented', async ({ org, run, row }) => {
        org.freeze(users.leaver, users.integration)
        const times = Number.POSITIVE_INFINITY
        const path = new RegExp(`/services/data/v${ApiVersion}`)
        org.fault({ when: { path, times }, effect: error(404, 'NOT_FOUND') })
        const step = await run('enable', { account: users.leaver, settings: { ApiVersion } })
        expect([step.code, step.writes, row(users.leaver).IsActive]).toEqual([1, [], false])
      }),
  )
})
