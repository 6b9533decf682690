import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { isObject, type JsonObject } from '../shared/validate.ts'
import { completeSettings, readEnvironment } from './environment.ts'
import { asObject, parseJson, readText, type Tool, UsageError } from './tool.ts'

/** A context that can be handed to a script. */
export interface ReadyContext {
  readonly input: JsonObject & { readonly actionContext: JsonObject }
  /** Variables of the environment that filled it in. */
  readonly used: readonly string[]
  readonly note: string | undefined
}

/** Reads a context from a file, or from stdin for `-` and where nothing is named and something is piped in. */
export async function readContext(tool: Tool, source: string | undefined): Promise<JsonObject> {
  const expected = 'an actionContext'
  if (source !== undefined && source !== '-') {
    return asObject(parseJson(await readText(tool, source), source), source, expected)
  }
  if (source === undefined && process.stdin.isTTY) {
    throw new UsageError('Name a context with --context <file>, or pipe one in.')
  }
  const piped = await text(process.stdin)
  if (piped.trim() === '')
    throw new UsageError('stdin is empty: name a context with --context <file>, or pipe one in.')
  return asObject(parseJson(piped, 'stdin'), 'stdin', expected)
}

/**
 * The context as a script gets it: in an envelope, with DryRun as it is asked for and with the settings that the
 * environment has. Bodies of requests are logged, so that they can be shown.
 */
export async function completeContext(
  tool: Tool,
  given: JsonObject,
  isDryRun: boolean,
): Promise<ReadyContext> {
  const envelope = memberOf(given, 'actionContext')
  const { name, value } = envelope ?? { name: 'actionContext', value: given }
  const rest = envelope === undefined ? {} : without(given, name)
  const actionContext = asObject(value, 'actionContext', 'an object')
  const configuration = memberOf(actionContext, 'Configuration')
  const settings = isObject(configuration?.value) ? configuration.value : {}
  const completed = completeSettings(without(settings, 'LogRequestBodies'), await readEnvironment(tool))
  return {
    input: {
      ...rest,
      actionContext: {
        ...without(without(actionContext, 'DryRun'), 'Configuration'),
        DryRun: isDryRun,
        Configuration: { ...completed.settings, LogRequestBodies: true },
      },
    },
    used: completed.used,
    note: completed.note ?? missingFile(tool, completed.settings),
  }
}

/** The beginner's mistake, by its name: no settings, because nobody has written the file, or it is in another folder. */
function missingFile({ cwd }: Tool, settings: JsonObject): string | undefined {
  const address = memberOf(settings, 'BaseUrl')?.value
  const hasAddress = typeof address === 'string' && address !== ''
  if (hasAddress || existsSync(join(cwd, '.env'))) return undefined
  return `There is no .env in ${cwd}: .env.example has what goes into one.`
}

/** A member by its name in any case: hosts spell as they like. */
function memberOf(object: JsonObject, wanted: string): { name: string; value: unknown } | undefined {
  const name = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted.toLowerCase())
  return name === undefined ? undefined : { name, value: object[name] }
}

function without(object: JsonObject, unwanted: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => name.toLowerCase() !== unwanted.toLowerCase()),
  )
}
