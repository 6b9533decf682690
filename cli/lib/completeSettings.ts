import type { JsonObject } from '../../shared/validate.ts'
import type { FormEntry } from './connector.ts'
import { type Environment, environmentName } from './environment.ts'
import { UsageError } from './cliEnvironment.ts'

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

/** What may be used to fill in settings. */
export interface Variables extends Pick<Environment, 'values' | 'ofFile'> {
  /** Variables of the environment alone that placeholders may name all the same. */
  readonly allowed: readonly string[]
}

/**
 * Puts the variables' values in the place of `${NAME}`, and of settings of the form that are absent or empty. A context may come
 * from anybody, and says where its secrets are sent: none goes to an address that the environment does not name. Those of one org
 * never complete the settings of another, and placeholders name `SALESFORCE_…`, a name of `.env` or one that is allowed. Throws
 * `UsageError` naming the variables that nobody has set, that may not be named, or that belong to another address.
 */
export function completeSettings(
  given: JsonObject,
  form: readonly FormEntry[],
  variables: Variables,
): CompletedSettings {
  const { values, ofFile } = variables
  const used = new Set<string>()
  const settings = inSpellingOf(form, replacePlaceholders(given, variables, used))
  const own = originsOf(addresses.map((setting) => values[environmentName(setting)]))
  const elsewhere = originsOf(addresses.map((setting) => settings[setting])).filter(
    (origin) => ![...own, ...signInForAll].includes(origin),
  )
  if (elsewhere.length > 0) {
    const ofOrg = form.map(({ key }) => environmentName(key))
    const theirs = [...used].filter((variable) => ofOrg.includes(variable))
    if (theirs.length > 0) throw new UsageError(sentToAnother(theirs))
    const named = originsOf([...ofFile].map((name) => values[name]))
    const stranger = elsewhere.find((origin) => !named.includes(origin))
    if (used.size > 0 && stranger !== undefined) throw new UsageError(sentToStranger([...used], stranger))
    if (own.length > 0) return { settings, used: [...used], note: otherOrg }
  }
  const withheld: string[] = []
  const names = Object.keys(settings).map((name) => name.toLowerCase())
  for (const { key, isSecret } of form) {
    const variable = environmentName(key)
    const value = Object.hasOwn(values, variable) ? (values[variable] ?? '') : ''
    const isOlder = names.includes(olderNames[key] ?? '')
    if (!isEmpty(settings[key]) || isOlder || value === '') continue
    if (isSecret && elsewhere.length > 0) {
      withheld.push(variable)
      continue
    }
    settings[key] = value
    used.add(variable)
  }
  const note = withheld.length === 0 ? undefined : sentToStranger(withheld, elsewhere[0] ?? '')
  return { settings, used: [...used], note }
}

const otherOrg = `The context names another address than ${environmentName('BaseUrl')}: its settings are used as they are.`

function sentToAnother(theirs: readonly string[]): string {
  return `The context names another address than ${environmentName('BaseUrl')}, and asks for ${theirs.join(', ')}: what belongs to one org is not sent to another. Give the variables of the other org names of their own.`
}

function sentToStranger(names: readonly string[], origin: string): string {
  return `The context sends to ${origin}, which .env does not name: ${names.join(', ')} would go there, and is not used. If it belongs there, set ${environmentName('BaseUrl')} to that address.`
}

/** As a script takes it: of a form that was not filled in. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function replacePlaceholders(
  given: JsonObject,
  { values, ofFile, allowed }: Variables,
  used: Set<string>,
): JsonObject {
  const missing = new Set<string>()
  const forbidden = new Set<string>()
  const replaced = Object.entries(given).map(([name, value]): [string, unknown] => {
    if (typeof value !== 'string') return [name, value]
    const text = value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      const mayBeNamed = /^SALESFORCE_/.test(variable) || ofFile.has(variable) || allowed.includes(variable)
      const found = Object.hasOwn(values, variable) ? values[variable] : undefined
      if (found === undefined || found === '') missing.add(variable)
      else if (!mayBeNamed) forbidden.add(variable)
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
  if (forbidden.size > 0) {
    const options = [...forbidden].map((name) => `--allow-env ${name}`).join(' ')
    throw new UsageError(
      `The context asks for ${[...forbidden].join(', ')} of the environment, which is no variable of this tool. If it may have it, put it into .env or add ${options}.`,
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

/** The origins of addresses, without those that are not given; what is no address stands for itself. */
function originsOf(given: readonly unknown[]): string[] {
  return given
    .filter((address) => typeof address === 'string' && address.trim() !== '')
    .map((address) => originOf(String(address).trim()))
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address
}
