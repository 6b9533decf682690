import type { Dialect, DialectName } from '../../simulator/dialect/dialect.ts'
import type { UserRow } from '../../simulator/org/rows.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import {
  type RecordedRequest,
  type SimulatedOrg,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { type Output, type Run, runScript } from '../process.ts'
import { isWrite } from '../requests.ts'
import { type Intercept, startGateway } from './gateway.ts'

export type Action = 'create' | 'update' | 'enable' | 'disable' | 'delete' | 'uniquenessCheck'

/** What a host would send; what is left out is left out of the context too. */
export interface Given {
  Data?: Record<string, unknown>
  PreviousData?: Record<string, unknown>
  /** `References.Account`. */
  account?: unknown
  /** `References.ManagerAccount`. */
  manager?: unknown
  /** Correlation is on, on this account field, for this value of the person. */
  correlate?: { field: string; value: unknown }
  /** Everything of CorrelationConfiguration, where `correlate` is not enough. */
  correlation?: Record<string, unknown>
  dryRun?: boolean
  origin?: 'enforcement' | 'reconciliation'
  /** Settings over those of the seeded org. */
  settings?: Record<string, unknown>
  /** Members of the actionContext over those that the rest makes. */
  members?: Record<string, unknown>
}

/** A run, and what the org saw of it. */
export interface Step extends Run {
  readonly requests: readonly RecordedRequest[]
  readonly writes: readonly RecordedRequest[]
  /** All audit lines as one text. */
  readonly said: string
}

/** A host with one target system: a simulated org, and the scripts of a connector, one at a time. */
export interface Host {
  readonly org: SimulatedOrg
  /** The connector's name of the field that the flagship calls so. */
  name(field: string): string
  /** What each write of a user sent: values by the flagship's names. */
  sent(step: Step): Record<string, unknown>[]
  run(action: Action, given: Given): Promise<Step>
  /** A copy of the user as the org has it now, by id or user name; throws when there is none. */
  row(idOrUsername: string): UserRow
  /** Changes a user behind the host's back. */
  change(idOrUsername: string, fields: Partial<UserRow>): void
}

/** Texts that no stream of a script and no URL may ever hold. */
const secrets = [seedCredentials.clientSecret, seedCredentials.password, '!AQ']

/** A connector as the cases of both see it. */
export interface Connector {
  readonly name: string
  /** Its names of the fields, by the flagship's; a name that is missing is the same. */
  readonly apiNames: Readonly<Record<string, string>>
  /** The values of a request that writes a user, by its names. */
  valuesOf(request: RecordedRequest): Record<string, unknown>
}

type Perform = (action: Action, context: unknown) => Promise<Run>

/**
 * Lends a host with an org of its own, so that tests can run side by side. `intercept` sits between the scripts and the org:
 * it plays what a network or a platform does that is no dialect of the org.
 */
type Lend = (
  dialect: DialectName | Partial<Dialect> | SimulatorOptions,
  test: (host: Host) => Promise<void>,
  intercept?: Intercept,
) => Promise<void>

/** How a host is lent whose actions run so. What the cases give and see has the flagship's names, the connector its own. */
export function lendBy(perform: Perform, { apiNames, valuesOf }: Connector = flagship): Lend {
  const name = (field: string): string => apiNames[field] ?? field
  return async (given, test, intercept) => {
    const org = await startSimulator(isOptions(given) ? given : { dialect: given })
    const gateway = intercept === undefined ? undefined : await startGateway(org.url, intercept)
    const run = async (action: Action, given: Given): Promise<Step> => {
      const first = org.requests.length
      const ran = await perform(action, contextOf(action, gateway?.url ?? org.url, named(given, name)))
      const requests = org.requests.slice(first)
      const said = (ran.output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
      const output = renamed(ran.output, apiNames)
      const step: Step = { ...ran, output, requests, writes: requests.filter(isWrite), said }
      checkContract(step, given)
      return step
    }
    try {
      await test({
        org,
        name,
        sent: ({ writes }) => writes.map((request) => withNames(valuesOf(request), apiNames)),
        run,
        row: (id) => rowOf(org, id),
        change: (id, fields) => changeRow(org, id, fields),
      })
    } finally {
      await gateway?.close()
      await org.close()
    }
  }
}

const flagship: Connector = {
  name: 'salesforce-scim',
  apiNames: {},
  valuesOf: (request) =>
    request.method === 'PATCH'
      ? Object.assign({}, ...operationsOf(request).map(({ value }) => value))
      : (request.json as Record<string, unknown>),
}

/** The flagship's built scripts, as processes. */
export const withHost = lendBy(runScript)

/** The same for a case of a table: its actions run in this process (see answer.ts). */
export const withCase: typeof withHost = lendBy(answer)

function isOptions(given: DialectName | Partial<Dialect> | SimulatorOptions): given is SimulatorOptions {
  return typeof given === 'object' && 'seed' in given
}

function named(given: Given, name: (field: string) => string): Given {
  const own = (data: Record<string, unknown> | undefined): Record<string, unknown> | undefined =>
    data && Object.fromEntries(Object.entries(data).map(([field, value]) => [name(field), value]))
  const { correlate, Data, PreviousData } = given
  return {
    ...given,
    ...(Data !== undefined && { Data: own(Data) ?? {} }),
    ...(PreviousData !== undefined && { PreviousData: own(PreviousData) ?? {} }),
    ...(correlate !== undefined && { correlate: { ...correlate, field: name(correlate.field) } }),
  }
}

/** The output with the flagship's names. */
function renamed(output: Output, apiNames: Connector['apiNames']): Output {
  const { Data, PreviousData, NonUniqueFields } = output
  return {
    ...output,
    ...(Data !== undefined && { Data: withNames(Data, apiNames) }),
    ...(PreviousData !== undefined && { PreviousData: withNames(PreviousData, apiNames) }),
    ...(NonUniqueFields !== undefined && {
      NonUniqueFields: NonUniqueFields.map((name) => nameOf(name, apiNames)),
    }),
  }
}

/** With the flagship's names; one that is not the connector's stays, and so is no case's. */
function withNames(
  data: Readonly<Record<string, unknown>>,
  apiNames: Connector['apiNames'],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [nameOf(name, apiNames), value]))
}

