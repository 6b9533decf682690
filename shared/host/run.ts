import { ConnectorError, evidenceOf, type Language } from '../errors.ts'
import { languageOf } from '../language/languageOf.ts'
import { translate } from '../language/translate.ts'
import { log, logWarnings } from '../log.ts'
import { bound, redact, redactForeign } from '../redact.ts'
import { visible } from '../visible.ts'
import { type Action, type ActionName, failureFor, type Shared } from './actions.ts'
import { type ActionInput, parseInput } from './context.ts'
import type { ActionResult } from './result.ts'
import { readStdin } from './stdin.ts'
import { writeDocument } from './stdout.ts'

/**
 * Runs an action as this process: stdin -> action -> one document on stdout, whatever happens. Exit code 0 for success,
 * 1 for a failure, 2 when stdin could not be understood. Resolves when the document is written.
 */
export async function run(name: ActionName, action: Action): Promise<void> {
  logWarnings()
  let isAnswered = false
  const answer = (result: ActionResult, exitCode: number): void => {
    if (isAnswered) return
    isAnswered = true
    process.exitCode = exitCode
    writeDocument(result)
  }

  let input: ActionInput = { actionContext: { DryRun: true } }
  const crash = (error: unknown): void => {
    if (!isAnswered) answer(toFailure(name, input, error), 1)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  process.on('beforeExit', () => {
    crash(new ConnectorError('UNEXPECTED', 'the action ended without a result'))
  })

  try {
    input = parseInput(readStdin())
  } catch (error) {
    answer(toFailure(name, input, error), 2)
    return
  }
  const result = await perform(name, action, input, 0)
  answer(result, result.Success ? 0 : 1)
}

/** Runs an action within this process; every error becomes a failing result. `startedAt` and `shared` as in `Call`. */
export async function perform(
  name: ActionName,
  action: Action,
  input: ActionInput,
  startedAt: number,
  shared?: Shared,
): Promise<ActionResult> {
  const closers: (() => void)[] = []
  try {
    const onEnd = (close: () => void): unknown => closers.push(close)
    const result = await action({ name, input, startedAt, onEnd, ...(shared !== undefined && { shared }) })
    return toOutput(result, input)
  } catch (error) {
    return toFailure(name, input, error)
  } finally {
    for (const close of closers) close()
  }
}

/** The result for an error, told in full in the log. */
export function toFailure(name: ActionName, input: ActionInput, error: unknown): ActionResult {
  if (isTooDeep(error)) return toFailure(name, input, tooDeep())
  const isExpected = error instanceof ConnectorError
  const message = error instanceof Error ? error.message : String(error)
  log('error', details(error, languageOf(input.actionContext.Configuration)), evidenceOf(error))
  const reason = isExpected ? message : `an unexpected error in the connector (${message})`
  return toOutput(failureFor({ name, input }, reason), input)
}

/** What is nested some thousand levels deep is no data of Salesforce or of a host, and no mistake of ours. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack')
}

function tooDeep(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'a value in the context or in an answer is nested too deeply')
}

/** Everything that is known of an error, for whoever debugs: its code, its causes, and its stack where it is our mistake. */
function details(error: unknown, language: Language): string {
  if (!(error instanceof Error)) return redactForeign(String(error))
  const cause = error.cause === undefined ? '' : `; caused by ${details(error.cause, language)}`
  if (error instanceof ConnectorError) return `${error.code}: ${translate(error.message, language)}${cause}`
  return `${redactForeign(error.stack ?? error.message)}${cause}`
}

/** Characters of one audit line as it is shown; what is longer is cut, and the line says so. */
const longestMessage = 16 * 1024

/** The result as the host gets it: without secrets, its lines in the language of the configuration. */
function toOutput(result: ActionResult, input: ActionInput): ActionResult {
  const language = languageOf(input.actionContext.Configuration)
  return {
    ...result,
    AuditLogs: result.AuditLogs.map((line) => ({
      ...line,
      Message: bound(translate(line.Message, language), longestMessage, (text) => visible(redact(text))),
    })),
  }
}
