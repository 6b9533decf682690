import { join } from 'node:path'
import { inPool } from '../pool.ts'
import type { Connector, Scenario } from '../scenarios/scenario.ts'
import { type Goal, contradictions, readGoal, runAltered } from './goal.ts'
import type { Finding } from './hostile.ts'
import { type Mutation, mutationsOf } from './mutations.ts'
import { scenariosAbout } from './strangerChecks.ts'
import { type Perform, startWorker } from './workerProcess.ts'

interface Case {
  readonly at: number
  readonly mutation: Mutation
}

/** Every action, each member of each answer once left out or malformed; a part of them unless it is `isFull`. */
export async function mutants(
  folder: string,
  connector: Connector,
  atOnce: number,
  isFull: boolean,
): Promise<Finding> {
  const open = (): ReturnType<typeof startWorker> => startWorker(join(folder, connector), atOnce)
  const flaws: string[] = []
  let [tried, all] = [0, 0]
  for (const scenario of scenariosAbout(connector)) {
    // A worker remembers every org that it has talked to.
    const worker = open()
    try {
      const part = await findMutants(worker.perform, scenario, atOnce, isFull ? 1 : step)
      flaws.push(...part.flaws)
      tried += part.tried
      all += part.all
    } finally {
      await worker.close()
    }
  }
  return {
    figure: `${tried} mutated answers (of ${all}): ${flaws.length} false successes among those that contradict what was asked`,
    flaws,
  }
}

/** Every how manieth is tried by default: a prime, so that it meets every member and every kind of change. */
const step = 7

/** Tries the mutations of one action's answers. */
export async function findMutants(
  perform: Perform,
  scenario: Scenario,
  atOnce: number,
  each: number,
): Promise<{ tried: number; all: number; flaws: string[] }> {
  const goal = await readGoal(perform, scenario)
  const all = goal.answers.flatMap(({ body }, at) =>
    mutationsOf(body).map((mutation): Case => ({ at, mutation })),
  )
  const cases = all.filter((_case, number) => number % each === 0)
  const flaws = await inPool(cases, atOnce, (one) => tryMutation(perform, goal, one))
  return { tried: cases.length, all: all.length, flaws: flaws.flat() }
}

async function tryMutation(perform: Perform, goal: Goal, { at: meant, mutation }: Case): Promise<string[]> {
  const { scenario } = goal
  const ran = await runAltered(perform, scenario, (_path, answer, at) =>
    at === meant ? { ...answer, body: mutation.of(answer.body) } : undefined,
  )
  const found = contradictions(goal, ran)
  if (found.length === 0) return []
  return [
    `${String(scenario.connector)} ${scenario.name}: answer ${meant + 1}: ${mutation.name}: ${found.slice(0, 2).join('; ')}: ${JSON.stringify(ran.output).slice(0, 400)}`,
  ]
}
