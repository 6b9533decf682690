import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Faults } from '../../simulator/faults/faults.ts'
import { faultKinds, parseFault } from '../../simulator/faults/faultSpec.ts'
import type { Request } from '../../simulator/http.ts'
import { readSeed } from '../../simulator/main.ts'
import { root, runScript } from '../process.ts'

const program = join(root, 'dist', 'cli', 'simulate.mjs')

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program; `whenUp` runs once it has told its address, and the program is stopped after it. */
function simulate(args: readonly string[], whenUp?: (url: string) => Promise<void>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args])
    let stdout = ''
    let stderr = ''
    let isUp = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0]
      if (isUp || url === undefined || !stdout.includes('Requests:')) return
      isUp = true
      Promise.resolve(whenUp?.(url)).then(
        () => child.kill('SIGTERM'),
        (error: unknown) => {
          child.kill('SIGTERM')
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The credentials that the program prints, as the settings of the connector. */
function settingsFrom(stdout: string, url: string): Record<string, unknown> {
  const [, clientId, clientSecret] = /client_id (\S+) +client_secret (\S+)/.exec(stdout) ?? []
  return { BaseUrl: url, ClientID: clientId, ClientSecret: clientSecret }
}

test('the org that npm run simulate starts lets a script in with the credentials it prints, and shows its requests', async () => {
  let code: number | null = null
  const { stdout, stderr } = await simulate(['--port', '0'], async (url) => {
    const printed = await simulate(['--port', '0'])
    const run = await runScript('enable', {
      DryRun: true,
      Configuration: settingsFrom(printed.stdout, url),
      References: { Account: /Users\/(005\w{15})/.exec(printed.stdout)?.[1] },
    })
    code = run.code
  })
  expect(code).toBe(0)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^POST \/services\/oauth2\/token 200 \d/m)
  expect(stdout).toMatch(/^GET \/services\/scim\/v2\/Users\/005\w{15} 200 \d/m)
})

test.each([
  ['--port', 'many'],
  ['--dialect', 'imagined'],
  ['--users', '-1'],
  ['--colour', 'red'],
  ['--seed', 'oak'],
  ['--fault', '418:GET /Users'],
])('%s %s is refused with a sentence and the usage, exit 2', async (...args) => {
  const { code, stdout, stderr } = await simulate(args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(args[0])
  expect(stderr).toContain('Usage: simulate [--port 8400]')
  expect(stderr).not.toContain('    at ')
})

test('a port that is taken is told, exit 1', async () => {
  let second: Ended | undefined
  await simulate(['--port', '0'], async (url) => {
    second = await simulate(['--port', new URL(url).port])
  })
  expect(second?.code).toBe(1)
  expect(second?.stderr).toMatch(/^The org could not start: port \d+ is taken: end what listens there/)
})

test('queries are shown as they were written, and controls as they came', async () => {
  const { stdout } = await simulate(['--port', '0'], async (url) => {
    await fetch(`${url}/services/data?q=a%20%3D%20%27b%27%26c%1B%5B2J&x=%E0%A4`)
  })
  expect(stdout).toMatch(/^GET \/services\/data\?q=a = 'b'&c%1B%5B2J&x=%E0%A4 200 \d/m)
})

test('an org that begins empty and meets faults has two users, and a script copes', async () => {
  let code: number | null = null
  const faults = ['--fault', '401:GET /Users', '--fault', 'cut:GET /Users']
  const { stdout } = await simulate(['--port', '0', '--seed', 'empty', ...faults], async (url) => {
    const printed = `client_id 3MVG9.acme.helloid.consumer.key  client_secret 0123456789ABCDEF-acme-secret`
    const Configuration = settingsFrom(printed, url)
    const imported = await runScript('import', {
      DryRun: true,
      Configuration: { ...Configuration, UseRestApi: false },
    })
    code = imported.code
    expect(imported.stdout.trimEnd().split('\n')).toHaveLength(2)
  })
  expect(code).toBe(0)
  expect(stdout).toContain('2 faults are scripted.')
  expect(stdout).toMatch(/^GET \/services\/scim\/v2\/Users\S* 401 /m)
})

test('users are generated on top of the sample company only', () => {
  expect([readSeed('acme', 0), readSeed('empty', 0), readSeed('acme', 5)]).toEqual([
    'acme',
    'empty',
    { users: 5 },
  ])
  expect(() => readSeed('empty', 5)).toThrow('--users goes with --seed acme')
})

describe('a fault on the command line', () => {
  const request = (method: string, path: string): Request => ({
    method,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: '',
    json: undefined,
  })
  /** Which of these requests meet it. */
  const met = (spec: string, ...requests: [method: string, path: string][]): boolean[] => {
    const faults = new Faults()
    faults.add(parseFault(spec))
    return requests.map(([method, path]) => faults.next(request(method, path), '', new Date()) !== undefined)
  }
  const users = '/services/scim/v2/Users'
  const token = '/services/oauth2/token'

  test.each<[string, [string, string][], boolean[]]>([
    [
      '429:GET /Users:2',
      [
        ['POST', users],
        ['GET', users],
        ['GET', `${users}/1`],
        ['GET', users],
      ],
      [false, true, true, false],
    ],
    [
      '503:/query',
      [
        ['GET', users],
        ['GET', '/services/data/v66.0/query'],
      ],
      [false, true],
    ],
    [
      'reset',
      [
        ['POST', token],
        ['GET', users],
        ['GET', users],
      ],
      [false, true, false],
    ],
    [
      'lost:post:*',
      [
        ['GET', users],
        ['POST', token],
        ['POST', users],
        ['POST', users],
      ],
      [false, false, true, true],
    ],
    ['401:POST /oauth2/', [['POST', token]], [true]],
    ['slow:GET /users.*', [['GET', users]], [false]],
  ])('%s is met by the requests that it names', (spec, requests, expected) => {
    expect(met(spec, ...requests)).toEqual(expected)
  })

  test.each([
    ['x:GET /Users', /there is no fault "x"\. There is: 401, 429,/],
    ['constructor:GET', /there is no fault/],
    ['429:FETCH /Users', /"FETCH \/Users" is not a method/],
    ['429:GET /Users:0', /how often is a number from 1, or \*, not "0"/],
    ['429:GET /Users:1:2', /too many parts/],
  ])('%s is refused in words', (spec, sentence) => {
    expect(() => parseFault(spec)).toThrow(sentence)
  })

  test('has an effect or a delay for each kind', () => {
    for (const kind of Object.keys(faultKinds)) expect(parseFault(kind)).toHaveProperty('effect')
  })
})
