import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isObject, nearest } from '../../shared/validate.ts'
import { UsageError } from './cliEnvironment.ts'

/** The connector that is meant where none is named. */
export const flagship = 'salesforce-scim'

/** What help says of `--connector`. */
export const connectorHelp = 'salesforce-scim or salesforce-apex-rest'

/** One setting of the form. */
export interface FormEntry {
  readonly key: string
  readonly defaultValue: unknown
  readonly isSecret: boolean
}

/** A connector as its manifest describes it. */
export interface Connector {
  readonly name: string
  readonly actions: readonly string[]
  readonly form: readonly FormEntry[]
  /** The path of its field mapping. */
  readonly fieldMapping: string
}

/** What a field's value must be, as the build writes it for this tool (`dist/cli/<connector>.fields.json`). */
export interface FieldRule {
  readonly maxLength?: number
  readonly isRequired?: boolean
  /** Prefix of the id that it must be. */
  readonly id?: string
  /** How its values compare, where that is not exactly. */
  readonly comparison?: 'exact' | 'caseless' | 'id' | 'typed'
  /** Whether an update writes it. */
  readonly isWritten?: boolean
  /** Salesforce's own name of it, on the User object; absent where that has none. */
  readonly userField?: string
}

/** The connectors of this package. */
export async function connectorNames(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'connectors'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** Reads a connector of this package. Throws `UsageError` for a name that is none. */
export async function readConnector(root: string, name: string): Promise<Connector> {
  const folder = join(root, 'connectors', name)
  if (!/^[\w-]+$/.test(name) || !existsSync(join(folder, 'manifest.json'))) {
    const names = await connectorNames(root)
    const near = nearest(name, names)
    const meant = near === undefined ? '' : `: is ${near} meant?`
    throw new UsageError(`There is no connector "${name}"${meant || '.'} There is: ${names.join(', ')}.`)
  }
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    actions: string[]
    configuration: string
    fieldMapping: string
  }
  return {
    name,
    actions: manifest.actions,
    form: await readForm(join(folder, manifest.configuration)),
    fieldMapping: join(folder, manifest.fieldMapping),
  }
}

async function readForm(path: string): Promise<FormEntry[]> {
  const form = JSON.parse(await readFile(path, 'utf8')) as {
    key: string
    defaultValue?: unknown
    templateOptions?: { type?: string }
  }[]
  return form.map(({ key, defaultValue, templateOptions }) => ({
    key,
    defaultValue,
    isSecret: templateOptions?.type === 'password',
  }))
}

/** The settings of all connectors: one `.env` may serve several. */
export async function settingNames(root: string): Promise<string[]> {
  const connectors = await Promise.all(
    (await connectorNames(root)).map((connector) => readConnector(root, connector)),
  )
  return [...new Set(connectors.flatMap(({ form }) => form.map(({ key }) => key)))]
}

/** The path of a built script. Throws `UsageError` for an action that the connector does not have, or that is not built. */
export function scriptOf(root: string, { name, actions }: Connector, action: string): string {
  if (!actions.includes(action)) {
    const near = nearest(action, actions)
    throw new UsageError(
      `${name} has no action "${action}"${near === undefined ? '.' : `: is ${near} meant?`} It has: ${actions.join(', ')}.`,
    )
  }
  const script = join(root, 'dist', name, `${action}.mjs`)
  if (!existsSync(script)) throw new UsageError('The scripts are not built: run npm run build.')
  return script
}

/** The settings as the form offers them before anyone fills it in. */
export function formDefaults({ form }: Connector): Record<string, unknown> {
  return Object.fromEntries(form.map(({ key, defaultValue }) => [key, defaultValue ?? '']))
}

/** What the connector asks of its fields, by name. */
export async function readFieldRules(root: string, name: string): Promise<ReadonlyMap<string, FieldRule>> {
  const text = await readFile(join(root, 'dist', 'cli', `${name}.fields.json`), 'utf8')
  const rules: unknown = JSON.parse(text)
  return new Map(
    Object.entries(isObject(rules) ? rules : {}).map(([field, rule]) => [field, rule as FieldRule]),
  )
}
