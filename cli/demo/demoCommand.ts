import { type Command, Option } from 'commander'
import { type DialectName, dialects } from '../../simulator/dialect/dialect.ts'
import type { Fault } from '../../simulator/faults/faults.ts'
import { faultForm, faultHelp, parseFault } from '../../simulator/faults/faultSpec.ts'
import { collect, wholeNumber } from '../lib/arguments.ts'
import { flagship } from '../lib/connector.ts'
import { runDemo } from './demoRun.ts'
import { type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'

interface Options {
  readonly connector: string
  readonly dialect: DialectName
  readonly users: number
  readonly delay: number
  readonly fault: readonly string[]
}

const examples = `
Examples:
  $ salesforce-connector demo
  $ salesforce-connector demo --connector salesforce-apex-rest
      the same story by the other connector
  $ salesforce-connector demo --dialect pilot --users 1000
      the same where the documentation is read otherwise, in an org with a thousand more users
  $ salesforce-connector demo --fault "429:GET /Users:2" --fault "lost:POST /scim/v2/Users"
      how the scripts cope: they wait and ask again, and find the account whose answer was lost
  $ salesforce-connector demo --fault "limit:PATCH /Users:*"
      and what a step looks like that cannot end well: exit code 1

A fault is ${faultForm}: "429:GET /Users:2" is for the next two such
requests, with * for all of them; without a number for one. A kind alone is
for the next request that asks for no token. Kinds:
${faultHelp()}`

/** Registers `demo`. */
export function demoCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('demo')
    .description('Show the life of an account, from joiner to leaver, on a simulated org of its own')
    .option('--connector <name>', 'the connector that plays', flagship)
    .addOption(
      new Option('--dialect <name>', 'which reading of the documentation the org plays')
        .choices(Object.keys(dialects))
        .default('documented'),
    )
    .option('--users <number>', 'so many generated users besides the sample company', wholeNumber, 0)
    .option('--delay <milliseconds>', 'how long each answer takes', wholeNumber, 0)
    .option('--fault <spec>', 'a fault that a request meets; may be given several times', collect, [])
    .addHelpText('after', examples)
    .action(async ({ connector, dialect, users, delay, fault }: Options) => {
      const faults = fault.map(readFault)
      const seed = users > 0 ? { users } : 'acme'
      const isGood = await runDemo(tool.root, tool.out, { connector, dialect, seed, delay }, faults)
      process.exitCode = isGood ? 0 : 1
    })
}

function readFault(spec: string): { readonly spec: string; readonly fault: Fault } {
  try {
    return { spec, fault: parseFault(spec) }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}.`, { cause: error })
  }
}
