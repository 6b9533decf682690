import type { Context } from '../context.ts'
import { normaliseId } from '../org/ids.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import { isShown } from '../org/rights.ts'
import type { SObject } from '../schema/schema.ts'
import { firstAfter, firstFrom } from '../org/table.ts'
import type { Table } from '../org/table.ts'
import { aggregate } from './soqlAggregate.ts'
import { compileCondition, isLiterals } from './soqlConditions.ts'
import { compare } from './soqlOrder.ts'
import { bindChildren } from './soqlChildren.ts'
import type { BoundChildren } from './soqlChildren.ts'
import { bindPath, fieldsOf, objectNamed, parentRow, readPath } from './soqlFields.ts'
import type { BoundPath, QueriedObject } from './soqlFields.ts'
import type { Condition, Query, QueryResult } from './soqlQuery.ts'
import { malformed } from './soqlTokens.ts'

/** Runs a statement. @throws RestError 400 INVALID_TYPE, INVALID_FIELD, MALFORMED_QUERY */
export function runSoql(context: Context, query: Query, version: string): QueryResult {
  const type: QueriedObject = { ...objectNamed(context, query.from), alias: query.alias }
  if (query.aggregates.length > 0 || query.groupBy.length > 0) {
    const everything = { ...query, orderBy: [], limit: undefined, offset: 0 }
    return aggregate(context, type, query, selectRows(context, type, everything))
  }
  const rows = selectRows(context, type, query)
  const paths = selectedPaths(context, type, query)
  const children = query.children.map((each) => bindChildren(context, type, each))
  const show = (row: Row): Record<string, unknown> => ({
    ...showRow(context, type, row, paths, version),
    ...Object.fromEntries(children.map((each) => [each.name, childrenOf(context, each, row, version)])),
  })
  return { rows, count: query.count, show }
}

function selectedPaths(context: Context, type: QueriedObject, query: Query): BoundPath[] {
  const named = query.fields.map((path) => bindPath(context, type, path))
  const paths = [...named, ...fieldsOf(type, query.fieldSets)]
  refuseTwice(paths)
  return paths
}

/** The children of a row as a query of its own shows them; null where there are none (documented: relationship queries). */
function childrenOf(context: Context, children: BoundChildren, row: Row, version: string): unknown {
  const { type, via, query } = children
  const isParent: Condition = {
    kind: 'compare',
    path: [via],
    operator: '=',
    value: { kind: 'string', value: row.Id },
  }
  const where: Condition =
    query.where === undefined ? isParent : { kind: 'and', parts: [isParent, query.where] }
  const inner = { ...query, from: type.name, where }
  const { rows, show } = runSoql(context, inner, version)
  return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(show) }
}

/** General knowledge, its text as well. */
function refuseTwice(paths: readonly BoundPath[]): void {
  const seen = new Set<string>()
  for (const { parents, field } of paths) {
    const path = [...parents.map(({ name }) => name), field.name].join('.')
    if (seen.has(path)) throw malformed(`duplicate field selected: ${path}`)
    seen.add(path)
  }
}

function runInner(context: Context, query: Query): FieldValue[] {
  const type: QueriedObject = { ...objectNamed(context, query.from), alias: query.alias }
  const [first] = query.fields
  if (first === undefined || query.fields.length > 1) throw malformed('a sub-query of IN selects one field')
  const path = bindPath(context, type, first)
  return selectRows(context, type, query).map((row) => readPath(context, row, path))
}

function selectRows(context: Context, type: QueriedObject, query: Query): Row[] {
  const { where } = query
  const test =
    where === undefined
      ? () => true
      : compileCondition(context, type, where, (inner) => runInner(context, inner))
  const order = query.orderBy.map((each) => ({ ...each, path: bindPath(context, type, each.path) }))
  const byId = order.every(
    (each) => each.path.parents.length === 0 && each.path.field.name === 'Id' && !each.descending,
  )
  const enough = byId && query.limit !== undefined ? query.offset + query.limit : Number.POSITIVE_INFINITY
  const rows: Row[] = []
  for (const row of candidates(context, type, where)) {
    if (rows.length >= enough) break
    if (test(row) && isShown(context, type.name, row)) rows.push(row)
  }
  if (!byId) {
    const keys = new Map(rows.map((row) => [row, order.map((each) => readPath(context, row, each.path))]))
    rows.sort((a, b) => {
      for (const [at, each] of order.entries()) {
        const difference = compare(keys.get(a)?.[at] ?? null, keys.get(b)?.[at] ?? null, each)
        if (difference !== 0) return difference
      }
      return a.Id < b.Id ? -1 : 1
    })
  }
  return rows.slice(query.offset, query.limit === undefined ? undefined : query.offset + query.limit)
}

