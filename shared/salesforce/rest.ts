import { ConnectorError, TargetError } from '../errors.ts'
import { isObject, type JsonObject } from '../validate.ts'
import { toTargetError } from './errors/error.ts'
import { checkId } from './id.ts'
import type { Session } from './session/session.ts'

/** A record of a query: Salesforce's field names; a parent's fields are in an object under its relationship's name. */
export type Row = JsonObject

/** Stands for the id of a record that a preview only would create. */
export const idToBe = '{id}'

/**
 * SObject REST and SOQL of one version. Every method is one request, unless said otherwise. In a preview those that write
 * tell in the log what they would send, and give what a success would.
 */
export interface RestApi {
  /** All rows of a query; further requests where they do not fit in one. */
  query(soql: string): Promise<Row[]>
  /** The rows page by page, for what may not fit in memory. */
  pages(soql: string): AsyncGenerator<Row[]>
  /**
   * Several queries by name: five in a request (`/composite`), or one by one in a preview, which may not POST. A query on
   * an object or a field that the org does not have (`isOff` says which errors tell that) gives undefined: the feature is
   * off. Any other failure throws.
   */
  read<Name extends string>(
    queries: Readonly<Record<Name, string>>,
    isOff?: (error: unknown) => boolean,
  ): Promise<Record<Name, Row[] | undefined>>
  /** Creates a record and gives its id; `idToBe` in a preview. */
  create(type: string, record: JsonObject): Promise<string>
  /** Creates up to 200 records of a type, each for itself; the id of each, or why there is none, in their order. */
  createAll(type: string, records: readonly JsonObject[]): Promise<(string | TargetError)[]>
  update(type: string, id: string, record: JsonObject): Promise<void>
  remove(type: string, id: string): Promise<void>
  /** Some fields of one record; an empty object where the answer has none. */
  fields(type: string, id: string, names: readonly string[]): Promise<Row>
  describe(type: string): Promise<JsonObject>
}

/** Codes that say: this org has no such object or field. */
const absent: readonly string[] = ['INVALID_TYPE', 'INVALID_FIELD']

export function isAbsent(error: unknown): boolean {
  return error instanceof TargetError && absent.some((code) => error.has(code))
}

/** Documented (Send Multiple Requests Using Composite): of its 25 subrequests at most 5 may be queries. */
const compositeQueries = 5

