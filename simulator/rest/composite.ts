import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'

/** Documented: composite resource, at most 25 subrequests. */
const mostSubrequests = 25

type Run = (request: Request) => Answer

interface SubAnswer {
  body: unknown
  httpHeaders: Record<string, string>
  httpStatusCode: number
  referenceId: string
}

/** What undoes the writes of a composite request that failed as a whole. */
class RolledBack extends Error {
  readonly answers: readonly SubAnswer[]

  constructor(answers: readonly SubAnswer[]) {
    super('composite request rolled back')
    this.answers = answers
  }
}

/**
 * POST /composite: subrequests in order, with `@{reference.field}` filled in from earlier answers. With
 * allOrNone a failure undoes everything and turns every other answer into PROCESSING_HALTED (documented).
 */
export function composite(context: Context, request: Request, run: Run): Answer {
  const body = isObject(request.json) ? request.json : {}
  const list = body['compositeRequest']
  if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be a list of subrequests')
  }
  if (list.length > mostSubrequests) {
    throw new RestError(400, 'LIMIT_EXCEEDED', `The maximum number of subrequests is ${mostSubrequests}`)
  }
  const allOrNone = body['allOrNone'] === true
  try {
    const answers = context.org.transaction(() => {
      const done = runAll(list, request, run)
      if (allOrNone && done.some((each) => each.httpStatusCode >= 400)) throw new RolledBack(done)
      return done
    })
    return { status: 200, body: { compositeResponse: answers } }
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    return { status: 200, body: { compositeResponse: error.answers.map(halted) } }
  }
}

function runAll(list: readonly JsonObject[], request: Request, run: Run): SubAnswer[] {
  const results = new Map<string, unknown>()
  const failed = new Set<string>()
  return list.map((each): SubAnswer => {
    const referenceId = String(each['referenceId'])
    try {
      const answer = run(subrequest(each, request, results, failed))
      const { body = null, status } = answer
      if (status >= 400) failed.add(referenceId)
      else results.set(referenceId, body)
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId }
    } catch (error) {
      failed.add(referenceId)
      const { body, status } = failure(error)
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId }
    }
  })
}

function failure(error: unknown): { status: number; body: unknown } {
  if (error instanceof RestError) return { status: error.status, body: error.body }
  if (error instanceof DmlError) {
    return { status: 400, body: [{ message: error.message, errorCode: error.code, fields: error.fields }] }
  }
  throw error
}

function halted(answer: SubAnswer): SubAnswer {
  if (answer.httpStatusCode >= 400) return answer
  const message = 'The transaction was rolled back since another operation in the same transaction failed.'
  return { ...answer, httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] }
}

function subrequest(
  each: JsonObject,
  outer: Request,
  results: ReadonlyMap<string, unknown>,
  failed: ReadonlySet<string>,
): Request {
  const fill = (text: string): string =>
    text.replace(/@\{(\w+)((?:\.\w+|\[\d+\])+)\}/g, (_all, reference: string, path: string) => {
      const value = results.has(reference) ? walk(results.get(reference), path) : undefined
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      const why = failed.has(reference) ? 'failed' : 'has no such field'
      throw new RestError(400, 'PROCESSING_HALTED', `Invalid reference specified. ${reference}${path} ${why}`)
    })
  const url = new URL(fill(String(each['url'])), 'http://org.invalid')
  const json: unknown =
    each['body'] === undefined ? undefined : JSON.parse(fill(JSON.stringify(each['body'])))
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
