/** What one try of a request came to. */
export type Outcome =
  /** No complete answer; `sent` is false when it is certain that nothing left this process. */
  | { readonly kind: 'unanswered'; readonly sent: boolean }
  | {
      readonly kind: 'answered'
      readonly status: number
      /** The Retry-After header, as it came. */
      readonly retryAfter?: string | undefined
      /** Whether the answer says that nothing was done and that a pause may help: a lock, too many requests at a time. */
      readonly isRefusedForNow: boolean
    }

export interface Attempt {
  /** Tries made so far, this one included: 1 after the first. */
  readonly number: number
  /** Whether doing it twice is the same as doing it once: reads, sign-in, setting a field to a value, removing a record. */
  readonly isRepeatable: boolean
  readonly outcome: Outcome
}

/** What to do next: wait so many milliseconds and try again, or not; `time` when only the wait did not fit. */
export type Decision = { readonly wait: number } | { readonly stop: 'final' | 'time'; readonly wait: number }

/** Statuses that say that the service is not able to answer for now. */
const unavailable: readonly number[] = [502, 503, 504]

const policies = {
  /** The network or the service: four tries. */
  failure: { tries: 4, firstDelay: 400, longestDelay: 4_000 },
  /** Group memberships stay locked for some ten seconds (documented: draes_group_membership_locking). */
  refusal: { tries: 8, firstDelay: 500, longestDelay: 8_000 },
} as const

/**
 * Whether a request is sent again. It is when that may help, when it cannot be carried out twice, and when the wait fits
 * in `remaining` milliseconds: a write of which it is not known what came of it is never sent again from here.
 * Retry-After wins; otherwise the delay grows exponentially with full jitter. `random` is in [0, 1).
 */
export function decide(
  { number, isRepeatable, outcome }: Attempt,
  remaining: number,
  random: () => number,
  now: () => number = Date.now,
): Decision {
  const policy = policyFor(outcome, isRepeatable)
  if (policy === undefined || number >= policy.tries) return { stop: 'final', wait: 0 }
  const asked = outcome.kind === 'answered' ? retryAfter(outcome.retryAfter, now()) : undefined
  const longest = Math.min(policy.longestDelay, policy.firstDelay * 2 ** (number - 1))
  const wait = asked ?? random() * longest
  return wait < remaining ? { wait } : { stop: 'time', wait }
}

function policyFor(
  outcome: Outcome,
  isRepeatable: boolean,
): (typeof policies)[keyof typeof policies] | undefined {
  if (outcome.kind === 'unanswered') return isRepeatable || !outcome.sent ? policies.failure : undefined
  if (outcome.isRefusedForNow || outcome.status === 429) return policies.refusal
  return isRepeatable && unavailable.includes(outcome.status) ? policies.failure : undefined
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,6}$/.test(value.trim())) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
