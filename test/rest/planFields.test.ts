import fc from 'fast-check'
import { planFields } from '../../connectors/salesforce-apex-rest/accounts/compare.ts'
import { textIn } from '../../connectors/salesforce-apex-rest/accounts/data.ts'
import { readDescription, toRecord } from '../../shared/salesforce/rest/description.ts'
import { toLongId } from '../../shared/salesforce/id.ts'
import { runs } from '../matrix.ts'

const skills = ['Finance', 'Legal', 'Sales', 'Service']

const types: Readonly<Record<string, string>> = {
  Username: 'string',
  Title: 'string',
  ManagerId: 'reference',
  Active__c: 'boolean',
  Hours__c: 'double',
  Skills__c: 'multipicklist',
  Born__c: 'date',
  First_Shift__c: 'datetime',
  Home__c: 'email',
  Buddy__c: 'reference',
}
const description = readDescription({
  fields: Object.entries(types).map(([name, type]) => ({ name, type })),
})

const text = fc
  .oneof(fc.constantFrom('', 'a', "O'Brien", '2026-12', '5', 'true'), fc.string())
  .map((one) => one.trim())
const id = fc
  .constantFrom('0055g0000000003', '0055g0000000005')
  .chain((short) => fc.constantFrom(short, toLongId(short)))
const day = fc.constantFrom('2026-12-31', '2024-02-29')
const moment = fc.constantFrom(
  '2026-12-31T18:00:00Z',
  '2026-12-31T19:00:00+01:00',
  '2026-12-31T18:00',
  '2027-01-01',
)
const orNothing = (value: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), value)

/** What a host may want of each kind of field, in any of its spellings. */
const desired = fc
  .record(
    {
      Username: fc.constantFrom('a@acme.example', 'A@acme.example', 'b@acme.example'),
      Title: text,
      ManagerId: orNothing(id),
      Active__c: fc.constantFrom('true', 'False', 'TRUE', ''),
      Hours__c: orNothing(fc.constantFrom('5', '5.0', '05', '-1.25')),
      Skills__c: orNothing(fc.shuffledSubarray(skills, { minLength: 1 }).map((some) => some.join(';'))),
      Born__c: orNothing(
        fc.oneof(
          day,
          day.map((one) => `${one}T00:00:00Z`),
        ),
      ),
      First_Shift__c: orNothing(moment),
      Home__c: orNothing(fc.constantFrom('Me@home.example', 'me@home.example')),
      Buddy__c: orNothing(id),
    },
    { requiredKeys: [] },
  )
  .map((values) => new Map(Object.entries(values)))

/** What Salesforce makes of a record: written for this test alone. */
function store(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const made = Object.entries(record).map(([name, value]): [string, unknown] => {
    if (value === null || value === '') return [name, types[name] === 'boolean' ? false : null]
    if (name === 'Username' || types[name] === 'email') return [name, String(value).toLowerCase()]
    if (types[name] === 'reference') return [name, toLongId(String(value))]
    if (types[name] !== 'multipicklist') return [name, value]
    return [name, skills.filter((skill) => String(value).split(';').includes(skill)).join(';')]
  })
  return Object.fromEntries(made)
}

const record = (values: ReadonlyMap<string, string>): Record<string, unknown> => toRecord(values, description)

test('what was stored as it was wanted is not changed again, however it is spelt', () => {
  fc.assert(
    fc.property(desired, (wanted) => {
      expect(planFields(store(record(wanted)), wanted, description)).toEqual([])
    }),
    { numRuns: runs(800) },
  )
})

test('after the changes, nothing is left to change, and what is not wanted is as it was', () => {
  fc.assert(
    fc.property(desired, desired, (before, wanted) => {
      const row = store(record(before))
      const changes = planFields(row, wanted, description)
      const sent = record(new Map(changes.map(({ attribute, to }) => [attribute, to])))
      const after = { ...row, ...store(sent) }
      expect(planFields(after, wanted, description)).toEqual([])
      for (const name of Object.keys(row).filter((each) => !wanted.has(each)))
        expect(sent).not.toHaveProperty(name)
    }),
    { numRuns: runs(800) },
  )
})

test('a row that has what is shown of it has nothing to change', () => {
  fc.assert(
    fc.property(desired, (before) => {
      const row = store(record(before))
      const shown = new Map(Object.keys(row).map((name) => [name, textIn(row, name)]))
      expect(planFields(row, shown)).toEqual([])
      expect(planFields(row, shown, description)).toEqual([])
    }),
    { numRuns: runs(400) },
  )
})

test.each([
  ['nothing is what is absent', {}, { Title: '' }],
  ['a day, whatever the time with it', { Born__c: '2026-12-31' }, { Born__c: '2026-12-31T00:00:00+01:00' }],
  [
    'a time without a zone, which is UTC',
    { First_Shift__c: '2026-12-31T18:00:00.000+0000' },
    { First_Shift__c: '2026-12-31T18:00' },
  ],
  ['a line that ends otherwise', { Street: 'A 1\r\nB' }, { Street: 'A 1\nB' }],
  ['a name in another case', { cost_code__c: 'S' }, { Cost_Code__C: 'S' }],
  [
    'an id of the other length in a custom field',
    { Buddy__c: toLongId('0055g0000000003') },
    { Buddy__c: '0055g0000000003' },
  ],
])('is the same: %s', (_what, row, wanted) => {
  expect(planFields(row, new Map(Object.entries(wanted)))).toEqual([])
})

test.each([
  ['a text in another case', { Title: 'Clerk' }, { Title: 'clerk' }],
  ['texts that are the same number', { Title: '5' }, { Title: '5.0' }],
  ['a number in a text', { Title: '05' }, { Title: '5' }],
  ['the values of a text in another order', { Title: 'a;b' }, { Title: 'b;a' }],
  ['texts that begin as one id', { Title: '0055g0000000003AAA' }, { Title: '0055g0000000003BBB' }],
  [
    'an hour of the same day',
    { First_Shift__c: '2026-12-31T18:00:00.000+0000' },
    { First_Shift__c: '2026-12-31T18:00:00+01:00' },
  ],
])('is another: %s', (_what, row, wanted) => {
  expect(planFields(row, new Map(Object.entries(wanted)), description)).toHaveLength(1)
})
