import { log } from '../../../shared/log.ts'
import {
  type Entry,
  isNotServed,
  type Place,
  type UserPage,
} from '../../../shared/salesforce/listing/userPage.ts'
import { walkUsers } from '../../../shared/salesforce/listing/userListing.ts'
import { gt } from '../../../shared/scim/filter.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { ImportOrg } from './importOrg.ts'

/** What an import makes of a user, and which attributes that takes. */
export interface UserReader<T> {
  read(user: Resource): T
  /** As SCIM's `attributes` names them; undefined where a name of them is not known. */
  attributes(): Promise<readonly string[] | undefined>
}

/** Salesforce's largest page (documented: filter.maxResults). */
const pageSize = 200
/** SOQL's OFFSET ends at 2000, and with it `startIndex` (pilot: an error above 2001). */
const lastIndex = 2001
/** Users by which it is tried whether the org honours `attributes`. */
const sampleSize = 20

/** Every user that SCIM lists, page by page, behind `after`. */
export function usersOverScim<T>(
  org: ImportOrg,
  reader: UserReader<T>,
  after: string | undefined,
): AsyncGenerator<readonly Entry<T>[], void, void> {
  return walkUsers({
    fetch: narrowedPages(org, reader),
    count: pageSize,
    lastIndex,
    atOnce: org.settings.importConcurrency,
    after,
    isSorted: false,
  })
}

/**
 * Pages with only the attributes that are needed, once a sample of users has come out the same with and without the rest: an
 * org may refuse such a request, ignore it, or understand a name in another way.
 */
function narrowedPages<T>(org: ImportOrg, reader: UserReader<T>): (place: Place) => Promise<UserPage<T>> {
  let attributes: Promise<readonly string[] | undefined> | undefined

  const list = async ({ after, startIndex, count }: Place, names?: readonly string[]) => {
    const { resources, totalResults } = await org.listUsers({
      startIndex,
      count,
      ...(after !== undefined && { filter: gt('id', after) }),
      ...(names !== undefined && { attributes: names.join(',') }),
    })
    const entries = resources.map((user) => ({ id: user.id, value: reader.read(user) }))
    return { resources, page: { entries, total: totalResults, isLast: false } }
  }

  const tryOut = async (place: Place, whole: readonly Entry<T>[]): Promise<readonly string[] | undefined> => {
    const names = await reader.attributes()
    if (names === undefined) return undefined
    try {
      const { resources, page } = await list({ ...place, count: sampleSize }, names)
      const isHonoured =
        page.entries.length > 0 &&
        page.entries.every((entry, at) => JSON.stringify(entry) === JSON.stringify(whole[at])) &&
        resources.every((user) => isNarrow(user, names))
      return isHonoured ? names : undefined
    } catch (error) {
      if (!isNotServed(error)) throw error
      log('information', `Reading whole users, because the org refuses to narrow them: ${error.message}`)
      return undefined
    }
  }

  return async (place) => {
    if (attributes !== undefined) return (await list(place, await attributes)).page
    const { page } = await list(place)
    // What fits in one page is not read again in part.
    if (page.total > page.entries.length) {
      attributes = tryOut(place, page.entries)
      attributes.catch(() => undefined)
    }
    return page
  }
}

/** Whether a user has no more than was asked for; its id, schemas and meta come always (pilot). */
function isNarrow(user: Resource, names: readonly string[]): boolean {
  const requested = ['id', 'schemas', 'meta', ...names].map((name) => name.toLowerCase())
  return Object.keys(user)
    .map((name) => name.toLowerCase())
    .every((name) => requested.some((mapped) => mapped === name || mapped.startsWith(`${name}:`)))
}
