import fc from 'fast-check'
import { parseInput, toInput } from '../../shared/host/context.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { answer } from '../runInProcess.ts'
import { startOrg } from './misbehavingServer.ts'
import { actionNames, breaches, connectorNames, contextFor, type Json, launch, together } from './support.ts'
import { runs } from '../matrix.ts'

/** Values that programs stumble over, and any others. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'true',
    'null',
    '[object Object]',
    '\u0000',
    '\ud800',
    '__proto__',
    "' OR '1'='1",
    '"',
    '\\',
  ),
  fc.constantFrom<unknown>(0, -1, 1e308, true, [], [[]], {}, [null], { constructor: 1 }, { toString: null }),
  fc.constant('x'.repeat(5000)),
  fc.jsonValue(),
)

interface Mutation {
  readonly at: number
  readonly how: 'replace' | 'remove' | 'rename' | 'recase' | 'add' | 'wrap'
  readonly value: unknown
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(500),
  how: fc.constantFrom('replace', 'remove', 'rename', 'recase', 'add', 'wrap'),
  value: odd,
})

/** Every member of an object, at any depth: where it is, and its name. */
function members(value: unknown): { parent: Json; name: string }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const parent = value as Json
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...members(parent[name])])
}

/** The context with one member of it changed; where sign-in and address are is left alone, so that the rest is reached. */
function mutate(context: Json, mutations: readonly Mutation[]): Json {
  const changed = structuredClone(context)
  for (const { at, how, value } of mutations) {
    const all = members(changed).filter(
      ({ name }) => !/^(BaseUrl|ClientID|ClientSecret|Configuration)$/.test(name),
    )
    const chosen = all[at % Math.max(1, all.length)]
    if (chosen === undefined) continue
    const { parent, name } = chosen
    const was = parent[name]
    if (how === 'remove' || how === 'rename' || how === 'recase') delete parent[name]
    if (how === 'replace') parent[name] = value
    if (how === 'rename') parent[typeof value === 'string' ? value.slice(0, 40) : 'Renamed'] = was
    if (how === 'recase') parent[name.toUpperCase()] = was
    if (how === 'add') parent[typeof value === 'string' ? value : 'Added'] = value
    if (how === 'wrap') parent[name] = [was]
  }
  return changed
}

const actionName = fc.constantFrom(...actionNames)
const connectorName = fc.constantFrom(...connectorNames)
const context = fc
  .tuple(actionName, connectorName)
  .map(([action, connector]) => contextFor(action, 'http://127.0.0.1:1', {}, connector))
const mutated = fc
  .tuple(context, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([given, mutations]) => mutate(given, mutations))

/** Whether a piece of work comes to an end that the contract knows: a value, or an error with a sentence. */
function judge(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectorError)
    expect(error).toMatchObject({ code: 'INVALID_CONTEXT', message: expect.stringMatching(/\S/) })
    expect(String(error)).not.toContain(seedCredentials.clientSecret)
  }
}

test('a context that was changed anywhere is understood, or refused in words', () => {
  fc.assert(
    fc.property(mutated, (given) => {
      judge(() => toInput(given))
      judge(() => parseInput(JSON.stringify({ actionContext: given })))
    }),
    { numRuns: runs(500) },
  )
})

test('a text that was damaged anywhere is understood, or refused in words', () => {
  const damage = fc.tuple(context, fc.nat(2000), fc.nat(20), fc.string({ unit: 'binary', maxLength: 8 }))
  fc.assert(
    fc.property(damage, ([given, at, length, inserted]) => {
      const text = JSON.stringify(given)
      judge(() => parseInput(text.slice(0, at) + inserted + text.slice(at + length)))
    }),
    { numRuns: runs(500) },
  )
})

test('any JSON and any text is understood, or refused in words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (text) => judge(() => parseInput(text))),
    { numRuns: runs(500) },
  )
})

test('no context changes what every object has', () => {
  judge(() =>
    parseInput('{"DryRun":true,"__proto__":{"polluted":true},"Data":{"__proto__":{"polluted":true}}}'),
  )
  expect(({} as Json)['polluted']).toBeUndefined()
})

test('scripts answer a changed context with one document, whatever it is, and never call it a mistake of theirs', async () => {
  const org = await startOrg()
  const one = fc.tuple(actionName, fc.array(mutation, { minLength: 1, maxLength: 4 }), connectorName)
  const sample = fc.sample(one, { numRuns: 80, seed: 20_260_301 })
  const given = sample.map(([action, mutations, connector]) => ({
    action,
    connector,
    text: JSON.stringify(mutate(contextFor(action, org.url, {}, connector), mutations)),
  }))
  const runs = await together(given, ({ action, text, connector }) => answer(action, text, connector))
  // Some of them by the built script, which is judged as the others are.
  runs.push(
    ...(await together(given.slice(0, 8), ({ action, text, connector }) =>
      launch(action, text, { connector }),
    )),
  )
  sample.push(...sample.slice(0, 8))
  const codes = new Set(runs.map(({ code }) => code))
  runs.forEach((run, index) => {
    expect([sample[index], ...breaches(run, run.code ?? -1)]).toEqual([sample[index]])
    expect(run.code).toBeGreaterThanOrEqual(0)
    expect(run.code).toBeLessThanOrEqual(2)
  })
  // The sample is worth something: contexts of every kind are in it.
  expect([...codes].sort()).toEqual([0, 1, 2])
})
