import { join } from 'node:path'
import { changesOf } from '../../cli/run/changes.ts'
import { completeSettings as complete } from '../../cli/lib/completeSettings.ts'
import { type FormEntry, readConnector } from '../../cli/lib/connector.ts'
import { remedyFor } from '../../cli/lib/failure.ts'
import { showRun, type ShownRun } from '../../cli/run/runView.ts'
import { readLog } from '../../cli/script/scriptLog.ts'
import { terminalOn } from '../../cli/lib/terminal.ts'
import { type ErrorCode } from '../../shared/errors.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { root } from '../process.ts'
import { environmentFor, sample, tool, withFolder } from './tool.ts'

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())
beforeEach(() => org.clearRequests())

const secrets = [seedCredentials.clientSecret, seedCredentials.password, seedCredentials.securityToken]

describe('run', () => {
  test('previews, whatever the context says, and then does exactly what it previewed with --apply', async () => {
    const context = await sample('update', org.url)
    expect(context).toContain('"DryRun": false')
    const preview = await tool(['run', 'update', '--context', '-'], { stdin: context })
    expect(preview.code).toBe(0)
    expect(preview.stderr).toContain('update, dry run: nothing is written. --apply writes.')
    expect(org.writes()).toEqual([])
    expect(preview.stdout).toMatch(/^✓ \[DryRun\] Would update account property\(s\)/m)
    expect(preview.stdout).toMatch(/^ {2}~ title {7}Account manager {2}Team Lead Sales$/m)
    expect(preview.stdout).toMatch(/^ {2}\+ division {4}\(empty\) {10}EMEA$/m)
    expect(preview.stdout).toMatch(/fields are already as mapped$/m)
    expect(preview.stdout).toMatch(/^exit 0, \d+ ms$/m)
    const [, planned = ''] = preview.stdout.split('Requests that --apply would send\n')

    const real = await tool(['run', 'update', '--context', '-', '--apply'], { stdin: context })
    expect(real.code).toBe(0)
    expect(real.stderr).toContain(`update, for real: changes are written to ${org.url}`)
    const [write, ...more] = org.writes()
    expect(more).toEqual([])
    const body = JSON.stringify(write?.json, undefined, 2).replaceAll(/^/gm, '    ')
    expect(planned).toContain(`  PATCH   ${write?.path ?? ''}\n${body}\n`)
    expect(real.stdout).toMatch(/^ {2}PATCH {3}200 +\d+ ms {2}\/services\/scim\/v2\/Users\/005\w{15}$/m)
    expect(real.stdout).toContain(body)
    for (const text of [preview, real].map(({ stdout, stderr }) => stdout + stderr)) {
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
      expect(text).not.toContain('\u001b')
    }
  })

  test('shows the parts of a composite request as requests, and what each came to', async () => {
    const own = await startSimulator()
    try {
      const stdin = await sample('create', own.url, 'salesforce-apex-rest')
      const args = ['run', 'create', '--connector', 'salesforce-apex-rest', '--apply']
      const run = await tool(args, { stdin })
      expect(run.code).toBe(0)
      expect(run.stdout).toMatch(
        /^ {2}POST {4}200 +\d+ ms {2}\/services\/data\/v66\.0\/composite\n {4}GET {5}200 {2}\/services\/data\/v66\.0\/query\?q=SELECT Id, /m,
      )
      expect(run.stdout).toMatch(
        /^ {4}POST {4}201 {2}\/services\/data\/v66\.0\/sobjects\/User\n {6}\{\n {8}"FederationIdentifier": "100482",\n/m,
      )
      const [, fields = ''] = /sobjects\/User\/@\{written\.id\}\?fields=(\S+)$/m.exec(run.stdout) ?? []
      expect(fields.split(',').length).toBeGreaterThan(20)
      expect(fields.split(',')).toEqual([...new Set(fields.split(','))])
      expect(run.stdout).not.toContain('compositeRequest')

      const again = await tool(args, { stdin: stdin.replaceAll('"100482"', '"100483"') })
      expect(again.code).toBe(1)
      expect(again.stdout).toMatch(/^ {4}POST {4}400 {2}\/services\/data\/v66\.0\/sobjects\/User$/m)
    } finally {
      await own.close()
    }
  })

  test('prints with --json the answer of the script and nothing else', async () => {
    const { stdout, stderr, code } = await tool(['run', 'create', '--context', '-', '--json'], {
      stdin: await sample('create', org.url),
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\{.*\}\n$/)
    expect(JSON.parse(stdout)).toMatchObject({ Success: true, AccountCorrelated: false })
    expect(stderr).toContain('dry run')
    expect(stderr).toContain('"level":"information"')
  })

  test.each([
    [
      'an account that was found',
      'create',
      'create-correlate',
      /Account that was found\n {2}reference {2}005/,
    ],
    [
      'nothing that would change',
      'update',
      'update-nochange',
      /Nothing would change: \d+ fields are already as mapped/,
    ],
    ['permissions', 'listPermissions', 'listPermissions', /^\d+ permissions\n {2}Profile +Profile: /m],
    [
      'fields that are taken',
      'uniquenessCheck',
      'uniquenessCheck',
      /Fields that another account has\n {2}\w+/,
    ],
  ])('shows %s', async (_what, action, name, shown) => {
    const { stdout, code } = await tool(['run', action, '--context', '-'], {
      stdin: await sample(name, org.url),
    })
    expect(code).toBe(0)
    expect(stdout).toMatch(shown)
  })

  test('reads a file with a BOM from the current folder, and shows the whole log with --log', async () => {
    const context = await sample('enable', org.url)
    await withFolder({ 'enable.json': `\uFEFF${context}` }, async (cwd) => {
      const { code, stderr } = await tool(['run', 'enable', '--context', 'enable.json', '--log'], { cwd })
      expect(code).toBe(0)
      expect(stderr).toContain('{"level":"information","message":"[DryRun] Would send ')
    })
  })
})

describe('a failure', () => {
  const update = (over: object): string =>
    JSON.stringify({ References: { Account: seedIds.users.annBoss }, Data: { title: 'x' }, ...over })
  const env = (): Record<string, string> => environmentFor(org.url)

  test('of Salesforce shows the sentence, the codes, who has to act and what comes next', async () => {
    const message = "The user license doesn't allow the permission: Read Accounts"
    const body = [{ message, errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: [] }]
    org.fault({ when: { method: 'PATCH' }, effect: { kind: 'answer', status: 400, body } })
    const run = await tool(['run', 'update', '--context', '-', '--apply'], { stdin: update({}), env: env() })
    expect(org.unfiredFaults()).toEqual([])
    expect(run.code).toBe(1)
    expect(run.stdout).toMatch(/^✗ Could not update Salesforce account: \[005/m)
    expect(run.stdout).toMatch(
      /What to do\n {2}code {2}[A-Z_]+ \(FIELD_INTEGRITY_EXCEPTION\)\n {2}who {3}\S.*\n {2}next {2}\S/,
    )
    expect(run.stdout).toMatch(/^ {2}PATCH {3}400 /m)
    expect(run.stdout).toMatch(/^exit 1, /m)
  })

  test.each([
    ['an account that is gone', 'update', { References: { Account: '0055g00000ZZZZZAAA' } }, 'NOT_FOUND'],
    ['a field that is none', 'update', { Data: { tittle: 'x' } }, 'INVALID_INPUT'],
    ['a reference that is none', 'enable', { References: { Account: 'x' } }, 'INVALID_INPUT'],
    ['a setting that cannot be', 'enable', { Configuration: { ApiVersion: 'new' } }, 'MISCONFIGURED'],
  ])('because of %s has its code', async (_what, action, over, code) => {
    const run = await tool(['run', action, '--context', '-'], { stdin: update(over), env: env() })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain(`What to do\n  code  ${code}\n`)
  })

  test('of correlation has its code, too', async () => {
    const run = await tool(['run', 'create', '--context', '-'], {
      stdin: await sample('create-ambiguous', org.url),
    })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('  code  NOT_UNIQUE\n')
  })

  test.each<[string, string[], string, RegExp]>([
    ['an action that is none', ['run', 'enabel'], '{}', /no action "enabel": is enable meant\?/],
    ['a connector that is none', ['run', 'enable', '--connector', '../x'], '{}', /There is: salesforce-/],
    [
      'a file that is not there',
      ['run', 'enable', '--context', 'none.json'],
      '',
      /none\.json does not exist/,
    ],
    ['a file that is no JSON', ['run', 'enable', '--context', 'README.md'], '', /README\.md is not JSON\./],
    ['a context that is no object', ['run', 'enable'], '[]', /stdin is not an actionContext/],
    ['an import', ['run', 'import'], '{}', /use salesforce-connector import/],
    ['an option that is none', ['run', 'enable', '--aply'], '{}', /Did you mean --apply\?/],
    ['no action', ['run'], '{}', /missing required argument 'action'/],
    [
      'a variable that nobody set',
      ['run', 'enable'],
      '{"Configuration":{"Password":"${NOBODY}"}}',
      /needs NOBODY/,
    ],
  ])('of the command line because of %s is a sentence, exit 2', async (_what, args, stdin, sentence) => {
    const run = await tool(args, { stdin })
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toMatch(sentence)
    expect(run.stderr).not.toContain('    at ')
    expect(org.requests).toEqual([])
  })
})

describe('settings of the connection', () => {
  let form: readonly FormEntry[]
  beforeAll(async () => {
    form = (await readConnector(root, 'salesforce-scim')).form
  })
  /** `values` as if `.env` defined those whose names are in `ofFile`. */
  const completeSettings = (
    given: Record<string, unknown>,
    values: Record<string, string>,
    { ofFile = [], allowed = [] }: { ofFile?: readonly string[]; allowed?: readonly string[] } = {},
  ): ReturnType<typeof complete> => complete(given, form, { values, ofFile: new Set(ofFile), allowed })

  const context = { References: { Account: seedIds.users.leaver }, Configuration: { ClientSecret: '' } }

  test('come from .env in the current folder, and the environment wins', async () => {
    const file = Object.entries({ ...environmentFor(org.url), SALESFORCE_CLIENT_ID: 'of-the-file' })
    const text = file.map(([name, value]) => `${name}="${value}"`).join('\n')
    await withFolder({ '.env': text }, async (cwd) => {
      const stdin = JSON.stringify(context)
      const wrong = await tool(['run', 'enable'], { cwd, stdin })
      expect(wrong.code).toBe(1)
      const env = { SALESFORCE_CLIENT_ID: seedCredentials.clientId }
      const right = await tool(['run', 'enable'], { cwd, stdin, env })
      expect(right.code).toBe(0)
      expect(right.stderr).toContain('From .env: SALESFORCE_BASE_URL, SALESFORCE_CLIENT_SECRET')
      expect(right.stderr).toContain('From the environment: SALESFORCE_CLIENT_ID')
      expect(right.stderr + right.stdout).not.toContain(seedCredentials.clientSecret)
    })
  })

  test.each([
    ['run', ['run', 'enable']],
    ['doctor', ['doctor']],
    ['import', ['import']],
    ['report', ['report', '--persons', join(root, 'samples/persons/persons.json')]],
  ])('that nobody has given: %s says that there is no .env here', async (_command, args) => {
    await withFolder({}, async (cwd) => {
      const { code, stderr } = await tool(args, { cwd, stdin: JSON.stringify(context) })
      expect(code).toBe(1)
      expect(stderr.replace(/\s+/g, ' ')).toMatch(
        /There is no \.env in .+: \.env\.example has what goes into one\./,
      )
    })
  })

  test('of one org do not go to another', async () => {
    const other = await startSimulator()
    try {
      const stdin = JSON.stringify({ ...context, Configuration: { BaseUrl: other.url, ClientID: 'x' } })
      const run = await tool(['run', 'enable'], { stdin, env: environmentFor(org.url) })
      expect(run.code).toBe(1)
      expect(run.stderr).toContain('The context names another address than SALESFORCE_BASE_URL')
      expect(other.requests).toEqual([])
      expect(org.requests).toEqual([])
    } finally {
      await other.close()
    }
  })

  test.each([
    ['under another address', { BaseUrl: 'https://other.example' }],
    ['with another address for signing in', { AuthenticationUri: 'https://other.example/token' }],
    ['in an address', { BaseUrl: 'https://${SALESFORCE_CLIENT_SECRET}.example' }],
  ])('are not sent to another org %s, placeholders or not', (_what, addresses) => {
    const env = { ...environmentFor('https://acme.my.salesforce.com'), OTHER_SECRET: 'theirs' }
    const placeholder = { ClientSecret: '${SALESFORCE_CLIENT_SECRET}', ...addresses }
    expect(() => completeSettings(placeholder, env)).toThrow(
      /asks for SALESFORCE_CLIENT_SECRET: what belongs/,
    )
    if (Object.values(addresses).some((address) => address.includes('$'))) return
    const theirs = { ...addresses, Password: '${OTHER_SECRET}' }
    const ofFile = ['OTHER_SECRET', 'OTHER_URL']
    expect(() => completeSettings(theirs, env, { ofFile })).toThrow(
      'The context sends to https://other.example, which .env does not name: OTHER_SECRET would go there',
    )
    const both = { ...env, OTHER_URL: 'https://other.example/x' }
    const { settings, note } = completeSettings(theirs, both, { ofFile })
    expect(settings).toEqual({ ...addresses, Password: 'theirs' })
    expect(note).toContain('another address than SALESFORCE_BASE_URL')
  })

  test("go with the address at which Salesforce signs everybody in, and with the environment's own", () => {
    const env = environmentFor('https://acme.my.salesforce.com')
    for (const AuthenticationUri of [
      'https://login.salesforce.com/services/oauth2/token',
      'https://acme.my.salesforce.com/services/oauth2/token',
    ]) {
      const { settings } = completeSettings({ AuthenticationUri }, env)
      expect(settings).toMatchObject({ ClientSecret: seedCredentials.clientSecret })
    }
    const own = { ...env, SALESFORCE_AUTHENTICATION_URI: 'https://sso.acme.example/token' }
    expect(completeSettings({}, own).note).toBeUndefined()
  })

  test.each(['constructor', 'toString', '__proto__'])(
    'are not what every object has: ${%s} is missing',
    (name) => {
      expect(() => completeSettings({ ClientID: `\${${name}}` }, {})).toThrow(`needs ${name}`)
    },
  )

  test('replace placeholders anywhere, and are in the spelling of the form', () => {
    const env = {
      SECRET: 's',
      SALESFORCE_CLIENT_ID: 'id',
      SALESFORCE_DEFAULT_PROFILE: 'p',
      SALESFORCE_BASE_URL: 'http://s/',
    }
    const given = {
      clientid: ' ',
      ClientSecret: '${SECRET}',
      DEFAULTPROFILE: '',
      UseRestApi: true,
      BaseUrl: 'http://${SECRET}/',
      unknown: '${SECRET}',
    }
    expect(completeSettings(given, env, { ofFile: ['SECRET'] })).toEqual({
      settings: {
        ClientID: 'id',
        ClientSecret: 's',
        DefaultProfile: 'p',
        UseRestApi: true,
        BaseUrl: 'http://s/',
        unknown: 's',
      },
      used: ['SECRET', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_DEFAULT_PROFILE'],
      note: undefined,
    })
    const own = { ClientID: 'own', DefaultProfile: 'own', BaseUrl: 'http://s' }
    expect(completeSettings(own, env).settings).toEqual(own)
  })

  test('are no secrets for an address that nobody has named', () => {
    const env = { SALESFORCE_CLIENT_SECRET: 's', SALESFORCE_PRIVATE_KEY: 'k', SALESFORCE_API_VERSION: '61.0' }
    for (const address of ['BaseUrl', 'AuthenticationUri']) {
      const { settings, note } = completeSettings({ [address]: 'https://evil.example' }, env)
      expect(settings).toEqual({ [address]: 'https://evil.example', ApiVersion: '61.0' })
      expect(note).toContain(
        'SALESFORCE_CLIENT_SECRET, SALESFORCE_PRIVATE_KEY would go there, and is not used',
      )
      const placeholder = { [address]: 'https://evil.example', Password: '${SALESFORCE_CLIENT_SECRET}' }
      expect(() => completeSettings(placeholder, env)).toThrow(
        /asks for SALESFORCE_CLIENT_SECRET: what belongs/,
      )
    }
  })

  test('name no variable of the environment that is not allowed', () => {
    const env = { ...environmentFor('https://acme.my.salesforce.com'), AWS_SECRET_ACCESS_KEY: 's' }
    const given = { ClientSecret: '${AWS_SECRET_ACCESS_KEY}' }
    expect(() => completeSettings(given, env)).toThrow('add --allow-env AWS_SECRET_ACCESS_KEY.')
    const allowed = { allowed: ['AWS_SECRET_ACCESS_KEY'] }
    expect(completeSettings(given, env, allowed).settings).toMatchObject({ ClientSecret: 's' })
    expect(completeSettings(given, env, { ofFile: allowed.allowed }).settings).toMatchObject({
      ClientSecret: 's',
    })
    const elsewhere = { ...given, BaseUrl: 'https://evil.example' }
    expect(() => completeSettings(elsewhere, env, allowed)).toThrow('which .env does not name')
  })

  test('of a context that names a member twice are refused before anything is read by either name', async () => {
    const Configuration = '{ "authenticationURI": "https://evil.example", "AuthenticationUri": "" }'
    const stdin = `{ "Configuration": ${Configuration} }`
    const run = await tool(['run', 'enable'], { stdin, env: environmentFor(org.url) })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('stdin: authenticationURI is given twice, in two spellings')
    expect(org.requests).toEqual([])
  })

  test("leave what the older connector's names have", () => {
    const env = { SALESFORCE_USER_NAME: 'a', SALESFORCE_PASSWORD: 'b' }
    const given = { AdminUsername: 'theirs', AdminPassword: 'theirs' }
    expect(completeSettings(given, env).settings).toEqual(given)
  })

  test('that are given in two spellings are refused', () => {
    const given = { authenticationURI: 'http://evil.example', AuthenticationUri: '' }
    expect(() => completeSettings(given, {})).toThrow('AuthenticationUri is given twice, in two spellings')
  })
})

describe('what is shown', () => {
  test('tells fields that are added, changed, cleared and the same', () => {
    const Data = { a: '1', b: '2', c: null, d: 'x', e: ['y'], f: '' }
    const PreviousData = { b: '1', c: '3', d: 'x', e: ['y'] }
    expect(changesOf({ Data, PreviousData }).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'a added',
      'b changed',
      'c cleared',
      'd same',
      'e same',
      'f same',
    ])
  })

  test('is coloured on a terminal that has colours', () => {
    const lines: string[] = []
    const run: ShownRun = {
      action: 'update',
      isDryRun: true,
      exitCode: 0,
      milliseconds: 1,
      output: { Success: true, Data: { title: 'b' }, PreviousData: { title: 'a' } },
      log: readLog(''),
    }
    showRun({ width: 80, hasColour: true, write: (line) => lines.push(line) }, run)
    expect(lines.join('\n')).toContain('\u001b[33m~ title  a       b')
  })

  test('tells a composite request that only reads from one that writes, by its colour', () => {
    const sendOf = (...methods: string[]): string => {
      const compositeRequest = methods.map((method) => ({ method, url: '/x', referenceId: method }))
      const request = { method: 'POST', path: '/composite', body: { compositeRequest } }
      const level = 'information'
      const lines = [
        { level, message: 'Sending POST /composite', request },
        { level, message: 'POST /composite: 200, 9 bytes, 5 ms' },
        { level, message: 'Its parts', parts: methods.map((method) => (method === 'DELETE' ? 404 : 200)) },
      ]
      return lines.map((line) => JSON.stringify(line)).join('\n')
    }
    const lines: string[] = []
    const log = readLog(`${sendOf('GET', 'GET')}\n${sendOf('PATCH', 'DELETE', 'GET')}`)
    const run: ShownRun = { action: 'x', isDryRun: false, exitCode: 0, milliseconds: 1, output: {}, log }
    showRun({ width: 80, hasColour: true, write: (line) => lines.push(line) }, run)
    const toneOf = { '90': 'quiet', '1': 'strong', '31': 'bad' } as Record<string, string>
    const shown = lines.flatMap((line) => {
      const [, tone = '', method = '', status = ''] =
        /\u001b\[(\d+)m(GET|POST|PATCH|DELETE) +(\d+)/.exec(line) ?? []
      return method === '' ? [] : [`${method} ${status} ${toneOf[tone] ?? tone}`]
    })
    expect(shown).toEqual([
      'POST 200 quiet',
      'GET 200 quiet',
      'GET 200 quiet',
      'POST 200 strong',
      'PATCH 200 strong',
      'DELETE 404 bad',
      'GET 200 quiet',
    ])
  })

  test.each([false, true])(
    'obeys nothing that a name or a value says to the terminal (colours: %s)',
    (isTTY) => {
      const written: string[] = []
      const stream = {
        isTTY,
        columns: 90,
        hasColors: () => isTTY,
        write: (text: string) => written.push(text),
      }
      const evil = 'a\u001b[2J\u001b[8m\u001b]0;title\u0007\rb\nexit 0\u009b1A\u202ec\td'
      const run: ShownRun = {
        action: 'update',
        isDryRun: true,
        exitCode: 1,
        milliseconds: 1,
        output: {
          Success: false,
          AuditLogs: [{ Message: evil, IsError: true }],
          Data: { [evil]: evil },
          PreviousData: { [evil]: 'x' },
          NonUniqueFields: [evil],
        },
        log: readLog(
          [
            JSON.stringify({ level: 'warning', message: evil }),
            JSON.stringify({ level: 'information', message: 'GET /q?q=%1B%5B2J%0Aexit: 200, 9 bytes, 1 ms' }),
            evil,
          ].join('\n'),
        ),
      }
      showRun(terminalOn(stream as unknown as NodeJS.WriteStream), run)
      const text = written.join('')
      // Colours alone are left, and every line is one that the page began.
      const rest = text.replaceAll(/\u001b\[(1|22|3[1-9]|39|90)m/g, '')
      expect(rest).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
      expect(rest.match(/^exit.*$/gm)).toEqual(['exit 1, 1 ms'])
      expect(written.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
      expect(rest).toContain('a␛[2J␛[8m')
    },
  )

  test('keeps secrets out of bodies, and words that are no log of ours', () => {
    const request = { method: 'POST', path: '/x%20y', body: { password: 'hunter2', name: 'n' } }
    const log = readLog(
      [
        JSON.stringify({ level: 'information', message: '[DryRun] Would send POST /x', request }),
        '{"level":"information","message":"GET /a?q=b%20c: no answer, 12 ms"}',
        '{"level":"warning","message":"careful"}',
        '{"level":"error","message":"REJECTED: no"}',
        'node: out of memory',
      ].join('\n'),
    )
    expect(log).toEqual({
      planned: [{ method: 'POST', path: '/x y', body: { password: '***', name: 'n' } }],
      sent: [{ method: 'GET', path: '/a?q=b c', milliseconds: 12 }],
      warnings: ['careful'],
      error: { code: 'REJECTED', faults: [], actor: undefined, advice: undefined, message: 'no' },
      foreign: ['node: out of memory'],
    })
  })

  test("says for every code who has to act, and takes the word of Salesforce's answer before its own", () => {
    const codes: readonly ErrorCode[] = [
      'INVALID_CONTEXT',
      'INVALID_INPUT',
      'MISCONFIGURED',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'NOT_UNIQUE',
      'REJECTED',
      'RATE_LIMITED',
      'UNAVAILABLE',
      'UNEXPECTED',
    ]
    for (const code of codes) {
      const { who, next } = remedyFor({ code, faults: [], actor: undefined, advice: undefined, message: '' })
      expect([code, who, next]).toEqual([code, expect.stringMatching(/\w/), expect.stringMatching(/\.$/)])
    }
    const told = { faults: [], actor: 'HR data', advice: 'ask HR', message: '' } as const
    expect(remedyFor({ code: 'REJECTED', ...told })).toEqual({ who: 'HR data', next: 'ask HR' })
  })
})
