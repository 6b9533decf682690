import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import { makeId } from '../org/ids.ts'
import type { Org } from '../org/org.ts'
import { parseSoql } from '../soql/soqlParser.ts'
import type { QueryResult } from '../soql/soqlQuery.ts'
import { runSoql } from '../soql/soqlRun.ts'

/** Open results by locator, per org; the oldest expire (general knowledge: locators do). */
const cursors = new WeakMap<Org, Map<string, QueryResult>>()
const openCursors = 50
let locators = 0

/** GET /query?q=…: up to 2000 rows a page (documented: query resource). */
export function query(context: Context, request: Request, version: string): Answer {
  const text = request.query.get('q')
  if (text === null || text.trim() === '') {
    throw new RestError(400, 'MALFORMED_QUERY', 'A query string has to be specified')
  }
  const result = runSoql(context, parseSoql(text), version)
  if (result.count) return { status: 200, body: { totalSize: result.rows.length, done: true, records: [] } }
  return page(context, request, version, result, undefined, 0)
}

/** GET /query/<locator>-<offset>. @throws RestError 400 INVALID_QUERY_LOCATOR */
export function queryMore(context: Context, request: Request, version: string, locator: string): Answer {
  const [id = '', offset = ''] = locator.split('-')
  const result = cursors.get(context.org)?.get(id)
  if (result === undefined || !/^\d+$/.test(offset)) {
    throw new RestError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator')
  }
  return page(context, request, version, result, id, Number(offset))
}

function page(
  context: Context,
  request: Request,
  version: string,
  result: QueryResult,
  locator: string | undefined,
  offset: number,
): Answer {
  const asked = /batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1]
  // documented: 200 to 2000, a hint
  const size = Math.min(2000, Math.max(200, asked === undefined ? 2000 : Number(asked)))
  const end = Math.min(result.rows.length, offset + size)
  const done = end >= result.rows.length
  const id = done ? '' : (locator ?? open(context.org, result))
  return {
    status: 200,
    body: {
      totalSize: result.rows.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/${version}/query/${id}-${end}` }),
      records: result.rows.slice(offset, end).map(result.show),
    },
  }
}

function open(org: Org, result: QueryResult): string {
  const mine = cursors.get(org) ?? new Map<string, QueryResult>()
  cursors.set(org, mine)
  const oldest = mine.keys().next()
  if (mine.size >= openCursors && oldest.done !== true) mine.delete(oldest.value)
  const id = makeId('01g', locators++)
  mine.set(id, result)
  return id
}
