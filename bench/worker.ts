import { spawn } from 'node:child_process'
import { cleanEnvironment } from './measureProcess.ts'

/** A worker that is running. */
export interface BenchWorker {
  /** Carries out an action with each of the contexts, all on stdin at once; the milliseconds until the last is answered. */
  run(action: string, contexts: readonly string[]): Promise<number>
  /** Ends it; the most memory it had, in MB. */
  close(): Promise<number>
}

/** Starts the built worker, `preload` being the path of usage.cjs. */
export function openWorker(script: string, concurrency: number, preload: string): BenchWorker {
  const child = spawn(process.execPath, [script, '--concurrency', String(concurrency)], {
    env: { ...cleanEnvironment(), NODE_OPTIONS: `--require=${JSON.stringify(preload)}` },
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    windowsHide: true,
  })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('the worker has no pipes')
  let usage = ''
  child.stdio[3]?.on('data', (chunk: Buffer) => (usage += chunk.toString('utf8')))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))

  let unfinished = ''
  let answered: (line: string) => void = () => undefined
  stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (unfinished + text).split('\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) answered(line)
  })

  return {
    run(action, contexts) {
      const lines = contexts.map((context, Id) => `{"Id":${Id},"Action":"${action}","Context":${context}}\n`)
      const text = lines.join('')
      return new Promise((resolve, reject) => {
        let left = lines.length
        const started = performance.now()
        answered = (line) => {
          const { Output } = JSON.parse(line) as { Output: { Success: boolean } }
          // What fails early would look fast.
          if (!Output.Success) reject(new Error(line))
          if (--left === 0) resolve(performance.now() - started)
        }
        void ended.then((code) => reject(new Error(`the worker ended with ${code ?? 'a signal'}`)))
        stdin.write(text)
      })
    },
    async close() {
      stdin.end()
      await ended
      return (JSON.parse(usage) as { memory: number }).memory
    },
  }
}
