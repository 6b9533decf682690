import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, Help, type Option } from 'commander'
import { catalogCommand } from './package/catalogCommand.ts'
import { completionCommand } from './completion/completionCommand.ts'
import { demoCommand } from './demo/demoCommand.ts'
import { doctorCommand } from './doctor/doctorCommand.ts'
import { importCommand } from './import/importCommand.ts'
import { mapCommand } from './map/mapCommand.ts'
import { packageCommand } from './package/packageCommand.ts'
import { reportCommand } from './report/reportCommand.ts'
import { runCommand } from './run/runCommand.ts'
import { simulateCommand } from './simulate/simulateCommand.ts'
import { paint, wrap } from './lib/terminal.ts'
import { type CliEnvironment, UsageError } from './lib/cliEnvironment.ts'

const examples = `
Examples:
  $ salesforce-connector simulate
  $ salesforce-connector run create --context samples/contexts/create.json
  $ salesforce-connector help run

Exit codes: 0 done, 1 not done or a problem found, 2 not understood. NO_COLOR switches colours off.`

/** The program with all its commands. */
export function createProgram(tool: CliEnvironment): Command {
  const program = new Command('salesforce-connector')
    .description(
      'For whoever sets up a Salesforce connector: check, preview, map, import, package, and try it all without a tenant',
    )
    .version(versionOf(tool.root), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ sortSubcommands: false, optionDescription })
    .showHelpAfterError('(--help shows how it is used)')
    .addHelpText('after', examples)
    .exitOverride()
  runCommand(program, tool)
  doctorCommand(program, tool)
  mapCommand(program, tool)
  importCommand(program, tool)
  reportCommand(program, tool)
  packageCommand(program, tool)
  catalogCommand(program, tool)
  simulateCommand(program)
  demoCommand(program, tool)
  completionCommand(program, tool)
  return program
}

/** That a switch is off and a list is empty, nobody has to be told. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option as { defaultValue: unknown; description: string }
  const isNothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0)
  return isNothing ? description : new Help().optionDescription(option)
}

/** Runs the program with the arguments behind its name. Sets `process.exitCode`. */
export async function main(args: readonly string[], tool: CliEnvironment): Promise<void> {
  try {
    await createProgram(tool).parseAsync(args, { from: 'user' })
  } catch (error) {
    // Commander has written its sentence, or the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof UsageError) {
      for (const line of wrap(error.message, tool.err.width)) tool.err.write(paint(tool.err, 'bad', line))
      process.exitCode = 2
    } else if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exitCode = 1
    else throw error
  }
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
