import type { Org } from '../../simulator/org/org.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { type OrgState, rowsAbout, stateOf } from '../orgState.ts'
import { type Alter, type Answer, startProxy } from '../proxy.ts'
import { contextFor, type Scenario } from '../scenarios/scenario.ts'
import type { Output, Perform } from './workerProcess.ts'

/** An action as it goes when every answer is the org's own. */
export interface Goal {
  readonly scenario: Scenario
  /** What came back, request by request. */
  readonly answers: readonly Answer[]
  /** The org before, and after. */
  readonly before: Org
  readonly after: Org
  /** Lines of the org's state that the action adds, and those that it takes away: what was asked. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** What an action that reads has to tell. */
  readonly told: string
  readonly output: Output
}

/** What became of one run. */
export interface Ran {
  readonly output: Output
  readonly org: Org
  /** Whether anything about the watched record is not as it was. */
  readonly isTouched: boolean
}

/** An answer on its way, the how manieth of the run it is, and the org as it is by then. */
export type AlterAt = (path: string, answer: Answer, at: number, org: Org) => Answer | undefined

/** Milliseconds of an action are no matter here, and pauses between tries are. */
const settings = { ActionTimeoutSeconds: 5 }

/** Runs an action as nothing disturbs it. Throws if that is no success. */
export async function readGoal(perform: Perform, scenario: Scenario): Promise<Goal> {
  const answers: Answer[] = []
  const pristine = await startOrg(scenario)
  await pristine.close()
  const { output, org } = await runAltered(perform, scenario, (_path, answer) => {
    answers.push(answer)
    return undefined
  })
  if (output.Success !== true)
    throw new Error(`${scenario.name} fails undisturbed: ${JSON.stringify(output)}`)
  const [old, now] = [linesOf(pristine.org, scenario), linesOf(org, scenario)]
  const [hadLines, hasLines] = [new Set(old), new Set(now)]
  return {
    scenario,
    answers,
    before: pristine.org,
    after: org,
    added: now.filter((line) => !hadLines.has(line)),
    removed: old.filter((line) => !hasLines.has(line)),
    told: toldBy(output, org),
    output,
  }
}

/** Runs an action before an org of its own, with answers altered on their way. */
export async function runAltered(
  perform: Perform,
  scenario: Scenario,
  alter: AlterAt,
  prepare: (org: Org) => void = () => undefined,
  watched = '',
): Promise<Ran> {
  const simulator = await startOrg(scenario)
  prepare(simulator.org)
  const before = rowsAbout(simulator.org, watched)
  let at = 0
  const counted: Alter = (path, answer) => alter(path, answer, at++, simulator.org)
  const proxy = await startProxy(simulator.url, counted)
  try {
    const output = await perform(scenario.action, contextFor(scenario, proxy.url, settings))
    return { output, org: simulator.org, isTouched: rowsAbout(simulator.org, watched) !== before }
  } finally {
    await proxy.close()
    await simulator.close()
  }
}

/** What the org shows that contradicts a success: something that was asked for is not there, or something else was told. */
export function contradictions({ scenario, added, removed, told }: Goal, { output, org }: Ran): string[] {
  if (output.Success !== true) return []
  const state = new Set(linesOf(org, scenario))
  const own = toldBy(output, org)
  return [
    ...added.filter((line) => !state.has(line)).map((line) => `missing: ${line}`),
    ...removed.filter((line) => state.has(line)).map((line) => `still there: ${line}`),
    ...(own === told ? [] : [`told ${own} instead of ${told}`]),
  ]
}

/** Who wrote last is nothing that anybody asked for. */
function linesOf(org: Org, { ignored = [] }: Scenario): OrgState {
  return stateOf(org, [...ignored, 'LastModifiedById'])
}

/** What was told, with the account by its name, as the id of a new one differs, and permissions by reference: names are labels. */
function toldBy({ AccountReference, NonUniqueFields, SubPermissions }: Output, org: Org): string {
  const account =
    typeof AccountReference === 'string'
      ? (org.users.get(AccountReference)?.Username ?? AccountReference)
      : null
  const held = Array.isArray(SubPermissions)
    ? (SubPermissions as { Reference?: unknown }[]).map(({ Reference }) => JSON.stringify(Reference)).sort()
    : null
  return JSON.stringify([account, NonUniqueFields ?? null, held])
}

async function startOrg({ dialect, prepare }: Scenario): Promise<SimulatedOrg> {
  const simulator = await startSimulator({ dialect: dialect ?? {} })
  prepare?.(simulator.org)
  return simulator
}
