import { parseInput } from '../../shared/host/context.ts'
import { refuseRepeatedNames } from '../../shared/host/repeatedNames.ts'
import { readLine } from '../../shared/host/workerLine.ts'

const bare = (members: string): string => `{ "DryRun": true, ${members} }`
const enveloped = (members: string): string => `{ "ActionContext": ${bare(members)} }`

test.each([
  ['"dryRun": false', 'DryRun is given twice, in two spellings'],
  ['"DryRun": true', 'DryRun is given twice: send it once'],
  ['"Dry\\u0052un": true', 'DryRun is given twice: send it once'],
  [
    '"Configuration": { "authenticationURI": "http://evil", "AuthenticationUri": "" }',
    'authenticationURI is given',
  ],
  [
    '"configuration": { "BaseUrl": "a", "x": { "BaseUrl": 1 }, "BaseUrl": "b" }',
    'BaseUrl is given twice: send',
  ],
  ['"Data": { "title": "a", "title": "b" }', 'title is given twice: send it once'],
  ['"PreviousData": { "title": "a", "title": "b" }', 'title is given twice: send it once'],
  ['"Data": { "name": { "a": "a", "A": "b" } }', 'a is given twice, in two'],
  ['"References": { "Account": "a", "account": "b" }', 'Account is given twice, in two'],
  [
    '"References": { "Permission": { "Reference": "a", "reference": "b" } }',
    'Reference is given twice, in two',
  ],
  ['"Data": {}, "data": {}', 'Data is given twice, in two'],
])('%s is refused', (members, sentence) => {
  for (const text of [bare(members), enveloped(members)]) {
    expect(() => parseInput(text)).toThrow(sentence)
    const line = readLine(Buffer.from(`{"Id":1,"Action":"x","Context":${text}}`), {})
    expect(line).toMatchObject({ error: { message: expect.stringContaining(sentence) as string } })
  }
})

test.each([
  '{ "actionContext": { "DryRun": true }, "ActionContext": { "DryRun": false } }',
  '{ "actionContext": { "DryRun": true }, "personContext": {}, "personContext": {} }',
])('%s is refused', (text) => {
  expect(() => parseInput(text)).toThrow('is given twice')
})

test.each([
  // Those who write fields refuse it by its name: a leaver must leave, whatever is mapped.
  bare('"Data": { "title": "a", "Title": "b" }'),
  bare('"Data": { "title": "{ \\"title\\": \\"title\\", [", "x": ["title", "title"] }'),
  bare('"Configuration": { "SubPermissionMapping": { "Sales": "a", "sales": "b" } }'),
  '{ "actionContext": { "DryRun": true }, "personContext": { "Person": { "Name": 1, "name": 2, "name": 3 } } }',
  bare('"Configuration": { "title": "" }, "Data": { "title": "\\\\" }'),
])('%s is not', (text) => {
  expect(() => parseInput(text)).not.toThrow()
})

test('however deep or long, it is read once', () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
  expect(() => refuseRepeatedNames(deep)).not.toThrow()
  const long = `{"Data":{"x":"${'\\\\é'.repeat(5_000_000)}"}}`
  expect(() => refuseRepeatedNames(long)).not.toThrow()
  const names = Array.from({ length: 200_000 }, (_, at) => `"n${at}":"\\"{"`).join()
  expect(() => refuseRepeatedNames(`{"References":{${names},"N7":1}}`)).toThrow(
    'n7 is given twice, in two spellings',
  )
})
