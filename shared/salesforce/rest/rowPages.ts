import { ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { checkedRows, type Query, soqlOf } from './keyedQuery.ts'
import type { Session } from '../session/session.ts'

/** A record of a query: Salesforce's field names; a parent's fields are in an object under its relationship's name. */
export type Row = JsonObject

/**
 * The rows of queries, in as many requests as they take. Throws `UNEXPECTED` for fewer rows than Salesforce counts, and for
 * rows that do not answer a `KeyedQuery`.
 */
export interface RowPages {
  /** All rows of a query; further requests where they do not fit in one. */
  query(query: Query): Promise<Row[]>
  /** The same with rows that are deleted (documented: QueryAll). */
  queryAll(query: Query): Promise<Row[]>
  /** The rows page by page, for what may not fit in memory. */
  pages(query: Query): AsyncGenerator<Row[]>
  /** The rows of a query's first answer and of all that follow it. */
  complete(query: Query, json: unknown): Promise<Row[]>
}

/** `base` as in `/services/data/v66.0`. */
export function rowPages(session: Session, base: string): RowPages {
  /** The page behind another, if there is one. `seen` are the cursors so far: one that comes again leads nowhere. */
  const following = async ({ rows, next }: Page, seen: Set<string>): Promise<Page | undefined> => {
    if (next === undefined) return undefined
    if (rows.length === 0 || seen.has(next)) {
      throw new ConnectorError(
        'UNEXPECTED',
        'Salesforce says that a query has more rows, and gives none that are new',
      )
    }
    seen.add(next)
    return toPage((await session.request({ method: 'GET', path: next })).json)
  }

  async function* walk(query: Query, json: unknown): AsyncGenerator<Row[]> {
    const seen = new Set<string>()
    const first = toPage(json)
    let count = 0
    for (let page: Page | undefined = first; page !== undefined;) {
      const { rows } = page
      count += rows.length
      yield session.checkAnswer(() => checkedRows(query, rows))
      page = await following(page, seen)
    }
    // Documented (Query): totalSize counts all of them. What is cut off is not what is gone.
    checkCount(count, first.total)
  }

  async function* pages(query: Query, resource = 'query'): AsyncGenerator<Row[]> {
    const path = `${base}/${resource}`
    const { json } = await session.request({ method: 'GET', path, query: { q: soqlOf(query) } })
    yield* walk(query, json)
  }

  const all = async (given: AsyncGenerator<Row[]>): Promise<Row[]> => {
    const rows: Row[] = []
    for await (const page of given) rows.push(...page)
    return rows
  }

  return {
    query: (query) => all(pages(query)),
    queryAll: (query) => all(pages(query, 'queryAll')),
    pages: (query) => pages(query),
    complete: (query, json) => all(walk(query, json)),
  }
}

interface Page {
  readonly rows: Row[]
  /** The path of the next page. */
  readonly next: string | undefined
  /** How many rows all pages have. */
  readonly total: number
}

/** Throws if fewer rows came than the query has. */
export function checkCount(count: number, total: number): void {
  if (count >= total) return
  throw new ConnectorError('UNEXPECTED', `Salesforce says that a query has ${total} rows, and gives ${count}`)
}

/** One answer of a query. Throws for any other answer, and for a record without fields: it would be missing without a word. */
export function toPage(json: unknown): Page {
  const records = isObject(json) ? json['records'] : undefined
  if (!isObject(json) || !Array.isArray(records)) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce answered a query with something else than records')
  }
  const isRow = (record: unknown): record is Row =>
    isObject(record) && Object.keys(record).some((name) => name !== 'attributes')
  if (!records.every(isRow)) {
    throw new ConnectorError(
      'UNEXPECTED',
      'Salesforce answered a query with a record that has none of the fields asked for',
    )
  }
  const { done, totalSize, nextRecordsUrl: next } = json
  // Documented (Query): every answer has the first two, and one that is not done says where it goes on.
  const isComplete = done === true || (done === false && typeof next === 'string')
  if (!isComplete || !Number.isInteger(totalSize)) {
    throw new ConnectorError(
      'UNEXPECTED',
      'Salesforce answered a query without saying whether all records are there',
    )
  }
  return { rows: records, next: done ? undefined : String(next), total: Number(totalSize) }
}

/** A field of a row as text, through parents by a dotted path (`Profile.UserLicenseId`); '' where it is null or absent. */
export function fieldText(row: Row | undefined, path: string): string {
  let value: unknown = row
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
