import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { configuration } from '../contract/support.ts'
import { root } from '../process.ts'
import { byId, line, sentence, startWorker, stopWorkers } from './support.ts'

let org: SimulatedOrg
beforeEach(async () => {
  org = await startSimulator({ seed: { users: 60 } })
})
afterEach(async () => {
  stopWorkers()
  await org.close()
})

const { annBoss, obrien } = seedIds.users
const people = (count: number): string[] =>
  [...org.org.users.values()]
    .filter(({ Id, IsActive }) => IsActive && !Object.values<string>(seedIds.users).includes(Id))
    .slice(0, count)
    .map(({ Id }) => Id)
const update = (Id: string | number, Account: string, title: string) =>
  line(Id, 'update', org.url, { References: { Account }, Data: { title } })

test('nothing on stdin is nothing to do', async () => {
  const worker = startWorker()
  expect(await worker.end()).toBe(0)
  expect(worker.said()).toEqual({ stdout: '', stderr: '' })
})

test('a stream in UTF-16, as a PowerShell pipe sends it, is read to its end', async () => {
  const worker = startWorker(2)
  const lines = [update(1, annBoss, 'Zoë'), update(2, obrien, 'Zoë 💫')].map((each) => JSON.stringify(each))
  worker.child.stdin?.write(Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le'))
  expect(await worker.end()).toBe(0)
  expect([1, 2].map((Id) => byId(worker.answers, Id)?.Output.Success)).toEqual([true, true])
  expect([annBoss, obrien].map((id) => org.user(id)?.['Title'])).toEqual(['Zoë', 'Zoë 💫'])
})

test('bad lines are answered with a failure each, and disturb no other', async () => {
  const worker = startWorker(2)
  worker.send(update(1, annBoss, 'Before'))
  worker.send('{ "Id": 2, "Action": "update", ')
  worker.send('')
  worker.send('[]')
  worker.send({ Id: 3, Action: 'updat', Context: {} })
  worker.send({ Id: 4, Action: 'import', Context: { DryRun: false } })
  worker.send({ Id: 5, Action: 'disable', Context: { Configuration: configuration(org.url) } })
  worker.send({ Id: 6, Action: 'disable' })
  worker.send({ Id: 'seven', Action: 'update', Context: { DryRun: false, Configuration: 'none' } })
  worker.send({ Action: 'update', Context: {} })
  worker.child.stdin?.write(Buffer.from('{"Id":8,"Action":"update","Context":"\xff"}\n', 'latin1'))
  worker.send(update(9, obrien, 'After'))
  expect(await worker.end()).toBe(0)

  expect([1, 9].map((Id) => byId(worker.answers, Id)?.Output.Success)).toEqual([true, true])
  const failures = worker.answers.filter(({ Output }) => Output.Success !== true)
  expect(failures).toHaveLength(9)
  for (const { Output } of failures) {
    expect(Object.keys(Output)).toEqual(['Success', 'AuditLogs'])
    expect(Output.AuditLogs).toHaveLength(1)
    expect(Output.AuditLogs?.[0]?.IsError).toBe(true)
  }
  expect(failures.filter(({ Id }) => Id === null).map(sentence)).toEqual([
    expect.stringMatching(/^Could not carry out a line of stdin\. Error: it is not JSON: /),
    expect.stringMatching(/^Could not carry out a line of stdin\. Error: it is not a JSON object: /),
    expect.stringMatching(/^Could not carry out a line of stdin\. Error: its Id is not a text or a number: /),
    expect.stringMatching(/^Could not carry out a line of stdin\. Error: it is not UTF-8, nor UTF-16 with /),
  ])
  const said = (Id: string | number): string => sentence(byId(worker.answers, Id))
  expect(said(3)).toMatch(/its Action \[updat\] does not exist: is update meant\?$/)
  expect(said(4)).toMatch(
    /its Action import answers with many lines, which a worker does not: run import\.mjs\.$/,
  )
  expect(said(5)).toBe(
    'Could not disable Salesforce account. Error: actionContext.DryRun is missing. Action initiated by: [enforcement]',
  )
  expect(said(6)).toContain('Context holds nothing')
  expect(said('seven')).toContain('actionContext.Configuration must be an object')
})

test('each line of the log says which line of stdin it is about', async () => {
  const worker = startWorker(4)
  worker.send(update('a', annBoss, 'One'))
  worker.send(update('b', obrien, 'Two'))
  worker.send({ Id: 'c', Action: 'disable', Context: {} })
  await worker.end()
  const log = worker.said().stderr.trim().split('\n')
  const requests = log.map((text) => JSON.parse(text) as { message: string; Id?: string })
  const about = (id: string) => requests.filter(({ message }) => message.includes(`/Users/${id}`))
  expect(about(annBoss).length).toBeGreaterThan(1)
  expect(new Set(about(annBoss).map(({ Id }) => Id))).toEqual(new Set(['a']))
  expect(new Set(about(obrien).map(({ Id }) => Id))).toEqual(new Set(['b']))
  expect(requests.filter(({ message }) => message.includes('DryRun is missing')).map(({ Id }) => Id)).toEqual(
    ['c'],
  )
})

test('no secret leaves by answers or log, whatever fails', async () => {
  const worker = startWorker(4)
  const secret = 'S3cret/of+another customer'
  const Configuration = configuration(org.url, { ClientSecret: secret })
  worker.send(line(1, 'update', org.url, { Configuration, References: { Account: annBoss } }))
  worker.send(line(2, 'update', org.url, { References: { Account: secret } }))
  worker.send(update(3, annBoss, 'Fine'))
  await worker.end()
  const { stdout, stderr } = worker.said()
  expect(worker.answers.map(({ Output }) => Output.Success).sort()).toEqual([false, false, true])
  for (const text of [secret, encodeURIComponent(secret), seedCredentials.clientSecret, '!AQ']) {
    expect(stdout + stderr).not.toContain(text)
  }
})

test('a signal lets what runs finish, and refuses the rest in words', async () => {
  const slow = org.fault({ when: { method: 'PATCH', times: 2 }, delay: 400 })
  const worker = startWorker(2)
  const accounts = people(30)
  for (const [index, Account] of accounts.entries()) worker.send(update(index, Account, 'Done'))
  while (slow.fired < 2) await new Promise((resolve) => setImmediate(resolve))
  worker.child.kill('SIGTERM')
  const code = await worker.exit
  if (process.platform === 'win32') {
    // There is no such signal there: the process ends at once, and what it was doing is not known.
    expect(code).toBeNull()
    return
  }
  expect(code).toBe(0)
  expect(worker.answers).toHaveLength(accounts.length)
  const done = worker.answers.filter(({ Output }) => Output.Success === true)
  expect(done).toHaveLength(2)
  expect(done.map(({ Id }) => org.user(accounts[Number(Id)] ?? '')?.Title)).toEqual(['Done', 'Done'])
  expect(org.writes()).toHaveLength(2)
  const refused = worker.answers.filter(({ Output }) => Output.Success === false)
  for (const answer of refused) {
    expect(sentence(answer)).toMatch(
      /^Could not update Salesforce account: \[005\w{15}\]\. Error: the worker is stopping: the action was not begun/,
    )
  }
})

test('when nobody reads its answers any more it finishes what runs, begins nothing, and ends quietly with 1', async () => {
  const worker = startWorker(1)
  const accounts = people(20)
  worker.send(update(0, accounts[0] ?? '', 'Heard'))
  await worker.answered(1)
  worker.child.stdout?.destroy()
  for (const [index, Account] of accounts.entries()) worker.send(update(index, Account, 'Unheard'))
  expect(await worker.exit).toBe(1)
  const titles = accounts.map((id) => org.user(id)?.Title)
  expect(titles.filter((title) => title === 'Unheard').length).toBeLessThan(5)
  expect(worker.said().stderr).not.toMatch(/EPIPE|"level":"error"/)
})

test.each([['--concurrency=0'], ['--concurrency=many'], ['--concurrency=101'], ['--concurency=8'], ['8']])(
  'the argument %s is refused in words, with 2',
  async (argument) => {
    const program = join(root, 'dist', 'salesforce-scim', 'worker.mjs')
    const worker = startWorker(undefined, program, [argument])
    expect(await worker.end()).toBe(2)
    expect(worker.said().stdout).toBe('')
    expect(worker.said().stderr).toContain('Usage: worker.mjs [--concurrency <1 to 100>]')
  },
)

test('an action that breaks what nothing catches, or never ends, fails alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'))
  const program = join(folder, 'worker.mjs')
  const contents = `
    import { runWorker } from './shared/host/worker.ts'
    const ok = async () => ({ Success: true, AuditLogs: [] })
    const never = () => new Promise(() => undefined)
    runWorker({
      create: ok,
      update: () => { setTimeout(() => { throw new Error('thrown later') }, 1); return never() },
      enable: () => { void Promise.reject(new Error('rejected aside')); return never() },
      disable: () => { throw 'a text' },
      delete: never,
    }, () => [])`
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  try {
    const worker = startWorker(4, program)
    const names = ['create', 'update', 'enable', 'disable', 'delete', 'create']
    names.forEach((Action, Id) => worker.send({ Id, Action, Context: { DryRun: false } }))
    await worker.answered(5)
    worker.send({ Id: 'late', Action: 'create', Context: { DryRun: false } })
    await worker.answered(6)
    expect(await worker.end()).toBe(1)
    expect(worker.answers.filter(({ Output }) => Output.Success === true).map(({ Id }) => Id)).toEqual([
      0,
      5,
      'late',
    ])
    const said = (Id: number): string => sentence(byId(worker.answers, Id))
    expect(said(1)).toContain('an unexpected error in the connector (thrown later)')
    expect(said(2)).toContain('an unexpected error in the connector (rejected aside)')
    expect(said(3)).toContain('an unexpected error in the connector (a text)')
    expect(said(4)).toContain('the action ended without a result')
    expect(worker.answers).toHaveLength(7)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
