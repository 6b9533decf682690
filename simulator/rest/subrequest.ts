import { RestError } from '../errors.ts'
import type { JsonObject, Request } from '../http.ts'

/**
 * A part of a composite request as a request of its own, its references filled in from `results`.
 * With allOrNone a collection in it is all or none too, whatever it says itself (documented: allOrNone parameters).
 * @throws RestError 400 PROCESSING_HALTED for a reference to what is not there or failed (documented text)
 */
export function subrequest(
  each: JsonObject,
  outer: Request,
  results: ReadonlyMap<string, unknown>,
  allOrNone: boolean,
): Request {
  const fill = (text: string): string =>
    text.replace(/@\{(\w+)((?:\.\w+|\[\d+\])+)\}/g, (_all, reference: string, path: string) => {
      const value = walk(results.get(reference), path)
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      throw new RestError(
        400,
        'PROCESSING_HALTED',
        `Invalid reference specified. No value for ${reference}${path} found in ${reference}`,
      )
    })
  const url = new URL(fill(String(each['url'])), 'http://org.invalid')
  if (!url.pathname.startsWith('/services/data/')) {
    // assumed: what composite does not offer is not there
    throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
  }
  const json: unknown =
    each['body'] === undefined ? undefined : JSON.parse(fill(JSON.stringify(each['body'])))
  if (allOrNone && url.pathname.endsWith('/composite/sobjects')) url.searchParams.set('allOrNone', 'true')
  return {
    method: String(each['method']).toUpperCase(),
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: outer.headers,
    body: json === undefined ? '' : JSON.stringify(json),
    json,
  }
}

/** Reads `.records[0].Id` from an answer. */
function walk(from: unknown, path: string): unknown {
  let at = from
  for (const step of path.match(/\w+/g) ?? []) {
    at = typeof at === 'object' && at !== null ? (Reflect.get(at, step) as unknown) : undefined
  }
  return at
}
