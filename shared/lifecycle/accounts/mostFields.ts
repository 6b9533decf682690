/**
 * How many members Data may have. An object has at most 900 custom fields (documented: Custom Fields Allowed Per Object), and
 * no mapping has a use for all standard ones besides.
 */
export const mostFields = 1000

/** The sentence for a Data that has more. */
export function tooManyFields(count: number): string {
  return `Data has ${count} members, more than the ${mostFields} fields that can be mapped`
}
