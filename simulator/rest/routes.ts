import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import { collections } from './collections.ts'
import { composite } from './composite.ts'
import { identityUrl } from '../oauth/identity.ts'
import { retrieveMany, upsertMany } from './collectionsMore.ts'
import { describe, describeGlobal } from './describe.ts'
import { externalRoute } from './external.ts'
import { plainForm } from './forms.ts'
import { query, queryMore } from './query.ts'
import { password } from './password.ts'
import { getRecord, patchRecord, postRecord, removeRecord } from './sobjects.ts'
import { isUnseen, objectNamed } from '../soql/soqlFields.ts'
import { isRetired, knownVersion, numberOf, versions } from './versions.ts'

/** Answers a request under /services/data. @throws RestError, DmlError */
export function restRoute(asked: Context, given: Request): Answer {
  const request = plainForm(given)
  const [step, resource, ...rest] = request.path.slice('/services/data'.length).split('/').slice(1)
  if (step === undefined || step === '') return { status: 200, body: versions(asked.org) }
  const version = knownVersion(asked.org, step)
  if (version === undefined) throw isRetired(step) ? retired() : missing()
  const context: Context = { ...asked, apiVersion: numberOf(version) }
  switch (resource) {
    case undefined:
    case '':
      return only(request, 'GET', () => ({ status: 200, body: resources(context, version) }))
    case 'limits':
      return only(request, 'GET', () => ({ status: 200, body: limits(context) }))
    case 'query':
    case 'queryAll': {
      const [locator] = rest
      const reader = { ...context, showsDeleted: resource === 'queryAll' }
      return only(request, 'GET', () =>
        locator === undefined
          ? query(reader, request, version)
          : queryMore(reader, request, version, locator),
      )
    }
    case 'sobjects':
      return sobjects(context, request, version, rest)
    case 'composite':
      return compositeRoute(context, request, version, rest)
    default:
      throw missing()
  }
}

function compositeRoute(
  context: Context,
  request: Request,
  version: string,
  rest: readonly string[],
): Answer {
  if (rest.length === 0) {
    return only(request, 'POST', () => composite(context, request, restRoute))
  }
  const [kind, name, externalField, ...more] = rest
  if (kind !== 'sobjects' || more.length > 0) throw missing()
  if (name !== undefined) {
    const type = sobjectNamed(context, name)
    if (externalField !== undefined) {
      return only(request, 'PATCH', () => upsertMany(context, request, type, externalField))
    }
    if (request.method === 'GET' || request.method === 'POST') {
      return retrieveMany(context, request, type, version)
    }
  }
  if (name !== undefined || request.method === 'GET') throw wrongMethod(request)
  return collections(context, request)
}

function sobjects(context: Context, request: Request, version: string, rest: readonly string[]): Answer {
  const [name, id, more, ...others] = rest
  if (name === undefined || name === '') {
    return only(request, 'GET', () => ({ status: 200, body: describeGlobal(context, version) }))
  }
  const type = sobjectNamed(context, name)
  if (id === undefined) {
    if (request.method === 'POST') return postRecord(context, request, type)
    return only(request, 'GET', () => ({
      status: 200,
      body: { objectDescribe: describe(context, type, version), recentItems: [] },
    }))
  }
  if (id === 'describe')
    return only(request, 'GET', () => ({ status: 200, body: describe(context, type, version) }))
  if (more === 'password' && type.name === 'User') return password(context, request, id)
  if (others.length > 0) throw missing()
  if (more !== undefined) return externalRoute(context, request, type, [id, more], version)
  switch (request.method) {
    case 'GET':
      return getRecord(context, request, type, id, version)
    case 'PATCH':
      return patchRecord(context, request, type, id)
    case 'DELETE':
      return removeRecord(context, type, id)
    default:
      throw wrongMethod(request)
  }
}

/** General knowledge: in a path an unknown object is 404 NOT_FOUND; in a query it is 400 INVALID_TYPE. */
function sobjectNamed(context: Context, name: string): ReturnType<typeof objectNamed> {
  try {
    return objectNamed(context, name)
  } catch (error) {
    if (isUnseen(error)) throw missing()
    throw error
  }
}

function only(request: Request, method: string, work: () => Answer): Answer {
  if (request.method !== method) throw wrongMethod(request)
  return work()
}

function wrongMethod(request: Request): RestError {
  return new RestError(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,POST,PATCH,DELETE`,
  )
}

function missing(): RestError {
  return new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
}

/** Documented (API end of life, help 000354473): 410 GONE; that GONE is the code in the body and the text are assumed. */
function retired(): RestError {
  return new RestError(410, 'GONE', 'The requested version of the API is retired')
}

/** Documented: Resources by Version; those that this org plays, and the caller's identity URL. */
function resources(context: Context, version: string): Record<string, string> {
  const base = `/services/data/${version}`
  const caller = context.org.users.get(context.callerId)
  return {
    ...Object.fromEntries(
      ['composite', 'limits', 'query', 'queryAll', 'sobjects'].map((name) => [name, `${base}/${name}`]),
    ),
    ...(caller !== undefined && { identity: identityUrl(context, caller) }),
  }
}

/** Documented: Limits resource; only the one this org counts. */
function limits(context: Context): Record<string, unknown> {
  const { used, limit } = context.org.apiUsage
  return { DailyApiRequests: { Max: limit, Remaining: Math.max(0, limit - used) } }
}
