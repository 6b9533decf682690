import { isUtf8 } from 'node:buffer'
import { ConnectorError } from '../errors.ts'
import { isObject, nearest } from '../validate.ts'
import { type Action, type ActionName, actions } from './actions.ts'
import { type ActionInput, toInput } from './context.ts'
import { refuseRepeatedNames } from './repeatedNames.ts'

/** The actions that a worker has; those that answer with many lines are not among them. */
export type WorkerActions = Readonly<Partial<Record<ActionName, Action>>>

/** What the host knows a line by: it comes back with the answer, as it was. */
export type LineId = string | number

/** A line that can be carried out. */
export interface Job {
  readonly Id: LineId
  readonly name: ActionName
  readonly action: Action
  readonly input: ActionInput
}

/** A line that cannot; `name` where it names an action of this worker. */
export interface BadLine {
  readonly Id: LineId | null
  readonly name: ActionName | undefined
  readonly error: ConnectorError
}

/** What a line says; undefined for an empty one. `bytes` is undefined where it was too long to be read. */
export function readLine(bytes: Buffer | undefined, own: WorkerActions): Job | BadLine | undefined {
  let Id: LineId | null = null
  let name: ActionName | undefined
  try {
    const line = parse(bytes)
    if (line === undefined) return undefined
    Id = idOf(line['id'])
    const { actionName, action } = actionOf(line['action'], own)
    name = actionName
    return { Id, name, action, input: toInput(line['context'], 'Context') }
  } catch (error) {
    if (error instanceof ConnectorError) return { Id, name, error }
    throw error
  }
}

/** The members of a line by their names in lower case: hosts spell them as they like. */
function parse(bytes: Buffer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (bytes === undefined) throw bad('it is larger than 64 MB')
  if (!isUtf8(bytes)) throw bad('it is not UTF-8, nor UTF-16 with a byte order mark at the start of stdin')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw bad('it is not JSON')
  }
  if (!isObject(value)) throw bad('it is not a JSON object')
  refuseRepeatedNames(text, 'line')
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]))
}

function idOf(value: unknown): LineId {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw bad('its Id is a number that JSON rounds: send it as a text')
  }
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value
  throw bad('its Id is not a text or a number')
}

function actionOf(value: unknown, own: WorkerActions): { actionName: ActionName; action: Action } {
  if (typeof value !== 'string') throw bad('its Action is not a text')
  const actionName = (Object.keys(actions) as ActionName[]).find((known) => known === value)
  const action = actionName === undefined ? undefined : own[actionName]
  if (actionName !== undefined && action !== undefined) return { actionName, action }
  if (actionName !== undefined) {
    throw new ConnectorError(
      'INVALID_CONTEXT',
      `its Action ${actionName} answers with many lines, which a worker does not: run ${actionName}.mjs.`,
    )
  }
  const names = Object.keys(own)
  const near = nearest(value, names)
  throw new ConnectorError(
    'INVALID_CONTEXT',
    `its Action [${value.slice(0, 80)}] does not exist: ${near === undefined ? `expected one of ${names.join(', ')}.` : `is ${near} meant?`}`,
  )
}

function bad(problem: string): ConnectorError {
  return new ConnectorError(
    'INVALID_CONTEXT',
    `${problem}: { "Id", "Action", "Context" } as JSON on one line was expected.`,
  )
}
