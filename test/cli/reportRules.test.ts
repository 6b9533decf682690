import { readFieldRules } from '../../cli/lib/connector.ts'
import type { ImportedAccount } from '../../cli/import/importSummary.ts'
import { buildReport } from '../../cli/report/reportBuild.ts'
import type { Case } from '../../cli/report/reportCases.ts'
import { compareFields } from '../../cli/report/reportCompare.ts'
import { indexAccounts } from '../../cli/report/reportCorrelate.ts'
import { checkPath, readReportCorrelation } from '../../cli/report/reportCorrelation.ts'
import { withCreate, withUpdate } from '../../cli/report/reportExact.ts'
import { markup } from '../../cli/report/reportHtml.ts'
import { reportPage } from '../../cli/report/reportView.ts'
import { readPersons } from '../../cli/report/reportPersons.ts'
import { root } from '../process.ts'

const account = (
  id: string,
  Data: Record<string, string> = {},
  over: Partial<ImportedAccount> = {},
): ImportedAccount => ({
  AccountReference: id,
  DisplayName: id,
  UserName: `${id}@b.cd`,
  Enabled: true,
  Data,
  ...over,
})

describe('persons', () => {
  test.each([
    ['an array', '[{"ExternalId":"1"},{"ExternalId":"2"}]'],
    ['Persons', '{"Persons":[{"ExternalId":"1"},{"ExternalId":"2"}]}'],
    ['persons', '{"persons":[{"ExternalId":"1"},{"ExternalId":"2"}]}'],
    ['lines', '\uFEFF{"ExternalId":"1"}\r\n\r\n{"ExternalId":"2"}\r\n'],
    ['contexts', '[{"Person":{"ExternalId":"1"}},{"personContext":{"Person":{"ExternalId":"2"}}}]'],
  ])('are read from %s', (_what, text) => {
    expect(readPersons(text, 'p').map(({ ExternalId }) => ExternalId)).toEqual(['1', '2'])
  })

  test('may be one, over several lines', () => {
    expect(readPersons('{\n"ExternalId": "1"\n}', 'p')).toEqual([{ ExternalId: '1' }])
  })

  test.each([
    ['', /p is empty/],
    ['[]', /no persons in it/],
    ['[1]', /Person 1 of p is not a JSON object/],
    ['{"Persons":{}}', /Persons in p is not a list/],
    ['{"a":1}\n{"b":2}\n{', /Line 3 of p is not JSON/],
  ])('%j is refused in words', (text, sentence) => {
    expect(() => readPersons(text, 'p')).toThrow(sentence)
  })
})

test.each([
  ['Person.ExternalId=employeeNumber', {}, { field: 'employeeNumber', path: 'Person.ExternalId' }],
  ['userName=Person.UserName', {}, { field: 'userName', path: 'Person.UserName' }],
  [undefined, {}, { field: 'externalId', path: 'Person.ExternalId' }],
  [
    undefined,
    { CorrelationConfiguration: { enabled: true, personField: 'ExternalId', AccountField: 'alias' } },
    { field: 'alias', path: 'Person.ExternalId' },
  ],
])('%s with a context of %j correlates by %j', (given, context, expected) => {
  expect(readReportCorrelation(given, context, 'externalId')).toEqual(expected)
})

describe('correlation', () => {
  const long = '0055G0000000001AAA'
  const index = indexAccounts(
    [
      account('one', { externalid: 'Ab ' }),
      account('two', { externalId: 'aB' }),
      account('three', { externalId: '' }),
    ],
    'externalId',
    false,
  )

  test('finds every account that has the value, whatever its case, and none for nothing', () => {
    expect(index.find('AB').map(({ AccountReference }) => AccountReference)).toEqual(['one', 'two'])
    expect(index.find('')).toEqual([])
    expect(index.find('abc')).toEqual([])
  })

  test('takes ids by their first fifteen characters where the field holds ids', () => {
    const ids = indexAccounts([account('one', { manager: long })], 'manager', true)
    expect(ids.find(long.slice(0, 15))).toHaveLength(1)
    expect(ids.find(long.slice(0, 15).toLowerCase())).toHaveLength(0)
  })
})

