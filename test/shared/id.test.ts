import { checkId, idPrefix, isId, isSameId } from '../../shared/salesforce/id.ts'

test.each(['0055g0000000003', '0055g0000000003AAA', '005aBcDeFgHiJkL'])('%j is an id', (text) => {
  expect(isId(text)).toBe(true)
  expect(isId(text, '005')).toBe(true)
  expect(isId(text, '00e')).toBe(false)
  expect(checkId(text, '005', 'References.Account')).toBe(text)
})

test.each([
  '',
  '005',
  '0055g000000000',
  '0055g00000000031',
  '0055g0000000003AA',
  '0055g0000000003AAAA',
  '0055g0000000003AA\n',
  '0055g0000000003AAA\n',
  ' 0055g0000000003AAA',
  '0055g00000/0003AAA',
  "0055g00000'0003AAA",
  '0055g00000"0003AAA',
  '0055g00000?0003AAA',
  '../../../../005gAAA',
  '0055g0000é00003AAA',
  '0055g0000%2F003AAA',
])('%j is no id, and the error names the member and what was expected', (text) => {
  expect(isId(text)).toBe(false)
  expect(() => checkId(text, '005', 'References.Account')).toThrow(
    /^References\.Account \[.*\] is not a Salesforce id: expected 15 or 18 letters and digits that begin with 005\.$/s,
  )
})

test('prefixes differ by case: a profile is not a role', () => {
  expect(isId('00e5g0000000001AAA', idPrefix.profile)).toBe(true)
  expect(isId('00e5g0000000001AAA', idPrefix.role)).toBe(false)
})

test('15 and 18 characters are the same id, another case is another id', () => {
  expect(isSameId('0055g0000000003', '0055g0000000003AAA')).toBe(true)
  expect(isSameId('0055g000000000a', '0055g000000000AAAA')).toBe(false)
})

test('an id of endless length is shown in part', () => {
  const message = (): string => checkId('x'.repeat(100_000), '005', 'References.Account')
  expect(message).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,250}$/) }))
})
