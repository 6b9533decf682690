import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { restConnector } from '../connectors.ts'
import { endings } from '../cli/expectedOutcomes.ts'
import { audit, root, runBuilt } from '../process.ts'
import { isWrite } from '../requests.ts'

const folder = join(root, 'samples', 'contexts', restConnector)
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8')
const address = 'http://127.0.0.1:8400'

/** What the flagship says of its own names, in Salesforce's. */
const ownWords: Readonly<Record<string, string>> = {
  'create-dryrun':
    '[DryRun] Would create Salesforce account with Username [zoe.devries@acme.example], inactive',
  'create-correlate': 'on field: [EmployeeNumber] with value: [100003]',
}

const samples = readdirSync(folder).map((file) => basename(file, '.json'))

test('every sample of the flagship that is not about SCIM is here too', () => {
  const flagship = readdirSync(join(root, 'samples', 'contexts'))
    .filter((file) => file.endsWith('.json') && !file.includes('-scim'))
    .map((file) => basename(file, '.json'))
  expect(samples.sort()).toEqual(flagship.sort())
})

const ending = Object.entries(endings).filter(([name]) => samples.includes(name))

describe.each(ending)(
  'the sample %s of the REST connector, as it is',
  (name, { action, exitCode, says, writes, also }) => {
    const words = ownWords[name] ?? says.replaceAll('userName', 'Username')
    test(`ends with exit ${exitCode} and says "${words}"`, async () => {
      const org = await startSimulator()
      try {
        const run = await answer(action, read(name).replaceAll(address, org.url), restConnector)
        expect(audit(run)).toContain(words)
        expect(run.code).toBe(exitCode)
        const isDry = name.includes('dryrun') || writes.length === 0
        expect(org.requests.some(isWrite)).toBe(!isDry)
        also?.(run, org)
      } finally {
        await org.close()
      }
    })
  },
)

test('the built script ends like its source', async () => {
  const org = await startSimulator()
  try {
    const run = await runBuilt('create', read('create').replaceAll(address, org.url), {
      connector: restConnector,
    })
    expect(run.code).toBe(0)
    expect(audit(run)).toContain('Create account was successful')
  } finally {
    await org.close()
  }
})
