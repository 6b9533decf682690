import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { root } from '../process.ts'
import { breaches, contextFor, launch, oneOfEach, said, together } from './support.ts'

const preload = pathToFileURL(join(root, 'test', 'fixtures', 'crash.mjs')).href
let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())

const crash = (how: string) => ({ env: { NODE_OPTIONS: `--import=${preload}`, CRASH: how } })

test.each([
  ['exception', 'salesforce-scim', oneOfEach],
  ['rejection', 'salesforce-scim', oneOfEach.slice(-1)],
  ['text', 'salesforce-scim', oneOfEach.slice(-1)],
  ['exception', 'salesforce-apex-rest', oneOfEach.slice(0, 1)],
])(
  'an %s that nothing catches still writes one result of %s, with exit code 1',
  async (how, connector, names) => {
    const runs = await together(names, (action) =>
      launch(action, contextFor(action, org.url, {}, connector), { ...crash(how), connector }),
    )
    runs.forEach((run, index) => {
      const [first, ...more] = breaches({ ...run, stderr: '' }, 1, ['hunter2-of-a-crash'])
      // It says itself that it is a mistake of the connector: that is all there is to say.
      expect(first).toMatch(/^not understood: Could not .*an unexpected error in the connector/)
      expect([names[index], ...more]).toEqual([names[index]])
      expect(said(run)).toContain(how === 'text' ? 'a text, not an error' : 'crashed while signing in')
      expect(run.stdout).not.toMatch(/ {4}at |crash\.mjs/)
      // Whoever debugs needs the stack, without the secret.
      if (how !== 'text') expect(run.stderr).toMatch(/crash\.mjs:\d+/)
      expect(run.stderr + run.stdout).not.toContain('hunter2-of-a-crash')
    })
  },
)

test('without a crash the preloaded code changes nothing', async () => {
  const run = await launch('disable', contextFor('disable', org.url, { DryRun: true }), crash('not'))
  expect(breaches(run, 0)).toEqual([])
})
