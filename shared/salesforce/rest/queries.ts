import { ConnectorError, TargetError } from '../../errors.ts'
import { log } from '../../log.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { compositeQueries, sendComposite, type Subanswer, type Subrequest } from './composite.ts'
import { isUnclear } from '../foreignAnswer.ts'
import { type Query, soqlOf } from './keyedQuery.ts'
import { type Row, type RowPages, rowPages } from './rowPages.ts'
import type { ApiAnswer, Session } from '../session/session.ts'
import { explainMissing, explainRefusal, isAbsent, isNotShown, type OrgEvidence } from './unseen.ts'

/** Reading by SOQL, several queries at once where that is possible. */
export interface Queries extends Pick<RowPages, 'query' | 'queryAll' | 'pages'> {
  /**
   * Several queries by name: five in a request (`/composite`), or one by one in a preview, which may not POST. A query on
   * what the org's own description shows that it does not have (`isOff`) gives undefined. Any other failure throws, an
   * `UnseenError` where the integration user is not shown what every org has.
   */
  read<Name extends string>(
    queries: Readonly<Record<Name, Query>>,
    isOff?: (error: unknown) => boolean,
  ): Promise<Record<Name, Row[] | undefined>>
  /** Like `read`, but a query on what is not shown to the integration user gives the refusal, and takes nothing from the others. */
  readVisible<Name extends string>(
    queries: Readonly<Record<Name, Query>>,
  ): Promise<Record<Name, Row[] | TargetError | undefined>>
  /** The error of a refused query, as `explainRefusal` has it: `query` and `pages` throw nothing else. */
  explain(error: unknown, query: Query): Promise<unknown>
  /** An object and its fields, as the org describes it. */
  describe(type: string): Promise<JsonObject>
  /**
   * At most five queries, by name, and the description of an object, in one request; one by one in a preview. Each for
   * itself: its answer, or why it was refused.
   */
  gather<Name extends string>(
    queries: Readonly<Partial<Record<Name, Query>>>,
    described: string,
  ): Promise<Gathered<Name>>
}

/** What queries and a description came to. */
export interface Gathered<Name extends string> {
  readonly rows: Readonly<Partial<Record<Name, Row[] | TargetError>>>
  readonly description: JsonObject | TargetError
}

/** A query as a part of a composite request. */
export function queryPart(base: string, query: Query, index = 0): Subrequest {
  return {
    method: 'GET',
    url: `${base}/query?q=${encodeURIComponent(soqlOf(query))}`,
    referenceId: `q${index}`,
  }
}

