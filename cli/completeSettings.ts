import type { JsonObject } from '../shared/validate.ts'
import type { FormEntry } from './connector.ts'
import { environmentName } from './environment.ts'
import { UsageError } from './tool.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Settings with what the environment has for them, and the names of the variables that were used. */
export interface CompletedSettings {
  /** In the form's spelling. */
  readonly settings: JsonObject
  readonly used: readonly string[]
  /** Why the environment was left alone, where it was. */
  readonly note: string | undefined
}

/** The variables that name the org, and the settings that they are for. */
const addresses = ['BaseUrl', 'AuthenticationUri'] as const

/** What the older connector called settings that the form has under another name. */
const olderNames: Readonly<Record<string, string>> = { UserName: 'adminusername', Password: 'adminpassword' }

/**
 * Puts the variables' values in the place of `${NAME}`, and of settings of the form that are absent or empty. Those of one
 * org never complete the settings of another: where the context and the environment name different addresses, only
 * placeholders are replaced, and only by variables of other names. Throws `UsageError` naming the variables that a
 * placeholder needs and nobody has set, or that belong to the other org.
 */
export function completeSettings(
  given: JsonObject,
  form: readonly FormEntry[],
  env: Variables,
): CompletedSettings {
  const used = new Set<string>()
  const settings = inSpellingOf(form, replacePlaceholders(given, env, used))
  const variables = form.map(({ key }) => environmentName(key))
  const own = addresses.map((setting) => env[environmentName(setting)] ?? '')
  if (own[0] !== '' && addresses.some((name) => isElsewhere(settings[name], own))) {
    const theirs = [...used].filter((variable) => variables.includes(variable))
    if (theirs.length > 0) {
      throw new UsageError(
        `The context names another address than ${environmentName('BaseUrl')}, and asks for ${theirs.join(', ')}: what belongs to one org is not sent to another. Give the variables of the other org names of their own.`,
      )
    }
    return { settings, used: [...used], note: otherOrg }
  }
  const names = Object.keys(settings).map((name) => name.toLowerCase())
  for (const { key } of form) {
    const variable = environmentName(key)
    const value = Object.hasOwn(env, variable) ? (env[variable] ?? '') : ''
    const isOlder = names.includes(olderNames[key] ?? '')
    if (!isEmpty(settings[key]) || isOlder || value === '') continue
    settings[key] = value
    used.add(variable)
  }
  return { settings, used: [...used], note: undefined }
}

const otherOrg = `The context names another address than ${environmentName('BaseUrl')}: its settings are used as they are.`

/** As a script takes it: of a form that was not filled in. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function replacePlaceholders(given: JsonObject, env: Variables, used: Set<string>): JsonObject {
  const missing = new Set<string>()
  const replaced = Object.entries(given).map(([name, value]): [string, unknown] => {
    if (typeof value !== 'string') return [name, value]
    const text = value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      const found = Object.hasOwn(env, variable) ? env[variable] : undefined
      if (found === undefined || found === '') missing.add(variable)
      else used.add(variable)
      return found ?? ''
    })
    return [name, text]
  })
  if (missing.size > 0) {
    throw new UsageError(
      `The context needs ${[...missing].join(', ')}: set it in .env or in the environment.`,
    )
  }
  return Object.fromEntries(replaced)
}

/** Scripts take the names in any case: judged here by one name, a setting is the one that they use. */
function inSpellingOf(form: readonly FormEntry[], settings: JsonObject): JsonObject {
  const spelling = new Map(form.map(({ key }) => [key.toLowerCase(), key]))
  const taken = new Set<string>()
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const key = spelling.get(name.toLowerCase()) ?? name
      if (taken.has(key.toLowerCase())) {
        throw new UsageError(`Configuration.${key} is given twice, in two spellings: give it once.`)
      }
      taken.add(key.toLowerCase())
      return [key, value]
    }),
  )
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