/** `version` as in the address: `66.0`; in a preview nothing but GET is sent. */
export function restApi(session: Session, version: string, isPreview: boolean): RestApi {
  const base = `/services/data/v${version}`

  const recordPath = (type: string, id: string): string =>
    `${base}/sobjects/${type}/${isPreview && id === idToBe ? id : checkId(id, '', 'Id')}`

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

  async function* pages(soql: string): AsyncGenerator<Row[]> {
    const first = await session.request({ method: 'GET', path: `${base}/query`, query: { q: soql } })
    const seen = new Set<string>()
    for (let page: Page | undefined = toPage(first.json); page !== undefined;) {
      yield page.rows
      page = await following(page, seen)
    }
  }

  const query = async (soql: string): Promise<Row[]> => {
    const rows: Row[] = []
    for await (const page of pages(soql)) rows.push(...page)
    return rows
  }

  /** The rows of a page and of all that follow it. */
  const complete = async (first: Page): Promise<Row[]> => {
    const all: Row[] = []
    const seen = new Set<string>()
    for (let page: Page | undefined = first; page !== undefined;) {
      all.push(...page.rows)
      page = await following(page, seen)
    }
    return all
  }

  const readOne = async (soql: string, isOff: (error: unknown) => boolean): Promise<Row[] | undefined> => {
    try {
      return await query(soql)
    } catch (error) {
      if (isOff(error)) return undefined
      throw error
    }
  }

  /** The rows of each query, in order. */
  const readAll = async (
    queries: readonly string[],
    isOff: (error: unknown) => boolean,
  ): Promise<(Row[] | undefined)[]> => {
    const read: (Row[] | undefined)[] = []
    for (let at = 0; at < queries.length; at += compositeQueries) {
      const soql = queries.slice(at, at + compositeQueries)
      const answers = isPreview ? undefined : await composite(session, base, soql, isOff)
      for (const [index, one] of soql.entries()) {
        const answer = answers?.[index]
        if (answers === undefined) read.push(await readOne(one, isOff))
        else read.push(answer === undefined ? undefined : await complete(toPage(answer)))
      }
    }
    return read
  }

  return {
    pages,
    query,

    async read<Name extends string>(
      queries: Readonly<Record<Name, string>>,
      isOff: (error: unknown) => boolean = isAbsent,
    ) {
      const names = Object.keys(queries) as Name[]
      const read = await readAll(
        names.map((name) => queries[name]),
        isOff,
      )
      const rows = names.map((name, index): [Name, Row[] | undefined] => [name, read[index]])
      return Object.fromEntries(rows) as Record<Name, Row[] | undefined>
    },

    async create(type, record) {
      const { json } = await session.request({
        method: 'POST',
        path: `${base}/sobjects/${type}`,
        body: record,
      })
      if (isPreview) return idToBe
      const id = isObject(json) ? json['id'] : undefined
      if (typeof id !== 'string') {
        throw new ConnectorError('UNEXPECTED', `Salesforce answered the creation of a ${type} without its id`)
      }
      return id
    },
    async createAll(type, records) {
      const body = {
        allOrNone: false,
        records: records.map((record) => ({ attributes: { type }, ...record })),
      }
      const { json } = await session.request({ method: 'POST', path: `${base}/composite/sobjects`, body })
      if (isPreview) return records.map(() => idToBe)
      if (!Array.isArray(json) || json.length !== records.length) {
        throw new ConnectorError('UNEXPECTED', `Salesforce answered the creation of ${type}s incompletely`)
      }
      return json.map((outcome: unknown) => {
        const id = isObject(outcome) && outcome['success'] === true ? outcome['id'] : undefined
        return typeof id === 'string' ? id : toTargetError(400, JSON.stringify(outcome), session.language)
      })
    },
    async update(type, id, record) {
      const path = recordPath(type, id)
      await session.request({ method: 'PATCH', path, body: record, isRepeatable: true })
    },
    async remove(type, id) {
      const path = recordPath(type, id)
      await session.request({ method: 'DELETE', path, isRepeatable: true })
    },
    async fields(type, id, names) {
      const path = recordPath(type, id)
      const { json } = await session.request({ method: 'GET', path, query: { fields: names.join(',') } })
      return isObject(json) ? json : {}
    },
    async describe(type) {
      const { json } = await session.request({ method: 'GET', path: `${base}/sobjects/${type}/describe` })
      if (!isObject(json)) throw new ConnectorError('UNEXPECTED', `Salesforce did not describe ${type}`)
      return json
    },
  }
}

/** The answers in order, undefined for what the org does not have; undefined as a whole where `/composite` is not there. */
async function composite(
  session: Session,
  base: string,
  queries: readonly string[],
  isOff: (error: unknown) => boolean,
): Promise<unknown[] | undefined> {
  const compositeRequest = queries.map((soql, index) => ({
    method: 'GET',
    url: `${base}/query?q=${encodeURIComponent(soql)}`,
    referenceId: `q${index}`,
  }))
  let json: unknown
  try {
    const body = { allOrNone: false, compositeRequest }
    ;({ json } = await session.request({
      method: 'POST',
      path: `${base}/composite`,
      body,
      isRepeatable: true,
    }))
  } catch (error) {
    if (error instanceof TargetError && error.status === 404) return undefined
    throw error
  }
  const answers = isObject(json) ? json['compositeResponse'] : undefined
  if (!Array.isArray(answers) || answers.length !== queries.length) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce answered a composite request incompletely')
  }
  return compositeRequest.map(({ referenceId }) => {
    const answer: unknown = answers.find((item) => isObject(item) && item['referenceId'] === referenceId)
    const status = isObject(answer) ? Number(answer['httpStatusCode']) : 0
    const content = isObject(answer) ? answer['body'] : undefined
    if (status >= 200 && status < 300) return content
    const error = toTargetError(status, JSON.stringify(content ?? null), session.language)
    if (isOff(error)) return undefined
    throw error
  })
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
