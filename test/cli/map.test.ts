import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFieldRules } from '../../cli/lib/connector.ts'
import { missingForCreate, problemWith } from '../../cli/map/fieldProblems.ts'
import { parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { mapPerson } from '../mapPerson.ts'
import { fields as restFields } from '../../connectors/salesforce-apex-rest/accounts/fields.ts'
import { fields } from '../../connectors/salesforce-scim/accounts/fields.ts'
import { startSimulator } from '../../simulator/server.ts'
import { root } from '../process.ts'
import { environmentFor, tool, withFolder } from './tool.ts'

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const joiner = JSON.parse(read('samples', 'persons', 'joiner.json')) as Record<string, unknown>
const person = join('samples', 'persons', 'joiner.json')
const mapping = parseFieldMapping(read('fieldMapping.json'))

interface Context {
  actionContext: Record<string, unknown> & {
    Data: Record<string, unknown>
    Configuration: Record<string, unknown>
  }
  personContext: unknown
}
const parse = (text: string): Context => JSON.parse(text) as Context

/** A mapping of constants. */
function constants(values: Readonly<Record<string, string>>): string {
  const MappingFields = Object.entries(values).map(([Name, value]) => ({
    Name,
    Type: 'Text',
    MappingActions: [
      {
        MapForActions: ['Create', 'Update'],
        MappingMode: 'Fixed',
        Value: JSON.stringify(value),
        UsedInNotifications: false,
        StoreInAccountData: false,
      },
    ],
  }))
  return JSON.stringify({ Version: 'v1', MappingFields, UniqueFieldNames: [] })
}

describe('map', () => {
  test('prints the context that the host would send, and tells where each value comes from', async () => {
    const { code, stdout, stderr } = await tool(['map', '--person', person, '--action', 'create'])
    expect(code).toBe(0)
    const { actionContext, personContext } = parse(stdout)
    expect(personContext).toEqual({ Person: joiner })
    expect(actionContext).toMatchObject({
      Operation: 'create',
      DryRun: true,
      Data: await mapPerson(joiner, mapping, 'Create'),
      CorrelationConfiguration: {
        Enabled: true,
        PersonField: 'Person.ExternalId',
        PersonFieldValue: '100482',
        AccountField: 'externalId',
        AccountFieldValue: '100482',
      },
      References: { Account: null, ManagerAccount: null },
    })
    expect(actionContext.Configuration['DefaultProfile']).toBe('Minimum Access - Salesforce')
    expect(stderr).toMatch(/^✓ externalId +100482 +Field +Person\.ExternalId$/m)
    expect(stderr).toMatch(/^✓ locale +en_US +Fixed +en_US$/m)
    expect(stderr).toMatch(/^✓ userName +zoe\.devries@acme\.example +Complex +A username that looks like/m)
    expect(stderr).toContain('The script fills: id, manager')
    for (const name of Object.keys(actionContext.Data)) expect(stderr).toContain(name)
  })

  test.each([
    ['salesforce-scim', 'externalId', 'userName'],
    ['salesforce-apex-rest', 'FederationIdentifier', 'Username'],
  ])('and run, one after the other, preview a person end to end with %s', async (name, key, userName) => {
    const org = await startSimulator()
    try {
      const connector = ['--connector', name]
      const mapped = await tool(['map', '--person', person, '--action', 'create', ...connector])
      expect([mapped.code, mapped.stderr]).toEqual([0, expect.not.stringContaining('✗')])
      expect(parse(mapped.stdout).actionContext['CorrelationConfiguration']).toEqual({
        Enabled: true,
        PersonField: 'Person.ExternalId',
        PersonFieldValue: '100482',
        AccountField: key,
        AccountFieldValue: '100482',
      })
      const env = environmentFor(org.url)
      const run = await tool(['run', 'create', ...connector], { stdin: mapped.stdout, env })
      expect(run.code).toBe(0)
      expect(run.stdout).toContain(
        `✓ [DryRun] Would create Salesforce account with ${userName} [zoe.devries@acme.example]`,
      )
      expect(org.writes()).toEqual([])
    } finally {
      await org.close()
    }
  })

  test('names what is too long or cannot be before Salesforce sees it, and prints the context all the same', async () => {
    const values = {
      userName: 'zoe',
      emailAddress: 'zoe@acme.example',
      alias: 'zoedevries',
      familyName: 'Vries',
      locale: 'nl-NL',
      timezone: 'Europe/Amsterdam2',
      emailEncodingKey: 'utf8',
      manager: '00E5g0000000003AAA',
      tittle: 'x',
      Badge__c: 'y',
    }
    await withFolder({ 'mapping.json': constants(values) }, async (cwd) => {
      const args = ['map', '--person', join(root, person), '--action', 'create', '--mapping', 'mapping.json']
      const { code, stdout, stderr } = await tool(args, { cwd })
      expect(code).toBe(1)
      expect(parse(stdout).actionContext.Data).toEqual(values)
      const said = stderr.replace(/\s+/g, ' ')
      for (const problem of [
        'userName must have the form of an e-mail address',
        'alias has 10 characters: Salesforce takes 8',
        'locale is not a Salesforce locale: expected a form such as nl_NL',
        'timezone is not a time zone',
        'emailEncodingKey is none of UTF-8',
        'manager is not a Salesforce id that begins with 005',
        'tittle is not a field: is title meant?',
      ]) {
        expect(said).toContain(problem)
      }
      expect(stderr).toMatch(/^✓ Badge__c/m)
      expect(stderr.match(/^✗/gm)).toHaveLength(7)
    })
  })

  test("names the same in Salesforce's own names, and leaves to the org which further fields it has", async () => {
    const values = {
      username: 'zoe',
      Email: 'zoe@acme',
      Alias: 'zoedevries',
      LanguageLocaleKey: 'nl-NL',
      TimeZoneSidKey: 'Europe/Amsterdam2',
      EmailEncodingKey: 'utf8',
      ManagerId: '00E5g0000000003AAA',
      CountryCode: 'Netherlands',
      UserPermissionsMarketingUser: 'yes',
      Titel: 'x',
      'Last name': 'x',
      Badge__c: 'y',
      UserPermissionsMobileUser: 'true',
      ForecastEnabled: 'true',
      userProfile: 'Standard User',
    }
    await withFolder({ 'mapping.json': constants(values), 'settings.json': '{}' }, async (cwd) => {
      const args = ['--person', join(root, person), '--action', 'create', '--mapping', 'mapping.json']
      const rest = ['--connector', 'salesforce-apex-rest', '--config', 'settings.json']
      const { code, stderr } = await tool(['map', ...args, ...rest], { cwd })
      expect(code).toBe(1)
      const said = stderr.replace(/\s+/g, ' ')
      for (const problem of [
        'username must have the form of an e-mail address',
        'Email must have the form of an e-mail address',
        'Alias has 10 characters: Salesforce takes 8',
        'LanguageLocaleKey is not a Salesforce language',
        'TimeZoneSidKey is not a time zone',
        'EmailEncodingKey is none of UTF-8',
        'ManagerId is not a Salesforce id that begins with 005',
        'CountryCode is not a country code of two capitals',
        'UserPermissionsMarketingUser must be true or false',
        'Titel is not a field: is Title meant?',
        'Last name is not a field: is LastName meant?',
        'Salesforce requires LastName for a new user',
      ]) {
        expect(said).toContain(problem)
      }
      expect(stderr.match(/^✗/gm)).toHaveLength(12)
    })
  })

  test('names every field that fails with its line, paths that no person has, and accounts that the person lacks', async () => {
    const complex = (Name: string, script: string, mode = 'Complex'): object => ({
      Name,
      Type: 'Text',
      MappingActions: [
        {
          MapForActions: ['Create', 'Update'],
          MappingMode: mode,
          Value: JSON.stringify(script),
          UsedInNotifications: false,
          StoreInAccountData: false,
        },
      ],
    })
    const file = (...MappingFields: object[]): string =>
      JSON.stringify({ Version: 'v1', MappingFields, UniqueFieldNames: [] })
    const files = {
      'failing.json': file(
        complex('title', '1;\nPerson.Nothing.Name'),
        complex('city', 'throw 1'),
        complex('state', 'Person.Custom.x + 1', 'Field'),
      ),
      'paths.json': file(complex('title', 'Person.PrimaryContract.Titel.Name', 'Field')),
      'accounts.json': file(
        complex('title', 'Person.Accounts.AFAS.title'),
        complex('city', "'in ' + Person.Custom.city"),
      ),
    }
    await withFolder(files, async (cwd) => {
      const args = ['map', '--person', join(root, person), '--action', 'update', '--account', '005A']
      const failing = await tool([...args, '--mapping', 'failing.json'], { cwd })
      expect([failing.code, failing.stdout]).toEqual([1, ''])
      const said = failing.stderr.replace(/\s+/g, ' ')
      expect(said).toContain(
        'title: the script failed on line 2: TypeError: Cannot read properties of undefined',
      )
      expect(said).toContain('city: the script failed: 1')
      expect(said).toContain('state: Value is a script, but the mode is Field. Set the mode to Complex.')

      const paths = await tool([...args, '--mapping', 'paths.json'], { cwd })
      expect(paths.code).toBe(1)
      expect(parse(paths.stdout).actionContext.Data).toEqual({ title: null })
      expect(paths.stderr.replace(/\s+/g, ' ')).toContain(
        'title reads Person.PrimaryContract.Titel, which no person has: is Title meant?',
      )

      const accounts = await tool([...args, '--mapping', 'accounts.json'], { cwd })
      expect(accounts.code).toBe(0)
      expect(accounts.stderr).toMatch(/^! title/m)
      const warned = accounts.stderr.replace(/\s+/g, ' ')
      expect(warned).toContain('title reads from AFAS, in which the person has no account: empty')
      expect(warned).toContain('city has the text "undefined" in its value')
    })
  })

  test('names what a new user needs and nothing is mapped to', async () => {
    const files = {
      'mapping.json': constants({ title: 'x' }),
      'settings.json': '{"BaseUrl":"https://acme.example"}',
    }
    await withFolder(files, async (cwd) => {
      const args = ['map', '--person', join(root, person), '--action', 'create', '--mapping', 'mapping.json']
      const { code, stdout, stderr } = await tool([...args, '--config', 'settings.json'], { cwd })
      expect(code).toBe(1)
      for (const name of ['userName', 'emailAddress', 'familyName or familyNameFormatted', 'profile']) {
        expect(stderr).toContain(`Salesforce requires ${name}`)
      }
      expect(parse(stdout).actionContext.Configuration).toEqual({ BaseUrl: 'https://acme.example' })
    })
  })

  test('takes the account, the manager, the iteration and the correlation from the command line', async () => {
    const base = ['map', '--person', person]
    const update = await tool([...base, '--action', 'update', '--account', '005A', '--manager', '005B'])
    expect(update.code).toBe(0)
    const { actionContext } = parse(update.stdout)
    expect(actionContext).toMatchObject({ References: { Account: '005A', ManagerAccount: '005B' } })
    expect(actionContext).not.toHaveProperty('CorrelationConfiguration')
    expect(Object.keys(actionContext.Data)).not.toContain('userName')

    const second = await tool([...base, '--action', 'uniquenessCheck', '--iteration', '1'])
    expect(parse(second.stdout).actionContext.Data['userName']).not.toBe('zoe.devries@acme.example')
    const off = await tool([...base, '--action', 'create', '--no-correlate'])
    expect(parse(off.stdout).actionContext['CorrelationConfiguration']).toEqual({ Enabled: false })
    const other = await tool([...base, '--action', 'create', '--correlate', 'userName=Person.Custom.none'])
    expect(parse(other.stdout).actionContext['CorrelationConfiguration']).toMatchObject({
      PersonFieldValue: null,
      AccountFieldValue: 'zoe.devries@acme.example',
    })
  })

  test('says that an action on an account needs one', async () => {
    const { code, stderr } = await tool(['map', '--person', person, '--action', 'disable'])
    expect(code).toBe(1)
    expect(stderr).toContain('disable is about an account: name it with --account <id>.')
  })

  test.each<[string, string[], number, RegExp]>([
    [
      'a mapping that is none',
      ['--mapping', 'package.json'],
      1,
      /Field mapping: MappingFields must be a list/,
    ],
    ['a mapping that is not there', ['--mapping', 'none.json'], 2, /none\.json does not exist/],
    [
      'a correlation that is none',
      ['--correlate', 'externalId'],
      2,
      /--correlate takes a person field and an/,
    ],
    ['several persons', ['--person', 'samples/persons/persons.json'], 2, /holds 9 persons: map takes one/],
    ['settings that are none', ['--config', 'package.json'], 2, /none of the settings of salesforce-scim/],
    ['an iteration that is none', ['--iteration', 'x'], 2, /A whole number was expected/],
    ['an action without a mapping', ['--action', 'resources'], 2, /Allowed choices are create,/],
  ])('refuses %s in words', async (_what, args, exitCode, sentence) => {
    const run = await tool(['map', '--person', person, '--action', 'create', ...args])
    expect(run.code).toBe(exitCode)
    expect(run.stdout).toBe('')
    expect(run.stderr).toMatch(sentence)
  })
})

test('what the tool knows of the fields is what the connector asks of them', async () => {
  const rules = await readFieldRules(root, 'salesforce-scim')
  const expected = Object.entries(fields).map(
    ([name, { maxLength, isRequired, id, comparison, userField }]) => [
      name,
      {
        ...(maxLength !== undefined && { maxLength }),
        ...(isRequired !== undefined && { isRequired }),
        ...(id !== undefined && { id }),
        ...(comparison !== undefined && { comparison }),
        isWritten: name !== 'active' && (userField !== undefined || maxLength !== undefined),
        ...(userField !== undefined && { userField }),
      },
    ],
  )
  expect([...rules]).toEqual(expected)
})

test("what it knows of Salesforce's own fields is what the connector asks of them, under the older names as well", async () => {
  const rules = await readFieldRules(root, 'salesforce-apex-rest')
  const readOnly = ['Id', 'Name', 'UserType', 'LastLoginDate', 'IsActive']
  const describe = (name: string): object => ({
    ...restFields[name],
    isWritten: !readOnly.includes(name),
    userField: name,
  })
  expect(Object.fromEntries(rules)).toEqual({
    ...Object.fromEntries(Object.keys(restFields).map((name) => [name, describe(name)])),
    userprofile: describe('ProfileId'),
    userrole: describe('UserRoleId'),
  })
})

test.each([
  ['userName', 'a@b.cd', undefined],
  ['USERNAME', 'a@b', /e-mail/],
  ['title', '', undefined],
  ['title', 'x'.repeat(81), /81 characters: Salesforce takes 80/],
  ['manager', '0055g0000000003', undefined],
  ['preferredLanguage', 'de', undefined],
  ['preferredLanguage', 'nl-nl', /language/],
  ['locale', 'zh_Hant_TW', undefined],
  ['timezone', 'GMT', undefined],
  ['emailEncodingKey', 'UTF-8', undefined],
  ['ns__Badge__c', 'x', undefined],
  ['Badge', 'x', /is not a field; custom fields end in __c/],
] as const)('%s %j is judged as the org would', async (name, value, expected) => {
  const problem = problemWith(name, value, await readFieldRules(root, 'salesforce-scim'))
  if (expected === undefined) expect(problem).toBeUndefined()
  else expect(problem).toMatch(expected)
})

test.each([
  ['salesforce-scim', { username: 'a', emailAddress: 'b', familyNameFormatted: 'c' }, 'profile'],
  ['salesforce-apex-rest', { USERNAME: 'a', Email: 'b', LastName: 'c' }, 'ProfileId'],
])('a new user of %s needs a profile from the mapping or from the settings', async (name, given, profile) => {
  const rules = await readFieldRules(root, name)
  const values = new Map(Object.entries(given))
  expect(missingForCreate(values, true, rules)).toEqual([])
  expect(missingForCreate(values, false, rules)).toEqual([`${profile} (or the setting DefaultProfile)`])
  const mapped = new Map([...values, [profile === 'profile' ? 'profile' : 'userProfile', 'x']])
  expect(missingForCreate(mapped, false, rules)).toEqual([])
})
