import { idPrefix } from '../salesforce/id.ts'
import { type Query, soqlOf } from '../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../salesforce/rest/restApi.ts'
import type { Row } from '../salesforce/rest/rowPages.ts'
import type { Account, Org } from './commonOrg.ts'

/** What an org was asked and answered, until something is written. */
export interface Memory<User extends Account> {
  /** The org's questions, each asked once. */
  readonly findUser: Org<User>['findUser']
  readonly rest: RestApi
  /** Writes, and forgets what was known before. */
  writing<Answer>(write: () => Promise<Answer>): Promise<Answer>
  /**
   * From now on what was asked of an object is asked again in the request that creates or removes a record of it: half as
   * many requests, and nothing is seen of what the org does after it has answered.
   */
  readBackInSameRequest(): void
  /** Notes an account as a write has shown it. */
  note(id: string, user: User): void
}

/**
 * Remembers for actions that do several things to one account: what the look back after one write showed is what the next
 * one starts from.
 */
export function openQueryCache<User extends Account>(org: Org<User>): Memory<User> {
  const { rest, isPreview } = org
  const users = new Map<string, Promise<User | undefined>>()
  const rows = new Map<string, Promise<Row[]>>()
  /** Those of which the rows are known, or were once, by their SOQL. */
  const queries = new Map<string, Query>()
  let isInHurry = false
  /** What an org has to grant is not changed by who has it, nor who is in a group by who has a permission set. */
  const forget = (type: string | undefined): void => {
    users.clear()
    const isOther = (soql: string): boolean => type !== undefined && type !== 'User' && !isFrom(soql, type)
    for (const soql of [...rows.keys()]) if (isAboutUser(soql) && !isOther(soql)) rows.delete(soql)
  }
  /** `type`: the object of the one record that is written. */
  const writing = async <Answer>(write: () => Promise<Answer>, type?: string): Promise<Answer> => {
    // A preview sends nothing, and its answer is no picture of the account.
    if (isPreview) return write()
    try {
      return await write()
    } finally {
      forget(type)
    }
  }
  /** What was asked last of an object, and is asked again when that changes. */
  const lastAsked = (type: string): Query | undefined => {
    if (!isInHurry || isPreview) return undefined
    const last = [...rows.keys()].findLast((soql) => isFrom(soql, type) && isAboutUser(soql))
    return last === undefined ? undefined : queries.get(last)
  }
  const noteRows = (query: Query, found: Row[] | undefined): void => {
    if (found !== undefined) rows.set(soqlOf(query), Promise.resolve(found))
  }
  return {
    findUser: (id) => once(users, id, () => org.findUser(id)),
    rest: {
      ...rest,
      query(query) {
        const soql = soqlOf(query)
        queries.set(soql, query)
        return once(rows, soql, () => rest.query(query))
      },
      async create(type, record) {
        const query = lastAsked(type)
        if (query === undefined) return writing(() => rest.create(type, record), type)
        const { id, rows: found } = await writing(() => rest.createAndAsk(type, record, query), type)
        noteRows(query, found)
        return id
      },
      update: (type, ...given) => writing(() => rest.update(type, ...given), type),
      async remove(type, id) {
        const query = lastAsked(type)
        if (query === undefined) return writing(() => rest.remove(type, id), type)
        noteRows(query, await writing(() => rest.removeAndAsk(type, id, query), type))
      },
    },
    writing: (write) => writing(write),
    readBackInSameRequest() {
      isInHurry = true
    },
    note(id, user) {
      if (!isPreview) users.set(id, Promise.resolve(user))
    },
  }
}

function isFrom(soql: string, type: string): boolean {
  return soql.includes(` FROM ${type} WHERE `)
}

function isAboutUser(soql: string): boolean {
  return soql.includes(`'${idPrefix.user}`)
}

/** Asks once; what failed is asked again. */
function once<Answer>(
  known: Map<string, Promise<Answer>>,
  key: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const answer = known.get(key) ?? ask()
  known.set(key, answer)
  answer.catch(() => known.delete(key))
  return answer
}
