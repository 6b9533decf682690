import fc from 'fast-check'
import { type Attempt, decide, type Decision, type Outcome } from '../../shared/http/retry.ts'
import { runs } from '../matrix.ts'

const half = (): number => 0.5
const moment = Date.parse('Wed, 21 Oct 2026 07:27:50 GMT')

const anOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('unanswered' as const), sent: fc.boolean() }),
  fc.record({
    kind: fc.constant('answered' as const),
    status: fc.constantFrom(200, 204, 400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 504),
    retryAfter: fc.constantFrom(
      undefined,
      '0',
      '1',
      '7',
      '120',
      'soon',
      '',
      '-1',
      'Wed, 21 Oct 2026 07:28:00 GMT',
    ),
    isRefusedForNow: fc.boolean(),
  }),
)
const anAttempt: fc.Arbitrary<Attempt> = fc.record({
  number: fc.integer({ min: 1, max: 10 }),
  isRepeatable: fc.boolean(),
  outcome: anOutcome,
})
const remaining = fc.integer({ min: 0, max: 40_000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

const each = (check: (attempt: Attempt, decision: Decision, left: number) => void): void => {
  fc.assert(
    fc.property(anAttempt, remaining, random, (attempt, left, chance) => {
      const decision = decide(
        attempt,
        left,
        () => chance,
        () => moment,
      )
      check(attempt, decision, left)
    }),
    { numRuns: runs(2000) },
  )
}

const answered = (status: number, more: Partial<Extract<Outcome, { kind: 'answered' }>> = {}): Outcome => ({
  kind: 'answered',
  status,
  isRefusedForNow: false,
  ...more,
})
const repeats = (decision: Decision): boolean => !('stop' in decision)
const after = (
  number: number,
  isRepeatable: boolean,
  outcome: Outcome,
  left = 60_000,
  chance = half,
): Decision => decide({ number, isRepeatable, outcome }, left, chance, () => moment)

test('a wait always fits in the time that is left, and is never negative', () => {
  each((_attempt, decision, left) => {
    if (repeats(decision)) expect(decision.wait >= 0 && decision.wait < left).toBe(true)
  })
})

test('there is an end: after eight tries there is no other', () => {
  each(({ number }, decision) => {
    if (number >= 8) expect(repeats(decision)).toBe(false)
  })
})

test('a write of which it is not known what came of it is never sent again', () => {
  each(({ isRepeatable, outcome }, decision) => {
    const isUnknown =
      outcome.kind === 'unanswered' ? outcome.sent : outcome.status >= 500 && !outcome.isRefusedForNow
    if (!isRepeatable && isUnknown) expect(repeats(decision)).toBe(false)
  })
})

test('an answer that a second try would not better is taken as it is', () => {
  each(({ outcome }, decision) => {
    if (outcome.kind !== 'answered' || outcome.isRefusedForNow) return
    if (![429, 502, 503, 504].includes(outcome.status)) expect(decision).toEqual({ stop: 'final', wait: 0 })
  })
})

test('time is the reason only where a wait was wanted that does not fit', () => {
  each((_attempt, decision, left) => {
    if ('stop' in decision && decision.stop === 'time') expect(decision.wait >= left).toBe(true)
  })
})

test.each([
  ['a read without an answer', true, { kind: 'unanswered', sent: true } as const, 200],
  ['a write that certainly never left', false, { kind: 'unanswered', sent: false } as const, 200],
  ['a read that is told to come back', true, answered(503), 200],
  ['a write that met too many requests', false, answered(429), 250],
  ['a write that met a lock, as HTTP 400', false, answered(400, { isRefusedForNow: true }), 250],
  ['a write that met a lock, as HTTP 409', false, answered(409, { isRefusedForNow: true }), 250],
])('%s is tried again', (_what, isRepeatable, outcome, wait) => {
  expect(after(1, isRepeatable, outcome)).toEqual({ wait })
})

test.each([
  ['a write without an answer', false, { kind: 'unanswered', sent: true } as const],
  ['a write that met a service that is down', false, answered(503)],
  ['a refusal', true, answered(400)],
  ['a failure of the server', true, answered(500)],
  ['success', true, answered(200)],
])('%s is not', (_what, isRepeatable, outcome) => {
  expect(after(1, isRepeatable, outcome)).toEqual({ stop: 'final', wait: 0 })
})

test('waits grow up to a bound, and chance spreads them from nothing to all', () => {
  const lock = answered(400, { isRefusedForNow: true })
  const all = [1, 2, 3, 4, 5, 6, 7].map((number) => after(number, false, lock, 60_000, () => 0.999_999).wait)
  expect(all.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000])
  expect(after(3, true, answered(503), 60_000, () => 0)).toEqual({ wait: 0 })
  expect(Math.round(after(3, true, answered(503), 60_000, () => 0.999_999).wait)).toBe(1600)
})

test('the waits for a lock outlast the ten seconds that Salesforce holds it', () => {
  const lock = answered(400, { isRefusedForNow: true })
  const waits = [1, 2, 3, 4, 5, 6, 7].map((number) => after(number, false, lock).wait)
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(10_000)
})

test.each([
  ['7', 7000],
  [' 7 ', 7000],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
])('Retry-After %j is what the other side asks for: chance has no part in it', (retryAfter, wait) => {
  expect(after(3, true, answered(503, { retryAfter }), 60_000, () => 0.9)).toEqual({ wait })
})

test.each(['soon', '', '12345678901', '1.5x'])('a Retry-After of %j is as good as none', (retryAfter) => {
  expect(after(1, true, answered(429, { retryAfter }))).toEqual({ wait: 250 })
})

test('a wait that does not fit is not begun, and that is said', () => {
  const outcome = answered(429, { retryAfter: '30' })
  expect(after(1, true, outcome, 30_000)).toEqual({ stop: 'time', wait: 30_000 })
  expect(after(1, true, outcome, 30_001)).toEqual({ wait: 30_000 })
})
