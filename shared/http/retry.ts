/** What one try came to: an answer's status, or no answer. */
export interface Attempt {
  /** Tries made so far, this one included: 1 after the first. */
  readonly number: number
  /** Whether doing it twice is the same as doing it once: reads, and sign-in. */
  readonly repeatable: boolean
  /** Undefined when no complete answer came. */
  readonly status?: number
  /** Only without an answer: whether anything may have reached the other side. */
  readonly sent?: boolean
  /** The Retry-After header, as it came. */
  readonly retryAfter?: string | undefined
}

const attempts = 4
const firstDelay = 400
const retriedStatuses: readonly number[] = [429, 502, 503, 504]

/**
 * Milliseconds to wait before the next try, or undefined when there shall be none: because it would not help, because the
 * request might be carried out twice, or because the wait does not fit in `remaining` milliseconds.
 * `random` is in [0, 1).
 */
export function delayBefore(
  attempt: Attempt,
  remaining: number,
  random: () => number,
  now: () => number = Date.now,
): number | undefined {
  if (attempt.number >= attempts) return undefined
  const mayHelp = attempt.status === undefined || retriedStatuses.includes(attempt.status)
  const isSafe = attempt.repeatable || (attempt.status === undefined && attempt.sent === false)
  if (!mayHelp || !isSafe) return undefined
  const asked = retryAfter(attempt.retryAfter, now())
  const delay = asked ?? random() * firstDelay * 2 ** (attempt.number - 1)
  return delay < remaining ? delay : undefined
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,6}$/.test(value.trim())) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
