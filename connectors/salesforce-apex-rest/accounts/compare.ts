import { type Change, type Comparison, plan, type Values, withLineFeeds } from '../../../shared/plan.ts'
import { dayOf, momentOf } from '../../../shared/salesforce/rest/dateTime.ts'
import type { Description } from '../../../shared/salesforce/rest/description.ts'
import { codeFieldOf, isSamePlace } from '../../../shared/salesforce/place.ts'
import { isId, isSameId, toLongId } from '../../../shared/salesforce/id.ts'
import type { Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { textIn, valueIn } from './data.ts'

/** Compared whatever their case: Salesforce stores these in lower case (general knowledge). */
const caseless: readonly string[] = ['Username', 'Email', 'SenderEmail']

/**
 * The changes that make a row of User agree with `desired`. What a value is, the JSON of the row and the value itself say;
 * with a description also what these cannot tell: a picklist of several values, an address in a custom field.
 */
export function planFields(row: Row, desired: Values, description?: Description): Change[] {
  const current = new Map([...desired.keys()].map((name) => [name, textIn(row, name)]))
  const typeOf = (name: string): string | undefined => description?.get(name.toLowerCase())?.type
  const comparable = new Map(
    [...desired].map(([name, value]) => {
      const now = current.get(name) ?? ''
      const isKept = isSpeltOtherwise(now, value, name, typeOf(name)) || isPlaceOf(row, name, value)
      return [name, isKept ? now : value]
    }),
  )
  return plan(current, comparable, (name) => comparisonOf(name, row, typeOf(name)))
}

function comparisonOf(name: string, row: Row, type: string | undefined): Comparison {
  if (caseless.includes(name) || type === 'email') return 'caseless'
  const now = valueIn(row, name)
  return typeof now === 'boolean' || typeof now === 'number' ? 'typed' : 'exact'
}

/** Whether two texts are one id, one day, one moment, or one choice of several values. */
function isSpeltOtherwise(now: string, mapped: string, name: string, type: string | undefined): boolean {
  if (isId(now) && isId(mapped)) {
    return name.endsWith('Id') ? isSameId(now, mapped) : toLongId(now) === toLongId(mapped)
  }
  if (type === 'multipicklist') return chosen(now) === chosen(mapped)
  if (withLineFeeds(now) === withLineFeeds(mapped)) return true
  const day = dayOf(now)
  if (day === now) return day === dayOf(mapped)
  const moment = momentOf(now)
  return moment !== undefined && moment === momentOf(mapped)
}

function isPlaceOf(row: Row, name: string, mapped: string): boolean {
  const code = codeFieldOf(name)
  return code !== undefined && isSamePlace(mapped, { name: textIn(row, name), code: textIn(row, code) })
}

/** The columns that tell, besides those of the values, whether a place is kept under another name. */
export function placeColumns(values: Values, description: Description): string[] {
  return [...values].flatMap(([name, value]) => {
    const code = codeFieldOf(name)
    return code !== undefined && value !== '' && description.has(code.toLowerCase()) ? code : []
  })
}

/** Salesforce gives them in the order of the picklist, whatever the order they came in (general knowledge). */
function chosen(values: string): string {
  return [...new Set(values.split(';').map((value) => value.trim()))].sort().join(';')
}
