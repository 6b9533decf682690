import { fileURLToPath } from 'node:url'
import { accountScenarios } from './accountScenarios.ts'
import { type Cell, rehearse, tryOut } from './cell.ts'
import { listScenarios } from './listScenarios.ts'
import { type Options, readOptions, usage } from './options.ts'
import { permissionScenarios } from './permissionScenarios.ts'
import { inPool } from './pool.ts'
import { report } from './report.ts'
import { restScenarios } from './restScenarios.ts'
import { troublesFor } from './troubles.ts'

/** The built scripts, copied here so that a build in the meantime does not change what is tried. */
const folderOf = (connector: string): string =>
  fileURLToPath(new URL(`scripts/${connector}`, import.meta.url))

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else process.exitCode = (await prove(options)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Tries everything, prints the table, and tells whether all was well. */
async function prove({ connector, only, trouble: kind, atOnce }: Options): Promise<boolean> {
  const started = performance.now()
  const folder = folderOf(connector)
  const all =
    connector === 'salesforce-scim'
      ? [...accountScenarios, ...permissionScenarios, ...listScenarios]
      : restScenarios
  const scenarios = all.filter(({ name }) => name.includes(only))
  if (scenarios.length === 0) throw new Error(`no action is called "${only}"`)
  const references = await inPool(scenarios, atOnce, (scenario) => rehearse(folder, scenario))
  const plan = references.flatMap((reference) =>
    troublesFor(reference.scenario, reference.requests)
      .filter(({ name, column }) => `${column} ${name}`.includes(kind))
      .map((trouble) => ({ reference, trouble })),
  )
  let done = 0
  const tell = (cell: Cell): void => {
    done++
    for (const { flaw, text } of cell.flaws) {
      console.error(`${cell.scenario.name}, ${cell.trouble.name}: ${flaw}: ${text}\n`)
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${plan.length}`)
  }
  const cells = await inPool(plan, atOnce, async ({ reference, trouble }) => {
    const cell = await tryOut(folder, reference, trouble)
    tell(cell)
    return cell
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  console.log(report(scenarios, cells))
  console.log(
    `${Math.round((performance.now() - started) / 1000)} s, ${atOnce} at a time, Node ${process.versions.node}`,
  )
  return cells.length > 0 && cells.every((cell) => cell.flaws.length === 0)
}
