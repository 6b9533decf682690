import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../cli/report/reportModel.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { root } from '../process.ts'
import { findBrowser, withPage } from './chromium.ts'
import { environmentFor, tool, type ToolOptions, type ToolRun, withFolder } from './tool.ts'

const persons = join(root, 'samples', 'persons', 'persons.json')
const byNumber = ['--correlate', 'Person.ExternalId=employeeNumber']

let org: SimulatedOrg
let killAt: (() => void) | undefined
beforeAll(async () => {
  org = await startSimulator({ onRequest: () => killAt?.() })
})
afterAll(() => org.close())
afterEach(() => {
  killAt = undefined
  org.clearRequests()
  org.clearFaults()
})

const run = (args: readonly string[], options: ToolOptions = {}): Promise<ToolRun> =>
  tool(['report', '--persons', persons, ...args], { env: environmentFor(org.url), ...options })

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')
const readReport = (folder: string, name = 'report.json'): Report => JSON.parse(read(folder, name)) as Report
const namesOf = (list: readonly { person: { displayName: string } }[]): string[] =>
  list.map(({ person }) => person.displayName)

/** What differs between two runs whatever they say. */
function lasting({ correlated, unowned, ...report }: Report): unknown {
  const account = ({ id }: { id: string }): string => id
  return {
    ...report,
    generatedAt: '',
    judgedBy: '',
    requests: 0,
    correlated: correlated.map((each) => ({ ...each, account: account(each.account) })),
    unowned: unowned.map(account),
  }
}

describe('report', () => {
  test('groups every person, finds the accounts that nobody owns, and writes nothing in the org', async () => {
    await withFolder({}, async (cwd) => {
      const { code, stdout, stderr } = await run(byNumber, { cwd })
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^complete: \d+ requests, in report\.html and report\.json$/m)
      expect(readdirSync(cwd).sort()).toEqual(['report.html', 'report.json'])
      expect(org.writes()).toEqual([])

      const report = readReport(cwd)
      expect(report.requests).toBe(org.requests.length)
      expect(namesOf(report.correlated)).toEqual([
        'Ann Boss (100001)',
        'Lea Verloren (100002)',
        "Seán O'Brien (100003)",
        'Carl Keys (100008)',
        'Pia Platform (100011)',
      ])
      expect(report.correlated[1]).toMatchObject({
        account: { userName: 'lea.verloren@acme.example', isActive: false },
        changes: expect.arrayContaining([
          { field: 'title', before: '', after: 'Service Agent' },
          { field: 'manager', before: '', after: org.user('ann.boss@acme.example')?.Id },
        ]) as unknown,
      })
      expect(report.ambiguous).toMatchObject([
        {
          person: { externalId: '100777' },
          accounts: [{ userName: 'kim.jansen@acme.example' }, { userName: 'kim.jansen.2@acme.example' }],
        },
      ])
      expect(report.wouldBeCreated.map(({ value }) => value)).toEqual(['100482', '100999'])
      expect(report.notJudged).toMatchObject([{ person: { displayName: 'Nobody Nameless' } }])
      expect(report.unowned.map(({ userName }) => userName)).toEqual([
        'integration@acme.example',
        'admin@acme.example',
        'mei.celik@acme.example',
      ])
      for (const text of [read(cwd, 'report.html'), read(cwd, 'report.json'), stderr])
        expect(text).not.toContain(seedCredentials.clientSecret)
    })
  })

  test('asks whether it is the right field where nobody correlates', async () => {
    await withFolder({}, async (cwd) => {
      const { stderr } = await run(['--correlate', 'Person.ExternalId=externalId'], { cwd })
      expect(stderr.replace(/\s+/g, ' ')).toContain(
        'Nobody correlates, and everybody would get a new account: is externalId the field in which these accounts have Person.ExternalId?',
      )
      const { stderr: good } = await run(['--correlate', 'Person.ExternalId=employeeNumber'], { cwd })
      expect(good).not.toContain('Nobody correlates')
    })
  })

  test.each([
    ['salesforce-scim', 'employeeNumber'],
    ['salesforce-apex-rest', 'EmployeeNumber'],
  ])(
    'of %s with --exact is judged by the connector, which agrees with the comparison of the import',
    async (name, field) => {
      await withFolder({}, async (cwd) => {
        const args = ['--connector', name, '--correlate', `Person.ExternalId=${field}`]
        await run([...args, '--out', 'a.html'], { cwd })
        org.clearRequests()
        const { code } = await run([...args, '--out', 'b.html', '--json', 'c.json', '--exact'], { cwd })
        expect(code).toBe(1)
        expect(org.writes()).toEqual([])
        expect(org.requests.length).toBeGreaterThan(20)
        const [compared, asked] = [readReport(cwd, 'a.json'), readReport(cwd, 'c.json')]
        expect([compared.judgedBy, asked.judgedBy]).toEqual(['import', 'connector'])
        expect(compared.summary.withDifferences).toBe(5)
        expect(lasting(asked)).toEqual(lasting(compared))
        const lea = compared.correlated.find(({ person }) => person.externalId === '100002')
        expect(lea?.account).toMatchObject({
          isActive: false,
          isFrozen: expect.any(Boolean) as boolean,
          lastLogin: expect.any(String) as string,
        })
        const marked = compared.unowned.filter(({ isIntegrationUser }) => isIntegrationUser === true)
        expect(marked.map(({ id }) => id)).toEqual([seedIds.users.integration])
        expect(read(cwd, 'a.html')).toContain('integration user</span>')
      })
    },
  )

  test('of an org that refuses says who has to act, and leaves no file', async () => {
    await withFolder({}, async (cwd) => {
      const env = { ...environmentFor(org.url), SALESFORCE_CLIENT_SECRET: 'wrong-secret-1' }
      const { code, stderr } = await run(byNumber, { cwd, env })
      expect(code).toBe(1)
      expect(stderr.replace(/\s+/g, ' ')).toContain('MISCONFIGURED, for: connector administrator.')
      expect(stderr).toContain('No report was written.')
      expect(stderr).not.toContain('wrong-secret-1')
      expect(readdirSync(cwd)).toEqual([])
    })
  })

  test('that is interrupted leaves no half-written file', async () => {
    await withFolder({}, async (cwd) => {
      org.fault({ when: { path: /\/query$/, times: Infinity }, delay: 60_000, effect: { kind: 'none' } })
      const { code, stderr } = await run(byNumber, {
        cwd,
        onStart: (child) => {
          killAt = () => {
            killAt = undefined
            child.kill('SIGINT')
          }
        },
      })
      if (process.platform !== 'win32') {
        expect(code).toBe(130)
        expect(stderr).toContain('Interrupted: no report was written.')
      }
      expect(readdirSync(cwd)).toEqual([])
    })
  })

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['persons that are none', ['--persons', 'p.json'], { 'p.json': '"x"' }, /p\.json holds no persons/],
    ['a file that is no JSON', ['--persons', 'p.json'], { 'p.json': '{' }, /p\.json is not JSON/],
    ['a correlation that is none', ['--correlate', 'x'], {}, /--correlate takes a person field and an/],
    ['a folder that is none', ['--out', 'none/r.html'], {}, /none does not exist/],
    ['one file for both', ['--json', 'report.html'], {}, /--out and --json name the same file/],
    [
      'a context without correlation',
      ['--context', 'c.json'],
      { 'c.json': '{"Configuration":{},"CorrelationConfiguration":{"Enabled":false}}' },
      /no correlation that is enabled/,
    ],
  ])('with %s is refused in words, exit 2', async (_what, args, files, sentence) => {
    await withFolder(files, async (cwd) => {
      const { code, stdout, stderr } = await run(args, { cwd })
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr.replace(/\s+/g, ' ')).toMatch(sentence)
      expect(readdirSync(cwd).sort()).toEqual(Object.keys(files).sort())
    })
  })
})

