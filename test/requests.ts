import type { RecordedRequest } from '../simulator/server.ts'

/** One of the requests that a composite request carries. */
export interface Part {
  readonly method: string
  readonly url: string
  readonly body?: Record<string, unknown>
}

/** The requests that one carries (Salesforce's composite requests), in their order; none of any other. */
export function partsOf({ path, body }: Pick<RecordedRequest, 'path' | 'body'>): readonly Part[] {
  if (!path.endsWith('/composite')) return []
  return (JSON.parse(body) as { compositeRequest: Part[] }).compositeRequest
}

/** Whether a request may change something: neither the sign-in does, nor several reads in one request. */
export function isWrite(request: Pick<RecordedRequest, 'method' | 'path' | 'body'>): boolean {
  const { method, path } = request
  if (method === 'GET' || path.endsWith('/oauth2/token')) return false
  const parts = partsOf(request)
  return parts.length === 0 || parts.some((part) => part.method !== 'GET')
}
