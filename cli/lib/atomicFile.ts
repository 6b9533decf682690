import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/**
 * Writes a file in one step for whoever looks at it: it has its name only when it is complete. Not interrupted by Ctrl-C, as
 * long as it is called within `uninterrupted`.
 */
export function writeWhole(path: string, bytes: Buffer): void {
  const part = `${path}.part`
  try {
    const file = openSync(part, 'w')
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      // A rename may outlive a loss of power that the bytes did not.
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Runs something that must not stop half-way: signals that end a process wait until it is done. */
export function uninterrupted<T>(work: () => T): T {
  const wait = (): void => undefined
  process.on('SIGINT', wait).on('SIGTERM', wait)
  try {
    return work()
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', wait)
  }
}

/** The code of an error of the file system, `ENOENT` for example; undefined for what is none. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
}