/** Rows in order of id that may pass: bounds on Id by bisection, else equality of other fields by index. */
function candidates(context: Context, type: SObject, where: Condition | undefined): Iterable<Row> {
  const table = type.table(context.org)
  const parts = where === undefined ? [] : where.kind === 'and' ? where.parts : [where]
  return rangeById(type, table, parts) ?? pickByIndex(type, table, parts) ?? rowsBetween(table, 0, table.size)
}

function ownField(type: SObject, path: readonly string[]): string | undefined {
  return path.length === 1 ? type.fields.get((path[0] ?? '').toLowerCase())?.name : undefined
}

function rangeById(type: SObject, table: Table<Row>, parts: readonly Condition[]): Iterable<Row> | undefined {
  let low = 0
  let high = table.size
  let bounded = false
  for (const part of parts) {
    if (part.kind !== 'compare' || part.value.kind !== 'string' || ownField(type, part.path) !== 'Id')
      continue
    const id = normaliseId(part.value.value)
    const { operator } = part
    if (operator === '=' || operator === '>=') low = Math.max(low, firstFrom(table.ids, id))
    if (operator === '>') low = Math.max(low, firstAfter(table.ids, id))
    if (operator === '=' || operator === '<=') high = Math.min(high, firstAfter(table.ids, id))
    if (operator === '<') high = Math.min(high, firstFrom(table.ids, id))
    bounded ||= operator !== '!=' && operator !== 'like'
  }
  return bounded ? rowsBetween(table, low, high) : undefined
}

function pickByIndex(
  type: SObject,
  table: Table<Row>,
  parts: readonly Condition[],
): Iterable<Row> | undefined {
  for (const part of parts) {
    if (part.kind !== 'compare' && part.kind !== 'in') continue
    const field = ownField(type, part.path)
    const values = equalTexts(part)
    if (field === undefined || values === undefined || !isStored(type, field)) continue
    const found = new Set<Row>()
    for (const value of values) {
      if (field !== 'Id') for (const row of table.where(field, lookup(type, field, value))) found.add(row)
      else {
        const row = table.get(normaliseId(value))
        if (row !== undefined) found.add(row)
      }
    }
    return [...found].sort((a, b) => (a.Id < b.Id ? -1 : 1))
  }
  return undefined
}

/** The texts that a condition compares for equality; undefined where it is another kind of condition. */
function equalTexts(part: Condition): string[] | undefined {
  if (part.kind === 'compare') {
    return part.operator === '=' && part.value.kind === 'string' ? [part.value.value] : undefined
  }
  if (part.kind !== 'in' || part.negated || !isLiterals(part.values)) return undefined
  const texts = part.values.flatMap((value) => (value.kind === 'string' ? [value.value] : []))
  return texts.length === part.values.length ? texts : undefined
}

function* rowsBetween(table: Table<Row>, low: number, high: number): Iterable<Row> {
  for (let at = low; at < high; at++) {
    const row = table.get(table.ids[at] ?? '')
    if (row !== undefined) yield row
  }
}

function isStored(type: SObject, field: string): boolean {
  const known = type.fields.get(field.toLowerCase())
  return known !== undefined && known.compute === undefined && known.type !== 'boolean'
}

function lookup(type: SObject, field: string, value: string): FieldValue {
  const known = type.fields.get(field.toLowerCase())
  if (value === '') return null
  return known?.type === 'reference' || known?.type === 'id' ? normaliseId(value) : value
}

function showRow(
  context: Context,
  type: SObject,
  row: Row,
  paths: readonly BoundPath[],
  version: string,
): Record<string, unknown> {
  const shown: Record<string, unknown> = { attributes: attributesOf(type, row, version) }
  for (const path of paths) {
    let target = shown
    let at: Row | undefined = row
    for (const { via, name } of path.parents) {
      const parent: ReturnType<typeof parentRow> = at === undefined ? undefined : parentRow(context, at, via)
      at = parent?.row
      if (parent === undefined) {
        target[name] = null
        break
      }
      const nested = (target[name] ?? {
        attributes: attributesOf(parent.type, parent.row, version),
      }) as Record<string, unknown>
      target[name] = nested
      target = nested
    }
    if (at !== undefined) target[path.field.name] = restValue(readPath(context, row, path), path.field.type)
  }
  return shown
}

export function attributesOf(type: SObject, row: Row, version: string): Record<string, string> {
  return { type: type.name, url: `/services/data/${version}/sobjects/${type.name}/${row.Id}` }
}

/** A stored value as REST shows it: times as `2026-01-15T09:12:44.000+0000` (general knowledge). */
export function restValue(value: FieldValue, type: string): FieldValue {
  return type === 'datetime' && typeof value === 'string' ? value.replace('Z', '+0000') : value
}
