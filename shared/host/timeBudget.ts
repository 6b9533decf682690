/** Kept back from every deadline, so that a result can still be written: milliseconds. */
const reserve = 500

/**
 * The time an action may take, counted from the start of the process: the host kills it at 30 s and what happened between
 * a write and its answer would then be unknown.
 */
export interface Budget {
  /** Milliseconds left for requests and waits; 0 when the time is up. */
  remaining(): number
  /** How much of all the time is left, whatever is kept: 1 at the start, 0 at the end. */
  timeLeft(): number
  /**
   * Does work for which `remaining` leaves `share` of all the time alone: what hangs in it, or goes on and on, must not take
   * the time of what the action is about.
   */
  reserving<Answer>(share: number, work: () => Promise<Answer>): Promise<Answer>
}

/** A budget of so many seconds from `startedAt` (milliseconds on the process's own clock; its start by default). */
export function startBudget(seconds: number, startedAt = 0): Budget {
  // Not performance.now(), which loads a dozen of Node's modules for the same clock.
  const all = seconds * 1000
  let kept = 0
  const left = (): number => Math.max(0, startedAt + all - reserve - process.uptime() * 1000)
  return {
    remaining: () => Math.max(0, left() - kept),
    timeLeft: () => left() / all,
    async reserving(share, work) {
      const before = kept
      kept = Math.max(before, share * all)
      try {
        return await work()
      } finally {
        kept = before
      }
    },
  }
}
