import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { type Action, joiner } from './host.ts'
import { hosts } from './hosts.ts'

const { users, permissionSets } = seedIds
const own = users.integration

const token = { method: 'POST', path: /\/services\/oauth2\/token$/ }

describe.each(hosts)('the integration user and %s', (_name, _lend, lend) => {
  const actions: [Action, Record<string, unknown>][] = [
    ['update', { Data: { title: 'Robot' } }],
    ['enable', {}],
    ['disable', {}],
    ['disable', { settings: { DisableMode: 'freeze' } }],
    ['disable', { settings: { OnDisable: 'strip', DisableMode: 'deactivate' } }],
    ['delete', {}],
  ]
  const cases = actions.flatMap(([action, given]) =>
    [own, own.slice(0, 15)].flatMap((account) =>
      [false, true].map((dryRun) => [action, JSON.stringify(given), account, dryRun, given] as const),
    ),
  )
  test.concurrent.each(cases)(
    '%s %s of [%s] fails before anything is written, dry run %s',
    (action, _text, account, dryRun, given) =>
      lend('documented', async ({ run, row }) => {
        const before = row(own)
        const step = await run(action, { ...given, account, dryRun })
        expect([step.code, step.writes]).toEqual([1, []])
        expect(step.said).toContain(`account [${account}] is the integration user`)
        expect({ ...row(own), LastLoginDate: '' }).toEqual({ ...before, LastLoginDate: '' })
        // Nothing is asked for it: the sign-in tells who it is.
        expect(step.requests).toHaveLength(1)
      }),
  )

  test.concurrent.each([false, true])('create does not correlate with it, dry run %s', (dryRun) =>
    lend('documented', async ({ run, change }) => {
      change(own, { EmployeeNumber: 'R1' })
      const step = await run('create', {
        Data: joiner,
        correlate: { field: 'employeeNumber', value: 'R1' },
        dryRun,
      })
      expect([step.code, step.writes]).toEqual([1, []])
      expect(step.said).toContain(`account [${own}] is the integration user`)
    }),
  )

  test.concurrent('a kept token knows it too', () =>
    lend('documented', async ({ run }) => {
      const folder = mkdtempSync(join(tmpdir(), 'tokens-'))
      const settings = { TokenCache: join(folder, 'tokens.json') }
      try {
        await run('enable', { account: users.obrien, settings })
        const step = await run('disable', { account: own, settings })
        expect([step.code, step.requests]).toEqual([1, []])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }),
  )

  const answerOf = (id: unknown): object => ({ access_token: '00D!token', token_type: 'Bearer', id })
  test.concurrent.each([
    ['of 15 characters', `https://login.salesforce.com/id/00D5g000004AbCdEAK/${own.slice(0, 15)}`],
    ['with a final slash', `https://login.salesforce.com/id/00D5g000004AbCdEAK/${own}/`],
    ['with a query', `https://login.salesforce.com/id/00D5g000004AbCdEAK/${own}?format=json`],
  ])('its id is read from an identity URL %s', (_form, id) =>
    lend('documented', async ({ org, run }) => {
      org.fault({ when: token, effect: { kind: 'answer', status: 200, body: answerOf(id) } })
      const step = await run('disable', { account: own })
      expect([step.code, step.requests.length]).toEqual([1, 1])
      expect(step.said).toContain('is the integration user')
    }),
  )

  test.concurrent.each([
    [undefined],
    [''],
    ['nonsense'],
    [7],
    ['https://x.test/id/00D5g000004AbCdEAK/00G5g0000000001EAA'],
  ])('an answer whose id is [%s] is no reason to crash, and makes no freeze the own one', (id) =>
    lend('documented', async ({ org, run, row }) => {
      const times = Number.POSITIVE_INFINITY
      const access_token = org.org.issueToken(own, new Date())
      const body = { ...answerOf(id), access_token }
      org.fault({ when: { ...token, times }, effect: { kind: 'answer', status: 200, body } })
      expect((await run('disable', { account: users.obrien })).code).toBe(0)
      const enabled = await run('enable', { account: users.obrien })
      expect([enabled.code, row(users.obrien).IsActive]).toEqual([1, false])
      expect(enabled.said).toContain('did not tell which user the connector itself is')
    }),
  )

  test.concurrent('where the answer has no id, the user name that was signed in with tells', () =>
    lend({ passwordFlow: 'allowed' }, async ({ org, run, row }) => {
      const times = Number.POSITIVE_INFINITY
      const body = { access_token: org.org.issueToken(own, new Date()), token_type: 'Bearer' }
      org.fault({ when: { ...token, times }, effect: { kind: 'answer', status: 200, body } })
      const settings = {
        AuthenticationFlow: 'password',
        UserName: row(own).Username.toUpperCase(),
        Password: seedCredentials.password,
      }
      const refused = await run('disable', { account: own, settings })
      expect([refused.code, refused.writes]).toEqual([1, []])
      expect(refused.said).toContain('is the integration user')
      expect((await run('disable', { account: users.obrien, settings })).code).toBe(0)
      expect((await run('enable', { account: users.obrien, settings })).code).toBe(0)
    }),
  )
})

const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
test.concurrent.each(
  ['salesforce-scim', 'salesforce-apex-rest'].flatMap((connector) =>
    ['grantPermission', 'revokePermission', 'subPermissions'].flatMap((name) =>
      [false, true].map((dryRun) => [connector, name, dryRun] as const),
    ),
  ),
)('%s: %s of the integration user writes nothing, dry run %s', async (connector, name, DryRun) => {
  const org = await startSimulator()
  try {
    const actionContext = {
      DryRun,
      Operation: 'grant',
      Configuration: {
        BaseUrl: org.url,
        ClientID: seedCredentials.clientId,
        ClientSecret: seedCredentials.clientSecret,
        SubPermissionField: 'Department.ExternalId',
        SubPermissionMapping: 'SAL = Data_Export',
      },
      References: { Account: own, Permission: permission },
    }
    const contract = { Context: { InConditions: true }, Department: { ExternalId: 'SAL' } }
    const personContext = { Person: { Contracts: [contract] } }
    const run = await answer(name, { actionContext, personContext }, connector)
    expect([run.code, org.writes()]).toEqual([1, []])
    expect(JSON.stringify(run.output.AuditLogs)).toContain('is the integration user')
  } finally {
    await org.close()
  }
})
