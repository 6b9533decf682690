import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { allowEnvHelp, collect } from '../lib/arguments.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { type Connector, connectorHelp, flagship, readConnector } from '../lib/connector.ts'
import { completeContext } from '../lib/context.ts'
import { originLines } from '../lib/environment.ts'
import { findingPrinter, type ShownFinding, verdict } from './doctorView.ts'
import { givenContext, settingsOf } from '../import/importContext.ts'
import { type FieldMapping, MappingError, parseFieldMapping, type Stage } from '../../mapping/fieldMapping.ts'
import { findUnknownPaths } from '../../mapping/personPaths.ts'
import { readLog } from '../script/scriptLog.ts'
import { paint, wrap } from '../lib/terminal.ts'
import { readText, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'

interface Options {
  readonly connector: string
  readonly context?: string
  readonly allowEnv: readonly string[]
  readonly mapping?: string
  readonly json: boolean
  readonly log: boolean
}

const examples = `
Examples:
  $ salesforce-connector doctor
      examines the org of .env: a line for each check, and the one thing to do where one fails
  $ salesforce-connector doctor --context settings.json --mapping fieldMapping.json
      the same for the settings and the field mapping of a customer

It signs in and reads; nothing is written. Exit code 0, or 1 where a check failed.`

/** Registers `doctor`. */
export function doctorCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('doctor')
    .description('Check everything that has to be right before an org can be provisioned')
    .option('--connector <name>', connectorHelp, flagship)
    .option('--context <file>', 'a context or its settings as JSON, - for stdin')
    .option('--allow-env <name>', allowEnvHelp, collect, [])
    .option('--mapping <file>', "the field mapping (default: the connector's own fieldMapping.json)")
    .option('--json', 'print the findings as one JSON document', false)
    .option('--log', 'show every request and its answer as well', false)
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      process.exitCode = await doctor(tool, options)
    })
}

async function doctor(tool: CliEnvironment, options: Options): Promise<number> {
  const connector = await readConnector(tool.root, options.connector)
  const program = join(tool.root, 'dist', 'cli', `${connector.name}.doctor.mjs`)
  if (!existsSync(program)) throw new UsageError('The doctor is not built: run npm run build.')
  const mapping = await readMapping(tool, connector, options.mapping)
  const given = await givenContext(tool, connector, options.context)
  const { input, used, notes } = await completeContext(tool, connector, given, true, options.allowEnv)
  const Configuration = settingsOf(input.actionContext)
  const { out, err } = tool
  err.write(`${paint(err, 'strong', 'doctor')}, ${connector.name} at ${addressIn(Configuration)}`)
  for (const text of [...originLines(tool, used), ...notes])
    for (const line of wrap(text, err.width)) err.write(line)

  const findings: ShownFinding[] = []
  const print = options.json ? undefined : findingPrinter(out)
  const ended = await examine(program, { Configuration, Mapping: mapped(mapping) }, (finding) => {
    findings.push(finding)
    print?.(finding)
  })
  if (options.log) process.stderr.write(ended.stderr)
  const { warnings, foreign } = readLog(ended.stderr)
  for (const text of [...new Set(warnings)])
    for (const line of wrap(text, err.width)) err.write(paint(err, 'changed', line))
  const hasFound = findings.some(({ outcome }) => outcome === 'failed')
  // Killed, it has not looked at everything, whatever it has found until then.
  if (ended.exitCode === null || (ended.exitCode !== 0 && !hasFound)) {
    throw new UsageError(`The doctor ended before its end. ${foreign.slice(-1).join('')}`.trim())
  }
  const failures = findings.filter(({ outcome }) => outcome === 'failed').length
  if (options.json) process.stdout.write(JSON.stringify({ failures, findings }, undefined, 2) + '\n')
  else {
    out.write('')
    out.write(verdict(out, findings))
  }
  return failures === 0 ? 0 : 1
}

async function readMapping(
  tool: CliEnvironment,
  connector: Connector,
  path: string | undefined,
): Promise<FieldMapping> {
  const text =
    path === undefined ? await readFile(connector.fieldMapping, 'utf8') : await readText(tool, path)
  try {
    return parseFieldMapping(text)
  } catch (error) {
    if (error instanceof MappingError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}

/** What an org can be asked about the fields of a mapping. */
function mapped(mapping: FieldMapping): JsonObject[] {
  const unknown = findUnknownPaths(mapping, [])
  return mapping.MappingFields.flatMap(({ Name, MappingActions }) => {
    const at = (stage: Stage) =>
      MappingActions.find(
        ({ MapForActions, MappingMode }) => MappingMode !== 'None' && MapForActions.includes(stage),
      )
    const [create, update] = [at('Create'), at('Update')]
    const action = create ?? update
    const unknownPaths = unknown.filter(({ field }) => field === Name)
    const faults = MappingActions.flatMap(({ MapForActions, fault }) =>
      fault === undefined ? [] : [`${MapForActions.join(', ')}: ${fault}`],
    )
    if (action === undefined && unknownPaths.length + faults.length === 0) return []
    return {
      name: Name,
      forCreate: create !== undefined,
      forUpdate: update !== undefined,
      unknownPaths,
      faults,
      ...(action?.MappingMode === 'Fixed' && action.fault === undefined && { fixed: action.value ?? '' }),
    }
  })
}

function addressIn(settings: JsonObject): string {
  const name = Object.keys(settings).find((key) => key.toLowerCase() === 'baseurl')
  const address = name === undefined ? undefined : settings[name]
  if (typeof address !== 'string' || !URL.canParse(address)) return 'no address'
  // A name and password in an address are no business of the screen.
  return new URL(address).origin
}

/** Runs the doctor's program and tells each finding as it comes. */
async function examine(
  program: string,
  input: JsonObject,
  found: (finding: ShownFinding) => void,
): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, [program], { windowsHide: true })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(input))
  createInterface({ input: child.stdout }).on('line', (line) => {
    found(JSON.parse(line) as ShownFinding)
  })
  return { exitCode: await ended, stderr }
}
