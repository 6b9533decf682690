import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { refuseRepeatedNames } from '../../shared/host/repeatedNames.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { isObject, type JsonObject } from '../../shared/validate.ts'
import { completeSettings } from './completeSettings.ts'
import { type Connector, formDefaults } from './connector.ts'
import { readEnvironment, unknownVariables } from './environment.ts'
import { asObject, decode, parseJson, readText, type CliEnvironment, UsageError } from './cliEnvironment.ts'

/** A context that can be handed to a script. */
export interface ReadyContext {
  readonly input: JsonObject & { readonly actionContext: JsonObject }
  /** Variables of the environment that filled it in. */
  readonly used: readonly string[]
  /** What there is to say about them. */
  readonly notes: readonly string[]
}

/** Reads a context from a file, or from stdin for `-` and where nothing is named and something is piped in. */
export async function readContext(tool: CliEnvironment, source: string | undefined): Promise<JsonObject> {
  if (source !== undefined && source !== '-') {
    return contextIn(await readText(tool, source), source)
  }
  if (source === undefined && process.stdin.isTTY) {
    throw new UsageError('Name a context with --context <file>, or pipe one in.')
  }
  const piped = decode(await buffer(process.stdin), 'stdin')
  if (piped.trim() === '')
    throw new UsageError('stdin is empty: name a context with --context <file>, or pipe one in.')
  return contextIn(piped, 'stdin')
}

/** Refused as a script refuses it: what this tool judges must be what the script reads. */
function contextIn(text: string, name: string): JsonObject {
  const context = asObject(parseJson(text, name), name, 'an actionContext')
  try {
    refuseRepeatedNames(text)
  } catch (error) {
    if (error instanceof ConnectorError) throw new UsageError(`${name}: ${error.message}`, { cause: error })
    throw error
  }
  return context
}

/**
 * The context as a script gets it: in an envelope, with DryRun as it is asked for and with the settings that the
 * environment has; what the form offers comes last. Bodies of requests are logged, so that they can be shown.
 */
export async function completeContext(
  tool: CliEnvironment,
  connector: Connector,
  given: JsonObject,
  isDryRun: boolean,
  allowed: readonly string[],
): Promise<ReadyContext> {
  const envelope = memberOf(given, 'actionContext')
  const { name, value } = envelope ?? { name: 'actionContext', value: given }
  const rest = envelope === undefined ? {} : without(without(given, name), defaultsMember)
  const actionContext = asObject(value, 'actionContext', 'an object')
  const configuration = memberOf(actionContext, 'Configuration')
  const settings = isObject(configuration?.value) ? configuration.value : {}
  // The log is what this tool shows: it is always asked for.
  const form = connector.form.filter(({ key }) => key !== 'LogRequestBodies')
  const { own, defaults } = splitDefaults(
    without(settings, 'LogRequestBodies'),
    memberOf(given, defaultsMember)?.value,
    connector,
  )
  const environment = await readEnvironment(tool)
  const completed = completeSettings(own, form, { ...environment, allowed })
  const note = completed.note ?? missingFile(tool, completed.settings)
  return {
    input: {
      ...rest,
      actionContext: {
        ...without(without(actionContext, 'DryRun'), 'Configuration'),
        DryRun: isDryRun,
        Configuration: { ...defaults, ...completed.settings, LogRequestBodies: true },
      },
    },
    used: completed.used,
    notes: [
      ...(note === undefined ? [] : [note]),
      ...environment.warnings,
      ...(await unknownVariables(tool, environment, completed.used)),
    ],
  }
}

/** Names, in the envelope, the settings that nobody chose: what the form offers. */
export const defaultsMember = 'formDefaults'

/** Parts what somebody chose from what the form offers, which is to come behind the environment. */
function splitDefaults(
  settings: JsonObject,
  names: unknown,
  connector: Connector,
): { readonly own: JsonObject; readonly defaults: JsonObject } {
  if (!Array.isArray(names)) return { own: settings, defaults: {} }
  const offered: JsonObject = formDefaults(connector)
  const isDefault = ([name, value]: [string, unknown]): boolean =>
    names.includes(name) && Object.hasOwn(offered, name) && offered[name] === value
  const members = Object.entries(settings)
  return {
    own: Object.fromEntries(members.filter((member) => !isDefault(member))),
    // The scripts take the flow from the credentials that are there: what the form offers would be in their way.
    defaults: without(Object.fromEntries(members.filter(isDefault)), 'AuthenticationFlow'),
  }
}

/** The beginner's mistake, by its name: no settings, because nobody has written the file, or it is in another folder. */
function missingFile({ cwd }: CliEnvironment, settings: JsonObject): string | undefined {
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
