import fc from 'fast-check'
import { type Attributes, enterprise, readAttribute, salesforce } from '../../shared/scim/attribute.ts'
import { type Comparison, isSame, plan } from '../../shared/plan.ts'
import { newUser, patchOperations } from '../../shared/scim/patch.ts'
import { enterpriseSchema, type Operation, userSchema } from '../../shared/scim/schema.ts'
import { runs } from '../matrix.ts'

type Json = Record<string, unknown>

const custom = 'urn:salesforce:schemas:extension:00D5g000004AbCdEAK:Cost_Code__c'
const caseless = ['userName', 'emails']
const ids = ['roles', 'entitlements.profile', enterprise('manager'), enterprise('delegatedApprover')]
const texts = [
  'externalId',
  'title',
  'name.givenName',
  'name.familyName',
  'nickName',
  enterprise('department'),
  enterprise('employeeNumber'),
  salesforce('alias'),
  custom,
  'phoneNumbers.work',
  'phoneNumbers.mobile',
  'addresses.streetAddress',
  'addresses.locality',
  'addresses.country',
]

const comparison = (attribute: string): Comparison => {
  if (caseless.includes(attribute)) return 'caseless'
  if (ids.includes(attribute)) return 'id'
  return attribute === 'active' || attribute.endsWith('__c') ? 'typed' : 'exact'
}

function child(parent: Json, name: string): Json {
  const value = parent[name]
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  const created: Json = {}
  parent[name] = created
  return created
}

/** What Salesforce makes of a PATCH, written for this test alone: objects are merged, lists are values of a type. */
function apply(user: Json, operations: readonly Operation[]): Json {
  const result = structuredClone(user)
  for (const { op, path, value } of operations) {
    if (op === 'remove') {
      if (path === 'roles') delete result['roles']
      else delete child(result, enterpriseSchema)[String(path)]
      continue
    }
    for (const [name, given] of Object.entries(value ?? {})) {
      if (name === 'phoneNumbers') {
        const added = given as Json[]
        const kept = ((result[name] ?? []) as Json[]).filter(
          (number) => !added.some(({ type }) => type === number['type']),
        )
        result[name] = [...kept, ...added.filter((number) => number['value'] !== '')]
      } else if (name === 'entitlements') {
        const others = ((result[name] ?? []) as Json[]).filter((each) => each['type'] !== 'Profile')
        result[name] = [...others, ...(given as Json[]).map((each) => ({ ...each, type: 'Profile' }))]
      } else if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
        Object.assign(child(result, name), given)
      } else result[name] = given
    }
  }
  return result
}

const idOf = (prefix: string) =>
  fc.constantFrom('0001AAA', '0001', '0002AAA', '0003AAA').map((end) => `${prefix}5g000000${end}`)
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('', 'Sales', 'sales', "O'Brien", 'true', 'False', '7', '7.0', 'Zoë "x" \\'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
)
const value = (attribute: string): fc.Arbitrary<string> => {
  if (attribute === 'active') return fc.constantFrom('true', 'false', 'True')
  if (attribute === 'entitlements.profile') return idOf('00e')
  if (ids.includes(attribute)) return fc.oneof(fc.constant(''), idOf(attribute === 'roles' ? '00E' : '005'))
  return text
}
const names = ['active', ...caseless, ...ids, ...texts]
const account: fc.Arbitrary<Attributes> = fc
  .record(Object.fromEntries(names.map((name) => [name, value(name)])), { requiredKeys: [] })
  .map((record) => new Map(Object.entries(record).map(([name, given]) => [name, given ?? ''])))

const shown = (user: Json): Map<string, string> =>
  new Map(names.map((name) => [name, readAttribute(user, name)]))

/** An account of the org: unlike what one request can make of it, it may have several phone numbers. */
function existing(attributes: Attributes): Json {
  const user = newUser(new Map([...attributes].filter(([name]) => !name.startsWith('phoneNumbers.'))))
  const numbers = [...attributes].filter(
    ([name, number]) => name.startsWith('phoneNumbers.') && number !== '',
  )
  user['phoneNumbers'] = numbers.map(([name, number]) => ({ type: name.split('.')[1], value: number }))
  return apply({}, [{ op: 'replace', value: user }])
}

describe('plan', () => {
  test('what is applied agrees with what was desired, and nothing else has changed', () => {
    fc.assert(
      fc.property(account, account, (before, desired) => {
        const user = existing(before)
        const current = shown(user)
        const changes = plan(current, desired, comparison)
        const after = shown(apply(user, patchOperations(changes, current)))
        for (const name of names) {
          const wanted = desired.get(name)
          if (wanted === undefined) expect([name, after.get(name)]).toEqual([name, current.get(name)])
          else {
            // A checkbox that is cleared is off: it has no empty value.
            const target = wanted === '' && after.get(name) === 'false' ? 'false' : wanted
            expect([name, isSame(after.get(name) ?? '', target, comparison(name))]).toEqual([name, true])
          }
        }
        expect(plan(after, desired, comparison)).toEqual([])
      }),
      { numRuns: runs(400) },
    )
  })

  test('nothing is planned for an account that is as it should be', () => {
    fc.assert(
      fc.property(account, (same) => {
        expect(plan(same, same, comparison)).toEqual([])
        expect(plan(shown(existing(same)), same, comparison)).toEqual([])
      }),
    )
  })

  test('an attribute that is not desired is left alone, and an empty one that is absent is no change', () => {
    const current = new Map([['title', 'Chief']])
    expect(plan(current, new Map(), comparison)).toEqual([])
    expect(plan(current, new Map([['externalId', '']]), comparison)).toEqual([])
    expect(plan(current, new Map([['title', '']]), comparison)).toEqual([
      { attribute: 'title', from: 'Chief', to: '' },
    ])
  })

  test.each<[Comparison, string, string, boolean]>([
    ['exact', 'a', 'a', true],
    ['exact', 'a', 'A', false],
    ['exact', 'a', 'a ', false],
    ['caseless', 'J.Bos@acme.example', 'j.bos@ACME.example', true],
    ['caseless', 'a', 'b', false],
    ['typed', 'true', 'TRUE', true],
    ['typed', 'true', 'false', false],
    ['typed', 'true', '1', false],
    ['typed', '7', '7.0', true],
    ['typed', '7', '', false],
    ['typed', '0', '', false],
    ['typed', '0', ' ', false],
    ['typed', 'a', 'A', false],
    ['id', '0055g0000000001', '0055g0000000001AAA', true],
    ['id', '0055g0000000001AAA', '0055g0000000002AAA', false],
    ['id', '0055g000000000a', '0055g000000000A', false],
    ['id', '', '0055g0000000001AAA', false],
    ['id', '', '', true],
  ])('compared as %s, %j and %j are the same: %s', (kind, a, b, same) => {
    expect(isSame(a, b, kind)).toBe(same)
    expect(isSame(b, a, kind)).toBe(same)
  })
})

