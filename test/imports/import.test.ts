import { fields } from '../../connectors/salesforce-scim/accounts/fields.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Dialect } from '../../simulator/dialect/dialect.ts'
import { connectors, flagship } from '../connectors.ts'
import {
  type Account,
  contextFor,
  idsOf,
  listedIds,
  routes,
  runCase,
  runImport,
  runnersOf,
  userRequests,
  withOrg,
  withUsers,
} from './support.ts'

const { users } = seedIds
describe.each(routes)('an import %s', (_name, route) => {
  const { isSoql, settings, names } = route
  const { runCase, runImport } = runnersOf(route)
  const some = names('userName', 'employeeNumber', 'department')

  test.each(route.connector === flagship ? [0, 1, 20, 40, 199, 200, 201, 2000, 2001, 4500] : [0, 2000, 4500])(
    'gives each of %i accounts once, in order, and exits 0',
    async (total) => {
      const perform = total === 0 || total === 4500 ? runImport : runCase
      await withUsers(total, 'documented', async (org) => {
        const run = await perform<Account>('import', contextFor(org.url, settings, { ImportFields: some }))
        expect(run.errors).toEqual([])
        expect(run.code).toBe(0)
        expect(idsOf(run)).toHaveLength(total)
        expect(idsOf(run)).toEqual(listedIds(org))
        expect(org.writes()).toEqual([])
        // 2,000 in a request, each beginning with the last of the one before, and one that counts who is left out.
        if (isSoql) expect(userRequests(org).length).toBeLessThanOrEqual(Math.ceil(total / 1999) + 2)
      })
    },
  )

  test('sends few requests for 1,000 accounts', async () => {
    await withUsers(1000, 'documented', async (org) => {
      await runCase('import', contextFor(org.url, settings))
      // One page and one count by SOQL; five pages, one trial of `attributes` and one look behind the last id over SCIM.
      expect(userRequests(org)).toHaveLength(isSoql ? 2 : 8)
    })
  })

  test('names accounts as create does, with what a host requires', async () => {
    await withOrg({}, async (org) => {
      const [userName = '', active = '', employeeNumber = ''] = names('userName', 'active', 'employeeNumber')
      const context = contextFor(org.url, settings, {
        ImportFields: [userName, 'Cost_Code__c', active],
        CorrelationConfiguration: { Enabled: true, AccountField: employeeNumber },
      })
      const { objects } = await runImport<Account>('import', context)
      expect(objects.find(({ AccountReference }) => AccountReference === users.obrien)).toEqual({
        AccountReference: users.obrien,
        DisplayName: "Seán O'Brien",
        UserName: "s.o'brien@acme.example",
        Enabled: true,
        Data: {
          [userName]: "s.o'brien@acme.example",
          Cost_Code__c: 'S-41',
          [active]: 'true',
          [employeeNumber]: '100003',
        },
      })
      const leaver = objects.find(({ AccountReference }) => AccountReference === users.leaver)
      expect(leaver).toMatchObject({ Enabled: false, Data: { [active]: 'false', Cost_Code__c: '' } })
      const admin = objects.find(({ AccountReference }) => AccountReference === users.admin)
      expect(admin?.Data).toHaveProperty(employeeNumber, '')
    })
  })

  test('gives Data without fields when none are asked for', async () => {
    await withOrg({}, async (org) => {
      const { objects } = await runCase<Account>('import', contextFor(org.url, settings))
      expect(objects.map(({ Data }) => Data)).toEqual(objects.map(() => ({})))
    })
  })

  test('names are never empty, never over 100 characters, and no character is cut in half', async () => {
    await withOrg({}, async (org) => {
      const row = org.org.users.get(users.annBoss)
      if (row === undefined) throw new Error('the seed has changed')
      org.org.users.update(row, { FirstName: 'A'.repeat(98), LastName: '😀😀😀' })
      const twin = org.org.users.get(users.twinOne)
      if (twin === undefined) throw new Error('the seed has changed')
      org.org.users.update(twin, { FirstName: null, LastName: '', Username: '' })
      const { objects } = await runCase<Account>('import', contextFor(org.url, settings))
      const long = objects.find(({ AccountReference }) => AccountReference === users.annBoss)
      // The 100th of UTF-16's units would be half a character.
      expect(long?.DisplayName).toBe(`${'A'.repeat(98)} `)
      const empty = objects.find(({ AccountReference }) => AccountReference === users.twinOne)
      expect(empty).toMatchObject({ DisplayName: users.twinOne, UserName: users.twinOne })
      for (const { DisplayName, UserName } of objects) {
        expect([...DisplayName].length).toBeLessThanOrEqual(100)
        expect(DisplayName.length * UserName.length).toBeGreaterThan(0)
      }
    })
  })

  test('leaves out users that are no people, and counts them', async () => {
    await withOrg({}, async (org) => {
      const run = await runCase<Account>('import', contextFor(org.url, settings))
      expect(idsOf(run)).not.toContain(users.guest)
      expect(idsOf(run)).not.toContain(users.automatedProcess)
      expect(run.log).toMatch(isSoql ? /Left out: 2 users/ : /Left out: 0 users/)
    })
  })

  test('gives only the user types and the states that are chosen', async () => {
    await withOrg({}, async (org) => {
      const row = org.org.users.get(users.platform)
      if (row === undefined) throw new Error('the seed has changed')
      org.org.users.update(row, { UserType: 'CsnOnly' })
      const standard = contextFor(org.url, { ...settings, ImportUserTypes: 'standard' })
      expect(idsOf(await runCase<Account>('import', standard))).not.toContain(users.platform)
      const both = contextFor(org.url, {
        ...settings,
        ImportUserTypes: ['CsnOnly', 'Standard'],
        ImportInactive: 'false',
      })
      const run = await runCase<Account>('import', both)
      expect(idsOf(run)).toContain(users.platform)
      expect(idsOf(run)).not.toContain(users.leaver)
      expect(run.objects.every(({ Enabled }) => Enabled)).toBe(true)
      expect(run.log).toMatch(isSoql ? /Left out: 3 users/ : /Left out: 1 users/)
    })
  })

  test('gives the same in a preview, by GET alone', async () => {
    await withOrg({}, async (org) => {
      const real = await runCase<Account>('import', contextFor(org.url, settings, { ImportFields: some }))
      org.clearRequests()
      const preview = { DryRun: true, ImportFields: some }
      expect((await runCase('import', contextFor(org.url, settings, preview))).stdout).toBe(real.stdout)
      expect(org.writes()).toEqual([])
    })
  })

  test('begins behind ImportResumeAfter, of either length', async () => {
    await withUsers(450, 'documented', async (org) => {
      const all = listedIds(org)
      for (const id of [all[9] ?? '', (all[203] ?? '').slice(0, 15)]) {
        const context = contextFor(org.url, { ...settings, ImportResumeAfter: id })
        const expected = all.filter((each) => each.slice(0, 15) > id.slice(0, 15))
        expect(idsOf(await runCase<Account>('import', context))).toEqual(expected)
      }
    })
  })
})

