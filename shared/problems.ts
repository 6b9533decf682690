/** How many problems are named one by one: whoever fixes these sees the next ones in the next run. */
const mostNamed = 20

/** Problems of one kind, of which somebody's input may have any number. */
export interface ProblemList {
  /** `describe` is called only for a problem that is named: the nearest name takes longer to find than that a name is unknown. */
  add(describe: () => string): void
  readonly count: number
  /** The first of them, and how many more there are. */
  sentences(): string[]
}

/** An empty list. `describeRest` says how many are not named; `and 7 more` if it is not given. */
export function createProblemList(
  describeRest: (count: number) => string = (count) => `and ${count} more`,
): ProblemList {
  const named: string[] = []
  let count = 0
  return {
    add(describe) {
      if (count < mostNamed) named.push(describe())
      count++
    },
    get count() {
      return count
    },
    sentences: () => (count > mostNamed ? [...named, describeRest(count - mostNamed)] : [...named]),
  }
}

/** The same sentences for problems that are known already. */
export function firstProblems<T>(problems: Iterable<T>, describe: (problem: T) => string): string[] {
  const list = createProblemList()
  for (const problem of problems) list.add(() => describe(problem))
  return list.sentences()
}
