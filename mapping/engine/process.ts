import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { EngineAnswer, EngineRequest } from './protocol.ts'

/** Why the process gave no answer. */
export type EngineEnd = 'time' | 'memory' | 'ended'

/** The heap of the engine's process: a person and what scripts make of it are kilobytes. */
export const memoryMegabytes = 256

/**
 * What Node offers to shut a process in, as far as this Node has it. The permission model (experimental in Node 20, stable
 * since 22.13 and 23.5) refuses files, processes, threads and add-ons; since Node 25 it refuses the network too.
 */
const flags = [
  ['--permission', '--experimental-permission'],
  // No text becomes code in the process's own realm; scripts run in another.
  ['--disallow-code-generation-from-strings'],
  ['--frozen-intrinsics'],
].flatMap((names) => names.find((name) => process.allowedNodeEnvironmentFlags.has(name)) ?? [])

/** Processes that must not outlive this one. */
const alive = new Set<Pick<ChildProcess, 'kill'>>()

function killAll(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** The process that runs mapping scripts: nothing of this one's environment, no handle but three pipes, and Node shut in. */
export class EngineProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  #received = ''
  #said = ''
  #settle: ((answer: EngineAnswer | EngineEnd) => void) | undefined
  #end: EngineEnd | undefined

  /** @param program the text of the engine's program */
  constructor(program: string) {
    const options = [`--max-old-space-size=${memoryMegabytes}`, '--input-type=commonjs', '-e', program]
    this.#child = spawn(process.execPath, [...flags, ...options], {
      // Scripts must give the same dates and texts on every machine.
      env: { TZ: 'UTC' },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    if (alive.size === 0) process.on('exit', killAll)
    alive.add(this.#child)
    this.#child.stdin.on('error', () => undefined)
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2000)
    })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#received += text
      if (!text.includes('\n')) return
      const line = this.#received
      this.#received = ''
      this.#answer(JSON.parse(line) as EngineAnswer)
    })
    this.#child.on('error', () => this.#stop('ended'))
    this.#child.on('close', () => this.#stop(/out of memory/i.test(this.#said) ? 'memory' : 'ended'))
  }

  /** Sends one request and gives its answer; one at a time. A process that gives none in time is ended. */
  ask(request: EngineRequest, milliseconds: number): Promise<EngineAnswer | EngineEnd> {
    if (this.#end !== undefined) return Promise.resolve(this.#end)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#stop('time')
        this.#child.kill('SIGKILL')
      }, milliseconds)
      this.#settle = (answer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      this.#child.stdin.write(JSON.stringify(request) + '\n')
    })
  }

  /** What the process said last, for a fault that is none of a script. */
  get lastWords(): string {
    return this.#said.trim().split('\n').at(-1) ?? ''
  }

  close(): void {
    this.#child.kill('SIGKILL')
  }

  #answer(answer: EngineAnswer | EngineEnd): void {
    const settle = this.#settle
    this.#settle = undefined
    settle?.(answer)
  }

  #stop(end: EngineEnd): void {
    this.#end ??= end
    alive.delete(this.#child)
    if (alive.size === 0) process.removeListener('exit', killAll)
    this.#answer(this.#end)
  }
}
