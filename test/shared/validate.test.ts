import { ConnectorError } from '../../shared/errors.ts'
import { check, isObject, nearest, normalise, type Validator } from '../../shared/validate.ts'

const schema = {
  type: 'object',
  properties: {
    DryRun: { type: 'boolean' },
    Count: { type: 'integer' },
    Name: { type: 'string' },
    Inner: { type: 'object', properties: { PersonField: { type: 'string' } } },
    List: { type: 'array', items: { type: 'object', properties: { Id: { type: 'string' } } } },
    Data: { type: 'object' },
  },
}

describe('normalise', () => {
  test('declared members get the spelling of the schema, at any depth; others keep theirs', () => {
    const given = {
      dryrun: true,
      INNER: { personfield: 'a', Other: 1 },
      list: [{ ID: 'x' }, { id: 'y' }],
      data: { userName: 'a', DRYRUN: 1 },
      unknown: { dryRun: 2 },
    }
    expect(normalise(given, schema)).toEqual({
      DryRun: true,
      Inner: { PersonField: 'a', Other: 1 },
      List: [{ Id: 'x' }, { Id: 'y' }],
      Data: { userName: 'a', DRYRUN: 1 },
      unknown: { dryRun: 2 },
    })
  })

  test('declared members that are null are left out, what is null in free data stays', () => {
    expect(normalise({ Name: null, Data: { title: null } }, schema)).toEqual({ Data: { title: null } })
  })

  test('a member that comes twice, in two spellings, is refused: which of them counts is not ours to choose', () => {
    expect(() => normalise({ DryRun: true, dryRun: false }, schema)).toThrow('DryRun is given twice')
    expect(normalise({ DryRun: true, dryRun: null }, schema)).toEqual({ DryRun: true })
  })

  test('what came from a form: blanks are left out, booleans and numbers may be texts', () => {
    const given = { DryRun: 'TRUE', Count: '25', Name: '  ' }
    expect(normalise(given, schema, { fromForm: true })).toEqual({ DryRun: true, Count: 25 })
    expect(normalise({ DryRun: 'yes', Count: '2.5' }, schema, { fromForm: true })).toEqual({
      DryRun: 'yes',
      Count: '2.5',
    })
  })

  test('what did not come from a form keeps its type: a text is no boolean', () => {
    expect(normalise({ DryRun: 'true', Name: '' }, schema)).toEqual({ DryRun: 'true', Name: '' })
  })

  test('names that every object has are members like any other', () => {
    const given: unknown = JSON.parse(
      '{"__proto__":{"DryRun":true},"constructor":1,"Data":{"__proto__":{"x":1}}}',
    )
    const result = normalise(given, schema)
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    expect(Object.hasOwn(result as object, 'DryRun')).toBe(false)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('check', () => {
  const failing = (...errors: object[]): Validator =>
    Object.assign(() => false, { errors: errors as NonNullable<Validator['errors']> })
  const complaint = (validate: Validator, label: string): string => {
    try {
      check({ secret: 'hunter2' }, validate, label, 'MISCONFIGURED')
    } catch (error) {
      if (error instanceof ConnectorError && error.code === 'MISCONFIGURED') return error.message
    }
    return 'no complaint'
  }

  test('one sentence names every member, its path and what was expected, and each only once', () => {
    const type = { keyword: 'type', instancePath: '/Inner/PersonField', params: { type: 'string' } }
    const sentence = complaint(
      failing(
        { keyword: 'required', instancePath: '', params: { missingProperty: 'BaseUrl' } },
        type,
        type,
        { keyword: 'type', instancePath: '/List', params: { type: 'array' } },
        { keyword: 'enum', instancePath: '/Flow', params: { allowedValues: ['a', 'b'] } },
        { keyword: 'minimum', instancePath: '/Count', params: {}, message: 'must be >= 1' },
      ),
      'Configuration',
    )
    expect(sentence).toBe(
      'Configuration.BaseUrl is missing; Configuration.Inner.PersonField must be a string; Configuration.List must be an array; Configuration.Flow must be one of a, b; Configuration.Count must be >= 1.',
    )
  })

  test('without a label a path begins with the member', () => {
    const validate = failing({
      keyword: 'required',
      instancePath: '/actionContext',
      params: { missingProperty: 'DryRun' },
    })
    expect(complaint(validate, '')).toBe('actionContext.DryRun is missing.')
  })

  test('what is valid is not complained about', () => {
    expect(complaint(() => true, 'x')).toBe('no complaint')
  })
})

describe('nearest', () => {
  const candidates = ['userName', 'emailAddress', 'BaseUrl', 'department']
  test.each([
    ['username', 'userName'],
    ['usrName', 'userName'],
    ['mailAddress', 'emailAddress'],
    ['BaseURI', 'BaseUrl'],
    ['departement', 'department'],
    ['something else', undefined],
    ['x', undefined],
  ])('a slip like %j is nearest to %j', (slip, expected) => {
    expect(nearest(slip, candidates)).toBe(expected)
  })

  test('a name of endless length is compared in part', () => {
    expect(nearest('x'.repeat(1_000_000), candidates)).toBeUndefined()
  })
})

test('only what has members is an object', () => {
  expect([{}, { a: 1 }].every(isObject)).toBe(true)
  expect([null, undefined, [], 'a', 1, true].some(isObject)).toBe(false)
})
