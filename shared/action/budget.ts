/** Kept back from every deadline, so that a result can still be written: milliseconds. */
const reserve = 500

/**
 * The time an action may take, counted from the start of the process: the host kills it at 30 s and what happened between
 * a write and its answer would then be unknown.
 */
export interface Budget {
  /** Milliseconds left for requests and waits; 0 when the time is up. */
  remaining(): number
}

/** A budget of so many seconds from `startedAt` (milliseconds on the process's own clock; its start by default). */
export function startBudget(seconds: number, startedAt = 0): Budget {
  // Not performance.now(), which loads a dozen of Node's modules for the same clock.
  return { remaining: () => Math.max(0, startedAt + seconds * 1000 - reserve - process.uptime() * 1000) }
}
