import { writeSync } from 'node:fs'
import { redact, redactValue } from './redact.ts'

/** `information` is for whoever debugs, `warning` for what an administrator should look at, as HelloID has them. */
export type LogLevel = 'information' | 'warning' | 'error'

let tag: () => object = () => ({})

/** In a process that does many things side by side: what else each line has, to say which of them it is about. */
export function tagLog(members: () => object): void {
  tag = members
}

/**
 * Writes one line on stderr: `{"level":…,"message":…}` and further members for programs, without secrets. Never throws: a log
 * must not end an action.
 */
export function log(level: LogLevel, message: string, members: object = {}): void {
  try {
    writeSync(
      2,
      JSON.stringify({ level, message: redact(message), ...(redactValue(members) as object), ...tag() }) +
        '\n',
    )
  } catch {
    // stderr is closed or full: the result on stdout matters more than a log line.
  }
}
