import { ConnectorError, TargetError } from '../errors.ts'
import { isObject, type JsonObject } from '../validate.ts'
import { toTargetError } from './errors/error.ts'
import { checkId } from './id.ts'
import { tellingVersions } from './apiVersion.ts'
import { compositeQueries, sendComposite, type Subanswer, type Subrequest } from './composite.ts'
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
  /**
   * At most five queries, by name, and the description of an object, in one request; one by one in a preview. Each for
   * itself: its answer, or why it was refused.
   */
  gather<Name extends string>(
    queries: Readonly<Partial<Record<Name, string>>>,
    described: string,
  ): Promise<Gathered<Name>>
  /** Creates a record and reads it, in one request; the row is undefined where that did not go together. */
  createAndRead(
    type: string,
    record: JsonObject,
    names: readonly string[],
  ): Promise<{ id: string; row: Row | undefined }>
  /** Changes a record and reads it, in one request; undefined where that did not go together. */
  updateAndRead(
    type: string,
    id: string,
    record: JsonObject,
    names: readonly string[],
  ): Promise<Row | undefined>
  /**
   * Changes up to 200 records of a type, each for itself; why not, for each in their order. What is written stands: the org's
   * assignment rules do not give the records to others.
   */
  updateAll(type: string, records: readonly JsonObject[]): Promise<(TargetError | undefined)[]>
  /** Removes up to 200 records of any types, each for itself; why not, for each in their order. */
  removeAll(ids: readonly string[]): Promise<(TargetError | undefined)[]>
  /**
   * Creates a record of ids and dates and then asks a query, in one request; no rows where it took two, or where they could
   * not be read.
   */
  createAndAsk(
    type: string,
    record: JsonObject,
    soql: string,
  ): Promise<{ id: string; rows: Row[] | undefined }>
  /** The same for removing one. */
  removeAndAsk(type: string, id: string, soql: string): Promise<Row[] | undefined>
}

/** What queries and a description came to. */
export interface Gathered<Name extends string> {
  readonly rows: Readonly<Partial<Record<Name, Row[] | TargetError>>>
  readonly description: JsonObject | TargetError
}

/** Codes that say: this org has no such object or field. */
const absent: readonly string[] = ['INVALID_TYPE', 'INVALID_FIELD']

export function isAbsent(error: unknown): boolean {
  return error instanceof TargetError && absent.some((code) => error.has(code))
}

