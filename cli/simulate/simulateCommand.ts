import { type Command, Option } from 'commander'
import { dialects } from '../../simulator/dialect/dialect.ts'
import { faultForm, faultHelp } from '../../simulator/faults/faultSpec.ts'
import { main as simulate, seeds } from '../../simulator/main.ts'
import { collect } from '../lib/arguments.ts'

interface Options {
  readonly port: string
  readonly dialect: readonly string[]
  readonly users: string
  readonly delay: string
  readonly seed: string
  readonly fault: readonly string[]
}

const examples = `
Examples:
  $ salesforce-connector simulate
      the sample company on port 8400, where the contexts of samples/contexts expect it
  $ salesforce-connector simulate --port 0 --dialect pilot --users 10000 --delay 80
      a large org on a free port, by another reading of the documentation, as far away as Salesforce
  $ salesforce-connector simulate --dialect passwordFlow=allowed
      one switch alone: users sign in with a password; npm run simulate -- --help lists the switches
  $ salesforce-connector simulate --seed empty
      nobody but the integration user and the administrator, with the licences and profiles
  $ salesforce-connector simulate --fault "429:GET /Users:2" --fault "lost:POST /Users"
      refuses two reads of users, and loses the answer to a create

A fault is ${faultForm}: "429:GET /Users:2" is for the next two such
requests, with * for all of them; without a number for one. A kind alone is
for the next request that asks for no token. Kinds:
${faultHelp()}`

/** Registers `simulate`. */
export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Run a simulated Salesforce org on this machine until Ctrl-C, and show its requests')
    .option('--port <number>', 'where it listens; 0: any free port', '8400')
    .addOption(dialectOption())
    .addOption(
      new Option('--seed <name>', 'what it begins with: the sample company, or nearly nothing')
        .choices(seeds)
        .default('acme'),
    )
    .option('--users <number>', 'so many generated users besides the sample company', '0')
    .option('--delay <milliseconds>', 'how long each answer takes', '0')
    .option('--fault <spec>', 'a fault that a request meets; may be given several times', collect, [])
    .addHelpText('after', examples)
    .action(async ({ port, dialect, users, delay, seed, fault }: Options) => {
      const org = ['--port', port, '--users', users, '--delay', delay, '--seed', seed]
      const named = dialect.map((spec) => `--dialect=${spec}`)
      await simulate([...org, ...named, ...fault.map((spec) => `--fault=${spec}`)])
    })
}

/** Completion offers the names; a switch is taken as well, so that commander must not judge. */
function dialectOption(): Option {
  const option = new Option(
    '--dialect <name>',
    `which reading of the documentation it plays: ${Object.keys(dialects).join(', ')}, or switch=value; may be given several times`,
  )
    .default([])
    .argParser(collect)
  option.argChoices = Object.keys(dialects)
  return option
}
