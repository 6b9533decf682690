import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFormatter } from '../../cli/import/importFormat.ts'
import { noFacts, readFacts } from '../../cli/import/importFacts.ts'
import { createSummary, type ImportedAccount, readAccount } from '../../cli/import/importSummary.ts'
import { openPartFile } from '../../cli/import/partialFile.ts'
import { createProgress } from '../../cli/lib/progress.ts'
import type { Terminal } from '../../cli/lib/terminal.ts'
import { faultEffects } from '../../simulator/faults/faults.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { environmentFor, tool, type ToolOptions, type ToolRun, withFolder } from './tool.ts'

/** More than two pages of a query. */
const users = 5000

let org: SimulatedOrg
let killAt: (() => void) | undefined
beforeAll(async () => {
  org = await startSimulator({ seed: { users }, onRequest: () => killAt?.() })
})
afterAll(() => org.close())
afterEach(() => {
  killAt = undefined
  org.clearRequests()
  org.clearFaults()
})

const run = (args: readonly string[], options: ToolOptions = {}): Promise<ToolRun> =>
  tool(['import', ...args], { ...options, env: environmentFor(org.url) })

/** Everything of a summary that is the same however often it is asked for. */
const summaryOf = (text: string): string =>
  text
    .slice(text.indexOf('\nAccounts\n'), text.indexOf('\ncomplete'))
    .replace(/(API requests left of the last 24 hours) .*/, '$1')

const accountsIn = (text: string): ImportedAccount[] =>
  text.split('\n').flatMap((line) => readAccount(line) ?? [])

/** A query for the rows behind others. */
const furtherPage = { method: 'GET', path: /\/query$/, search: /FROM%20User%20.*Id%20%3E/ }

