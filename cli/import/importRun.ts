import { spawn } from 'node:child_process'
import { type ImportFacts, noFacts, readFacts } from './importFacts.ts'

/** What an import is told of while it runs. */
export interface ImportWatcher {
  /** Complete lines, in order; the script waits until they are taken. */
  lines(text: string): Promise<void>
  /** Requests that were sent so far, and what the org has told. */
  progress(requests: number, facts: ImportFacts): void
}

export interface ImportEnded {
  /** Null when it was stopped. */
  readonly exitCode: number | null
  readonly stderr: string
  readonly requests: number
  readonly facts: ImportFacts
}

/** How many requests whole lines of a script's log tell of. */
export function countRequests(log: string): number {
  return log.match(/"message":"(GET|POST) \/[^"]*, \d+ ms"/g)?.length ?? 0
}

/** The end of a log that is kept: an import may send many thousands of requests. */
const keptLog = 256 * 1024

/**
 * Runs an import script and hands on what it writes, line by line, never ahead of who takes it. `stop` ends it; lines that
 * were not complete are dropped.
 */
export async function runImport(
  script: string,
  context: string,
  watcher: ImportWatcher,
  stop: AbortSignal,
): Promise<ImportEnded> {
  const child = spawn(process.execPath, [script], { windowsHide: true })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  let stderr = ''
  let requests = 0
  let facts = noFacts
  let rest = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const whole = rest + text
    const end = whole.lastIndexOf('\n') + 1
    rest = whole.slice(end)
    requests += countRequests(whole.slice(0, end))
    facts = readFacts(facts, whole.slice(0, end))
    stderr = (stderr + text).slice(-keptLog)
    watcher.progress(requests, facts)
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(context)
  const kill = (): void => void child.kill()
  if (stop.aborted) kill()
  stop.addEventListener('abort', kill)
  try {
    let incomplete = ''
    for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      const whole = incomplete + chunk
      const end = whole.lastIndexOf('\n') + 1
      incomplete = whole.slice(end)
      if (end > 0) await watcher.lines(whole.slice(0, end))
    }
  } catch (error) {
    kill()
    throw error
  } finally {
    stop.removeEventListener('abort', kill)
  }
  return { exitCode: await ended, stderr, requests, facts }
}
