import { ConnectorError, TargetError } from '../errors.ts'
import { isObject, type JsonObject } from '../validate.ts'
import { compositeQueries, sendComposite, type Subanswer, type Subrequest } from './composite.ts'
import { type Row, type RowPages, rowPages } from './rowPages.ts'
import type { Session } from './session/session.ts'

/** Reading by SOQL, several queries at once where that is possible. */
export interface Queries extends Pick<RowPages, 'query' | 'pages'> {
  /**
   * Several queries by name: five in a request (`/composite`), or one by one in a preview, which may not POST. A query on
   * an object or a field that the org does not have (`isOff` says which errors tell that) gives undefined: the feature is
   * off. Any other failure throws.
   */
  read<Name extends string>(
    queries: Readonly<Record<Name, string>>,
    isOff?: (error: unknown) => boolean,
  ): Promise<Record<Name, Row[] | undefined>>
  /** An object and its fields, as the org describes it. */
  describe(type: string): Promise<JsonObject>
  /**
   * At most five queries, by name, and the description of an object, in one request; one by one in a preview. Each for
   * itself: its answer, or why it was refused.
   */
  gather<Name extends string>(
    queries: Readonly<Partial<Record<Name, string>>>,
    described: string,
  ): Promise<Gathered<Name>>
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

/** A query as a part of a composite request. */
export function queryPart(base: string, soql: string, index = 0): Subrequest {
  return { method: 'GET', url: `${base}/query?q=${encodeURIComponent(soql)}`, referenceId: `q${index}` }
}

/** `base` as in `/services/data/v66.0`; in a preview nothing but GET is sent. */
export function queriesOf(session: Session, base: string, isPreview: boolean): Queries {
  const { query, pages, complete } = rowPages(session, base)
  const partOf = (soql: string, index: number): Subrequest => queryPart(base, soql, index)

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
      const answers = isPreview ? undefined : await sendComposite(session, base, soql.map(partOf), true)
      for (const [index, one] of soql.entries()) {
        const answer = ownAnswer(answers?.[index])
        if (answer === undefined) read.push(await readOne(one, isOff))
        else if ('json' in answer) read.push(await complete(answer.json))
        else if (isOff(answer.error)) read.push(undefined)
        else throw answer.error
      }
    }
    return read
  }

  const describe = async (type: string): Promise<JsonObject> => {
    const { json } = await session.request({ method: 'GET', path: `${base}/sobjects/${type}/describe` })
    return toDescription(json, type)
  }

  return {
    query,
    pages,
    describe,

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

    async gather<Name extends string>(queries: Readonly<Partial<Record<Name, string>>>, described: string) {
      const asked = Object.entries(queries) as [Name, string][]
      const parts = asked.map(([, soql], index) => partOf(soql, index))
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
              ? await orRefusal(complete(answer.json))
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
