import { AsyncLocalStorage } from 'node:async_hooks'
import { parseArgs } from 'node:util'
import { ConnectorError } from '../errors.ts'
import { log, logWarnings, tagLog } from '../log.ts'
import { redact } from '../redact.ts'
import type { ActionName, Shared } from './actions.ts'
import type { ActionInput } from './context.ts'
import { linesOf } from './lines.ts'
import { type ActionResult, failed } from './result.ts'
import { perform, toFailure } from './run.ts'
import { createJobQueue } from './jobQueue.ts'
import { utf8Stream } from './utf8Stream.ts'
import { type BadLine, type Job, type LineId, readLine, type WorkerActions } from './workerLine.ts'

/** The longest line that is read, in bytes. */
const lineLimit = 64 * 1024 * 1024

/** Milliseconds after the last action for which a worker that was told to stop refuses what still comes. */
const drainDelay = 250

/**
 * What an action must not run at the same time as: two actions with a lane in common run in the order of their lines.
 * Must not throw, whatever the input holds.
 */
export type LanesOf = (name: ActionName, input: ActionInput) => readonly string[]

/** A line that is being carried out, or refused. */
interface Running {
  readonly Id: LineId | null
  fail(error: unknown): void
}

/**
 * Runs actions as this process: lines `{ "Id", "Action", "Context" }` on stdin, lines `{ "Id", "Output" }` on stdout as they
 * finish, `--concurrency` of them at a time. Exit code 0 when stdin has ended or a signal asked it to stop, and everything
 * that was read is answered; 1 when nobody reads the answers, or an action left without one; 2 for a wrong argument.
 */
export function runWorker(actions: WorkerActions, lockKeysOf: LanesOf): void {
  const concurrency = readConcurrency(process.argv.slice(2))
  if (concurrency === undefined) {
    process.exitCode = 2
    return
  }
  logWarnings()
  const context = new AsyncLocalStorage<Running>()
  const underWay = new Set<Running>()
  tagLog(() => {
    const { Id } = context.getStore() ?? {}
    return Id == null ? {} : { Id }
  })
  const { shared, close } = openShared(concurrency)

  /** Why no further line is begun. */
  let stopped: 'asked' | 'unheard' | undefined
  const stop = (reason: 'asked' | 'unheard'): void => {
    if (stopped !== undefined) return
    stopped = reason
    for (const job of jobQueue.withdraw()) void refuse(job)
    void jobQueue.idle().then(() => {
      setTimeout(() => process.stdin.destroy(), reason === 'asked' ? drainDelay : 0).unref()
    })
  }

  /** Resolves when the answer has left, so that nothing is begun for a host that does not read. */
  const answer = (Id: LineId | null, Output: ActionResult): Promise<void> =>
    new Promise((resolve) => {
      if (stopped === 'unheard') resolve()
      else process.stdout.write(JSON.stringify({ Id, Output }) + '\n', () => resolve())
    })

  /** Carries a line out; whatever the log says meanwhile, also aside, is about it. */
  const carryOut = async ({ Id, name, action, input }: Job, given: Shared): Promise<void> => {
    const result = await new Promise<ActionResult>((resolve) => {
      const fail = (error: unknown): void => {
        underWay.delete(running)
        resolve(toFailure(name, input, error))
      }
      const running = { Id, fail }
      underWay.add(running)
      context.run(running, () => {
        void perform(name, action, input, performance.now(), given)
          .finally(() => underWay.delete(running))
          .then(resolve)
      })
    })
    await answer(Id, result)
  }
  const jobQueue = createJobQueue<Job>(concurrency, (job) => carryOut(job, shared))

  /** The action itself words its failure, when it finds that it gets no connection. */
  const refuse = (job: Job): Promise<void> =>
    stopped === 'unheard' ? Promise.resolve() : carryOut(job, withoutConnection)

  const reject = (line: BadLine): Promise<void> => {
    const running = { Id: line.Id, fail: (error: unknown) => log('error', String(error)) }
    return answer(
      line.Id,
      context.run(running, () => badLine(line)),
    )
  }

  const read = async (): Promise<void> => {
    for await (const bytes of linesOf(utf8Stream(process.stdin), lineLimit)) {
      const line = readLine(bytes, actions)
      if (line === undefined) continue
      if ('error' in line) await reject(line)
      else if (stopped !== undefined) await refuse(line)
      else await jobQueue.add(line, lockKeysOf(line.name, line.input))
    }
  }

  const crash = (error: unknown): void => {
    const running = context.getStore()
    if (running === undefined) log('error', String(error instanceof Error ? error.stack : error))
    else running.fail(error)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  process.on('beforeExit', () => {
    if (underWay.size === 0) return
    process.exitCode = 1
    const error = new ConnectorError('UNEXPECTED', 'the action ended without a result')
    for (const running of [...underWay]) running.fail(error)
  })
  // A second signal ends the process at once, as it does without a handler.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop('asked'))
  process.stdout.on('error', () => {
    process.exitCode = 1
    stop('unheard')
  })

  void read()
    .catch((error: unknown) => {
      if (stopped !== undefined) return
      process.exitCode = 1
      log('error', `stdin cannot be read: ${String(error)}`)
    })
    .then(() => jobQueue.idle())
    .then(close)
}

function readConcurrency(args: string[]): number | undefined {
  try {
    const { values } = parseArgs({ args, options: { concurrency: { type: 'string', default: '8' } } })
    const concurrency = /^\d{1,3}$/.test(values.concurrency) ? Number(values.concurrency) : 0
    if (concurrency >= 1 && concurrency <= 100) return concurrency
  } catch {
    // Another argument: the sentence below says which there are.
  }
  log('error', 'Usage: worker.mjs [--concurrency <1 to 100>]. The default is 8.')
  return undefined
}

/** What actions share is opened by the first that asks. */
function openShared(concurrency: number): { shared: Shared; close: () => void } {
  const opened = new Map<unknown, { close(): void }>()
  const shared: Shared = (open) => {
    const found = opened.get(open) as ReturnType<typeof open> | undefined
    if (found !== undefined) return found
    const made = open(concurrency)
    opened.set(open, made)
    return made
  }
  return {
    shared,
    close: () => {
      for (const thing of opened.values()) thing.close()
    },
  }
}

const withoutConnection: Shared = () => {
  throw new ConnectorError(
    'UNAVAILABLE',
    'the worker is stopping: the action was not begun, and can be sent to another',
  )
}

function badLine({ name, error }: BadLine): ActionResult {
  if (name !== undefined) return toFailure(name, { actionContext: { DryRun: true } }, error)
  const message = redact(`Could not carry out a line of stdin. Error: ${error.message}`)
  log('error', message)
  return failed(undefined, message)
}
