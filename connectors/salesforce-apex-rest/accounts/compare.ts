import { type Change, type Comparison, plan, type Values } from '../../../shared/plan.ts'
import { isId } from '../../../shared/salesforce/id.ts'
import type { Row } from '../../../shared/salesforce/rest.ts'
import { textIn, valueIn } from './data.ts'

/** Compared whatever their case: Salesforce stores these in lower case (general knowledge). */
const caseless: readonly string[] = ['Username', 'Email', 'SenderEmail']

/** Salesforce's form, `2026-12-31T22:00:00.000+0000`, and the forms that people write. */
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** The changes that make a row of User agree with `desired`: values compare as the JSON of the row says what they are. */
export function planFields(row: Row, desired: Values): Change[] {
  const current = new Map([...desired.keys()].map((name) => [name, textIn(row, name)]))
  const comparable = new Map(
    [...desired].map(([name, value]) => {
      const now = current.get(name) ?? ''
      return [name, isSameTime(now, value) ? now : value]
    }),
  )
  return plan(current, comparable, (name) => comparisonOf(name, row, desired.get(name) ?? ''))
}

function comparisonOf(name: string, row: Row, wanted: string): Comparison {
  if (caseless.includes(name)) return 'caseless'
  const now = valueIn(row, name)
  if (typeof now === 'boolean' || typeof now === 'number') return 'typed'
  if (name.endsWith('Id') && isId(wanted) && typeof now === 'string' && isId(now)) return 'id'
  return 'exact'
}

function isSameTime(a: string, b: string): boolean {
  return dateTime.test(a) && dateTime.test(b) && Date.parse(a) === Date.parse(b)
}
