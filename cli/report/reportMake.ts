import { readFile } from 'node:fs/promises'
import type { JsonObject } from '../../shared/validate.ts'
import { type Connector, readConnector, readFieldRules, scriptOf } from '../lib/connector.ts'
import { completeContext } from '../lib/context.ts'
import {
  givenContext,
  type Names,
  noNames,
  permissionNames,
  settingsOf,
  shownByRest,
} from '../import/importContext.ts'
import { type FieldMapping, MappingError, parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { openMapper } from '../map/mapper.ts'
import { describeUnknownPath, findUnknownPaths } from '../../mapping/personPaths.ts'
import { createProgress, type ProgressLine } from '../lib/progress.ts'
import { buildReport } from './reportBuild.ts'
import { type Case, compareCases, correlateAll, type Judging, managersIn } from './reportCases.ts'
import { type AccountIndex, indexAccounts, ruleInWords } from './reportCorrelate.ts'
import { checkPath, readReportCorrelation } from './reportCorrelation.ts'
import { judgeByConnector } from './reportExact.ts'
import { importAll } from './reportImport.ts'
import type { Report } from './reportModel.ts'
import { readPersons } from './reportPersons.ts'
import { askWorker, workerOf } from './reportWorker.ts'
import { wrap } from '../lib/terminal.ts'
import { readText, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'
import { canBeField, comparisonOf, nameFor, ruleOf } from '../lib/userFields.ts'

/** What the command line says. */
export interface ReportOptions {
  readonly persons: string
  readonly context?: string
  readonly allowEnv: readonly string[]
  readonly mapping?: string
  readonly connector: string
  readonly out: string
  readonly json?: string
  readonly correlate?: string
  readonly exact: boolean
}

/** A report, or why there is none. */
export type MadeReport =
  { readonly report: Report } | { readonly report: undefined; readonly failure: string }

/** Imports the accounts, correlates the persons and compares what update would change. Nothing is written in the org. */
export async function makeReport(
  tool: CliEnvironment,
  options: ReportOptions,
  stop: AbortSignal,
): Promise<MadeReport> {
  const connector = await readConnector(tool.root, options.connector)
  const script = scriptOf(tool.root, connector, 'import')
  const worker = options.exact ? workerOf(tool.root, connector.name) : undefined
  const persons = readPersons(await readText(tool, options.persons), options.persons)
  const given = await givenContext(tool, connector, options.context)
  const { input, notes } = await completeContext(tool, connector, given, true, options.allowEnv)
  for (const note of notes) for (const line of wrap(note, tool.err.width)) tool.err.write(line)
  const { actionContext } = input
  const rules = await readFieldRules(tool.root, connector.name)
  const correlation = readReportCorrelation(
    options.correlate,
    actionContext,
    nameFor(rules, 'FederationIdentifier'),
  )
  if (options.correlate !== undefined) checkPath(persons, correlation.path, options.persons)
  const mapping = await readMapping(tool, connector, options.mapping)
  const progress = createProgress(process.stderr, tool.err)

  const fields = fieldsToAsk(mapping, correlation.field, rules, actionContext)
  const list = await importAll(script, input, fields, (rows, count) => progress.show(rows, count), stop)
  if (list.failure !== undefined || stop.aborted) {
    progress.clear()
    return { report: undefined, failure: list.failure ?? 'Interrupted.' }
  }
  const holdsIds = comparisonOf(ruleOf(rules, correlation.field)) === 'id'
  const index = indexAccounts(list.accounts, correlation.field, holdsIds)
  const configuration = settingsOf(actionContext)
  const { profiles, roles, requests } = await nameIds(
    tool,
    connector,
    actionContext,
    mapping,
    rules,
    options.exact,
  )
  const mapper = openMapper(tool.root, mapping)
  const judging: Judging = {
    mapper,
    configuration,
    correlation,
    rules,
    profiles,
    roles,
  }
  try {
    const found = await correlateAll(persons, judging, index)
    const judged =
      worker === undefined
        ? { cases: await compareAll(found, judging, progress, list.requests, stop), requests: 0 }
        : await askAll(worker, found, judging, index, actionContext, progress, stop)
    progress.clear()
    if (stop.aborted) return { report: undefined, failure: 'Interrupted.' }
    const facts = {
      generatedAt: new Date().toISOString(),
      org: orgOf(configuration),
      connector: connector.name,
      correlation: {
        personField: correlation.path,
        accountField: correlation.field,
        rule: ruleInWords(correlation.field, holdsIds),
      },
      mappingProblems: findUnknownPaths(mapping, persons).map(
        (path) => `${path.field} ${describeUnknownPath(path)}`,
      ),
      judgedBy: worker === undefined ? ('import' as const) : ('connector' as const),
      requests: list.requests + requests + judged.requests,
    }
    return { report: buildReport(facts, list.accounts, judged.cases) }
  } finally {
    progress.clear()
    mapper.close()
  }
}

async function readMapping(
  tool: CliEnvironment,
  { fieldMapping }: Connector,
  path: string | undefined,
): Promise<FieldMapping> {
  try {
    return parseFieldMapping(
      path === undefined ? await readFile(fieldMapping, 'utf8') : await readText(tool, path),
    )
  } catch (error) {
    if (error instanceof MappingError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/** What the mapping has, what the last name is made of, and what the report shows; only what the connector knows. */
function fieldsToAsk(
  { MappingFields }: FieldMapping,
  correlationField: string,
  rules: Judging['rules'],
  actionContext: JsonObject,
): string[] {
  const mapped = MappingFields.map(({ Name }) => Name).filter((name) => canBeField(rules, name))
  const own = [rules.has('familyName') ? 'familyName' : 'LastName', nameFor(rules, 'ManagerId')]
  const byRest = shownByRest(['isFrozen', 'lastLoginDate'], actionContext)
  return [...new Set([correlationField, ...mapped, ...own, ...byRest])]
}

/** Ids of profiles and roles by name, where the mapping may have names; the connector looks them up by itself. */
async function nameIds(
  tool: CliEnvironment,
  connector: Connector,
  actionContext: JsonObject,
  { MappingFields }: FieldMapping,
  rules: Judging['rules'],
  isExact: boolean,
): Promise<Pick<Judging, 'profiles' | 'roles'> & { readonly requests: number }> {
  const ask = (type: 'Profile' | 'Role'): Promise<Names> => {
    const userField = { Profile: 'ProfileId', Role: 'UserRoleId' }[type]
    const isMapped = MappingFields.some(({ Name }) => ruleOf(rules, Name)?.userField === userField)
    return isExact || !isMapped
      ? Promise.resolve(noNames)
      : permissionNames(tool, connector, actionContext, type)
  }
  const [profiles, roles] = await Promise.all([ask('Profile'), ask('Role')])
  return {
    profiles: idsByName(profiles.names),
    roles: idsByName(roles.names),
    requests: profiles.requests + roles.requests,
  }
}

/** A name that several have is left out. */
function idsByName(namesById: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const several = new Set<string>()
  for (const [id, name] of namesById) {
    if (ids.has(name)) several.add(name)
    ids.set(name, id)
  }
  return new Map([...ids].filter(([name]) => !several.has(name)))
}

/** Persons that are mapped before anything else may happen, such as Ctrl-C. */
const stride = 50

async function compareAll(
  found: readonly Case[],
  judging: Judging,
  progress: ProgressLine,
  requests: number,
  stop: AbortSignal,
): Promise<readonly Case[]> {
  const managers = managersIn(found)
  const cases: Case[] = []
  for (let at = 0; at < found.length && !stop.aborted; at += stride) {
    progress.show(at, requests)
    cases.push(...(await compareCases(found.slice(at, at + stride), judging, managers)))
  }
  return cases
}

function askAll(
  worker: string,
  found: readonly Case[],
  judging: Judging,
  index: AccountIndex,
  base: JsonObject,
  progress: ProgressLine,
  stop: AbortSignal,
): ReturnType<typeof judgeByConnector> {
  return judgeByConnector(found, judging, index, base, (jobs) =>
    askWorker(worker, jobs, (count, requests) => progress.show(count, requests), stop),
  )
}

/** The address without what should not be in it. */
function orgOf(configuration: JsonObject): string {
  const [, address] = Object.entries(configuration).find(([name]) => name.toLowerCase() === 'baseurl') ?? []
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : ''
}
