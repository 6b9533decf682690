/** The middle value; the mean of the two middle ones where there are two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Half of the values lie between the two. */
export function quartiles(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  if (half === 0) return [median(sorted), median(sorted)]
  return [median(sorted.slice(0, half)), median(sorted.slice(-half))]
}

/**
 * The ratios of values that were taken in the same rounds: what slows a whole round down, as another program on the
 * machine does, falls out. Rounds in which either is missing are left out.
 */
export function ratios(values: readonly number[], bases: readonly number[]): number[] {
  return values.flatMap((value, round) => {
    const base = bases[round]
    return base === undefined || base === 0 ? [] : [value / base]
  })
}

/** The same things in a random order (Fisher and Yates). `random` is in [0, 1). */
export function shuffled<T>(things: readonly T[], random: () => number = Math.random): T[] {
  const left = [...things]
  const order: T[] = []
  while (left.length > 0) order.push(...left.splice(Math.floor(random() * left.length), 1))
  return order
}
