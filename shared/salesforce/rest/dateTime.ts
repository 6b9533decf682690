/**
 * The day of `2026-12-31`, or of a date with a time as it stands there (`2026-12-31T00:00:00Z`): which day it is elsewhere is
 * not asked. Undefined for what is no date.
 */
export function dayOf(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}.*)?$/i.exec(text)?.[1]
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  return isDay === true ? day : undefined
}

/**
 * The moment of an ISO date and time, in milliseconds. Without a zone it is UTC, wherever this runs: Salesforce reads it so
 * too (general knowledge). Undefined for what is none.
 */
export function momentOf(text: string): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    text,
  )
  const [, day = '', time = '00:00', zone = 'Z'] = parts ?? []
  if (dayOf(day) === undefined) return undefined
  const moment = Date.parse(`${day}T${time}${zone.toUpperCase().replace(/(\d{2})(\d{2})$/, '$1:$2')}`)
  return Number.isNaN(moment) ? undefined : moment
}
