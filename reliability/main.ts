import { fileURLToPath } from 'node:url'
import { type Cell, rehearse, tryOut } from './runCase.ts'
import { hostileChecks } from './hostile/hostile.ts'
import { type Options, readOptions, usage } from './options.ts'
import { inPool } from './pool.ts'
import { report, totals } from './report.ts'
import { scenariosOf } from './scenarios/scenarios.ts'
import { connectors } from './scenarios/scenario.ts'
import { columns, troublesFor } from './faultCases.ts'

/** The built scripts, copied here so that a build in the meantime does not change what is tried. */
const folder = fileURLToPath(new URL('scripts', import.meta.url))

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else process.exitCode = (await prove(options)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** Tries everything, prints the table, and tells whether all was well. */
async function prove({
  connector: whose,
  only,
  trouble: kind,
  atOnce,
  full: isFull,
}: Options): Promise<boolean> {
  const started = performance.now()
  const checks = only === '' ? hostileChecks.filter(({ name }) => name.includes(kind)) : []
  // Its name alone chooses a check: no action needs a rehearsal then.
  const isCheckOnly = kind !== '' && checks.length > 0 && !columns.some((column) => column.includes(kind))
  const scenarios = isCheckOnly
    ? []
    : connectors
        .filter((connector) => connector.includes(whose))
        .flatMap(scenariosOf)
        .filter(({ name }) => name.includes(only))
  if (scenarios.length === 0 && !isCheckOnly) throw new Error(`no action is called "${only}"`)
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
      console.error(
        `${cell.scenario.connector ?? ''} ${cell.scenario.name}, ${cell.trouble.name}: ${flaw}: ${text}\n`,
      )
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${plan.length}`)
  }
  const cells = await inPool(plan, atOnce, async ({ reference, trouble }) => {
    const cell = await tryOut(folder, reference, trouble)
    tell(cell)
    return cell
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  for (const connector of connectors) {
    const own = scenarios.filter((scenario) => scenario.connector === connector)
    if (own.length > 0) console.log(`${connector}\n\n${report(own, cells)}\n`)
  }
  if (!isCheckOnly) console.log(totals(cells).join('\n'))
  let isWell = true
  for (const connector of connectors.filter((name) => name.includes(whose))) {
    for (const { name, run } of checks) {
      const { figure, flaws } = await run(folder, connector, atOnce, isFull)
      for (const flaw of flaws) console.error(flaw)
      isWell &&= flaws.length === 0
      console.log(`${connector}, ${name}: ${figure}${flaws.length === 0 ? '' : `; ${flaws.length} WRONG`}`)
    }
  }
  console.log(
    `${Math.round((performance.now() - started) / 1000)} s, ${atOnce} at a time, Node ${process.versions.node}`,
  )
  return isWell && cells.length + checks.length > 0 && cells.every((cell) => cell.flaws.length === 0)
}