describe('patchOperations', () => {
  const operations = (changes: Record<string, string>, current: Record<string, string> = {}) =>
    patchOperations(
      Object.entries(changes).map(([attribute, to]) => ({ attribute, from: '', to })),
      new Map(Object.entries(current)),
    )

  test('no change is no operation', () => {
    expect(operations({})).toEqual([])
  })

  test('all that is replaced goes in one operation without a path, of which the value is an object', () => {
    expect(
      operations({ title: 'Chief', [enterprise('department')]: 'Sales', 'name.givenName': 'Zoë' }),
    ).toEqual([
      {
        op: 'replace',
        value: { title: 'Chief', [enterpriseSchema]: { department: 'Sales' }, name: { givenName: 'Zoë' } },
      },
    ])
  })

  test('a phone number is added, so that the numbers of other types stay', () => {
    expect(operations({ 'phoneNumbers.mobile': '+31 6' })).toEqual([
      { op: 'add', value: { phoneNumbers: [{ type: 'mobile', value: '+31 6' }] } },
    ])
  })

  test('a role, a manager and a delegated approver are cleared by removing them, by their names alone', () => {
    expect(
      operations({ roles: '', [enterprise('manager')]: '', [enterprise('delegatedApprover')]: '' }),
    ).toEqual([
      { op: 'remove', path: 'roles' },
      { op: 'remove', path: 'manager' },
      { op: 'remove', path: 'delegatedApprover' },
    ])
  })

  test('a text is cleared by replacing it with an empty one', () => {
    expect(operations({ title: '' })).toEqual([{ op: 'replace', value: { title: '' } }])
  })

  test('an address is sent whole, with what it already had', () => {
    const current = {
      'addresses.locality': 'Utrecht',
      'addresses.country': 'Netherlands',
      'addresses.region': '',
      title: 'Chief',
    }
    expect(operations({ 'addresses.locality': 'Amsterdam' }, current)).toEqual([
      {
        op: 'replace',
        value: {
          addresses: [{ type: 'work', primary: true, locality: 'Amsterdam', country: 'Netherlands' }],
        },
      },
    ])
  })

  test('active and checkboxes are JSON booleans, a text that only looks like one stays a text', () => {
    expect(operations({ active: 'False', [custom]: 'TRUE', title: 'true' })).toEqual([
      {
        op: 'replace',
        value: {
          active: false,
          'urn:salesforce:schemas:extension:00D5g000004AbCdEAK': { Cost_Code__c: true },
          title: 'true',
        },
      },
    ])
  })

  test('every operation is in lower case and replace comes first', () => {
    fc.assert(
      fc.property(account, account, (current, desired) => {
        const ops = patchOperations(plan(current, desired, comparison), current).map(({ op }) => op)
        expect(ops.filter((op) => op === 'replace').length).toBeLessThanOrEqual(1)
        expect(ops.indexOf('replace')).toBeLessThanOrEqual(0)
        expect(ops.every((op) => ['add', 'replace', 'remove'].includes(op))).toBe(true)
      }),
    )
  })
})

describe('newUser', () => {
  test('leaves out what is empty, and names the schemas that it uses', () => {
    const attributes = new Map([
      ['userName', 'a@b.example'],
      ['title', ''],
      [enterprise('department'), 'Sales'],
      [salesforce('alias'), ''],
      ['active', 'false'],
    ])
    expect(newUser(attributes)).toEqual({
      schemas: [userSchema, enterpriseSchema],
      userName: 'a@b.example',
      [enterpriseSchema]: { department: 'Sales' },
      active: false,
    })
  })

  test('of several phone numbers one is sent: Salesforce takes one in a request', () => {
    const user = newUser(
      new Map([
        ['phoneNumbers.work', '1'],
        ['phoneNumbers.mobile', '2'],
      ]),
    )
    expect(user['phoneNumbers']).toHaveLength(1)
  })

  test('whatever is written, but for phone numbers, can be read again', () => {
    fc.assert(
      fc.property(account, (attributes) => {
        const read = shown(newUser(attributes))
        for (const [name, to] of attributes) {
          if (name.startsWith('phoneNumbers.')) continue
          expect(isSame(read.get(name) ?? '', to, comparison(name))).toBe(true)
        }
      }),
    )
  })
})
