import type { CorrelationConfiguration } from '../../shared/host/context.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'

const read = (given: CorrelationConfiguration | undefined) =>
  readCorrelation(
    { DryRun: true, ...(given !== undefined && { CorrelationConfiguration: given }) },
    (name, member) => {
      if (name === 'nonsense') throw new Error(`${member} [${name}]`)
      return name.toLowerCase()
    },
  )
const enabled = { Enabled: true, PersonField: 'Person.ExternalId', AccountField: 'EmployeeNumber' }

test('no correlation when it is off, or there is nothing about it', () => {
  expect(read(undefined)).toBeUndefined()
  expect(read({})).toBeUndefined()
  expect(read({ ...enabled, Enabled: false })).toBeUndefined()
})

test("the person's value is looked for, not the mapped one", () => {
  const correlation = read({ ...enabled, PersonFieldValue: '123', AccountFieldValue: '456' })
  expect(correlation).toEqual({ field: 'employeenumber', value: '123' })
})

test.each<[string, CorrelationConfiguration]>([
  ['absent', {}],
  ['empty', { PersonFieldValue: '' }],
  ['blank', { PersonFieldValue: '  ' }],
])("the mapped value is looked for where the person's is %s", (_name, given) => {
  expect(read({ ...enabled, ...given, AccountFieldValue: ' 456 ' })?.value).toBe('456')
})

test('a number is looked for as the text that it is written as', () => {
  expect(read({ ...enabled, PersonFieldValue: 100482 })?.value).toBe('100482')
  expect(read({ ...enabled, PersonFieldValue: 0 })?.value).toBe('0')
})

test.each<[string, CorrelationConfiguration]>([
  ['no field', { Enabled: true, PersonFieldValue: '1' }],
  ['a blank field', { Enabled: true, AccountField: ' ', PersonFieldValue: '1' }],
])('with %s nothing is created: the error names the member', (_name, given) => {
  expect(() => read(given)).toThrow(
    'Correlation is enabled but not configured correctly: CorrelationConfiguration.AccountField is empty.',
  )
})

test.each<[string, CorrelationConfiguration]>([
  ['absent', {}],
  ['empty', { PersonFieldValue: '', AccountFieldValue: '' }],
  ['blank', { PersonFieldValue: ' ', AccountFieldValue: '\t' }],
])('with both values %s nothing is created: the error names what to map', (_name, given) => {
  expect(() => read({ ...enabled, ...given })).toThrow(
    'CorrelationConfiguration.PersonFieldValue is empty: make sure that Person.ExternalId has a value.',
  )
})

test('a field that is none is refused by the connector, with the member that names it', () => {
  expect(() => read({ ...enabled, AccountField: 'nonsense', PersonFieldValue: '1' })).toThrow(
    'CorrelationConfiguration.AccountField [nonsense]',
  )
})
