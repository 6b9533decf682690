import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileNames, type Package, packageOf, sumsOf } from '../../cli/package/packageContents.ts'
import type { PackageManifest } from '../../cli/package/packageManifest.ts'
import { unzip } from '../../cli/package/unzip.ts'
import { zip, type ZipEntry } from '../../cli/package/zip.ts'
import { root } from '../process.ts'

/** The connectors of this project. */
export const connectors = readdirSync(join(root, 'connectors'))

const made = new Map<string, Promise<Package>>()

/** The package of a connector as it is built; made once for all tests of a file. */
export function packageFor(connector = 'salesforce-scim'): Promise<Package> {
  const known = made.get(connector) ?? packageOf(root, connector)
  made.set(connector, known)
  return known
}

/** The same package with next to nothing in its scripts: quick to check, and to change. */
export async function smallPackage(): Promise<Package> {
  const one = await packageFor()
  const bytes = changedPackage(one, (files) => {
    for (const name of files.keys())
      if (name.endsWith('.mjs')) files.set(name, Buffer.from(`import 'node:fs'\n`))
  })
  return { manifest: one.manifest, bytes }
}

/** The files of a package, which may be changed. */
export type Files = Map<string, Buffer>

/** A package in which files were changed; with `sums`, the sums are those of the changed files. */
export function changedPackage(
  { bytes }: Package,
  change: (files: Files) => unknown,
  options: { sums: boolean } = { sums: true },
): Buffer {
  const files: Files = new Map(unzip(bytes).map(({ name, data }) => [name, data]))
  change(files)
  const entries = (): ZipEntry[] => [...files].map(([name, data]) => ({ name, data }))
  if (options.sums) {
    files.delete(fileNames.sums)
    files.set(fileNames.sums, Buffer.from(sumsOf(entries())))
  }
  return zip(entries())
}

/** The same package with other members in its manifest. */
export function withManifest(one: Package, members: Partial<PackageManifest>): Package {
  const manifest = { ...one.manifest, ...members }
  const bytes = changedPackage(one, (files) =>
    files.set(fileNames.manifest, Buffer.from(JSON.stringify(manifest))),
  )
  return { manifest, bytes }
}

export function readJsonFile(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'))
}
