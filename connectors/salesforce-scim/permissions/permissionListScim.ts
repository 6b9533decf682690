import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { idPrefix } from '../../../shared/salesforce/id.ts'
import { type PermissionType, pluralOf } from '../../../shared/lifecycle/permissions/access/permission.ts'
import type { Offer, Grantable } from '../../../shared/lifecycle/permissions/listing/permissionList.ts'
import { type PageRequest, pages } from '../../../shared/scim/page.ts'
import type { ListResponse, Resource } from '../../../shared/scim/schema.ts'
import type { Org } from '../org.ts'

type Kind = 'Entitlements' | 'Roles' | 'Groups'

/** Where SCIM lists each type; the others it does not know. */
const kinds: Readonly<Partial<Record<PermissionType, Kind>>> = {
  Profile: 'Entitlements',
  PermissionSet: 'Entitlements',
  Role: 'Roles',
  PublicGroup: 'Groups',
}

/** A query for all entitlements gives no more than this many (documented: help identity_scim_rest_api). */
const mostEntitlements = 200

/**
 * Everything of these types that SCIM lists, complete or not at all: a list that may be cut short throws. SCIM shows the
 * API names of permission sets, and cannot tell a permission set from the aggregate behind a permission set group.
 */
export async function offerByScim(org: Org, types: readonly PermissionType[]): Promise<Offer> {
  const unknown = types.filter((type) => kinds[type] === undefined)
  const nouns = unknown.map(pluralOf).join(', ')
  if (unknown.length === types.length) {
    throw new ConnectorError('MISCONFIGURED', `SCIM cannot list ${nouns}: set Configuration.UseRestApi`)
  }
  const found: Grantable[] = []
  for (const kind of new Set(types.map((type) => kinds[type]))) {
    if (kind === undefined) continue
    for (const resource of await listAll(org, kind)) {
      const type = typeOf(kind, resource)
      if (type !== undefined && types.includes(type)) found.push(grantable(type, resource))
    }
  }
  const note = `SCIM cannot list ${nouns}: none are listed without Configuration.UseRestApi`
  return { grantable: found, notes: unknown.length === 0 ? [] : [note] }
}

function grantable(Type: PermissionType, { id, displayName }: Resource): Grantable {
  return { Reference: id, Type, name: typeof displayName === 'string' ? displayName : '', apiName: '' }
}

function typeOf(kind: Kind, { id, type }: Resource): PermissionType | undefined {
  if (kind === 'Roles') return 'Role'
  // The pilot lists queues among the groups, and does not serve them one by one.
  if (kind === 'Groups') return type === 'Queue' ? undefined : 'PublicGroup'
  if (id.startsWith(idPrefix.profile)) return 'Profile'
  return id.startsWith(idPrefix.permissionSet) ? 'PermissionSet' : undefined
}

async function listAll(org: Org, kind: Kind): Promise<Resource[]> {
  const found = new Map<string, Resource>()
  let total = 0

  const fetchPage = async (request: PageRequest): Promise<ListResponse> => {
    try {
      const page = await org.listPage(kind, request)
      // Behind the last id it counts what is left. An empty page may say 0.
      if (request.after === undefined && page.totalResults > 0) total = page.totalResults
      return page
    } catch (error) {
      const isRefused = error instanceof TargetError && ['REJECTED', 'NOT_FOUND'].includes(error.code)
      if (found.size === 0 || !isRefused) throw error
      throw incomplete(kind, `${found.size}, and refused to go on (${error.message})`, error)
    }
  }

  for await (const page of pages(fetchPage)) {
    if (page.every(({ id }) => found.has(id))) {
      throw incomplete(kind, `${found.size}, and then the same again`)
    }
    for (const resource of page) found.set(resource.id, resource)
  }
  if (total > found.size) throw incomplete(kind, `${found.size} of ${total}`)
  if (kind === 'Entitlements' && found.size === mostEntitlements) {
    throw incomplete(kind, `${found.size}, which is the most that it lists`)
  }
  return [...found.values()]
}

function incomplete(kind: Kind, listed: string, cause?: unknown): ConnectorError {
  return new ConnectorError(
    'MISCONFIGURED',
    `SCIM lists ${kind.toLowerCase()}: ${listed}. The list may be incomplete: set Configuration.UseRestApi`,
    { cause },
  )
}
