import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { connectors, flagship } from '../connectors.ts'
import { breaches, configuration, contextFor, type Json, launch, said } from '../contract/support.ts'
import { type Run, runScript } from '../process.ts'
import { toRestContext } from '../../reliability/scenarios/restFieldNames.ts'
import { line, startWorker, stopWorkers } from './support.ts'

let org: SimulatedOrg
let folder: string
let TokenCache: string
beforeEach(async () => {
  org = await startSimulator({ dialect: { passwordFlow: 'allowed' } })
  folder = mkdtempSync(join(tmpdir(), 'tokens-'))
  TokenCache = join(folder, 'tokens.json')
})
afterEach(async () => {
  stopWorkers()
  rmSync(folder, { recursive: true, force: true })
  await org.close()
})

const References = { Account: seedIds.users.annBoss }
const settings = (over: Json = {}): Json => ({
  Configuration: configuration(org.url, {
    TokenCache,
    DefaultProfile: seedIds.profiles.standardUser,
    ...over,
  }),
})
const title = (text: string): Json => ({ References, Data: { title: text } })
const update = (text: string, over: Json = {}): Promise<Run> =>
  launch('update', contextFor('update', org.url, { ...settings(over), ...title(text) }))
/** The same without a process of its own, where one file is what it is about and not who shares it. */
const updateHere = (text: string, over: Json = {}): Promise<Run> =>
  answer('update', contextFor('update', org.url, { ...settings(over), ...title(text) }))
const signIns = (): number => org.requests.filter(({ path }) => path.endsWith('/token')).length
const kept = (): { version: number; tokens: Record<string, Json> } =>
  JSON.parse(readFileSync(TokenCache, 'utf8')) as { version: number; tokens: Record<string, Json> }
const onWindows = process.platform === 'win32'

test.each(connectors)(
  'a kept token saves exactly the request for it, in every action of %s',
  async (connector) => {
    const actions: [string, Json, number][] = [
      // The sign-in, the account, and whether it is frozen.
      ['update', title(org.user(References.Account)?.Title ?? ''), 3],
      [
        'disable',
        { References: { Account: seedIds.users.leaver }, Configuration: { DisableMode: 'deactivate' } },
        2,
      ],
      ['create', {}, 3],
      ['uniquenessCheck', { Data: { userName: 'nobody@acme.example' } }, 2],
    ]
    // What all actions have from the same code is tried with each of them by the flagship.
    const tried = connector === flagship ? actions : actions.slice(0, 1)
    for (const [action, over, requests] of tried) {
      const Configuration = {
        ...(settings()['Configuration'] as Json),
        ...(over['Configuration'] as Json | undefined),
      }
      const context = contextFor(action, org.url, { ...over, Configuration })
      const ask = async (): Promise<number> => {
        org.clearRequests()
        const given = { ...context, DryRun: action === 'create' ? context['DryRun'] : false }
        const run =
          connector === flagship
            ? await launch(action, given)
            : await runScript(action, toRestContext(given), { connector })
        expect([action, ...breaches(run, 0)]).toEqual([action])
        return org.requests.length
      }
      rmSync(TokenCache, { force: true })
      expect([action, await ask()]).toEqual([action, requests])
      if (action === 'create') org.org.users.remove(org.user('contract.joiner@acme.example') ?? fail())
      expect([action, await ask()]).toEqual([action, requests - 1])
    }
  },
)

function fail(): never {
  throw new Error('the account was not created')
}

test('the file is for its owner only and has no secret but the token, and nothing is left beside it', async () => {
  expect(breaches(await update('One'), 0)).toEqual([])
  const text = readFileSync(TokenCache, 'utf8')
  for (const secret of Object.values(seedCredentials)) expect(text).not.toContain(secret)
  expect(readdirSync(folder)).toEqual(['tokens.json'])
  if (!onWindows) expect(statSync(TokenCache).mode & 0o777).toBe(0o600)
  const [[hash = '', entry] = []] = Object.entries(kept().tokens)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(entry).toMatchObject({ instanceUrl: org.url, orgId: seedIds.org, userId: seedIds.users.integration })
  expect(kept().version).toBe(1)
})

test('a token that has ended is replaced at once, also in the file', async () => {
  await update('One')
  const before = Object.values(kept().tokens)
  org.org.tokens.clear()
  org.clearRequests()
  expect(breaches(await update('Two'), 0)).toEqual([])
  expect(signIns()).toBe(1)
  expect(org.requests.filter(({ status }) => status === 401)).toHaveLength(1)
  const after = Object.values(kept().tokens)
  expect(after).toHaveLength(1)
  expect(after[0]?.['accessToken']).not.toBe(before[0]?.['accessToken'])
  org.clearRequests()
  expect(breaches(await update('Three'), 0)).toEqual([])
  expect(signIns()).toBe(0)
})

