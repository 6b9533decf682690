import childProcess, { type ChildProcess, type SpawnOptions } from 'node:child_process'
import { Console } from 'node:console'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { join, relative, sep } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import tty from 'node:tty'
import v8 from 'node:v8'

const root = join(__dirname, '..')

/** The modules of the sources by their paths, each run when it is first asked for (see scripts/jest-environment.cjs). */
type Sources = Readonly<Record<string, () => unknown>>

declare const newSources: (
  require: (name: string) => unknown,
  process: NodeJS.Process,
  console: Console,
) => Sources

/** A program within the test's own process: its modules, its streams, its environment. */
interface Program {
  load<T>(file: string): T
  readonly process: NodeJS.Process
}

interface Surroundings {
  readonly argv?: readonly string[]
  readonly stdin: Buffer
  readonly stdout: Writable
  readonly stderr: Writable
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/**
 * Runs a program of ours within this process as if it were one of its own: it has its own modules, stdin, stdout, stderr,
 * environment, folder and exit code, and a built script that it starts runs here as well. It costs a tenth of a process. What
 * only a process has stays untested: signals, the flags of V8, what keeps Node alive, an exception that nobody catches.
 * Gives the exit code.
 */
export async function runProgram(
  start: (program: Program) => Promise<void>,
  surroundings: Surroundings,
): Promise<number> {
  const own = processFor(surroundings)
  const modules = nodeModulesFor(own, surroundings)
  const sources = newSources((name) => modules[name] ?? jest.requireActual(name), own, new Console(own))
  const load = <T>(file: string): T => {
    const module = sources[file]
    if (module === undefined) throw new Error(`no source is called ${file}`)
    return module() as T
  }
  try {
    await start({ load, process: own })
  } catch (error) {
    surroundings.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  }
  return Number(own.exitCode ?? 0)
}

function processFor({ argv = [], stdin, stdout, stderr, env, cwd }: Surroundings): NodeJS.Process {
  const events = new EventEmitter()
  const startedAt = performance.now()
  const input = new Readable({
    read() {
      this.push(stdin)
      this.push(null)
    },
  })
  const members: Readonly<Record<string, unknown>> = {
    argv: [process.execPath, 'program', ...argv],
    env,
    exitCode: undefined,
    stdin: input,
    stdout,
    stderr,
    cwd: () => cwd,
    uptime: () => (performance.now() - startedAt) / 1000,
    ...Object.fromEntries(
      (['on', 'once', 'off', 'emit', 'removeListener', 'removeAllListeners', 'listenerCount'] as const).map(
        (name) => [name, (...args: unknown[]) => Reflect.apply(events[name], events, args) as unknown],
      ),
    ),
  }
  const properties = Object.entries(members).map(([name, value]) => [name, { value, writable: true }])
  return Object.create(process, Object.fromEntries(properties) as PropertyDescriptorMap) as NodeJS.Process
}

/** Node's modules that know of the process: its descriptors are its streams, and what it starts runs here where that can be. */
function nodeModulesFor(own: NodeJS.Process, surroundings: Surroundings): Readonly<Record<string, unknown>> {
  let unread = surroundings.stdin
  const readSync = (file: number, buffer: Buffer, ...rest: unknown[]): number => {
    if (file !== 0) return Reflect.apply(fs.readSync, fs, [file, buffer, ...rest]) as number
    const length = unread.copy(buffer)
    unread = unread.subarray(length)
    return length
  }
  const writeSync = (file: number, bytes: Buffer | string, ...rest: unknown[]): number => {
    if (file !== 1 && file !== 2) return Reflect.apply(fs.writeSync, fs, [file, bytes, ...rest]) as number
    const start = typeof rest[0] === 'number' ? rest[0] : 0
    const written = Buffer.from(bytes as Buffer).subarray(start)
    ;(file === 1 ? own.stdout : own.stderr).write(written)
    return written.length
  }
  const spawn = (command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess =>
    (command === process.execPath ? startScript(args, own) : undefined) ??
    childProcess.spawn(command, args, { env: own.env, cwd: own.cwd(), ...options })
  return {
    'node:process': own,
    'node:fs': { ...fs, readSync, writeSync },
    'node:tty': { ...tty, isatty: () => false },
    // Flags would be this process's.
    'node:v8': { ...v8, setFlagsFromString: () => undefined },
    'node:child_process': { ...childProcess, spawn },
  }
}

/** A built script as a child; nothing where it is none that runs here. */
function startScript(
  [script = '', ...argv]: readonly string[],
  parent: NodeJS.Process,
): ChildProcess | undefined {
  const start = scriptIn(relative(root, script).split(sep).join('/'))
  if (start === undefined || argv.length > 0) return undefined
  const [stdout, stderr, received] = [new PassThrough(), new PassThrough(), [] as Buffer[]]
  let isKilled = false
  const child = Object.assign(new EventEmitter(), {
    stdout,
    stderr,
    exitCode: null as number | null,
    stdin: new Writable({
      write(chunk: Buffer, _encoding, done) {
        received.push(chunk)
        done()
      },
      final(done) {
        done()
        const surroundings = { stdin: Buffer.concat(received), env: parent.env, cwd: parent.cwd() }
        void runProgram(start, { ...surroundings, stdout, stderr }).then((code) => {
          if (!isKilled) end(code)
        })
      },
    }),
    kill(): boolean {
      isKilled = true
      end(null)
      return true
    },
  })
  const end = (code: number | null): void => {
    child.exitCode = code
    const ended = [stdout, stderr].map((stream) => new Promise((resolve) => stream.once('end', resolve)))
    for (const stream of [stdout, stderr]) stream.end()
    child.emit('exit', code)
    void Promise.all(ended).then(() => child.emit('close', code))
  }
  return child as unknown as ChildProcess
}

/** Runs a built script of a connector within this process. */
export async function runScriptHere(
  path: string,
  stdin: Buffer,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const start = scriptIn(path)
  if (start === undefined) throw new Error(`${path} is no script that can run within a test's process`)
  const [stdout, stderr] = [keeping(), keeping()]
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream }
  const code = await runProgram(start, { ...streams, env, cwd: process.cwd() })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** How the script of this path begins: what scripts/build/build.mjs writes into it. */
function scriptIn(path: string): ((program: Program) => Promise<void>) | undefined {
  type Run = (name: string, work: unknown) => Promise<void>
  const [, doctor] = /^dist\/cli\/([^/]+)\.doctor\.mjs$/.exec(path) ?? []
  if (doctor !== undefined) {
    return ({ load }) => {
      const { runDoctor } = load<{ runDoctor: (facts: unknown) => Promise<void> }>('doctor/runDoctor.ts')
      return runDoctor(load<{ facts: unknown }>(`connectors/${doctor}/doctor.ts`).facts)
    }
  }
  const [, connector = '', action = ''] = /^dist\/([^/]+)\/(\w+)\.mjs$/.exec(path) ?? []
  if (connector === '' || connector === 'cli' || action === 'worker') return undefined
  const file = `connectors/${connector}/${action}.ts`
  return action.startsWith('import')
    ? ({ load }) =>
        load<{ runImport: Run }>('shared/host/importStream.ts').runImport(
          action,
          load<{ importStream: unknown }>(file).importStream,
        )
    : ({ load }) =>
        load<{ run: Run }>('shared/host/run.ts').run(action, load<{ action: unknown }>(file).action)
}

/** A stream that keeps what is written on it. */
export function keeping(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') }
}
