import { isUtf8 } from 'node:buffer'
import { ConnectorError } from '../../shared/errors.ts'
import { isObject } from '../../shared/validate.ts'
import { moduleImports } from './moduleImports.ts'
import { sha256 } from './packageBuild.ts'
import { fileNames } from './packageContents.ts'
import { type PackageManifest, parseManifest } from './packageManifest.ts'
import { shimFile } from './shim.ts'
import { UsageError } from '../lib/cliEnvironment.ts'
import { unzip, ZipError } from './unzip.ts'
import type { ZipEntry } from './zip.ts'

/** What a package was found to be. It is good where there is no problem. */
export interface Checked {
  readonly manifest?: PackageManifest
  /** Sentences, each about one fault. */
  readonly problems: readonly string[]
}

/** Files that every package has besides those that its manifest names. */
const expected = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  shimFile,
  fileNames.notices,
  fileNames.icon,
  fileNames.logo,
  fileNames.sbom,
]

/** Checks a package without running anything in it. */
export function checkPackage(bytes: Buffer): Checked {
  try {
    const entries = unzip(bytes)
    const files = new Map(entries.map(({ name, data }) => [name, data]))
    const problems = [...encodingProblems(entries), ...sumProblems(entries, files)]
    const text = files.get(fileNames.manifest)
    if (text === undefined) return { problems: [...problems, 'It has no manifest.json.'] }
    const manifest = parseManifest(text.toString('utf8'))
    return { manifest, problems: [...problems, ...contentProblems(manifest, files)] }
  } catch (error) {
    const isExpected =
      error instanceof ZipError || error instanceof ConnectorError || error instanceof UsageError
    if (isExpected) return { problems: [error.message] }
    throw error
  }
}

/** A host reads every text of a package as UTF-8. */
function encodingProblems(entries: readonly ZipEntry[]): string[] {
  return entries
    .filter(({ name, data }) => !name.endsWith('.png') && !isUtf8(data))
    .map(({ name }) => `${name} is not UTF-8.`)
}

/** Every file has a sum that is right, and every sum a file. */
function sumProblems(entries: readonly ZipEntry[], files: ReadonlyMap<string, Buffer>): string[] {
  const sums = files.get(fileNames.sums)?.toString('utf8')
  if (sums === undefined) return [`It has no ${fileNames.sums}.`]
  const lines = sums.split('\n').filter((line) => line !== '')
  const known = new Map<string, string>()
  for (const line of lines) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? []
    if (hash === undefined || name === undefined) return [`${fileNames.sums} has a line that is no sum.`]
    known.set(name, hash)
  }
  const problems = [...known.keys()]
    .filter((name) => !files.has(name))
    .map((name) => `${fileNames.sums} names ${name}, which is missing.`)
  for (const { name, data } of entries) {
    if (name === fileNames.sums) continue
    const hash = known.get(name)
    if (hash === undefined) problems.push(`${name} is not in ${fileNames.sums}.`)
    else if (hash !== sha256(data))
      problems.push(`${name} is not what ${fileNames.sums} says: it was changed.`)
  }
  return problems
}

function contentProblems(manifest: PackageManifest, files: ReadonlyMap<string, Buffer>): string[] {
  const { slots, actions, worker, configuration, fieldMapping } = manifest
  const scripts = [...slots.map(({ script }) => script), ...(worker === undefined ? [] : [worker])]
  const named = [...scripts, ...slots.map(({ shim }) => shim), configuration, fieldMapping]
  const problems = [...new Set([...named, ...expected])]
    .filter((name) => !files.has(name))
    .map((name) => `It has no ${name}.`)
  if (
    slots
      .map(({ action }) => action)
      .sort()
      .join() !== [...actions].sort().join()
  ) {
    problems.push('Its slots are not its actions.')
  }
  for (const name of scripts) {
    const strangers = moduleImports(files.get(name)?.toString('utf8') ?? '').filter(
      (module) => !module.startsWith('node:'),
    )
    problems.push(...strangers.map((module) => `${name} loads ${module}, which is no module of Node.js.`))
  }
  // `node` reads only what has this ending as a module, whatever lies in the folders above it.
  problems.push(...scripts.filter((name) => !name.endsWith('.mjs')).map((name) => `${name} is no .mjs file.`))
  if (!isJson(files.get(configuration), Array.isArray)) problems.push(`${configuration} is no form.`)
  if (!isJson(files.get(fieldMapping), (value) => isObject(value) && Array.isArray(value['MappingFields']))) {
    problems.push(`${fieldMapping} is no field mapping.`)
  }
  if (!isJson(files.get(fileNames.sbom), (value) => isObject(value) && value['bomFormat'] === 'CycloneDX')) {
    problems.push(`${fileNames.sbom} is no bill of materials in the form of CycloneDX.`)
  }
  for (const name of [fileNames.icon, fileNames.logo]) {
    if (files.get(name)?.subarray(0, 8).toString('latin1') !== '\u0089PNG\r\n\u001a\n') {
      problems.push(`${name} is no PNG picture.`)
    }
  }
  return problems
}

function isJson(bytes: Buffer | undefined, isIt: (value: unknown) => boolean): boolean {
  try {
    return isIt(JSON.parse(bytes?.toString('utf8') ?? ''))
  } catch {
    return false
  }
}
