import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import validateIndex from '../../generated/catalogIndex.cjs'
import { ConnectorError } from '../../shared/errors.ts'
import { check } from '../../shared/validate.ts'
import { sha256 } from './packageBuild.ts'
import { type Checked, checkPackage } from './packageCheck.ts'
import { type Package, packageFile } from './packageContents.ts'
import type { PackageManifest } from './packageManifest.ts'
import { decode, parseJson, UsageError } from '../lib/cliEnvironment.ts'
import { codeOf } from '../lib/atomicFile.ts'

/** The index of a catalogue: schemas/catalog.schema.json says what each member means. */
export interface CatalogIndex {
  readonly schemaVersion: 1
  readonly packages: readonly CatalogEntry[]
}

export interface CatalogEntry extends Pick<
  PackageManifest,
  'name' | 'displayName' | 'direction' | 'version' | 'actions' | 'node'
> {
  readonly file: string
  readonly size: number
  readonly sha256: string
}

export const indexFile = 'index.json'

/** Reads the index of a catalogue; an empty one where the folder has none yet and `mayBeNew`. Throws `UsageError` in words. */
export function readIndex(folder: string, mayBeNew: boolean): CatalogIndex {
  let text: string
  try {
    text = decode(readFileSync(join(folder, indexFile)), join(folder, indexFile))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const code = codeOf(error) ?? String(error)
    if (code === 'ENOENT' && mayBeNew) return { schemaVersion: 1, packages: [] }
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'is no catalogue: it has no index.json',
      ENOTDIR: 'is no folder',
    }
    const what = reasons[code] ?? `cannot be read (${code})`
    throw new UsageError(`${folder} ${what}.`, { cause: error })
  }
  const value = parseJson(text, join(folder, indexFile))
  try {
    check(value, validateIndex, indexFile, 'INVALID_INPUT')
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    throw new UsageError(`The catalogue's index is broken: ${error.message}`, { cause: error })
  }
  const index = value as CatalogIndex
  const twice = index.packages.find((entry, at) => index.packages.findIndex(isSameAs(entry)) !== at)
  if (twice !== undefined) {
    throw new UsageError(`The catalogue's index is broken: it has ${packageFile(twice)} twice.`)
  }
  return index
}

/**
 * The index with a package added; the same index where it has that package already. Throws `UsageError` where it has another
 * package of that version, and, unless `force`, where it has a newer one.
 */
export function withPackage(
  index: CatalogIndex,
  { manifest, bytes }: Package,
  options: { force: boolean },
): CatalogIndex {
  const { name, displayName, direction, version, actions, node } = manifest
  const hash = sha256(bytes)
  const existing = index.packages.find(isSameAs(manifest))
  if (existing?.sha256 === hash) return index
  if (existing !== undefined) {
    throw new UsageError(
      `The catalogue has ${name} ${version} already, with other content. A version never changes: give the connector a new one.`,
    )
  }
  const newer = index.packages.find(
    (entry) => entry.name === name && compareVersions(entry.version, version) > 0,
  )
  if (newer !== undefined && !options.force) {
    throw new UsageError(
      `The catalogue has ${name} ${newer.version}, which is newer than ${version}. --force adds the older one as well.`,
    )
  }
  const file = packageFile(manifest)
  const entry: CatalogEntry = {
    name,
    displayName,
    direction,
    version,
    actions,
    node,
    file,
    size: bytes.length,
    sha256: hash,
  }
  const packages = [...index.packages, entry].sort(
    (a, b) => compareTexts(a.name, b.name) || compareVersions(b.version, a.version),
  )
  return { schemaVersion: 1, packages }
}

/** Verifies the packages of a catalogue against its index; a sentence for each fault. Nothing in a package is run. */
export async function catalogProblems(folder: string, { packages }: CatalogIndex): Promise<string[]> {
  const names = await readdir(folder)
  const known = new Set(packages.map(({ file }) => file))
  const problems = names
    .filter((name) => name.endsWith('.zip') && !known.has(name))
    .map((name) => `${name} is not in ${indexFile}.`)
  for (const entry of packages) problems.push(...(await entryProblems(folder, entry)))
  return problems
}

async function entryProblems(folder: string, entry: CatalogEntry): Promise<string[]> {
  const { file, size } = entry
  if (file !== packageFile(entry)) return [`${file} has not the name of ${packageFile(entry)}.`]
  let bytes: Buffer
  try {
    bytes = await readFile(join(folder, file))
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    return [code === 'ENOENT' ? `${file} is missing.` : `${file} cannot be read (${code}).`]
  }
  if (bytes.length !== size || sha256(bytes) !== entry.sha256) {
    return [`${file} is not what ${indexFile} says: its size or hash does not match.`]
  }
  const checked = checkPackage(bytes)
  return [...checked.problems, ...differences(entry, checked)].map((problem) => `${file}: ${problem}`)
}

/** Where the index says something else of a package than its own manifest does. */
function differences(entry: CatalogEntry, { manifest }: Checked): string[] {
  if (manifest === undefined) return []
  const members = ['name', 'displayName', 'direction', 'version', 'actions', 'node'] as const
  return members
    .filter((member) => JSON.stringify(entry[member]) !== JSON.stringify(manifest[member]))
    .map((member) => `Its ${member} is not what ${indexFile} says.`)
}

/** Whether an entry is of the same connector and version. */
function isSameAs(one: Pick<CatalogEntry, 'name' | 'version'>): (other: CatalogEntry) => boolean {
  return ({ name, version }) => name === one.name && version === one.version
}

/** Below zero where `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (const [at, number] of (left ?? []).entries()) {
    const difference = number - (right?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** By code units, so that every machine has the same order. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
