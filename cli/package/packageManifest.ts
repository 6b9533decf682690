import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import validateManifest from '../../generated/packageManifest.cjs'
import { check } from '../../shared/validate.ts'
import { slots } from './slot.ts'
import { parseJson } from '../lib/cliEnvironment.ts'

/** The manifest of a package: schemas/manifest.schema.json says what each member means. */
export interface PackageManifest {
  readonly name: string
  readonly displayName: string
  readonly direction: 'source' | 'target'
  readonly version: string
  readonly node: string
  readonly requirements: readonly string[]
  readonly actions: readonly string[]
  readonly permissionTypes: readonly string[]
  readonly settings: readonly PackageSetting[]
  readonly slots: readonly PackageSlot[]
  readonly worker?: string
  readonly configuration: string
  readonly fieldMapping: string
}

export interface PackageSetting {
  readonly key: string
  readonly label: string
  readonly required: boolean
  readonly secret: boolean
}

export interface PackageSlot {
  readonly slot: string
  readonly action: string
  readonly script: string
  readonly shim: string
}

/** A connector's own manifest: without what follows from its other files, and with paths in the project. */
export interface SourceManifest extends Omit<
  PackageManifest,
  'requirements' | 'settings' | 'slots' | 'worker'
> {
  readonly requirements?: readonly string[]
  readonly worker?: boolean
}

/** An entry of a configuration form, as far as it is told further. */
export interface FormField {
  readonly key: string
  readonly templateOptions: {
    readonly label: string
    readonly description?: string
    readonly required?: boolean
    readonly type?: string
  }
}

/** Reads the manifest of a connector of this project. */
export async function readSourceManifest(root: string, connector: string): Promise<SourceManifest> {
  const file = join(root, 'connectors', connector, 'manifest.json')
  return JSON.parse(await readFile(file, 'utf8')) as SourceManifest
}

/** The manifest that the package of a connector has. */
export function completeManifest(source: SourceManifest, form: readonly FormField[]): PackageManifest {
  const { name, displayName, direction, version, node, actions, permissionTypes } = source
  return {
    name,
    displayName,
    direction,
    version,
    node,
    requirements: [`Node.js ${lowestNode(node)} or newer`, ...(source.requirements ?? [])],
    actions,
    permissionTypes,
    settings: form.map(({ key, templateOptions: { label, required, type } }) => ({
      key,
      label,
      required: required === true,
      secret: type === 'password',
    })),
    slots: slots
      .filter(({ action }) => actions.includes(action))
      .map(({ slot, action, path }) => ({ slot, action, script: `${path}.mjs`, shim: `${path}.ps1` })),
    ...(source.worker === true && { worker: 'worker.mjs' }),
    configuration: 'configuration.json',
    fieldMapping: 'fieldMapping.json',
  }
}

/** The lowest version of Node.js in a range of the form `>=1.2.3`. */
export function lowestNode(range: string): string {
  return range.replace('>=', '')
}

/** A text as a manifest. Throws a sentence that names every member at fault. */
export function parseManifest(text: string): PackageManifest {
  const value = parseJson(text, 'manifest.json')
  check(value, validateManifest, 'manifest.json', 'INVALID_INPUT')
  return value as PackageManifest
}
