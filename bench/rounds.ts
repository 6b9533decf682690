import { type Launch, take, takeUsage } from './measureProcess.ts'
import { median, quartiles, ratios, shuffled } from './statistics.ts'

/** One thing that is measured, as a whole process. */
export interface Case {
  readonly name: string
  /** What is started; `n` is another number for each run, for what must be new. */
  launch(n: number): Launch
  /** Runs before each run and is not measured: brings the org back to where the case begins. */
  before?(n: number): Launch
  /** Requests of one run, counted after the rounds. */
  readonly org?: { requests(): Promise<number> }
}

/** Medians over the rounds, and medians of the ratios that were taken in the same rounds. Times in milliseconds, MB. */
export interface Result {
  readonly name: string
  readonly wall: number
  readonly cpu: number
  readonly memory: number
  readonly wallRatio: number
  /** Half of the rounds had a ratio between the two. */
  readonly wallSpread: readonly [number, number]
  readonly cpuRatio: number
  readonly requests: number | undefined
  /** One for each round. */
  readonly walls: readonly number[]
}

interface Samples {
  readonly walls: number[]
  readonly cpus: number[]
  readonly memories: number[]
}

/**
 * Runs every case once in each round, in another random order, for wall time, and once more with accounting, for CPU time
 * and memory. Ratios are against the first case.
 */
export async function measure(
  cases: readonly Case[],
  rounds: number,
  preload: string,
  tell: (done: number) => void,
): Promise<readonly Result[]> {
  const samples = new Map(cases.map((each): [Case, Samples] => [each, { walls: [], cpus: [], memories: [] }]))
  let n = 0
  const launchOf = (each: Case): Launch => {
    n++
    if (each.before !== undefined) take(each.before(n))
    return each.launch(n)
  }
  // What is read for the first time comes from the disk.
  for (const each of cases) take(launchOf(each))
  for (let round = 0; round < rounds; round++) {
    for (const each of shuffled(cases)) samples.get(each)?.walls.push(take(launchOf(each)).wall)
    for (const each of shuffled(cases)) {
      const usage = takeUsage(launchOf(each), preload)
      samples.get(each)?.cpus.push(usage.cpu)
      samples.get(each)?.memories.push(usage.memory)
    }
    tell(round + 1)
  }

  const requests = new Map<Case, number>()
  for (const each of cases) {
    if (each.org === undefined) continue
    const launch = launchOf(each)
    await each.org.requests()
    take(launch)
    requests.set(each, await each.org.requests())
  }

  const [base] = cases
  const bases = base === undefined ? undefined : samples.get(base)
  return [...samples].map(([each, { walls, cpus, memories }]) => {
    const wallRatios = ratios(walls, bases?.walls ?? [])
    return {
      name: each.name,
      wall: median(walls),
      cpu: median(cpus),
      memory: median(memories),
      wallRatio: median(wallRatios),
      wallSpread: quartiles(wallRatios),
      cpuRatio: median(ratios(cpus, bases?.cpus ?? [])),
      requests: requests.get(each),
      walls,
    }
  })
}
