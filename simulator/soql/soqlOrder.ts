import type { FieldValue } from '../org/rows.ts'

/** The order of two values; texts without case (general knowledge). */
export function compare(
  a: FieldValue,
  b: FieldValue,
  order: { descending: boolean; nullsLast: boolean },
): number {
  if (a === null || b === null) {
    if (a === b) return 0
    return (a === null) === order.nullsLast ? 1 : -1
  }
  const x = typeof a === 'string' ? a.toLowerCase() : a
  const y = typeof b === 'string' ? b.toLowerCase() : b
  const difference = x < y ? -1 : x > y ? 1 : 0
  return order.descending ? -difference : difference
}
