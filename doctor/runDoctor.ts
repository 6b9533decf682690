import { readStdin } from '../shared/host/stdin.ts'
import { ConnectorError } from '../shared/errors.ts'
import { log, logWarnings } from '../shared/log.ts'
import { redact, redactValue } from '../shared/redact.ts'
import { isObject, type JsonObject } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type ConnectorFacts, examine } from './examine.ts'
import type { Finding } from './finding.ts'
import { readMappedFields } from './mapping.ts'

/**
 * Runs an examination as this process: `{ "Configuration": …, "Mapping": [ … ] }` on stdin, one finding a line on stdout as
 * they come, the log on stderr. Exit code 0 when nothing failed, 1 when something did, 2 when stdin could not be understood.
 */
export async function runDoctor<S extends Settings>(facts: ConnectorFacts<S>): Promise<void> {
  logWarnings()
  // Whatever ends this process before all is examined, it must not look healthy.
  process.exitCode = 1
  let input: JsonObject
  try {
    const value: unknown = JSON.parse(readStdin())
    if (!isObject(value)) throw new ConnectorError('INVALID_CONTEXT', 'stdin is not a JSON object.')
    input = value
  } catch {
    // The parser's own message would quote what was sent, which holds secrets.
    log('error', 'stdin is not a JSON object with Configuration and Mapping')
    process.exitCode = 2
    return
  }
  const { Configuration, Mapping } = input
  const configuration = isObject(Configuration) ? Configuration : {}
  let hasFailed = false
  for await (const finding of examine({ configuration, mapping: readMappedFields(Mapping) }, facts)) {
    hasFailed ||= finding.outcome === 'failed'
    tell(finding)
  }
  if (!hasFailed) process.exitCode = 0
}

function tell(finding: Finding): void {
  process.stdout.write(`${JSON.stringify(redactValue(finding, redact))}\n`)
}
