import { type Command } from 'commander'
import { allowEnvHelp, collect } from '../lib/arguments.ts'
import { resolve } from 'node:path'
import { connectorHelp, flagship } from '../lib/connector.ts'
import { makeReport, type ReportOptions } from './reportMake.ts'
import type { Report } from './reportModel.ts'
import { reportPage } from './reportView.ts'
import { writeWhole } from './reportFiles.ts'
import { columns, paint, wrap } from '../lib/terminal.ts'
import { checkWritable, inWords, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'

const examples = `
Examples:
  $ salesforce-connector report --persons samples/persons/persons.json
      what connecting the org of .env would find and change, in report.html and report.json
  $ salesforce-connector report --persons persons.json --correlate Person.ExternalId=employeeNumber
  $ salesforce-connector report --persons persons.json --context settings.json --exact --out acme.html
      the same by the connector itself: a dry run of create, and of update, for each person

persons.json is a list of persons as HelloID has them, an object with Persons, or one person a line. Settings come from
--context, from .env and from the environment, as for run. Nothing is written in the org. The files hold personal data.
Exit code 1: made, and somebody is ambiguous, shares an account or cannot be judged, or the mapping names what no person
has; or not made.`

/** Registers `report`. */
export function reportCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('report')
    .description('Preview the correlation with an existing org, as an HTML page and as JSON')
    .requiredOption('--persons <file>', 'the persons as the host has them, as JSON or NDJSON')
    .option('--out <file>', 'the page', 'report.html')
    .option('--json <file>', 'the same for programs (default: as --out, with .json)')
    .option(
      '--correlate <fields>',
      "<person field>=<account field> (default: the context's, else Person.ExternalId with the federation id)",
    )
    .option('--mapping <file>', "the field mapping (default: the connector's own fieldMapping.json)")
    .option('--context <file>', 'a context or its settings as JSON, - for stdin')
    .option('--allow-env <name>', allowEnvHelp, collect, [])
    .option('--connector <name>', connectorHelp, flagship)
    .option('--exact', 'ask the connector about each person: two requests or more for each', false)
    .addHelpText('after', examples)
    .action(async (options: ReportOptions) => {
      process.exitCode = await report(tool, options)
    })
}

async function report(tool: CliEnvironment, options: ReportOptions): Promise<number> {
  const page = resolve(tool.cwd, options.out)
  const jsonName = options.json ?? options.out.replace(/(\.html?)?$/i, '.json')
  const json = resolve(tool.cwd, jsonName)
  if (page === json) throw new UsageError('--out and --json name the same file.')
  for (const path of [page, json]) await checkWritable(path)
  const stop = new AbortController()
  const interrupt = (): void => {
    stop.abort()
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const made = await makeReport(tool, options, stop.signal)
    if (stop.signal.aborted) {
      tool.err.write('Interrupted: no report was written.')
      return 130
    }
    if (made.report === undefined) {
      for (const line of wrap(`${paint(tool.err, 'bad', '✗')} ${made.failure}`, tool.err.width))
        tool.err.write(line)
      tool.err.write('No report was written.')
      return 1
    }
    const { report: found } = made
    await inWords(() =>
      writeWhole([
        [page, reportPage(found)],
        [json, JSON.stringify(found, undefined, 2) + '\n'],
      ]),
    )
    return show(tool, found, [options.out, jsonName])
  } finally {
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
  }
}

function show(
  { err }: CliEnvironment,
  { summary, requests, correlation, mappingProblems, emptied }: Report,
  files: readonly string[],
): number {
  const rows = [
    ['persons', summary.persons],
    ['accounts', summary.accounts],
    ['correlate', summary.correlated],
    ['of these an update would change', summary.withDifferences],
    ['ambiguous', summary.ambiguous],
    ['accounts that several persons would get', summary.sharedAccounts],
    ['would get a new account', summary.wouldBeCreated],
    ['cannot be judged', summary.notJudged],
    ['accounts that nobody owns', summary.unowned],
  ] as const
  for (const line of columns(rows.map(([label, count]) => [label, String(count).padStart(6)])))
    err.write(`  ${line}`)
  if (summary.wouldBeCreated > 0 && summary.correlated + summary.ambiguous === 0 && summary.unowned > 0) {
    const text = `Nobody correlates, and everybody would get a new account: is ${correlation.accountField} the field in which these accounts have ${correlation.personField}? --correlate names another.`
    for (const line of wrap(text, err.width)) err.write(paint(err, 'changed', line))
  }
  for (const { field, accounts } of emptied)
    err.write(
      paint(
        err,
        'changed',
        `! ${field} would be emptied in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`,
      ),
    )
  for (const problem of mappingProblems)
    for (const line of wrap(`✗ ${problem}`, err.width)) err.write(paint(err, 'bad', line))
  const open = mappingProblems.length + summary.ambiguous + summary.sharedAccounts + summary.notJudged
  const end = paint(err, open === 0 ? 'good' : 'changed', 'complete')
  err.write(`${end}: ${requests} requests, in ${files.join(' and ')}`)
  return open === 0 ? 0 : 1
}
