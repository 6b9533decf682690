import { dialects } from '../../simulator/dialect/dialect.ts'
import { dialectHelp, parseDialect } from '../../simulator/dialect/dialectChoices.ts'
import { main } from '../../simulator/main.ts'

test('a dialect is a name, or switches over what is documented, of which the later counts', () => {
  expect(parseDialect([])).toBe('documented')
  expect(parseDialect(['pilot'])).toBe('pilot')
  expect(
    parseDialect(['passwordFlow=allowed', 'scimEnabled=false', 'pageCap=50', 'createStatus=200']),
  ).toEqual({
    passwordFlow: 'allowed',
    scimEnabled: false,
    pageCap: 50,
    createStatus: 200,
  })
  expect(parseDialect(['pilot', 'pageCap=50'])).toEqual({ ...dialects.pilot, pageCap: 50 })
})

test.each([
  [['passwordFlow=alowed'], '--dialect passwordFlow takes allowed or blocked, not "alowed"'],
  [['scimEnabled=no'], '--dialect scimEnabled takes true or false, not "no"'],
  [['pageCap=many'], '--dialect pageCap takes a whole number'],
  [['pasword=allowed'], '--dialect takes documented, pilot or switch=value'],
  [['documentd'], 'not "documentd"'],
  [['toString=1'], 'not "toString=1"'],
])('%j is refused', (specs, sentence) => {
  expect(() => parseDialect(specs)).toThrow(sentence)
})

test('what each named dialect has is a choice, and in the help', () => {
  for (const dialect of Object.values(dialects)) {
    for (const [name, value] of Object.entries(dialect)) {
      if (typeof value === 'string' && name !== 'apexRestPath')
        expect(parseDialect([`${name}=${value}`])).toEqual({ [name]: value })
      expect(dialectHelp()).toContain(`  ${name}  `)
    }
  }
})

test('--help lists switches and faults, and starts nothing', async () => {
  const log = jest.spyOn(console, 'log').mockReturnValue(undefined)
  try {
    expect(await main(['--help'])).toBeUndefined()
    const [[text = ''] = []] = log.mock.calls as string[][]
    for (const word of ['Usage: simulate', 'passwordFlow  blocked | allowed', '--fault', 'lost'])
      expect(text).toContain(word)
  } finally {
    log.mockRestore()
  }
})