function nameOf(own: string, apiNames: Connector['apiNames']): string {
  return Object.entries(apiNames).find(([, name]) => name === own)?.[0] ?? own
}

function rowOf(org: SimulatedOrg, id: string): UserRow {
  const row = org.user(id)
  if (row === undefined) throw new Error(`the org has no user ${id}`)
  return { ...row }
}

function changeRow(org: SimulatedOrg, id: string, fields: Partial<UserRow>): void {
  const row = org.user(id)
  if (row === undefined) throw new Error(`the org has no user ${id}`)
  org.org.users.update(row, fields)
}

function contextOf(action: Action, url: string, given: Given): Record<string, unknown> {
  const { Data, PreviousData, account, manager, correlate, correlation, dryRun, origin, settings, members } =
    given
  return {
    Operation: action,
    DryRun: dryRun ?? false,
    ...(origin !== undefined && { Origin: origin }),
    Configuration: {
      BaseUrl: url,
      AuthenticationFlow: 'client_credentials',
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    ...(Data !== undefined && { Data }),
    ...(PreviousData !== undefined && { PreviousData }),
    CorrelationConfiguration: correlation ?? {
      Enabled: correlate !== undefined,
      PersonField: 'Person.ExternalId',
      PersonFieldValue: correlate?.value,
      AccountField: correlate?.field,
      AccountFieldValue: correlate?.value,
    },
    References: { Account: account, ManagerAccount: manager },
    ...members,
  }
}

/** What holds for every run of every action: one document, an honest exit code, no secret, and no write in a dry run. */
function checkContract(step: Step, { dryRun }: Given): void {
  const { output, stdout, stderr, code } = step
  expect(stdout).toMatch(/^\{.*\}\n$/)
  expect(typeof output.Success).toBe('boolean')
  expect(code === 0).toBe(output.Success)
  if (output.Success !== true) expect(output.AuditLogs?.some(({ IsError }) => IsError)).toBe(true)
  else expect(output.AuditLogs?.filter(({ IsError }) => IsError)).toEqual([])
  expect(stdout).not.toMatch(/\bat .+:\d+:\d+/)
  const urls = step.requests.map(({ path, search }) => path + search).join('\n')
  for (const secret of secrets) expect(`${stdout}\n${stderr}\n${urls}`).not.toContain(secret)
  if (dryRun !== true) return
  const other = step.requests.filter(
    ({ method, path }) => method !== 'GET' && !path.endsWith('/oauth2/token'),
  )
  expect(other).toEqual([])
}

/** The only operations that Salesforce documents for a PATCH, of one request; throws for another request. */
export function operationsOf(request: RecordedRequest | undefined): {
  op: string
  path?: string
  value?: Record<string, unknown>
}[] {
  const body = request?.json
  if (typeof body !== 'object' || body === null || !('Operations' in body))
    throw new Error('not a SCIM PATCH')
  return body.Operations as { op: string; path?: string; value?: Record<string, unknown> }[]
}

/** A joiner with what Salesforce requires. */
export const joiner = {
  userName: 'j.devries@acme.example',
  givenName: 'Jan',
  familyName: 'de Vries',
  emailAddress: 'jan.devries@acme.example',
  employeeNumber: '200001',
  externalId: 'E200001',
  profile: 'Standard User',
}
