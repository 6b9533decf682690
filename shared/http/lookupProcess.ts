import { execFile } from 'node:child_process'
import type { LookupOptions } from 'node:dns'
import { type Answer, findHere } from './lookupHere.ts'

/** The whole program: one look-up, its answer as JSON. It is sent as text, so that it uses nothing of this file. */
function lookUp(name: string, options: string): void {
  process
    .getBuiltinModule('node:dns')
    .lookup(name, JSON.parse(options) as LookupOptions, (error, address, family) => {
      process.stdout.write(JSON.stringify(error === null ? { address, family } : { code: error.code }))
    })
}

/**
 * A look-up by a process of its own, which can be ended; `ends` gets what ends it. Where none may be started it is done here.
 */
export function findElsewhere(
  hostname: string,
  { family = 0, hints = 0, all = false }: LookupOptions,
  timeout: number,
  ends: Set<() => void>,
): Promise<Answer> {
  const options = { family, hints, all }
  return new Promise((resolve) => {
    try {
      const args = [
        '-e',
        `(${String(lookUp)})(...process.argv.slice(1))`,
        '--',
        hostname,
        JSON.stringify(options),
      ]
      const child = execFile(process.execPath, args, { timeout, killSignal: 'SIGKILL' }, (error, stdout) => {
        ends.delete(end)
        resolve(read(stdout) ?? { code: error?.killed === true ? 'EAI_AGAIN' : 'ENOTFOUND' })
      })
      const end = (): void => {
        child.kill('SIGKILL')
      }
      ends.add(end)
    } catch {
      // Node's permission model does not allow it.
      void findHere(hostname, options).then(resolve)
    }
  })
}

function read(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return undefined
  }
}
