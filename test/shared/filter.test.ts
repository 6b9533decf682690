import fc from 'fast-check'
import { eq, gt, isRisky } from '../../shared/scim/filter.ts'
import { runs } from '../matrix.ts'

/** A filter read letter by letter, as RFC 7644 §3.4.2.2 has it: attribute, operator, JSON string, and nothing after it. */
function read(filter: string): { attribute: string; operator: string; value: string } {
  const first = filter.indexOf(' ')
  const second = filter.indexOf(' ', first + 1)
  if (first < 1 || filter[second + 1] !== '"') throw new Error(`no filter: ${filter}`)
  let value = ''
  let at = second + 2
  while (filter[at] !== '"') {
    const character = filter[at]
    if (character === undefined) throw new Error(`the value does not end: ${filter}`)
    if (character < ' ') throw new Error('a control character stands bare in the value')
    if (character !== '\\') {
      value += character
      at += 1
      continue
    }
    const escaped = filter[at + 1] ?? ''
    if (escaped === 'u') {
      value += String.fromCharCode(Number.parseInt(filter.slice(at + 2, at + 6), 16))
      at += 6
    } else {
      const meaning = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/' }[escaped]
      if (meaning === undefined) throw new Error(`unknown escape: ${escaped}`)
      value += meaning
      at += 2
    }
  }
  if (at !== filter.length - 1) throw new Error(`something follows the value: ${filter.slice(at)}`)
  return { attribute: filter.slice(0, first), operator: filter.slice(first + 1, second), value }
}

/** Through an address and back, as a server reads it. */
const throughAddress = (filter: string): string =>
  new URL(`https://acme.example/Users?filter=${encodeURIComponent(filter)}`).searchParams.get('filter') ?? ''

test.each([
  `o'brien`,
  `"`,
  `\\`,
  `\\"`,
  `x" or userName pr or userName eq "`,
  `a & b + c # d % e`,
  `line\nbreak\ttab\r`,
  `Zoë 李 🙂`,
  `null\u0000`,
  ``,
  ` `,
  `true`,
])('a filter keeps %j as one value', (value) => {
  expect(read(eq('userName', value))).toEqual({ attribute: 'userName', operator: 'eq', value })
  expect(read(throughAddress(eq('userName', value)))).toEqual({
    attribute: 'userName',
    operator: 'eq',
    value,
  })
  expect(read(gt('id', value))).toEqual({ attribute: 'id', operator: 'gt', value })
})

test('whatever the value is, the filter has it as one value and nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(read(throughAddress(eq('externalId', value))).value).toBe(value)
    }),
    { numRuns: runs(500) },
  )
})

test('also half a character is kept, and fits into an address', () => {
  expect(read(throughAddress(eq('userName', 'a\ud800b'))).value).toBe('a\ud800b')
})

test('values that the pilot puts into its query unescaped are known as risky', () => {
  expect(["o'brien", '"', '\\'].map(isRisky)).toEqual([true, true, true])
  expect(['', 'obrien', 'a&b+c#d', 'Zoë', '%', '\n'].map(isRisky)).toEqual(Array(6).fill(false))
})
