import { keepQuote } from '../../shared/language/quotes.ts'
import { hasDutch, translate } from '../../shared/language/translate.ts'
import { dutchTexts } from '../../shared/language/nl.ts'
import { ownTexts, textsIn } from './ownTexts.ts'

/** What stands in the code and is no text of a line: what Salesforce says, and parts of queries. */
const notOurs: readonly string[] = [
  'This session is not valid for use with the REST API',
  'Connected app is not attached to Agent',
]

test('every text that the connectors throw, audit or find has its Dutch', () => {
  const texts = ownTexts().filter(({ text }) => !notOurs.includes(text))
  expect(texts.length).toBeGreaterThan(400)
  const missing = texts.filter(({ text }) => !hasDutch(text)).map(({ where, text }) => `${where} ${text}`)
  expect(missing).toEqual([])
})

test('a text without Dutch would be found', () => {
  const [found] = textsIn('x.ts', "throw new ConnectorError('REJECTED', `the ${noun} has gone quite astray`)")
  expect(found?.text).toBe('the § has gone quite astray')
  expect(hasDutch(found?.text ?? '')).toBe(false)
})

test('no English text has two translations, and each Dutch has the values of its English', () => {
  const english = dutchTexts().map(([text]) => text)
  expect(english.filter((text, index) => english.indexOf(text) !== index)).toEqual([])
  for (const [text, dutch] of dutchTexts()) {
    const values = text.match(/\{(?:raw)?\}/g)?.length ?? 0
    const given = dutch.match(/\{(?:raw|\d)?\}/g) ?? []
    const numbers = given.map((token) => /\d/.exec(token)?.[0])
    const used = numbers.every((number) => number === undefined)
      ? given.length
      : Math.max(...numbers.map(Number))
    // A sentence may leave out a verb that its Dutch has in another place.
    expect({ text, used: Math.min(used, values) }).toEqual({ text, used })
    expect(dutch).not.toMatch(/permissieset|buiten werking|antwoordt op zijn naam/)
  }
})

test.each([
  [
    'Could not update Salesforce account: [005]. Error: The account reference could not be found: References.Account is empty.',
    'Bijwerken van het Salesforce-account [005] is mislukt. Fout: De accountreferentie ontbreekt: References.Account is leeg.',
  ],
  [
    'Could not disable Salesforce account: [005]. Error: the time of Configuration.ActionTimeoutSeconds was used up before all requests were sent. Action initiated by: [enforcement]',
    'Deactiveren van het Salesforce-account [005] is mislukt. Fout: de tijd van Configuration.ActionTimeoutSeconds was op voordat alle verzoeken waren verstuurd. Gestart door: [enforcement]',
  ],
  [
    'Disable account: [005] was successful. Action initiated by: [reconciliation]',
    'Account [005] gedeactiveerd. Gestart door: [reconciliation]',
  ],
  [
    'Grant permission [the set of the house] was successful; the account keeps it through the permission set group [A of B]',
    'Permissie [the set of the house] toegekend; het account houdt deze via Permission Set Group [A of B]',
  ],
])('%s', (english, dutch) => {
  expect(translate(english, 'nl')).toBe(dutch)
  expect(translate(english, 'en')).toBe(english)
})

test('what Salesforce said stays as it came, whatever it says', () => {
  const said = 'Could not end the sessions of account [x]. Error: is not valid (CODE)'
  keepQuote(said)
  expect(translate(`Could not update Salesforce account. Error: ${said}`, 'nl')).toBe(
    `Bijwerken van het Salesforce-account is mislukt. Fout: ${said}`,
  )
})

test('a line with a part that has no Dutch stays English as a whole', () => {
  const line = 'Could not update Salesforce account. Error: nobody has ever translated this very sentence'
  expect(translate(line, 'nl')).toBe(line)
})

test('notes behind a line are Dutch, whatever stands in its brackets', () => {
  const done = 'Grant permission [Data Export] was successful'
  const planned = '[DryRun] Would grant permission [permission set x] to account: [0055g0000000003AAA]'
  expect(translate(`${done}; its assignment was not in force: it expired on 2025-01-01`, 'nl')).toBe(
    'Permissie [Data Export] toegekend; de toewijzing ervan was niet van kracht: die is verlopen op 2025-01-01',
  )
  expect(
    translate(
      `${planned}; it needs the permission set license [Console], which Salesforce assigns along with it`,
      'nl',
    ),
  ).toMatch(/^\[DryRun\] Permissie .*; hiervoor is de Permission Set License \[Console\] nodig/)
})

test('a sentence of many parts is translated as a whole', () => {
  const parts = Array.from({ length: 20 }, (_, at) => `Data.titel ${at} is not a field: is title meant?`)
  const text = `Could not update Salesforce account: [x]. Error: ${parts.join('; ')}; and 88 more.`
  expect(translate(text, 'nl')).not.toMatch(/is not a field|meant|more/)
})

test('a text that nobody would read to its end stays as it is, and costs no time', () => {
  const endless = `Could not update Salesforce account: [x]. Error: ${'a; b, c. '.repeat(100_000)}`
  expect(translate(endless, 'nl')).toBe(endless)
  // Twenty seconds, were each part looked up each time it is met.
  expect(translate(endless.slice(0, 4000), 'nl')).toContain('a; b, c. ')
})
