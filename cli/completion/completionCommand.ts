import { Argument, type Command, type Option } from 'commander'
import {
  type CompletedCommand,
  type CompletedOption,
  completionScript,
  type Shell,
  shells,
} from './completion.ts'
import { connectorNames, flagship, readConnector } from '../lib/connector.ts'
import type { CliEnvironment } from '../lib/cliEnvironment.ts'

const examples = `
Examples:
  $ source <(salesforce-connector completion bash)
  $ salesforce-connector completion zsh > ~/.zsh/completions/_salesforce-connector
  PS> salesforce-connector completion pwsh | Out-String | Invoke-Expression`

/** Registers `completion`; it knows the commands that are registered, whenever they are. */
export function completionCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('completion')
    .description('Print the script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', examples)
    .action(async (shell: Shell) => {
      const { actions } = await readConnector(tool.root, flagship)
      const commands = commandsOf(program, actions, await connectorNames(tool.root))
      process.stdout.write(completionScript(shell, program.name(), commands))
    })
}

/** The commands of the program; `actions` are what `run` takes, `connectors` what `--connector` does. */
function commandsOf(
  program: Command,
  actions: readonly string[],
  connectors: readonly string[],
): CompletedCommand[] {
  return program.commands.map((command) => {
    const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
    const isRun = command.name() === 'run'
    return {
      name: command.name(),
      values: [
        ...choices,
        ...command.commands.map((inner) => inner.name()),
        ...(isRun ? actions.filter((action) => !action.startsWith('import')) : []),
      ],
      options: command.options.map((option) => toCompleted(option, connectors)),
    }
  })
}

function toCompleted(option: Option, connectors: readonly string[]): CompletedOption {
  const takes =
    option.argChoices ??
    (option.long === '--connector' ? connectors : undefined) ??
    (!option.required && !option.optional ? 'nothing' : option.flags.includes('<file>') ? 'file' : 'anything')
  return { flag: option.long ?? option.short ?? '', takes }
}