describe('import', () => {
  test('writes every account once, and sums the org up on stderr', async () => {
    const { code, stdout, stderr } = await run([])
    expect(code).toBe(0)
    const accounts = accountsIn(stdout)
    const people = [...org.org.users.values()].filter(({ UserType }) => UserType === 'Standard')
    expect(accounts.length).toBeGreaterThan(users)
    expect(new Set(accounts.map(({ AccountReference }) => AccountReference)).size).toBe(accounts.length)
    expect(stdout.trimEnd().split('\n')).toHaveLength(accounts.length)
    expect(accounts[0]?.Data).toHaveProperty('employeeNumber')
    const count = (label: string): string | undefined =>
      new RegExp(`^ {2}${label} +(.+)$`, 'm').exec(stderr)?.[1]
    expect(count('accounts')).toBe(String(accounts.length))
    expect(count('inactive')).toBe(String(accounts.filter(({ Enabled }) => !Enabled).length))
    expect(count('frozen')).toMatch(/^\d+$/)
    expect(count('without federation id')).toBe(
      String(accounts.filter(({ Data }) => Data['externalId'] === '').length),
    )
    expect(count('integration user, not to be linked')).toBe(seedIds.users.integration)
    expect(count('100777')).toBe('2')
    expect(Number(count('Standard User'))).toBeGreaterThan(users)
    const { users: rows, userLicenses } = org.org
    const seats = [...userLicenses.values()].find(({ Name }) => Name === 'Salesforce')
    const used = seats === undefined ? 0 : org.org.usedLicenses(seats.Id)
    const [accountsOfLicence, ...numbers] = (count('Salesforce') ?? '').trim().split(/ +/).map(Number)
    expect(accountsOfLicence).toBeGreaterThan(people.length / 2)
    expect(rows.size).toBeGreaterThan(used)
    expect(numbers).toEqual([used, seats?.TotalLicenses, (seats?.TotalLicenses ?? 0) - used])
    expect(stderr).toMatch(/^ {2}API requests left of the last 24 hours +99\d{3} of 100000$/m)
    expect(stderr).toMatch(/^complete: \d+ accounts, \d+ requests$/m)
    expect(stderr).not.toContain('\r')
    expect(org.writes()).toEqual([])
  })

  test('writes a file that has its name only when it is complete', async () => {
    await withFolder({}, async (cwd) => {
      const { code, stdout, stderr } = await run(
        ['--out', 'accounts.csv', '--format', 'csv', '--fields', 'title,city'],
        { cwd },
      )
      expect(code).toBe(0)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/, in accounts\.csv$/m)
      expect(readdirSync(cwd)).toEqual(['accounts.csv'])
      const lines = readFileSync(join(cwd, 'accounts.csv'), 'utf8').split('\r\n')
      expect(lines[0]).toBe('AccountReference,UserName,DisplayName,Enabled,title,city')
      expect(lines.length).toBeGreaterThan(users)
    })
  })

  test('of an org that fails keeps what it has, says how to go on, and --resume reads the rest', async () => {
    await withFolder({}, async (cwd) => {
      const whole = await run([])
      const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]
      org.fault({
        when: { ...furtherPage, times: Infinity, occurrence: 2 },
        effect: { kind: 'answer', status: 403, body },
      })
      const failed = await run(['--out', 'accounts.ndjson'], { cwd })
      expect(failed.code).toBe(1)
      expect(failed.stderr).toContain('TotalRequests Limit exceeded.')
      expect(failed.stderr).toContain('RATE_LIMITED, for: ')
      expect(failed.stderr).not.toContain('ImportResumeAfter')
      expect(failed.stderr.replace(/\s+/g, ' ')).toMatch(
        /\.part has the first \d+ accounts: the same command with --resume reads the rest/,
      )
      expect(readdirSync(cwd)).toEqual(['accounts.ndjson.part'])
      expect(org.unfiredFaults()).toEqual([])
      org.clearFaults()

      const part = readFileSync(join(cwd, 'accounts.ndjson.part'), 'utf8')
      expect(part.endsWith('\n')).toBe(true)
      expect(whole.stdout.startsWith(part)).toBe(true)
      expect(part.length).toBeLessThan(whole.stdout.length)
      const resumed = await run(['--out', 'accounts.ndjson', '--resume'], { cwd })
      expect(resumed.code).toBe(0)
      expect(resumed.stderr).toMatch(/^Resuming behind 005\w{15}: \d+ accounts are there already\.$/m)
      expect(readFileSync(join(cwd, 'accounts.ndjson'), 'utf8')).toBe(whole.stdout)
      expect(readdirSync(cwd)).toEqual(['accounts.ndjson'])
      expect(summaryOf(resumed.stderr)).toBe(summaryOf(whole.stderr))
    })
  })

  test('that is interrupted leaves no half-written file, and can be resumed', async () => {
    await withFolder({}, async (cwd) => {
      const file = join(cwd, 'accounts.ndjson')
      // Nothing behind the first page is answered, so that the interruption is in time.
      const fault = org.fault({
        when: { ...furtherPage, times: Infinity },
        delay: 60_000,
        effect: { kind: 'none' },
      })
      const interrupted = await run(['--out', 'accounts.ndjson'], {
        cwd,
        onStart: (child) => {
          killAt = () => {
            if (!org.requests.some(({ search }) => search.includes('FROM%20User%20'))) return
            // Once: a second Ctrl-C is for those who cannot wait.
            killAt = undefined
            child.kill('SIGINT')
          }
        },
      })
      fault.remove()
      if (process.platform !== 'win32') {
        expect(interrupted.code).toBe(130)
        expect(interrupted.stderr).toContain('Interrupted.')
      }
      expect(existsSync(file)).toBe(false)
      const part = readFileSync(`${file}.part`, 'utf8')
      expect(part === '' || part.endsWith('\n')).toBe(true)
      killAt = undefined
      const resumed = await run(['--out', 'accounts.ndjson', '--resume'], { cwd })
      expect(resumed.code).toBe(0)
      expect(accountsIn(readFileSync(file, 'utf8')).length).toBeGreaterThan(users)
    })
  })

  test.each<[string, string[], string, RegExp]>([
    ['nothing to resume', ['--resume', '--out', 'none.ndjson'], '', /none\.ndjson\.part does not exist/],
    ['a resumption without a file', ['--resume'], '', /--resume needs the --out/],
    ['a format that is none', ['--format', 'xml'], '', /Allowed choices are ndjson, csv, table/],
    ['a folder that is none', ['--out', 'none/a.csv'], '', /none does not exist\./],
    ['a folder for a file', ['--out', 'test'], '', /test is a folder: name a file\./],
    ['nothing on stdin', ['--context', '-'], '', /stdin is empty: name a context/],
    ['a context that is none', ['--context', '-'], '[]', /stdin is not an actionContext/],
  ])('with %s is refused in words, exit 2', async (_what, args, stdin, sentence) => {
    const { code, stderr, stdout } = await run(args, { stdin })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.replace(/\s+/g, ' ')).toMatch(sentence)
    expect(org.requests).toEqual([])
  })

  test('with a secret that is wrong says who has to act', async () => {
    const stdin = JSON.stringify({ BaseUrl: org.url, ClientID: 'nobody', ClientSecret: 'wrong-secret-1' })
    const { code, stderr } = await tool(['import', '--context', '-'], { stdin })
    expect(code).toBe(1)
    expect(stderr).toContain('MISCONFIGURED, for: connector administrator.')
    expect(stderr).toContain('0 accounts were read; the import is not complete.')
    expect(stderr).not.toContain('wrong-secret-1')
  })

  test('by the REST connector sums up the same, from fields of other names', async () => {
    const small = await startSimulator()
    try {
      const env = environmentFor(small.url)
      const [scim, rest] = await Promise.all(
        ['salesforce-scim', 'salesforce-apex-rest'].map((name) =>
          tool(['import', '--format', 'table', '--connector', name], { env }),
        ),
      )
      expect([rest?.code, scim?.code]).toEqual([0, 0])
      expect(summaryOf(rest?.stderr ?? '')).toBe(summaryOf(scim?.stderr ?? ''))
      expect(rest?.stderr).toMatch(/^ {2}100777 {2}2$/m)
      const [heading, ...rows] = (rest?.stdout ?? '').split('\n')
      expect(heading).toMatch(/ enabled +FederationIdentifier +EmployeeNumber$/)
      expect(rows.find((row) => row.includes('ann.boss'))).toMatch(/ E100001 +100001$/)
    } finally {
      await small.close()
    }
  })

  test('over SCIM alone asks for nothing that SCIM does not show, and is complete without seats by REST, too', async () => {
    const small = await startSimulator()
    try {
      const stdin = JSON.stringify({ UseRestApi: false, ClientSecret: '' })
      const env = environmentFor(small.url)
      const { code, stderr } = await tool(['import', '--context', '-', '--format', 'table'], { stdin, env })
      expect(code).toBe(0)
      expect(stderr).toMatch(/^ {2}frozen +not imported$/m)
      expect(stderr).toContain('Seats of licences are not known: they are read by REST only.')
      expect(small.requests.filter(({ path }) => path.includes('/services/data/'))).toEqual([])

      small.fault({ when: { search: /FROM%20UserLicense/ }, effect: faultEffects.dailyLimit() })
      const failed = await tool(['import', '--format', 'table'], { env })
      expect(failed.code).toBe(0)
      expect(failed.stderr).toMatch(/^ {2}Salesforce +\d+$/m)
      expect(failed.stderr).toContain('Seats of licences are not known')
      expect(small.unfiredFaults()).toEqual([])
    } finally {
      await small.close()
    }
  })
})