/** `version` as in the address: `66.0`; in a preview nothing but GET is sent. */
export function restApi(opened: Session, version: string, isPreview: boolean): RestApi {
  const session = tellingVersions(opened, version)
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

  const queryPart = (soql: string, index: number): Subrequest => ({
    method: 'GET',
    url: `${base}/query?q=${encodeURIComponent(soql)}`,
    referenceId: `q${index}`,
  })

  /** The rows of each query, in order. */
  const readAll = async (
    queries: readonly string[],
    isOff: (error: unknown) => boolean,
  ): Promise<(Row[] | undefined)[]> => {
    const read: (Row[] | undefined)[] = []
    for (let at = 0; at < queries.length; at += compositeQueries) {
      const soql = queries.slice(at, at + compositeQueries)
      const answers = isPreview ? undefined : await sendComposite(session, base, soql.map(queryPart), true)
      for (const [index, one] of soql.entries()) {
        const answer = ownAnswer(answers?.[index])
        if (answer === undefined) read.push(await readOne(one, isOff))
        else if ('json' in answer) read.push(await complete(toPage(answer.json)))
        else if (isOff(answer.error)) read.push(undefined)
        else throw answer.error
      }
    }
    return read
  }

  const create = async (type: string, record: JsonObject): Promise<string> => {
    const path = `${base}/sobjects/${type}`
    const { json } = await session.request({ method: 'POST', path, body: record })
    return isPreview ? idToBe : idIn(json, type)
  }

  const update = async (type: string, id: string, record: JsonObject): Promise<void> => {
    const path = recordPath(type, id)
    await session.request({ method: 'PATCH', path, body: record, isRepeatable: true })
  }

  const fields = async (type: string, id: string, names: readonly string[]): Promise<Row> => {
    const path = recordPath(type, id)
    const { json } = await session.request({ method: 'GET', path, query: { fields: names.join(',') } })
    return isObject(json) ? json : {}
  }

  const describe = async (type: string): Promise<JsonObject> => {
    const { json } = await session.request({ method: 'GET', path: `${base}/sobjects/${type}/describe` })
    return toDescription(json, type)
  }

  /** Undefined where it does not go together: in a preview, which tells the write alone, and without `/composite`. */
  const writeAndRead = async (
    write: Subrequest,
    record: string,
    names: readonly string[],
    isRepeatable: boolean,
  ): Promise<{ written: unknown; row: Row | undefined } | undefined> => {
    // A text of somebody that looks like a reference to another part (`@{a.b}`) would be taken for one.
    if (isPreview || JSON.stringify(write.body).includes('@{')) return undefined
    const url = `${record}?fields=${names.join(',')}`
    const read = { method: 'GET', url, referenceId: 'read' } as const
    const answers = await sendComposite(session, base, [write, read], isRepeatable)
    const [written, row] = answers ?? []
    if (written === undefined) return undefined
    if ('error' in written) {
      // By itself it is tried again, as the retry policy has it.
      if (written.error.retry === 'soon') return undefined
      throw written.error
    }
    return {
      written: written.json,
      row: row !== undefined && 'json' in row && isObject(row.json) ? row.json : undefined,
    }
  }

  const remove = async (type: string, id: string): Promise<void> => {
    const path = recordPath(type, id)
    await session.request({ method: 'DELETE', path, isRepeatable: true })
  }

  /** A write of a record without texts of people, and a query, in one request; undefined where they go one by one. */
  const writeAndAsk = async (
    write: Subrequest,
    soql: string,
    isRepeatable: boolean,
  ): Promise<{ written: unknown; rows: Row[] | undefined } | undefined> => {
    if (isPreview) return undefined
    const answers = await sendComposite(session, base, [write, queryPart(soql, 0)], isRepeatable)
    const [written, found] = answers ?? []
    if (written === undefined) return undefined
    if ('json' in written) {
      const isRead = found !== undefined && 'json' in found
      return { written: written.json, rows: isRead ? await complete(toPage(found.json)) : undefined }
    }
    // By itself it is tried again, as the retry policy has it.
    if (written.error.retry === 'soon') return undefined
    throw written.error
  }

  /** What was done of each record of a collection. */
  const outcomes = (json: unknown, count: number): (TargetError | undefined)[] => {
    if (!Array.isArray(json) || json.length !== count) {
      throw new ConnectorError('UNEXPECTED', 'Salesforce answered the change of several records incompletely')
    }
    return json.map((outcome: unknown) =>
      isObject(outcome) && outcome['success'] === true
        ? undefined
        : toTargetError(400, JSON.stringify(outcome), session.language),
    )
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

    create,
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
    update,
    remove,
    fields,
    describe,

    async gather<Name extends string>(queries: Readonly<Partial<Record<Name, string>>>, described: string) {
      const asked = Object.entries(queries) as [Name, string][]
      const parts = asked.map(([, soql], index) => queryPart(soql, index))
      const description = {
        method: 'GET',
        url: `${base}/sobjects/${described}/describe`,
        referenceId: 'description',
      } as const
      const answers = isPreview
        ? undefined
        : await sendComposite(session, base, [...parts, description], true)
      const rows: [Name, Row[] | TargetError][] = []
      for (const [index, [name, soql]] of asked.entries()) {
        const answer = ownAnswer(answers?.[index])
        const given =
          answer === undefined
            ? await orRefusal(query(soql))
            : 'json' in answer
              ? await orRefusal(complete(toPage(answer.json)))
              : answer.error
        rows.push([name, given])
      }
      const last = ownAnswer(answers?.[asked.length])
      return {
        rows: Object.fromEntries(rows) as Gathered<Name>['rows'],
        description:
          last === undefined
            ? await orRefusal(describe(described))
            : 'json' in last
              ? toDescription(last.json, described)
              : last.error,
      }
    },

    async createAndRead(type, record, names) {
      const answers = await writeAndRead(
        { method: 'POST', url: `${base}/sobjects/${type}`, body: record, referenceId: 'written' },
        `${base}/sobjects/${type}/@{written.id}`,
        names,
        false,
      )
      if (answers === undefined) return { id: await create(type, record), row: undefined }
      return { id: idIn(answers.written, type), row: answers.row }
    },

    async updateAndRead(type, id, record, names) {
      const path = recordPath(type, id)
      const write = { method: 'PATCH', url: path, body: record, referenceId: 'written' } as const
      const answers = await writeAndRead(write, path, names, true)
      if (answers !== undefined) return answers.row
      await update(type, id, record)
      return undefined
    },

    async updateAll(type, records) {
      const body = {
        allOrNone: false,
        records: records.map((record) => ({ attributes: { type }, ...record })),
      }
      const path = `${base}/composite/sobjects`
      const { json } = await session.request({
        method: 'PATCH',
        path,
        body,
        // Documented (Assignment Rule Header): without it, active rules apply to accounts, cases and leads that are updated.
        headers: { 'Sforce-Auto-Assign': 'FALSE' },
        isRepeatable: true,
      })
      return isPreview ? records.map(() => undefined) : outcomes(json, records.length)
    },

    async removeAll(ids) {
      const { json } = await session.request({
        method: 'DELETE',
        path: `${base}/composite/sobjects`,
        query: { ids: ids.map((id) => checkId(id, '', 'Id')).join(','), allOrNone: 'false' },
        isRepeatable: true,
      })
      return isPreview ? ids.map(() => undefined) : outcomes(json, ids.length)
    },

    async createAndAsk(type, record, soql) {
      const url = `${base}/sobjects/${type}`
      const write = { method: 'POST', url, body: record, referenceId: 'written' } as const
      const answers = await writeAndAsk(write, soql, false)
      if (answers === undefined) return { id: await create(type, record), rows: undefined }
      return { id: idIn(answers.written, type), rows: answers.rows }
    },

    async removeAndAsk(type, id, soql) {
      const write = { method: 'DELETE', url: recordPath(type, id), referenceId: 'written' } as const
      const answers = await writeAndAsk(write, soql, true)
      if (answers !== undefined) return answers.rows
      await remove(type, id)
      return undefined
    },
  }
}

function idIn(json: unknown, type: string): string {
  const id = isObject(json) ? json['id'] : undefined
  if (typeof id === 'string') return id
  throw new ConnectorError('UNEXPECTED', `Salesforce answered the creation of a ${type} without its id`)
}

function toDescription(json: unknown, type: string): JsonObject {
  if (isObject(json)) return json
  throw new ConnectorError('UNEXPECTED', `Salesforce did not describe ${type}`)
}

/** What is to be asked again by itself, as the retry policy has it, has no answer yet. */
function ownAnswer(answer: Subanswer | undefined): Subanswer | undefined {
  return answer !== undefined && 'error' in answer && answer.error.retry === 'soon' ? undefined : answer
}

/** The answer, or what Salesforce refused it for; anything else throws. */
async function orRefusal<Answer>(answer: Promise<Answer>): Promise<Answer | TargetError> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof TargetError) return error
    throw error
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
