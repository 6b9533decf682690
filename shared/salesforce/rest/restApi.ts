import { ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { withVersionCheck } from './apiVersion.ts'
import { type Collections, collectionsOf } from './collections.ts'
import { explainUserWrite } from '../errors/writeErrors.ts'
import { sendComposite, type Subrequest } from './composite.ts'
import { ForeignAnswerError, isUnclear, named } from '../foreignAnswer.ts'
import { checkId, idPrefix, previewId, isId } from '../id.ts'
import { checkedRows, keyedQuery, type Query } from './keyedQuery.ts'
import { type Queries, queriesOf, queryPart } from './queries.ts'
import { type Row, rowPages } from './rowPages.ts'
import type { Session } from '../session/session.ts'

/**
 * SObject REST and SOQL of one version. Every method is one request, unless said otherwise. In a preview those that write
 * tell in the log what they would send, and give what a success would.
 */
export interface RestApi extends Queries, Collections {
  /** Creates a record and gives its id; `idToBe` in a preview. */
  create(type: string, record: JsonObject): Promise<string>
  update(type: string, id: string, record: JsonObject): Promise<void>
  remove(type: string, id: string): Promise<void>
  /** Some fields of one record, and its `Id`. */
  fields(type: string, id: string, names: readonly string[]): Promise<Row>
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
   * Creates a record of ids and dates and then asks a query, in one request; no rows where it took two, or where they could
   * not be read.
   */
  createAndAsk(
    type: string,
    record: JsonObject,
    query: Query,
  ): Promise<{ id: string; rows: Row[] | undefined }>
  /** The same for removing one. */
  removeAndAsk(type: string, id: string, query: Query): Promise<Row[] | undefined>
}

/** `version` as in the address: `66.0`; in a preview nothing but GET is sent. */
export function restApi(opened: Session, version: string, isPreview: boolean): RestApi {
  const session = withVersionCheck(opened, version)
  const base = `/services/data/v${version}`
  const { complete } = rowPages(session, base)

  const recordPath = (type: string, id: string): string =>
    `${base}/sobjects/${type}/${isPreview && id === previewId ? id : checkId(id, '', 'Id')}`

  /** The work, whose refusal is explained by the fields that it writes. */
  const withContext = async <T>(type: string, record: unknown, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw type === 'User' && isObject(record) ? explainUserWrite(error, record, session.language) : error
    }
  }

  const create = async (type: string, record: JsonObject): Promise<string> => {
    const path = `${base}/sobjects/${type}`
    const { json } = await withContext(type, record, () =>
      session.request({ method: 'POST', path, body: record }),
    )
    return isPreview ? previewId : session.checkAnswer(() => idIn(json, type))
  }

  const update = async (type: string, id: string, record: JsonObject): Promise<void> => {
    const path = recordPath(type, id)
    await withContext(type, record, () =>
      session.request({ method: 'PATCH', path, body: record, isRepeatable: true }),
    )
  }

  const fields = async (type: string, id: string, names: readonly string[]): Promise<Row> => {
    const path = recordPath(type, id)
    const query = { fields: withId(names).join(',') }
    const { json } = await session.request({ method: 'GET', path, query })
    return session.checkAnswer(() => recordAbout(json, id, names))
  }

  /** Undefined where it does not go together: in a preview, which tells the write alone, and without `/composite`. */
  const writeAndRead = async (
    write: Subrequest,
    record: string,
    names: readonly string[],
    isRepeatable: boolean,
  ): Promise<{ written: unknown; read: unknown } | undefined> => {
    // A text of somebody that looks like a reference to another part (`@{a.b}`) would be taken for one.
    if (isPreview || JSON.stringify(write.body).includes('@{')) return undefined
    const url = `${record}?fields=${withId(names).join(',')}`
    const read = { method: 'GET', url, referenceId: 'read' } as const
    const answers = await sendComposite(session, base, [write, read], isRepeatable)
    const [written, row] = answers ?? []
    if (written === undefined) return undefined
    if ('error' in written) {
      // By itself it is tried again, as the retry policy has it.
      if (written.error.retry === 'soon') return undefined
      throw written.error
    }
    return { written: written.json, read: row !== undefined && 'json' in row ? row.json : undefined }
  }

  /** The record that was read along with its write; undefined where it has to be read by itself. */
  const rowAbout = (read: unknown, id: string, names: readonly string[]): Row | undefined => {
    try {
      return session.checkAnswer(() => recordAbout(read, id, names))
    } catch (error) {
      if (isUnclear(error)) return undefined
      throw error
    }
  }

  const remove = async (type: string, id: string): Promise<void> => {
    const path = recordPath(type, id)
    await session.request({ method: 'DELETE', path, isRepeatable: true })
  }

  /** The rows; undefined where the answer cannot be understood, so that they have to be asked for by themselves. */
  const rowsOf = async (query: Query, json: unknown): Promise<Row[] | undefined> => {
    try {
      return await complete(query, json)
    } catch (error) {
      if (isUnclear(error)) return undefined
      throw error
    }
  }

  /** A write of a record without texts of people, and a query, in one request; undefined where they go one by one. */
  const writeAndAsk = async (
    write: Subrequest,
    query: Query,
    isRepeatable: boolean,
  ): Promise<{ written: unknown; rows: Row[] | undefined } | undefined> => {
    if (isPreview) return undefined
    const answers = await sendComposite(session, base, [write, queryPart(base, query)], isRepeatable)
    const [written, found] = answers ?? []
    if (written === undefined) return undefined
    if ('json' in written) {
      const isRead = found !== undefined && 'json' in found
      return { written: written.json, rows: isRead ? await rowsOf(query, found.json) : undefined }
    }
    // By itself it is tried again, as the retry policy has it.
    if (written.error.retry === 'soon') return undefined
    throw written.error
  }

  return {
    ...queriesOf(session, base, isPreview),
    ...collectionsOf(session, base, isPreview),
    create,
    update,
    remove,
    fields,

    async createAndRead(type, record, names) {
      const answers = await withContext(type, record, () =>
        writeAndRead(
          { method: 'POST', url: `${base}/sobjects/${type}`, body: record, referenceId: 'written' },
          `${base}/sobjects/${type}/@{written.id}`,
          names,
          false,
        ),
      )
      if (answers === undefined) return { id: await create(type, record), row: undefined }
      const id = session.checkAnswer(() => idIn(answers.written, type))
      return { id, row: rowAbout(answers.read, id, names) }
    },

    async updateAndRead(type, id, record, names) {
      const path = recordPath(type, id)
      const write = { method: 'PATCH', url: path, body: record, referenceId: 'written' } as const
      const answers = await withContext(type, record, () => writeAndRead(write, path, names, true))
      if (answers !== undefined) return rowAbout(answers.read, id, names)
      await update(type, id, record)
      return undefined
    },

    async createAndAsk(type, record, query) {
      const url = `${base}/sobjects/${type}`
      const write = { method: 'POST', url, body: record, referenceId: 'written' } as const
      const answers = await writeAndAsk(write, query, false)
      if (answers === undefined) return { id: await create(type, record), rows: undefined }
      const id = session.checkAnswer(() => idIn(answers.written, type))
      return { id, rows: answers.rows }
    },

    async removeAndAsk(type, id, query) {
      const write = { method: 'DELETE', url: recordPath(type, id), referenceId: 'written' } as const
      const answers = await writeAndAsk(write, query, true)
      if (answers !== undefined) return answers.rows
      await remove(type, id)
      return undefined
    },
  }
}

/** The id of a record that was created. */
function idIn(json: unknown, type: string): string {
  const { id, success } = isObject(json) ? json : {}
  const prefix = type === 'User' ? idPrefix.user : ''
  if (success === true && typeof id === 'string') {
    if (isId(id, prefix)) return id
    throw new ForeignAnswerError(`a new ${type}`, named('id', id))
  }
  throw new ConnectorError('UNEXPECTED', `Salesforce answered the creation of a ${type} without its id`)
}

/** The record, when it is the one with this id and shows these fields. */
function recordAbout(json: unknown, id: string, names: readonly string[]): Row {
  const rows = isObject(json) ? [json] : []
  const [row] = checkedRows(keyedQuery(names.join(', '), 'record', { Id: id }), rows)
  if (row !== undefined) return row
  throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a record that lacks Id')
}

function withId(names: readonly string[]): string[] {
  return names.some((name) => name.toLowerCase() === 'id') ? [...names] : ['Id', ...names]
}
