import { faultEffects } from '../../simulator/faults/faults.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { connectors, flagship } from '../connectors.ts'
import {
  type Account,
  contextFor,
  idsOf,
  type Import,
  listedIds,
  routes,
  runCase,
  runImport,
  runnersOf,
  userRequests,
  withOrg,
  withUsers,
} from './support.ts'

/** One sentence, exit 1, and nothing that is not a line. */
function expectFailure(run: Import<unknown>, saying: string | RegExp): void {
  expect(run.errors).toEqual([
    typeof saying === 'string' ? expect.stringContaining(saying) : expect.stringMatching(saying),
  ])
  expect(run.code).toBe(1)
  expect(run.errors.join()).not.toMatch(/\n|\bat .+:\d+:\d+/)
}

/** The built script says the same of all settings that are wrong: one before anything is sent, and one by the sign-in. */
const script = ['ImportInactive', 'ClientSecret']

describe.each(['import', 'importPermissions'] as const)('%s', (action) => {
  test.each([
    ['nothing', '', 'stdin is empty'],
    ['no JSON', '{', 'stdin is not JSON'],
    ['no DryRun', { Configuration: {} }, 'DryRun is missing'],
    ['a DryRun that is a text', { DryRun: 'true' }, 'DryRun must be a boolean'],
  ])('with %s on stdin writes no line and exits 2', async (_, context, saying) => {
    const run = await runImport(action, context)
    expect(run).toMatchObject({ code: 2, stdout: '', errors: [expect.stringContaining(saying)] })
  })

  describe.each(connectors)('of %s', (connector) => {
    test.each([
      [
        'ImportUserTypes',
        'Standart',
        'Configuration.ImportUserTypes [Standart] is not a type of user: is Standard meant?',
      ],
      ['ImportConcurrency', 0, 'Configuration.ImportConcurrency'],
      ['ImportConcurrency', '17', 'Configuration.ImportConcurrency'],
      ['ImportInactive', 'maybe', 'Configuration.ImportInactive must be a boolean'],
      ['ImportResumeAfter', '12345', 'Configuration.ImportResumeAfter [12345] is not a Salesforce id'],
      ['ImportResumeAfter', '00e5g0000000001AAA', 'that begin with 005'],
      ['PermissionTypes', 'Roles', 'Configuration.PermissionTypes [Roles] does not exist'],
      ['ClientSecret', 'wrong-secret-value', 'ClientSecret'],
    ])(
      'with the setting %s %j says what is wrong, writes no line and exits 1',
      async (name, value, saying) => {
        await withOrg({}, async (org) => {
          const isScript = connector === flagship && script.includes(name)
          const perform = isScript ? runImport : runCase
          const run = await perform(action, contextFor(org.url, { [name]: value }), connector)
          expectFailure(run, saying)
          expect(run.stdout).toBe('')
          if (isScript) expect(run.errors.join()).toContain('Nothing was written')
          if (name !== 'ClientSecret') expect(org.requests).toEqual([])
        })
      },
    )

    test('tells no secret', async () => {
      await withOrg({}, async (org) => {
        const perform = connector === flagship ? runImport : runCase
        const run = await perform(action, contextFor(org.url), connector)
        expect(run.code).toBe(0)
        const secrets = [seedCredentials.clientSecret, '!AQ', ...org.org.tokens.keys()]
        for (const secret of secrets) expect(run.stdout + run.log).not.toContain(secret)
      })
    })
  })
})

