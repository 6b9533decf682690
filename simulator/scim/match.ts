import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import { normaliseId } from '../org/ids.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import { comparisons } from './filter.ts'
import type { Comparison, Filter, Operator } from './filter.ts'

/** How a filter reads one attribute of a kind of resource. */
export interface Attribute<R extends Row> {
  kind: 'text' | 'id' | 'boolean' | 'date' | 'membership'
  values: (row: R) => readonly FieldValue[]
  /** Operators that it takes; undefined: all. */
  operators?: readonly Operator[]
  /** The name that the pilot gives it where it refuses an operator. */
  refusedAs?: string
  /** Whether `eq` on it counts as a membership criterion, of which a filter may have one. */
  isSemiJoin?: boolean
}

/** The attributes of a kind of resource that a filter may name; and names that need a subattribute. */
export interface Filterable<R extends Row> {
  find: (name: string) => Attribute<R> | undefined
  complex: readonly string[]
}

/**
 * A test for rows. Texts compare without case, as SOQL does (general knowledge); ids exactly.
 * @throws ScimError 400 with the pilot's texts
 */
export function compileFilter<R extends Row>(
  context: Context,
  filter: Filter,
  filterable: Filterable<R>,
): (row: R) => boolean {
  const all = comparisons(filter)
  if (context.dialect.filterApostrophe === 'breaks') {
    const broken = all.find((each) => each.value.includes("'"))
    // pilot: the value goes into SOQL unescaped; the exact text is assumed
    if (broken !== undefined)
      throw new ScimError(400, `unexpected token: '${broken.value.split("'")[1] ?? ''}'`)
  }
  // pilot: it counts `eq` alone, as a semi-join of SOQL
  const memberships = all.filter(
    (each) => each.operator === 'eq' && filterable.find(each.attribute)?.isSemiJoin === true,
  )
  if (memberships.length > 1) throw new ScimError(400, 'Only one membership criteria allowed in filter.')
  return compile(context, filter, filterable)
}

function compile<R extends Row>(
  context: Context,
  filter: Filter,
  filterable: Filterable<R>,
): (row: R) => boolean {
  if (filter.kind === 'comparison') return compileComparison(context, filter, filterable)
  const left = compile(context, filter.left, filterable)
  const right = compile(context, filter.right, filterable)
  return filter.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row)
}

function compileComparison<R extends Row>(
  context: Context,
  filter: Comparison,
  filterable: Filterable<R>,
): (row: R) => boolean {
  const attribute = filterable.find(filter.attribute)
  if (attribute === undefined) {
    if (filterable.complex.includes(filter.attribute)) {
      throw new ScimError(400, `Complex attribute ${filter.attribute}. Please specify subattribute.`)
    }
    throw new ScimError(400, `Unsupported attribute : ${filter.attribute}`)
  }
  const { operator } = filter
  if (attribute.operators !== undefined && !attribute.operators.includes(operator)) {
    const { refusedAs } = attribute
    throw new ScimError(
      400,
      refusedAs === undefined
        ? `Unsupported Operator : ${operator}`
        : `Unsupported comparison for ${refusedAs} field`,
    )
  }
  if (
    attribute.kind === 'id' &&
    context.dialect.idFilter === 'rejected' &&
    operator !== 'eq' &&
    operator !== 'ne'
  ) {
    throw new ScimError(400, `Unsupported Operator : ${operator}`)
  }
  const normal = normaliser(attribute)
  const wanted = normal(filter.value)
  if (operator === 'ne') {
    // as in SOQL: true also where the field is empty
    return (row) => !attribute.values(row).some((value) => value !== null && normal(value) === wanted)
  }
  const test = tester(operator, wanted)
  return (row) => attribute.values(row).some((value) => value !== null && test(normal(value)))
}

function normaliser<R extends Row>(attribute: Attribute<R>): (value: FieldValue) => string {
  switch (attribute.kind) {
    case 'id':
    case 'membership':
      return (value) => normaliseId(String(value))
    case 'date':
      return (value) => {
        const time = Date.parse(String(value))
        if (Number.isNaN(time)) throw new ScimError(400, `Invalid date : ${String(value)}`)
        return new Date(time).toISOString()
      }
    default:
      return (value) => String(value).toLowerCase()
  }
}

function tester(operator: Operator, wanted: string): (value: string) => boolean {
  switch (operator) {
    case 'eq':
      return (value) => value === wanted
    case 'ne':
      return (value) => value !== wanted
    case 'co':
      return (value) => value.includes(wanted)
    case 'sw':
      return (value) => value.startsWith(wanted)
    case 'ew':
      return (value) => value.endsWith(wanted)
    case 'gt':
      return (value) => value > wanted
    case 'ge':
      return (value) => value >= wanted
    case 'lt':
      return (value) => value < wanted
    case 'le':
      return (value) => value <= wanted
    case 'pr':
      return (value) => value !== ''
  }
}