describe('a comparison with an imported account', () => {
  const id = '00e5g0000000002AAA'
  const Data = {
    userName: 'A@B.cd',
    title: 'Boss',
    familyName: 'de Vries',
    familyNameFormatted: 'de Vries',
    manager: '0055g0000000003AAA',
    profile: id,
    emailAddressType: 'work',
    Remote__c: 'true',
    Badge__c: '4411.0',
  }
  const compare = async (mapped: Record<string, string>): Promise<ReturnType<typeof compareFields>> =>
    compareFields(new Map(Object.entries(mapped)), account('one', Data), {
      rules: await readFieldRules(root, 'salesforce-scim'),
      profiles: new Map([['Standard User', id]]),
      roles: new Map(),
    })

  test.each<[string, Record<string, string>]>([
    ['user names that differ in case', { USERNAME: 'a@b.CD' }],
    ['an id of fifteen characters', { manager: '0055g0000000003' }],
    ['a profile by its name', { profile: 'Standard User' }],
    ['a last name of two parts', { familyName: 'Vries', familyNamePrefix: 'de' }],
    ['the whole last name, which wins', { familyName: 'x', familyNameFormatted: 'de Vries' }],
    ['a checkbox in another spelling', { Remote__c: 'TRUE' }],
    ['a number in another spelling', { Badge__c: '4411' }],
  ])('finds no difference in %s', async (_what, mapped) => {
    expect(await compare(mapped)).toEqual({ changes: [], notCompared: [], problems: [] })
  })

  test.each<[string, Record<string, string>, [string, string, string]]>([
    ['a text in another case', { title: 'boss' }, ['title', 'Boss', 'boss']],
    ['a text that is cleared', { title: '' }, ['title', 'Boss', '']],
    ['a checkbox that is cleared', { Remote__c: '' }, ['Remote__c', 'true', 'false']],
    ['another last name', { familyNameFormatted: 'Vries' }, ['familyNameFormatted', 'de Vries', 'Vries']],
    [
      'another profile, by its name',
      { profile: '00e5g0000000001AAA' },
      ['profile', 'Standard User', '00e5g0000000001AAA'],
    ],
  ])('finds %s', async (_what, mapped, [field, before, after]) => {
    expect((await compare(mapped)).changes).toEqual([{ field, before, after }])
  })

  test.each([
    ['profile', 'Nobody Has It', /by a name that could not be turned into one id/],
    ['emailAddressType', 'home', /update does not write it/],
    ['active', 'true', /update does not write it/],
    ['city', 'Utrecht', /the import does not show it/],
    ['tittle', 'x', /not a field of the connector/],
  ])('lists %s %j as not compared, with the reason', async (field, value, why) => {
    const { changes, notCompared } = await compare({ [field]: value })
    expect(changes).toEqual([])
    expect(notCompared).toEqual([{ field, why: expect.stringMatching(why) as unknown }])
  })

  test('names what update would refuse', async () => {
    expect((await compare({ userName: '' })).problems).toEqual([expect.stringContaining('userName is empty')])
    expect((await compare({ familyName: '' })).problems).toEqual([
      expect.stringContaining('familyName is empty'),
    ])
    expect((await compare({ title: 'x'.repeat(81) })).problems).toEqual([
      expect.stringContaining('title has 81'),
    ])
  })
})

const caseOf = (name: string, accounts: readonly ImportedAccount[]): Case => ({
  person: { externalId: name, displayName: name },
  source: {},
  value: name,
  accounts,
  compared: { changes: [], notCompared: [], problems: [] },
  why: undefined,
})

describe("the connector's verdict", () => {
  const [one, two] = [account('0055g0000000001AAA'), account('0055g0000000002AAA')]
  const index = indexAccounts([one, two], 'x', false)

  test('counts where the import suggests otherwise, and the report says so', () => {
    const found = withCreate(
      caseOf('a', []),
      { Success: true, AccountCorrelated: true, AccountReference: '0055g0000000002AAA' },
      index,
    )
    expect(found.accounts).toEqual([two])
    expect(found.compared.problems).toEqual([expect.stringContaining("the connector's word counts")])
    const gone = withCreate(caseOf('a', [one]), { Success: true, AccountCorrelated: false }, index)
    expect(gone.accounts).toEqual([])
  })

  test('of a failure is shown with the person', () => {
    const failure = {
      Success: false,
      AuditLogs: [{ Action: 'CreateAccount', Message: 'No.', IsError: true }],
    }
    expect(withCreate(caseOf('a', []), failure, index).compared.problems).toEqual(['No.'])
    expect(withUpdate(caseOf('a', [one]), failure).compared.problems).toEqual(['No.'])
    const ambiguous = {
      Success: false,
      AuditLogs: [{ Action: 'CorrelateAccount', Message: '2', IsError: true }],
    }
    expect(withCreate(caseOf('a', [one, two]), ambiguous, index).compared.problems).toEqual([])
  })
})

