import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'
import { orgs } from './dialects.ts'
import { joiner, withCase, withHost } from './host.ts'

const { users, profiles, roles } = seedIds
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

describe.each(orgs)(
  'in the org %s, create finds the account of a person',
  (_name, dialect, lend, lendCase) => {
    test.concurrent.each([
      ['employeeNumber', '100001', users.annBoss],
      ['externalId', 'e100001', users.annBoss],
      ['externalId', "e100003'X", users.obrien],
      ['userName', 'Ann.Boss@ACME.example', users.annBoss],
      ['userName', "S.O'Brien@acme.example", users.obrien],
      ['emailAddress', 'ANN.boss@acme.example', users.annBoss],
      ['id', users.annBoss, users.annBoss],
      ['id', users.annBoss.slice(0, 15), users.annBoss],
      ['Cost_Code__c', 's-41', users.obrien],
      ['Badge_Number__c', '4411', users.obrien],
      ['EMPLOYEENUMBER', '100002', users.leaver],
    ])('by %s %s, and writes nothing', (field, value, id) =>
      lendCase(dialect, async ({ run, row }) => {
        const before = row(id)
        const step = await run('create', { Data: joiner, correlate: { field, value } })
        expect(step.said).toMatch(/^Correlated account: /)
        expect(step.output).toMatchObject({ Success: true, AccountReference: id, AccountCorrelated: true })
        expect(step.output.AuditLogs).toMatchObject([{ Action: 'CorrelateAccount', IsError: false }])
        expect(step.output.Data?.['id']).toBe(id)
        expect(step.writes).toEqual([])
        expect(row(id)).toEqual(before)
      }),
    )

    test.concurrent('more than one is a failure that names their number, and nothing is written', () =>
      lend(dialect, async ({ run, name }) => {
        const correlate = { field: 'employeeNumber', value: '100777' }
        const step = await run('create', { Data: joiner, correlate })
        expect(step.code).toBe(1)
        expect(step.said).toContain(
          `Multiple accounts found for person where ${name('employeeNumber')} is: [100777]`,
        )
        expect(step.said).toContain('there are 2')
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent.each([
      ["O'Neil"],
      ['say "hi"'],
      ['ends with \\'],
      ['a+b&c#d%20=e?'],
      ['Åsa Çelik 你好'],
      ['" or userName pr or externalId eq "'],
      ["\\' OR Name != '"],
    ])('by externalId %s, and creates it where there is none', (value) =>
      lendCase(dialect, async ({ run, row }) => {
        const correlate = { field: 'externalId', value }
        const absent = await run('create', { Data: { ...joiner, externalId: value }, correlate })
        expect(absent.output).toMatchObject({ Success: true, AccountCorrelated: false })
        const id = absent.output.AccountReference ?? ''
        expect(row(id).FederationIdentifier).toBe(value)

        const found = await run('create', { Data: joiner, correlate })
        expect(found.said).toContain(`[${value}]`)
        expect(found.output).toMatchObject({ Success: true, AccountReference: id, AccountCorrelated: true })
        expect(found.writes).toEqual([])
      }),
    )

    test.concurrent('two that share a value with an apostrophe are as ambiguous as any', () =>
      lend(dialect, async ({ run, change }) => {
        for (const id of [users.twinOne, users.twinTwo]) change(id, { EmployeeNumber: "10'777" })
        const correlate = { field: 'employeeNumber', value: "10'777" }
        const step = await run('create', { Data: joiner, correlate })
        expect(step.output.Success).toBe(false)
        expect(step.said).toContain('there are 2')
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent('that an earlier create made, so that there is one', () =>
      lend(dialect, async ({ run, org }) => {
        const given = { Data: joiner, correlate: { field: 'employeeNumber', value: joiner.employeeNumber } }
        const size = org.org.users.size
        const first = await run('create', given)
        const second = await run('create', given)
        expect([first.output.AccountCorrelated, second.output.AccountCorrelated]).toEqual([false, true])
        expect(second.output.AccountReference).toBe(first.output.AccountReference)
        expect(second.writes).toEqual([])
        expect(org.org.users.size).toBe(size + 1)
      }),
    )
  },
)

describe.each(hosts)('correlation by %s', (_name, lend, lendCase) => {
  test.concurrent('that is off looks for nobody', () =>
    lend('documented', async ({ run }) => {
      const Data = { ...joiner, profile: profiles.standardUser, employeeNumber: '100001' }
      const { output, requests } = await run('create', { Data })
      expect(output).toMatchObject({ Success: true, AccountCorrelated: false })
      const reads = requests.slice(0, -1).map(({ search, body }) => search + body)
      expect(reads.join('\n')).not.toContain('100001')
    }),
  )

  test.concurrent('without the value of a person field looks for the mapped one', () =>
    lend('documented', async ({ run }) => {
      const correlation = {
        Enabled: true,
        PersonField: '',
        PersonFieldValue: null,
        AccountField: 'employeeNumber',
        AccountFieldValue: '100001',
      }
      const { output } = await run('create', { Data: joiner, correlation })
      expect(output).toMatchObject({ AccountReference: users.annBoss, AccountCorrelated: true })
    }),
  )

  test.concurrent('finds what creates at once made of one value, and correlates with neither', () =>
    lendCase('documented', async ({ org, run }) => {
      const correlate = { field: 'employeeNumber', value: '900001' }
      const create = (userName: string) =>
        run('create', {
          Data: {
            ...joiner,
            userName,
            nickName: userName,
            profile: profiles.standardUser,
            employeeNumber: '900001',
            externalId: userName,
          },
          correlate,
        })
      // Each looks before the other has written: nothing in Salesforce keeps employee numbers unique.
      const made = await Promise.all([
        create('first.900001@acme.example'),
        create('second.900001@acme.example'),
      ])
      expect(made.map(({ output }) => output.Success)).toEqual([true, true])
      const before = org.org.users.size
      const step = await create('third.900001@acme.example')
      expect([step.code, org.org.users.size]).toEqual([1, before])
      expect(step.said).toMatch(/Multiple accounts found .*: there are 2/)
    }),
  )

  test.concurrent.each([
    ['no value', { AccountField: 'employeeNumber', PersonFieldValue: ' ' }, /PersonFieldValue is empty/],
    ['no field', { AccountField: '', PersonFieldValue: '1' }, /AccountField is empty/],
    ['a filter as field', { AccountField: "x' or 1=1", PersonFieldValue: '1' }, /(is not|cannot be) a field/],
  ])('with %s fails before anything is sent', (_what, correlation, sentence) =>
    lendCase('documented', async ({ run }) => {
      const step = await run('create', { Data: joiner, correlation: { Enabled: true, ...correlation } })
      expect(step.code).toBe(1)
      expect(step.said).toMatch(sentence)
      expect(step.requests).toEqual([])
    }),
  )

  test.concurrent.each([
    ['displayName', 'ANN BOSS'],
    ['familyName', 'boss'],
    ['givenName', 'Ann'],
    ['nickName', 'Ann.Boss'],
    ['title', 'SVP Sales'],
  ])('can be by %s too', (field, value) =>
    lendCase('documented', async ({ run }) => {
      const { output, said } = await run('create', { Data: joiner, correlate: { field, value } })
      expect(said).toContain('Correlated')
      expect(output).toMatchObject({ AccountReference: users.annBoss, AccountCorrelated: true })
    }),
  )

  test.concurrent('shows the account as the org has it, whatever is mapped', () =>
    lend('documented', async ({ run }) => {
      const step = await run('create', {
        Data: { ...joiner, title: 'Other', Cost_Code__c: 'X', Badge_Number__c: 1, manager: null },
        correlate: { field: 'employeeNumber', value: '100003' },
      })
      expect(step.output.Data).toEqual({
        id: users.obrien,
        userName: "s.o'brien@acme.example",
        givenName: 'Seán',
        familyName: "O'Brien",
        emailAddress: "s.o'brien@acme.example",
        employeeNumber: '100003',
        externalId: "E100003'x",
        profile: "Sales Rep's Profile",
        title: 'Account manager',
        Cost_Code__c: 'S-41',
        Badge_Number__c: '4411',
        manager: users.annBoss,
      })
    }),
  )
})

describe('correlation by SCIM', () => {
  test.concurrent('knows its fields, so that a misspelt one fails before anything is sent', () =>
    withCase('documented', async ({ run }) => {
      const correlate = { field: 'employeNumber', value: '1' }
      const step = await run('create', { Data: joiner, correlate })
      expect(step.said).toContain('[employeNumber] is not a field: is employeeNumber meant?')
      expect(step.requests).toEqual([])
    }),
  )

  test.concurrent('can be by a whole surname', () =>
    withCase('documented', async ({ run }) => {
      const correlate = { field: 'familyNameFormatted', value: 'Boss' }
      const { output } = await run('create', { Data: joiner, correlate })
      expect(output).toMatchObject({ AccountReference: users.annBoss, AccountCorrelated: true })
    }),
  )

  test.concurrent(
    'asks for employeeNumber by its full URN, in one request after the sign-in, before the freeze',
    () =>
      withHost('documented', async ({ run }) => {
        const correlate = { field: 'employeeNumber', value: '100001' }
        const { requests } = await run('create', { Data: joiner, correlate })
        expect(requests).toHaveLength(3)
        expect(requests[1]?.query['filter']).toBe(`${enterprise}:employeeNumber eq "100001"`)
      }),
  )

  test.concurrent.each([
    ['phone', '+3120 1', { Phone: '+3120 1' }],
    ['alias', 'lverlore', { Alias: 'lverlore' }],
    ['role', roles.ceo, { UserRoleId: roles.ceo }],
    ['manager', users.platform, { ManagerId: users.platform }],
    ['companyName', 'Acme', { CompanyName: 'Acme' }],
  ])('by %s, which SCIM cannot filter on alone, asks the REST API', (field, value, fields) =>
    withCase('documented', async ({ run, change }) => {
      change(users.leaver, fields)
      const { output, said } = await run('create', { Data: joiner, correlate: { field, value } })
      expect(said).toContain('Correlated')
      expect(output).toMatchObject({ AccountReference: users.leaver, AccountCorrelated: true })
    }),
  )

  test.concurrent('whose filter the org refuses makes no account where there is no other way to look', () =>
    withHost({ filterApostrophe: 'breaks' }, async ({ run }) => {
      const step = await run('create', {
        Data: joiner,
        correlate: { field: 'externalId', value: "E100003'x" },
        settings: { UseRestApi: false },
      })
      expect(step.code).toBe(1)
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent.each([
    [true, 0, true],
    [false, 1, undefined],
  ])(
    'by an answer that counts an account and shows none makes no second one (UseRestApi: %s)',
    (UseRestApi, code, correlated) =>
      withHost(
        'documented',
        async ({ run }) => {
          const step = await run('create', {
            Data: { ...joiner, employeeNumber: '100003' },
            correlate: { field: 'employeeNumber', value: '100003' },
            settings: { UseRestApi },
          })
          expect([step.code, step.output.AccountCorrelated, step.writes]).toEqual([code, correlated, []])
        },
        ({ path }) =>
          path.includes('filter=') ? { status: 200, body: JSON.stringify({ totalResults: 1 }) } : undefined,
      ),
  )

  test.concurrent('by an org that ignores filters takes nobody, and makes no account', () =>
    withHost(
      'documented',
      async ({ run }) => {
        const step = await run('create', { Data: joiner, correlate: { field: 'externalId', value: 'E9' } })
        expect(step.code).toBe(1)
        expect(step.writes).toEqual([])
      },
      ({ path }) =>
        path.includes('filter=')
          ? { status: 200, body: JSON.stringify({ totalResults: 1, Resources: [{ id: users.admin }] }) }
          : undefined,
    ),
  )

  test.concurrent.each([
    ['without Resources', { totalResults: 1 }],
    ['with an empty list', { totalResults: 1, Resources: [] }],
    ['with a total that is no number', { totalResults: 'one' }],
  ])('by a search that counts somebody and shows nobody, %s, makes no account', (_how, body) =>
    withHost(
      'documented',
      async ({ run }) => {
        const step = await run('create', {
          Data: joiner,
          correlate: { field: 'employeeNumber', value: '100001' },
          // With REST, SOQL tells who it is.
          settings: { UseRestApi: false },
        })
        expect(step.code).toBe(1)
        expect(step.writes).toEqual([])
      },
      ({ path }) => (path.includes('filter=') ? { status: 200, body: JSON.stringify(body) } : undefined),
    ),
  )
})
