import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { isFull } from './matrix.ts'
import { runScriptHere } from './program.ts'

/** What a script did: its exit code, its two streams, and stdout as JSON when it is one document. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly output: Output
}

/** An outputContext, or nothing of it. */
export interface Output {
  readonly Success?: boolean
  readonly AccountReference?: string
  readonly AccountCorrelated?: boolean
  readonly AuditLogs?: readonly { Action?: string; Message: string; IsError: boolean }[]
  readonly Data?: Readonly<Record<string, unknown>>
  readonly PreviousData?: Readonly<Record<string, unknown>>
  readonly Permissions?: readonly {
    DisplayName: string
    Identification: { Reference: string; Type: string }
  }[]
  readonly SubPermissions?: readonly { DisplayName: string; Reference: { Id: string } }[]
  readonly NonUniqueFields?: readonly string[]
}

export const root = join(__dirname, '..')

export interface ScriptOptions {
  /** Default: the flagship. */
  readonly connector?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a script from its first line to its last within this process (see program.ts), the context on stdin (a text as it is,
 * anything else as JSON). In the full run it is the built script, as a process.
 */
export async function runScript(action: string, stdin: unknown, options: ScriptOptions = {}): Promise<Run> {
  if (isFull) return runBuilt(action, stdin, options)
  const { connector = 'salesforce-scim', env } = options
  const text = typeof stdin === 'string' ? stdin : JSON.stringify(stdin)
  const path = `dist/${connector}/${action}.mjs`
  const run = await runScriptHere(path, Buffer.from(text), { ...process.env, ...env })
  return { ...run, output: parse(run.stdout) }
}

/** The same as a process of its own, as a host runs it: for what only a process has. */
export function runBuilt(action: string, stdin: unknown, options: ScriptOptions = {}): Promise<Run> {
  const script = join(root, 'dist', options.connector ?? 'salesforce-scim', `${action}.mjs`)
  return runProcess(script, typeof stdin === 'string' ? stdin : JSON.stringify(stdin), options.env)
}

export function runProcess(
  script: string,
  stdin: string,
  env?: Readonly<Record<string, string>>,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { env: { ...process.env, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A script that ends without reading closes its stdin: that is its right.
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout, stderr, output: parse(stdout) })
    })
    child.stdin.end(stdin)
  })
}

/** stdout as an outputContext; empty where it is no JSON object. */
export function parse(text: string): Output {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** All audit lines of a run as one text. */
export function audit(run: Run): string {
  return (run.output.AuditLogs ?? []).map(({ Message }) => Message).join('\n')
}
