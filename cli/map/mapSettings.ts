import { isObject, type JsonObject } from '../../shared/validate.ts'
import { completeSettings } from '../lib/completeSettings.ts'
import { type Connector, formDefaults } from '../lib/connector.ts'
import { readEnvironment, unknownVariables } from '../lib/environment.ts'
import { asObject, readJson, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'

/** The settings to map with. */
export interface MapSettings {
  readonly settings: JsonObject
  /** The settings among them that nobody chose: what the form offers. */
  readonly defaults: readonly string[]
  /** What there is to say about them. */
  readonly notes: readonly string[]
}

/**
 * Settings by name, or a form, whose default values they are then; completed from the environment and, without either, by what
 * the form offers. Secrets stay out: what `map` prints is passed on, and `run` takes them from the environment.
 */
export async function readMapSettings(
  tool: CliEnvironment,
  connector: Connector,
  path: string | undefined,
): Promise<MapSettings> {
  const given = path === undefined ? {} : await readSettings(tool, connector, path)
  // `run` replaces placeholders: they may name secrets.
  const members = Object.entries(given)
  const isPlaceholder = ([, value]: [string, unknown]): boolean =>
    typeof value === 'string' && value.includes('${')
  const placeholders = Object.fromEntries(members.filter(isPlaceholder))
  const plain = Object.fromEntries(members.filter((member) => !isPlaceholder(member)))
  const form = connector.form.filter(({ key, isSecret }) => !isSecret && key !== 'LogRequestBodies')
  const environment = await readEnvironment(tool)
  const { settings: completed } = completeSettings(plain, form, { ...environment, allowed: [] })
  const own: JsonObject = { ...completed, ...placeholders }
  const offered = path === undefined ? formDefaults(connector) : {}
  const defaults = Object.keys(offered).filter((name) => !Object.hasOwn(own, name))
  return {
    settings: { ...offered, ...own },
    defaults,
    notes: [
      ...environment.warnings,
      ...(await unknownVariables(tool, environment, placeholderNames(placeholders))),
    ],
  }
}

function placeholderNames(settings: JsonObject): string[] {
  return [...JSON.stringify(settings).matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
}

async function readSettings(tool: CliEnvironment, connector: Connector, path: string): Promise<JsonObject> {
  const value = await readJson(tool, path)
  if (!Array.isArray(value)) {
    const settings = asObject(value, path, 'an object of settings, nor a form')
    const names = Object.keys(settings).map((name) => name.toLowerCase())
    if (names.length > 0 && !connector.form.some(({ key }) => names.includes(key.toLowerCase())))
      throw new UsageError(`${path} has none of the settings of ${connector.name}.`)
    return settings
  }
  const entries = value.filter(isObject)
  return Object.fromEntries(entries.map(({ key, defaultValue }) => [String(key), defaultValue ?? '']))
}
