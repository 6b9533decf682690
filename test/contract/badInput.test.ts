import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import type { Run } from '../process.ts'
import { cells } from '../matrix.ts'
import {
  accountActions,
  actionNames,
  breaches,
  configuration,
  contextFor,
  type Json,
  launch,
  said,
} from './support.ts'

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())
beforeEach(() => org.clearRequests())

/** Secrets in the settings of a case, beyond those of the seed. */
const hidden = ['hunter2&+#%= "é\'\\']

const restActions = cells(actionNames, (name) =>
  /^(create|update|disable|uniquenessCheck|grantPermission)$/.test(name),
)

/** Every one of these actions must refuse this stdin, with this exit code and these words, before anything is sent. */
async function refused(
  names: readonly string[],
  stdin: (action: string) => unknown,
  code: number,
  words: string | RegExp,
): Promise<void> {
  expect(names.length).toBeGreaterThan(0)
  for (const action of names) expectRefusal(action, await answer(action, stdin(action)), code, words)
  expect(org.requests).toEqual([])
}

/** The same of the REST connector, by one action of each kind: what refuses it is the same code. */
async function refusedByBoth(...given: Parameters<typeof refused>): Promise<void> {
  const [names, stdin, code, words] = given
  await refused(names, stdin, code, words)
  for (const action of restActions.filter((name) => names.includes(name))) {
    expectRefusal(action, await answer(action, stdin(action), 'salesforce-apex-rest'), code, words)
  }
  expect(org.requests).toEqual([])
}

function expectRefusal(action: string, run: Run, code: number, words: string | RegExp): void {
  expect([action, ...breaches(run, code, hidden)]).toEqual([action])
  expect(run.output.AuditLogs).toHaveLength(1)
  if (typeof words === 'string') expect(said(run)).toContain(words)
  else expect(said(run)).toMatch(words)
  // The words also reach whoever debugs, as one line.
  expect(run.stderr).toContain('"level":"error"')
  expect(run.output).not.toHaveProperty('AccountReference')
}

const context = (action: string, over: Json = {}): Json => contextFor(action, org.url, over)
const settings = (over: Json) => (action: string) =>
  context(action, { Configuration: { ...configuration(org.url), ...over } })
const without = (name: string) => (action: string) => {
  const { [name]: _left, ...rest } = configuration(org.url)
  return context(action, { Configuration: rest })
}
const secretText = (): string => JSON.stringify({ Configuration: { ClientSecret: hidden[0] } })

describe('stdin that is no context ends with exit code 2', () => {
  const cases: readonly [string, () => string, string][] = [
    ['blanks', () => ' \r\n\t ', 'stdin is empty: an actionContext as JSON was expected.'],
    ['a byte order mark alone', () => '\uFEFF', 'stdin is empty'],
    ['a text', () => 'not JSON at all', 'stdin is not JSON: an actionContext was expected.'],
    ['JSON that was cut off', () => secretText().slice(0, -2), 'stdin is not JSON'],
    ['JSON with a comma too many', () => `${secretText().slice(0, -1)},}`, 'stdin is not JSON'],
    ['two documents', () => `${secretText()}\n${secretText()}`, 'stdin is not JSON'],
    ['a single quote', () => "{'DryRun': true}", 'stdin is not JSON'],
    ['endless brackets', () => '['.repeat(200_000), 'stdin is not JSON'],
    ['null', () => 'null', 'stdin holds null: an actionContext as a JSON object was expected.'],
    ['an array', () => '[{"DryRun":true}]', 'stdin holds an array'],
    ['a text as JSON', () => '"DryRun"', 'stdin holds a string'],
    ['a number', () => '42', 'stdin holds a number'],
    ['a boolean', () => 'true', 'stdin holds a boolean'],
  ]
  test.each(cases)('%s', async (_name, stdin, words) => {
    await refusedByBoth(actionNames, stdin, 2, words)
  })
})