test('a file has tokens of several orgs, apps and users', async () => {
  const other = await startSimulator()
  try {
    const { userName, password, securityToken } = seedCredentials
    const byPassword = {
      UserName: userName,
      Password: password,
      SecurityToken: securityToken,
      AuthenticationFlow: 'password',
    }
    const all = [
      () => update('One'),
      () =>
        launch(
          'update',
          contextFor('update', other.url, { ...settings({ BaseUrl: other.url }), ...title('One') }),
        ),
      () => update('Two', byPassword),
    ]
    for (const run of all) expect(breaches(await run(), 0)).toEqual([])
    expect(Object.keys(kept().tokens)).toHaveLength(3)
    org.clearRequests()
    other.clearRequests()
    for (const run of all) expect(breaches(await run(), 0)).toEqual([])
    expect([...org.requests, ...other.requests].filter(({ path }) => path.endsWith('/token'))).toEqual([])
  } finally {
    await other.close()
  }
})

test('processes that use one file at the same time all succeed, and leave it whole', async () => {
  const accounts = [seedIds.users.annBoss, seedIds.users.obrien, seedIds.users.platform, seedIds.users.admin]
  const all = (text: string): Promise<Run[]> =>
    Promise.all(
      [...accounts, ...accounts].map((Account, index) =>
        launch(
          'update',
          contextFor('update', org.url, {
            ...settings(),
            References: { Account },
            Data: { title: `${text} ${index}` },
          }),
        ),
      ),
    )
  for (const run of await all('First')) expect(breaches(run, 0)).toEqual([])
  org.org.tokens.clear()
  for (const run of await all('Second')) expect(breaches(run, 0)).toEqual([])
  expect(readdirSync(folder)).toEqual(['tokens.json'])
  expect(Object.keys(kept().tokens)).toHaveLength(1)
  org.clearRequests()
  await update('Third')
  expect(signIns()).toBe(0)
})

test('a worker finds the token of a script, and leaves one for it', async () => {
  await update('One')
  org.clearRequests()
  const worker = startWorker(4)
  for (const text of ['Two', 'Three', 'Four']) {
    worker.send(line(text, 'update', org.url, { ...settings(), ...title(text) }))
  }
  await worker.answered(2)
  org.org.tokens.clear()
  worker.send(line('Five', 'update', org.url, { ...settings(), ...title('Five') }))
  expect(await worker.end()).toBe(0)
  expect(worker.answers.map(({ Output }) => Output.Success)).toEqual([true, true, true, true])
  expect(signIns()).toBe(1)
  org.clearRequests()
  expect(breaches(await update('Six'), 0)).toEqual([])
  expect(signIns()).toBe(0)
})

test('a token of more than 12 hours, or of the future, is not used', async () => {
  for (const age of [12 * 3_600_000 + 1000, -600_000]) {
    await update('One')
    const { version, tokens } = kept()
    const aged = Object.entries(tokens).map(([hash, entry]) => [
      hash,
      { ...entry, signedInAt: Date.now() - age },
    ])
    writeFileSync(TokenCache, JSON.stringify({ version, tokens: Object.fromEntries(aged) as Json }))
    org.clearRequests()
    expect(breaches(await update('Two'), 0)).toEqual([])
    expect(signIns()).toBe(1)
  }
})

test.each([
  ['{"version":1,"tokens":{"abc', true],
  ['{"version":2,"tokens":{}}', true],
  ['{"version":1,"tokens":{"hash":{"accessToken":7}}}', true],
  ['-----BEGIN SOMETHING ELSE-----', true],
  ['null', true],
  ['', false],
])('a file that holds %p is not used but replaced', async (text, isTold) => {
  writeFileSync(TokenCache, text, { mode: 0o600 })
  const run = await updateHere('One')
  expect(breaches(run, 0)).toEqual([])
  expect(Object.keys(kept().tokens)).toHaveLength(1)
  expect(run.stderr.includes('"level":"warning"')).toBe(isTold)
  // What it was may be needed by whoever mistyped a path.
  if (isTold) expect(readFileSync(`${TokenCache}.old`, 'utf8')).toBe(text)
  expect(readdirSync(folder)).toHaveLength(isTold ? 2 : 1)
})

test('a file that others can read is refused in words, before anything is sent', async () => {
  await update('One')
  chmodSync(TokenCache, 0o644)
  org.clearRequests()
  const run = await update('Two')
  if (onWindows) {
    expect(breaches(run, 0)).toEqual([])
    expect(run.stderr).toContain('not checked on Windows')
    return
  }
  expect(breaches(run, 1)).toEqual([])
  expect(said(run)).toContain(
    `Configuration.TokenCache [${TokenCache}] can be read or written by other users`,
  )
  expect(org.requests).toEqual([])
})

test('a path that cannot be a file of this user is refused in words', async () => {
  const inFolder = join(folder, 'folder')
  mkdirSync(inFolder)
  const cases: [string, RegExp][] = [
    ['tokens.json', /is not an absolute path/],
    [inFolder, onWindows ? /cannot be read|is not a file/ : /is not a file/],
  ]
  for (const [path, sentence] of cases) {
    const run = await updateHere('One', { TokenCache: path })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(sentence)
  }
  expect(org.requests).toEqual([])
})

test('a folder that does not exist is a warning: the action is more important', async () => {
  const path = join(folder, 'missing', 'tokens.json')
  const run = await update('One', { TokenCache: path })
  expect(breaches(run, 0)).toEqual([])
  expect(run.stderr).toContain('cannot be written (ENOENT)')
})

test('without the setting no file is read or written', async () => {
  const run = await updateHere('One', { TokenCache: '' })
  expect(breaches(run, 0)).toEqual([])
  expect(existsSync(TokenCache)).toBe(false)
})
