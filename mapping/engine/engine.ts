import { type EngineEnd, EngineProcess, memoryMegabytes } from './process.ts'
import type { EngineAnswer, ScriptFault, ScriptJob, ScriptResult } from './protocol.ts'

/** How long scripts may run. */
export interface TimeLimits {
  /** What the host allows is not documented; two seconds are far more than a script needs. */
  readonly scriptMilliseconds: number
  /** A batch that takes longer is run again, one script at a time, so that the right one is blamed. */
  readonly batchMilliseconds: number
}

const usualLimits: TimeLimits = { scriptMilliseconds: 2000, batchMilliseconds: 4000 }

/** The start of the process and the compilation of all scripts, on a machine that is busy. */
const startMilliseconds = 20_000

/** A script that had to be ended for so many persons is not run for others: each costs its whole time. */
const endsBeforeGivingUp = 3

/** Scripts run on this many persons at once. */
const personsInBatch = 50

const reasons: Readonly<Record<EngineEnd, string>> = {
  time: 'it did not end in time and was stopped.',
  memory: `it was ended: it needed more than ${memoryMegabytes} MB of memory.`,
  ended: 'its process ended.',
}

/** Runs the scripts of a mapping in a process of its own, which starts with the first script and ends with `close`. */
export class ScriptEngine {
  readonly #readProgram: () => string
  readonly #scripts: readonly string[]
  readonly #limits: TimeLimits
  readonly #ends = new Map<number, { count: number; readonly fault: string }>()
  #process: EngineProcess | undefined
  #compiled: readonly (ScriptFault | null)[] = []

  /** @param readProgram gives the text of the engine's program */
  constructor(readProgram: () => string, scripts: readonly string[], limits = usualLimits) {
    this.#limits = limits
    this.#readProgram = readProgram
    this.#scripts = scripts
  }

  /** Runs scripts on persons: for each job, what came of each of its scripts, in order. */
  async run(jobs: readonly ScriptJob[]): Promise<(readonly ScriptResult[])[]> {
    const results: (readonly ScriptResult[])[] = []
    for (let at = 0; at < jobs.length; at += personsInBatch)
      results.push(...(await this.#runBatch(jobs.slice(at, at + personsInBatch))))
    return results
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#process?.close()
    this.#process = undefined
  }

  async #runBatch(jobs: readonly ScriptJob[]): Promise<(readonly ScriptResult[])[]> {
    if (jobs.every(({ scripts }) => scripts.length === 0)) return jobs.map(() => [])
    await this.#started()
    const runnable = jobs.map((job) => ({
      ...job,
      scripts: job.scripts.filter((script) => this.#known(script) === undefined),
    }))
    const rows =
      (await this.#ask(runnable, this.#limits.batchMilliseconds)) ?? (await this.#oneByOne(runnable))
    return jobs.map(({ scripts }, index) => {
      const row = [...(rows[index] ?? [])]
      const ran = runnable[index]?.scripts ?? []
      return scripts.map(
        (script): ScriptResult =>
          (ran.includes(script) ? row.shift() : this.#known(script)) ?? { fault: reasons.ended },
      )
    })
  }

  /** Why a script is not run. */
  #known(script: number): ScriptFault | undefined {
    const fault = this.#compiled[script]
    if (fault !== null && fault !== undefined) return fault
    const end = this.#ends.get(script)
    if (end === undefined || end.count < endsBeforeGivingUp) return undefined
    return { fault: `${end.fault} So it was for ${end.count} persons, and it is not run again.` }
  }

  async #oneByOne(jobs: readonly ScriptJob[]): Promise<ScriptResult[][]> {
    const rows: ScriptResult[][] = []
    for (const job of jobs) {
      const row: ScriptResult[] = []
      for (const script of job.scripts) row.push(this.#known(script) ?? (await this.#runOne(job, script)))
      rows.push(row)
    }
    return rows
  }

  async #runOne(job: ScriptJob, script: number): Promise<ScriptResult> {
    await this.#started()
    const answer = await this.#send([{ ...job, scripts: [script] }], this.#limits.scriptMilliseconds)
    if (typeof answer !== 'string') return readResults(answer)[0]?.[0] ?? { fault: reasons.ended }
    const fault = reasons[answer]
    this.#ends.set(script, { count: (this.#ends.get(script)?.count ?? 0) + 1, fault })
    return { fault }
  }

  /** The results of a batch; nothing where the process did not answer. */
  async #ask(jobs: readonly ScriptJob[], milliseconds: number): Promise<ScriptResult[][] | undefined> {
    const answer = await this.#send(jobs, milliseconds)
    return typeof answer === 'string' ? undefined : readResults(answer)
  }

  async #send(jobs: readonly ScriptJob[], milliseconds: number): Promise<EngineAnswer | EngineEnd> {
    const answer = (await this.#process?.ask({ jobs }, milliseconds)) ?? 'ended'
    if (typeof answer === 'string') this.close()
    return answer
  }

  async #started(): Promise<void> {
    if (this.#process !== undefined) return
    const started = new EngineProcess(this.#readProgram())
    this.#process = started
    const answer = await started.ask({ scripts: this.#scripts }, startMilliseconds)
    if (typeof answer !== 'string' && 'compiled' in answer) {
      this.#compiled = answer.compiled
      return
    }
    this.close()
    throw new Error(`The process of the mapping engine did not start. ${started.lastWords}`.trim())
  }
}

function readResults(answer: EngineAnswer): ScriptResult[][] {
  if (!('results' in answer)) return []
  return answer.results.map((row) => row.map((text) => JSON.parse(text) as ScriptResult))
}
