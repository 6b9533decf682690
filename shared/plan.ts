/** The name of an attribute or field, and its value as text; '' means: there is none. */
export type Values = ReadonlyMap<string, string>

/** One attribute that must change; '' in `to` means: clear it. */
export interface Change {
  readonly attribute: string
  readonly from: string
  readonly to: string
}

/** How two values of an attribute compare; `typed` is for custom fields, which may be texts, numbers or booleans. */
export type Comparison = 'exact' | 'caseless' | 'id' | 'typed'

/**
 * The changes that make `current` agree with `desired`; attributes that `desired` does not have are left alone. An empty
 * plan is what "no changes" means.
 */
export function plan(
  current: Values,
  desired: Values,
  comparison: (attribute: string) => Comparison,
): Change[] {
  const changes: Change[] = []
  for (const [attribute, wanted] of desired) {
    const from = current.get(attribute) ?? ''
    // A checkbox is never empty: nothing means that it is off.
    const isCleared = wanted === '' && comparison(attribute) === 'typed' && /^(true|false)$/.test(from)
    const to = isCleared ? 'false' : wanted
    if (!isSame(from, to, comparison(attribute))) changes.push({ attribute, from, to })
  }
  return changes
}

export function isSame(a: string, b: string, comparison: Comparison): boolean {
  switch (comparison) {
    case 'exact':
      return a === b
    case 'caseless':
      return a.toLowerCase() === b.toLowerCase()
    case 'typed':
      if (isBoolean(a) && isBoolean(b)) return a.toLowerCase() === b.toLowerCase()
      return a === b || (a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b))
    case 'id':
      // The last three of 18 characters are a checksum of the first 15.
      return a.slice(0, 15) === b.slice(0, 15)
  }
}

export function isBoolean(value: string): boolean {
  return /^(true|false)$/i.test(value)
}
