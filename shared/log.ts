import { writeSync } from 'node:fs'
import { bound, mask, redact, redactValue } from './redact.ts'

/** `information` is for whoever debugs, `warning` for what an administrator should look at, as HelloID has them. */
export type LogLevel = 'information' | 'warning' | 'error'

let tag: () => object = () => ({})

/** In a process that does many things side by side: what else each line has, to say which of them it is about. */
export function tagLog(members: () => object): void {
  tag = members
}

/** Characters of a message that are logged; what is longer is cut, and the line says so. */
const longestMessage = 16 * 1024

/** Characters of all other members of a line; where they are longer, their length is logged instead. */
const longestMembers = 256 * 1024

/**
 * Writes one line on stderr: `{"level":…,"message":…}` and further members for programs, without secrets. Never throws: a log
 * must not end an action.
 */
export function log(level: LogLevel, message: string, members: object = {}): void {
  try {
    write(
      JSON.stringify({
        level,
        message: bound(message, longestMessage, redact),
        ...boundedMembers(members),
        ...tag(),
      }) + '\n',
    )
  } catch {
    // What cannot be told must not end an action either.
  }
}

function boundedMembers(members: object): object {
  const names = Object.keys(members)
  if (names.length === 0) return members
  const length = JSON.stringify(members).length
  if (length <= longestMembers) return redactValue(members) as object
  return Object.fromEntries(names.map((name) => [name, `${mask} (cut: ${length} characters)`]))
}

/** Bytes that wait for a reader who is slower than this process; lines beyond are left out, whole. */
const longestQueue = 4 * 1024 * 1024

/** Bytes of lines that went to the stream and that nobody has read yet; while there are any, the next follows them. */
let queued = 0
let leftOut = 0
let isClosed = false

/**
 * At once where that is possible: a process that is killed has logged everything. What a full, non-blocking pipe does not
 * take goes through the stream, which keeps the process alive until the last line is whole.
 */
function write(line: string): void {
  if (isClosed) return
  if (queued > longestQueue) {
    leftOut++
    return
  }
  const bytes = Buffer.from(line, 'utf8')
  const rest = queued > 0 ? bytes : writeNow(bytes)
  if (rest.length > 0) enqueue(rest)
}

/** Gives what was not written. */
function writeNow(bytes: Buffer): Buffer {
  let written = 0
  while (written < bytes.length) {
    try {
      const count = writeSync(2, bytes, written)
      // Who takes nothing and does not say why would be asked for ever.
      if (count <= 0) break
      written += count
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EAGAIN') return bytes.subarray(written)
      // Closed, or on a full disk: the result on stdout matters more than a log line.
      isClosed = true
      return bytes.subarray(bytes.length)
    }
  }
  return bytes.subarray(bytes.length)
}

function enqueue(bytes: Buffer): void {
  const { stderr } = process
  if (stderr.listenerCount('error', close) === 0) stderr.on('error', close)
  queued += bytes.length
  stderr.write(bytes, () => {
    queued -= bytes.length
    if (queued > 0 || leftOut === 0) return
    const count = leftOut
    leftOut = 0
    log('warning', `${count} lines of this log were left out: stderr is read too slowly`)
  })
}

function close(): void {
  isClosed = true
}

/** Node's own warnings as lines of the log: printed by Node they are no JSON. For a process that logs on stderr. */
export function logWarnings(): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => {
    log('warning', `${name}: ${message}`)
  })
}
