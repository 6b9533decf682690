import { type Fault, type FaultEffect, type FaultHandle, faultEffects } from '../simulator/faults/faults.ts'
import type { SimulatedOrg } from '../simulator/server.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { type Traced, when } from './trace.ts'
import { restore, type Snapshot, snapshotOf, startFlow } from './revertingFlow.ts'

/** The columns of the table: what goes wrong. */
export const columns = [
  'cut before',
  'cut after',
  'cut within',
  '429',
  '503',
  '401',
  'lock',
  'limit',
  'page',
  'error in 200',
  'no seats',
  'undone',
  'slow',
] as const
export type Column = (typeof columns)[number]

/** What a run under a trouble must come to; `either`: whichever is true. */
export type Expectation = 'success' | 'failure' | 'either'

/** One thing that goes wrong at one place of one scenario. */
export interface FaultCase {
  readonly column: Column
  /** What it is and where, for whoever has to repeat it. */
  readonly name: string
  readonly expected: Expectation
  readonly settings?: Readonly<Record<string, unknown>>
  /** Milliseconds after which nothing that it held up is still on its way. */
  readonly lasts?: number
  start(simulator: SimulatedOrg): Started
}

export interface Started {
  hasFired(): boolean
  mend(): void
}

/** The small budget of the slow runs, and an answer that does not fit in it. */
const slowBudget = 3
const slowAnswer = 3_000

/** Longer than the first waits of a retry, shorter than a budget. */
const lockHeld = 3_000

/** Everything that is tried on a scenario whose undisturbed run sent these requests. */
export function troublesFor(scenario: Scenario, requests: readonly Traced[]): FaultCase[] {
  const writes = requests.flatMap((request, at) => (request.isWrite ? at : []))
  const isReader = writes.length === 0
  // An import counts at its end whom it leaves out: that may fail, its accounts may not.
  const lastRead = scenario.isImport ? 1 : requests.length - 1
  const targets = isReader ? [lastRead] : writes
  const [target = 0] = targets
  const last = targets.at(-1) ?? target
  const whole = { requests, scenario }
  const at = (index: number): Spot => ({ ...whole, index })

  return [
    ...requests.flatMap((_, index) => cuts(at(index))),
    ...busy(at(target)),
    ...unauthorized(at(target), at(1)),
    ...(isReader ? [] : locks(at(target))),
    ...targets.map((index) => dailyLimit(at(index), 'failure')),
    ...(isReader || last + 1 >= requests.length ? [] : [dailyLimit(at(last + 1), 'either')]),
    maintenance(at(target)),
    ...targets.map((index) => refusedWithin200(at(index), targets.length === 1 ? 'failure' : 'either')),
    ...seats(at(target)),
    ...(isReader || scenario.onlyCreates === true ? [] : undone(at(last))),
    ...(scenario.isImport ? [] : [slow(at(target))]),
  ]
}

/** One request of a scenario. */
interface Spot {
  readonly scenario: Scenario
  readonly requests: readonly Traced[]
  readonly index: number
}

function requestAt({ requests, index }: Spot): Traced {
  const request = requests[index]
  if (request === undefined) throw new Error(`there is no request ${index}`)
  return request
}

function named(what: string, spot: Spot): string {
  const { method, path } = requestAt(spot)
  return `${what} at request ${spot.index + 1} (${method} ${path})`
}

type Given = Omit<FaultCase, 'start' | 'name'> & { what: string }

/** A trouble that is one fault at one request. */
function byFault({ what, ...given }: Given, spot: Spot, fault: Omit<Fault, 'when'>, times = 1): FaultCase {
  return {
    ...given,
    name: named(what, spot),
    start: (simulator) =>
      started(simulator, [simulator.fault({ ...fault, when: { ...when(requestAt(spot)), times } })]),
  }
}

/** A trouble from one request on, whatever is asked. */
function fromThere({ what, ...given }: Given, spot: Spot, fault: Omit<Fault, 'when'>): FaultCase {
  const condition = { occurrence: spot.index + 1, times: Number.POSITIVE_INFINITY }
  return {
    ...given,
    name: named(`${what} from there on,`, spot),
    start: (simulator) => started(simulator, [simulator.fault({ ...fault, when: condition })]),
  }
}

function started(simulator: SimulatedOrg, handles: readonly FaultHandle[], mend?: () => void): Started {
  return {
    hasFired: () => handles.every(({ fired }) => fired > 0) && simulator.unfiredFaults().length === 0,
    mend: () => {
      for (const handle of handles) handle.remove()
      mend?.()
    },
  }
}

/** What comes of a request whose answer is lost, whether or not it was carried out. */
function whenLost(spot: Spot, wasDone: boolean): Expectation {
  const { lostPost } = spot.scenario
  const { isWrite, method } = requestAt(spot)
  if (lostPost === undefined || !isWrite || method !== 'POST') return 'success'
  return wasDone && lostPost === 'looked up' ? 'success' : 'failure'
}

