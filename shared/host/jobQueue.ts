/** Runs jobs side by side, as many as there may be, and those that share a lane one after the other, in their order. */
export interface Turns<T> {
  /** Takes a job; resolves when there is room for another: whoever has more waits until then. */
  add(job: T, lockKeys: readonly string[]): Promise<void>
  /** The jobs that have not begun; they never will. */
  withdraw(): T[]
  /** Resolves when no job is left. */
  idle(): Promise<void>
}

/** How many jobs may wait, for each that may run. */
const waitingPerRunning = 4

interface Entry<T> {
  readonly job: T
  readonly lockKeys: readonly string[]
}

/** `run` must not throw: what becomes of a job is its own business. */
export function createJobQueue<T>(limit: number, run: (job: T) => Promise<void>): Turns<T> {
  let waiting: Entry<T>[] = []
  const queues = new Map<string, Entry<T>[]>()
  let running = 0
  let watchers: { readonly isDue: () => boolean; readonly resolve: () => void }[] = []

  const whenDue = (isDue: () => boolean): Promise<void> =>
    isDue() ? Promise.resolve() : new Promise((resolve) => watchers.push({ isDue, resolve }))

  const isNext = (entry: Entry<T>): boolean => entry.lockKeys.every((lane) => queues.get(lane)?.[0] === entry)

  const leave = (entry: Entry<T>): void => {
    for (const lane of entry.lockKeys) {
      const queue = queues.get(lane)?.filter((other) => other !== entry) ?? []
      if (queue.length > 0) queues.set(lane, queue)
      else queues.delete(lane)
    }
  }

  const begin = (entry: Entry<T>): void => {
    running++
    const end = (): void => {
      running--
      leave(entry)
      proceed()
    }
    void run(entry.job).then(end, end)
  }

  const proceed = (): void => {
    while (running < limit) {
      const next = waiting.find(isNext)
      if (next === undefined) break
      waiting = waiting.filter((entry) => entry !== next)
      begin(next)
    }
    const due = watchers.filter(({ isDue }) => isDue())
    watchers = watchers.filter((watcher) => !due.includes(watcher))
    for (const { resolve } of due) resolve()
  }

  return {
    add(job, lockKeys) {
      const entry = { job, lockKeys: [...new Set(lockKeys)] }
      waiting.push(entry)
      for (const lane of entry.lockKeys) queues.set(lane, [...(queues.get(lane) ?? []), entry])
      proceed()
      return whenDue(() => waiting.length < limit * waitingPerRunning)
    },
    withdraw() {
      const withdrawn = waiting
      waiting = []
      for (const entry of withdrawn) leave(entry)
      proceed()
      return withdrawn.map(({ job }) => job)
    },
    idle: () => whenDue(() => running === 0 && waiting.length === 0),
  }
}
