import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { actionResultSchema } from '../../shared/host/result.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { apiNames } from '../lifecycle/hosts.ts'
import { parse, root, type Run } from '../process.ts'
import { cells, isFull } from '../matrix.ts'
import { runScriptHere } from '../program.ts'

export type Json = Record<string, unknown>

const flagship = 'salesforce-scim'

/** Both connectors: they offer the same actions, which have the same contract with the host. */
export const connectorNames = [flagship, 'salesforce-apex-rest'] as const

const manifest = JSON.parse(readFileSync(join(root, 'connectors', flagship, 'manifest.json'), 'utf8')) as {
  actions: string[]
}

/** The actions that answer with an outputContext: imports answer with lines, and have tests of their own. */
export const actionNames = manifest.actions.filter((name) => !name.startsWith('import'))

/** Actions that are about an account that exists. */
export const accountActions = actionNames.filter((name) =>
  /^(update|enable|disable|delete|grantPermission|revokePermission|subPermissions)$/.test(name),
)

/** Actions that speak SCIM first. */
export const scimActions = ['create', 'update', 'enable', 'disable', 'delete', 'uniquenessCheck']

/**
 * One action of each family, for what all have from the same code: how a script begins and ends (entry.test.ts holds that it
 * is the same in each), how it signs in, how it sends a request.
 */
export const oneOfEach = cells(actionNames, (name) => /^(create|grantPermission|listPermissions)$/.test(name))

/** Settings that sign in to the seeded org. */
export function configuration(url: string, over: Json = {}): Json {
  return {
    BaseUrl: url,
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
    DefaultProfile: 'Standard User',
    ...over,
  }
}

const joiner = {
  userName: 'contract.joiner@acme.example',
  externalId: 'contract-1',
  givenName: 'Zoë',
  familyName: "O'Joiner",
  emailAddress: 'contract.joiner@acme.example',
  alias: 'cjoiner',
}

/** What each action needs to have something to write in the seeded org. */
const particulars: Readonly<Record<string, Json>> = {
  create: {
    Data: joiner,
    CorrelationConfiguration: {
      Enabled: true,
      PersonField: 'Person.ExternalId',
      PersonFieldValue: 'contract-1',
      AccountField: 'externalId',
      AccountFieldValue: 'contract-1',
    },
    References: { Account: null },
  },
  update: { Data: { title: 'Head of Contracts' }, References: { Account: seedIds.users.annBoss } },
  enable: { References: { Account: seedIds.users.leaver } },
  disable: { References: { Account: seedIds.users.annBoss } },
  delete: { References: { Account: seedIds.users.annBoss } },
  uniquenessCheck: { Data: joiner },
  grantPermission: {
    References: {
      Account: seedIds.users.annBoss,
      Permission: { Reference: seedIds.permissionSets.contractEditor, Type: 'PermissionSet' },
    },
  },
  revokePermission: {
    References: {
      Account: seedIds.users.annBoss,
      Permission: { Reference: seedIds.permissionSets.reportBuilder, Type: 'PermissionSet' },
    },
  },
  subPermissions: {
    Operation: 'revoke',
    CurrentPermissions: [
      {
        DisplayName: 'Permission set: Report Builder',
        Reference: { Id: `PermissionSet:${seedIds.permissionSets.reportBuilder}` },
      },
    ],
    References: { Account: seedIds.users.annBoss },
  },
}

/**
 * A context with which the action has something to do in the seeded org: bare, or in an envelope where its sample context
 * is in one. `over` replaces members of actionContext; what is not replaced has the names of the connector.
 */
export function contextFor(action: string, url: string, over: Json = {}, connector: string = flagship): Json {
  const own = particulars[action]
  if (own !== undefined) {
    const Operation = action.replace(/Permission$/, '')
    const named = connector === flagship ? own : withApiNames(own)
    return { Operation, DryRun: false, Configuration: configuration(url), ...named, ...over }
  }
  const sample = sampleContext(action, connector)
  const bare = objectIn(sample, 'actionContext') ?? sample
  const given = 'Configuration' in over ? over['Configuration'] : configuration(url)
  // What an action is told to do, beside where and as whom.
  const particular = Object.entries(objectIn(bare, 'Configuration') ?? {}).filter(([name]) =>
    /^(Sub|Resource|Permission)/.test(name),
  )
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const Configuration = isObject ? { ...Object.fromEntries(particular), ...given } : given
  const actionContext = { ...bare, ...over, Configuration }
  return bare === sample ? actionContext : { ...sample, actionContext }
}

function sampleContext(action: string, connector: string): Json {
  const folder = join(root, 'samples', 'contexts', connector === flagship ? '' : connector)
  return JSON.parse(readFileSync(join(folder, `${action}.json`), 'utf8')) as Json
}

/** The fields of a context by Salesforce's own names. */
function withApiNames(context: Json): Json {
  const { Data, CorrelationConfiguration: correlation } = context
  const own = (name: unknown): string => apiNames[String(name)] ?? String(name)
  return {
    ...context,
    ...(Data !== undefined && {
      Data: Object.fromEntries(Object.entries(Data as Json).map(([name, value]) => [own(name), value])),
    }),
    ...(correlation !== undefined && {
      CorrelationConfiguration: {
        ...(correlation as Json),
        AccountField: own((correlation as Json)['AccountField']),
      },
    }),
  }
}