describe('import', () => {
  test('names every field that there is not, and the nearest that there is', async () => {
    await withOrg({}, async (org) => {
      const ImportFields = ['username', 'departmet', 'xyzzy']
      const CorrelationConfiguration = { Enabled: true, AccountField: 'employeNumber' }
      const run = await runCase('import', contextFor(org.url, {}, { ImportFields, CorrelationConfiguration }))
      expectFailure(run, /\[departmet\] is not a field: is department meant\?; .*\[xyzzy\] is not a field; /)
      expect(run.errors.join()).toContain('is employeeNumber meant?')
      expect(org.requests).toEqual([])
    })
  })

  test('says what to do about a field that the org does not have', async () => {
    await withOrg({}, async (org) => {
      const run = await runCase('import', contextFor(org.url, {}, { ImportFields: ['Cost_Centre__c'] }))
      expectFailure(
        run,
        /Cost_Centre__c.*a field that the org does not have, or that the integration user may not see/,
      )
    })
  })

  test('says what to do where the REST API is off, and goes over SCIM where it is told to', async () => {
    await withOrg({ dialect: { restEnabled: false } }, async (org) => {
      expectFailure(await runImport('import', contextFor(org.url)), 'set Configuration.UseRestApi to false')
      const run = await runImport<Account>('import', contextFor(org.url, { UseRestApi: false }))
      expect(idsOf(run)).toEqual(listedIds(org))
    })
  })

  test('cannot ask SCIM for users that it does not list', async () => {
    await withOrg({}, async (org) => {
      const context = contextFor(org.url, { UseRestApi: false, ImportUserTypes: 'Standard, Guest' })
      expectFailure(await runCase('import', context), 'SCIM does not list users of type Guest')
    })
  })
})

const isUsers = /\/v2\/Users$|\/query$/