test('both routes give the same accounts with the same values, field by field', async () => {
  await withOrg({ users: 230 }, async (org) => {
    const restOnly = ['companyName', 'senderEmail', 'callCenter', 'isFrozen', 'lastLoginDate', 'userLicense']
    const custom = ['Cost_Code__c', 'Badge_Number__c', 'Remote_Worker__c']
    const ImportFields = [...Object.keys(fields).filter((name) => !restOnly.includes(name)), ...custom]
    const [rest, scim] = await Promise.all(
      [{ UseRestApi: true }, { UseRestApi: false }].map((settings) =>
        runImport<Account>('import', contextFor(org.url, settings, { ImportFields })),
      ),
    )
    expect(rest?.objects).toHaveLength(240)
    expect(Object.keys(rest?.objects[0]?.Data ?? {})).toEqual(ImportFields)
    // Without any custom value, SCIM shows no custom field of a user: a number or a text is then empty, a checkbox is not told.
    expect(scim?.objects).toEqual(rest?.objects)
  })
})

test.each(connectors)(
  'by REST an account of %s also tells whether it is frozen, its last sign-in, its licence and what SCIM has no attribute for',
  async (connector) => {
    await withOrg({}, async (org) => {
      const [login] = org.org.userLogins.where('UserId', users.obrien)
      const row = org.org.users.get(users.obrien)
      if (login === undefined || row === undefined) throw new Error('the seed has changed')
      org.org.userLogins.update(login, { IsFrozen: true })
      org.org.users.update(row, { LastLoginDate: '2026-01-15T09:12:44.000Z', CompanyName: 'Acme' })
      const ImportFields = ['isFrozen', 'lastLoginDate', 'userLicense', 'companyName']
      const { objects } = await runCase<Account>(
        'import',
        contextFor(org.url, {}, { ImportFields }),
        connector,
      )
      const dataOf = (id: string) => objects.find(({ AccountReference }) => AccountReference === id)?.Data
      expect(dataOf(users.obrien)).toEqual({
        isFrozen: 'true',
        lastLoginDate: '2026-01-15T09:12:44.000+0000',
        userLicense: 'Salesforce',
        companyName: 'Acme',
      })
      expect(dataOf(users.platform)).toEqual({
        isFrozen: 'false',
        lastLoginDate: '',
        userLicense: 'Salesforce Platform',
        companyName: '',
      })
    })
  },
)

