import fc from 'fast-check'
import { literal } from '../../shared/salesforce/rest/soql.ts'
import { runs } from '../matrix.ts'

/** A SOQL string literal read letter by letter: quote, characters and the escapes that SOQL has, quote, end. */
function read(text: string): string {
  if (!text.startsWith("'")) throw new Error(`no literal: ${text}`)
  let value = ''
  for (let at = 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === "'") {
      if (at !== text.length - 1) throw new Error(`something follows the literal: ${text.slice(at)}`)
      return value
    }
    if (character === '\n' || character === '\r') throw new Error('a line break stands bare in the literal')
    if (character !== '\\') {
      value += character
      continue
    }
    at += 1
    const escaped = text.charAt(at)
    const meaning = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }[escaped]
    if (meaning === undefined) throw new Error(`unknown escape: ${escaped}`)
    value += meaning
  }
  throw new Error(`the literal does not end: ${text}`)
}

test.each([
  `o'brien`,
  `\\`,
  `\\'`,
  // A builder that escapes the quote and not the backslash ends the literal here.
  `x\\' OR Name != '`,
  `' OR IsActive = true OR Name = '`,
  `"double"`,
  `a & b + c # d % _ e`,
  `line\nbreak\ttab\rreturn\bbell\f`,
  `Zoë 李 🙂`,
  `:bind`,
  ``,
])('a literal keeps %j as one value', (value) => {
  expect(read(literal(value))).toBe(value)
})

test('whatever the text is, the literal has it as one value and nothing more', () => {
  const hostile = fc.string({ unit: fc.constantFrom("'", '\\', '"', '\n', '\r', 'n', ' ', 'a', 'é') })
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), hostile), (value) => {
      expect(read(literal(value))).toBe(value)
    }),
    { numRuns: runs(500) },
  )
})