const facts = {
  generatedAt: '2026-01-01T00:00:00.000Z',
  org: 'https://acme.example',
  connector: 'salesforce-scim',
  correlation: { personField: 'Person.ExternalId', accountField: 'externalId', rule: 'rule' },
  judgedBy: 'import' as const,
  mappingProblems: [],
  requests: 1,
}

test('values that an update would empty are counted by field', () => {
  const cases = ['a', 'b', 'c'].map((name) => {
    const changes = [
      { field: 'title', before: name === 'c' ? '' : 'x', after: '' },
      { field: 'city', before: 'x', after: name === 'a' ? '' : 'y' },
    ]
    const each = caseOf(name, [account(name)])
    return { ...each, compared: { ...each.compared, changes } }
  })
  const problem = 'title reads Person.Titel, which no person has'
  const report = buildReport({ ...facts, mappingProblems: [problem] }, [], cases)
  expect(report.emptied).toEqual([
    { field: 'title', accounts: 2 },
    { field: 'city', accounts: 1 },
  ])
  expect(reportPage(report)).toContain('title would be emptied in 2 accounts')
  expect(reportPage(report)).toContain(problem)
})

test('an account that two persons would get is told, and belongs to somebody', () => {
  const [one, two] = [account('one'), account('two')]
  const report = buildReport(facts, [one, two], [caseOf('a', [one]), caseOf('b', [one])])
  expect(report.sharedAccounts).toMatchObject([
    { account: { id: 'one' }, persons: [{ externalId: 'a' }, { externalId: 'b' }] },
  ])
  expect(report.unowned.map(({ id }) => id)).toEqual(['two'])
})

test('the page says who a manager is, and of whom one thing is said as of one', () => {
  const boss = account('0055g0000000003AAA', {}, { UserName: 'boss@b.cd' })
  const own = account('0055g0000000004AAA')
  const changes = [{ field: 'ManagerId', before: '0055g0000000009AAA', after: '0055g0000000003' }]
  const each = { ...caseOf('a', [own]), compared: { changes, notCompared: [], problems: [] } }
  const page = reportPage(buildReport(facts, [boss, own], [each, caseOf('b', [])]))
  expect(page).toContain('<span class="before">0055g0000000009AAA</span>')
  expect(page).toContain('<span class="after">boss@b.cd <code>0055g0000000003</code></span>')
  expect(page).toContain('<b>1</b> person would get a new account')
  expect(page).toContain('<b>0</b> persons cannot be judged')
})

test('markup escapes what it is given, and nothing twice', () => {
  const evil = `<b title="x" y='z'>&\u0000\u202e`
  expect(markup`<i>${evil}${markup`<u>${1}</u>`}</i>`.text).toBe(
    '<i>&lt;b title=&quot;x&quot; y=&#39;z&#39;&gt;&amp;\ufffd\ufffd<u>1</u></i>',
  )
})

test('a page of ten thousand accounts is whole, folds what is long, and names nothing to load', () => {
  const accounts = Array.from({ length: 10_000 }, (_, number) => account(`</script><img src=//x>${number}`))
  const page = reportPage(buildReport(facts, accounts, [caseOf('<script>alert(1)</script>', [])]))
  expect(page.match(/<tr>/g)).toHaveLength(10_000 + 3)
  expect(page).toContain('<details><summary>Show all 10000</summary>')
  expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/)
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).not.toMatch(/<img|<link|\b(src|href)="(?!#)|url\(|@import/)
  expect(page).not.toContain('undefined')
})

describe('a path of --correlate', () => {
  const persons = [
    { ExternalId: '1', Custom: { Badge: null } },
    { ExternalId: '2', PrimaryContract: { Title: { Name: 'x' } } },
  ]

  test.each(['Person.ExternalId', 'Person.Custom.Badge', 'Person.PrimaryContract.Title.Name'])(
    '%s that a person has is taken, if empty too',
    (path) => {
      expect(() => checkPath(persons, path, 'p.json')).not.toThrow()
    },
  )

  test.each([
    ['Person.ExternalID', 'No person in p.json has Person.ExternalID: is Person.ExternalId meant?'],
    ['Person.Custom.Bage', 'is Person.Custom.Badge meant?'],
    ['Person.constructor', 'No person in p.json has Person.constructor'],
    ['Person.ExternalId.length', 'No person in p.json has Person.ExternalId.length'],
  ])('%s that no person has is refused', (path, sentence) => {
    expect(() => checkPath(persons, path, 'p.json')).toThrow(sentence)
  })
})