test('without REST, what SCIM does not show is left out and named; the correlation field must be shown', async () => {
  await withOrg({}, async (org) => {
    const settings = { UseRestApi: false }
    const ImportFields = ['isFrozen', 'title', 'companyName']
    const run = await runImport<Account>('import', contextFor(org.url, settings, { ImportFields }))
    expect(run.code).toBe(0)
    expect(run.log).toContain('SCIM does not show isFrozen, companyName: left out of Data')
    expect(Object.keys(run.objects[0]?.Data ?? {})).toEqual(['title'])
    const correlation = { CorrelationConfiguration: { Enabled: true, AccountField: 'companyName' } }
    const refused = await runImport<Account>('import', contextFor(org.url, settings, correlation))
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.errors).toEqual([
      expect.stringContaining('set Configuration.UseRestApi to correlate on that'),
    ])
  })
})

test.each(connectors)('users that are no people can be asked for by REST with %s', async (connector) => {
  await withOrg({}, async (org) => {
    const context = contextFor(org.url, { ImportUserTypes: 'Guest, AutomatedProcess' })
    expect(idsOf(await runCase<Account>('import', context, connector))).toEqual([
      users.automatedProcess,
      users.guest,
    ])
  })
})

const switches: readonly Partial<Dialect>[] = [
  { pageCap: 1 },
  { pageCap: 7 },
  { pageCap: 2, startIndexCeiling: 5 },
  { defaultUserCount: 10 },
  { countOverCap: 'reject' },
  { startIndexZero: 'as-one' },
  { startIndexCeiling: null },
  { emptyUserList: 'empty-resources' },
  { attributesParameter: 'ignored' },
  { idFilter: 'rejected' },
  { idFilter: 'rejected', pageCap: 1 },
  { idFilter: 'rejected', pageCap: 7 },
  { filterNames: 'case-insensitive' },
  { filterApostrophe: 'breaks' },
  { groupAggregatesListed: true },
  { limitInfoOnScim: false },
  { twelveHourTimestamps: true },
]

describe.each(['pilot' as const, ...switches])('where the org is or has %j', (dialect) => {
  test('an import over SCIM gives the same accounts', async () => {
    await withOrg({ users: 250, dialect }, async (org) => {
      const settings = { UseRestApi: false }
      const ImportFields = [
        'userName',
        'employeeNumber',
        'department',
        'profile',
        'mobilePhone',
        'Cost_Code__c',
      ]
      const run = await runCase<Account>('import', contextFor(org.url, settings, { ImportFields }))
      expect(run.errors).toEqual([])
      expect(run.code).toBe(0)
      expect(idsOf(run)).toEqual(listedIds(org))
      const other = run.objects.find(({ AccountReference }) => AccountReference === users.obrien)
      expect(other?.Data).toMatchObject({ employeeNumber: '100003', Cost_Code__c: 'S-41' })
    })
  })
})

test('over SCIM only the attributes that are needed are asked for, once the org has shown that it honours that', async () => {
  await withUsers(600, 'documented', async (org) => {
    const context = contextFor(
      org.url,
      { UseRestApi: false },
      { ImportFields: ['department', 'mobilePhone'] },
    )
    await runCase('import', context)
    const asked = userRequests(org).map(({ query }) => query['attributes'])
    const names =
      'userName,displayName,active,userType,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department,phoneNumbers'
    expect(asked).toEqual([undefined, ...asked.slice(1).map(() => names)])
    expect(asked.length).toBeGreaterThan(3)
  })
})

test('where attributes are ignored they are asked for once', async () => {
  await withUsers(600, { attributesParameter: 'ignored' }, async (org) => {
    await runCase('import', contextFor(org.url, { UseRestApi: false }))
    expect(userRequests(org).filter(({ query }) => query['attributes'] !== undefined)).toHaveLength(1)
  })
})

describe('where the org does not filter by id', () => {
  const dialect = { idFilter: 'rejected' } as const
  const settings = { UseRestApi: false }

  test.each([2000, 2001, 2100, 2190, 2200])(
    'the %i accounts within reach of startIndex are given',
    async (total) => {
      await withUsers(total, dialect, async (org) => {
        const run = await runCase<Account>('import', contextFor(org.url, settings))
        expect(run.errors).toEqual([])
        expect(idsOf(run)).toEqual(listedIds(org))
      })
    },
  )

  test('more are a failure that says what to set', async () => {
    await withUsers(2201, dialect, async (org) => {
      const run = await runImport<Account>('import', contextFor(org.url, settings))
      expect(run.code).toBe(1)
      expect(run.errors).toEqual([expect.stringContaining('set Configuration.UseRestApi')])
      expect(idsOf(run)).toEqual(listedIds(org).slice(0, 2200))
    })
  })

  test('more are given where startIndex has no ceiling', async () => {
    await withUsers(2900, { ...dialect, startIndexCeiling: null }, async (org) => {
      expect(idsOf(await runCase<Account>('import', contextFor(org.url, settings)))).toEqual(listedIds(org))
    })
  })

  test('a resumed import looks for its beginning in the list', async () => {
    await withUsers(500, dialect, async (org) => {
      const all = listedIds(org)
      const context = contextFor(org.url, { ...settings, ImportResumeAfter: all[321] })
      expect(idsOf(await runCase<Account>('import', context))).toEqual(all.slice(322))
    })
  })
})
