import { join } from 'node:path'
import { findMutants } from '../../reliability/hostile/mutationChecks.ts'
import { mutationsOf } from '../../reliability/hostile/mutations.ts'
import { findStrangers, scenariosAbout } from '../../reliability/hostile/strangerChecks.ts'
import { type Perform, startWorker } from '../../reliability/hostile/workerProcess.ts'
import type { Scenario } from '../../reliability/scenarios/scenario.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { root } from '../process.ts'

const connector = 'salesforce-scim'

function scenarioOf(name: string): Scenario {
  const found = scenariosAbout(connector).find((scenario) => scenario.name === name)
  if (found === undefined) throw new Error(`there is no scenario ${name}`)
  return found
}

async function withWorker(test: (perform: Perform) => Promise<void>): Promise<void> {
  const worker = startWorker(join(root, 'dist', connector), 4)
  try {
    await test(worker.perform)
  } finally {
    await worker.close()
  }
}

/** An action that is carried out once, as it should be, and from then on is said to have been. */
function liar(perform: Perform): Perform {
  let first: ReturnType<Perform> | undefined
  return (action, context) => {
    const isFirst = first === undefined
    first ??= perform(action, context)
    return isFirst ? first : askAndSay(context, first)
  }
}

/** Asks something, so that there is an answer that can be about somebody else. */
async function askAndSay(context: object, output: ReturnType<Perform>): ReturnType<Perform> {
  const { actionContext } = context as { actionContext: { Configuration: { BaseUrl: string } } }
  await fetch(actionContext.Configuration.BaseUrl)
  return await output
}

test.each(['disable', 'grant Role', 'create, correlates'])(
  'answers about somebody else do no harm: %s',
  async (name) => {
    await withWorker(async (perform) => {
      const { figure, flaws } = await findStrangers(perform, [scenarioOf(name)], 4)
      expect(flaws).toEqual([])
      expect(figure).toMatch(/^\d{2,} answers about somebody else: 0 writes to B, 0 successes for A$/)
    })
  },
  60_000,
)

test('a success that is no more than said is found, and so is a write to somebody else', async () => {
  await withWorker(async (perform) => {
    const lied = await findMutants(liar(perform), scenarioOf('disable'), 4, 40)
    expect(lied.tried).toBeGreaterThan(3)
    expect(lied.flaws).toHaveLength(lied.tried)

    const misled: Perform = (action, context) =>
      perform(
        action,
        JSON.parse(JSON.stringify(context).replaceAll(seedIds.users.obrien, stranger())) as object,
      )
    let calls = 0
    const stranger = (): string => (calls++ === 0 ? seedIds.users.obrien : seedIds.users.annBoss)
    const written = await findStrangers(misled, [scenarioOf('update')], 4)
    expect(written.flaws.join('\n')).toContain('written to the other one')
  })
}, 60_000)

test('a mutation changes one member, and never says what is well-formed', () => {
  const body = JSON.stringify({ id: 'A1', active: true, roles: [{ value: 'R1' }] })
  const names = mutationsOf(body).map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining(['id is left out', 'active is "yes"', 'roles.0.value is null']),
  )
  expect(names).not.toContain('roles is []')
  expect(names).not.toContain('roles.0 is left out')
  for (const { of } of mutationsOf(body)) expect(of(body)).not.toBe(body)
})
