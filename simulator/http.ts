/** A request as the routes see it. */
export interface Request {
  method: string
  /** Decoded path. */
  path: string
  query: URLSearchParams
  headers: Readonly<Record<string, string>>
  body: string
  /** The body as JSON; undefined where it is none. */
  json: unknown
}

/** What a route answers: a body that is a string goes out as it is, anything else as JSON, undefined as nothing. */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of a body; names match without case, as in the pilot and in RFC 7643 2.1. */
export function member(body: JsonObject, name: string): unknown {
  if (Object.hasOwn(body, name)) return body[name]
  const wanted = name.toLowerCase()
  for (const key of Object.keys(body)) if (key.toLowerCase() === wanted) return body[key]
  return undefined
}
