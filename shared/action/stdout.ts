import { writeSync } from 'node:fs'

/**
 * Writes one JSON document and a newline on stdout, all of it: what a full, non-blocking pipe does not take at once goes
 * through the stream, which keeps the process alive until it is written.
 */
export function writeDocument(document: unknown): void {
  const bytes = Buffer.from(JSON.stringify(document) + '\n', 'utf8')
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // Nobody reads any more: there is nobody left to tell.
      if (code === 'EPIPE') return
      process.stdout.on('error', () => undefined)
      process.stdout.write(bytes.subarray(written))
      return
    }
  }
}
