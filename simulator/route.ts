import { apexRestRoute } from './apex/apexRest.ts'
import { callerOf } from './caller.ts'
import type { Context } from './context.ts'
import { DmlError, PlainError, RestError, ScimError } from './errors.ts'
import type { Answer, Request } from './http.ts'
import { identity } from './oauth/identity.ts'
import { oauthRoute } from './oauth/oauth.ts'
import { restRoute } from './rest/routes.ts'
import { scimRoute } from './scim/routes.ts'

const scimPath = '/services/scim/'

/** Answers one request; nothing is thrown. `context.callerId` is set from the token. */
export function route(context: Context, request: Request): Answer {
  try {
    return dispatch(context, request)
  } catch (error) {
    return errorAnswer(error)
  }
}

function dispatch(context: Context, request: Request): Answer {
  const { path } = request
  if (path.startsWith('/services/oauth2/')) return oauthRoute(context, request)
  if (path.startsWith('/id/')) return identity(context, request)
  const scim = path.startsWith(scimPath)
  // documented (Versions): the list of versions needs no token
  if (path === '/services/data' || path === '/services/data/') return restRoute(context, request)
  if (!scim && !path.startsWith('/services/data/') && !path.startsWith('/services/apexrest/')) {
    return {
      status: 404,
      body: '<html><body>Page not found</body></html>',
      headers: { 'content-type': 'text/html' },
    }
  }
  return authorised(context, request, scim)
}

function authorised(context: Context, request: Request, scim: boolean): Answer {
  const { org, dialect } = context
  const userId = callerOf(context, request)
  if (userId === undefined) {
    // documented text and code; that SCIM answers the same array is assumed
    throw refused(context, scim, 401, 'INVALID_SESSION_ID', 'Session expired or invalid')
  }
  if (!org.connectedApp.scope.split(' ').some((each) => each === 'api' || each === 'full')) {
    // observed (jsforce): a 401 that no new token mends
    const text = 'This session is not valid for use with the REST API'
    throw refused(context, scim, 401, 'INVALID_SESSION_ID', text)
  }
  const caller: Context = { ...context, callerId: userId }
  // general knowledge: the same answer where the edition has no API and where the caller lacks API Enabled
  const mayUseApi = org.missingRights.get(userId)?.has('ApiEnabled') !== true
  if (!mayUseApi || !(scim ? dialect.scimEnabled : dialect.restEnabled)) {
    throw refused(
      context,
      scim,
      403,
      'API_DISABLED_FOR_ORG',
      'The REST API is not enabled for this Organization.',
    )
  }
  if (org.apiUsage.used >= org.apiUsage.limit) {
    throw refused(context, scim, 403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')
  }
  org.apiUsage.used++
  const answer = inner(caller, request, scim)
  if (scim && !dialect.limitInfoOnScim) return answer
  // documented for REST: used/limit; unverified for SCIM
  const usage = { 'sforce-limit-info': `api-usage=${org.apiUsage.used}/${org.apiUsage.limit}` }
  return { ...answer, headers: { ...usage, ...answer.headers } }
}

function inner(context: Context, request: Request, scim: boolean): Answer {
  try {
    if (!scim) refuseContentType(request)
    if (request.path.startsWith('/services/apexrest/')) return apexRestRoute(context, request)
    if (!scim) return restRoute(context, request)
    if (!request.path.startsWith('/services/scim/v2/')) throw new ScimError(404, 'No such resource')
    return scimRoute(context, request)
  } catch (error) {
    return errorAnswer(error)
  }
}

/** Documented status (REST API guide, status codes); text and code are general knowledge. @throws RestError */
function refuseContentType(request: Request): void {
  if (request.body === '') return
  const type = request.headers['content-type'] ?? ''
  if (type.split(';')[0]?.trim().toLowerCase() === 'application/json') return
  throw new RestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    `Content-Type header specified in HTTP request is not supported: ${type}`,
  )
}

function refused(context: Context, scim: boolean, status: number, code: string, message: string): Error {
  if (scim && context.dialect.unauthorizedShape === 'scim')
    return new ScimError(status, `${code}:${message};`)
  return new RestError(status, code, message)
}

/** An error as an answer. */
export function errorAnswer(error: unknown): Answer {
  if (error instanceof DmlError) {
    const body = [{ message: error.message, errorCode: error.code, fields: error.fields }]
    return { status: 400, body }
  }
  if (error instanceof RestError || error instanceof ScimError || error instanceof PlainError) {
    const headers: Record<string, string> = error.status === 401 ? { 'www-authenticate': 'Token' } : {}
    return { status: error.status, body: error.body, headers }
  }
  // general knowledge: what nobody foresaw is 500 UNKNOWN_EXCEPTION; the text helps to find the simulator's fault
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { status: 500, body: [{ message: `simulator: ${message}`, errorCode: 'UNKNOWN_EXCEPTION' }] }
}
