import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Dialect, DialectName } from '../../simulator/dialect/dialect.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { feed } from '../runInProcess.ts'
import { type Connector, flagship, restConnector } from '../connectors.ts'
import { root, runScript } from '../process.ts'

export interface Account {
  AccountReference: string
  DisplayName: string
  UserName: string
  Enabled: boolean
  Data: Record<string, unknown>
}

export interface Permission {
  PermissionReference: { Reference: string; Type: string }
  DisplayName: string
  Description: string
  AccountReferences: string[]
}

/** What an import did: its exit code, its lines, and what it logged. */
export interface Import<T> {
  readonly code: number | null
  readonly objects: readonly T[]
  readonly stdout: string
  /** Messages of the level `error`. */
  readonly errors: readonly string[]
  /** All messages. */
  readonly log: string
}

/** A context that signs in to the org; `over` is laid over it. */
export function contextFor(
  url: string,
  settings: Record<string, unknown> = {},
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    DryRun: false,
    Configuration: {
      BaseUrl: url,
      AuthenticationFlow: 'client_credentials',
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    ...over,
  }
}

/** Starts a built import as a process, its stdin already given. */
export function startImport(action: string, context: unknown, connector: Connector = flagship) {
  const script = join(root, 'dist', connector, `${action}.mjs`)
  const child = spawn(process.execPath, [script])
  // A script that ends without reading closes its stdin: that is its right.
  child.stdin.on('error', () => undefined)
  child.stdin.end(typeof context === 'string' ? context : JSON.stringify(context))
  return child
}

export type RunImport = <T>(
  action: 'import' | 'importPermissions',
  context: unknown,
  connector?: Connector,
) => Promise<Import<T>>

/** The script from its first line to its last, within this process; in the full run the built one, as a process. */
export const runImport: RunImport = async <T>(
  action: 'import' | 'importPermissions',
  context: unknown,
  connector: Connector = flagship,
): Promise<Import<T>> => {
  const { code, stdout, stderr } = await runScript(action, context, { connector })
  return { code, stdout, ...parseLog(stderr), objects: parseLines<T>(stdout) }
}

/** The built script as a process. */
export const runBuiltImport: RunImport = async <T>(
  action: 'import' | 'importPermissions',
  context: unknown,
  connector: Connector = flagship,
): Promise<Import<T>> => {
  const child = startImport(action, context, connector)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  return { code, stdout, ...parseLog(stderr), objects: parseLines<T>(stdout) }
}

/** The same without a process of its own, for the cases of a table (see answer.ts). */
export const runCase: RunImport = async <T>(
  action: 'import' | 'importPermissions',
  context: unknown,
  connector: Connector = flagship,
): Promise<Import<T>> => {
  const { code, stdout, stderr } = await feed(action, context, connector)
  return { code, stdout, ...parseLog(stderr), objects: parseLines<T>(stdout) }
}

/** Every line as JSON; throws for a line that is none. */
export function parseLines<T>(stdout: string): T[] {
  if (stdout === '') return []
  if (!stdout.endsWith('\n')) throw new Error('the last line is cut off')
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

export function parseLog(stderr: string): { errors: string[]; log: string } {
  const lines = parseLines<{ level: string; message: string }>(stderr)
  return {
    errors: lines.filter(({ level }) => level === 'error').map(({ message }) => message),
    log: lines.map(({ message }) => message).join('\n'),
  }
}

/** Lends an org to a test. */
export async function withOrg(
  options: { users?: number; dialect?: DialectName | Partial<Dialect> },
  test: (org: SimulatedOrg) => Promise<void>,
): Promise<void> {
  const { users, dialect = 'documented' } = options
  const org = await startSimulator({ dialect, seed: users === undefined ? 'acme' : { users } })
  try {
    await test(org)
  } finally {
    await org.close()
  }
}

/** Leaves exactly so many users in the org, besides the one that signs in, which is made one that is not listed. */
export async function withUsers(
  users: number,
  dialect: DialectName | Partial<Dialect>,
  test: (org: SimulatedOrg) => Promise<void>,
): Promise<void> {
  await withOrg({ users: Math.max(1, users), dialect }, async (org) => {
    const table = org.org.users
    const seeded: readonly string[] = Object.values(seedIds.users)
    for (const id of seeded) if (id !== seedIds.users.integration) table.delete(id)
    const caller = table.get(seedIds.users.integration)
    if (caller !== undefined) table.update(caller, { UserType: 'CloudIntegrationUser' })
    if (users === 0) for (const id of [...table.ids]) if (!seeded.includes(id)) table.delete(id)
    await test(org)
  })
}

/** The ids that an import of everybody gives, in order. */
export function listedIds(org: SimulatedOrg): string[] {
  return [...org.org.users.values()]
    .filter(({ UserType }) => !/^(Guest|AutomatedProcess|CloudIntegrationUser)$/.test(UserType))
    .map(({ Id }) => Id)
    .sort()
}

export const idsOf = (run: Import<Account>): string[] =>
  run.objects.map(({ AccountReference }) => AccountReference)

/** Requests for users, in order of arrival. */
export function userRequests(org: SimulatedOrg) {
  return org.requests.filter(
    ({ path, query }) => path.endsWith('/v2/Users') || /FROM User /.test(query['q'] ?? ''),
  )
}

/**
 * The ways to all accounts. `names` are those of a connector's fields. The scripts are started of the flagship; of the other
 * connector in contexts.test.ts.
 */
export interface Route {
  readonly isSoql: boolean
  readonly settings: Record<string, unknown>
  readonly connector: Connector
  readonly names: (...fields: readonly ScimName[]) => string[]
}

const restNames = {
  userName: 'Username',
  employeeNumber: 'EmployeeNumber',
  department: 'Department',
  emailAddress: 'Email',
  externalId: 'FederationIdentifier',
  givenName: 'FirstName',
  familyName: 'LastName',
  active: 'IsActive',
} as const
type ScimName = keyof typeof restNames

const scimNames = (...fields: readonly ScimName[]): string[] => [...fields]

export const routes: readonly (readonly [name: string, route: Route])[] = [
  ['by SOQL', { isSoql: true, settings: { UseRestApi: true }, connector: flagship, names: scimNames }],
  ['over SCIM', { isSoql: false, settings: { UseRestApi: false }, connector: flagship, names: scimNames }],
  [
    'of the REST connector',
    {
      isSoql: true,
      settings: {},
      connector: restConnector,
      names: (...fields) => fields.map((field) => restNames[field]),
    },
  ],
]

interface Runners {
  readonly runCase: RunImport
  /** Its built script where it is the flagship's. */
  readonly runImport: RunImport
  /** Its built script. */
  readonly runScript: RunImport
  /** Whether `runImport` ends as a script does, with what it says of where it stands. */
  readonly saysWhereItStands: boolean
}

/** How a route's import is run: within this process, or as a script. */
export function runnersOf({ connector }: Route): Runners {
  const isFlagship = connector === flagship
  const inProcess: RunImport = (action, context) => runCase(action, context, connector)
  const script: RunImport = (action, context) => runImport(action, context, connector)
  return {
    runCase: inProcess,
    runImport: isFlagship ? script : inProcess,
    runScript: script,
    saysWhereItStands: isFlagship,
  }
}
