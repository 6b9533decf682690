import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import { may } from '../org/rights.ts'
import { getEntitlement, getRole, listEntitlements, listRoles } from './catalogue.ts'
import { resourceTypes, schemas, serviceProviderConfigs } from './discovery.ts'
import { deleteGroup, getGroup, listGroups, patchGroup, postGroup, putGroup } from './groups.ts'
import { deleteUser, getUser, listUsers, notFound, patchUserRoute, postUser, putUser } from './users.ts'

type Route = (context: Context, request: Request, id: string) => Answer

/**
 * Which verb each resource takes, with and without an id. Documented (identity_scim_rest_api): users are created, read, updated and
 * deactivated, groups read and updated, entitlements and roles read; that updates are PATCH and PUT alike is the pilot's.
 */
const collections: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  Users: { GET: listUsers, POST: postUser },
  Groups: { GET: listGroups, POST: postGroup },
  Entitlements: { GET: listEntitlements },
  Roles: { GET: listRoles },
  ServiceProviderConfigs: { GET: serviceProviderConfigs },
  ResourceTypes: { GET: (context) => resourceTypes(context, undefined) },
  Schemas: { GET: (context) => schemas(context, undefined) },
  // release note Winter '19: the calling user
  Me: { GET: (context, request) => getUser(context, request, context.callerId) },
}

const items: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  Users: {
    GET: getUser,
    PUT: putUser,
    PATCH: patchUserRoute,
    DELETE: (context, _request, id) => deleteUser(context, id),
  },
  Groups: {
    GET: getGroup,
    PUT: putGroup,
    PATCH: patchGroup,
    DELETE: (context, _request, id) => deleteGroup(context, id),
  },
  Entitlements: { GET: getEntitlement },
  Roles: { GET: getRole },
  ResourceTypes: { GET: (context, _request, id) => resourceTypes(context, id) },
  Schemas: { GET: (context, _request, id) => schemas(context, id) },
}

/** Answers a request under /services/scim/v2. @throws ScimError, PlainError */
export function scimRoute(context: Context, request: Request): Answer {
  // pilot: an empty last part of the path does not count
  const rest = request.path.slice('/services/scim/v2'.length).replace(/\/+$/, '')
  const [resource = '', id, ...more] = rest.split('/').slice(1)
  const routes = id === undefined ? collectionsOf(context) : items
  if (more.length > 0 || !Object.hasOwn(routes, resource)) throw notFound(context, rest, request.method)
  refuseContentType(context, request)
  // pilot: understood for clients that cannot PATCH
  const method = request.headers['x-http-method-override']?.toUpperCase() ?? request.method
  refuseMiscounted(context, resource, id, method)
  const route = routes[resource]?.[method]
  const off =
    resource === 'Groups' &&
    ((method === 'POST' && !context.dialect.groupPost) ||
      (method === 'DELETE' && !context.dialect.groupDelete))
  if (route === undefined || off) throw new ScimError(context.dialect.unsupportedVerb, 'Method not supported')
  // assumed: as a missing right reads over REST
  const object = { Users: 'User', Groups: 'GroupMember' }[resource]
  if (method !== 'GET' && object !== undefined && !may(context, object, 'write'))
    throw new ScimError(
      403,
      'INSUFFICIENT_ACCESS_OR_READONLY:insufficient access rights on cross-reference id;',
    )
  return route(context, request, id ?? '')
}

/** See the switch `serviceProviderConfigName`. */
function collectionsOf(context: Context): typeof collections {
  if (context.dialect.serviceProviderConfigName === 'plural') return collections
  const { ServiceProviderConfigs: config = {}, ...others } = collections
  return { ...others, ServiceProviderConfig: config }
}

/** Pilot: these count the parts of their own path wrong, so that what is there is not found. */
function refuseMiscounted(context: Context, resource: string, id: string | undefined, method: string): void {
  const { groupPut, roleWrite } = context.dialect
  const isGroup = resource === 'Groups' && method === 'PUT' && groupPut === 'not-found'
  const isRole = resource === 'Roles' && (method === 'PATCH' || method === 'PUT') && roleWrite === 'not-found'
  if (id !== undefined && (isGroup || isRole)) throw new ScimError(404, 'No such resource.')
}

/** Assumed: status and text; documented for SObject REST alone. */
function refuseContentType(context: Context, request: Request): void {
  if (request.body === '') return
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/json' || (type === 'application/scim+json' && context.dialect.scimJsonAccepted))
    return
  throw new ScimError(415, `Unsupported media type: ${type}`)
}
