import { configurationSchema } from '../../connectors/salesforce-scim/configuration.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFieldMapping, stages } from '../../mapping/fieldMapping.ts'
import type { Person } from '../../mapping/mapFields.ts'
import { mapFields, mapPerson } from '../mapPerson.ts'

const root = join(__dirname, '..', '..')
const textOf = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  return Object.fromEntries(Object.entries(value))
}

function records(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error('not a list')
  return value.map(record)
}

const person = (file: string): Person => record(JSON.parse(textOf('samples', 'persons', file)))
const joiner = person('joiner.json')
const mover = person('mover.json')
const mappingText = textOf('fieldMapping.json')
const mapping = parseFieldMapping(mappingText)

describe('configuration.json', () => {
  const form = records(JSON.parse(textOf('configuration.json')))
  const options = form.map((entry) => ({ entry, template: record(entry['templateOptions']) }))

  test('has the settings of the connector, each once', () => {
    expect(form.map(({ key }) => key).sort()).toEqual(Object.keys(configurationSchema.properties).sort())
  })

  test('has only members that HelloID reads', () => {
    for (const { entry, template } of options) {
      expect(Object.keys(entry)).toEqual(['key', 'type', 'defaultValue', 'templateOptions'])
      for (const name of Object.keys(template)) {
        expect(['label', 'description', 'placeholder', 'required', 'type', 'options']).toContain(name)
      }
      expect(['input', 'checkbox', 'select']).toContain(entry['type'])
    }
  })

  test('labels and describes every setting, and no label twice', () => {
    const labels = options.map(({ template }) => template['label'])
    expect(new Set(labels).size).toBe(form.length)
    for (const { template } of options) {
      expect(template['label']).toMatch(/^[A-Z].{2,}/)
      expect(template['description']).toMatch(/^[A-Z].{20,}\.$/)
    }
  })

  test('shows no secret: they are password inputs without a default', () => {
    const secrets = options
      .filter(({ template }) => template['type'] === 'password')
      .map(({ entry }) => entry)
    expect(secrets.map(({ key }) => key)).toEqual([
      'ClientSecret',
      'Password',
      'SecurityToken',
      'PrivateKey',
      'PrivateKeyPassphrase',
    ])
    for (const entry of secrets) expect(entry).toMatchObject({ type: 'input', defaultValue: '' })
  })

  test('has booleans for checkboxes, one of the options for selects, and text within 2,048 characters elsewhere', () => {
    for (const { entry, template } of options) {
      const value = entry['defaultValue']
      if (entry['type'] === 'checkbox') expect(typeof value).toBe('boolean')
      if (entry['type'] === 'input') expect(value).toEqual(expect.stringMatching(/^.{0,2048}$/))
      if (entry['type'] === 'select') {
        const choices = records(template['options'])
        for (const choice of choices) expect(Object.keys(choice)).toEqual(['value', 'label'])
        expect(choices.map((choice) => choice['value'])).toContain(value)
      }
    }
  })
})

/** Every name that a field mapping may use: the table of account fields. */
const accountFields = [
  ...[
    'id',
    'userName',
    'externalId',
    'employeeNumber',
    'displayName',
    'nickName',
    'alias',
    'userType',
    'active',
  ],
  ...['givenName', 'familyName', 'familyNamePrefix', 'familyNameFormatted'],
  ...['emailAddress', 'emailAddressType', 'isEmailPrimary'],
  ...['phone', 'mobilePhone', 'mobilePhoneType', 'fax', 'senderEmail', 'callCenter'],
  ...['title', 'department', 'division', 'companyName', 'manager', 'delegatedApprover'],
  ...['streetAddress', 'city', 'state', 'postalCode', 'country'],
  ...['locale', 'preferredLanguage', 'timezone', 'emailEncodingKey', 'profile', 'role'],
]

/** Lengths of Salesforce's User fields that a script of the mapping fills. */
const limits: Readonly<Record<string, number>> = {
  userName: 80,
  nickName: 40,
  alias: 8,
  givenName: 40,
  familyNameFormatted: 80,
  emailAddress: 128,
  streetAddress: 255,
  profile: 255,
}

