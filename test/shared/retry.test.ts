import fc from 'fast-check'
import { type Attempt, delayBefore } from '../../shared/http/retry.ts'

const half = (): number => 0.5
const anAttempt: fc.Arbitrary<Attempt> = fc.record(
  {
    number: fc.integer({ min: 1, max: 8 }),
    repeatable: fc.boolean(),
    status: fc.constantFrom(200, 400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 504),
    sent: fc.boolean(),
    retryAfter: fc.constantFrom('0', '1', '7', '120', 'soon', '', '-1', 'Wed, 21 Oct 2026 07:28:00 GMT'),
  },
  { requiredKeys: ['number', 'repeatable'] },
)
const remaining = fc.integer({ min: 0, max: 40_000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const now = fc.constant(Date.parse('Wed, 21 Oct 2026 07:27:50 GMT'))

const each = (check: (attempt: Attempt, delay: number | undefined, left: number) => void): void => {
  fc.assert(
    fc.property(anAttempt, remaining, random, now, (attempt, left, chance, moment) => {
      check(
        attempt,
        delayBefore(
          attempt,
          left,
          () => chance,
          () => moment,
        ),
        left,
      )
    }),
    { numRuns: 1000 },
  )
}

test('a wait always fits in the time that is left, and is never negative', () => {
  each((_attempt, delay, left) => {
    if (delay !== undefined) expect(delay >= 0 && delay < left).toBe(true)
  })
})

test('there is an end: after four tries there is no other', () => {
  each((attempt, delay) => {
    if (attempt.number >= 4) expect(delay).toBeUndefined()
  })
})

test('what might be carried out twice is never sent twice', () => {
  each((attempt, delay) => {
    if (!attempt.repeatable && (attempt.status !== undefined || attempt.sent !== false)) {
      expect(delay).toBeUndefined()
    }
  })
})

test('an answer that a second try would not better is taken as it is', () => {
  each((attempt, delay) => {
    if (attempt.status !== undefined && ![429, 502, 503, 504].includes(attempt.status)) {
      expect(delay).toBeUndefined()
    }
  })
})

test('a read without an answer, or with a passing one, is tried again', () => {
  for (const status of [undefined, 429, 502, 503, 504]) {
    const attempt = { number: 1, repeatable: true, ...(status !== undefined && { status }) }
    expect(delayBefore(attempt, 10_000, half)).toBe(200)
  }
})

test('a write that certainly never left is tried again', () => {
  expect(delayBefore({ number: 1, repeatable: false, sent: false }, 10_000, half)).toBe(200)
  expect(delayBefore({ number: 1, repeatable: false, sent: true }, 10_000, half)).toBeUndefined()
  expect(delayBefore({ number: 1, repeatable: false }, 10_000, half)).toBeUndefined()
})

test('waits grow, and chance spreads them from nothing to all', () => {
  const at = (number: number, chance: number) =>
    delayBefore({ number, repeatable: true }, 60_000, () => chance)
  expect([1, 2, 3].map((number) => at(number, 0.999_999))).toEqual([
    expect.closeTo(400, 0),
    expect.closeTo(800, 0),
    expect.closeTo(1600, 0),
  ])
  expect([1, 2, 3].map((number) => at(number, 0))).toEqual([0, 0, 0])
})

test.each([
  ['7', 7000],
  [' 7 ', 7000],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 10_000],
  ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
])('Retry-After %j is what the other side asks for: chance has no part in it', (retryAfter, delay) => {
  const moment = Date.parse('Wed, 21 Oct 2026 07:27:50 GMT')
  const attempt = { number: 3, repeatable: true, status: 503, retryAfter }
  expect(
    delayBefore(
      attempt,
      60_000,
      () => 0.9,
      () => moment,
    ),
  ).toBe(delay)
})

test.each(['soon', '', '12345678901', '1.5x'])('a Retry-After of %j is as good as none', (retryAfter) => {
  expect(delayBefore({ number: 1, repeatable: true, status: 429, retryAfter }, 60_000, half)).toBe(200)
})

test('a wait that does not fit is not begun', () => {
  const attempt = { number: 1, repeatable: true, status: 429, retryAfter: '30' }
  expect(delayBefore(attempt, 30_000, half)).toBeUndefined()
  expect(delayBefore(attempt, 30_001, half)).toBe(30_000)
  expect(delayBefore({ number: 1, repeatable: true }, 0, () => 0)).toBeUndefined()
})