function cuts(spot: Spot): FaultCase[] {
  const cut = (column: Column, kind: 'reset' | 'commit-then-reset' | 'commit-then-truncate'): FaultCase =>
    byFault({ column, what: column, expected: whenLost(spot, kind !== 'reset') }, spot, { effect: { kind } })
  return [
    cut('cut before', 'reset'),
    cut('cut after', 'commit-then-reset'),
    cut('cut within', 'commit-then-truncate'),
  ]
}

function busy(spot: Spot): FaultCase[] {
  const once = whenLost(spot, false)
  const { tooManyRequests, unavailable } = faultEffects
  const tell = (
    column: Column,
    what: string,
    expected: Expectation,
    effect: FaultEffect,
    times = 1,
  ): FaultCase => byFault({ column, what, expected }, spot, { effect }, times)
  return [
    tell('429', '429 with Retry-After', 'success', tooManyRequests(1)),
    tell('429', '429 twice', 'success', tooManyRequests(), 2),
    tell('503', '503 with Retry-After', once, unavailable(1)),
    tell('503', '503', once, unavailable()),
    fromThere({ column: '503', what: '503', expected: 'failure' }, spot, { effect: unavailable() }),
  ]
}

function unauthorized(...spots: readonly Spot[]): FaultCase[] {
  const different = spots.filter(({ index }, at) => spots.findIndex((other) => other.index === index) === at)
  return different.map((spot) =>
    byFault({ column: '401', what: '401', expected: 'success' }, spot, {
      effect: faultEffects.unauthorized(),
    }),
  )
}

function locks(spot: Spot): FaultCase[] {
  const request = requestAt(spot)
  const effect = request.isScim ? faultEffects.rowLockScim() : faultEffects.rowLock()
  const rows = byFault({ column: 'lock', what: 'row lock twice', expected: 'success' }, spot, { effect }, 2)
  // Roles, groups and territories share one lock, which others hold for seconds.
  if (!/Role|Group|Queue|Territory|resources/.test(spot.scenario.name)) return [rows]
  const condition = { ...when(request), forMilliseconds: lockHeld }
  return [
    rows,
    {
      column: 'lock',
      name: named('group lock for 3 s', spot),
      expected: 'success',
      start: (simulator) => started(simulator, [simulator.fault({ when: condition, effect })]),
    },
  ]
}

function dailyLimit(spot: Spot, expected: Expectation): FaultCase {
  return fromThere({ column: 'limit', what: 'daily limit', expected }, spot, {
    effect: faultEffects.dailyLimit(),
  })
}

function maintenance(spot: Spot): FaultCase {
  const given = { column: 'page', what: 'maintenance page', expected: whenLost(spot, false) } as const
  return byFault(given, spot, { effect: faultEffects.maintenance() })
}

function refusedWithin200(spot: Spot, expected: Expectation): FaultCase {
  const { isScim } = requestAt(spot)
  const detail = 'FIELD_CUSTOM_VALIDATION_EXCEPTION:Not on a Sunday;'
  const body = isScim
    ? { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status: 400 }
    : [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not on a Sunday' }]
  return byFault({ column: 'error in 200', what: '200 with an error inside', expected }, spot, {
    effect: { kind: 'answer', status: 200, body },
  })
}

/** The last seat goes when the request before the write was answered. */
function seats(spot: Spot): FaultCase[] {
  const { seats } = spot.scenario
  if (seats === undefined) return []
  const before = { ...spot, index: spot.index - 1 }
  const condition = when(requestAt(before))
  return [
    {
      column: 'no seats',
      name: named('the last seat goes before the write,', before),
      expected: 'failure',
      start: (simulator) =>
        started(simulator, [simulator.fault({ when: condition, then: seats.take })], () => {
          seats.free(simulator.org)
        }),
    },
  ]
}

function undone(spot: Spot): FaultCase[] {
  const within: FaultCase = {
    column: 'undone',
    name: 'a flow undoes the write before it is answered',
    expected: 'failure',
    start: ({ org }) => {
      const flow = startFlow(org)
      return { hasFired: () => flow.fired > 0, mend: flow.stop }
    },
  }
  if (spot.scenario.trustsAnswer === true) return [within]
  const before = when(requestAt({ ...spot, index: spot.index - 1 }))
  const after: FaultCase = {
    column: 'undone',
    name: named('a policy undoes the write after it was answered,', spot),
    expected: 'failure',
    start: (simulator) => {
      let snapshot: Snapshot = []
      return started(simulator, [
        simulator.fault({
          when: before,
          then: (org) => {
            snapshot = snapshotOf(org)
          },
        }),
        simulator.fault({
          when: when(requestAt(spot)),
          then: (org) => {
            restore(org, snapshot)
          },
        }),
      ])
    },
  }
  return [within, after]
}

function slow(spot: Spot): FaultCase {
  const settings = { ActionTimeoutSeconds: slowBudget }
  const given = { column: 'slow', what: 'answers 3 s late', expected: 'failure', settings } as const
  return fromThere({ ...given, lasts: slowAnswer }, spot, { delay: slowAnswer })
}