/** `base` as in `/services/data/v66.0`; in a preview nothing but GET is sent. */
export function queriesOf(session: Session, base: string, isPreview: boolean): Queries {
  const rows = rowPages(session, base)
  const { complete } = rows
  const partOf = (query: Query, index: number): Subrequest => queryPart(base, query, index)

  const descriptions = new Map<string, Promise<JsonObject>>()
  const askDescription = async (type: string): Promise<JsonObject> => {
    try {
      const { json } = await session.request({ method: 'GET', path: `${base}/sobjects/${type}/describe` })
      return toDescription(json, type)
    } catch (error) {
      throw await explainMissing(error, type, () => orFailure(listObjects(session, base)), session.language)
    }
  }
  /** Asked once; one that fails is asked again. */
  const describe = (type: string): Promise<JsonObject> => {
    const asked = descriptions.get(type) ?? askDescription(type)
    descriptions.set(type, asked)
    asked.catch(() => descriptions.delete(type))
    return asked
  }

  const evidence = orgEvidence(session, base, describe)
  const explain = (error: unknown, query: Query): Promise<unknown> =>
    explainRefusal(error, soqlOf(query), evidence)

  const query = async (given: Query): Promise<Row[]> => {
    try {
      return await rows.query(given)
    } catch (error) {
      throw await explain(error, given)
    }
  }

  const queryAll = async (given: Query): Promise<Row[]> => {
    try {
      return await rows.queryAll(given)
    } catch (error) {
      throw await explain(error, given)
    }
  }

  async function* pages(given: Query): AsyncGenerator<Row[]> {
    try {
      yield* rows.pages(given)
    } catch (error) {
      throw await explain(error, given)
    }
  }

  /** The rows of a part of a composite answer; one that cannot be understood is asked for by itself. */
  const rowsOfPart = async (one: Query, json: unknown): Promise<Row[]> => {
    try {
      return await complete(one, json)
    } catch (error) {
      if (!isUnclear(error)) throw error
      log('warning', `${error.message}: asking again by itself`)
      return query(one)
    }
  }

  /** The rows of each query, in order, or why it was refused. */
  const readAll = async (queries: readonly Query[]): Promise<(Row[] | TargetError)[]> => {
    const read: (Row[] | TargetError)[] = []
    for (let at = 0; at < queries.length; at += compositeQueries) {
      const some = queries.slice(at, at + compositeQueries)
      const answers = isPreview ? undefined : await sendComposite(session, base, some.map(partOf), true)
      for (const [index, one] of some.entries()) {
        const answer = ownAnswer(answers?.[index])
        const given =
          answer === undefined
            ? await orRefusal(query(one))
            : 'json' in answer
              ? await rowsOfPart(one, answer.json)
              : await explain(answer.error, one)
        if (!Array.isArray(given) && !(given instanceof TargetError)) throw given
        read.push(given as Row[] | TargetError)
      }
    }
    return read
  }

  const byName = async <Name extends string, Value>(
    queries: Readonly<Record<Name, Query>>,
    toValue: (given: Row[] | TargetError) => Value,
  ): Promise<Record<Name, Value>> => {
    const names = Object.keys(queries) as Name[]
    const given = await readAll(names.map((name) => queries[name]))
    return Object.fromEntries(given.map((one, index) => [names[index], toValue(one)])) as Record<Name, Value>
  }

  return {
    query,
    queryAll,
    pages,
    describe,
    explain,

    read: (queries, isOff = isAbsent) =>
      byName(queries, (given) => {
        if (Array.isArray(given)) return given
        if (isOff(given)) return undefined
        throw given
      }),

    readVisible: (queries) =>
      byName(queries, (given) => {
        if (Array.isArray(given)) return given
        if (isAbsent(given)) return undefined
        if (isNotShown(given)) return given
        throw given
      }),

    async gather<Name extends string>(queries: Readonly<Partial<Record<Name, Query>>>, described: string) {
      const asked = Object.entries(queries) as [Name, Query][]
      const parts = asked.map(([, one], index) => partOf(one, index))
      const description = {
        method: 'GET',
        url: `${base}/sobjects/${described}/describe`,
        referenceId: 'description',
      } as const
      const answers = isPreview
        ? undefined
        : await sendComposite(session, base, [...parts, description], true)
      const last = ownAnswer(answers?.[asked.length])
      const given =
        last === undefined
          ? await orRefusal(describe(described))
          : 'json' in last
            ? toDescription(last.json, described)
            : last.error
      // What the description shows need not be read again.
      const known = { ...evidence, ...(described === 'User' && { userFields: () => fieldNames(given) }) }
      const rows: [Name, Row[] | TargetError][] = []
      for (const [index, [name, one]] of asked.entries()) {
        const answer = ownAnswer(answers?.[index])
        const found =
          answer === undefined
            ? await orRefusal(query(one))
            : 'json' in answer
              ? await orRefusal(rowsOfPart(one, answer.json))
              : await explainRefusal(answer.error, soqlOf(one), known)
        if (!Array.isArray(found) && !(found instanceof TargetError)) throw found
        rows.push([name, found as Row[] | TargetError])
      }
      return { rows: Object.fromEntries(rows) as Gathered<Name>['rows'], description: given }
    },
  }
}

/** What the org says of itself, each asked once, and only after a refusal. */
function orgEvidence(session: Session, base: string, describe: Queries['describe']): OrgEvidence {
  let objects: Promise<ReadonlySet<string> | undefined> | undefined
  let fields: Promise<ReadonlySet<string> | undefined> | undefined
  const list = async (): Promise<ReadonlySet<string> | undefined> => {
    const answer = await orFailure(listObjects(session, base))
    const sobjects = 'json' in answer && isObject(answer.json) ? answer.json['sobjects'] : undefined
    if (!Array.isArray(sobjects)) return undefined
    const names = new Set(sobjects.filter(isObject).map(({ name }) => String(name)))
    // Every org has users: a list without them is no list of its objects.
    return names.has('User') ? names : undefined
  }
  return {
    objects: () => (objects ??= list()),
    userFields: () => (fields ??= orFailure(describe('User')).then(fieldNames)),
    language: session.language,
    version: /v([\d.]+)$/.exec(base)?.[1] ?? '',
  }
}

/** The list of the org's objects. */
function listObjects(session: Session, base: string): Promise<ApiAnswer> {
  return session.request({ method: 'GET', path: `${base}/sobjects` })
}

function fieldNames(description: JsonObject | ConnectorError): Promise<ReadonlySet<string> | undefined> {
  const fields = description instanceof ConnectorError ? undefined : description['fields']
  const names = (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .map(({ name }) => String(name).toLowerCase())
  return Promise.resolve(names.length === 0 ? undefined : new Set(names))
}

async function orFailure<Answer>(answer: Promise<Answer>): Promise<Answer | ConnectorError> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
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
