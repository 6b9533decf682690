import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { audit, root, runBuilt } from '../process.ts'
import { isWrite } from '../requests.ts'
import { endings } from './expectedOutcomes.ts'

const folder = join(root, 'samples', 'contexts')

function read(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8')
}

/** What the samples name: `npm run simulate` listens there. */
const address = 'http://127.0.0.1:8400'

test('every sample context has an ending here', () => {
  // Imports answer with lines: test/imports/contexts.test.ts has their endings.
  const samples = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .filter((name) => !name.startsWith('import'))
  expect(samples.sort()).toEqual(Object.keys(endings).sort())
})

describe.each(Object.entries(endings))('the sample %s, as it is', (name, ending) => {
  test(`ends with exit ${ending.exitCode} and says "${ending.says}"`, async () => {
    const simulator = await startSimulator()
    try {
      const text = read(name)
      expect(text).toContain(`"${address}"`)
      const run = await answer(ending.action, text.replaceAll(address, simulator.url))
      expect(audit(run)).toContain(ending.says)
      expect(run.code).toBe(ending.exitCode)
      expect(run.output.Success).toBe(ending.exitCode === 0)
      const writes = simulator.requests.filter(isWrite)
      expect(writes.map(({ method }) => method)).toEqual(ending.writes)
      ending.also?.(run, simulator)
    } finally {
      await simulator.close()
    }
  })
})

test('all samples run one after the other on one org, and their exit codes stay the same', async () => {
  const simulator = await startSimulator()
  try {
    for (const [name, { action, exitCode }] of Object.entries(endings)) {
      const run = await runBuilt(action, read(name).replaceAll(address, simulator.url))
      expect({ name, code: run.code }).toEqual({ name, code: exitCode })
    }
  } finally {
    await simulator.close()
  }
})
