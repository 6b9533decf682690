import { readSync } from 'node:fs'
import { isatty } from 'node:tty'
import { decodeText } from '../encoding.ts'
import { ConnectorError } from '../errors.ts'

/** The largest context that is read, in bytes. HelloID's are some tens of kilobytes. */
const limit = 64 * 1024 * 1024

/**
 * All of stdin as text. Read synchronously, which costs nothing at start-up, from pipes, files and Windows consoles alike;
 * a terminal on which nobody will type ends at once with a sentence.
 */
export function readStdin(): string {
  if (isatty(0)) {
    throw new ConnectorError(
      'INVALID_CONTEXT',
      'stdin is a terminal: send an actionContext as JSON, for example with < context.json.',
    )
  }
  const chunks: Buffer[] = []
  let size = 0
  for (;;) {
    const chunk = readChunk()
    if (chunk === undefined) return decodeText(Buffer.concat(chunks), 'stdin')
    chunks.push(chunk)
    size += chunk.length
    if (size > limit) {
      throw new ConnectorError('INVALID_CONTEXT', 'stdin is larger than 64 MB: that is not an actionContext.')
    }
  }
}

/** The next bytes, or undefined at the end. */
function readChunk(): Buffer | undefined {
  const buffer = Buffer.allocUnsafe(65_536)
  for (;;) {
    try {
      const length = readSync(0, buffer)
      return length === 0 ? undefined : buffer.subarray(0, length)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // A pipe that the parent made non-blocking has nothing yet: wait a moment without burning the processor.
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      // Windows reports the end of a pipe, and a console without input, as an error.
      else if (code === 'EOF' || code === 'EISDIR' || code === 'EBADF') return undefined
      else throw new ConnectorError('INVALID_CONTEXT', 'stdin cannot be read.', { cause: error })
    }
  }
}