describe('a context of the wrong shape ends with exit code 2', () => {
  const cases: readonly [string, Json, string][] = [
    ['DryRun that is a text', { DryRun: 'true' }, 'actionContext.DryRun must be a boolean'],
    ['DryRun that is a number', { DryRun: 1 }, 'actionContext.DryRun must be a boolean'],
    ['DryRun that is null', { DryRun: null }, 'actionContext.DryRun is missing'],
    ['DryRun that is an object', { DryRun: {} }, 'actionContext.DryRun must be a boolean'],
    [
      'a Configuration that is a text',
      { Configuration: 'x' },
      'actionContext.Configuration must be an object',
    ],
    [
      'a Configuration that is a list',
      { Configuration: [] },
      'actionContext.Configuration must be an object',
    ],
    ['Data that is a list', { Data: [] }, 'actionContext.Data must be an object'],
    ['Data that is a text', { Data: 'userName' }, 'actionContext.Data must be an object'],
    ['References that are a text', { References: '005' }, 'actionContext.References must be an object'],
    [
      'an account that is a number',
      { References: { Account: 5 } },
      'actionContext.References.Account must be',
    ],
    [
      'a permission that is a text',
      { References: { Permission: '0PS' } },
      'actionContext.References.Permission must be an object',
    ],
    [
      'a correlation whose Enabled is a text',
      { CorrelationConfiguration: { Enabled: 'yes' } },
      'actionContext.CorrelationConfiguration.Enabled must be a boolean',
    ],
    [
      'a correlation value that is a list',
      { CorrelationConfiguration: { Enabled: true, AccountField: 'externalId', PersonFieldValue: ['1'] } },
      'actionContext.CorrelationConfiguration.PersonFieldValue must be',
    ],
    [
      'several mistakes, all of which are named',
      { DryRun: 'no', Data: [] },
      'actionContext.DryRun must be a boolean; actionContext.Data must be an object',
    ],
  ]
  test.each(cases)('%s', async (_name, over, words) => {
    await refusedByBoth(actionNames, (action) => context(action, over), 2, words)
  })

  test('an object without DryRun: what is not clearly a preview must not become a real run', async () => {
    await refusedByBoth(actionNames, () => ({}), 2, 'actionContext.DryRun is missing')
    const bare = (action: string): Json => context(action, { DryRun: undefined })
    await refusedByBoth(actionNames, bare, 2, 'actionContext.DryRun is missing')
    await refusedByBoth(
      accountActions,
      (action) => ({ actionContext: bare(action) }),
      2,
      'actionContext.DryRun is missing',
    )
  })

  test('an envelope with nothing in it', async () => {
    await refusedByBoth(actionNames, () => ({ actionContext: null }), 2, 'actionContext is missing')
    await refusedByBoth(actionNames, () => ({ actionContext: [] }), 2, 'actionContext must be an object')
    await refusedByBoth(
      actionNames,
      () => ({ actionContext: 'x', personContext: 'y' }),
      2,
      'personContext must be an object',
    )
  })
})