describe.each(routes)('an import %s', (_name, route) => {
  const { isSoql, settings } = route
  const { runCase, runImport, runScript, saysWhereItStands } = runnersOf(route)
  const whole = (org: SimulatedOrg, perform = runImport) =>
    perform<Account>('import', contextFor(org.url, settings))
  const list = (users: readonly unknown[], more: object = {}) =>
    isSoql
      ? { totalSize: users.length, done: true, records: users, ...more }
      : { totalResults: users.length, Resources: users, ...more }

  test.each([
    ['that is no JSON', '<html>Down for maintenance</html>', 'a web page, not with data'],
    ['in which a user has no id', list([{ Username: 'a@b.example', userName: 'a@b.example' }]), 'has no id'],
    ['that is no list', { hello: 'world' }, 'something else than'],
  ])('ends at a page %s, with what it has', async (_, body, saying) => {
    await withUsers(4100, 'documented', async (org) => {
      const effect = { kind: 'answer', status: 200, body } as const
      org.fault({ when: { path: isUsers, search: /gt%20|Id%20%3E/, times: Infinity }, effect })
      const run = await whole(org)
      expectFailure(run, saying)
      if (saysWhereItStands) {
        const last = idsOf(run).at(-1) ?? ''
        expect(run.errors.join()).toContain(`end with [${last}]: set Configuration.ImportResumeAfter`)
      }
      expect(idsOf(run)).toEqual(listedIds(org).slice(0, idsOf(run).length))
      expect(idsOf(run).length).toBeGreaterThan(1000)
      expect(org.unfiredFaults()).toEqual([])
    })
  })

  test('finds out a server that gives the same page for ever', async () => {
    await withUsers(300, 'documented', async (org) => {
      const ids = listedIds(org).slice(0, 200)
      const users = ids.map((id) => ({ id, Id: id }))
      const body = list(
        users,
        isSoql
          ? { done: false, totalSize: 9000, nextRecordsUrl: '/services/data/v66.0/query/01g-2000' }
          : { totalResults: 9000 },
      )
      org.fault({ when: { path: isUsers, times: Infinity }, effect: { kind: 'answer', status: 200, body } })
      const run = await whole(org, runCase)
      expectFailure(run, 'gave the same page of a list twice')
      expect(idsOf(run)).toEqual(ids)
      expect(userRequests(org).length).toBeLessThan(15)
    })
  })

  test('finds out a server that always says that there is more', async () => {
    await withUsers(300, 'documented', async (org) => {
      const body = list(
        [],
        isSoql
          ? { done: false, totalSize: 9000, nextRecordsUrl: '/services/data/v66.0/query/01g-2000' }
          : { totalResults: 9000 },
      )
      const effect = { kind: 'answer', status: 200, body } as const
      const first = list(
        listedIds(org).map((id) => ({ id, Id: id })),
        isSoql
          ? { done: false, totalSize: 9000, nextRecordsUrl: '/services/data/v66.0/query/01g-2000' }
          : { totalResults: 9000 },
      )
      org.fault({ when: { path: isUsers }, effect: { kind: 'answer', status: 200, body: first } })
      org.fault({ when: { path: isUsers, occurrence: 2, times: Infinity }, effect })
      const run = await whole(org, runCase)
      expectFailure(run, 'more users follow, and lists none of them')
      expect(idsOf(run)).toEqual(listedIds(org))
      expect(userRequests(org).length).toBeLessThan(20)
    })
  })

  test('that fails in the middle keeps its lines, and the rest comes behind the id that it names, each once', async () => {
    await withUsers(4500, 'documented', async (org) => {
      const failing = org.fault({
        when: { path: isUsers, occurrence: 3, times: Infinity },
        effect: {
          kind: 'answer',
          status: 500,
          body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An error' }],
        },
      })
      const before = await whole(org, runScript)
      expectFailure(before, 'An error')
      expect(before.objects.length).toBeGreaterThan(0)
      failing.remove()
      const ImportResumeAfter = /ends? with \[(005\w{15})\]/.exec(before.errors.join())?.[1]
      expect(ImportResumeAfter).toBe(idsOf(before).at(-1))
      const after = await runScript<Account>(
        'import',
        contextFor(org.url, { ...settings, ImportResumeAfter }),
      )
      expect(after.code).toBe(0)
      expect([...idsOf(before), ...idsOf(after)]).toEqual(listedIds(org))
    })
  })

  test.each([
    ['is busy', faultEffects.unavailable(0)],
    ['breaks the connection off', { kind: 'reset' }],
    ['breaks its answer off', { kind: 'commit-then-truncate' }],
  ] as const)('tries again where the server %s', async (_, effect) => {
    await withUsers(900, 'documented', async (org) => {
      org.fault({ when: { path: isUsers, occurrence: 1, times: 1 }, effect })
      const run = await whole(org, runCase)
      expect(run.errors).toEqual([])
      expect(idsOf(run)).toEqual(listedIds(org))
      expect(org.unfiredFaults()).toEqual([])
    })
  })

  test('goes on with a new token when its own ends', async () => {
    await withUsers(4500, 'documented', async (org) => {
      org.fault({
        when: { path: isUsers, occurrence: 2 },
        change: (state) => {
          state.revokeTokens()
        },
      })
      const run = await whole(org, runCase)
      expect(run.code).toBe(0)
      expect(idsOf(run)).toEqual(listedIds(org))
    })
  })

  test('gives each account once that is there all the time, while others come and go', async () => {
    await withUsers(2600, 'documented', async (org) => {
      const all = listedIds(org)
      const staying = all.filter((_, at) => at % 5 !== 0)
      const leaving = all.filter((_, at) => at % 5 === 0)
      org.fault({
        when: { path: isUsers, times: Infinity },
        change: ({ users }) => {
          for (const id of leaving.splice(0, 12)) users.delete(id)
          for (const id of leaving.splice(-12)) users.delete(id)
        },
      })
      const run = await whole(org, runCase)
      expect(run.errors).toEqual([])
      expect(run.code).toBe(0)
      expect(new Set(idsOf(run)).size).toBe(idsOf(run).length)
      expect(idsOf(run)).toEqual([...idsOf(run)].sort())
      const seen = new Set(idsOf(run))
      expect(staying.filter((id) => !seen.has(id))).toEqual([])
    })
  })
})

test.each(connectors)('a count that fails takes nothing from an import by SOQL of %s', async (connector) => {
  await withOrg({}, async (org) => {
    const effect = {
      kind: 'answer',
      status: 500,
      body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An error' }],
    } as const
    org.fault({ when: { search: /COUNT/, times: Infinity }, effect })
    const run = await runCase<Account>('import', contextFor(org.url), connector)
    expect(run).toMatchObject({ code: 0, errors: [] })
    expect(run.log).toContain('could not be counted')
    expect(idsOf(run)).toEqual(listedIds(org))
  })
})
