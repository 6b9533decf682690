/** The name of an attribute or field, and its value as text; '' means: there is none. */
export type Values = ReadonlyMap<string, string>

/** One attribute that must change; '' in `to` means: clear it. */
export interface Change {
  readonly attribute: string
  readonly from: string
  readonly to: string
}

/** How two values of an attribute compare; `typed` is for custom fields, whose type is not known: a text, number, moment or choice. */
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

export function isSame(one: string, other: string, comparison: Comparison): boolean {
  const [a, b] = [withLineFeeds(one), withLineFeeds(other)]
  switch (comparison) {
    case 'exact':
      return a === b
    case 'caseless':
      return a.toLowerCase() === b.toLowerCase()
    case 'typed':
      if (isBoolean(a) && isBoolean(b)) return a.toLowerCase() === b.toLowerCase()
      return a === b || isSameNumber(a, b) || isSameMoment(a, b) || isSameChoice(a, b)
    case 'id':
      // The last three of 18 characters are a checksum of the first 15.
      return a.slice(0, 15) === b.slice(0, 15)
  }
}

/** Ends of lines are written in three ways, and an org keeps them in its own (observed). */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function isSameNumber(a: string, b: string): boolean {
  return a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b)
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/

/** `2026-12-31T18:00:00Z` is kept as `2026-12-31T18:00:00.000+0000`. */
function isSameMoment(a: string, b: string): boolean {
  return moment.test(a) && moment.test(b) && millisecondsOf(a) === millisecondsOf(b)
}

function millisecondsOf(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

/** Several values of a picklist are kept in the order of the picklist, whatever order they came in (general knowledge). */
function isSameChoice(a: string, b: string): boolean {
  if (!a.includes(';') || !b.includes(';')) return false
  const sorted = (values: string): string =>
    [...new Set(values.split(';').map((value) => value.trim()))].sort().join(';')
  return sorted(a) === sorted(b)
}

export function isBoolean(value: string): boolean {
  return /^(true|false)$/i.test(value)
}
