import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isObject, type JsonObject } from '../../shared/validate.ts'
import { countRequests } from '../import/importRun.ts'
import type { Output } from '../script/script.ts'
import { UsageError } from '../lib/cliEnvironment.ts'

/** One action for a worker. */
export interface WorkerJob {
  readonly action: string
  readonly context: JsonObject
}

export interface WorkerAnswers {
  /** In the order of the jobs. */
  readonly outputs: readonly Output[]
  readonly requests: number
}

/** Actions that are under way at once: enough to hide the waits, few enough for an org that others use. */
const concurrency = 4

/** The worker of a connector. Throws `UsageError` where it has none. */
export function workerOf(root: string, connector: string): string {
  const script = join(root, 'dist', connector, 'worker.mjs')
  if (existsSync(script)) return script
  throw new UsageError(`--exact needs a worker, and ${connector} has none, or it is not built.`)
}

/**
 * Carries jobs out in one worker process. `answered` is told after each; `stop` ends it. Throws where the worker ended before
 * everything was answered.
 */
export async function askWorker(
  script: string,
  jobs: AsyncIterable<WorkerJob>,
  answered: (count: number, requests: number) => void,
  stop: AbortSignal,
): Promise<WorkerAnswers> {
  const child = spawn(process.execPath, [script, '--concurrency', String(concurrency)], { windowsHide: true })
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
  const kill = (): void => void child.kill('SIGKILL')
  if (stop.aborted) kill()
  stop.addEventListener('abort', kill)
  let requests = 0
  createInterface({ input: child.stderr }).on('line', (line) => (requests += countRequests(line)))
  child.stdin.on('error', () => undefined)

  const outputs = new Map<number, Output>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { Id, Output: output } = JSON.parse(line) as { Id: unknown; Output: unknown }
    if (typeof Id !== 'number' || !isObject(output)) return
    outputs.set(Id, output)
    answered(outputs.size, requests)
  })
  try {
    let sent = 0
    for await (const { action, context } of jobs) {
      if (stop.aborted || child.exitCode !== null) break
      const line = JSON.stringify({ Id: sent++, Action: action, Context: context }) + '\n'
      // A worker that ends drains nothing.
      if (!child.stdin.write(line)) await Promise.race([once(child.stdin, 'drain'), ended])
    }
    child.stdin.end()
    await ended
    if (!stop.aborted && outputs.size < sent)
      throw new Error(`The worker ended with ${sent - outputs.size} of ${sent} actions not answered.`)
    return { outputs: Array.from({ length: sent }, (_, id) => outputs.get(id) ?? {}), requests }
  } finally {
    stop.removeEventListener('abort', kill)
  }
}
