import { ConnectorError } from '../errors.ts'
import type { ListResponse, Resource } from './schema.ts'

/** Where a page begins: `startIndex` counts from 1; `after` is the last id of the walk so far. */
export interface PageRequest {
  readonly startIndex: number
  readonly count: number
  readonly after?: string
}

/** SOQL's OFFSET ends at 2000, and with it `startIndex` (pilot: an error above 2001). */
const lastStartIndex = 2001

/**
 * Every page of a list, in order. It goes on by what arrived (a server may give fewer than `count`) and ends on an empty
 * page, never by counting to `totalResults`: rows appear and vanish during a walk. Past index 2001 it goes on after the
 * last id, as the server's own error text says. Throws when that does not lead on: a list that is cut short must not look
 * complete.
 */
export async function* pages(
  fetchPage: (request: PageRequest) => Promise<ListResponse>,
  count = 200,
): AsyncGenerator<readonly Resource[]> {
  let startIndex = 1
  let after: string | undefined
  const cursors = new Set<string>()
  for (;;) {
    const page = await fetchPage({ startIndex, count, ...(after !== undefined && { after }) })
    const last = page.resources.at(-1)
    if (last === undefined) return
    yield page.resources
    startIndex += page.resources.length
    if (startIndex > lastStartIndex) {
      if (cursors.has(last.id)) {
        throw new ConnectorError('UNEXPECTED', 'Salesforce gave the same page of a list twice')
      }
      cursors.add(last.id)
      after = last.id
      startIndex = 1
    }
  }
}
