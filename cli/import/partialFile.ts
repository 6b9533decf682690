import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { createFormatter, type ImportFormat } from './importFormat.ts'
import { type ImportedAccount, readAccount } from './importSummary.ts'
import { UsageError } from '../lib/cliEnvironment.ts'

/** Accounts that arrive, kept as lines in `<file>.part` until all are there: what has the file's name is complete. */
export interface PartFile {
  readonly path: string
  /** The last account that is in it already. */
  readonly last: string | undefined
  append(lines: string): Promise<void>
  close(): Promise<void>
  /** Turns it into the file, in one step for whoever looks at the file. */
  complete(format: ImportFormat, fields: readonly string[]): Promise<void>
}

/**
 * Opens the part file of `file`: a new one, or the one of an import that was interrupted, whose accounts are told to `seen`.
 * What was cut off in the middle of a line is dropped. Throws `UsageError` where there is none to resume.
 */
export async function openPartFile(
  file: string,
  isResumed: boolean,
  seen: (account: ImportedAccount) => void,
): Promise<PartFile> {
  const path = `${file}.part`
  let last: string | undefined
  let end = 0
  if (isResumed) {
    if (!(await exists(path))) throw new UsageError(`There is nothing to resume: ${path} does not exist.`)
    for await (const { account, bytes } of accountsOf(path)) {
      if (account === undefined) break
      seen(account)
      last = account.AccountReference
      end += bytes
    }
  }
  const handle: FileHandle = await open(path, isResumed ? 'r+' : 'w')
  await handle.truncate(end)
  return {
    path,
    last,
    async append(lines) {
      const bytes = Buffer.from(lines, 'utf8')
      let written = 0
      while (written < bytes.length) {
        const step = await handle.write(bytes, written, bytes.length - written, end + written)
        written += step.bytesWritten
      }
      end += bytes.length
    },
    close: () => handle.close(),
    async complete(format, fields) {
      if (format === 'ndjson') return rename(path, file)
      const other = `${file}.part.${format}`
      try {
        const target = await open(other, 'w')
        try {
          const formatter = createFormatter(format, fields)
          let buffer = formatter.header
          for await (const { account } of accountsOf(path)) {
            if (account !== undefined) buffer += formatter.line(account)
            if (buffer.length < 64 * 1024) continue
            await target.appendFile(buffer)
            buffer = ''
          }
          await target.appendFile(buffer + formatter.end())
        } finally {
          await target.close()
        }
        await rename(other, file)
      } catch (error) {
        await rm(other, { force: true })
        throw error
      }
      await rm(path)
    },
  }
}

async function* accountsOf(
  path: string,
): AsyncGenerator<{ account: ImportedAccount | undefined; bytes: number }, void, void> {
  const size = (await stat(path)).size
  let read = 0
  const input = Readable.from(decoded(path))
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const bytes = Buffer.byteLength(line) + 1
    read += bytes
    // A last line without its end is one that was cut off, whatever it looks like.
    yield { account: read > size ? undefined : readAccount(line), bytes }
  }
}

async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let text: string
    try {
      text = decoder.decode(chunk, { stream: true })
    } catch (error) {
      const reason = `${path} is not UTF-8: another program has changed it. Import without --resume.`
      throw new UsageError(reason, { cause: error })
    }
    yield text
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
