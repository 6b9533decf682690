import { parseFieldMapping, type FieldMapping } from '../../mapping/fieldMapping.ts'
import { type MappedField, nestFields, type Person } from '../../mapping/mapFields.ts'
import { mapFields, mapPerson } from '../mapPerson.ts'
import { joined, mappingOf, mappingText } from './mappings.ts'

const person = {
  ExternalId: '7',
  Active: true,
  Hours: 32,
  Name: { NickName: 'Zoë' },
  Tags: ['a', 'b'],
  Mixed: ['a', {}],
}

/** Maps each value as a field of its own, and gives what came of each. */
async function mapEach(
  mode: string,
  values: readonly unknown[],
  type = 'Text',
  iteration = 0,
): Promise<readonly MappedField[]> {
  const mappings = values.map((value, index) => mappingOf(mode, value, { name: `f${index}`, type }))
  return mapFields(person, joined(...mappings), 'Create', iteration)
}

const valuesOf = (fields: readonly MappedField[]): unknown[] =>
  fields.map(({ value, fault }) => fault ?? value)

/** Rows of a value, and what is expected of it; all are mapped at once. */
async function expectEach(
  mode: string,
  rows: readonly (readonly [string, unknown])[],
  type = 'Text',
): Promise<void> {
  const fields = await mapEach(
    mode,
    rows.map(([value]) => value),
    type,
  )
  expect(rows.map(([value], index) => [value, valuesOf(fields)[index]])).toEqual(rows)
}

describe('values', () => {
  test('a Field mapping gives what is at its path, as text, or nothing', async () => {
    await expectEach('Field', [
      ['Person.ExternalId', '7'],
      ['Person.Name.NickName', 'Zoë'],
      ['Person.Active', 'true'],
      ['Person.Hours', '32'],
      ['Person.PrimaryContract.Title.Name', null],
      ['Person.constructor.name', null],
      ['Person.Name', 'the value is of type object; text, a number or a boolean was expected.'],
      ['Person.Tags', 'the value is a list, but the type is Text.'],
      ['Person.Mixed', 'the value is of type object; text, a number or a boolean was expected.'],
    ])
    await expectEach('Field', [['Person.Tags', ['a', 'b']]], 'Array')
  })

  test('a Fixed mapping gives its constant as text, a None mapping is left out', async () => {
    await expectEach('Fixed', [
      ['work', 'work'],
      ['', ''],
    ])
    expect(valuesOf(await mapEach('Fixed', [true, 7, null, {}]))).toEqual([
      'true',
      '7',
      null,
      'Value of a Fixed mapping must be text, a number or a boolean.',
    ])
    expect(await mapEach('None', [null, ''])).toEqual([])
  })

  test('a Complex mapping gives the value of its last expression', async () => {
    await expectEach('Complex', [
      ['function f() { return Person.Name.NickName }\nf();', 'Zoë'],
      ["'n' + Iteration", 'n0'],
      ["let a = 'x'; const b = a + 1; b", 'x1'],
      ["if (Person.ExternalId === '7') { 'seven' } else { 'other' }", 'seven'],
      ["switch (Person.Hours) { case 32: 'full'; break; default: 'part' }", 'full'],
      ["var Person = { ExternalId: '8' }; Person.ExternalId", '8'],
      ['undefined', null],
      ['null', null],
      ['', null],
      ['1 + 1', '2'],
      ['1 > 0', 'true'],
      ["new String('x')", 'x'],
      ["new Date('2026-03-01')", '2026-03-01T00:00:00.000Z'],
      ["deleteDiacriticalMarks('Zoë Çelik-Ñandú Øst, O\\'Brien')", "Zoe Celik-Nandu Ost, O'Brien"],
      ["deleteDiacriticalMarks('Straße Łódź')", 'Straße Łodź'],
      ['this === globalThis && typeof arguments', 'undefined'],
    ])
    await expectEach('Complex', [["['a', 1]", ['a', '1']]], 'Array')
    await expectEach('Complex', [["'a'", ['a']]], 'Array')
  })

  test('the iteration of the caller reaches the script', async () => {
    expect(valuesOf(await mapEach('Complex', ['Iteration'], 'Text', 3))).toEqual(['3'])
  })

  test('dotted names nest, beside each other and deeper than one level', async () => {
    const names = ['a.b', 'a.c', 'd.e.f', 'g']
    const mapping = joined(...names.map((name) => mappingOf('Fixed', name, { name })))
    expect(await mapPerson(person, mapping, 'Create')).toEqual({
      a: { b: 'a.b', c: 'a.c' },
      d: { e: { f: 'd.e.f' } },
      g: 'g',
    })
  })

  test('names inside a value are refused', async () => {
    const names = async (...all: string[]) =>
      mapFields(person, joined(...all.map((name) => mappingOf('Fixed', 'x', { name }))), 'Create')
    const [inside, around] = [await names('a', 'a.b'), await names('a.b', 'a')]
    expect(() => nestFields(inside)).toThrow('"a" is a value already')
    expect(() => nestFields(around)).toThrow('other fields are nested in it already')
  })

  test('a stage has its own mode, and a stage that is not mapped has no value', async () => {
    const mapping = parseFieldMapping(
      mappingText('field', [
        { mode: 'Fixed', value: 'new', stages: ['Create'] },
        { mode: 'Fixed', value: '', stages: ['Delete', 'Disable'] },
      ]),
    )
    expect(await mapPerson(person, mapping, 'Create')).toEqual({ field: 'new' })
    expect(await mapPerson(person, mapping, 'Disable')).toEqual({ field: '' })
    expect(await mapPerson(person, mapping, 'Update')).toEqual({})
  })

  test('each value says where it came from', async () => {
    const mapping = joined(
      mappingOf('Field', 'Person.ExternalId'),
      mappingOf('Fixed', 'x', { name: 'other' }),
    )
    expect(await mapFields(person, mapping, 'Create')).toEqual([
      { name: 'field', mode: 'Field', source: 'Person.ExternalId', value: '7', missingAccounts: [] },
      { name: 'other', mode: 'Fixed', source: 'x', value: 'x', missingAccounts: [] },
    ])
  })
})

