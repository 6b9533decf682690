import { join } from 'node:path'
import { inPool } from '../pool.ts'
import type { Connector, Scenario } from '../scenarios/scenario.ts'
import { scenariosOf } from '../scenarios/scenarios.ts'
import { type AlterAt, type Goal, contradictions, readGoal, runAltered } from './goal.ts'
import type { Finding } from './hostile.ts'
import { likeAsked, otherOf, pairOf, swaps, withOneId } from './stranger.ts'
import { type Perform, startWorker } from './workerProcess.ts'

/** Actions that are about one account or record. */
export function scenariosAbout(connector: Connector): Scenario[] {
  return scenariosOf(connector).filter(
    ({ action, isImport }) => isImport !== true && action !== 'listPermissions',
  )
}

interface Case {
  readonly at: number
  readonly swap: string
  /** What the other one is like: as was asked for the first, or as the first is now. */
  readonly moment: 'before' | 'after'
  /** Whether all answers that follow are about the other one as well. */
  readonly lasts: boolean
}

/** Every action, each answer once about somebody else. */
export async function strangers(folder: string, connector: Connector, atOnce: number): Promise<Finding> {
  const worker = startWorker(join(folder, connector), atOnce)
  try {
    return await findStrangers(worker.perform, scenariosAbout(connector), atOnce)
  } finally {
    await worker.close()
  }
}

export async function findStrangers(
  perform: Perform,
  scenarios: readonly Scenario[],
  atOnce: number,
): Promise<Finding> {
  const flaws: string[] = []
  let [tried, writes, successes] = [0, 0, 0]
  for (const scenario of scenarios) {
    const goal = await readGoal(perform, scenario)
    await inPool(casesOf(goal), atOnce, async (one) => {
      let altered = 0
      const alter: AlterAt = (path, answer, at, org) => {
        const pair = pairOf(goal, org)
        const isMeant = one.lasts ? at >= one.at : at === one.at
        if (!isMeant || pair === undefined || path.includes('/oauth2/')) return undefined
        const isLie = scenario.action === 'create' && one.swap === 'ids'
        const swap = isLie ? withOneId : swaps[one.swap]
        const given = swap?.(answer, pair) ?? answer
        if (given.body !== answer.body) altered++
        return given
      }
      const ran = await runAltered(perform, scenario, alter, likeAsked(goal, one.moment), otherOf(goal))
      if (altered === 0 && !ran.isTouched) return
      tried++
      const found = contradictions(goal, ran)
      if (ran.isTouched) writes++
      if (found.length > 0) successes++
      if (!ran.isTouched && found.length === 0) return
      flaws.push(
        `${String(scenario.connector)} ${scenario.name}: ${ran.isTouched ? 'written to the other one' : `false success, ${found.slice(0, 2).join('; ')}`}: ${JSON.stringify(one)} ${JSON.stringify(ran.output).slice(0, 400)}`,
      )
    })
  }
  return {
    figure: `${tried} answers about somebody else: ${writes} writes to B, ${successes} successes for A`,
    flaws,
  }
}

function casesOf({ answers }: Goal): Case[] {
  return answers.flatMap((_answer, at) =>
    Object.keys(swaps).flatMap((swap) =>
      (['before', 'after'] as const).flatMap((moment) =>
        [false, true].map((lasts) => ({ at, swap, moment, lasts })),
      ),
    ),
  )
}