function objectIn(parent: Json, name: string): Json | undefined {
  const value = parent[name]
  return typeof value === 'object' && value !== null ? (value as Json) : undefined
}

/** The environment of this process without proxies: what a developer's machine has must not decide a test. */
export function environment(over: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(https?|no|all)_proxy$|^NODE_OPTIONS$/i.test(name),
  )
  return { ...Object.fromEntries(own), ...over }
}

export interface Launch {
  /** Default: the flagship. */
  readonly connector?: string
  readonly env?: Readonly<Record<string, string>>
  /** A file descriptor, or nothing at all, in place of a pipe. */
  readonly stdin?: number | 'ignore'
  readonly onStart?: (child: ChildProcess) => void
}

export const script = (action: string, connector: string = flagship): string =>
  join(root, 'dist', connector, `${action}.mjs`)

/**
 * Runs a script with these bytes on stdin; anything but text and bytes is sent as JSON. A process where the test is about
 * what only a process has: its descriptors, its signals, what Node reads from the environment; else within this one.
 */
export async function launch(action: string, stdin: unknown, options: Launch = {}): Promise<Run> {
  const { connector = flagship, env = {}, stdin: descriptor, onStart } = options
  const isOfProcess = Object.keys(env).some((name) => name.startsWith('NODE_'))
  if (isFull || isOfProcess || descriptor !== undefined || onStart !== undefined)
    return launchBuilt(action, stdin, options)
  const bytes =
    stdin instanceof Buffer ? stdin : Buffer.from(typeof stdin === 'string' ? stdin : JSON.stringify(stdin))
  const run = await runScriptHere(`dist/${connector}/${action}.mjs`, bytes, environment(env))
  return { ...run, output: parse(run.stdout) }
}

/** Runs a built script as a host does. */
export function launchBuilt(action: string, stdin: unknown, options: Launch = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script(action, options.connector)], {
      env: environment(options.env),
      stdio: [options.stdin ?? 'pipe', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
    // A script that has seen enough closes its stdin: that is its right.
    child.stdin?.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      const text = Buffer.concat(stdout).toString('utf8')
      resolve({ code, stdout: text, stderr: Buffer.concat(stderr).toString('utf8'), output: parse(text) })
    })
    options.onStart?.(child)
    if (options.onStart === undefined) {
      child.stdin?.end(typeof stdin === 'string' || stdin instanceof Buffer ? stdin : JSON.stringify(stdin))
    }
  })
}

/** Runs a job for each item, a few at a time, and gives the results in the order of the items. */
export async function together<T, R>(
  items: readonly T[],
  job: (item: T) => Promise<R>,
  limit = 3,
): Promise<R[]> {
  const results: R[] = []
  const left = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await job(item)
  }
  await Promise.all(Array.from({ length: limit }, worker))
  return results
}

const isResult = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(actionResultSchema)

function schemaErrors(output: unknown): string | undefined {
  return isResult(output) ? undefined : JSON.stringify(isResult.errors)
}

/** Secrets of the seeded org: none may be seen in what a script writes. */
const secrets = [seedCredentials.clientSecret, seedCredentials.password, seedCredentials.securityToken]

/** What is wrong with a run by the contract that every script has with its host; nothing, if nothing is. */
export function breaches(run: Run, expectedCode: number, moreSecrets: readonly string[] = []): string[] {
  const { code, stdout, stderr, output } = run
  const found: string[] = []
  if (code !== expectedCode) found.push(`exit code ${String(code)} instead of ${expectedCode}`)
  if (!/^\{.*\}\n$/.test(stdout))
    found.push(`stdout is not one document and a newline: ${stdout.slice(0, 300)}`)
  const invalid = schemaErrors(output)
  if (invalid !== undefined) found.push(`stdout is no outputContext: ${invalid}`)
  if (output.Success !== (code === 0))
    found.push(`Success ${String(output.Success)} with exit code ${String(code)}`)
  const lines = output.AuditLogs ?? []
  if (output.Success === false && !lines.some(({ IsError }) => IsError))
    found.push('a failure without an error line')
  if (output.Success === true && lines.some(({ IsError }) => IsError))
    found.push('a success with an error line')
  for (const { Message } of lines) {
    if (/\n|^\s|\bat .*:\d+:\d+/.test(Message)) found.push(`not a sentence: ${Message}`)
    if (/[^.]\.\.(\s|$)/.test(Message)) found.push(`two full stops: ${Message}`)
    if (/unexpected error in the connector/.test(Message)) found.push(`not understood: ${Message}`)
  }
  if (/\n? {4}at /.test(stdout)) found.push('a stack on stdout')
  for (const line of stderr.split('\n')) {
    if (line !== '' && !isLogLine(line)) found.push(`not a line of the log: ${line}`)
  }
  for (const secret of [...secrets, ...moreSecrets]) {
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
    if (forms.some((form) => stdout.includes(form) || stderr.includes(form)))
      found.push(`a secret is shown: ${secret}`)
  }
  return found
}

/** One line of JSON, with a level, a message in words, and what else there is to know. */
function isLogLine(line: string): boolean {
  if (!/^\{"level":"(information|warning|error)","message":"[^"]/.test(line)) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** All audit lines of a run as one text. */
export function said(run: Run): string {
  return (run.output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
}