describe('a field that fails', () => {
  test('does not keep the others from being mapped, and says in which line of its script', async () => {
    const fields = await mapEach('Complex', [
      "throw new Error('no contract')",
      "'good'",
      'function f() {\n  return Person.PrimaryContract.Title.Name;\n}\nf();',
      "throw 'no contract'",
      'throw Object.create(null)',
      'throw { get message() { throw 1 } }',
      'var a = 1;\nfunction (',
      '({})',
      "['a']",
      'unknown.member',
      '(function f() { f() })()',
    ])
    expect(valuesOf(fields)).toEqual([
      'the script failed on line 1: Error: no contract',
      'good',
      "the script failed on line 2: TypeError: Cannot read properties of undefined (reading 'Title')",
      'the script failed: no contract',
      'the script failed: it threw something that is no error.',
      'the script failed: it threw something that is no error.',
      'the script failed on line 2: SyntaxError: Function statements require a function name',
      'the value is of type object; text, a number or a boolean was expected.',
      'the value is a list, but the type is Text.',
      'the script failed on line 1: ReferenceError: unknown is not defined',
      'the script failed on line 1: RangeError: Maximum call stack size exceeded',
    ])
  })
})

describe('accounts in other systems', () => {
  const scripts = [
    'Person.Accounts.MicrosoftActiveDirectory.mail',
    "typeof Person.Accounts.MicrosoftActiveDirectory.mail !== 'undefined' && Person.Accounts.MicrosoftActiveDirectory.mail",
    "Person['Accounts']['Google Workspace'].mail",
    'var accounts = Person.Accounts; accounts.AFAS.id',
    'var { Entra } = Person.Accounts; Entra.mail',
    'Object.keys(Person.Accounts).length',
    'JSON.stringify(Person.Accounts)',
    "Person.Accounts.hasOwnProperty('AFAS')",
  ]

  test.each<[string, Person]>([
    ['no Accounts', {}],
    ['no account', { Accounts: {} }],
    ['no Accounts, as null', { Accounts: null }],
    ['an account that is null', { Accounts: { MicrosoftActiveDirectory: null } }],
  ])('are empty objects for a person with %s, and it is reported', async (_, someone) => {
    const mapping = joined(
      ...scripts.map((script, index) => mappingOf('Complex', script, { name: `f${index}` })),
      mappingOf('Field', 'Person.Accounts.MicrosoftActiveDirectory.mail', { name: 'path' }),
    )
    const fields = await mapFields(someone, mapping, 'Create')
    expect(valuesOf(fields).slice(0, 5)).toEqual([null, 'false', null, null, null])
    expect(fields.map(({ fault }) => fault)).toEqual(fields.map(() => undefined))
    expect(fields.map(({ missingAccounts }) => missingAccounts)).toEqual([
      ['MicrosoftActiveDirectory'],
      ['MicrosoftActiveDirectory'],
      ['Google Workspace'],
      ['AFAS'],
      ['Entra'],
      [],
      [],
      [],
      ['MicrosoftActiveDirectory'],
    ])
  })

  test('are the accounts themselves where the person has them', async () => {
    const someone = { Accounts: { MicrosoftActiveDirectory: { mail: 'zoe@acme.example' } } }
    const mapping = joined(
      ...['Person.Accounts.MicrosoftActiveDirectory.mail', 'Person.Accounts.MicrosoftActiveDirectory.phone']
        .map((script, index) => [
          mappingOf('Complex', script, { name: `s${index}` }),
          mappingOf('Field', script, { name: `p${index}` }),
        ])
        .flat(),
    )
    const fields = await mapFields(someone, mapping, 'Create')
    expect(valuesOf(fields)).toEqual(['zoe@acme.example', 'zoe@acme.example', null, null])
    expect(fields.flatMap(({ missingAccounts }) => missingAccounts)).toEqual([])
  })
})

