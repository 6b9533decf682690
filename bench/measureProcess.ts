import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

/** One process to start: `node <script>`, with this text on stdin. */
export interface Launch {
  readonly script: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Where stdout goes, if it is much; else it is kept. */
  readonly stdoutFile?: string
}

/** What a process took, from before it was started until it had ended. */
export interface Taken {
  readonly wall: number
  readonly stdout: string
}

/** What a process used: milliseconds of all its threads, and its largest memory in MB. */
export interface Usage {
  readonly wall: number
  readonly cpu: number
  readonly memory: number
}

/** Where what a process used comes out; programs/usage.cjs writes it. */
const usageDescriptor = 3

/** Longer than the slowest import here. */
const timeout = 600_000

/** Starts a process and waits for its end, blocking this one: nothing else runs here meanwhile. Throws if it fails. */
export function take(launch: Launch): Taken {
  const { wall, stdout } = run(launch, {})
  return { wall, stdout }
}

/**
 * The same with the accounting loaded, which costs a millisecond or two: not for comparing wall times. `preload` is the
 * path of usage.cjs.
 */
export function takeUsage(launch: Launch, preload: string): Usage {
  const { wall, usage } = run(launch, { NODE_OPTIONS: `--require=${JSON.stringify(preload)}` })
  const { cpu, memory } = JSON.parse(usage) as { cpu: number; memory: number }
  return { wall, cpu, memory }
}

function run(launch: Launch, env: Readonly<Record<string, string>>): Taken & { usage: string } {
  const stdout = launch.stdoutFile === undefined ? 'pipe' : openSync(launch.stdoutFile, 'w')
  const started = performance.now()
  const child = spawnSync(process.execPath, [launch.script], {
    input: launch.input ?? '',
    env: { ...cleanEnvironment(), ...launch.env, ...env },
    stdio: ['pipe', stdout, 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout,
    windowsHide: true,
  })
  const wall = performance.now() - started
  if (typeof stdout === 'number') closeSync(stdout)
  if (child.error !== undefined) throw child.error
  // What fails early would look fast.
  if (child.status !== 0) {
    throw new Error(
      `${launch.script} ended with ${child.status ?? child.signal}: ${child.stderr}${child.stdout ?? ''}`,
    )
  }
  return { wall, stdout: child.stdout ?? '', usage: child.output[usageDescriptor] ?? '' }
}

/** This machine's environment without proxies and options for Node, which would be measured with the scripts. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(https?|no|all)_proxy$|^NODE_|^npm_/i.test(name),
  )
  return Object.fromEntries(own)
}
