import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import {
  actionNames,
  breaches,
  configuration,
  contextFor,
  launch,
  oneOfEach,
  said,
  together,
} from './support.ts'

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())
beforeEach(() => org.clearRequests())

/** A preview that reads one account: the same answer whatever the spelling of the same question. */
const question = () => contextFor('disable', org.url, { DryRun: true, Origin: 'reconciliation' })

describe('a context is understood', () => {
  let expected: string
  beforeAll(async () => {
    const run = await launch('disable', question())
    expect(breaches(run, 0)).toEqual([])
    expected = run.stdout
  })

  const lower = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), lower(member)]))
      : value
  const forms: Readonly<Record<string, () => string>> = {
    'in an envelope': () => JSON.stringify({ actionContext: question() }),
    'in an envelope with all that a host has': () =>
      JSON.stringify({
        actionContext: question(),
        personContext: { Person: { DisplayName: 'Ann Boss' } },
        managerContext: {},
        resourceContext: null,
        outputContext: { Success: false, AuditLogs: [] },
      }),
    'in an envelope of another spelling': () =>
      JSON.stringify({ ActionContext: question(), PERSONCONTEXT: null }),
    'with a byte order mark': () => `\uFEFF${JSON.stringify(question())}`,
    'with blanks and line breaks around it': () => `\r\n \t${JSON.stringify(question(), null, 2)}\r\n`,
    'with every name in lower case': () => JSON.stringify(lower(question())),
    'with members that are not known, at every level': () => {
      const { Configuration, References, ...rest } = question()
      return JSON.stringify({
        ...rest,
        Configuration: { ...(Configuration as object), SomethingNew: { a: 1 } },
        References: { ...(References as object), Later: [1] },
        Unknown: 'x',
      }).replace('{', '{"__proto__":{"DryRun":false},"constructor":1,')
    },
    'with members that are null': () =>
      JSON.stringify({
        ...question(),
        Data: null,
        PreviousData: null,
        CorrelationConfiguration: null,
        ImportFields: null,
      }),
    'with escapes for every letter': () =>
      JSON.stringify(question()).replace(/"[^"]*"/g, (text) =>
        text.replace(/[a-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
      ),
  }

  test.each(Object.keys(forms))('%s', async (form) => {
    const run = await answer('disable', forms[form]?.() ?? '')
    expect(breaches(run, 0)).toEqual([])
    expect(run.stdout).toBe(expected)
    expect(org.writes()).toEqual([])
  })

  test('from a file as well as from a pipe', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'))
    const file = join(folder, 'context.json')
    writeFileSync(file, `\uFEFF${JSON.stringify(question())}`)
    const stdin = openSync(file, 'r')
    const run = await launch('disable', '', { stdin })
    closeSync(stdin)
    rmSync(folder, { recursive: true })
    expect(run.stdout).toBe(expected)
  })

  test('in pieces that end in the middle of a letter', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...question(), Operation: 'Zoë 🙂' }), 'utf8')
    const run = await launch('disable', '', {
      onStart: ({ stdin }) => {
        const cut = bytes.indexOf(0xf0) + 2
        stdin?.write(bytes.subarray(0, cut), () => stdin.end(bytes.subarray(cut)))
      },
    })
    expect(run.stdout).toBe(expected)
  })

  test('when it is large', async () => {
    const run = await launch('disable', {
      actionContext: question(),
      personContext: { Person: { Notes: 'é'.repeat(4_000_000) } },
    })
    expect(run.stdout).toBe(expected)
  })
})

test('members that come twice, in two spellings, are refused by every action: none of them may decide', async () => {
  const twice = (action: string): string => {
    const text = JSON.stringify(contextFor(action, org.url, { DryRun: true }))
    return text.replace('"DryRun":true', '"DryRun":true,"dryRun":false')
  }
  const runs = [
    ...(await together(actionNames, (action) => answer(action, twice(action)))),
    ...(await together(oneOfEach, (action) => launch(action, twice(action)))),
  ]
  for (const run of runs) {
    expect(breaches(run, 2)).toEqual([])
    expect(said(run)).toContain('DryRun is given twice, in two spellings: send it once.')
  }
  expect(org.requests).toEqual([])
})

test('the same setting in two spellings is refused', async () => {
  const Configuration = { ...configuration(org.url), clientid: 'another' }
  const run = await answer('disable', contextFor('disable', org.url, { Configuration }))
  expect(breaches(run, 2)).toEqual([])
  expect(said(run)).toContain('ClientID is given twice, in two spellings')
  expect(org.requests).toEqual([])
})

test.each([
  ['nothing at all', { stdin: 'ignore' as const }],
  ['a pipe that is closed at once', {}],
])('stdin that is %s is an error in words', async (_name, options) => {
  const runs = await together(oneOfEach, (action) => launch(action, '', options))
  for (const run of runs) {
    expect(breaches(run, 2)).toEqual([])
    expect(said(run)).toContain('stdin is empty: an actionContext as JSON was expected.')
  }
})

test.each<[string, (text: string) => Buffer]>([
  ['Latin-1', (text) => Buffer.from(text, 'latin1')],
  ['UTF-16 without a byte order mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-8 that was cut off in a letter', (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3])])],
])('stdin in %s is refused: guessed at, it would be written as question marks', async (_name, encode) => {
  const stdin = encode(JSON.stringify(contextFor('create', org.url)))
  const run = await launch('create', stdin)
  expect(breaches(run, 2)).toEqual([])
  expect(said(run)).toContain('stdin is not UTF-8')
  expect(org.requests).toEqual([])
})

test.each<[string, (text: string) => Buffer]>([
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 as Windows PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, the high byte first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['CRLF line ends', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
])('stdin in %s is read', async (_name, encode) => {
  const context = contextFor('uniquenessCheck', org.url)
  const plain = await launch('uniquenessCheck', JSON.stringify(context, undefined, 2))
  const run = await launch('uniquenessCheck', encode(JSON.stringify(context, undefined, 2)))
  expect(breaches(run, 0)).toEqual([])
  expect(run.stdout).toEqual(plain.stdout)
})

test('stdin without an end is given up', async () => {
  const run = await launch('delete', Buffer.alloc(65 * 1024 * 1024, ' '))
  expect(breaches(run, 2)).toEqual([])
  expect(said(run)).toContain('stdin is larger than 64 MB: that is not an actionContext.')
})

test('an answer of any size reaches the host whole', async () => {
  const Cost_Code__c = `${'é"\\\n'.repeat(500_000)}end`
  const { Data } = contextFor('create', org.url)
  const context = contextFor('create', org.url, { DryRun: true, Data: { ...(Data as object), Cost_Code__c } })
  const run = await launch('create', context)
  expect(breaches(run, 0)).toEqual([])
  expect(run.output.Data?.['Cost_Code__c']).toBe(Cost_Code__c)
  expect(run.stdout.length).toBeGreaterThan(3_000_000)
})

test('a host that stops reading is no reason to crash, and no success', async () => {
  const run = await launch('disable', '', {
    onStart: ({ stdin, stdout }) => {
      stdout?.destroy()
      stdin?.end(JSON.stringify(question()))
    },
  })
  expect([run.code, run.stdout]).toEqual([1, ''])
  expect(run.stderr).toContain('The answer is not read: stdout was closed')
  expect(run.stderr).not.toMatch(/EPIPE| {4}at /)
  expect(org.requests.map(({ method, path }) => `${method} ${path}`)).toContain(
    `GET /services/scim/v2/Users/${seedIds.users.annBoss}`,
  )
})
