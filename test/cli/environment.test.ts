import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Connector, readConnector } from '../../cli/lib/connector.ts'
import { environmentName } from '../../cli/lib/environment.ts'
import { createProgram } from '../../cli/main.ts'
import type { Terminal } from '../../cli/lib/terminal.ts'
import { testPrivateKey } from '../../simulator/org/keys.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { root } from '../process.ts'
import { connectors } from './packages.ts'
import { tool, withFolder } from './tool.ts'

const person = join(root, 'samples', 'persons', 'joiner.json')

/** A script that keeps what it gets, and answers as one that found nothing to do. */
const recorder = `
import { appendFileSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
const text = readFileSync(0, 'utf8')
const name = basename(process.argv[1])
appendFileSync(join(dirname(process.argv[1]), '..', '..', 'record'), text.trim().split('\\n').map((line) => JSON.stringify([name, line]) + '\\n').join(''))
const answer = { Success: true, AuditLogs: [], Permissions: [] }
if (name === 'worker.mjs') for (const line of text.trim().split('\\n')) {
  console.log(JSON.stringify({ Id: JSON.parse(line).Id, Output: answer }))
} else if (!/^import|doctor/.test(name)) console.log(JSON.stringify(answer))
`

/** What each program of a connector got as Configuration, where its scripts are recorders. */
interface Recorded {
  readonly program: string
  readonly configuration: Readonly<Record<string, unknown>>
}

/** A copy of the package whose scripts do nothing but record, with `.env` in the folder beside it. */
async function withRecorders<T>(
  connector: string,
  env: string,
  use: (
    run: (...args: string[]) => Promise<string>,
    recorded: () => Promise<Recorded[]>,
    folder: string,
  ) => Promise<T>,
): Promise<T> {
  return withFolder({ '.env': env }, async (folder) => {
    const copy = join(folder, 'package')
    for (const part of ['connectors', 'configuration.json', 'fieldMapping.json', 'package.json'])
      await cp(join(root, part), join(copy, part), { recursive: true })
    const scripts = (await readdir(join(root, 'dist', connector))).map((name) =>
      join('dist', connector, name),
    )
    for (const file of [...scripts, join('dist', 'cli', `${connector}.doctor.mjs`)]) {
      await mkdir(dirname(join(copy, file)), { recursive: true })
      await writeFile(join(copy, file), recorder)
    }
    for (const name of [`${connector}.fields.json`, 'mappingEngine.cjs'])
      await cp(join(root, 'dist', 'cli', name), join(copy, 'dist', 'cli', name))

    const record = join(copy, 'record')
    let said = ''
    const terminal: Terminal = { width: 500, hasColour: false, write: (line) => (said += `${line}\n`) }
    const printed: string[] = []
    const run = async (...args: string[]): Promise<string> => {
      said = ''
      const spies = [
        jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0),
        jest.spyOn(process.stderr, 'write').mockReturnValue(true),
      ]
      const before = process.exitCode
      try {
        const environment = { root: copy, cwd: folder, env: {}, out: terminal, err: terminal }
        await createProgram(environment).parseAsync([...args, '--connector', connector], { from: 'user' })
      } finally {
        for (const spy of spies) spy.mockRestore()
        process.exitCode = before
      }
      const output = printed.splice(0).join('')
      if (args[0] === 'map') await writeFile(join(folder, 'mapped.json'), output)
      return said
    }
    const recorded = async (): Promise<Recorded[]> => {
      const lines = (await readFile(record, 'utf8'))
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith('""]'))
      await writeFile(record, '')
      return lines.map((line) => {
        const [program, text] = JSON.parse(line) as [string, string]
        const input = JSON.parse(text) as Record<string, Record<string, unknown>>
        const context = input['Context'] ?? input
        const { Configuration } = (context['actionContext'] ?? context) as typeof input
        return { program, configuration: Configuration ?? {} }
      })
    }
    await writeFile(join(folder, 'empty.json'), '{}')
    return use(run, recorded, folder)
  })
}

/** Every setting but the one that the tool sets itself. */
const settingsOf = ({ form }: Connector): string[] =>
  form.map(({ key }) => key).filter((key) => key !== 'LogRequestBodies')

const valueOf = (key: string): string =>
  ['BaseUrl', 'AuthenticationUri'].includes(key) ? 'https://acme.my.salesforce.com' : `(${key})`

/** What a command decides by itself: a report needs every account, and the names of profiles are a list of that type alone. */
const ownSettings: Readonly<Record<string, readonly string[]>> = {
  report: ['ImportUserTypes', 'ImportInactive', 'ImportResumeAfter'],
  'listPermissions.mjs': ['PermissionTypes'],
}

