import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { contextFor, environment, type Json } from '../contract/support.ts'
import { type Connector, flagship } from '../connectors.ts'
import { type Output, root } from '../process.ts'

/** A line of a worker's stdout. */
export interface Answer {
  readonly Id: string | number | null
  readonly Output: Output
}

/** A built worker as a process. */
export interface Worker {
  readonly child: ChildProcess
  /** In the order in which they came. */
  readonly answers: readonly Answer[]
  /** Everything on stdout and stderr so far. */
  readonly said: () => { stdout: string; stderr: string }
  /** Sends a line: a text as it is, anything else as JSON. */
  send(line: unknown): void
  /** Resolves when there are so many answers. */
  answered(count: number): Promise<readonly Answer[]>
  /** Ends stdin; gives the exit code. */
  end(): Promise<number | null>
  readonly exit: Promise<number | null>
}

const running = new Set<ChildProcess>()

/** Ends what a failed test left running. */
export function stopWorkers(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** The worker of a connector, built. */
export const workerOf = (connector: Connector): string => join(root, 'dist', connector, 'worker.mjs')

export function startWorker(
  concurrency?: number,
  file = workerOf(flagship),
  args = concurrency === undefined ? [] : ['--concurrency', String(concurrency)],
): Worker {
  const child = spawn(process.execPath, [file, ...args], { env: environment() })
  running.add(child)
  const answers: Answer[] = []
  let [stdout, stderr, rest] = ['', '', '']
  let wake: (() => void)[] = []
  const notify = (): void => {
    const woken = wake
    wake = []
    for (const resolve of woken) resolve()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    answers.push(...lines.map((line) => JSON.parse(line) as Answer))
    notify()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => undefined)
  const exit = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      running.delete(child)
      resolve(code)
      notify()
    })
  })
  return {
    child,
    answers,
    said: () => ({ stdout, stderr }),
    send: (line) => void child.stdin.write((typeof line === 'string' ? line : JSON.stringify(line)) + '\n'),
    async answered(count) {
      while (answers.length < count && child.exitCode === null) {
        await new Promise<void>((resolve) => wake.push(resolve))
      }
      return answers
    },
    end() {
      child.stdin.end()
      return exit
    },
    exit,
  }
}

/** A line for the worker, with a context as the contract's tests have them. */
export function line(Id: string | number, Action: string, url: string, over: Json = {}): Json {
  return { Id, Action, Context: contextFor(Action, url, over) }
}

export function sentence(answer: Answer | undefined): string {
  return (answer?.Output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
}

export function byId(answers: readonly Answer[], Id: string | number | null): Answer | undefined {
  return answers.find((answer) => answer.Id === Id)
}
