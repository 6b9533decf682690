import { AsyncLocalStorage } from 'node:async_hooks'
import fs from 'node:fs'
import { join } from 'node:path'
import type { Action, ActionName } from '../shared/host/actions.ts'
import { type ActionInput, parseInput } from '../shared/host/context.ts'
import type { ActionResult } from '../shared/host/result.ts'
import type { ImportStream } from '../shared/host/importStream.ts'
import { perform, toFailure } from '../shared/host/run.ts'
import { type Output, root, type Run, runScript } from './process.ts'
import { isFull } from './matrix.ts'

const flagship = 'salesforce-scim'

/** Loaded together: between tests, where a concurrent one may find itself, jest loads nothing that is new. */
const accountActions: readonly string[] = [
  'create',
  'update',
  'enable',
  'disable',
  'delete',
  'uniquenessCheck',
]

/** What is logged within one answer, though others are on their way. */
const logs = new AsyncLocalStorage<string[]>()

const write = fs.writeSync
let isCatching = false

/** jest itself writes as well, to files: what it has compiled. */
function catchLogs(): void {
  if (isCatching) return
  isCatching = true
  // The random part of the pauses between tries: how long it is, is no case of any table, and nobody has to wait for it.
  const { random } = Math
  jest.spyOn(Math, 'random').mockImplementation(() => random() / 100)
  jest.spyOn(fs, 'writeSync').mockImplementation((file: number, ...rest: unknown[]): number => {
    const lines = logs.getStore()
    if (file !== 2 || lines === undefined) return Reflect.apply(write, fs, [file, ...rest]) as number
    const line = String(rest[0])
    lines.push(line)
    return Buffer.byteLength(line)
  })
}

/** What a piece of work comes to, and the lines that it logs. */
export async function logged<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly log: string[] }> {
  catchLogs()
  const log: string[] = []
  return { value: await logs.run(log, work), log }
}

/**
 * What an action answers to this context (a text as it is, anything else as JSON), without a process of its own: for the cases
 * of a table, where other tests of the same file start the built script. In the full run it is the built script here too.
 */
export async function answer(name: string, context: unknown, connector = flagship): Promise<Run> {
  if (isFull) return runScript(name, context, { connector })
  const stdin = typeof context === 'string' ? context : JSON.stringify(context)
  if (accountActions.includes(name)) for (const other of accountActions) load(other, connector)
  catchLogs()
  const lines: string[] = []
  const { code, result } = await logs.run(lines, () => outcome(name as ActionName, stdin, connector))
  const stdout = `${JSON.stringify(result)}\n`
  return { code, stdout, stderr: lines.join(''), output: JSON.parse(stdout) as Output }
}

/**
 * What an import gives for this context, without a process of its own: its lines and its log, of which the last is the error
 * that ended it. How a script ends, and where it says that it stands, is the script's own: see importStream.ts.
 */
export async function feed(
  name: ActionName,
  context: unknown,
  connector = flagship,
): Promise<Omit<Run, 'output'>> {
  if (isFull) return runScript(name, context, { connector })
  catchLogs()
  const log: string[] = []
  const stdout: string[] = []
  const code = await logs.run(log, async () => {
    const closers: (() => void)[] = []
    try {
      const input = parseInput(JSON.stringify(context))
      const onEnd = (close: () => void): unknown => closers.push(close)
      const { importStream: work } = load<{ importStream: ImportStream }>(name, connector)
      for await (const { objects } of work({ name, input, startedAt: process.uptime() * 1000, onEnd })) {
        stdout.push(...objects.map((object) => `${JSON.stringify(object)}\n`))
      }
      return 0
    } catch (error) {
      log.push(`${JSON.stringify({ level: 'error', message: String(error) })}\n`)
      return 1
    } finally {
      for (const close of closers) close()
    }
  })
  return { code, stdout: stdout.join(''), stderr: log.join('') }
}

async function outcome(
  name: ActionName,
  stdin: string,
  connector: string,
): Promise<{ code: number; result: ActionResult }> {
  let input: ActionInput
  try {
    input = parseInput(stdin)
  } catch (error) {
    return { code: 2, result: toFailure(name, { actionContext: { DryRun: true } }, error) }
  }
  // Since when the process runs is no business of the action's time.
  const result = await perform(
    name,
    load<{ action: Action }>(name, connector).action,
    input,
    process.uptime() * 1000,
  )
  return { code: result.Success ? 0 : 1, result }
}

function load<T extends object>(name: string, connector: string): T {
  return jest.requireActual<T>(join(root, 'connectors', connector, `${name}.ts`))
}
