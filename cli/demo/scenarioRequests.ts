import { isObject } from '../../shared/validate.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'

/** A request as the org's log has it. */
type LoggedRequest = SimulatedOrg['requests'][number]

/** A request as the story tells it. */
export interface ToldRequest extends Pick<LoggedRequest, 'method' | 'status' | 'path' | 'query'> {
  /** The requests that it carries (Salesforce's composite requests). */
  readonly parts: readonly ToldRequest[]
}

export function toTold({ method, status, path, query, json, answer }: LoggedRequest): ToldRequest {
  const asked = listIn(json, 'compositeRequest')
  if (asked.length === 0) return { method, status, path, query, parts: [] }
  const answered = listIn(parse(answer), 'compositeResponse')
  const parts = asked.map((part, index): ToldRequest => {
    const url = new URL(String(part['url']), 'http://org')
    return {
      method: String(part['method']),
      status: Number(answered[index]?.['httpStatusCode'] ?? status),
      // What stands for an answer, `@{written.id}`, is shown as it is.
      path: decodeURIComponent(url.pathname),
      query: Object.fromEntries(url.searchParams),
      parts: [],
    }
  })
  return { method, status, path, query, parts }
}

/** How many of them changed the org: one that was refused has written nothing. */
export function countWrites(requests: readonly ToldRequest[]): number {
  const single = requests.flatMap((request) => (request.parts.length > 0 ? request.parts : [request]))
  return single.filter(
    ({ method, path, status }) => method !== 'GET' && !path.startsWith('/services/oauth2/') && status < 400,
  ).length
}

function listIn(value: unknown, member: string): readonly Readonly<Record<string, unknown>>[] {
  const list = isObject(value) ? value[member] : undefined
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** An answer that was cut off is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