const counted = { federationId: 'externalId', employeeNumber: 'employeeNumber', profile: 'profile' }

const account = (over: Partial<ImportedAccount> = {}): ImportedAccount => ({
  AccountReference: '0055g0000000001AAA',
  UserName: 'a@b.cd',
  DisplayName: 'A, "B"',
  Enabled: true,
  Data: { title: 'x\ny' },
  ...over,
})

test('a cell of a CSV file is quoted where it must be', () => {
  const formatter = createFormatter('csv', ['title', 'none'])
  expect(formatter.header).toBe('AccountReference,UserName,DisplayName,Enabled,title,none\r\n')
  expect(formatter.line(account())).toBe('0055g0000000001AAA,a@b.cd,"A, ""B""",true,"x\ny",\r\n')
})

test.each([
  ['=1+1', "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', '"\t\'=1"'],
  ['a;=1+1', '"a;\'=1+1"'],
  ['a;"=1+1', '"a;\'""=1+1"'],
  ['a; @SUM(A1);-2;+31 20', '"a;\' @SUM(A1);-2;+31 20"'],
  ['a\n=1', '"a\n\'=1"'],
  ['a\t-2+3', '"a\t\'-2+3"'],
  ['a;b', '"a;b"'],
  ['＝1', "'＝1"],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+31 (0)20-555 01.82', '+31 (0)20-555 01.82'],
  ['-12', '-12'],
  ["O'Brien", "O'Brien"],
])('a CSV file runs nothing where it is opened: %j', (value, cell) => {
  const formatter = createFormatter('csv', ['title'])
  expect(formatter.line(account({ DisplayName: 'A', Data: { title: value } }))).toBe(
    `0055g0000000001AAA,a@b.cd,A,true,${cell}\r\n`,
  )
})

