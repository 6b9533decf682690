import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import { normal, tester } from './soqlConditions.ts'
import { bindPath, readPath } from './soqlFields.ts'
import type { QueriedObject } from './soqlFields.ts'
import { compare } from './soqlOrder.ts'
import type { AggregateCall, Condition, Path, Query, QueryResult } from './soqlQuery.ts'
import { malformed } from './soqlTokens.ts'

/** What the rows of one group come to. */
type Read = (members: readonly Row[]) => FieldValue

/**
 * The rows that passed, by group where there are groups (documented: SOQL reference, aggregate functions, GROUP BY, HAVING). Each
 * result is an AggregateResult with the grouped fields and the aggregates under their aliases.
 * @throws RestError 400 MALFORMED_QUERY for a field that is neither aggregated nor grouped by
 */
export function aggregate(
  context: Context,
  type: QueriedObject,
  query: Query,
  rows: readonly Row[],
): QueryResult {
  if (query.fieldSets.length > 0 || query.children.length > 0) {
    throw malformed('only fields and aggregate functions are allowed with GROUP BY')
  }
  const groupNames = new Set(query.groupBy.map(nameOf))
  const loose = query.fields.find((path) => !groupNames.has(nameOf(path)))
  if (loose !== undefined) throw malformed(`Field must be grouped or aggregated: ${loose.join('.')}`)
  const grouped = query.groupBy.map((path) => bindPath(context, type, path))
  const field = (path: Path): Read => {
    const bound = bindPath(context, type, path)
    return ([first]) => (first === undefined ? null : readPath(context, first, bound))
  }
  const columns: [name: string, read: Read][] = [
    ...query.fields.map((path): [string, Read] => [
      query.aliases.get(nameOf(path)) ?? bindPath(context, type, path).field.name,
      field(path),
    ]),
    ...query.aggregates.map((each): [string, Read] => [each.alias, readerOf(context, type, each)]),
  ]
  const groups = new Map<string, Row[]>()
  if (grouped.length === 0) groups.set('[]', [])
  for (const row of rows) {
    const key = JSON.stringify(grouped.map((path) => readPath(context, row, path)))
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [row])
    else members.push(row)
  }
  const passes = query.having === undefined ? () => true : compileHaving(context, type, query.having)
  const order = query.orderBy.map((each) => ({
    ...each,
    read: each.of === undefined ? field(each.path) : readerOf(context, type, each.of),
  }))
  const kept = [...groups].filter(([, members]) => passes(members))
  kept.sort(([, a], [, b]) => {
    for (const each of order) {
      const difference = compare(each.read(a), each.read(b), each)
      if (difference !== 0) return difference
    }
    return 0
  })
  const results = new Map<Row, Record<string, FieldValue>>(
    kept.map(([key, members]) => [
      { Id: key },
      Object.fromEntries(columns.map(([name, read]) => [name, read(members)])),
    ]),
  )
  const end = query.limit === undefined ? undefined : query.offset + query.limit
  return {
    rows: [...results.keys()].slice(query.offset, end),
    count: false,
    show: (row) => ({ attributes: { type: 'AggregateResult' }, ...results.get(row) }),
  }
}

const numeric: readonly string[] = ['int', 'double', 'currency', 'percent']

/** @throws RestError 400 for a sum of what is no number */
function readerOf(context: Context, type: QueriedObject, call: AggregateCall): Read {
  const path = bindPath(context, type, call.path)
  const values = (members: readonly Row[]): FieldValue[] =>
    members.map((row) => readPath(context, row, path)).filter((value) => value !== null)
  const isSum = call.name === 'sum' || call.name === 'avg'
  if (isSum && !numeric.includes(path.field.type)) {
    // general knowledge: code and text
    throw malformed(`field ${path.field.name} does not support aggregate operator ${call.name.toUpperCase()}`)
  }
  const sum = (members: readonly Row[]): number =>
    values(members).reduce<number>((total, value) => total + Number(value), 0)
  const extreme =
    (descending: boolean): Read =>
    (members) =>
      values(members).sort((a, b) => compare(a, b, { descending, nullsLast: true }))[0] ?? null
  const readers: Readonly<Record<AggregateCall['name'], Read>> = {
    count: (members) => values(members).length,
    count_distinct: (members) => new Set(values(members).map((value) => normal(path.field, value))).size,
    min: extreme(false),
    max: extreme(true),
    sum: (members) => (values(members).length === 0 ? null : sum(members)),
    avg: (members) => (values(members).length === 0 ? null : sum(members) / values(members).length),
  }
  return readers[call.name]
}

function compileHaving(
  context: Context,
  type: QueriedObject,
  condition: Condition,
): (members: readonly Row[]) => boolean {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const tests = condition.parts.map((part) => compileHaving(context, type, part))
      return condition.kind === 'and'
        ? (members) => tests.every((test) => test(members))
        : (members) => tests.some((test) => test(members))
    }
    case 'not': {
      const test = compileHaving(context, type, condition.part)
      return (members) => !test(members)
    }
    case 'aggregate': {
      const read = readerOf(context, type, condition.of)
      const isCount = condition.of.name.startsWith('count')
      const { field } = bindPath(context, type, condition.of.path)
      const of = isCount ? { name: field.name, type: 'int' as const } : field
      const test = tester(of, condition.operator, condition.value, context.now())
      return (members) => test(normal(of, read(members)))
    }
    case 'compare': {
      const path = bindPath(context, type, condition.path)
      const test = tester(path.field, condition.operator, condition.value, context.now())
      return ([first]) => first !== undefined && test(normal(path.field, readPath(context, first, path)))
    }
    case 'in':
      throw new RestError(400, 'MALFORMED_QUERY', 'IN is not played in HAVING')
  }
}

function nameOf(path: Path): string {
  return path.join('.').toLowerCase()
}
