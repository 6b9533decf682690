import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seedCredentials } from '../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../simulator/server.ts'
import {
  countsOf,
  differences,
  duplicatesIn,
  type OrgDuplicates,
  type OrgState,
  stateOf,
} from './orgState.ts'
import { read, type Told } from './outcome.ts'
import { type Ended, runAction } from './scriptProcess.ts'
import { connectors, contextFor, type Scenario } from './scenarios/scenario.ts'
import { trace, type Traced } from './trace.ts'
import type { Started, FaultCase } from './faultCases.ts'

/** What an undisturbed run sends, leaves in the org, and tells. */
export interface Reference {
  readonly scenario: Scenario
  readonly requests: readonly Traced[]
  readonly state: OrgState
  readonly counts: OrgDuplicates
  /** What an action that only reads has to tell. */
  readonly told: string
}

/** What can be wrong with a cell. */
export const flaws = [
  'wrong result',
  'not converged',
  'duplicates',
  'false success',
  'secrets',
  'over budget',
  'never fired',
] as const
export type Flaw = (typeof flaws)[number]

export interface Cell {
  readonly scenario: Scenario
  readonly trouble: FaultCase
  readonly flaws: readonly { readonly flaw: Flaw; readonly text: string }[]
  /** Of the run under the trouble. */
  readonly milliseconds: number
  /** Null for an import, which has none. */
  readonly budget: number | null
  readonly processes: number
}

/** The setting's default. */
const defaultBudget = 25

/** The secrets that the runs are given; the tokens that the org issues come on top. */
const secrets = [seedCredentials.clientSecret, seedCredentials.password]

/** Runs a scenario undisturbed, twice: the second run must find that nothing is left to do. Throws if either is not well. */
export async function rehearse(folder: string, scenario: Scenario): Promise<Reference> {
  const simulator = await startOrg(scenario)
  try {
    const first = await run(folder, scenario, simulator, {})
    const requests = trace(simulator.requests)
    const state = stateOf(simulator.org, scenario.ignored)
    const again = await run(folder, scenario, simulator, {})
    const counts = countsOf(simulator.org)
    const changes = differences(stateOf(simulator.org, scenario.ignored), state)
    for (const { told, ended } of [first, again]) {
      if (!told.isSuccess || told.faults.length > 0) {
        throw new Error(
          `${scenario.name} fails undisturbed: ${told.faults.join('; ')} ${ended.stdout}${ended.stderr}`,
        )
      }
    }
    if (changes.length > 0) throw new Error(`${scenario.name} does something twice: ${changes.join('; ')}`)
    return { scenario, requests, state, counts, told: first.told.content }
  } finally {
    await simulator.close()
  }
}

/**
 * Runs a scenario under a trouble, and where that did not do all of it, once more without: the org must then be as after an
 * undisturbed run, and nothing that was not done may have been called a success on the way.
 */
export async function tryOut(folder: string, reference: Reference, trouble: FaultCase): Promise<Cell> {
  const { scenario } = reference
  const simulator = await startOrg(scenario)
  const found: { flaw: Flaw; text: string }[] = []
  const note = (flaw: Flaw, text: string): unknown => found.push({ flaw, text })
  try {
    const started = trouble.start(simulator)
    const first = await run(folder, scenario, simulator, trouble.settings ?? {})
    checkOutcome(first, reference, simulator, trouble, started, note)
    const budget = scenario.isImport ? null : budgetOf(trouble)
    const isOver = budget !== null && first.ended.milliseconds > budget * 1000
    if (isOver) note('over budget', `${Math.round(first.ended.milliseconds)} ms`)
    if (trouble.lasts !== undefined) await sleep(trouble.lasts)
    started.mend()
    const isDone = first.told.isSuccess && isAsReferred(first.told, reference, simulator)
    if (!isDone) {
      const second = await runAgain(folder, scenario, simulator)
      if (!second.told.isSuccess || !isAsReferred(second.told, reference, simulator)) {
        const changes = differences(stateOf(simulator.org, scenario.ignored), reference.state)
        note('not converged', [...changes.slice(0, 4), second.ended.stdout.slice(0, 500)].join('; '))
      }
      search(second, simulator, reference, note)
    }
    search(first, simulator, reference, note)
    const { milliseconds } = first.ended
    return { scenario, trouble, flaws: found, milliseconds, budget, processes: isDone ? 1 : 2 }
  } finally {
    await simulator.close()
  }
}

