import './smallHeap.ts'
import { isatty } from 'node:tty'
import { ConnectorError, evidenceOf, type Language } from '../errors.ts'
import { languageOf } from '../language/languageOf.ts'
import { translate } from '../language/translate.ts'
import { log, logWarnings } from '../log.ts'
import { redact } from '../redact.ts'
import { type ActionName, actions, type Call } from './actions.ts'
import { type ActionInput, parseInput } from './context.ts'
import { readStdin } from './stdin.ts'
import { youngHeapBound } from './youngHeap.ts'

/** What one page of an import gives. */
export interface Batch {
  /** What is written, one line each; may be none. */
  readonly objects: readonly object[]
  /** The id after which an import that fails later can go on, where it can. */
  readonly resumeAfter?: string
  /** Requests that were sent so far. */
  readonly requests: number
}

/** An import as a function: batches as they are read; it is not asked for the next before the last is written. */
export type ImportStream = (call: Call) => AsyncIterable<Batch>

/** Seconds between two lines of progress. */
const progressEvery = 1

/**
 * Runs an import as this process: stdin -> feed -> NDJSON on stdout, a page at a time, never ahead of its reader. Exit code
 * 0 when it is complete, 1 when it is not, 2 when stdin could not be understood; why is told on stderr only.
 */
export async function runImport(name: ActionName, importStream: ImportStream): Promise<void> {
  logWarnings()
  // Whatever ends this process before the import is complete, it must not look complete.
  process.exitCode = 1
  let hasCrashed = false
  const crash = (error: unknown): void => {
    hasCrashed = true
    process.exitCode = 1
    log('error', sentence(name, error))
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)

  let input: ActionInput
  try {
    input = parseInput(readStdin())
  } catch (error) {
    crash(error)
    process.exitCode = 2
    return
  }
  if ((await stream(name, importStream, input)) && !hasCrashed) process.exitCode = 0
}

async function stream(name: ActionName, importStream: ImportStream, input: ActionInput): Promise<boolean> {
  const closers: (() => void)[] = []
  const output = openOutput()
  const progress = startProgress(isatty(2))
  const boundHeap = youngHeapBound()
  let resumeAfter: string | undefined
  try {
    const call: Call = { name, input, startedAt: 0, onEnd: (close) => closers.push(close) }
    for await (const batch of importStream(call)) {
      const lines = batch.objects.map((object) => JSON.stringify(object) + '\n')
      if (lines.length > 0 && !(await output.write(lines.join('')))) return false
      resumeAfter = batch.resumeAfter ?? resumeAfter
      progress.add(batch)
      boundHeap()
    }
    return !output.isClosed()
  } catch (error) {
    const language = languageOf(input.actionContext.Configuration)
    const said = sentence(name, error, language)
    const end = said.endsWith('?') ? '' : '.'
    log(
      'error',
      `${said}${end} ${translate(whereItStands(progress.written(), resumeAfter), language)}`,
      evidenceOf(error),
    )
    return false
  } finally {
    for (const close of closers) close()
  }
}

/** stdout, which takes a page when its reader has taken the one before. */
interface Output {
  /** Resolves when more may be written; false when nobody reads any more. */
  write(text: string): Promise<boolean>
  isClosed(): boolean
}

function openOutput(): Output {
  const { stdout } = process
  let isClosed = false
  let wake = (): void => undefined
  stdout.on('drain', () => {
    wake()
  })
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    isClosed = true
    process.exitCode = 1
    // A reader that has seen enough is no fault (EOF on Windows); a full disk is.
    if (error.code !== 'EPIPE' && error.code !== 'EOF') {
      log('error', `stdout cannot be written: ${error.message}`)
    }
    wake()
  })
  return {
    isClosed: () => isClosed,
    async write(text) {
      if (isClosed) return false
      const isTaken = new Promise<void>((resolve) => (wake = resolve))
      if (!stdout.write(text)) await isTaken
      return !isClosed
    },
  }
}

interface Progress {
  add(batch: Batch): void
  /** Objects that were written. */
  written(): number
}

/** Tells a person who waits how far it is; a host gets no such lines. */
function startProgress(isWatched: boolean): Progress {
  let written = 0
  let told = 0
  return {
    written: () => written,
    add({ objects, requests }) {
      written += objects.length
      const now = isWatched ? process.uptime() : 0
      if (now - told < progressEvery) return
      told = now
      const rate = Math.round(written / now)
      log('information', `${written} rows, ${rate} rows/s, ${requests} requests`)
    },
  }
}

function whereItStands(written: number, resumeAfter: string | undefined): string {
  if (written === 0) return 'Nothing was written'
  return resumeAfter === undefined
    ? `The ${written} lines that were written are valid, and not all`
    : `The ${written} lines that were written are valid, and end with [${resumeAfter}]: set Configuration.ImportResumeAfter to that id to import the rest`
}

function sentence(name: ActionName, error: unknown, language: Language = 'en'): string {
  const message = error instanceof Error ? error.message : String(error)
  const isExpected = error instanceof ConnectorError
  const reason = isExpected ? message : `an unexpected error in the connector (${message})`
  const trace = !isExpected && error instanceof Error ? ` ${error.stack ?? ''}` : ''
  const text = `Could not ${actions[name].attempt}. Error: ${reason.replace(/\.$/, '')}`
  return redact(translate(text, language) + trace)
}
