import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../lib/cliEnvironment.ts'
import { codeOf } from '../lib/atomicFile.ts'

/** A package of others that is in the scripts. */
export interface Component {
  readonly name: string
  readonly version: string
  /** An SPDX identifier. */
  readonly license: string
  /** Of the package as its registry has it, in hex. */
  readonly sha512: string
  /** The text of its licence. */
  readonly text: string
  /** The scripts that have parts of it, by name. */
  readonly scripts: readonly string[]
}

/** A connector as it was built. */
export interface Build {
  /** The scripts by name: each action, and the worker where there is one. */
  readonly scripts: ReadonlyMap<string, Buffer>
  readonly components: readonly Component[]
}

/** What the build writes beside the tool (`scripts/build/provenance.mjs`); hashes are SHA-256 in hex. */
interface BuildRecord {
  readonly scripts: Readonly<Record<string, string>>
  readonly sources: Readonly<Record<string, string>>
  readonly components: readonly Component[]
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Reads the scripts of a connector as they were built. Throws `UsageError` where they are missing, were changed since, or,
 * in a checkout, are not what the sources are any more.
 */
export async function readBuild(root: string, connector: string): Promise<Build> {
  const text = await read(join(root, 'dist', 'cli', `${connector}.build.json`))
  if (text === undefined) throw new UsageError(`${connector} is not built: run npm run build.`)
  const record = JSON.parse(text.toString('utf8')) as BuildRecord
  const scripts = new Map<string, Buffer>()
  for (const [name, hash] of Object.entries(record.scripts)) {
    const script = await read(join(root, 'dist', connector, `${name}.mjs`))
    if (script === undefined || sha256(script) !== hash) {
      const what = script === undefined ? 'is missing' : 'is not what was built'
      throw new UsageError(`dist/${connector}/${name}.mjs ${what}: run npm run build.`)
    }
    scripts.set(name, script)
  }
  // A package of npm's has no sources.
  if (existsSync(join(root, 'shared'))) {
    for (const [path, hash] of Object.entries(record.sources)) {
      const source = await read(join(root, ...path.split('/')))
      if (source === undefined || sha256(source) !== hash) {
        throw new UsageError(`dist/ is older than ${path}: run npm run build.`)
      }
    }
  }
  return { scripts, components: record.components }
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
