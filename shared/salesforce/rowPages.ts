import { ConnectorError } from '../errors.ts'
import { isObject, type JsonObject } from '../validate.ts'
import type { Session } from './session/session.ts'

/** A record of a query: Salesforce's field names; a parent's fields are in an object under its relationship's name. */
export type Row = JsonObject

/** The rows of queries, in as many requests as they take. */
export interface RowPages {
  /** All rows of a query; further requests where they do not fit in one. */
  query(soql: string): Promise<Row[]>
  /** The same with rows that are deleted (documented: QueryAll). */
  queryAll(soql: string): Promise<Row[]>
  /** The rows page by page, for what may not fit in memory. */
  pages(soql: string): AsyncGenerator<Row[]>
  /** The rows of a query's first answer and of all that follow it. */
  complete(json: unknown): Promise<Row[]>
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

  async function* pages(soql: string, resource = 'query'): AsyncGenerator<Row[]> {
    const first = await session.request({ method: 'GET', path: `${base}/${resource}`, query: { q: soql } })
    const seen = new Set<string>()
    for (let page: Page | undefined = toPage(first.json); page !== undefined;) {
      yield page.rows
      page = await following(page, seen)
    }
  }

  const all = async (soql: string, resource: string): Promise<Row[]> => {
    const rows: Row[] = []
    for await (const page of pages(soql, resource)) rows.push(...page)
    return rows
  }

  const complete = async (json: unknown): Promise<Row[]> => {
    const all: Row[] = []
    const seen = new Set<string>()
    for (let page: Page | undefined = toPage(json); page !== undefined;) {
      all.push(...page.rows)
      page = await following(page, seen)
    }
    return all
  }

  return {
    query: (soql) => all(soql, 'query'),
    queryAll: (soql) => all(soql, 'queryAll'),
    pages: (soql) => pages(soql),
    complete,
  }
}

interface Page {
  readonly rows: Row[]
  /** The path of the next page. */
  readonly next: string | undefined
}

function toPage(json: unknown): Page {
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
  const next = json['nextRecordsUrl']
  // Documented (Query): all of them are there when it is done. An account, or a session, that is cut off is not one that is gone.
  if (json['done'] === true && records.length === 0 && Number(json['totalSize']) > 0) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce says that a query has rows, and gives none')
  }
  return {
    rows: records,
    next: json['done'] === false && typeof next === 'string' ? next : undefined,
  }
}

/** A field of a row as text, through parents by a dotted path (`Profile.UserLicenseId`); '' where it is null or absent. */
export function cell(row: Row | undefined, path: string): string {
  let value: unknown = row
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
