import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testTls } from '../simulator/org/keys.ts'
import { type Bench, openBench, type Section } from './bench.ts'
import { machine } from './machine.ts'
import { type Options, readOptions, type SectionName, usage } from './options.ts'
import { actions } from './sections/actions.ts'
import { imports } from './sections/imports.ts'
import { startup } from './sections/startup.ts'
import { worker } from './sections/worker.ts'
import { render } from './table.ts'

const sections: Readonly<Record<SectionName, (bench: Bench) => Promise<Section>>> = {
  startup,
  actions,
  imports,
  worker,
}

async function measureAll({ rounds, users, only, json }: Options): Promise<void> {
  // Built, this file is in dist/bench.
  const folder = import.meta.dirname
  const certificate = join(folder, 'ca.pem')
  writeFileSync(certificate, testTls.cert)
  const bench = openBench(folder, certificate, { rounds, maxUsers: users })
  const header = machine(join(folder, '..', '..'))
  for (const [name, value] of Object.entries(header)) console.log(`${name}: ${value}`)
  console.log(`rounds: ${rounds}, in random order; medians, ratios taken within each round\n`)

  const kept: Record<string, unknown> = { ...header, rounds }
  for (const name of only) {
    const { tables, data } = await sections[name](bench)
    for (const table of tables) console.log(render(table))
    kept[name] = data
    if (json !== undefined) writeFileSync(json, JSON.stringify(kept, null, 1) + '\n')
  }
}

let options: Options | undefined
try {
  options = readOptions(process.argv.slice(2))
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exitCode = 2
}
if (options?.help === true) console.log(usage)
else if (options !== undefined) await measureAll(options)
