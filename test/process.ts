import { spawn } from 'node:child_process'
import { join } from 'node:path'

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

/** Runs a built script as a host does: one process, the context on stdin (a text as it is, anything else as JSON). */
export function runScript(
  action: string,
  stdin: unknown,
  options: { connector?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Run> {
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

function parse(text: string): Output {
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
