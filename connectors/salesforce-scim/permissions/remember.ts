import type { Row } from '../../../shared/salesforce/rest.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { Org } from '../org.ts'

/**
 * The same org, which is not asked the same thing twice until something is written: for actions that do several things to
 * one account. What the look back after one write showed is what the next one starts from.
 */
export function remembering(org: Org): Org {
  const users = new Map<string, Promise<Resource | undefined>>()
  const rows = new Map<string, Promise<Row[]>>()
  const forget = (): void => {
    users.clear()
    rows.clear()
  }
  const writing = async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    // A preview sends nothing, and its answer is no picture of the account.
    if (org.isPreview) return write()
    try {
      return await write()
    } finally {
      forget()
    }
  }
  const { rest } = org
  return {
    ...org,
    findUser: (id) => once(users, id, () => org.findUser(id)),
    createUser: (...given) => writing(() => org.createUser(...given)),
    async patchUser(...given) {
      const user = await writing(() => org.patchUser(...given))
      if (!org.isPreview) users.set(given[0], Promise.resolve(user))
      return user
    },
    patchGroup: (...given) => writing(() => org.patchGroup(...given)),
    writeUserFields: (...given) => writing(() => org.writeUserFields(...given)),
    rest: {
      ...rest,
      query: (soql) => once(rows, soql, () => rest.query(soql)),
      create: (...given) => writing(() => rest.create(...given)),
      update: (...given) => writing(() => rest.update(...given)),
      remove: (...given) => writing(() => rest.remove(...given)),
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
