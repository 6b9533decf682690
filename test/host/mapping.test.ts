import { MappingError, parseFieldMapping, type FieldMapping } from '../../cli/fieldMapping.ts'
import { mapFields, mapPerson } from '../../cli/mapping.ts'

interface Action {
  readonly mode: string
  readonly value: unknown
  readonly stages?: readonly string[]
}

/** The text of a mapping with one field. */
const fileOf = (name: string, actions: readonly Action[], type = 'Text'): string =>
  JSON.stringify({
    Version: 'v1',
    MappingFields: [
      {
        Name: name,
        Type: type,
        MappingActions: actions.map(({ mode, value, stages = ['Create'] }) => ({
          MapForActions: stages,
          MappingMode: mode,
          Value: JSON.stringify(value),
          UsedInNotifications: false,
          StoreInAccountData: false,
        })),
      },
    ],
    UniqueFieldNames: [],
  })

const mappingOf = (mode: string, value: unknown, { name = 'field', type = 'Text' } = {}): FieldMapping =>
  parseFieldMapping(fileOf(name, [{ mode, value }], type))

const joined = (...mappings: FieldMapping[]): FieldMapping => ({
  Version: 'v1',
  MappingFields: mappings.flatMap(({ MappingFields }) => MappingFields),
  UniqueFieldNames: [],
})

const person = { ExternalId: '7', Active: true, Hours: 32, Name: { NickName: 'Zoë' }, Tags: ['a', 'b'] }
const complex = (script: string, type = 'Text') =>
  mapPerson(person, mappingOf('Complex', script, { type }), 'Create')

describe('values', () => {
  test.each<[string, string, string | null]>([
    ['a member', 'Person.ExternalId', '7'],
    ['a member of a member', 'Person.Name.NickName', 'Zoë'],
    ['a boolean as text', 'Person.Active', 'true'],
    ['a number as text', 'Person.Hours', '32'],
    ['nothing where a step of the path is missing', 'Person.PrimaryContract.Title.Name', null],
    ['nothing from what every object inherits', 'Person.constructor.name', null],
  ])('a Field mapping gives %s', (_, path, expected) => {
    expect(mapPerson(person, mappingOf('Field', path), 'Create')).toEqual({ field: expected })
  })

  test('a Fixed mapping gives its constant, a None mapping is left out', () => {
    expect(mapPerson(person, mappingOf('Fixed', 'work'), 'Create')).toEqual({ field: 'work' })
    expect(mapPerson(person, mappingOf('Fixed', ''), 'Create')).toEqual({ field: '' })
    expect(mapPerson(person, mappingOf('None', null), 'Create')).toEqual({})
  })

  test.each<[string, string, string | null]>([
    ['the last expression', 'function f() { return Person.Name.NickName }\nf();', 'Zoë'],
    ['the iteration', "'n' + Iteration", 'n0'],
    [
      'a name without accents',
      'deleteDiacriticalMarks("Zoë Çelik-Ñandú Øst, O\'Brien")',
      "Zoe Celik-Nandu Ost, O'Brien",
    ],
    ['letters that HelloID does not replace', "deleteDiacriticalMarks('Straße Łódź')", 'Straße Łodź'],
    ['nothing for undefined', 'undefined', null],
    ['a number as text', '1 + 1', '2'],
  ])('a Complex mapping gives %s', (_, script, expected) => {
    expect(complex(script)).toEqual({ field: expected })
  })

  test('the iteration of the caller reaches the script', () => {
    expect(mapPerson(person, mappingOf('Complex', 'String(Iteration)'), 'Create', 3)).toEqual({ field: '3' })
  })

  test('a field of type Array is a list of texts', () => {
    expect(complex("['a', 1]", 'Array')).toEqual({ field: ['a', '1'] })
    expect(complex("'a'", 'Array')).toEqual({ field: ['a'] })
    expect(mapPerson(person, mappingOf('Field', 'Person.Tags', { type: 'Array' }), 'Create')).toEqual({
      field: ['a', 'b'],
    })
  })

  test('dotted names nest, beside each other and deeper than one level', () => {
    const names = ['a.b', 'a.c', 'd.e.f', 'g']
    const mapping = joined(...names.map((name) => mappingOf('Fixed', name, { name })))
    expect(mapPerson(person, mapping, 'Create')).toEqual({
      a: { b: 'a.b', c: 'a.c' },
      d: { e: { f: 'd.e.f' } },
      g: 'g',
    })
  })

  test('a stage has its own mode, and a stage that is not mapped has no value', () => {
    const text = fileOf('field', [
      { mode: 'Fixed', value: 'new', stages: ['Create'] },
      { mode: 'Fixed', value: '', stages: ['Delete', 'Disable'] },
    ])
    const mapping = parseFieldMapping(text)
    expect(mapPerson(person, mapping, 'Create')).toEqual({ field: 'new' })
    expect(mapPerson(person, mapping, 'Disable')).toEqual({ field: '' })
    expect(mapPerson(person, mapping, 'Update')).toEqual({})
  })

  test('each value says where it came from', () => {
    const mapping = joined(
      mappingOf('Field', 'Person.ExternalId'),
      mappingOf('Fixed', 'x', { name: 'other' }),
    )
    expect(mapFields(person, mapping, 'Create')).toEqual([
      { name: 'field', mode: 'Field', source: 'Person.ExternalId', value: '7' },
      { name: 'other', mode: 'Fixed', source: 'x', value: 'x' },
    ])
  })
})

