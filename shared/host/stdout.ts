import { writeSync } from 'node:fs'
import { log } from '../log.ts'

/**
 * Writes one JSON document and a newline on stdout, all of it: what a full, non-blocking pipe does not take at once goes
 * through the stream, which keeps the process alive until it is written. What cannot be written must not look like a success.
 */
export function writeDocument(document: unknown): void {
  const bytes = Buffer.from(JSON.stringify(document) + '\n', 'utf8')
  let written = 0
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written)
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return notWritten(error)
      process.stdout.on('error', notWritten)
      process.stdout.write(bytes.subarray(written))
      return
    }
  }
}

/** The reader is gone, or the disk is full: the host has no answer. */
function notWritten(error: unknown): void {
  if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = 1
  const code = codeOf(error)
  // A pipe without a reader (EOF on Windows).
  if (code === 'EPIPE' || code === 'EOF') log('error', 'The answer is not read: stdout was closed')
  else log('error', `The answer could not be written on stdout (${code})`)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
