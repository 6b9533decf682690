import { flagship } from '../../cli/lib/connector.ts'
import type { main as Main } from '../../cli/main.ts'
import type { terminalOn as TerminalOn } from '../../cli/lib/terminal.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { root } from '../process.ts'
import { isFull } from '../matrix.ts'
import { keeping, runProgram } from '../program.ts'

/** One run of the tool. */
export interface ToolRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ToolOptions {
  /** Nothing: an empty stdin, as of a terminal that was closed. */
  readonly stdin?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly program?: string
  readonly onStart?: (child: ChildProcess) => void
}

export const program = join(root, 'dist', 'cli', 'salesforce-connector.mjs')

/** The environment of this process without the settings that this machine may have. */
const plainEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(SALESFORCE_|FORCE_COLOR|NO_COLOR)/.test(name)),
  )

/**
 * Runs the tool, and the scripts that it starts, within this process (see program.ts); as processes in the full run, and where
 * a test has its own program or acts on the process.
 */
export async function tool(args: readonly string[], options: ToolOptions = {}): Promise<ToolRun> {
  if (isFull || options.program !== undefined || options.onStart !== undefined)
    return toolProcess(args, options)
  const [stdout, stderr] = [keeping(), keeping()]
  const env = { ...plainEnvironment(), ...options.env }
  const cwd = options.cwd ?? root
  const code = await runProgram(
    ({ load, process: { stdout: out, stderr: err } }) => {
      const { main } = load<{ main: typeof Main }>('cli/main.ts')
      const { terminalOn } = load<{ terminalOn: typeof TerminalOn }>('cli/lib/terminal.ts')
      return main(args, { root, cwd, env, out: terminalOn(out), err: terminalOn(err) })
    },
    { stdin: Buffer.from(options.stdin ?? ''), stdout: stdout.stream, stderr: stderr.stream, env, cwd },
  )
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** Runs the built tool as a process. */
export function toolProcess(args: readonly string[], options: ToolOptions = {}): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.program ?? program, ...args], {
      env: { ...plainEnvironment(), ...options.env },
      cwd: options.cwd ?? root,
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      const [stdout, stderr] = [out, err].map((chunks) => Buffer.concat(chunks).toString('utf8'))
      resolve({ code, stdout: stdout ?? '', stderr: stderr ?? '' })
    })
    child.stdin.end(options.stdin ?? '')
    options.onStart?.(child)
  })
}

/** What an engineer would have in .env for the seeded org. */
export function environmentFor(url: string): Record<string, string> {
  return {
    SALESFORCE_BASE_URL: url,
    SALESFORCE_CLIENT_ID: seedCredentials.clientId,
    SALESFORCE_CLIENT_SECRET: seedCredentials.clientSecret,
  }
}

/** A sample context on this org; the flagship's are in the folder itself, those of another connector in one of its name. */
export async function sample(name: string, url: string, connector = flagship): Promise<string> {
  const own = connector === flagship ? [] : [connector]
  const text = await readFile(join(root, 'samples', 'contexts', ...own, `${name}.json`), 'utf8')
  return text.replaceAll('http://127.0.0.1:8400', url)
}

/** A folder with these files, which is gone afterwards. */
export async function withFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'salesforce-connector-'))
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
