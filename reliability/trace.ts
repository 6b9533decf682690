import type { RecordedRequest } from '../simulator/server.ts'
import type { FaultCondition } from '../simulator/faults/faults.ts'

/** One request of an action that nothing disturbed. */
export interface Traced {
  readonly method: string
  readonly path: string
  readonly isScim: boolean
  readonly isWrite: boolean
  /** Which of the requests of this method to this path it is, from 1. */
  readonly occurrence: number
}

export function trace(requests: readonly RecordedRequest[]): Traced[] {
  return requests.map(({ method, path, body }, at) => ({
    method,
    path,
    isScim: path.includes('/scim/'),
    isWrite: isWrite(method, path, body),
    occurrence: requests.slice(0, at + 1).filter((other) => other.method === method && other.path === path)
      .length,
  }))
}

/** A composite request of queries is a read, though it is a POST; so is signing in. */
function isWrite(method: string, path: string, body: string): boolean {
  if (method === 'GET' || path.includes('/oauth2/')) return false
  return !path.endsWith('/composite') || /"method":"(?!GET)/.test(body)
}

/** The condition that meets exactly this request. */
export function when({ method, path, occurrence }: Traced): FaultCondition {
  const escaped = path.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return { method, path: new RegExp(`^${escaped}$`), occurrence }
}