describe('a setting that cannot be used ends with exit code 1', () => {
  const cases: readonly [string, (action: string) => unknown, string | RegExp][] = [
    [
      'no configuration',
      (action) => context(action, { Configuration: null }),
      'Configuration.BaseUrl is missing; Configuration.ClientID is missing; Configuration.ClientSecret must be set for AuthenticationFlow client_credentials.',
    ],
    ['an empty address', settings({ BaseUrl: ' ' }), 'Configuration.BaseUrl is missing'],
    ['no client', without('ClientID'), 'Configuration.ClientID is missing'],
    [
      'an address that is none',
      settings({ BaseUrl: 'acme' }),
      'Configuration.BaseUrl is not an address: expected https://',
    ],
    ['an address that is a number', settings({ BaseUrl: 7 }), 'Configuration.BaseUrl must be a string'],
    [
      'http to another machine',
      settings({ BaseUrl: 'http://acme.my.salesforce.com' }),
      'Configuration.BaseUrl is http: Salesforce must be reached over https (http is allowed to this machine only).',
    ],
    [
      'http to another machine for the sign-in',
      settings({ AuthenticationUri: 'http://login.salesforce.com' }),
      'Configuration.AuthenticationUri is http',
    ],
    [
      'a password in the address',
      settings({ BaseUrl: `https://me:${encodeURIComponent(hidden[0] ?? '')}@acme.my.salesforce.com` }),
      'Configuration.BaseUrl holds a user name or password',
    ],
    [
      'a flow that is none',
      settings({ AuthenticationFlow: 'oauth' }),
      'Configuration.AuthenticationFlow must be one of client_credentials, jwt_bearer, password',
    ],
    [
      'no secret',
      without('ClientSecret'),
      'Configuration.ClientSecret must be set for AuthenticationFlow client_credentials',
    ],
    [
      'a flow whose settings are missing',
      settings({ AuthenticationFlow: 'jwt_bearer' }),
      'Configuration.UserName and Configuration.PrivateKey must be set for AuthenticationFlow jwt_bearer',
    ],
    [
      'a key that is none',
      settings({ AuthenticationFlow: 'jwt_bearer', UserName: 'a@b.example', PrivateKey: hidden[0] }),
      'Configuration.PrivateKey is not a private key in PEM form',
    ],
    [
      'a password flow without password',
      settings({ AuthenticationFlow: 'password', UserName: 'a@b.example' }),
      'Configuration.Password must be set for AuthenticationFlow password',
    ],
    [
      'a boolean that is none',
      settings({ CreateActive: 'maybe' }),
      'Configuration.CreateActive must be a boolean',
    ],
    [
      'a time that is none',
      settings({ ActionTimeoutSeconds: 'soon' }),
      'Configuration.ActionTimeoutSeconds must be an integer',
    ],
    ['no time', settings({ ActionTimeoutSeconds: 0 }), 'Configuration.ActionTimeoutSeconds must be >= 1'],
    [
      'a version that is none',
      settings({ ApiVersion: 'latest' }),
      'Configuration.ApiVersion must be a version such as 66.0',
    ],
    [
      'a default profile that is a user',
      settings({ DefaultProfile: seedIds.users.annBoss }),
      'Configuration.DefaultProfile is the id of something else than a profile',
    ],
    [
      'several mistakes, all of which are named',
      settings({ BaseUrl: null, CreateActive: 'perhaps', ApiVersion: [] }),
      /Configuration\.BaseUrl is missing.*Configuration\.ApiVersion must be a string.*Configuration\.CreateActive must be a boolean/,
    ],
  ]
  test.each(cases)('%s', async (_name, stdin, words) => {
    await refusedByBoth(actionNames, stdin, 1, words)
  })

  test('a setting that is not known is a warning that names the one that may be meant, and no error', async () => {
    const run = await answer('disable', settings({ BaseURI: 'x', clientSecrett: hidden[0] })('disable'))
    expect(breaches(run, 0, hidden)).toEqual([])
    expect(run.stderr).toContain('Configuration.BaseURI is not a setting: is BaseUrl meant?')
    expect(run.stderr).toContain('Configuration.clientSecrett is not a setting: is ClientSecret meant?')
  })
})

describe('an account reference that is none ends with exit code 1', () => {
  const cases: readonly [string, Json | null, string][] = [
    ['no references', null, 'The account reference could not be found: References.Account is empty.'],
    ['no account', {}, 'References.Account is empty'],
    ['null', { Account: null }, 'References.Account is empty'],
    ['an empty text', { Account: '' }, 'References.Account is empty'],
    ['blanks', { Account: '  ' }, 'References.Account is empty'],
    ['an object without an id', { Account: { userName: 'a' } }, 'References.Account is empty'],
    ['an id that is an object', { Account: { Id: {} } }, 'References.Account is empty'],
    [
      'a slash',
      { Account: '0055g00000/0003AAA' },
      'References.Account [0055g00000/0003AAA] is not a Salesforce id: expected 15 or 18 letters and digits that begin with 005.',
    ],
    [
      'a way up',
      { Account: '../Groups/00G5g000' },
      'References.Account [../Groups/00G5g000] is not a Salesforce id',
    ],
    ['a question mark', { Account: '005?attributes=id' }, 'is not a Salesforce id'],
    ['a single quote', { Account: "0055g00000'0003AAA" }, 'is not a Salesforce id'],
    ['a double quote', { Account: '0055g00000"0003AAA' }, 'is not a Salesforce id'],
    ['an escaped slash', { Account: '0055g%2F0003AAA' }, 'is not a Salesforce id'],
    ['17 characters', { Account: '0055g0000000003AA' }, 'is not a Salesforce id'],
    ['an id of another kind', { Account: seedIds.profiles.standardUser }, 'that begin with 005'],
    ['the reference of a preview', { Account: 'DryRun: Currently not available' }, 'is not a Salesforce id'],
  ]
  test.each(cases)('%s', async (_name, References, words) => {
    await refusedByBoth(accountActions, (action) => context(action, { References }), 1, words)
  })

  test('an id in an object is taken, as a host may have stored it', async () => {
    const References = { Account: { Id: seedIds.users.annBoss } }
    const run = await answer('disable', context('disable', { DryRun: true, References }))
    expect(breaches(run, 0)).toEqual([])
  })
})

