import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { subrequest } from './subrequest.ts'

/** Documented: composite resource, at most 25 subrequests, of which at most 5 are queries or collections. */
const mostSubrequests = 25
const mostBulky = 5

type Run = (context: Context, request: Request) => Answer

interface SubAnswer {
  body: unknown
  httpHeaders: Record<string, string>
  httpStatusCode: number
  referenceId: string | null
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
 * POST /composite: subrequests in order, with `@{reference.field}` filled in from earlier answers. What needs a
 * failed one fails too. With allOrNone a failure undoes everything and turns every other answer into
 * PROCESSING_HALTED (documented: composite).
 */
export function composite(context: Context, request: Request, run: Run): Answer {
  const body = isObject(request.json) ? request.json : {}
  const list = body['compositeRequest']
  if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'compositeRequest must be a list of subrequests')
  }
  // observed text for operations; that of the others is assumed
  if (list.length > mostSubrequests) return tooMany(context, `${mostSubrequests} operations`)
  if (list.filter(isBulky).length > mostBulky) {
    return tooMany(context, `${mostBulky} query or sObject Collections operations`)
  }
  if (body['allOrNone'] !== true) return answered(runAll(context, list, request, run, false))
  try {
    return answered(
      context.org.transaction(() => {
        const done = runAll({ ...context, written: {} }, list, request, run, true)
        if (done.some(hasFailed)) throw new RolledBack(done)
        return done
      }),
    )
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    return answered(error.answers.map(halted))
  }
}

function answered(answers: readonly SubAnswer[]): Answer {
  return { status: 200, body: { compositeResponse: answers } }
}

function isBulky(each: JsonObject): boolean {
  return /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(String(each['url']))
}

function tooMany(context: Context, what: string): Answer {
  const body = [{ errorCode: 'LIMIT_EXCEEDED', message: `The request can’t contain more than ${what}.` }]
  const only = { body, httpHeaders: {}, httpStatusCode: 400, referenceId: null }
  return { ...answered([only]), status: context.dialect.compositeOverLimit }
}

function runAll(
  context: Context,
  list: readonly JsonObject[],
  request: Request,
  run: Run,
  allOrNone: boolean,
): SubAnswer[] {
  const results = new Map<string, unknown>()
  let isHalted = false
  return list.map((each): SubAnswer => {
    const referenceId = String(each['referenceId'])
    // assumed: what comes after the failure is not run, as its answer would be thrown away
    if (isHalted) return { body: null, httpHeaders: {}, httpStatusCode: 200, referenceId }
    const answer = attempt(() => run(context, subrequest(each, request, results, allOrNone)))
    const done = { ...answer, referenceId }
    if (!hasFailed(done)) results.set(referenceId, answer.body)
    else isHalted = allOrNone
    return done
  })
}

function attempt(work: () => Answer): Omit<SubAnswer, 'referenceId'> {
  try {
    const { body = null, status, headers = {} } = work()
    // documented samples: a record that was made comes with its address
    const { location } = headers
    return { body, httpHeaders: location === undefined ? {} : { Location: location }, httpStatusCode: status }
  } catch (error) {
    const { body, status } = failure(error)
    return { body, httpHeaders: {}, httpStatusCode: status }
  }
}

/** Also a collection of which a record failed: with allOrNone around it, nothing of it stays (documented: allOrNone). */
function hasFailed({ httpStatusCode, body }: SubAnswer): boolean {
  const outcomes: unknown[] = Array.isArray(body) ? body : []
  return httpStatusCode >= 400 || outcomes.some((each) => isObject(each) && each['success'] === false)
}

function failure(error: unknown): { status: number; body: unknown } {
  if (error instanceof RestError) return { status: error.status, body: error.body }
  if (error instanceof DmlError) {
    return { status: 400, body: [{ message: error.message, errorCode: error.code, fields: error.fields }] }
  }
  throw error
}

function halted(answer: SubAnswer): SubAnswer {
  if (hasFailed(answer)) return answer
  const message = 'The transaction was rolled back since another operation in the same transaction failed.'
  return {
    ...answer,
    httpHeaders: {},
    httpStatusCode: 400,
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
  }
}
