import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rehearse, tryOut } from '../../reliability/runCase.ts'
import { inPool } from '../../reliability/pool.ts'
import { type Connector, connectors, type Scenario } from '../../reliability/scenarios/scenario.ts'
import { scenariosOf } from '../../reliability/scenarios/scenarios.ts'
import { type Column, columns, type FaultCase, troublesFor } from '../../reliability/faultCases.ts'
import { root } from '../process.ts'

const folder = join(root, 'dist')
const [flagship, restConnector] = connectors

function scenarioOf(connector: Connector, name: string): Scenario {
  const scenario = scenariosOf(connector).find((candidate) => candidate.name === name)
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`)
  return scenario
}

/** A sample of what `npm run reliability` tries in full: some actions, and the last place of some troubles. */
const ofFlagship: [name: string, tried: Column[]][] = [
  ['create', ['cut before', 'cut after', 'error in 200']],
  ['create, active', ['no seats']],
  ['update', ['cut within', 'undone']],
  ['disable', ['page', 'undone']],
  ['disable, strips', ['limit']],
  ['grant PermissionSetGroup', ['cut after', 'undone']],
  ['revoke PublicGroup', ['429', 'lock']],
  ['resources', ['cut after']],
  ['import, SCIM', ['401']],
]

/** Of the other connector, what it does in its own way: accounts in one composite request. */
const ofRest: [name: string, tried: Column[]][] = [
  ['create', ['cut before']],
  ['update', ['cut within']],
  ['disable', ['undone']],
]

const sample = [
  ...ofFlagship.map(([name, tried]) => [flagship, name, tried] as const),
  ...ofRest.map(([name, tried]) => [restConnector, name, tried] as const),
]

test.concurrent.each(sample)(
  '%s: %s converges and stays honest under: %s',
  async (connector, name, tried) => {
    const scenario = scenarioOf(connector, name)
    const reference = await rehearse(folder, scenario)
    const troubles = troublesFor(scenario, reference.requests)
    const chosen = tried.flatMap((column) =>
      troubles.filter((trouble) => trouble.column === column).slice(-1),
    )
    expect(chosen).toHaveLength(tried.length)
    const cells = await inPool(chosen, 2, (trouble) => tryOut(folder, reference, trouble))
    // How long it took is no business of a test on a machine that does other things as well.
    const flaws = cells.flatMap((cell) => cell.flaws.filter(({ flaw }) => flaw !== 'over budget'))
    expect(flaws).toEqual([])
  },
  120_000,
)

test.concurrent(
  'what is wrong is found: a success that is not there any more, and a trouble that never came',
  async () => {
    const known = scenarioOf(flagship, 'grant Role')
    // SCIM's answer is all that a grant of a role looks at, so that it must miss what is undone after it.
    const { trustsAnswer: _, ...scenario } = known
    const reference = await rehearse(folder, scenario)
    const [, undoneLater] = troublesFor(scenario, reference.requests).filter(
      ({ column }) => column === 'undone',
    )
    if (undoneLater === undefined) throw new Error('nothing is undone after the answer')
    const undone = await tryOut(folder, reference, undoneLater)
    expect(undone.flaws.map(({ flaw }) => flaw)).toEqual(['wrong result', 'false success'])

    const absent: FaultCase = {
      column: '401',
      name: 'a 401 where nobody asks',
      expected: 'success',
      start: (simulator) => {
        const handle = simulator.fault({ when: { path: /nowhere/ }, effect: { kind: 'reset' } })
        return { hasFired: () => handle.fired > 0, mend: () => handle.remove() }
      },
    }
    const quiet = await tryOut(folder, reference, absent)
    expect(quiet.flaws.map(({ flaw }) => flaw)).toEqual(['never fired'])
  },
  120_000,
)

test('every kind of trouble has a place in the sample of some action, or needs time that a test has not', () => {
  const tried = new Set(sample.flatMap(([, , names]) => names))
  expect(columns.filter((column) => !tried.has(column))).toEqual(['503', 'slow'])
})

test.each(connectors)('every action of %s is in the command', (connector) => {
  const manifest = readFileSync(join(root, 'connectors', connector, 'manifest.json'), 'utf8')
  const { actions } = JSON.parse(manifest) as { actions: string[] }
  expect([...new Set(scenariosOf(connector).map(({ action }) => action))].sort()).toEqual(actions.sort())
})
