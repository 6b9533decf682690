/** Set by `npm run test:all`, as before a release: every cell of every product, and every case as a built script. */
export const isFull = process.env['TEST_ALL'] === '1'

/**
 * The cells of a product of cases (orgs, routes, actions, inputs) that a run takes: those that can fail by themselves, or all
 * of them in the full run. Throws when none would be left, because a test without a case is none.
 */
export function cells<T>(all: readonly T[], canFailAlone: (cell: T) => boolean): readonly T[] {
  const taken = all.filter((cell) => isFull || canFailAlone(cell))
  if (taken.length === 0) throw new Error('no cell of the product is taken')
  return taken
}

/** How many random cases a property tries: so many in the full run, a quarter of them else. */
export const runs = (full: number): number => (isFull ? full : Math.ceil(full / 4))
