import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { allowEnvHelp, collect } from '../lib/arguments.ts'
import { readFile } from 'node:fs/promises'
import type { JsonObject } from '../../shared/validate.ts'
import {
  type Connector,
  connectorHelp,
  flagship,
  readConnector,
  readFieldRules,
  scriptOf,
} from '../lib/connector.ts'
import { completeContext } from '../lib/context.ts'
import { remedyFor } from '../lib/failure.ts'
import { createFormatter, formats, type ImportFormat } from './importFormat.ts'
import { givenContext, permissionNames, settingsOf, shownByRest } from './importContext.ts'
import { runImport } from './importRun.ts'
import { partSink, stdoutSink } from './importSink.ts'
import { type CountedFields, createSummary, readAccount, type Summary } from './importSummary.ts'
import { parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { openPartFile, type PartFile } from './partialFile.ts'
import { createProgress } from '../lib/progress.ts'
import { readLog } from '../script/scriptLog.ts'
import { paint, wrap } from '../lib/terminal.ts'
import { checkWritable, inWords, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'
import { nameFor } from '../lib/userFields.ts'

interface Options {
  readonly connector: string
  readonly context?: string
  readonly allowEnv: readonly string[]
  readonly out?: string
  readonly format: ImportFormat
  readonly fields?: string
  readonly resume: boolean
}

const examples = `
Examples:
  $ salesforce-connector import --out accounts.ndjson
      every account of the org, one a line, with the fields of the mapping, and a summary
  $ salesforce-connector import --format table --fields externalId,title
  $ salesforce-connector import --out accounts.csv --format csv --resume
      goes on behind the last account of an import that was interrupted (accounts.csv.part)

Settings come from --context, from .env and from the environment, as for run. Nothing is written in the org. The summary is
on stderr.`

/** Registers `import`. */
export function importCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('import')
    .description('Import the accounts of the org, and say what there is to know before connecting it')
    .option('--out <file>', 'where they go; it gets its name when it is complete (default: stdout)')
    .addOption(new Option('--format <format>', 'how they are written').choices(formats).default('ndjson'))
    .option('--fields <names>', "fields of each account, with commas between them (default: the mapping's)")
    .option('--context <file>', 'a context or its settings as JSON, - for stdin')
    .option('--allow-env <name>', allowEnvHelp, collect, [])
    .option('--connector <name>', connectorHelp, flagship)
    .option('--resume', 'go on where an earlier import with the same --out ended', false)
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      process.exitCode = await inWords(() => importAccounts(tool, options))
    })
}

async function importAccounts(tool: CliEnvironment, options: Options): Promise<number> {
  const { out, format, resume } = options
  if (resume && out === undefined)
    throw new UsageError('--resume needs the --out of the import that it resumes.')
  const connector = await readConnector(tool.root, options.connector)
  const script = scriptOf(tool.root, connector, 'import')
  const given = await givenContext(tool, connector, options.context)
  const { input, notes } = await completeContext(tool, connector, given, true, options.allowEnv)
  for (const note of notes) for (const line of wrap(note, tool.err.width)) tool.err.write(line)
  const rules = await readFieldRules(tool.root, connector.name)
  const counted = {
    federationId: nameFor(rules, 'FederationIdentifier'),
    employeeNumber: nameFor(rules, 'EmployeeNumber'),
    profile: nameFor(rules, 'ProfileId'),
  }
  const fields = await fieldsFor(connector, counted, options.fields, input.actionContext)
  const summary = createSummary(counted)

  if (out !== undefined) await checkWritable(resolve(tool.cwd, out))
  const part = out === undefined ? undefined : await openPartFile(resolve(tool.cwd, out), resume, summary.add)
  const before = summary.accounts()
  if (part?.last !== undefined)
    tool.err.write(`Resuming behind ${part.last}: ${before} accounts are there already.`)
  // The names of columns are those that were asked for: a summary needs more than it shows.
  const shown =
    options.fields === undefined && format === 'table'
      ? [counted.federationId, counted.employeeNumber]
      : fields.shown
  const sink = part === undefined ? stdoutSink(createFormatter(format, shown)) : partSink(part, format, shown)
  const configuration = settingsOf(input.actionContext)
  const context = JSON.stringify({
    ...input,
    actionContext: {
      ...input.actionContext,
      Operation: 'import',
      ImportFields: fields.asked,
      Configuration: { ...configuration, ...(part?.last !== undefined && { ImportResumeAfter: part.last }) },
    },
  })
  const names = permissionNames(tool, connector, input.actionContext, 'Profile')

  const stop = new AbortController()
  const interrupt = (): void => {
    stop.abort()
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const progress = createProgress(process.stderr, tool.err)
  try {
    const { exitCode, stderr, requests, facts } = await runImport(
      script,
      context,
      {
        async lines(text) {
          for (const line of text.split('\n')) {
            const account = line === '' ? undefined : readAccount(line)
            if (account !== undefined) summary.add(account)
          }
          await sink.write(text)
        },
        progress: (count, { usage }) => {
          progress.show(summary.accounts(), count, usage)
        },
      },
      stop.signal,
    )
    progress.clear()
    if (exitCode !== 0 || stop.signal.aborted) {
      await sink.abandon()
      logFailure(tool, stop.signal.aborted, stderr, part, summary)
      return stop.signal.aborted ? 130 : (exitCode ?? 1)
    }
    await sink.complete()
    const { names: profiles, requests: others } = await names
    summary.show(tool.err, profiles, facts)
    tool.err.write('')
    const where = out === undefined ? '' : `, in ${out}`
    tool.err.write(
      `${paint(tool.err, 'good', 'complete')}: ${summary.accounts()} accounts, ${requests + others} requests${where}`,
    )
    return 0
  } finally {
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
  }
}

/** Fields to ask for, and those among them to show: the summary counts by more than the mapping has. */
async function fieldsFor(
  { fieldMapping }: Connector,
  counted: CountedFields,
  given: string | undefined,
  actionContext: JsonObject,
): Promise<{ asked: string[]; shown: string[] }> {
  const own = (given ?? '').split(',').flatMap((name) => name.trim() || [])
  const mapped = parseFieldMapping(await readFile(fieldMapping, 'utf8')).MappingFields.map(({ Name }) => Name)
  const shown = own.length > 0 ? own : mapped
  const columns = [counted.federationId, counted.employeeNumber, counted.profile]
  const byRest = shownByRest(['userLicense', 'isFrozen'], actionContext)
  return { asked: [...new Set([...shown, ...columns, ...byRest])], shown }
}

function logFailure(
  { err }: CliEnvironment,
  isInterrupted: boolean,
  stderr: string,
  part: PartFile | undefined,
  summary: Summary,
): void {
  const { error, foreign } = readLog(stderr)
  const say = (text: string): void => {
    for (const line of wrap(text, err.width)) err.write(line)
  }
  if (isInterrupted) say('Interrupted.')
  else if (error === undefined)
    for (const line of foreign.length > 0 ? foreign : ['The import failed.']) say(line)
  else {
    // Its advice is for a host; --resume does it here.
    const sentence = error.message.replace(
      /([.?]) (The \d+ lines that were written are valid|Nothing was written).*$/,
      '$1',
    )
    say(`${paint(err, 'bad', '✗')} ${sentence}`)
    const { who, next } = remedyFor(error)
    say(`${error.code}, for: ${who}. ${next}`)
  }
  const count = summary.accounts()
  if (part === undefined || count === 0) say(`${count} accounts were read; the import is not complete.`)
  else say(`${part.path} has the first ${count} accounts: the same command with --resume reads the rest.`)
}
