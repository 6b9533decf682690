import { ConnectorError } from '../../errors.ts'
import { inOrder } from './readAhead.ts'
import { isSameId } from '../id.ts'
import { type Entry, isNotServed, type Place, repeated, type UserPage, type WalkOptions } from './userPage.ts'
import { walkByIndex } from './userListingByIndex.ts'

/** How often in a row pages that were read ahead may not fit before none are any more. */
const mostMisfits = 3

/**
 * Every user of an org once, page by page, in the order of ids.
 *
 * It goes on behind the last id, which neither loses nor repeats anybody when rows appear or vanish meanwhile. So that a
 * page need not wait for the one before, those within reach of `startIndex` are read ahead, each beginning with the last
 * user of the page before it: where one does not, the list has moved, and reading goes on behind the last id. It ends where
 * nothing follows the last id, whatever totals say; a server that counts users there and lists none fails the walk, because
 * a list that is cut short must not look complete.
 *
 * Where the org refuses to filter by id, or does not list by id, `walkByIndex` reads what is left.
 */
export async function* walkUsers<T>(
  options: WalkOptions<T>,
): AsyncGenerator<readonly Entry<T>[], void, void> {
  let last = options.after
  let begin: string | undefined
  let passed: readonly Entry<T>[] = []
  /** How far it is in the whole list; undefined once it has gone on behind an id, which it then always can. */
  let index: number | undefined = 0
  let size = options.count
  let misfits = 0
  const readPage = pageReader(options)

  const pass = (fresh: readonly Entry<T>[]): readonly Entry<T>[] => {
    begin ??= fresh[0]?.id
    last = fresh.at(-1)?.id ?? last
    passed = fresh
    return fresh
  }
  const isRepeated = ({ entries }: UserPage<T>): boolean =>
    entries.some(({ id }) => id === begin || (last !== undefined && isSameId(id, last)))

  for (;;) {
    const place: Place = { after: last, startIndex: 1, count: options.count }
    // Who sorts as told filters as well: there a refusal is about something else.
    const mayRefuse: boolean = index !== undefined && !options.isSorted
    const first: UserPage<T> | undefined = await readFirst(readPage, place, mayRefuse)
    if (first === undefined) break
    if (first.entries.length === 0) return
    if (isRepeated(first)) throw repeated()
    index = place.after === undefined ? first.entries.length : undefined
    size = first.entries.length
    yield pass(first.entries)
    if (first.isLast) return
    if (!options.isSorted && !isAscending(first.entries)) break
    if (first.entries.length < 2 || misfits === mostMisfits) continue

    misfits++
    for await (const read of inOrder(readAhead(options, place.after, first), options.atOnce)) {
      const fresh = follow(read, last)
      if (fresh === undefined || (read.place.startIndex === 1 && isRepeated(read.page))) break
      misfits = 0
      index = read.place.after === undefined && index !== undefined ? index + fresh.length : undefined
      size = read.page.entries.length
      if (fresh.length > 0) yield pass(fresh)
      if (read.page.isLast) return
      if (fresh.length === 0 || read.page.entries.length < first.entries.length) break
    }
  }
  if (index === undefined) throw new ConnectorError('UNEXPECTED', 'Salesforce does not list users by id')
  const recent = passed.length === 0 && last !== undefined ? [last] : passed.map(({ id }) => id)
  yield* walkByIndex(options, { recent, index, size })
}

interface Read<T> {
  readonly place: Place
  readonly page: UserPage<T>
}

/**
 * Reads a page, and reads it once more if the answer has fewer users than were requested and than it counts itself: the page
 * with more users counts. A server whose pages are smaller gives as many both times; after that its pages are taken as they
 * are.
 */
function pageReader<T>({ fetch, count }: WalkOptions<T>): WalkOptions<T>['fetch'] {
  let cap = count
  return async (place) => {
    const page = await fetch(place)
    const { length } = page.entries
    if (length === 0 || length >= cap || length >= (page.total ?? 0)) return page
    const again = await fetch(place)
    if (again.entries.length === length) cap = length
    return again.entries.length > length ? again : page
  }
}

/** Undefined where the org does not filter by id, as far as it `mayRefuse` that. */
async function readFirst<T>(
  fetch: WalkOptions<T>['fetch'],
  place: Place,
  mayRefuse: boolean,
): Promise<UserPage<T> | undefined> {
  try {
    const page = await fetch(place)
    if (page.entries.length > 0 || (page.total ?? 0) === 0) return page
    // Rows may have vanished between counting and listing: not twice.
    const again = await fetch(place)
    if (again.entries.length > 0 || (again.total ?? 0) === 0) return again
    throw new ConnectorError(
      'UNEXPECTED',
      `Salesforce says that ${again.total ?? 0} more users follow, and lists none of them`,
    )
  } catch (error) {
    if (place.after !== undefined && mayRefuse && isNotServed(error)) return undefined
    throw error
  }
}

/** The pages behind the first one, in order, as far as they can be asked for before those in front of them are here. */
async function* readAhead<T>(
  { fetch, lastIndex }: WalkOptions<T>,
  begin: string | undefined,
  first: UserPage<T>,
): AsyncGenerator<() => Promise<Read<T>>, void, void> {
  const count = first.entries.length
  const step = count - 1
  const end = 1 + step * Math.floor((lastIndex - 1) / step)
  const read = async (place: Place): Promise<Read<T>> => {
    try {
      return { place, page: await fetch(place) }
    } catch (error) {
      // Reading on behind the last id tells what the matter is.
      if (isNotServed(error)) return { place, page: { entries: [], total: undefined, isLast: false } }
      throw error
    }
  }

  let after = begin
  let left = first.total ?? Number.POSITIVE_INFINITY
  for (let startIndex = 1 + step; end > 1; startIndex = 1) {
    // The last page in reach is asked for first: the id that it ends with is where the next reach begins.
    const farthest = left > end ? read({ after, startIndex: end, count }) : undefined
    farthest?.catch(() => undefined)
    for (; startIndex < end && startIndex < left; startIndex += step) {
      const place = { after, startIndex, count }
      yield () => read(place)
    }
    if (farthest === undefined) return
    yield () => farthest
    const { entries } = (await farthest).page
    if (entries.length < count) return
    after = entries.at(-1)?.id
    left -= end - 1 + count
  }
}

/** What of a page follows the last user, or undefined where that cannot be told: the list has moved. */
function follow<T>({ place, page }: Read<T>, last: string | undefined): readonly Entry<T>[] | undefined {
  const [head] = page.entries
  // Fewer users than were requested, and more behind them: some may be left out.
  if (page.entries.length < place.count && place.startIndex - 1 + page.entries.length < (page.total ?? 0))
    return undefined
  const joint = place.startIndex === 1 ? place.after : head?.id
  if (head === undefined || joint === undefined || last === undefined || !isSameId(joint, last))
    return undefined
  return place.startIndex === 1 ? page.entries : page.entries.slice(1)
}

/** Whether ids ascend, as Salesforce's own order has them: by character, or without regard to case. */
function isAscending<T>(entries: readonly Entry<T>[]): boolean {
  const ascends = (ids: readonly string[]): boolean =>
    ids.every((id, at) => at === 0 || (ids[at - 1] ?? '') <= id)
  const ids = entries.map(({ id }) => id.slice(0, 15))
  return ascends(ids) || ascends(ids.map((id) => id.toLowerCase()))
}
