import type { RestApi, Row } from '../salesforce/rest.ts'
import type { Account, Org } from './org.ts'

/** What an org was asked and answered, until something is written. */
export interface Memory<User extends Account> {
  /** The org's questions, each asked once. */
  readonly findUser: Org<User>['findUser']
  readonly rest: RestApi
  /** Writes, and forgets what was known before. */
  writing<Answer>(write: () => Promise<Answer>): Promise<Answer>
  /** Notes an account as a write has shown it. */
  note(id: string, user: User): void
}

/**
 * Remembers for actions that do several things to one account: what the look back after one write showed is what the next
 * one starts from.
 */
export function openMemory<User extends Account>(org: Org<User>): Memory<User> {
  const users = new Map<string, Promise<User | undefined>>()
  const rows = new Map<string, Promise<Row[]>>()
  const writing = async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    // A preview sends nothing, and its answer is no picture of the account.
    if (org.isPreview) return write()
    try {
      return await write()
    } finally {
      users.clear()
      rows.clear()
    }
  }
  const { rest } = org
  return {
    findUser: (id) => once(users, id, () => org.findUser(id)),
    rest: {
      ...rest,
      query: (soql) => once(rows, soql, () => rest.query(soql)),
      create: (...given) => writing(() => rest.create(...given)),
      update: (...given) => writing(() => rest.update(...given)),
      remove: (...given) => writing(() => rest.remove(...given)),
    },
    writing,
    note(id, user) {
      if (!org.isPreview) users.set(id, Promise.resolve(user))
    },
  }
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
