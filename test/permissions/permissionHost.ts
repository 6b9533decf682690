import type { Dialect, DialectName } from '../../simulator/dialect/dialect.ts'
import type { Org } from '../../simulator/org/org.ts'
import type { Row } from '../../simulator/org/rows.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type RecordedRequest, type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { asBuilt, type Connector, inProcess, type Perform } from '../connectors.ts'
import type { Run } from '../process.ts'
import { isWrite } from '../requests.ts'

export type Action =
  'create' | 'enable' | 'disable' | 'grantPermission' | 'revokePermission' | 'subPermissions'

/** What a host would send; what is left out is left out of the context too. */
export interface Given {
  account?: unknown
  /** `References.Permission`. */
  permission?: unknown
  displayName?: string
  dryRun?: boolean
  origin?: 'enforcement' | 'reconciliation'
  /** Of the sub-permission script. */
  operation?: string
  current?: unknown
  person?: unknown
  Data?: Record<string, unknown>
  /** Correlation is on, on this account field, for this value of the person. */
  correlate?: { field: string; value: string }
  /** Settings over those of the seeded org. */
  settings?: Record<string, unknown>
}

/** One difference between the org before and after a run: `+` there now, `-` there no more, else a changed field. */
export type Change = string

/** A run, and what the org saw and kept of it. */
export interface Step extends Run {
  /** All but the token request. */
  readonly requests: readonly RecordedRequest[]
  readonly writes: readonly RecordedRequest[]
  /** All audit lines as one text. */
  readonly said: string
  readonly changes: readonly Change[]
}

export interface Host {
  readonly simulator: SimulatedOrg
  readonly org: Org
  run(action: Action, given: Given): Promise<Step>
}

const secrets = [seedCredentials.clientSecret, seedCredentials.password, '!AQ']

/** Lends a host with an org of its own, and asserts that every fault that was scripted was met. */
export type Lend = (
  dialect: DialectName | Partial<Dialect>,
  test: (host: Host) => Promise<void>,
) => Promise<void>

/** Gives a user a permission set behind the connector's back, by itself or by a group. */
export function assign(org: Org, user: string, set: string, group: string | null = null): void {
  org.permissionSetAssignments.insert({
    Id: org.nextId('0Pa'),
    AssigneeId: user,
    PermissionSetId: set,
    PermissionSetGroupId: group,
    ExpirationDate: null,
    IsActive: true,
    IsRevoked: false,
    SystemModstamp: '2026-01-01T00:00:00.000Z',
  })
}

/**
 * The objects and fields that the org looks up as hidden or not for its integration user while this work is done with nothing
 * hidden. To hide another one cannot change the work: it would run as it ran here.
 */
export async function lookedUp({ org }: Host, work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  // Of work by SCIM alone nothing is looked up; that users are hidden is a case of everything.
  const names = new Set(['User'])
  class Recorder extends Set<string> {
    override has(name: string): boolean {
      names.add(name)
      return false
    }
  }
  org.hidden.set(seedIds.users.integration, new Recorder())
  await work()
  org.hidden.clear()
  return names
}

/** Hosts of a connector: one runs built scripts, the other, for the cases of a table, within this process. */
export function hostsOf(connector: Connector): { readonly withHost: Lend; readonly withCase: Lend } {
  return {
    withHost: (dialect, test) => lend(dialect, test, asBuilt(connector)),
    withCase: (dialect, test) => lend(dialect, test, inProcess(connector)),
  }
}

