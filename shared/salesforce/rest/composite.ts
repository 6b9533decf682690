import { ConnectorError, TargetError } from '../../errors.ts'
import { log } from '../../log.ts'
import { isObject } from '../../validate.ts'
import { toTargetError } from '../errors/error.ts'
import type { Session } from '../session/session.ts'

/** One part of a composite request; the address begins with `/services/data/`. */
export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: object
  /** What later parts call its answer: `@{created.id}`. */
  readonly referenceId: string
}

/** What one part came to: the body of its answer, or why it was refused. */
export type Subanswer = { readonly json: unknown } | { readonly error: TargetError }

/** Documented (Send Multiple Requests Using Composite): of its 25 subrequests at most 5 may be queries. */
export const compositeQueries = 5

/**
 * Sends up to 25 requests as one (`/composite`), in order, each for itself; their answers in that order. Undefined where the
 * org has no `/composite`, and for reads that are answered incompletely: they can be sent one by one. `isRepeatable` as in
 * `ApiRequest`.
 */
export async function sendComposite(
  session: Session,
  base: string,
  requests: readonly Subrequest[],
  isRepeatable: boolean,
): Promise<Subanswer[] | undefined> {
  let json: unknown
  try {
    const body = { allOrNone: false, compositeRequest: requests }
    ;({ json } = await session.request({ method: 'POST', path: `${base}/composite`, body, isRepeatable }))
  } catch (error) {
    if (error instanceof TargetError && error.status === 404) return undefined
    throw error
  }
  const answers: unknown = isObject(json) ? json['compositeResponse'] : undefined
  const parts = Array.isArray(answers) ? partsOf(answers, requests) : undefined
  if (parts === undefined) {
    const problem = 'Salesforce answered a composite request incompletely'
    if (requests.some(({ method }) => method !== 'GET')) throw new ConnectorError('UNEXPECTED', problem)
    log('warning', `${problem}: asking one by one`)
    return undefined
  }
  // The whole is answered with 200, whatever its parts came to.
  const statuses = parts.map(({ status }) => status)
  log('information', `Its parts: ${statuses.join(', ')}`, { parts: statuses })
  return parts.map(({ status, content }) => {
    if (status >= 200 && status < 300) return { json: content }
    return { error: toTargetError(status, JSON.stringify(content ?? null), session.language) }
  })
}

/** The answers in the order of the requests; undefined where not each of them has exactly one, with a status. */
function partsOf(
  answers: readonly unknown[],
  requests: readonly Subrequest[],
): { status: number; content: unknown }[] | undefined {
  if (answers.length !== requests.length) return undefined
  const parts: { status: number; content: unknown }[] = []
  for (const { referenceId } of requests) {
    const [answer, another] = answers.filter(isObject).filter((item) => item['referenceId'] === referenceId)
    const status = answer?.['httpStatusCode']
    if (answer === undefined || another !== undefined || !isStatus(status)) return undefined
    parts.push({ status, content: answer['body'] })
  }
  return parts
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 100 && Number(value) < 600
}
