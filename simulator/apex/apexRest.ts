import type { Context } from '../context.ts'
import { DmlError, PlainError, RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import { insertUser, updateUser } from '../rules/users.ts'
import { userObject } from '../schema/schemaUser.ts'

const root = '/services/apexrest/'

/**
 * What a customer's own Apex class may offer under /services/apexrest/<path>/, as the sample class of the REST connector
 * does: POST with `{ user: {…} }` makes a user, PATCH /<id> changes one; `{ success, id, errors }` comes back, in the shape
 * of the API's own results. What the platform answers around a class is documented (Apex REST) or observed, as said at each
 * place.
 * @throws RestError, PlainError
 */
export function apexRestRoute(context: Context, request: Request): Answer {
  const { apexRestPath, apexRestBarePath } = context.dialect
  const own = `${root}${apexRestPath ?? ''}`
  const bare = apexRestBarePath === 'matched' && request.path === own
  const [name, ...rest] = request.path.startsWith(`${own}/`)
    ? request.path.slice(own.length + 1).split('/')
    : []
  const isOwn = apexRestPath !== null && (bare || (name !== undefined && rest.length === 0))
  // observed text
  if (!isOwn) throw new RestError(404, 'NOT_FOUND', 'Could not find a match for URL')
  const id = name === '' ? undefined : name
  if (request.method === 'POST' && id === undefined) {
    return answer(context, 'Insert', () => insertUser(context, userOf(context, request)).Id)
  }
  if (request.method === 'PATCH' && id !== undefined) {
    return answer(context, 'Update', () => change(context, id, userOf(context, request)))
  }
  throw new RestError(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${request.method}' not allowed. Allowed are ${id === undefined ? 'POST' : 'PATCH'}`,
  )
}

/**
 * Observed: a parameter of the method that the body does not name, or names unlike it, is refused by the parser. So are
 * fields that the object does not have (general knowledge; text as of SOQL).
 */
function userOf(context: Context, request: Request): JsonObject {
  const body = isObject(request.json) ? request.json : {}
  const stranger = Object.keys(body).find((name) => name !== 'user')
  const { user } = body
  if (stranger === undefined && isObject(user)) {
    checkNames(context, user)
    return user
  }
  throw new RestError(
    400,
    'JSON_PARSER_ERROR',
    stranger === undefined
      ? 'HTTP entity body is required'
      : `Unexpected parameter encountered during deserialization: ${stranger} at [line:1, column:2]`,
  )
}

function checkNames({ org, dialect }: Context, user: JsonObject): void {
  const { fields } = userObject(org, dialect)
  const stranger = Object.keys(user).find((name) => !fields.has(name.toLowerCase()))
  if (stranger === undefined) return
  throw new RestError(
    400,
    'JSON_PARSER_ERROR',
    `No such column '${stranger}' on sobject of type User at [line:1, column:10]`,
  )
}

function change(context: Context, id: string, changes: JsonObject): string {
  const user = context.org.users.get(normaliseId(id))
  if (user === undefined) throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')
  updateUser(context, user, changes)
  return user.Id
}

function answer(context: Context, verb: 'Insert' | 'Update', work: () => string): Answer {
  try {
    const id = context.org.transaction(work)
    return { status: verb === 'Insert' ? 201 : 200, body: { success: true, id, errors: [] } }
  } catch (error) {
    if (!(error instanceof DmlError) && !isFieldError(error)) throw error
    if (context.dialect.apexRefusal === 'uncaught') throw uncaught(error, verb)
    const { code, message, fields = [] } = error
    return {
      status: 400,
      body: { success: false, id: null, errors: [{ statusCode: code, message, fields }] },
    }
  }
}

/** Fields that may not be written: to Apex a refusal like those of the database. */
function isFieldError(error: unknown): error is RestError {
  return error instanceof RestError && error.code.startsWith('INVALID_FIELD')
}

/** Observed: an exception that nobody caught is 500 with its type, its text and where it was thrown. */
function uncaught(error: DmlError | RestError, verb: 'Insert' | 'Update'): PlainError {
  const dml = error instanceof DmlError ? error : new DmlError(error.code, error.message, error.fields)
  const message = `System.DmlException: ${dml.sentence(verb)}\n\nClass.HelloIdUsers.do${verb === 'Insert' ? 'Post' : 'Patch'}: line 21, column 1`
  return new PlainError(500, [{ errorCode: 'APEX_ERROR', message }])
}
