import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isObject, type JsonObject } from '../shared/validate.ts'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export interface Tool {
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
export async function readJson(tool: Tool, path: string): Promise<unknown> {
  return parseJson(await readText(tool, path), path)
}

/** Reads a text file that the command line names. Throws `UsageError` in words. */
export async function readText({ cwd }: Tool, path: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new UsageError(
      code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read (${code || String(error)}).`,
      { cause: error },
    )
  }
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
