import { ConnectorError } from '../../errors.ts'
import { type Entry, isNotServed, type Place, repeated, type UserPage, type WalkOptions } from './userPage.ts'

/** How far a walk has come. */
export interface Passed {
  /** The users that were passed on last; or whom to look for, where none were. */
  readonly recent: readonly string[]
  /** Where the last of them is in the list; 0 where that is not known. */
  readonly index: number
  /** Users in a page of this server. */
  readonly size: number
}

/** How many pages may bring nothing new, one after the other, before the walk is given up. */
const mostStale = 10

/**
 * The users behind those that were passed on: by `startIndex` alone, one page after the other. A page begins with the last
 * user of the page before; when rows in front of it have vanished, the walk steps back until it sees somebody it knows.
 * Without an index it begins at the start of the list, and looks there for those that are known.
 */
export async function* walkByIndex<T>(
  { fetch, count, lastIndex }: WalkOptions<T>,
  { recent, index, size: before }: Passed,
): AsyncGenerator<readonly Entry<T>[], void, void> {
  const isSearch = index === 0 && recent.length > 0
  let known = new Set(recent.map(key))
  let size = before
  let startIndex = Math.max(1, Math.min(size > 1 ? index : index + 1, lastIndex))
  let isFound = !isSearch
  let stale = 0
  /** Where the last user is in the list, and what the server then said of its length. */
  let reached = index
  let total: number | undefined
  /** Whether the next page must begin with the last user of the page before. */
  let isNext = false

  for (;;) {
    const page = await read(fetch, { after: undefined, startIndex, count }, total === reached)
    if (page === undefined) return
    const { entries } = page
    const at = entries.findLastIndex(({ id }) => known.has(key(id)))
    const isUnknown = at < 0 && known.size > 0
    if (!isFound && isUnknown) {
      if (entries.length === 0) throw notListed(recent)
      startIndex += entries.length
      continue
    }
    isFound = true
    if (isNext && at > 0 && page.total !== undefined && page.total === total) throw rowsLeftOut(at)
    isNext = false
    // A server that gives one user at a time leaves nothing to recognise.
    if (isUnknown && size > 1) {
      if (startIndex === 1 || ++stale > mostStale) throw unstable()
      startIndex = Math.max(1, startIndex - size)
      continue
    }
    const fresh = entries.slice(at + 1)
    if (fresh.length === 0) {
      if (entries.length < size || entries.length === 1) return checkEnd(page, startIndex + at)
      if (++stale > mostStale) throw repeated()
      startIndex += size - 1
      continue
    }
    stale = 0
    yield fresh
    size = entries.length
    known = new Set(fresh.map(({ id }) => key(id)))
    reached = startIndex + size - 1
    total = page.total
    startIndex += size > 1 ? size - 1 : 1
    isNext = size > 1
  }
}

function key(id: string): string {
  return id.slice(0, 15)
}

/** The page; undefined where it is refused and `isEnd`: nothing is missing. */
async function read<T>(
  fetch: WalkOptions<T>['fetch'],
  place: Place,
  isEnd: boolean,
): Promise<UserPage<T> | undefined> {
  try {
    return await fetch(place)
  } catch (error) {
    if (place.startIndex === 1 || !isNotServed(error)) throw error
    if (isEnd) return undefined
    throw new ConnectorError(
      'MISCONFIGURED',
      `Salesforce does not list users over SCIM from number ${place.startIndex} on, and does not filter them by id (${error.message}): set Configuration.UseRestApi`,
      { cause: error },
    )
  }
}

/** Throws when the end of the list, behind number `reached`, is not the end by its own count. */
function checkEnd<T>({ total, entries }: UserPage<T>, reached: number): void {
  if (total === undefined || total <= Math.max(reached, entries.length)) return
  throw new ConnectorError('UNEXPECTED', `Salesforce counts ${total} users and lists ${reached} of them`)
}

function notListed(recent: readonly string[]): ConnectorError {
  return new ConnectorError(
    'MISCONFIGURED',
    `Configuration.ImportResumeAfter [${recent.at(-1) ?? ''}] is not among the users that Salesforce lists.`,
  )
}

/**
 * Users before a known one that were not there a page ago, in a list that is no longer than it was: the page before left them
 * out. A user that was created meanwhile makes the list longer.
 */
function rowsLeftOut(number: number): ConnectorError {
  return new ConnectorError(
    'UNEXPECTED',
    `Salesforce left out ${number} of the users in a page of the list: run the import again`,
  )
}

function unstable(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'the list of users changes faster than it can be read')
}
