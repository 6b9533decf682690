import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import type { Answer } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { Row } from '../org/rows.ts'
import { firstAfter, firstFrom } from '../org/table.ts'
import type { Table } from '../org/table.ts'
import { conjuncts, parseFilter } from './filter.ts'
import type { Filter } from './filter.ts'
import { compileFilter } from './match.ts'
import type { Filterable } from './match.ts'

/** The page that a request asks for. */
export interface Page {
  startIndex: number
  count: number
  startIndexSent: boolean
  countSent: boolean
}

/** Reads startIndex and count. @throws ScimError 400 with the pilot's texts */
export function readPage(context: Context, query: URLSearchParams, defaultCount: number): Page {
  const { dialect } = context
  const cap = dialect.pageCap
  const rawStart = query.get('startIndex')
  const rawCount = query.get('count')
  let startIndex = 1
  if (rawStart !== null) {
    startIndex = /^-?\d+$/.test(rawStart) ? Number(rawStart) : Number.NaN
    if (Number.isNaN(startIndex) || (startIndex < 1 && dialect.startIndexZero === 'reject')) {
      // pilot: a blank before the colon where it is no number to Apex, and none where it is too small
      const gap = /^\d+$/.test(rawStart) ? '' : ' '
      throw new ScimError(400, `Illegal startIndex value${gap}: ${rawStart}`)
    }
    startIndex = Math.max(1, startIndex)
    if (dialect.startIndexCeiling !== null && startIndex > dialect.startIndexCeiling) {
      throw new ScimError(
        400,
        'Start index too big. Consider filtering down your result set, e.g. id gt "(the last id in the result set)"',
      )
    }
  }
  let count = Math.min(defaultCount, cap)
  if (rawCount !== null) {
    count = /^\d+$/.test(rawCount) ? Number(rawCount) : Number.NaN
    const zero = count === 0 && dialect.countZero === 'reject'
    // documented: at most 200; a cap lower than that answers fewer without complaint
    const over = count > 200 && dialect.countOverCap === 'reject'
    if (Number.isNaN(count) || zero || over) throw new ScimError(400, `Illegal count value : ${rawCount}`)
    count = Math.min(count, cap)
  }
  return { startIndex, count, startIndexSent: rawStart !== null, countSent: rawCount !== null }
}

/** Ids, ascending, of the rows that a filter lets through, and how many there are on all pages. */
export interface Selection {
  ids: readonly string[]
  total: number
}

/**
 * The page of a table that a filter and a page select. Bounds on `id` are found by bisection, so that walking
 * an org page by page costs as much per page in a large org as in a small one.
 */
export function selectPage<R extends Row>(
  context: Context,
  table: Table<R>,
  listed: (row: R) => boolean,
  filterable: Filterable<R>,
  indexed: ReadonlyMap<string, string>,
  filterText: string | null,
  page: Page,
): Selection {
  let rest: Filter[] = []
  let from = ''
  let until: string | undefined
  if (filterText !== null) {
    const { topLevelOr, filterMixing } = context.dialect
    // pilot: only the query for users has a clause behind the filter
    const isUsers = indexed.has('userName')
    const filter = parseFilter(filterText, {
      topLevelOr: isUsers ? topLevelOr : 'accepted',
      filterMixing,
    })
    compileFilter(context, filter, filterable)
    for (const part of conjuncts(filter)) {
      const bound = part.kind === 'comparison' && part.attribute === 'id' ? part : undefined
      if (bound?.operator === 'gt') from = max(from, `${normaliseId(bound.value)}~`)
      else if (bound?.operator === 'ge') from = max(from, normaliseId(bound.value))
      else if (bound?.operator === 'lt') until = min(until, normaliseId(bound.value))
      else if (bound?.operator === 'le') until = min(until, `${normaliseId(bound.value)}~`)
      else rest = [...rest, part]
    }
  }
  const tests = rest.map((part) => compileFilter(context, part, filterable))
  const passes = (row: R): boolean => listed(row) && tests.every((test) => test(row))
  const matching = pickByIndex(table, rest, indexed, passes) ?? table.select(JSON.stringify(rest), passes)
  const low = from.endsWith('~') ? firstAfter(matching, from.slice(0, -1)) : firstFrom(matching, from)
  let high = matching.length
  if (until !== undefined) {
    high = until.endsWith('~') ? firstAfter(matching, until.slice(0, -1)) : firstFrom(matching, until)
  }
  const start = Math.min(high, low + page.startIndex - 1)
  return { ids: matching.slice(start, Math.min(high, start + page.count)), total: Math.max(0, high - low) }
}

function max(a: string, b: string): string {
  return a > b ? a : b
}

function min(a: string | undefined, b: string): string {
  return a === undefined || b < a ? b : a
}

function pickByIndex<R extends Row>(
  table: Table<R>,
  rest: readonly Filter[],
  indexed: ReadonlyMap<string, string>,
  passes: (row: R) => boolean,
): string[] | undefined {
  for (const part of rest) {
    if (part.kind !== 'comparison' || part.operator !== 'eq') continue
    const field = indexed.get(part.attribute)
    if (field === undefined) continue
    const value = field.endsWith('Id') ? normaliseId(part.value) : part.value
    return table
      .where(field, value)
      .filter(passes)
      .map((row) => row.Id)
      .sort()
  }
  return undefined
}

/**
 * A ListResponse. Pilot and RFC 7644 3.4.2: itemsPerPage is how many came. Pilot: it appears where `count` was sent or not all came,
 * and startIndex where it was sent.
 */
export function listAnswer(page: Page, total: number, resources: readonly unknown[]): Answer {
  const truncated = resources.length < total
  return {
    status: 200,
    body: {
      totalResults: total,
      ...(page.countSent || truncated ? { itemsPerPage: resources.length } : {}),
      ...(page.startIndexSent ? { startIndex: page.startIndex } : {}),
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      Resources: resources,
    },
  }
}
