import { spawn } from 'node:child_process'

/** What a process came to. */
export interface Ended {
  /** Null when it was killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** From the start of the process to its end. */
  readonly milliseconds: number
}

/** Longer than HelloID lets an action run. */
const defaultTimeout = 60_000

/** Runs a script of Node's with a text on stdin. Its time is its own business: `timeout` (in milliseconds) only ends a hang. */
export function runNode(script: string, stdin: string, timeout = defaultTimeout): Promise<Ended> {
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
      resolve({ exitCode, stdout, stderr, milliseconds: performance.now() - started })
    })
    child.stdin.end(stdin)
  })
}
