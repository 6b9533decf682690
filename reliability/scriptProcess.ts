import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What one process of a script came to. */
export interface Ended {
  /** Null when it had to be killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** From before the process was started until it had ended; by its own clock where that was asked for. */
  readonly milliseconds: number
}

/** Tells at the end what the process's own clock says: on a machine that is busy, starting one takes a while as well. */
const clock = `import{writeSync}from'node:fs';process.on('exit',()=>writeSync(2,'elapsed '+performance.now()+'\\n'))`

/** Longer than any host waits; a script that is still there then hangs. */
const timeout = 60_000

/** Runs `<folder>/<action>.mjs` as a host does, the context as JSON on stdin (a text goes as it is); `preload` is code to run before. */
export function runAction(
  folder: string,
  action: string,
  context: object | string,
  byOwnClock = false,
  preload = '',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const options = { timeout, windowsHide: true, env: cleanEnvironment() }
    const preloads = [byOwnClock ? clock : '', preload]
      .filter((code) => code !== '')
      .flatMap((code) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`])
    const child = spawn(process.execPath, [...preloads, join(folder, `${action}.mjs`)], options)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A script that ends without reading closes its stdin: its exit code says more than the broken pipe.
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      const own = /^elapsed ([\d.]+)$/m.exec(stderr)?.[1]
      const milliseconds = own === undefined ? performance.now() - started : Number(own)
      resolve({ exitCode, stdout, stderr, milliseconds })
    })
    child.stdin.end(typeof context === 'string' ? context : JSON.stringify(context))
  })
}

/** This machine's environment without proxies and options for Node. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(https?|no|all)_proxy$|^NODE_|^npm_/i.test(name)),
  )
}
