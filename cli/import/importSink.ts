import type { Formatter, ImportFormat } from './importFormat.ts'
import { readAccount } from './importSummary.ts'
import type { PartFile } from './partialFile.ts'

/** What arrives goes here: into a part file, or formatted to stdout. */
export interface Sink {
  write(lines: string): Promise<void>
  complete(): Promise<void>
  abandon(): Promise<void>
}

/** stdout, in the format that was asked for. */
export function stdoutSink(formatter: Formatter): Sink {
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (text === '') resolve()
      else process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
    })
  let header = formatter.header
  return {
    async write(lines) {
      const accounts = lines.split('\n').flatMap((line) => readAccount(line) ?? [])
      await write(header + accounts.map((account) => formatter.line(account)).join(''))
      header = ''
    },
    complete: () => write(header + formatter.end()),
    abandon: () => write(formatter.end()),
  }
}

/** A part file, which becomes the file in the end. */
export function partSink(part: PartFile, format: ImportFormat, fields: readonly string[]): Sink {
  return {
    write: (lines) => part.append(lines),
    async complete() {
      await part.close()
      await part.complete(format, fields)
    },
    abandon: () => part.close(),
  }
}