describe('fieldMapping.json', () => {
  const document = record(JSON.parse(mappingText))
  const fields = records(document['MappingFields'])
  const actionsOf = (field: Record<string, unknown>) => records(field['MappingActions'])
  const modesOf = (name: string) =>
    mapping.MappingFields.filter(({ Name }) => Name === name).flatMap(({ MappingActions }) =>
      MappingActions.flatMap(({ MapForActions, MappingMode }) =>
        MapForActions.map((stage) => [stage, MappingMode]),
      ),
    )

  test('has exactly the members that HelloID imports', () => {
    expect(Object.keys(document)).toEqual(['Version', 'MappingFields', 'UniqueFieldNames'])
    expect(document).toMatchObject({ Version: 'v1', UniqueFieldNames: [] })
    for (const field of fields) {
      expect(Object.keys(field)).toEqual(['Name', 'Description', 'Type', 'MappingActions'])
      expect(['Text', 'Array']).toContain(field['Type'])
      expect(field['Description']).toMatch(/^(\[Required\] )?[A-Z].{10,}\.$/)
      for (const action of actionsOf(field)) {
        expect(Object.keys(action)).toEqual([
          'MapForActions',
          'MappingMode',
          'Value',
          'UsedInNotifications',
          'StoreInAccountData',
        ])
      }
    }
  })

  test('maps at most the 50 fields that one import takes, each once, all of them account fields', () => {
    const names = fields.map(({ Name }) => Name)
    expect(names.length).toBeLessThanOrEqual(50)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !accountFields.includes(String(name)))).toEqual([])
  })

  test('has each stage at most once per field, and JSON in every Value', () => {
    for (const field of fields) {
      const used = actionsOf(field).flatMap(({ MapForActions }) => MapForActions)
      expect(used.length).toBeGreaterThan(0)
      expect(new Set(used).size).toBe(used.length)
      expect(used.filter((stage) => !stages.some((known) => known === stage))).toEqual([])
      for (const { MappingMode, Value } of actionsOf(field)) {
        const value: unknown = JSON.parse(String(Value))
        if (MappingMode === 'None') expect(value).toBeNull()
        else expect(value).toEqual(expect.any(String))
      }
    }
  })

  test('leaves the active state to the actions', () => {
    expect(modesOf('active')).toEqual([])
    expect(mapping.MappingFields.flatMap(({ Name }) => modesOf(Name)).map(([stage]) => stage)).not.toContain(
      'Disable',
    )
  })

  test.each([
    'userName',
    'nickName',
    'alias',
    'profile',
    'locale',
    'preferredLanguage',
    'timezone',
    'emailEncodingKey',
  ])('sets %s at create only', (name) => {
    expect(modesOf(name).map(([stage]) => stage)).toEqual(['Create'])
  })

  test('keeps the id for other systems and lets the connector fill in id and manager', () => {
    expect(modesOf('manager')).toEqual(modesOf('id'))
    expect(modesOf('id')).toEqual([
      ['Create', 'None'],
      ['Update', 'None'],
    ])
    expect(mapping.MappingFields.find(({ Name }) => Name === 'id')?.MappingActions[0]).toMatchObject({
      StoreInAccountData: true,
    })
  })

  test('has scripts that an ECMAScript 5.1 engine reads', () => {
    const scripts = mapping.MappingFields.flatMap(({ MappingActions }) => MappingActions)
      .filter(({ MappingMode }) => MappingMode === 'Complex')
      .map(({ value }) => value ?? '')
    expect(scripts).toHaveLength(Object.keys(limits).length)
    for (const script of scripts) {
      expect(script).not.toMatch(/\b(let|const|class)\s|=>|`|\?\?|\?\./)
      expect(script).toMatch(/^\/\/ /)
      expect([...script].every((character) => character < '\u007f')).toBe(true)
    }
  })
})

describe('the mapping on persons', () => {
  test('maps the joiner for create', async () => {
    expect(await mapPerson(joiner, mapping, 'Create')).toEqual({
      externalId: '100482',
      employeeNumber: '100482',
      userName: 'zoe.devries@acme.example',
      nickName: 'zoe.devries',
      alias: 'zvries',
      givenName: 'Zoë',
      familyNameFormatted: 'de Vries - Müller',
      emailAddress: 'zoe.devries@acme.example',
      phone: '+31 20 555 0182',
      mobilePhone: '+31 6 12345678',
      title: 'Account Manager',
      department: 'Sales',
      division: 'EMEA',
      companyName: 'Acme Nederland B.V.',
      streetAddress: 'Herengracht 182 B',
      postalCode: '1016 BR',
      city: 'Amsterdam',
      country: 'Netherlands',
      profile: '',
      locale: 'en_US',
      preferredLanguage: 'en_US',
      timezone: 'Europe/Amsterdam',
      emailEncodingKey: 'UTF-8',
    })
  })

  test('changes only what a move changes, and nothing that is set at create only', async () => {
    const before = await mapPerson(joiner, mapping, 'Update')
    const after = await mapPerson(mover, mapping, 'Update')
    const changed = Object.entries(after).filter(([name, value]) => value !== before[name])
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(after).not.toHaveProperty('userName')
    expect(Object.fromEntries(changed)).toEqual({
      mobilePhone: '+31 6 22334455',
      title: 'Team Lead Sales Operations',
      department: 'Sales Operations',
    })
  })

  test.each(['Enable', 'Disable', 'Delete'] as const)('has no data for %s', async (stage) => {
    expect(await mapPerson(joiner, mapping, stage)).toEqual({})
  })

  const name = {
    FamilyName: 'Vries',
    FamilyNamePrefix: 'de',
    FamilyNamePartner: 'Berg',
    FamilyNamePartnerPrefix: 'van den',
  }
  const surnames: [string, object, string][] = [
    ['birth name', { ...name, Convention: 'B' }, 'de Vries'],
    ['partner name', { ...name, Convention: 'P' }, 'van den Berg'],
    ['birth name first', { ...name, Convention: 'BP' }, 'de Vries - van den Berg'],
    ['partner name first', { ...name, Convention: 'PB' }, 'van den Berg - de Vries'],
    ['no convention', name, 'de Vries'],
    ['a partner name that is missing', { FamilyName: 'Vries', Convention: 'P' }, 'Vries'],
    [
      'a partner name that is null',
      { FamilyName: 'Vries', FamilyNamePartner: null, Convention: 'BP' },
      'Vries',
    ],
    [
      'a partner name that is blank',
      { FamilyName: 'Vries', FamilyNamePartner: ' ', Convention: 'PB' },
      'Vries',
    ],
    [
      'a partner prefix alone',
      { FamilyName: 'Vries', FamilyNamePartnerPrefix: 'van', Convention: 'PB' },
      'Vries',
    ],
    ['a birth name that is missing', { FamilyNamePartner: 'Berg', Convention: 'B' }, 'Berg'],
    ['no name at all', { Convention: 'B' }, 'Only A Display Name'],
  ]
  test.each(surnames)('forms the surname of %s', async (_, Name, expected) => {
    const data = await mapPerson(
      { ExternalId: '1', DisplayName: 'Only A Display Name', Name },
      mapping,
      'Create',
    )
    expect(data['familyNameFormatted']).toBe(expected)
  })

  const contact = { Contact: { Business: { Email: 'hr@acme.example' } } }
  const addresses: [string, object, string][] = [
    [
      'Active Directory before all others',
      {
        MicrosoftActiveDirectory: { mail: 'ad@acme.example' },
        MicrosoftEntraID: { mail: 'entra@acme.example' },
      },
      'ad@acme.example',
    ],
    [
      'Entra ID without Active Directory',
      { MicrosoftEntraID: { mail: 'entra@acme.example' } },
      'entra@acme.example',
    ],
    [
      'Entra ID where the directory has no address',
      { MicrosoftActiveDirectory: { mail: null }, AzureAD: { mail: 'entra@acme.example' } },
      'entra@acme.example',
    ],
    ['the person where no directory has one', { MicrosoftActiveDirectory: null }, 'hr@acme.example'],
    ['the person without accounts', {}, 'hr@acme.example'],
  ]
  test.each(addresses)('takes the e-mail address from %s', async (_, Accounts, expected) => {
    expect((await mapPerson({ ...contact, Accounts }, mapping, 'Create'))['emailAddress']).toBe(expected)
  })

  test('adds the iteration where a value must be unique, and stays within the lengths', async () => {
    const data = await mapPerson(joiner, mapping, 'Create', 12)
    expect(data).toMatchObject({
      userName: 'zoe.devries12@acme.example',
      nickName: 'zoe.devries12',
      alias: 'zvries',
    })
    const long = {
      ...joiner,
      Name: { NickName: 'a'.repeat(30), FamilyName: 'b'.repeat(30) },
      Accounts: undefined,
    }
    const Contact = { Business: { Email: `${'c'.repeat(90)}@${'d'.repeat(30)}.example` } }
    const cut = await mapPerson({ ...long, Contact }, mapping, 'Create', 12)
    expect(cut['nickName']).toBe(`${'a'.repeat(30)}.${'b'.repeat(7)}12`)
    expect(cut['userName']).toBe(`${'c'.repeat(39)}12@${'d'.repeat(30)}.example`)
  })

  test('writes names in other letters as plain ones where Salesforce needs that', async () => {
    const Name = { NickName: 'Łukasz Þór', FamilyName: "O'Brien-Straße", FamilyNamePrefix: 'van ’t' }
    const Accounts = { MicrosoftActiveDirectory: { mail: "Łukasz.O'Brien@ACME.example" } }
    const data = await mapPerson({ ExternalId: '1', Name, Accounts }, mapping, 'Create')
    expect(data).toMatchObject({
      userName: 'lukasz.obrien@acme.example',
      nickName: 'lukaszthor.vantobrien-strasse',
      alias: 'lobriens',
      givenName: 'Łukasz Þór',
      familyNameFormatted: "van ’t O'Brien-Straße",
      emailAddress: "Łukasz.O'Brien@ACME.example",
    })
  })

  test('falls back on the number of a person whose names have no plain letter', async () => {
    const Name = { GivenName: '花子', FamilyName: '山田' }
    const data = await mapPerson({ ExternalId: 'EMP-0001234567', Name }, mapping, 'Create')
    expect(data).toMatchObject({ alias: '01234567', nickName: 'emp-0001234567', familyNameFormatted: '山田' })
  })

  const thin: [string, Person][] = [
    ['nothing', {}],
    [
      'the required members only',
      { ExternalId: '1', DisplayName: 'A', Name: { Convention: 'B' }, Contracts: [] },
    ],
    [
      'null members',
      { ExternalId: null, Name: null, Contact: null, Accounts: null, PrimaryContract: null, UserName: null },
    ],
    [
      'empty members',
      { ExternalId: '', Name: {}, Contact: { Business: {} }, Accounts: { MicrosoftActiveDirectory: {} } },
    ],
    [
      'members of the wrong kind',
      {
        ExternalId: 7,
        Name: { NickName: {}, GivenName: [], FamilyName: 7, FamilyNamePartner: false, Convention: 'XX' },
        Contact: { Business: 'none' },
        Accounts: { MicrosoftActiveDirectory: 'none' },
        PrimaryContract: { Title: 'none' },
      },
    ],
    [
      'very long members',
      {
        ExternalId: '9'.repeat(500),
        UserName: 'u'.repeat(500),
        Name: {
          NickName: '😀'.repeat(500),
          FamilyName: `x${'😀'.repeat(500)}`,
          FamilyNamePrefix: 'van '.repeat(50),
          FamilyNamePartner: 'p'.repeat(500),
          Convention: 'PB',
        },
        Contact: {
          Business: { Address: { Street: 's'.repeat(500), HouseNumber: '1' }, Email: 'e'.repeat(100) },
        },
      },
    ],
    [
      'hostile members',
      {
        ExternalId: '"};throw 1;({"',
        Name: { NickName: '\u2028\u0000"\\', FamilyName: '${1}`</script>', Convention: '__proto__' },
        Contact: { Business: { Email: '@@..@' } },
        PrimaryContract: { Title: { Name: '__proto__' } },
      },
    ],
  ]
  test.each(thin)('maps a person with %s within the lengths, without an error', async (_, someone) => {
    for (const stage of ['Create', 'Update'] as const) {
      for (const { name: field, mode, value } of await mapFields(someone, mapping, stage, 50)) {
        if (mode !== 'Complex') continue
        const limit = limits[field] ?? 0
        expect(typeof value).toBe('string')
        expect(value).not.toMatch(/undefined|null|NaN|\[object|[\uD800-\uDBFF]$/)
        expect(String(value).length).toBeLessThanOrEqual(limit)
        if (field === 'userName' && value !== '')
          expect(value).toMatch(/^[a-z0-9._+-]+@[a-z0-9._+-]+\.[a-z0-9_+-]+$/)
      }
    }
  })

  test('gives no userName to a person without an address, rather than an invented one', async () => {
    expect((await mapPerson({ ExternalId: '1', UserName: 'zdevries' }, mapping, 'Create'))['userName']).toBe(
      '',
    )
    expect(
      (await mapPerson({ ExternalId: '1', UserName: 'Z@acme.example' }, mapping, 'Create'))['userName'],
    ).toBe('z@acme.example')
  })
})

test.each([joiner, mover])('a demo person has what HelloID sends and the vendor sample lacks', (someone) => {
  const contracts = records(someone['Contracts'])
  const inConditions = contracts.map(({ Context }) => record(Context)['InConditions'])
  expect(inConditions.filter((value) => value === true)).toHaveLength(1)
  expect(record(someone['PrimaryContract'])).toEqual(contracts[inConditions.indexOf(true)])
  expect(record(someone['Accounts'])).toHaveProperty('MicrosoftActiveDirectory.mail')
  expect(record(someone['PrimaryManager'])).toMatchObject({ DisplayName: 'Ann Boss', ExternalId: '100001' })
})
