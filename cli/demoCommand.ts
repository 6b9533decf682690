import { type Command, Option } from 'commander'
import { type DialectName, dialects } from '../simulator/dialect.ts'
import { wholeNumber } from './arguments.ts'
import { runDemo } from './demoRun.ts'
import type { Tool } from './tool.ts'

interface Options {
  readonly dialect: DialectName
  readonly users: number
}

const examples = `
Examples:
  $ salesforce-connector demo
  $ salesforce-connector demo --dialect pilot --users 1000
      the same where the documentation is read otherwise, in an org with a thousand more users`

/** Registers `demo`. */
export function demoCommand(program: Command, tool: Tool): void {
  program
    .command('demo')
    .description('Show the life of an account, from joiner to leaver, on a simulated org of its own')
    .addOption(
      new Option('--dialect <name>', 'which reading of the documentation the org plays')
        .choices(Object.keys(dialects))
        .default('documented'),
    )
    .option('--users <number>', 'so many generated users besides the sample company', wholeNumber, 0)
    .addHelpText('after', examples)
    .action(async ({ dialect, users }: Options) => {
      const isGood = await runDemo(tool.root, tool.out, { dialect, seed: users > 0 ? { users } : 'acme' })
      process.exitCode = isGood ? 0 : 1
    })
}
