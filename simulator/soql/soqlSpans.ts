/** A stretch of time that a literal names: from its first moment up to, and without, its last. */
export interface Span {
  from: Date
  until: Date
}

const day = 86_400_000

/** Named stretches of whole days, months or years around today, by how far they begin and end from it. */
const named: Readonly<Record<string, readonly [unit: Unit, from: number, length: number]>> = {
  yesterday: ['day', -1, 1],
  today: ['day', 0, 1],
  tomorrow: ['day', 1, 1],
  last_week: ['week', -1, 1],
  this_week: ['week', 0, 1],
  next_week: ['week', 1, 1],
  last_month: ['month', -1, 1],
  this_month: ['month', 0, 1],
  next_month: ['month', 1, 1],
  last_quarter: ['quarter', -1, 1],
  this_quarter: ['quarter', 0, 1],
  next_quarter: ['quarter', 1, 1],
  last_year: ['year', -1, 1],
  this_year: ['year', 0, 1],
  next_year: ['year', 1, 1],
  last_90_days: ['day', -90, 91],
  next_90_days: ['day', 1, 90],
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'

const counted = /^(last_n|next_n|n)_(day|week|month|quarter|year)s(_ago)?$/

/** The parts of a literal such as `LAST_N_DAYS:7`, in lower case; undefined where it is none (documented: SOQL, date literals). */
export function spanOf(word: string): { name: string; count: number } | undefined {
  const [name = '', count] = word.split(':')
  if (count === undefined) return Object.hasOwn(named, name) ? { name, count: 0 } : undefined
  const [, kind, , ago] = counted.exec(name) ?? []
  const isKnown = kind !== undefined && (kind === 'n') === (ago !== undefined)
  return isKnown ? { name, count: Number(count) } : undefined
}

/**
 * The stretch that a literal names. Documented: days begin at midnight in the time zone of the user who asks, and LAST_N_DAYS ends
 * with today; UTC is assumed here. Weeks begin on Sunday (documented for the en_US locale).
 */
export function resolveSpan(name: string, count: number, now: Date): Span {
  const fixed = named[name]
  if (fixed !== undefined) return stretch(now, ...fixed)
  const [, kind = '', unit = 'day'] = counted.exec(name) ?? []
  if (kind === 'n') return stretch(now, unit as Unit, -count, 1)
  if (kind === 'next_n') return stretch(now, unit as Unit, 1, count)
  // documented: the last n days include today, the last n weeks, months and so on leave out the current one
  return stretch(now, unit as Unit, -count, unit === 'day' ? count + 1 : count)
}

function stretch(now: Date, unit: Unit, from: number, length: number): Span {
  return { from: startOf(now, unit, from), until: startOf(now, unit, from + length) }
}

function startOf(now: Date, unit: Unit, offset: number): Date {
  const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const midnight = Date.UTC(year, month, date)
  switch (unit) {
    case 'day':
      return new Date(midnight + offset * day)
    case 'week':
      return new Date(midnight + (offset * 7 - now.getUTCDay()) * day)
    case 'month':
      return new Date(Date.UTC(year, month + offset, 1))
    case 'quarter':
      return new Date(Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3, 1))
    case 'year':
      return new Date(Date.UTC(year + offset, 0, 1))
  }
}