describe('a field that cannot be written ends with exit code 1', () => {
  const cases: readonly [string, Json, string | RegExp][] = [
    [
      'a name that is no field',
      { departement: 'x' },
      'Data.departement is not a field: is department meant?',
    ],
    ['a name that is like none', { shoeSize: 'x' }, 'Data.shoeSize is not a field; custom fields end in __c'],
    ['a name of the API', { FederationIdentifier: 'x' }, 'Data.FederationIdentifier is not a field'],
    ['a name with a dot', { 'name.givenName': 'x' }, 'Data.name.givenName is not a field'],
    ['a field twice', { title: 'x', TITLE: 'y' }, 'Data.TITLE is given twice, in another spelling'],
    [
      'a custom field twice',
      { Cost_Code__c: 'x', cost_code__c: 'y' },
      'Data.cost_code__c is given twice, in another spelling',
    ],
    ['an object', { title: { value: 'x' } }, 'Data.title must be a text'],
    ['a list of several', { title: ['x', 'y'] }, 'Data.title must be a text'],
    ['a text that is too long', { alias: 'x'.repeat(9) }, 'Data.alias has 9 characters: Salesforce takes 8'],
    [
      'a userName that is no address',
      { userName: 'ann' },
      'Data.userName must have the form of an e-mail address',
    ],
    [
      'a manager that is a name',
      { manager: 'Ann Boss' },
      'Data.manager [Ann Boss] is not a Salesforce id: expected 15 or 18',
    ],
    ['a manager with a quote', { manager: "0055g00000'0003AAA" }, 'is not a Salesforce id'],
    [
      'several mistakes, all of which are named',
      { usrName: 'x', title: {}, alias: 'x'.repeat(80) },
      /(?=.*Data\.usrName is not a field: is userName meant\?)(?=.*Data\.title must be a text)(?=.*Data\.alias has 80 characters)/,
    ],
  ]
  test.each(cases)('%s', async (_name, Data, words) => {
    const base = (action: string): Json => ({ ...(context(action)['Data'] as Json) })
    await refused(
      ['create', 'update', 'uniquenessCheck'],
      (action) => context(action, { Data: { ...base(action), ...Data } }),
      1,
      words,
    )
  })

  test('a list in a list in a list, and so on', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const stdin = (action: string): string =>
      JSON.stringify(context(action, { Data: { title: 'deep' } })).replace('"deep"', deep)
    await refused(['create', 'update', 'uniquenessCheck'], stdin, 1, 'Data.title must be a text')
  })

  test("a manager's account that is none", async () => {
    for (const ManagerAccount of ["0055g00000'0003AAA", '005/../x', seedIds.profiles.standardUser]) {
      const References = { Account: seedIds.users.annBoss, ManagerAccount }
      const stdin = (action: string): Json => context(action, { References })
      await refused(
        ['create', 'update'],
        stdin,
        1,
        /References\.ManagerAccount \[.*\] is not a Salesforce id/,
      )
    }
  })

  test('a new account without what Salesforce requires', async () => {
    const stdin = (): Json =>
      context('create', {
        Data: { title: 'x' },
        CorrelationConfiguration: { Enabled: false },
        Configuration: configuration(org.url, { DefaultProfile: '' }),
      })
    const words =
      'Salesforce requires Data.userName, Data.emailAddress, Data.familyName (or familyNameFormatted), Data.profile (or the setting DefaultProfile) for a new user: map a value.'
    await refused(['create'], stdin, 1, words)
  })
})

