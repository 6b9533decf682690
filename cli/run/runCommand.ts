import type { Command } from 'commander'
import { allowEnvHelp, collect } from '../lib/arguments.ts'
import { keepSecret } from '../../shared/redact.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { type Connector, connectorHelp, flagship, readConnector, scriptOf } from '../lib/connector.ts'
import { completeContext, readContext } from '../lib/context.ts'
import { originLines } from '../lib/environment.ts'
import { runNode } from '../script/scriptProcess.ts'
import { showRun } from './runView.ts'
import { parseOutput } from '../script/script.ts'
import { readLog } from '../script/scriptLog.ts'
import { paint, wrap } from '../lib/terminal.ts'
import { type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'

interface Options {
  readonly connector: string
  readonly context?: string
  readonly allowEnv: readonly string[]
  readonly apply: boolean
  readonly json: boolean
  readonly log: boolean
}

const examples = `
Examples:
  $ salesforce-connector run create --context samples/contexts/create.json
      shows what creating this account would send and change; nothing is written
  $ salesforce-connector map --person person.json --action create | salesforce-connector run create
      the same for a person, through the field mapping
  $ salesforce-connector run disable --context leaver.json --apply
      does it

Settings of the connection that the context leaves empty come from the environment or from .env in the current
folder: SALESFORCE_BASE_URL, SALESFORCE_CLIENT_ID, SALESFORCE_CLIENT_SECRET and so on (.env.example has them all).`

/** Registers `run`. */
export function runCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('run')
    .description(
      'Run an action as its host does, by default without writing, and show what changes and what is sent',
    )
    .argument(
      '<action>',
      'create, update, enable, disable, delete, uniquenessCheck, grantPermission, revokePermission, subPermissions, listPermissions or resources',
    )
    .option('--connector <name>', connectorHelp, flagship)
    .option('--context <file>', 'the context as JSON, - for stdin (by default, where something is piped in)')
    .option('--allow-env <name>', allowEnvHelp, collect, [])
    .option('--apply', 'write for real; without it the action is a dry run', false)
    .option('--json', "print the script's own answer, and its log on stderr", false)
    .option('--log', "show the script's log as well", false)
    .addHelpText('after', examples)
    .action(async (action: string, options: Options) => {
      process.exitCode = await runAction(tool, action, options)
    })
}

/** Runs an action and shows it; gives the exit code of the script. */
async function runAction(tool: CliEnvironment, action: string, options: Options): Promise<number> {
  const connector = await readConnector(tool.root, options.connector)
  const script = scriptOf(tool.root, connector, action)
  if (/^import/.test(action)) {
    throw new UsageError(`${action} answers with many lines: use salesforce-connector import.`)
  }
  const isDryRun = !options.apply
  const { input, used, notes } = await completeContext(
    tool,
    connector,
    await readContext(tool, options.context),
    isDryRun,
    options.allowEnv,
  )
  keepSecrets(connector, input.actionContext)

  const { err, out } = tool
  const mode = isDryRun
    ? 'dry run: nothing is written. --apply writes.'
    : `for real: changes are written to ${addressOf(input.actionContext)}`
  err.write(`${paint(err, 'strong', action)}, ${paint(err, isDryRun ? 'good' : 'changed', mode)}`)
  for (const text of [...originLines(tool, used), ...notes])
    for (const line of wrap(text, err.width)) err.write(line)

  const ended = await runNode(script, JSON.stringify(input), timeout(input.actionContext))
  if (options.json) {
    process.stdout.write(ended.stdout)
    process.stderr.write(ended.stderr)
  } else {
    if (options.log) for (const line of ended.stderr.trimEnd().split('\n')) err.write(line)
    const { exitCode, stdout, stderr, milliseconds } = ended
    out.write('')
    showRun(out, {
      action,
      isDryRun,
      exitCode,
      milliseconds,
      output: parseOutput(stdout),
      log: readLog(stderr),
    })
  }
  return ended.exitCode ?? 1
}

/** What the log shows is redacted by the script; what this tool shows of it, once more. */
function keepSecrets({ form }: Connector, { Configuration }: JsonObject): void {
  const settings = Object.entries(Configuration as JsonObject)
  for (const { key } of form.filter(({ isSecret }) => isSecret)) {
    const value = settings.find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
    if (typeof value === 'string') keepSecret(value)
  }
}

/** Where the settings send changes: the org's address as the script gets it. */
function addressOf({ Configuration }: JsonObject): string {
  const settings = Object.entries(Configuration as JsonObject)
  const address = settings.find(([name]) => name.toLowerCase() === 'baseurl')?.[1]
  if (typeof address !== 'string' || !URL.canParse(address)) return 'no org: BaseUrl is no address'
  // The origin alone: an address may hold a user name and a password.
  return new URL(address).origin
}

/** Milliseconds after which a script hangs: a minute more than it may plan for. */
function timeout({ Configuration }: JsonObject): number {
  const seconds = Number((Configuration as JsonObject)['ActionTimeoutSeconds'])
  return ((Number.isFinite(seconds) ? seconds : 25) + 60) * 1000
}