describe('dates', () => {
  const someone = { Start: '2026-02-01T00:30:00', Birth: '1990-03-14', Name: 'May 2026' }
  const dateMapping = joined(
    ...[
      'new Date(Person.Start).toISOString()',
      'new Date(2026, 0, 1).toISOString()',
      'new Date(Person.Start).getHours()',
      "new Date(Person.Start).toLocaleString('nl-NL')",
      'new Date(Person.Start).toLocaleDateString()',
      'new Date(0).getTimezoneOffset()',
      'Person.Start.toISOString()',
      'Person.Start.getFullYear()',
      'Person.Start.getMonth() + 1',
      "Person.Birth.toLocaleDateString('nl-NL')",
      "Person.Start.substring(0, 10) + Person.Start.split('T')[1]",
      'typeof Person.Start + (Person.Start === new String(Person.Start).valueOf())',
      'typeof Person.Name.getFullYear',
      'Person.Start.setDate(1)',
    ].map((script, index) => mappingOf('Complex', script, { name: `f${index}` })),
  )

  test.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])(
    'are those of UTC on a machine in %s, and have the methods of a text and of a Date',
    async (zone) => {
      const before = process.env['TZ']
      process.env['TZ'] = zone
      try {
        // A mapping of its own has a process of its own, which starts in that zone.
        expect(valuesOf(await mapFields(someone, { ...dateMapping }, 'Create'))).toEqual([
          '2026-02-01T00:30:00.000Z',
          '2026-01-01T00:00:00.000Z',
          '0',
          '1-2-2026, 00:30:00',
          '2/1/2026',
          '0',
          '2026-02-01T00:30:00.000Z',
          '2026',
          '2',
          '14-3-1990',
          '2026-02-0100:30:00',
          'stringtrue',
          'undefined',
          'the script failed on line 1: TypeError: Person.Start.setDate is not a function',
        ])
      } finally {
        if (before === undefined) delete process.env['TZ']
        else process.env['TZ'] = before
      }
    },
  )
})

describe('texts that no person has', () => {
  test('are named, and names that have such letters are not', async () => {
    const fields = await mapEach('Complex', [
      "Person.Name.GivenName + '.' + Person.ExternalId",
      "'Jan' + null",
      'String(Number(Person.Name.NickName))',
      "'' + Person.Name",
      "'System.Collections.Generic.List`1[System.Object]'",
      "'Nancy Annullering de Nullens'",
      "''",
    ])
    expect(fields.map(({ suspectText }) => suspectText)).toEqual([
      'undefined',
      'null',
      'NaN',
      '[object Object]',
      'System.Collections.Generic.List',
      undefined,
      undefined,
    ])
  })
})