/** Each command that starts scripts, and the programs that it starts. */
const commands: readonly [
  name: string,
  programs: readonly string[],
  lines: readonly (readonly string[])[],
][] = [
  ['run', ['create.mjs'], [['run', 'create', '--context', 'empty.json']]],
  ['doctor', ['doctor.mjs'], [['doctor']]],
  ['doctor --context', ['doctor.mjs'], [['doctor', '--context', 'empty.json']]],
  ['import', ['import.mjs', 'listPermissions.mjs'], [['import', '--out', 'accounts.ndjson']]],
  ['report', ['import.mjs', 'listPermissions.mjs'], [['report', '--persons', person]]],
  ['report --exact', ['import.mjs', 'worker.mjs'], [['report', '--persons', person, '--exact']]],
  [
    'map and run',
    ['update.mjs'],
    [
      ['map', '--person', person, '--action', 'update', '--account', '0055g0000000005AAA'],
      ['run', 'update', '--context', 'mapped.json'],
    ],
  ],
]

describe.each(connectors)('variables of %s', (name) => {
  test.each(commands)('fill in every setting of %s', async (_command, programs, lines) => {
    const connector = await readConnector(root, name)
    const keys = settingsOf(connector)
    expect(keys.length).toBeGreaterThan(40)
    const env = keys.map((key) => `${environmentName(key)}="${valueOf(key)}"\n`).join('')
    await withRecorders(name, env, async (run, recorded) => {
      for (const line of lines) await run(...line)
      const found = await recorded()
      expect([...new Set(found.map(({ program }) => program.replace(/^.*\.doctor/, 'doctor')))]).toEqual(
        expect.arrayContaining(programs.filter((program) => program !== 'listPermissions.mjs')),
      )
      for (const { program, configuration } of found) {
        const decided = ownSettings[program === 'import.mjs' ? (lines[0]?.[0] ?? '') : program] ?? []
        const own = keys.filter((key) => !decided.includes(key))
        expect(own.filter((key) => configuration[key] !== valueOf(key))).toEqual([])
      }
    })
  })

  test('come before what the form offers, and behind what a context says', async () => {
    const env = 'SALESFORCE_API_VERSION=61.0\nSALESFORCE_LANGUAGE=nl\n'
    await withRecorders(name, env, async (run, recorded) => {
      await run('doctor')
      const [examined] = await recorded()
      expect(examined?.configuration).toMatchObject({
        ApiVersion: '61.0',
        Language: 'nl',
        DefaultProfile: 'Minimum Access - Salesforce',
      })
      await run('map', '--person', person, '--action', 'create')
      await run('run', 'create', '--context', 'mapped.json')
      const [created] = await recorded()
      expect(created?.configuration).toMatchObject(examined?.configuration ?? {})
      // What the credentials imply, the form's first choice would contradict.
      expect(created?.configuration).not.toHaveProperty('AuthenticationFlow')
    })
  })

  test('that map did not have count when run does', async () => {
    await withRecorders(name, '', async (run, recorded, folder) => {
      await run('map', '--person', person, '--action', 'create')
      const mapped = await readFile(join(folder, 'mapped.json'), 'utf8')
      expect(mapped).toContain('"ApiVersion": "66.0"')
      await writeFile(join(folder, '.env'), 'SALESFORCE_API_VERSION=61.0\nSALESFORCE_CREATE_ACTIVE=true\n')
      await writeFile(
        join(folder, 'mapped.json'),
        mapped.replace('"CreateActive": false', '"CreateActive": "no"'),
      )
      await run('run', 'create', '--context', 'mapped.json')
      const [created] = await recorded()
      expect(created?.configuration).toMatchObject({ ApiVersion: '61.0', CreateActive: 'no', Language: 'en' })
    })
  })

  test('and secrets of map stay in .env', async () => {
    const connector = await readConnector(root, name)
    const env = settingsOf(connector)
      .map((key) => `${environmentName(key)}="${valueOf(key)}"\n`)
      .join('')
    await withRecorders(name, env, async (run, _recorded, folder) => {
      await run('map', '--person', person, '--action', 'create')
      const mapped = await readFile(join(folder, 'mapped.json'), 'utf8')
      const secret = connector.form.filter(({ isSecret }) => isSecret).map(({ key }) => valueOf(key))
      expect(secret.length).toBeGreaterThan(3)
      expect(secret.filter((value) => mapped.includes(value))).toEqual([])
      expect(mapped).toContain(valueOf('UserName'))
    })
  })
})