async function lend(
  dialect: DialectName | Partial<Dialect>,
  test: (host: Host) => Promise<void>,
  perform: Perform,
): Promise<void> {
  const simulator = await startSimulator({ dialect })
  const run = async (action: Action, given: Given): Promise<Step> => {
    const first = simulator.requests.length
    const before = stateOf(simulator.org)
    const ran = await perform(action, contextOf(action, simulator.url, given))
    const recorded = simulator.requests.slice(first)
    const requests = recorded.filter(({ path }) => !path.includes('/oauth2/'))
    const said = (ran.output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
    const changes = differences(before, stateOf(simulator.org))
    const step = { ...ran, requests, writes: requests.filter(isWrite), said, changes }
    checkContract(step, recorded, given)
    return step
  }
  try {
    await test({ simulator, org: simulator.org, run })
    expect(simulator.unfiredFaults()).toEqual([])
  } finally {
    await simulator.close()
  }
}

function contextOf(action: Action, url: string, given: Given): Record<string, unknown> {
  const { account, permission, displayName, dryRun, origin, operation, current, person, settings } = given
  const { Data, correlate } = given
  const actionContext = {
    Operation: operation ?? action.replace('Permission', ''),
    DryRun: dryRun ?? false,
    ...(origin !== undefined && { Origin: origin }),
    Configuration: {
      BaseUrl: url,
      AuthenticationFlow: 'client_credentials',
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    ...(displayName !== undefined && { PermissionDisplayName: displayName }),
    ...(Data !== undefined && { Data }),
    CorrelationConfiguration: {
      Enabled: correlate !== undefined,
      AccountField: correlate?.field,
      PersonFieldValue: correlate?.value,
    },
    References: { Account: account, Permission: permission },
    ...(current !== undefined && { CurrentPermissions: current }),
  }
  return person === undefined ? actionContext : { actionContext, personContext: { Person: person } }
}

/** What holds for every run: one document, an honest exit code, no secret, and no write in a dry run. */
function checkContract(step: Step, recorded: readonly RecordedRequest[], { dryRun }: Given): void {
  const { output, stdout, stderr, code } = step
  expect(stdout).toMatch(/^\{.*\}\n$/)
  expect(code === 0).toBe(output.Success)
  expect(output.AuditLogs?.some(({ IsError }) => IsError)).toBe(output.Success !== true)
  expect(stdout).not.toMatch(/\bat .+:\d+:\d+/)
  const urls = recorded.map(({ path, search }) => path + search).join('\n')
  for (const secret of secrets) expect(`${stdout}\n${stderr}\n${urls}`).not.toContain(secret)
  if (dryRun !== true) return
  expect(step.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  expect(step.changes).toEqual([])
}

type State = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Rows that only link two others: their own ids mean nothing, because a replaced link is the same link. */
const links: readonly string[] = [
  'permissionSetAssignments',
  'permissionSetLicenseAssigns',
  'groupMembers',
  'userTerritories',
]
const stamps: readonly string[] = ['LastLoginDate', 'LastModifiedDate', 'SystemModstamp']

/** Everything that the org holds, as text: links by what they link, all other rows field by field. */
function stateOf(org: Org): State {
  const tables = Object.entries(org).filter((entry): entry is [string, Map<string, Row>] => {
    return entry[1] instanceof Map && entry[0] !== 'tokens'
  })
  return new Map(
    tables.map(([name, rows]) => {
      const lines = [...rows.values()]
        .filter((row) => !isProfilesOwn(org, row))
        .flatMap((row) => linesOf(name, row))
      return [name, new Map(lines)]
    }),
  )
}

function linesOf(table: string, row: Row): [string, string][] {
  const fields = Object.entries(row).filter(([name]) => !stamps.includes(name))
  if (!links.includes(table)) {
    return fields.map(([name, value]) => [`${row.Id} ${name}`, String(value)])
  }
  const told = fields.filter(
    ([name, value]) => name !== 'Id' && value !== null && value !== true && value !== false,
  )
  return [[told.map(([name, value]) => `${name}=${String(value)}`).join(' '), '']]
}

/** A profile's own permission set follows from the profile. */
function isProfilesOwn(org: Org, row: Row): boolean {
  const set = row['PermissionSetId']
  return typeof set === 'string' && org.permissionSets.get(set)?.IsOwnedByProfile === true
}

function differences(before: State, after: State): Change[] {
  const changes: Change[] = []
  for (const [table, now] of after) {
    const was = before.get(table) ?? new Map<string, string>()
    for (const [key, value] of was) if (!now.has(key)) changes.push(`- ${table} ${key} ${value}`.trim())
    for (const [key, value] of now) {
      const old = was.get(key)
      if (old === undefined) changes.push(`+ ${table} ${key} ${value}`.trim())
      else if (old !== value) changes.push(`${table} ${key}: ${old} -> ${value}`)
    }
  }
  return changes
}

/** The operations of all SCIM PATCH requests of a run. */
export function operationsOf(step: Step): { op?: unknown; path?: unknown; value?: unknown }[] {
  return step.writes.flatMap(({ path, json }) => {
    if (!path.includes('/scim/') || typeof json !== 'object' || json === null || !('Operations' in json))
      return []
    return Array.isArray(json.Operations) ? (json.Operations as object[]) : []
  })
}
