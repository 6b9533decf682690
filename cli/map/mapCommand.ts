import { type Command, Option } from 'commander'
import { readFile } from 'node:fs/promises'
import { wholeNumber } from '../lib/arguments.ts'
import { connectorHelp, flagship, readConnector, readFieldRules } from '../lib/connector.ts'
import { defaultsMember } from '../lib/context.ts'
import { readMapSettings } from './mapSettings.ts'
import { type MappedContext, mapContexts, stageOf } from './mappedContext.ts'
import { openMapper } from './mapper.ts'
import { describeUnknownPath, findUnknownPaths } from '../../mapping/personPaths.ts'
import { type FieldMapping, MappingError, parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { clip, columns, paint, type Terminal, wrap } from '../lib/terminal.ts'
import { readReportCorrelation } from '../report/reportCorrelation.ts'
import { readPersons } from '../report/reportPersons.ts'
import { readText, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'
import { nameFor } from '../lib/userFields.ts'

interface Options {
  readonly person: string
  readonly action: string
  readonly mapping?: string
  readonly config?: string
  readonly connector: string
  readonly account?: string
  readonly manager?: string
  readonly iteration: number
  /** False for none; undefined for the connector's own. */
  readonly correlate?: string | false
}

const examples = `
Examples:
  $ salesforce-connector map --person person.json --action create
      prints the context that the host would send, and shows for each field where its value comes from
  $ salesforce-connector map --person person.json --action create | salesforce-connector run create
      previews a person end to end
  $ salesforce-connector map --person person.json --action update --account 0055g0000000005AAA --config settings.json

The settings are those of --config, a JSON object or a form, completed from .env and the environment; without --config, the
form's defaults come last. Leave secrets out: run takes them from .env or the environment.`

/** Registers `map`. */
export function mapCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('map')
    .description(
      'Map a person as HelloID does, and print the context for an action; problems end with exit code 1',
    )
    .requiredOption('--person <file>', 'the person as the host has it, as JSON')
    .addOption(
      new Option('--action <action>', 'the action that the context is for')
        .choices(Object.keys(stageOf))
        .makeOptionMandatory(),
    )
    .option('--mapping <file>', "the field mapping (default: the connector's own fieldMapping.json)")
    .option('--config <file>', "the settings (default: those that the connector's form offers)")
    .option('--connector <name>', connectorHelp, flagship)
    .option('--account <id>', 'the account, for all but create and uniquenessCheck')
    .option('--manager <id>', "the account of the person's manager")
    .option('--iteration <number>', 'how often the values were taken already', wholeNumber, 0)
    .option(
      '--correlate <fields>',
      '<person field>=<account field> (default: Person.ExternalId with the federation id)',
    )
    .option('--no-correlate', 'create without looking for an account')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      process.exitCode = await map(tool, options)
    })
}

async function map(tool: CliEnvironment, options: Options): Promise<number> {
  const connector = await readConnector(tool.root, options.connector)
  const [person = {}, ...others] = readPersons(await readText(tool, options.person), options.person)
  if (others.length > 0) {
    throw new UsageError(
      `${options.person} holds ${others.length + 1} persons: map takes one, report takes all.`,
    )
  }
  const mappingText =
    options.mapping === undefined
      ? await readFile(connector.fieldMapping, 'utf8')
      : await readText(tool, options.mapping)
  const { settings, defaults, notes } = await readMapSettings(tool, connector, options.config)
  for (const note of notes) for (const line of wrap(note, tool.err.width)) tool.err.write(line)
  const rules = await readFieldRules(tool.root, connector.name)
  const federationId = nameFor(rules, 'FederationIdentifier')
  const { correlate } = options
  const correlation = correlate === false ? undefined : readReportCorrelation(correlate, {}, federationId)
  const mapping = readMapping(tool, mappingText)
  if (mapping === undefined) return 1
  const { action, iteration, account, manager } = options
  const request = { action, person, configuration: settings, iteration, account, manager, correlation }
  const mapper = openMapper(tool.root, mapping)
  try {
    const [traced] = await mapContexts([request], mapper, rules)
    if (traced === undefined) return 1
    const stage = stageOf[action]
    const unknown = findUnknownPaths(mapping, [person]).filter(({ stages }) =>
      stages.some((each) => each === stage),
    )
    const describe = (isUncertain: boolean): string[] =>
      unknown
        .filter((path) => path.isUncertain === isUncertain)
        .map((path) => `${path.field} ${describeUnknownPath(path)}`)
    const mapped = { ...traced, problems: [...traced.problems, ...describe(false)] }
    show(tool.err, mapped)
    for (const text of describe(true)) writeProblem(tool.err, text, '!')
    if (mapped.faults.length > 0) {
      writeProblem(tool.err, 'A host carries out no action with a field that fails: no context is printed.')
      return 1
    }
    const context = { ...mapped.context, [defaultsMember]: defaults }
    process.stdout.write(JSON.stringify(context, undefined, 2) + '\n')
    const isGood = mapped.problems.length === 0 && mapped.fields.every(({ problem }) => problem === undefined)
    return isGood ? 0 : 1
  } finally {
    mapper.close()
  }
}

/** The mapping; where the file is none, the reason is written. */
function readMapping(tool: CliEnvironment, text: string): FieldMapping | undefined {
  try {
    return parseFieldMapping(text)
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    writeProblem(tool.err, error.message)
    return undefined
  }
}

function writeProblem(terminal: Terminal, problem: string, mark: '✗' | '!' = '✗'): void {
  const tone = mark === '✗' ? 'bad' : 'changed'
  for (const [index, part] of wrap(problem, terminal.width - 2).entries())
    terminal.write(paint(terminal, tone, `${index === 0 ? mark : ' '} ${part}`))
}

function show(terminal: Terminal, { fields, filled, problems }: MappedContext): void {
  const rows = fields.map(({ name, value, mode, source, fault }) => [
    name,
    clip(fault === undefined ? value || '(empty)' : '(failed)', 34),
    mode,
    mode === 'Complex' ? firstLine(source) : source,
  ])
  const [heading = '', ...lines] = columns([['field', 'value', 'mode', 'from'], ...rows])
  terminal.write(`  ${paint(terminal, 'quiet', heading)}`)
  for (const [index, line] of lines.entries()) {
    const { name = '', fault, problem, warnings = [] } = fields[index] ?? {}
    const isBad = fault !== undefined || problem !== undefined
    const mark = isBad
      ? paint(terminal, 'bad', '✗')
      : warnings.length > 0
        ? paint(terminal, 'changed', '!')
        : paint(terminal, 'good', '✓')
    terminal.write(`${mark} ${clip(line, terminal.width - 2)}`)
    const explain = (tone: 'bad' | 'changed', text: string): void => {
      for (const part of wrap(text, terminal.width - 4)) terminal.write(`    ${paint(terminal, tone, part)}`)
    }
    if (fault !== undefined) explain('bad', `${name}: ${fault}`)
    if (problem !== undefined) explain('bad', `${name} ${problem}`)
    for (const warning of warnings) explain('changed', `${name} ${warning}`)
  }
  if (filled.length > 0) {
    terminal.write(`  ${paint(terminal, 'quiet', `The script fills: ${filled.join(', ')}`)}`)
  }
  for (const problem of problems) writeProblem(terminal, problem)
}

/** What a script says of itself, else how it begins. */
function firstLine(source: string): string {
  const lines = source.split('\n').map((line) => line.trim())
  return lines.find((line) => line !== '')?.replace(/^\/\/\s*/, '') ?? ''
}
