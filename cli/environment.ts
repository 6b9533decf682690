import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'dotenv'
import type { JsonObject } from '../shared/validate.ts'
import { type Tool, UsageError } from './tool.ts'

/** The settings of the connection: what may stand in `.env` or the environment instead of in a context. */
export const connectionSettings = [
  'BaseUrl',
  'AuthenticationUri',
  'AuthenticationFlow',
  'ClientID',
  'ClientSecret',
  'UserName',
  'Password',
  'SecurityToken',
  'PrivateKey',
  'PrivateKeyPassphrase',
  'JwtAudience',
  'TokenCache',
  'ApiVersion',
] as const

/** `ClientID` is `SALESFORCE_CLIENT_ID` there. */
export function environmentName(setting: string): string {
  return `SALESFORCE_${setting.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`
}

/** The variables of `.env` in the current folder, and those of the environment, which win. */
export async function readEnvironment({
  cwd,
  env,
}: Tool): Promise<Readonly<Record<string, string | undefined>>> {
  let file: Readonly<Record<string, string>> = {}
  try {
    file = parse(await readFile(join(cwd, '.env'), 'utf8'))
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing) throw new UsageError(`.env cannot be read (${String(error)}).`, { cause: error })
  }
  return { ...file, ...env }
}

/** Settings with what the environment has for them, and the names of the variables that were used. */
export interface CompletedSettings {
  readonly settings: JsonObject
  readonly used: readonly string[]
  /** Why the environment was left alone, where it was. */
  readonly note: string | undefined
}

/**
 * Puts the variables' values in the place of `${NAME}`, and of connection settings that are absent or empty. Those of one
 * org never complete the settings of another: where the context and the environment name different addresses, only
 * placeholders are replaced, and only by variables of other names. Throws `UsageError` naming the variables that a
 * placeholder needs and nobody has set, or that belong to the other org.
 */
export function completeSettings(
  given: JsonObject,
  env: Readonly<Record<string, string | undefined>>,
): CompletedSettings {
  const used = new Set<string>()
  const missing = new Set<string>()
  const settings: JsonObject = {}
  for (const [name, value] of Object.entries(given)) {
    settings[name] =
      typeof value !== 'string'
        ? value
        : value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
            const found = Object.hasOwn(env, variable) ? env[variable] : undefined
            if (found === undefined || found === '') missing.add(variable)
            else used.add(variable)
            return found ?? ''
          })
  }
  if (missing.size > 0) {
    throw new UsageError(
      `The context needs ${[...missing].join(', ')}: set it in .env or in the environment.`,
    )
  }
  const spelling = new Map(Object.keys(settings).map((name) => [name.toLowerCase(), name]))
  const valueOf = (setting: string): unknown => settings[spelling.get(setting.toLowerCase()) ?? setting]
  const own = ['BaseUrl', 'AuthenticationUri'].map((setting) => env[environmentName(setting)] ?? '')
  if (own[0] !== '' && ['BaseUrl', 'AuthenticationUri'].some((name) => isElsewhere(valueOf(name), own))) {
    const theirs = [...used].filter((variable) => connectionSettings.map(environmentName).includes(variable))
    if (theirs.length > 0) {
      throw new UsageError(
        `The context names another address than ${environmentName('BaseUrl')}, and asks for ${theirs.join(', ')}: what belongs to one org is not sent to another. Give the variables of the other org names of their own.`,
      )
    }
    return { settings, used: [...used], note: otherOrg }
  }
  for (const setting of connectionSettings) {
    const variable = environmentName(setting)
    const value = env[variable]
    const current = valueOf(setting)
    const isEmpty = current === undefined || current === null || current === ''
    if (!isEmpty || value === undefined || value === '') continue
    settings[spelling.get(setting.toLowerCase()) ?? setting] = value
    used.add(variable)
  }
  return { settings, used: [...used], note: undefined }
}

const otherOrg = `The context names another address than ${environmentName('BaseUrl')}: its settings are used as they are.`

/** Which variables filled in settings, and where each is from: a line for each place. */
export function originLines({ env }: Tool, used: readonly string[]): string[] {
  const given = (name: string): boolean => env[name] !== undefined
  const line = (place: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`From ${place}: ${names.join(', ')}`]
  return [
    ...line(
      '.env',
      used.filter((name) => !given(name)),
    ),
    ...line('the environment', used.filter(given)),
  ]
}

/** Salesforce's own addresses for signing in to any org, which older set-ups use. */
const signInForAll: readonly string[] = ['https://login.salesforce.com', 'https://test.salesforce.com']

/** Whether an address is none of those that the environment names: what is secret there must not be sent to it. */
function isElsewhere(given: unknown, own: readonly string[]): boolean {
  if (typeof given !== 'string' || given === '') return false
  const origin = originOf(given)
  return ![...own.filter((address) => address !== '').map(originOf), ...signInForAll].includes(origin)
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address
}
