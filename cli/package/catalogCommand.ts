import { resolve } from 'node:path'
import type { Command } from 'commander'
import { catalogProblems, readIndex } from './catalog.ts'
import { columns, paint, wrap } from '../lib/terminal.ts'
import { inWords, type CliEnvironment } from '../lib/cliEnvironment.ts'

const examples = `
Examples:
  $ salesforce-connector package --catalog ../catalogue
      adds a package, and begins the catalogue
  $ salesforce-connector catalog list ../catalogue
  $ salesforce-connector catalog verify ../catalogue`

const listExamples = `
Examples:
  $ salesforce-connector catalog list ../catalogue
  $ salesforce-connector catalog list ../catalogue --json`

const verifyExamples = `
Example:
  $ salesforce-connector catalog verify ../catalogue
      exit code 1 where a package is missing, was changed, or is not what the index says`

/** Registers `catalog`. */
export function catalogCommand(program: Command, tool: CliEnvironment): void {
  const catalog = program
    .command('catalog')
    .description('Read a catalogue of packages, which package --catalog makes')
    .addHelpText('after', examples)
  catalog
    .command('list')
    .description('Show the packages of a catalogue')
    .argument('<folder>', 'the folder with the index.json')
    .option('--json', 'print the index as JSON', false)
    .addHelpText('after', listExamples)
    .action((folder: string, { json }: { json: boolean }) => {
      list(tool, folder, json)
    })
  catalog
    .command('verify')
    .description('Verify packages against the index and against their own checksums')
    .argument('<folder>', 'the folder with the index.json')
    .addHelpText('after', verifyExamples)
    .action(async (folder: string) => {
      process.exitCode = await inWords(() => verify(tool, folder))
    })
}

function list({ cwd, out }: CliEnvironment, folder: string, json: boolean): void {
  const index = readIndex(resolve(cwd, folder), false)
  if (json) {
    process.stdout.write(JSON.stringify(index, undefined, 2) + '\n')
    return
  }
  const rows = index.packages.map(({ name, version, direction, actions, node, size, sha256 }) => [
    name,
    version,
    direction,
    `${actions.length}`,
    node,
    `${size}`,
    sha256.slice(0, 12),
  ])
  for (const line of columns([
    ['name', 'version', 'direction', 'actions', 'node', 'bytes', 'sha256'],
    ...rows,
  ]))
    out.write(line)
}

/** Shows what is wrong with a catalogue; gives the exit code. */
async function verify({ cwd, out, err }: CliEnvironment, folder: string): Promise<number> {
  const path = resolve(cwd, folder)
  const index = readIndex(path, false)
  const problems = await catalogProblems(path, index)
  for (const problem of problems)
    for (const line of wrap(problem, err.width)) err.write(paint(err, 'bad', line))
  const count = index.packages.length
  const packages = `${count} ${count === 1 ? 'package' : 'packages'}`
  if (problems.length > 0) return 1
  out.write(paint(out, 'good', `${packages}: all as the index says.`))
  return 0
}
