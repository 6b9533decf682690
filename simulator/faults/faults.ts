import type { Answer, Request } from '../http.ts'
import type { Org } from '../org/org.ts'

/** Which requests a fault meets. Without `occurrence` and `times` it is the first that matches, once. */
export interface FaultCondition {
  method?: string
  /** Tested against the decoded path. */
  path?: RegExp
  /** Tested against the query string as it came, with its question mark. */
  search?: RegExp
  body?: RegExp
  /** From which of the matching requests on, counted from 1. */
  occurrence?: number
  /** For how many of them; Infinity: for all that follow. */
  times?: number
  /** For how long after it fired first, by the org's clock; then `times` has no say. */
  forMilliseconds?: number
}

/** What happens to the request. */
export type FaultEffect =
  /** Answered without being processed. */
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** The connection is reset; nothing was processed. */
  | { kind: 'reset' }
  /** Processed, then the connection is reset without an answer. */
  | { kind: 'commit-then-reset' }
  /** Processed, then the answer is cut off in the middle of its body (after `bytes`, else half of it). */
  | { kind: 'commit-then-truncate'; bytes?: number }
  /** Processed, and then answered with something else. */
  | { kind: 'commit-then-answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Processed and answered as always: for faults that only delay or change the org. */
  | { kind: 'none' }

export interface Fault {
  when: FaultCondition
  effect?: FaultEffect
  /** Milliseconds before the request is processed. */
  delay?: number
  /** Changes the org once the request was processed and before its answer leaves. */
  change?: (org: Org) => void
  /** Changes the org after the answer left, `thenAfter` milliseconds later. */
  then?: (org: Org) => void
  /** Default 0: at once, before any other request is processed. */
  thenAfter?: number
}

export interface FaultHandle {
  /** How often it fired. */
  readonly fired: number
  remove(): void
}

interface Scripted {
  fault: Fault
  matched: number
  fired: number
  firstFired: number | undefined
}

/** The faults of an org, in the order in which they were scripted. */
export class Faults {
  #scripted: Scripted[] = []

  add(fault: Fault): FaultHandle {
    const scripted: Scripted = { fault, matched: 0, fired: 0, firstFired: undefined }
    this.#scripted.push(scripted)
    return {
      get fired() {
        return scripted.fired
      },
      remove: () => {
        this.#scripted = this.#scripted.filter((each) => each !== scripted)
      },
    }
  }

  /** Faults that never fired: a test that scripted one of them proved nothing. */
  unfired(): Fault[] {
    return this.#scripted.filter((each) => each.fired === 0).map((each) => each.fault)
  }

  clear(): void {
    this.#scripted = []
  }

  /** The fault for this request. Every fault counts the requests that match it; the first that is due fires. */
  next(request: Request, search: string, now: Date): Fault | undefined {
    let due: Scripted | undefined
    for (const each of this.#scripted) {
      if (!matches(each.fault.when, request, search)) continue
      each.matched++
      if (due === undefined && isDue(each, now)) due = each
    }
    if (due === undefined) return undefined
    due.fired++
    due.firstFired ??= now.getTime()
    return due.fault
  }
}

function matches(when: FaultCondition, request: Request, search: string): boolean {
  if (when.method !== undefined && when.method !== request.method) return false
  if (when.path !== undefined && request.path.search(when.path) < 0) return false
  if (when.search !== undefined && search.search(when.search) < 0) return false
  return when.body === undefined || request.body.search(when.body) >= 0
}

function isDue(scripted: Scripted, now: Date): boolean {
  const { occurrence = 1, times = 1, forMilliseconds } = scripted.fault.when
  if (scripted.matched < occurrence) return false
  if (forMilliseconds === undefined) return scripted.fired < times
  return scripted.firstFired === undefined || now.getTime() < scripted.firstFired + forMilliseconds
}

const json = { 'content-type': 'application/json;charset=UTF-8' }

function rest(
  status: number,
  errorCode: string,
  message: string,
  headers: Record<string, string> = {},
): FaultEffect {
  return { kind: 'answer', status, body: [{ message, errorCode }], headers: { ...json, ...headers } }
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** Answers that Salesforce gives on bad days, ready to script. */
export const faultEffects = {
  /** Documented: 503 SERVER_UNAVAILABLE; a Retry-After was found nowhere. */
  unavailable: (seconds?: number): FaultEffect =>
    rest(503, 'SERVER_UNAVAILABLE', 'Server is busy, please try again later', retryAfter(seconds)),
  /** Assumed: proxies in front of Salesforce answer 429. */
  tooManyRequests: (seconds?: number): FaultEffect =>
    rest(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests', retryAfter(seconds)),
  /** Documented text. */
  dailyLimit: (): FaultEffect => rest(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  /** Documented text. */
  concurrentLimit: (): FaultEffect =>
    rest(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
  /** Documented text: the session ended. */
  unauthorized: (): FaultEffect => rest(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  /** Observed (jsforce): a 401 that no new token mends. */
  unusableSession: (): FaultEffect =>
    rest(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
  /** Observed text, in REST's body. */
  rowLock: (id = '0055g0000000003'): FaultEffect =>
    rest(400, 'UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`),
  /** The same in SCIM's body; its status there is inferred. */
  rowLockScim: (id = '0055g0000000003'): FaultEffect => ({
    kind: 'answer',
    status: 409,
    body: {
      schemas: '["urn:ietf:params:scim:api:messages:2.0:Error"]',
      detail: `Update failed. First exception on row 0 with id ${id}; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${id}: []`,
      status: 409,
    },
    headers: json,
  }),
  /** Observed (jsforce): platform pages are HTML. */
  maintenance: (status = 503): FaultEffect => ({
    kind: 'answer',
    status,
    body: '<!DOCTYPE html><html><head><title>Down for Maintenance</title></head><body><h1>Salesforce is down for maintenance</h1></body></html>',
    headers: { 'content-type': 'text/html;charset=UTF-8' },
  }),
} as const

/** The answer that an effect puts in place of the org's own. */
export function answerOf(effect: {
  status: number
  body?: unknown
  headers?: Record<string, string>
}): Answer {
  const answer: Answer = { status: effect.status, headers: effect.headers ?? {} }
  if (effect.body !== undefined) answer.body = effect.body
  return answer
}
