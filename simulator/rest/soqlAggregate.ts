import type { Context } from '../context.ts'
import type { FieldValue, Row } from '../rows.ts'
import type { SObject } from '../schema.ts'
import { bindPath, readPath } from './soqlFields.ts'
import type { Path, Query, QueryResult } from './soqlQuery.ts'
import { malformed } from './soqlTokens.ts'

/**
 * The rows that passed, counted, by group where there are groups (documented: SOQL and SOSL reference, COUNT(fieldName)
 * and GROUP BY). Each result is an AggregateResult with the grouped fields and the counts under their aliases.
 * @throws RestError 400 MALFORMED_QUERY for a field that is neither counted nor grouped by
 */
export function aggregate(context: Context, type: SObject, query: Query, rows: readonly Row[]): QueryResult {
  const groupNames = new Set(query.groupBy.map(nameOf))
  const loose = query.fields.find((path) => !groupNames.has(nameOf(path)))
  if (loose !== undefined) throw malformed(`Field must be grouped or aggregated: ${loose.join('.')}`)
  const groupBy = query.groupBy.map((path) => bindPath(context, type, path))
  const fields = query.fields.map((path) => bindPath(context, type, path))
  const counts = query.counts.map((each) => ({ ...each, path: bindPath(context, type, each.path) }))
  const groups = new Map<string, Row[]>()
  if (groupBy.length === 0) groups.set('[]', [])
  for (const row of rows) {
    const key = JSON.stringify(groupBy.map((path) => readPath(context, row, path)))
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [row])
    else members.push(row)
  }
  const results = new Map<Row, Record<string, FieldValue>>()
  for (const [key, members] of groups) {
    const shown: Record<string, FieldValue> = {}
    for (const path of fields) {
      const first = members[0]
      shown[path.field.name] = first === undefined ? null : readPath(context, first, path)
    }
    for (const { path, alias } of counts) {
      shown[alias] = members.filter((row) => readPath(context, row, path) !== null).length
    }
    results.set({ Id: key }, shown)
  }
  return {
    rows: [...results.keys()],
    count: false,
    show: (row) => ({ attributes: { type: 'AggregateResult' }, ...results.get(row) }),
  }
}

function nameOf(path: Path): string {
  return path.join('.').toLowerCase()
}