describe('scripts', () => {
  test('a script that does not end is ended after a second', () => {
    expect(() => complex('while (true) {}')).toThrow(/field "field": the script failed: .*timed out/)
  })

  test('a script reaches neither this process nor the person of its caller', () => {
    expect(complex('typeof process + typeof require + typeof setTimeout')).toEqual({
      field: 'undefinedundefinedundefined',
    })
    expect(() => complex("this.constructor.constructor('return process')().pid")).toThrow(MappingError)
    expect(() => complex("deleteDiacriticalMarks.constructor('return process')().pid")).toThrow(MappingError)
    // The error of an import that fails would be of this process.
    for (const between of ['', ' ', '/* ( */', '//\n']) {
      expect(() => complex(`import${between}('fs').catch(function (e) { e.constructor }); ''`)).toThrow(
        'uses import()',
      )
    }
    // What runs later is under no time limit.
    for (const later of [
      'async function f() {}',
      '(async () => {})()',
      'x = { async f() {} }',
      'async x => x',
    ]) {
      expect(() => complex(later)).toThrow('uses an async function')
    }
    expect(() => complex('Promise.resolve().then(function () { for (;;) {} })')).toThrow(
      'Promise is not defined',
    )
    expect(complex("'asynchronous'")).toEqual({ field: 'asynchronous' })
    expect(complex("'an important() import'")).toEqual({ field: 'an important() import' })
    expect(complex("Person.Name.NickName = 'X'")).toEqual({ field: 'X' })
    expect(person.Name.NickName).toBe('Zoë')
  })

  test('a script sees nothing of what the script of another field did', () => {
    const spoil = mappingOf('Complex', "Person.ExternalId = shared = '8'; String.prototype.trim = null; ''")
    const look = mappingOf('Complex', "typeof shared + Person.ExternalId + ' '.trim()", { name: 'other' })
    expect(mapPerson(person, joined(spoil, look), 'Create')).toEqual({ field: '', other: 'undefined7' })
  })

  test.each([
    ['throws', "throw new Error('no contract')", 'field "field": the script failed: Error: no contract'],
    ['throws a text', "throw 'no contract'", 'the script failed: no contract'],
    ['throws an object', 'throw Object.create(null)', 'it threw something that is no error'],
    ['reads a member of nothing', 'Person.Accounts.mail', 'the script failed: TypeError: '],
    ['is not JavaScript', 'function (', 'the script failed: SyntaxError: '],
    ['gives an object', '({})', 'the value is of type object'],
    ['gives a list for a text', "['a']", 'the value is a list, but the type is Text'],
  ])('a script that %s fails with the name of its field', (_, script, message) => {
    expect(() => complex(script)).toThrow(message)
  })
})

describe('files', () => {
  const valid = fileOf('field', [{ mode: 'Fixed', value: 'x' }])

  test('a byte order mark is tolerated', () => {
    expect(parseFieldMapping('\uFEFF' + valid)).toEqual(parseFieldMapping(valid))
  })

  test.each([
    ['nothing', '', 'Field mapping: the file is not JSON'],
    ['a list', '[]', 'the file must be an object'],
    ['no fields', '{"Version":"v1"}', 'MappingFields must be a list'],
    ['no version', '{"MappingFields":[]}', 'Version must be a string'],
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
    ['a value that is not JSON', valid.replace('"\\"x\\""', '"x"'), 'field "field": Value is not JSON'],
    [
      'a flag that is text',
      valid.replace('"StoreInAccountData":false', '"StoreInAccountData":"no"'),
      'true or false',
    ],
    [
      'a path that is a number',
      fileOf('field', [{ mode: 'Field', value: 7 }]),
      'Value of a Field mapping must be',
    ],
    [
      'a name that is empty',
      fileOf('', [{ mode: 'Fixed', value: 'x' }]),
      'MappingFields[0].Name is not a usable name',
    ],
    [
      'a name that is not one',
      fileOf('__proto__.x', [{ mode: 'Fixed', value: 'x' }]),
      'is not a usable name',
    ],
    [
      'a stage twice',
      fileOf('field', [
        { mode: 'Fixed', value: 'x' },
        { mode: 'None', value: null },
      ]),
      'field "field": it is mapped twice for Create',
    ],
  ])('a file with %s is refused in words', (_, text, message) => {
    expect(() => parseFieldMapping(text)).toThrow(MappingError)
    expect(() => parseFieldMapping(text)).toThrow(message)
  })

  test('a field that is mapped twice is refused', () => {
    const field = valid.slice(valid.indexOf('{"Name"'), valid.indexOf('],"UniqueFieldNames'))
    expect(() => parseFieldMapping(valid.replace(field, `${field},${field}`))).toThrow('it is mapped twice')
  })

  test('a path outside the person, and a name inside a value, are refused', () => {
    expect(() => mapPerson(person, mappingOf('Field', 'Manager.Name'), 'Create')).toThrow(
      'does not begin with "Person."',
    )
    expect(() => mapPerson(person, mappingOf('Field', 'Person.Name'), 'Create')).toThrow(
      'the value is of type object',
    )
    const a = mappingOf('Fixed', 'x', { name: 'a' })
    const ab = mappingOf('Fixed', 'x', { name: 'a.b' })
    expect(() => mapPerson(person, joined(a, ab), 'Create')).toThrow('"a" is a value already')
    expect(() => mapPerson(person, joined(ab, a), 'Create')).toThrow('other fields are nested in it already')
  })
})