describe('files', () => {
  const valid = mappingText('field', [{ mode: 'Fixed', value: 'x' }])
  const raw = (mode: string, text: string): FieldMapping =>
    parseFieldMapping(
      mappingText('field', [
        { mode, value: 'here', stages: ['Create'] },
        { mode: 'Fixed', value: 'y', stages: ['Update'] },
      ]).replace('"\\"here\\""', text),
    )

  test('a byte order mark is tolerated', () => {
    expect(parseFieldMapping('\uFEFF' + valid)).toEqual(parseFieldMapping(valid))
  })

  test.each([
    ['nothing', '', 'Field mapping: the file is not JSON'],
    ['a list', '[]', 'the file must be an object'],
    ['no fields', '{"Version":"v1"}', 'MappingFields must be a list'],
    ['no version', '{"MappingFields":[]}', 'Version must be a string'],
    [
      'the mapping of a source',
      '{"personMappings":[],"contractMappings":[]}',
      'the file is the mapping of a source system (personMappings, contractMappings)',
    ],
    [
      'an unknown stage',
      valid.replace('"Create"', '"Remove"'),
      'MapForActions is "Remove"; expected one of Create,',
    ],
    [
      'an unknown mode',
      valid.replace('"Fixed"', '"Script"'),
      'MappingMode is "Script"; expected one of Fixed,',
    ],
    ['an unknown type', valid.replace('"Text"', '"Number"'), 'Type is "Number"; expected one of Text, Array'],
    [
      'a flag that is text',
      valid.replace('"StoreInAccountData":false', '"StoreInAccountData":"no"'),
      'true or false',
    ],
    [
      'a name that is empty',
      mappingText('', [{ mode: 'Fixed', value: 'x' }]),
      'MappingFields[0].Name is not a usable name',
    ],
    [
      'a name that is not one',
      mappingText('__proto__.x', [{ mode: 'Fixed', value: 'x' }]),
      'is not a usable name',
    ],
    [
      'a stage twice',
      mappingText('field', [
        { mode: 'Fixed', value: 'x' },
        { mode: 'None', value: null },
      ]),
      'field "field": it is mapped twice for Create',
    ],
  ])('a file with %s is refused in words', (_, text, message) => {
    expect(() => parseFieldMapping(text)).toThrow(message)
  })

  test('a field that is mapped twice is refused', () => {
    const field = valid.slice(valid.indexOf('{"Name"'), valid.indexOf('],"UniqueFieldNames'))
    expect(() => parseFieldMapping(valid.replace(field, `${field},${field}`))).toThrow('it is mapped twice')
  })

  test.each([
    ['Fixed', '"x"', 'Value is not JSON'],
    ['Field', '"x"', 'Value is not JSON'],
    ['Complex', '"x"', 'Value is not JSON'],
    ['Field', '7', 'Value must be JSON in a string'],
    ['Field', '"7"', 'Value of a Field mapping must be a JSON string in a string'],
    ['Complex', '"null"', 'Value of a Complex mapping must be a JSON string in a string'],
    ['Field', '""', 'Value is empty; a Field mapping needs a path'],
    ['Complex', '""', 'Value is empty; a Complex mapping needs a script'],
    ['Field', '"\\"Manager.Name\\""', 'the path "Manager.Name" does not begin with "Person."'],
    ['Field', '"\\"person.ExternalId\\""', 'Is Person.ExternalId meant?'],
    ['Field', '"\\"function f() { return Person.X }\\\\nf();\\""', 'Set the mode to Complex.'],
    ['Field', '"\\"Person.Name.GivenName + Person.Name.FamilyName\\""', 'Set the mode to Complex.'],
    ['Field', '"\\"Person.Name.GivenName.toLowerCase()\\""', 'Set the mode to Complex.'],
  ])('a %s value %s is a fault of its action, and of no other', async (mode, text, fault) => {
    const mapping = raw(mode, text)
    const [field] = await mapFields(person, mapping, 'Create')
    expect(field?.fault).toContain(fault)
    expect(await mapPerson(person, mapping, 'Update')).toEqual({ field: 'y' })
  })

  test('an empty string in Fixed or None reads as empty', async () => {
    expect(await mapPerson(person, raw('Fixed', '""'), 'Create')).toEqual({ field: '' })
    expect(await mapPerson(person, raw('None', '""'), 'Create')).toEqual({})
  })
})