interface Ran {
  readonly ended: Ended
  readonly told: Told
}

type Note = (flaw: Flaw, text: string) => unknown

async function startOrg({ dialect, prepare }: Scenario): Promise<SimulatedOrg> {
  const simulator = await startSimulator({ dialect: dialect ?? {} })
  prepare?.(simulator.org)
  return simulator
}

async function run(
  folder: string,
  scenario: Scenario,
  simulator: SimulatedOrg,
  settings: Readonly<Record<string, unknown>>,
): Promise<Ran> {
  const context = contextFor(scenario, simulator.url, settings)
  // What has a budget of its own is held to it.
  const isTimed = settings['ActionTimeoutSeconds'] !== undefined
  const own = join(folder, scenario.connector ?? connectors[0])
  const ended = await runAction(own, scenario.action, context, isTimed)
  return { ended, told: read(ended, scenario.isImport === true) }
}

/** The same run once more, and what the host lets follow. */
async function runAgain(folder: string, scenario: Scenario, simulator: SimulatedOrg): Promise<Ran> {
  const again = await run(folder, scenario, simulator, {})
  if (scenario.updatesWhatItCorrelates !== true || again.told.correlatedWith === undefined) return again
  const References = { Account: again.told.correlatedWith }
  const update = { ...scenario, action: 'update', context: { ...scenario.context, References } }
  return run(folder, update, simulator, {})
}

/** Whether everything was done that an undisturbed run does, or told that it tells. */
function isAsReferred(
  { content }: Told,
  { scenario, state, told }: Reference,
  { org }: SimulatedOrg,
): boolean {
  return content === told && stateOf(org, scenario.ignored).join('\n') === state.join('\n')
}

function checkOutcome(
  { ended, told }: Ran,
  reference: Reference,
  simulator: SimulatedOrg,
  trouble: FaultCase,
  started: Started,
  note: Note,
): void {
  const said = `${ended.stdout.slice(0, 600)} ${ended.stderr.slice(-600)}`
  for (const fault of told.faults) note('wrong result', `${fault}: ${said}`)
  const isAsExpected = trouble.expected === 'either' || (trouble.expected === 'success') === told.isSuccess
  if (!isAsExpected) note('wrong result', `${trouble.expected} was expected: ${said}`)
  if (!started.hasFired()) note('never fired', said)
  if (told.isSuccess && !isAsReferred(told, reference, simulator)) {
    const changes = differences(stateOf(simulator.org, reference.scenario.ignored), reference.state)
    note('false success', `${changes.slice(0, 4).join('; ')} ${said}`)
  }
}

/** What must never be found, whatever happened. */
function search({ ended }: Ran, simulator: SimulatedOrg, { counts }: Reference, note: Note): void {
  for (const duplicate of duplicatesIn(simulator.org, counts)) note('duplicates', duplicate)
  const log = simulator.requests.map(({ path, search, headers, body }) => {
    const isSignIn = path.includes('/oauth2/')
    const shown = Object.entries(headers).filter(([name]) => name !== 'authorization')
    return [path, search, decodeURIComponent(search), JSON.stringify(shown), isSignIn ? '' : body].join('\n')
  })
  const places = { stdout: ended.stdout, stderr: ended.stderr, 'the request log': log.join('\n') }
  for (const secret of [...secrets, ...simulator.org.tokens.keys()]) {
    for (const [place, text] of Object.entries(places)) {
      if (text.includes(secret)) note('secrets', `${place} holds ${secret.slice(0, 6)}…`)
    }
  }
}

function budgetOf({ settings }: FaultCase): number {
  return Number(settings?.['ActionTimeoutSeconds'] ?? defaultBudget)
}