describe('a line of .env', () => {
  const [flagship = ''] = connectors
  const note = (env: string, ...args: string[]): Promise<string> =>
    withRecorders(flagship, env, (run) => run(...(args.length > 0 ? args : ['doctor'])))

  test.each([
    [
      'SALESFORCE_API_VERSON=61.0',
      'SALESFORCE_API_VERSON in .env is no setting: is SALESFORCE_API_VERSION meant?',
    ],
    ['salesforce_client_id=x', 'salesforce_client_id in .env is no setting: is SALESFORCE_CLIENT_ID meant?'],
    ['BaseUrl=x', 'BaseUrl in .env is no setting: is SALESFORCE_BASE_URL meant?'],
    ['SALESFORC_BASE_URL=x', 'SALESFORC_BASE_URL in .env is no setting: is SALESFORCE_BASE_URL meant?'],
    ['SALESFORCE_HELLO=x', 'SALESFORCE_HELLO in .env is no setting.'],
    ['SALESFORCE_CLIENT_SECRET=ab#cd', 'the value of SALESFORCE_CLIENT_SECRET is read up to the #.'],
    ['SALESFORCE_CLIENT_SECRET="ab#cd', 'the value of SALESFORCE_CLIENT_SECRET is read up to the #.'],
    ['export SALESFORCE_PASSWORD=#cd', 'the value of SALESFORCE_PASSWORD is read up to the #.'],
  ])('%s is reported', async (line, sentence) => {
    expect(await note(line)).toContain(sentence)
  })

  test('is reported by every command that reads it', async () => {
    const env = 'SALESFORCE_API_VERSON=61.0\nSALESFORCE_CLIENT_SECRET=ab#cd\n'
    for (const [, , lines] of commands) {
      const [line = []] = lines
      const said = await note(env, ...line)
      expect(said).toContain('is SALESFORCE_API_VERSION meant?')
      expect(said).toContain('SALESFORCE_CLIENT_SECRET is read up to the #')
    }
  })

  test('that is as it should be is not', async () => {
    const env = [
      '# SALESFORCE_API_VERSON=61.0',
      'SALESFORCE_CLIENT_SECRET="ab#cd"',
      "SALESFORCE_PASSWORD='a#b' # of the integration user",
      'SALESFORCE_APEX_REST_PATH=helloid/users',
      'OTHER_SECRET=x',
      'HTTPS_PROXY=http://proxy.example',
    ]
    expect(await note(env.join('\r\n'))).not.toMatch(/no setting|read up to|meant/)
  })
})

describe('a sign-in by .env alone', () => {
  let org: SimulatedOrg
  beforeAll(async () => {
    org = await startSimulator({ dialect: { passwordFlow: 'allowed' } })
  })
  afterAll(() => org.close())

  const flows: readonly [string, () => Record<string, string>][] = [
    [
      'jwt_bearer',
      () => ({
        SALESFORCE_USER_NAME: seedCredentials.userName,
        SALESFORCE_PRIVATE_KEY: testPrivateKey,
        SALESFORCE_JWT_AUDIENCE: org.url,
      }),
    ],
    [
      'password',
      () => ({
        SALESFORCE_CLIENT_SECRET: seedCredentials.clientSecret,
        SALESFORCE_USER_NAME: seedCredentials.userName,
        SALESFORCE_PASSWORD: seedCredentials.password,
        SALESFORCE_SECURITY_TOKEN: seedCredentials.securityToken,
      }),
    ],
  ]

  test.each(flows.flatMap(([flow, env]) => connectors.map((connector) => [flow, connector, env] as const)))(
    'with %s works in every command of %s',
    async (_flow, connector, own) => {
      const env = { SALESFORCE_BASE_URL: org.url, SALESFORCE_CLIENT_ID: seedCredentials.clientId, ...own() }
      const file = Object.entries(env).map(([name, value]) => `${name}="${value}"\n`)
      await withFolder({ '.env': file.join('') }, async (cwd) => {
        const of = ['--connector', connector]
        const mapped = await tool(['map', '--person', person, '--action', 'create', ...of], { cwd })
        const runs = await Promise.all([
          tool(['run', 'create', ...of], { cwd, stdin: mapped.stdout }),
          tool(['import', '--out', 'accounts.ndjson', ...of], { cwd }),
          tool(['report', '--persons', person, ...of], { cwd }),
          tool(['doctor', ...of], { cwd }),
        ])
        expect(
          runs.map(({ stdout, stderr }) => /UNAUTHENTICATED|MISCONFIGURED|must be set/.exec(stdout + stderr)),
        ).toEqual(runs.map(() => null))
        expect(runs.slice(0, 3).map(({ code }) => code)).toEqual([0, 0, 0])
        expect(runs[3]?.stdout).toMatch(/✓ Sign-in/)
      })
    },
  )
})
