import { AsyncLocalStorage } from 'node:async_hooks'
import fs from 'node:fs'
import { join } from 'node:path'
import type { Action, ActionName } from '../shared/action/actions.ts'
import { type ActionInput, parseInput } from '../shared/action/context.ts'
import type { ActionResult } from '../shared/action/result.ts'
import { perform, toFailure } from '../shared/action/run.ts'
import { type Output, root, type Run, runScript } from './process.ts'
import { isFull } from './product.ts'

/** What is logged within one answer, though others are on their way. */
const logs = new AsyncLocalStorage<string[]>()

const write = fs.writeSync
let isCatching = false

/** jest itself writes as well, to files: what it has compiled. */
function catchLogs(): void {
  if (isCatching) return
  isCatching = true
  jest.spyOn(fs, 'writeSync').mockImplementation((file: number, ...rest: unknown[]): number => {
    const lines = logs.getStore()
    if (file !== 2 || lines === undefined) return Reflect.apply(write, fs, [file, ...rest]) as number
    lines.push(String(rest[0]))
    return 0
  })
}

/**
 * What an action answers to this context (a text as it is, anything else as JSON), without a process of its own: for the cases
 * of a table, where other tests of the same file start the built script. In the full run it is the built script here too.
 */
export async function answer(name: string, context: unknown): Promise<Run> {
  if (isFull) return runScript(name, context)
  const stdin = typeof context === 'string' ? context : JSON.stringify(context)
  catchLogs()
  const lines: string[] = []
  const { code, result } = await logs.run(lines, () => outcome(name as ActionName, stdin))
  const stdout = `${JSON.stringify(result)}\n`
  return { code, stdout, stderr: lines.join(''), output: JSON.parse(stdout) as Output }
}

async function outcome(name: ActionName, stdin: string): Promise<{ code: number; result: ActionResult }> {
  let input: ActionInput
  try {
    input = parseInput(stdin)
  } catch (error) {
    return { code: 2, result: toFailure(name, { actionContext: { DryRun: true } }, error) }
  }
  // Since when the process runs is no business of the action's time.
  const result = await perform(name, actionOf(name), input, process.uptime() * 1000)
  return { code: result.Success ? 0 : 1, result }
}

function actionOf(name: ActionName): Action {
  const path = join(root, 'connectors', 'salesforce-scim', `${name}.ts`)
  const { action } = jest.requireActual<{ action: Action }>(path)
  return action
}