describe('a correlation that cannot be carried out ends with exit code 1: nothing is created unlooked for', () => {
  const on = { Enabled: true, PersonField: 'Person.ExternalId', AccountField: 'externalId' }
  const cases: readonly [string, Json, string][] = [
    ['no field', { ...on, AccountField: '' }, 'CorrelationConfiguration.AccountField is empty'],
    [
      'a field that is none',
      { ...on, AccountField: 'employeeNumbr', PersonFieldValue: '1' },
      'CorrelationConfiguration.AccountField [employeeNumbr] is not a field: is employeeNumber meant?',
    ],
    [
      'a field that is a filter',
      { ...on, AccountField: 'userName pr or externalId', PersonFieldValue: '1' },
      'CorrelationConfiguration.AccountField [userName pr or externalId] is not a field',
    ],
    [
      'no value',
      on,
      'CorrelationConfiguration.PersonFieldValue is empty: make sure that Person.ExternalId has a value.',
    ],
    ['an empty value', { ...on, PersonFieldValue: '', AccountFieldValue: '' }, 'PersonFieldValue is empty'],
    [
      'a blank value',
      { ...on, PersonFieldValue: '  ', AccountFieldValue: null },
      'PersonFieldValue is empty',
    ],
  ]
  test.each(cases)('%s', async (_name, CorrelationConfiguration, words) => {
    await refused(['create'], (action) => context(action, { CorrelationConfiguration }), 1, words)
  })
})

test('no secret of a bad context is shown, wherever it stands', async () => {
  const [secret = ''] = hidden
  const placed: Json[] = [
    { Configuration: { BaseUrl: 7, ClientID: 7, ClientSecret: secret, Password: secret } },
    { Configuration: { ...configuration(org.url), ClientSecret: secret, ActionTimeoutSeconds: secret } },
    {
      Configuration: {
        ...configuration(org.url),
        AuthenticationFlow: 'jwt_bearer',
        UserName: 'a',
        PrivateKey: secret,
      },
    },
    { Configuration: { ...configuration(org.url), ClientSecret: secret, ApiVersion: secret } },
    { Configuration: { ...configuration(org.url), Password: secret }, DryRun: secret },
  ]
  const codes: unknown[] = []
  for (const over of placed) {
    const run = await answer('update', context('update', over))
    expect(breaches(run, run.code ?? 0, hidden)).toEqual([])
    codes.push(run.code)
  }
  expect(codes).toEqual([1, 1, 1, 1, 2])
  expect(org.requests).toEqual([])
})

describe('a built script refuses as the tables above say, word for word', () => {
  const person = { AccountField: 'employeeNumbr', Enabled: true }
  const [secret = ''] = hidden
  const kinds: readonly [string, (action: string) => unknown, number, readonly string[]][] = [
    ['stdin that is no context', () => 'not JSON at all', 2, actionNames],
    ['no DryRun', (action) => context(action, { DryRun: undefined }), 2, actionNames],
    ['a setting', settings({ ApiVersion: secret, BaseUrl: 7 }), 1, actionNames],
    ['an account', (action) => context(action, { References: { Account: '005/' } }), 1, accountActions],
    ['a field', (action) => context(action, { Data: { departement: secret } }), 1, ['create', 'update']],
    ['a correlation', (action) => context(action, { CorrelationConfiguration: person }), 1, ['create']],
  ]
  // Each kind in each family of actions: what is built is one entry and one table of actions.
  const families = ['create', 'delete', 'grantPermission', 'listPermissions']
  const runs = kinds.flatMap(([kind, stdin, code, names]) =>
    names.map((action) => ({ kind, action, stdin, code })),
  )

  test.concurrent.each(cells(runs, ({ kind, action }) => families.includes(action) || kind === 'a field'))(
    '$kind, $action',
    async ({ action, stdin, code }) => {
      const given = stdin(action)
      const run = await launch(action, given)
      expectRefusal(action, run, code, /\S/)
      expect(run).toEqual(await answer(action, given))
      expect(org.requests).toEqual([])
    },
  )
})