test('a table obeys nothing that a name says to the terminal', () => {
  const formatter = createFormatter('table', ['title'])
  formatter.line(account({ Data: { title: 'a\u001b[2Jb\u009bc' } }))
  expect(formatter.end()).toContain('a␛[2Jb\ufffdc')
})

test('a table is written when all rows are known, in one width', () => {
  const formatter = createFormatter('table', [])
  expect(formatter.line(account()) + formatter.line(account({ UserName: 'longer@b.cd' }))).toBe('')
  expect(
    formatter
      .end()
      .split('\n')
      .map((line) => line.indexOf('A, "B"')),
  ).toEqual([-1, 33, 33, -1])
})

test('a part file that was cut off is taken up behind its last whole line', async () => {
  const [one, two] = [account({ AccountReference: 'one' }), account({ AccountReference: 'two' })]
  const whole = `${JSON.stringify(one)}\n`
  for (const cut of [JSON.stringify(two), JSON.stringify(two).slice(0, 20), 'no json\nmore']) {
    await withFolder({ 'a.part': whole + cut }, async (cwd) => {
      const seen: string[] = []
      const part = await openPartFile(join(cwd, 'a'), true, ({ AccountReference }) =>
        seen.push(AccountReference),
      )
      expect([part.last, ...seen]).toEqual(['one', 'one'])
      await part.append(`${JSON.stringify(two)}\n`)
      await part.close()
      await part.complete('ndjson', [])
      expect(readFileSync(join(cwd, 'a'), 'utf8')).toBe(`${whole}${JSON.stringify(two)}\n`)
    })
  }
})

test('a summary says what was not imported, and no more than ten of a list', () => {
  const lines: string[] = []
  const terminal: Terminal = { width: 80, hasColour: false, write: (line) => lines.push(line) }
  const summary = createSummary(counted)
  for (let number = 0; number < 24; number++) {
    summary.add(account({ Data: { employeeNumber: String(number % 12) } }))
  }
  summary.show(terminal, new Map(), noFacts)
  expect(lines).toContain('  frozen                                       not imported')
  expect(lines).toContain('  employee numbers that several accounts have            12')
  expect(lines).toContain('  and 2 more')
  expect(lines).toContain('  API requests left of the last 24 hours          not known')
})

test('seats are shown for every licence that the org has or an account names', () => {
  const lines: string[] = []
  const terminal: Terminal = { width: 80, hasColour: false, write: (line) => lines.push(line) }
  const summary = createSummary(counted)
  for (const userLicense of ['A', 'A', 'C']) summary.add(account({ Data: { userLicense } }))
  const log = [
    '{"level":"information","message":"x","apiUsage":{"used":10,"limit":50}}',
    '{"level":"information","message":"x","licences":[{"name":"A","total":5,"used":1},{"name":"B","total":2,"used":2},{}]}',
    '{"level":"information","message":"x","apiUsage":{"used":11,"limit":50}}',
    '{"level":"information","message":"x","apiUsage":{"used":"12"}}',
    'no JSON, "licences":[',
  ]
  summary.show(terminal, new Map(), readFacts(noFacts, log.join('\n')))
  const rows = lines.map((line) => line.trim().split(/ +/).join(' '))
  expect(rows).toEqual(expect.arrayContaining(['A 2 1 5 4', 'B 0 2 2 0', 'C 1 ? ? ?']))
  expect(rows).toContain('API requests left of the last 24 hours 39 of 50')
})

test('progress is shown on a terminal only, in one line', () => {
  const written: string[] = []
  const stream = (isTTY: boolean): NodeJS.WriteStream =>
    Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, {
      isTTY,
      write: (text: string) => written.push(text),
    })
  const terminal: Terminal = { width: 60, hasColour: false, write: () => undefined }
  const silent = createProgress(stream(false), terminal)
  silent.show(1, 1)
  silent.clear()
  expect(written).toEqual([])
  const progress = createProgress(stream(true), terminal)
  progress.show(2000, 2)
  progress.clear()
  const told = createProgress(stream(true), { ...terminal, width: 100 })
  told.show(2000, 2, { used: 11, limit: 50 })
  expect(written.pop()).toContain('  2 requests  39 API requests left')
  expect(written[0]).toMatch(/^\r[█░]{20} {2}2000 rows {2}\d+ rows\/s {2}2 requests\u001b\[K$/)
  expect(written[1]).toBe('\r\u001b[K')
})
