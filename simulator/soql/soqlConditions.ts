import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import { isId, normaliseId } from '../org/ids.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import type { Field, SObject } from '../schema/schema.ts'
import { bindPath, readPath } from './soqlFields.ts'
import type { BoundPath } from './soqlFields.ts'
import { resolveSpan } from './soqlSpans.ts'
import type { Span } from './soqlSpans.ts'
import { malformed } from './soqlTokens.ts'
import type { Comparator, Condition, Literal, Path, Query } from './soqlQuery.ts'

type Test = (row: Row) => boolean

/** Runs the sub-query of an IN and gives its first field's values. */
export type RunInner = (query: Query) => FieldValue[]

/** A test for rows. Texts compare without case, ids exactly (general knowledge). @throws RestError 400 */
export function compileCondition(
  context: Context,
  type: SObject,
  condition: Condition,
  inner: RunInner,
): Test {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map((part) => compileCondition(context, type, part, inner))
      return (row) => tests.every((test) => test(row))
    }
    case 'or': {
      const tests = condition.parts.map((part) => compileCondition(context, type, part, inner))
      return (row) => tests.some((test) => test(row))
    }
    case 'not': {
      const test = compileCondition(context, type, condition.part, inner)
      return (row) => !test(row)
    }
    case 'in': {
      const path = filterPath(context, type, condition.path)
      const values = isLiterals(condition.values)
        ? condition.values.map((value) => prepare(path.field, value))
        : inner(condition.values).map((value) => normal(path.field, value))
      const wanted = new Set(values)
      return (row) => wanted.has(normal(path.field, readPath(context, row, path))) !== condition.negated
    }
    case 'compare': {
      const path = filterPath(context, type, condition.path)
      const test = tester(path.field, condition.operator, condition.value, context.now())
      return (row) => test(normal(path.field, readPath(context, row, path)))
    }
    case 'aggregate':
      throw malformed('aggregate functions are allowed in HAVING only')
  }
}

/** @throws RestError 400 INVALID_FIELD for a field that only SELECT may name (general knowledge for the text) */
function filterPath(context: Context, type: SObject, path: Path): BoundPath {
  const bound = bindPath(context, type, path)
  if (bound.field.filterable) return bound
  throw new RestError(400, 'INVALID_FIELD', `field '${bound.field.name}' can not be filtered in a query call`)
}

/** Whether an IN has a list, not a sub-query. */
export function isLiterals(values: readonly Literal[] | Query): values is readonly Literal[] {
  return Array.isArray(values)
}

function isReference(field: Pick<Field, 'type'>): boolean {
  return field.type === 'id' || field.type === 'reference'
}

export function normal(field: Pick<Field, 'type'>, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value
  return isReference(field) ? normaliseId(value) : value.toLowerCase()
}

/** A literal as a value of the field. @throws RestError 400 for a literal of another type */
function prepare(field: Pick<Field, 'name' | 'type'>, literal: Literal): FieldValue {
  if (literal.kind === 'null') return null
  const wrong = (type: string, how: string): RestError =>
    new RestError(
      400,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${type} and should ${how}be enclosed in quotes`,
    )
  switch (field.type) {
    case 'boolean':
      if (literal.kind !== 'boolean') throw wrong('boolean', 'not ')
      return literal.value
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (literal.kind !== 'number') throw wrong(field.type, 'not ')
      return literal.value
    case 'date':
      if (literal.kind !== 'day') throw wrong('date', 'not ')
      return literal.value
    case 'datetime':
      if (literal.kind !== 'date') throw wrong('dateTime', 'not ')
      return literal.value.toLowerCase()
    case 'id':
    case 'reference':
      if (literal.kind !== 'string') throw wrong('ID', '')
      if (literal.value !== '' && !isId(literal.value)) {
        throw new RestError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${literal.value}`)
      }
      return normaliseId(literal.value)
    default:
      if (literal.kind !== 'string') throw wrong('string', '')
      return literal.value === '' ? null : literal.value.toLowerCase()
  }
}

/** A test for the value of a field. @throws RestError 400 for a literal of another type */
export function tester(
  field: Pick<Field, 'name' | 'type'>,
  operator: Comparator,
  literal: Literal,
  now: Date,
): (value: FieldValue) => boolean {
  if (literal.kind === 'span')
    return spanTester(field, operator, resolveSpan(literal.name, literal.count, now))
  if (operator === 'like') {
    const pattern = likePattern(String(literal.value))
    return (value) => typeof value === 'string' && pattern.test(value)
  }
  const wanted = prepare(field, literal)
  switch (operator) {
    case '=':
      return (value) => value === wanted
    case '!=':
      return (value) => value !== wanted
    case '<':
      return (value) => value !== null && wanted !== null && value < wanted
    case '<=':
      return (value) => value !== null && wanted !== null && value <= wanted
    case '>':
      return (value) => value !== null && wanted !== null && value > wanted
    case '>=':
      return (value) => value !== null && wanted !== null && value >= wanted
  }
}

/** Documented: `=` is within the stretch, `<` before and `>` after it. */
function spanTester(
  field: Pick<Field, 'name' | 'type'>,
  operator: Comparator,
  span: Span,
): (value: FieldValue) => boolean {
  if (field.type !== 'date' && field.type !== 'datetime') {
    throw new RestError(
      400,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${field.type}`,
    )
  }
  const isIn = (time: number): boolean => time >= span.from.getTime() && time < span.until.getTime()
  const tests: Readonly<Record<Comparator, (time: number) => boolean>> = {
    '=': isIn,
    '!=': (time) => !isIn(time),
    '<': (time) => time < span.from.getTime(),
    '<=': (time) => time < span.until.getTime(),
    '>': (time) => time >= span.until.getTime(),
    '>=': (time) => time >= span.from.getTime(),
    like: () => false,
  }
  const test = tests[operator]
  return (value) => (typeof value === 'string' ? test(Date.parse(value.toUpperCase())) : operator === '!=')
}

function likePattern(text: string): RegExp {
  let pattern = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '\\' && (text.charAt(at + 1) === '%' || text.charAt(at + 1) === '_'))
      pattern += text.charAt(++at)
    else if (char === '%') pattern += '.*'
    else if (char === '_') pattern += '.'
    else pattern += char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
  return new RegExp(`^${pattern}$`, 'is')
}
