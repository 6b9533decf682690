import { type Command, Option } from 'commander'
import { dialects } from '../simulator/dialect.ts'
import { main as simulate } from '../simulator/main.ts'

interface Options {
  readonly port: string
  readonly dialect: string
  readonly users: string
  readonly delay: string
}

const examples = `
Examples:
  $ salesforce-connector simulate
      the sample company on port 8400, where the contexts of test/contexts expect it
  $ salesforce-connector simulate --port 0 --dialect pilot --users 10000 --delay 80
      a large org on a free port, by another reading of the documentation, as far away as Salesforce`

/** Registers `simulate`. */
export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Run a simulated Salesforce org on this machine until Ctrl-C, and show its requests')
    .option('--port <number>', 'where it listens; 0: any free port', '8400')
    .addOption(
      new Option('--dialect <name>', 'which reading of the documentation it plays')
        .choices(Object.keys(dialects))
        .default('documented'),
    )
    .option('--users <number>', 'so many generated users besides the sample company', '0')
    .option('--delay <milliseconds>', 'how long each answer takes', '0')
    .addHelpText('after', examples)
    .action(async ({ port, dialect, users, delay }: Options) => {
      await simulate(['--port', port, '--dialect', dialect, '--users', users, '--delay', delay])
    })
}