const browser = findBrowser()
const inBrowser = browser === undefined ? test.skip : test
const why = browser === undefined ? ' (skipped: there is no Chromium here; CHROME_PATH can name one)' : ''

describe(`the page in a real browser${why}`, () => {
  const titles = `JSON.stringify([...document.querySelectorAll('#correlate tbody tr')].map((row) => row.cells[0].textContent))`

  inBrowser(
    'is sorted by a click and by the keyboard, loads nothing and runs nothing that a name brings',
    async () => {
      const text = readFileSync(persons, 'utf8').replaceAll('"Bob', '"<script>alert(1)</script>')
      await withFolder({ 'hostile.json': text }, async (cwd) => {
        await run(['--persons', 'hostile.json', ...byNumber], { cwd })
        const file = join(cwd, 'report.html')
        expect(existsSync(file)).toBe(true)
        await withPage(browser ?? '', file, { scripts: true }, async ({ evaluate, send, events }) => {
          const order = async (): Promise<unknown> => JSON.parse(String(await evaluate(titles)))
          const sorted = ['Ann Boss (100001)', 'Carl Keys (100008)', 'Lea Verloren (100002)']
          await evaluate(`document.querySelector('#correlate th button').click()`)
          expect((await order()) as string[]).toEqual([
            ...sorted,
            'Pia Platform (100011)',
            "Seán O'Brien (100003)",
          ])
          expect(await evaluate(`document.querySelector('#correlate th').ariaSort`)).toBe('ascending')

          await evaluate(`document.querySelector('#correlate th button').focus()`)
          const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
          await send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
          await send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
          expect(((await order()) as string[])[0]).toBe("Seán O'Brien (100003)")
          expect(await evaluate(`document.querySelector('#correlate th').ariaSort`)).toBe('descending')

          const changes = `[...document.querySelectorAll('#correlate tbody tr')].map((row) => Number(row.cells[7].textContent)).join()`
          await evaluate(`document.querySelectorAll('#correlate th button')[7].click()`)
          const counts = String(await evaluate(changes))
            .split(',')
            .map(Number)
          expect(counts).toEqual([...counts].sort((a, b) => a - b))

          expect(await evaluate(`document.querySelector('#created').textContent`)).toContain(
            '<script>alert(1)</script> Tables',
          )
          expect(await evaluate('document.scripts.length')).toBe(1)
          expect(events.filter(({ method }) => method === 'Page.javascriptDialogOpening')).toEqual([])
          const problems = events.filter(({ method }) => /Log\.entryAdded|exceptionThrown/.test(method))
          expect(problems).toEqual([])
          const sent = events.filter(({ method }) => method === 'Network.requestWillBeSent')
          expect(sent.map(({ params }) => (params['request'] as { url: string }).url)).toEqual([
            expect.stringMatching(/^file:\/\/.*report\.html$/),
          ])
        })
      })
    },
  )

  inBrowser('says the same without JavaScript', async () => {
    await withFolder({}, async (cwd) => {
      await run(byNumber, { cwd })
      await withPage(browser ?? '', join(cwd, 'report.html'), { scripts: false }, async ({ send }) => {
        const { root: document } = (await send('DOM.getDocument', {})) as { root: { nodeId: number } }
        const { outerHTML } = (await send('DOM.getOuterHTML', { nodeId: document.nodeId })) as {
          outerHTML: string
        }
        expect(outerHTML).not.toContain('<button')
        for (const text of ['Ann Boss (100001)', 'kim.jansen.2@acme.example', 'mei.celik@acme.example'])
          expect(outerHTML).toContain(text)
      })
    })
  })
})
