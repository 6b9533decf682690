import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { check } from '../../shared/validate.ts'
import validateManifest from '../../generated/packageManifest.cjs'
import { readBuild, sha256 } from './packageBuild.ts'
import {
  completeManifest,
  type FormField,
  type PackageManifest,
  readSourceManifest,
} from './packageManifest.ts'
import { readmeOf } from './packageReadme.ts'
import { noticesOf, sbomOf } from './packageSbom.ts'
import { shimFile, shimOf } from './shim.ts'
import { zip, type ZipEntry } from './zip.ts'

/** The files of a package that have the same name in each. */
export const fileNames = {
  manifest: 'manifest.json',
  sbom: 'sbom.cdx.json',
  sums: 'SHA256SUMS',
  icon: 'Icon.png',
  logo: 'Logo.png',
  notices: 'THIRD-PARTY-NOTICES.txt',
} as const

/** Of a connector's folder and of its package. */
const apexFolder = 'apex'

/** A package, complete. */
export interface Package {
  readonly manifest: PackageManifest
  readonly bytes: Buffer
}

/**
 * The catalogue package of a connector, from what is built: the same input gives the same bytes. Its files are in the order of
 * HelloID's slots. Throws `UsageError` where the build is missing or old.
 */
export async function packageOf(root: string, connector: string): Promise<Package> {
  const source = await readSourceManifest(root, connector)
  const { scripts, components } = await readBuild(root, connector)
  const folder = join(root, 'connectors', connector)
  const configuration = await readText(join(folder, source.configuration))
  const form = JSON.parse(configuration) as FormField[]
  const manifest = completeManifest(source, form)
  check(manifest, validateManifest, 'manifest.json', 'INVALID_INPUT')

  const script = (name: string): Buffer => {
    const bytes = scripts.get(name)
    if (bytes === undefined) throw new Error(`the build has no ${name}`)
    return bytes
  }
  const entries: ZipEntry[] = [
    text(fileNames.manifest, JSON.stringify(manifest, undefined, 2) + '\n'),
    text('README.md', readmeOf(manifest, form)),
    text('CHANGELOG.md', await readText(join(root, 'CHANGELOG.md'))),
    text('LICENSE', await readText(join(root, 'LICENSE'))),
    text(fileNames.notices, noticesOf(components)),
    { name: fileNames.icon, data: await readFile(join(root, 'assets', fileNames.icon)) },
    { name: fileNames.logo, data: await readFile(join(root, 'assets', fileNames.logo)) },
    text(manifest.configuration, configuration),
    text(manifest.fieldMapping, await readText(join(folder, source.fieldMapping))),
    text(shimFile, await readText(join(root, 'assets', shimFile))),
    ...manifest.slots.flatMap((slot) => [
      text(slot.shim, shimOf(manifest, slot)),
      { name: slot.script, data: script(slot.action) },
    ]),
    ...(manifest.worker === undefined ? [] : [{ name: manifest.worker, data: script('worker') }]),
    ...(await apexOf(folder)),
  ]
  entries.push(text(fileNames.sbom, sbomOf(manifest, components, entries)))
  entries.push(text(fileNames.sums, sumsOf(entries)))
  return { manifest, bytes: zip(entries) }
}

/** What a connector has for the org itself, to be deployed there: none where it has no such folder. */
async function apexOf(folder: string): Promise<ZipEntry[]> {
  const isThere = (await readdir(folder)).includes(apexFolder)
  const names = isThere ? (await readdir(join(folder, apexFolder))).sort() : []
  return Promise.all(
    names.map(async (name) => text(`${apexFolder}/${name}`, await readText(join(folder, apexFolder, name)))),
  )
}

/** The name of the file that a package is in. */
export function packageFile({ name, version }: Pick<PackageManifest, 'name' | 'version'>): string {
  return `${name}-${version}.zip`
}

/** SHA-256 sums in the form that `sha256sum --check` reads. */
export function sumsOf(entries: readonly ZipEntry[]): string {
  return entries.map(({ name, data }) => `${sha256(data)}  ${name}\n`).join('')
}

function text(name: string, content: string): ZipEntry {
  return { name, data: Buffer.from(content, 'utf8') }
}

/** Line ends are those of the repository, whatever the checkout has. */
async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
}
