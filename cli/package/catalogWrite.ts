import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type CatalogIndex, indexFile, readIndex, withPackage } from './catalog.ts'
import { sha256 } from './packageBuild.ts'
import { type Package, packageFile } from './packageContents.ts'
import { UsageError } from '../lib/cliEnvironment.ts'
import { codeOf, uninterrupted, writeWhole } from '../lib/atomicFile.ts'

/** Milliseconds that a run waits for another that changes the same catalogue, and between two looks. */
const timeout = 10_000
const pause = 50

/**
 * Adds a package to a catalogue, and makes the folder where there is none. Runs at the same time take turns. Gives whether it
 * was there already. Throws `UsageError` where it is refused; then nothing is changed.
 */
export async function addToCatalog(
  folder: string,
  made: Package,
  options: { force: boolean },
): Promise<'added' | 'present'> {
  const lock = join(folder, `${indexFile}.lock`)
  for (let waited = 0; ; waited += pause) {
    const result = uninterrupted(() => {
      mkdirSync(folder, { recursive: true })
      return locked(lock, () => add(folder, made, options))
    })
    if (result !== undefined) return result
    if (waited >= timeout) {
      throw new UsageError(
        `Another run changes the catalogue. Where there is none, it was ended half-way: delete ${lock}.`,
      )
    }
    await wait(pause)
  }
}

/** Does the work while the lock is held; undefined where another run was quicker. */
function locked<T>(lock: string, work: () => T): T | undefined {
  try {
    closeSync(openSync(lock, 'wx'))
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function add(folder: string, made: Package, options: { force: boolean }): 'added' | 'present' {
  const index = readIndex(folder, true)
  const next = withPackage(index, made, options)
  const file = join(folder, packageFile(made.manifest))
  if (existsSync(file)) {
    if (sha256(readFileSync(file)) !== sha256(made.bytes)) {
      throw new UsageError(
        `${file} is there already, and is not what the catalogue should have: look at it first.`,
      )
    }
    if (next === index) return 'present'
  } else writeWhole(file, made.bytes)
  // Last, so that whatever the index names is there.
  writeWhole(join(folder, indexFile), indexText(next))
  return 'added'
}

function indexText(index: CatalogIndex): Buffer {
  return Buffer.from(JSON.stringify(index, undefined, 2) + '\n', 'utf8')
}
