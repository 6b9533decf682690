import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import { isObject, member } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { UserRow } from '../org/rows.ts'
import { updateUser } from '../rules/users.ts'
import { asConflict, uncaughtApex } from './failure.ts'
import { listAnswer, readPage, selectPage } from './lists.ts'
import { createUser, replaceUser } from './userCreate.ts'
import { indexedUserAttributes, isListed, userFilterable } from './userFilter.ts'
import { patchUser } from './userPatch.ts'
import { userResource } from './userResource.ts'
import { readWants } from './wants.ts'
import type { Wants } from './wants.ts'

/** GET /Users: active and inactive users in order of id (pilot; documented that inactive ones stay queryable). */
export function listUsers(context: Context, request: Request): Answer {
  const page = readPage(context, request.query, context.dialect.defaultUserCount)
  const wants = readWants(context, request.query, 'User')
  const { users } = context.org
  const filter = request.query.get('filter')
  const selection = selectPage(
    context,
    users,
    isListed,
    userFilterable(context),
    indexedUserAttributes,
    filter,
    page,
  )
  if (selection.total === 0 && context.dialect.emptyUserList === 'no-resources') {
    // pilot, word for word: zeros and no Resources
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
    return { status: 200, body: { totalResults: 0, itemsPerPage: 0, startIndex: 0, schemas } }
  }
  const resources: JsonObject[] = []
  for (const id of selection.ids) {
    const row = users.get(id)
    if (row !== undefined) resources.push(userResource(context, row, wants))
  }
  return listAnswer(page, selection.total, resources)
}

export function getUser(context: Context, request: Request, id: string): Answer {
  const row = findUser(context, id, 'GET')
  if (!isListed(row)) {
    if (context.dialect.unlistedUser === 'not-found') throw notFound(context, `/Users/${id}`, 'GET')
    // pilot: a user of another type is an empty list, not 404
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
    return { status: 200, body: { totalResults: 0, itemsPerPage: 0, startIndex: 0, schemas } }
  }
  return whole(context, row, readWants(context, request.query, 'User'))
}

export function postUser(context: Context, request: Request): Answer {
  const body = readBody(request)
  const row = createUser(context, body)
  const { createStatus } = context.dialect
  // pilot: 200 where it mails a link, which it does for an active user without a password
  const byBody = row.IsActive && typeof member(body, 'password') !== 'string' ? 200 : 201
  return { ...whole(context, row), status: createStatus === 'by-body' ? byBody : createStatus }
}

export function putUser(context: Context, request: Request, id: string): Answer {
  const row = findUser(context, id, 'PUT')
  replaceUser(context, row, readBody(request))
  return whole(context, row)
}

export function patchUserRoute(context: Context, request: Request, id: string): Answer {
  const row = findUser(context, id, 'PATCH')
  patchUser(context, row, readBody(request))
  return whole(context, row)
}

/** DELETE deactivates (documented: identity_scim_deactivate_reactivate_user, "returns just a status code"). */
export function deleteUser(context: Context, id: string): Answer {
  const row = findUser(context, id, 'DELETE')
  const { deleteInactiveIs404, deleteRenames } = context.dialect
  if (!row.IsActive && deleteInactiveIs404) throw notFound(context, `/Users/${id}`, 'DELETE')
  asConflict('Update', row.Id, () =>
    context.org.transaction(() => {
      updateUser(context, row, { IsActive: false })
      if (deleteRenames) {
        updateUser(context, row, { Username: `${row.Id}_${row.Username}`, CommunityNickname: row.Id })
      }
    }),
  )
  return { status: 204 }
}

/** A JSON object as body. @throws ScimError 400 */
export function readBody(request: Request): JsonObject {
  if (isObject(request.json)) return request.json
  // assumed: the text is that of SObject REST
  throw new ScimError(400, 'The request body is not a JSON object')
}

/**
 * 404 in the dialect's words. In the pilot GET of a user has the short text, PUT and DELETE of one and GET of an entitlement have the
 * one with the address.
 */
export function notFound(context: Context, path: string, method = ''): ScimError {
  const { unknownResource } = context.dialect
  const isShort = unknownResource === 'pilot' ? method === 'GET' : unknownResource === 'no-such-resource'
  if (isShort) return new ScimError(404, 'No such resource')
  return new ScimError(404, `Resource ${context.url}/services/scim/v2${path} not found`)
}

function findUser(context: Context, id: string, method: string): UserRow {
  const row = context.org.users.get(normaliseId(id))
  if (row !== undefined) return row
  if (method === 'PATCH' && context.dialect.patchUncaught === 'apex-500') {
    // pilot: a query for a single row that finds none
    throw uncaughtApex('System.QueryException: List has no rows for assignment to SObject')
  }
  throw notFound(context, `/Users/${id}`, method)
}

function whole(context: Context, row: UserRow, wants: Wants = () => true): Answer {
  return {
    status: 200,
    body: userResource(context, row, wants),
    // pilot: a Location header on POST and PUT, and on GET and PATCH, which both end in its GET
    headers: { location: `${context.url}/services/scim/v2/Users/${row.Id}` },
  }
}
