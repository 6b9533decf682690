import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What an action answers the host. */
export interface Output {
  readonly Success?: unknown
  readonly AccountReference?: unknown
  readonly AuditLogs?: unknown
  readonly NonUniqueFields?: unknown
  readonly Permissions?: unknown
  readonly SubPermissions?: unknown
}

/** Carries an action out. */
export type Perform = (action: string, context: object) => Promise<Output>

export interface WorkerProcess {
  readonly perform: Perform
  /** Resolves when the process has ended. */
  close(): Promise<void>
}

/** The connector's worker, which carries out many actions in one process: tens of thousands of processes would take hours. */
export function startWorker(folder: string, concurrency: number): WorkerProcess {
  const script = join(folder, 'worker.mjs')
  const child = spawn(process.execPath, [script, '--concurrency', String(concurrency)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  const waiting = new Map<number, { resolve(output: Output): void; reject(error: Error): void }>()
  let last = 0
  const ended = new Promise<void>((resolve) => {
    const end = (error?: Error): void => {
      for (const { reject } of waiting.values())
        reject(error ?? new Error('the worker ended without an answer'))
      waiting.clear()
      resolve()
    }
    child.once('error', end)
    child.once('close', () => end())
  })
  child.stdin.on('error', () => undefined)
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { Id, Output } = JSON.parse(line) as { Id: number; Output: Output }
    waiting.get(Id)?.resolve(Output)
    waiting.delete(Id)
  })
  return {
    perform: (Action, Context) =>
      new Promise((resolve, reject) => {
        const Id = ++last
        waiting.set(Id, { resolve, reject })
        child.stdin.write(`${JSON.stringify({ Id, Action, Context })}\n`)
      }),
    close: () => {
      child.stdin.end()
      return ended
    },
  }
}
