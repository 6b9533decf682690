import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { decodeText } from '../../shared/encoding.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { isObject, type JsonObject } from '../../shared/validate.ts'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export interface CliEnvironment {
  /** The folder of the package: it has dist/, connectors/ and the sample files. */
  readonly root: string
  /** Where paths on the command line begin. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What was asked for. */
  readonly out: Terminal
  /** What is said about it. */
  readonly err: Terminal
}

/** A mistake of whoever calls: its message is all that is shown. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'UsageError'
  }
}

/** Reads a JSON file that the command line names. Throws `UsageError` in words; a BOM is taken off. */
export async function readJson(tool: CliEnvironment, path: string): Promise<unknown> {
  return parseJson(await readText(tool, path), path)
}

/** The text of what a file or stdin holds, by its byte order mark. Throws `UsageError`, naming it, if it is neither UTF-8 nor UTF-16. */
export function decode(bytes: Buffer, name: string): string {
  try {
    return decodeText(bytes, name)
  } catch (error) {
    if (error instanceof ConnectorError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/** Reads a text file that the command line names. Throws `UsageError` in words. */
export async function readText({ cwd }: CliEnvironment, path: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(resolve(cwd, path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = code === 'EACCES' ? 'may not be read' : reasons[code]
    throw new UsageError(`${path} ${reason ?? `cannot be read (${code || String(error)})`}.`, {
      cause: error,
    })
  }
  return decode(bytes, path)
}

/** What the file system says, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read or written',
  EPERM: 'may not be written',
  EROFS: 'is on a disk that is read-only',
  EISDIR: 'is a folder',
  ENOTDIR: 'is in a place that is no folder',
  EEXIST: 'is no folder',
  ENOSPC: 'does not fit on the disk',
}

/** What the file system refuses is a mistake of whoever names the file: in words. `name` is for errors without a path. */
export async function inWords<T>(work: () => Promise<T>, name?: string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error
    const given = 'path' in error ? String(error.path) : name
    if (given === undefined) throw error
    const code = String(error.code)
    // The part file is a detail: its name is that of the file.
    const path = given.replace(/\.part(\.\w+)?$/, '')
    throw new UsageError(`${path} ${reasons[code] ?? `cannot be used (${code})`}.`, { cause: error })
  }
}

/** Makes sure, before any work is done, that a file can be written: it is no folder, and its folder is there. */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path)
  await inWords(() => readdir(folder).then(() => undefined), folder)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isFolder) throw new UsageError(`${path} is a folder: name a file.`)
}

/** The text as JSON. The parser's own message is not shown: it quotes the text, which may hold a secret. */
export function parseJson(text: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return value
  } catch (error) {
    throw new UsageError(`${name} is not JSON.`, { cause: error })
  }
}

/** The value as an object; throws `UsageError` with what the file should be. */
export function asObject(value: unknown, name: string, expected: string): JsonObject {
  if (isObject(value)) return value
  throw new UsageError(`${name} is not ${expected}: a JSON object was expected.`)
}
