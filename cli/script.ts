import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What a host sends on stdin (README, "The contract of a script"). */
export interface ActionInput {
  readonly actionContext: Readonly<Record<string, unknown>>
  readonly personContext?: Readonly<Record<string, unknown>>
}

export interface AuditLine {
  readonly Action?: string
  readonly Message: string
  readonly IsError: boolean
}

/** The members of an outputContext that are shown. */
export interface Output {
  readonly Success?: boolean
  readonly AccountReference?: string
  readonly AccountCorrelated?: boolean
  readonly AuditLogs?: readonly AuditLine[]
  readonly Data?: Readonly<Record<string, unknown>>
  readonly PreviousData?: Readonly<Record<string, unknown>>
}

/** One run of a script. */
export interface ScriptRun {
  /** Null when it was killed. */
  readonly exitCode: number | null
  /** Empty when stdout was no JSON object. */
  readonly output: Output
  readonly stderr: string
  /** From the start of the process to its end. */
  readonly milliseconds: number
}

/** Longer than HelloID lets an action run. */
const timeout = 60_000

/** Runs a built script as a host does: a process of its own, the context on stdin. `root` is the project's folder. */
export function runScript(
  root: string,
  connector: string,
  action: string,
  input: ActionInput,
): Promise<ScriptRun> {
  const script = join(root, 'dist', connector, `${action}.mjs`)
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [script], { timeout, windowsHide: true })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A script that ends without reading closes its stdin: its exit code says more than the broken pipe.
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, output: parse(stdout), stderr, milliseconds: performance.now() - started })
    })
    child.stdin.end(JSON.stringify(input))
  })
}

function parse(stdout: string): Output {
  try {
    const value: unknown = JSON.parse(stdout)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
