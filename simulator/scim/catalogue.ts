import type { Context } from '../context.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { Row, UserRow } from '../org/rows.ts'
import { listAnswer, readPage, selectPage } from './lists.ts'
import type { Page } from './lists.ts'
import type { Filterable } from './match.ts'
import { entitlementSchema, meta, roleSchema } from './names.ts'
import { fullName } from './userFilter.ts'
import { notFound } from './users.ts'
import { pick, readWants } from './wants.ts'
import type { Wants } from './wants.ts'

/**
 * Pilot: the list shows at most 200 members over all its entitlements, a single one 200 of its own. Played as 200 of each, which
 * shows a client no fewer.
 */
const memberCap = 200

/** Rows of profiles or permission sets; the name is what SCIM shows. */
function filterable(membersOf: (id: string) => string[], dated: boolean): Filterable<Row> {
  return {
    find: (name) => {
      if (name === 'id') return { kind: 'id', values: (row) => [row.Id] }
      if (name === 'displayName') return { kind: 'text', values: (row) => [row['Name'] ?? null] }
      if (name === 'members') {
        return {
          kind: 'membership',
          values: (row) => membersOf(row.Id),
          operators: ['eq', 'ne', 'pr'],
          refusedAs: 'members',
          isSemiJoin: true,
        }
      }
      if (name === 'meta.created' && dated)
        return { kind: 'date', values: (row) => [row['CreatedDate'] ?? null] }
      if (name === 'meta.lastModified' && dated) {
        return { kind: 'date', values: (row) => [row['LastModifiedDate'] ?? null] }
      }
      return undefined
    },
    complex: ['meta'],
  }
}

function activeIds(rows: readonly (UserRow | undefined)[]): string[] {
  return rows.flatMap((row) => (row?.IsActive === true ? [row.Id] : []))
}

function entitlementMembers(context: Context, id: string): string[] {
  const { org } = context
  if (id.startsWith('00e')) return activeIds(org.users.where('ProfileId', id))
  return activeIds(
    org.permissionSetAssignments.where('PermissionSetId', id).map((row) => org.users.get(row.AssigneeId)),
  )
}

function memberList(context: Context, ids: readonly string[]): JsonObject[] {
  return ids.slice(0, memberCap).map((id) => {
    const user = context.org.users.get(id)
    return { value: id, display: user === undefined ? '' : fullName(user), $ref: `/Users/${id}` }
  })
}

function entitlementResource(context: Context, row: Row, wants: Wants): JsonObject {
  const resource = {
    schemas: [entitlementSchema],
    id: row.Id,
    // pilot: for a permission set its API name, not its label
    displayName: row['Name'] ?? '',
    type: row.Id.startsWith('00e') ? 'Profile' : 'Permission Set',
    members: wants('members') ? memberList(context, entitlementMembers(context, row.Id)) : [],
    meta: meta(
      context,
      'Entitlement',
      `/Entitlements/${row.Id}`,
      String(row['CreatedDate']),
      String(row['LastModifiedDate']),
    ),
  }
  return pick(resource, wants)
}

/** Pilot: profiles of guests and of the automated process are left out, and profiles' own permission sets. */
function isEntitlement(context: Context, row: Row): boolean {
  if (row.Id.startsWith('00e')) return row['UserType'] !== 'Guest' && row['UserType'] !== 'AutomatedProcess'
  if (row['IsOwnedByProfile'] === true) return false
  // pilot: aggregates behind permission set groups are entitlements too; unknown natively
  return row['Type'] !== 'Group' || context.dialect.groupAggregatesListed
}

/** GET /Entitlements: profiles first, then permission sets (pilot); at most 200 where the switch `entitlementList` says so. */
export function listEntitlements(context: Context, request: Request): Answer {
  const { org, dialect } = context
  const page = readPage(context, request.query, 200)
  const wants = readWants(context, request.query, 'other')
  const filter = request.query.get('filter')
  const everything: Page = { ...page, startIndex: 1, count: Number.MAX_SAFE_INTEGER }
  const listed = (row: Row): boolean => isEntitlement(context, row)
  const attributes = filterable((id) => entitlementMembers(context, id), true)
  const profiles = selectPage<Row>(
    context,
    org.profiles,
    listed,
    attributes,
    new Map(),
    filter,
    everything,
  ).ids
  const sets = selectPage<Row>(
    context,
    org.permissionSets,
    listed,
    attributes,
    new Map(),
    filter,
    everything,
  ).ids
  const all = [...profiles, ...sets]
  if (all.length === 0 && dialect.emptyEntitlementList === 'empty-body') return { status: 200 }
  const total = dialect.entitlementList === 'capped' ? Math.min(all.length, 200) : all.length
  const ids = all.slice(0, total).slice(page.startIndex - 1, page.startIndex - 1 + page.count)
  const resources = ids.flatMap((id) => {
    const row = org.profiles.get(id) ?? org.permissionSets.get(id)
    return row === undefined ? [] : [entitlementResource(context, row, wants)]
  })
  return listAnswer(page, total, resources)
}

export function getEntitlement(context: Context, request: Request, id: string): Answer {
  const { org } = context
  const row: Row | undefined = org.profiles.get(normaliseId(id)) ?? org.permissionSets.get(normaliseId(id))
  if (row === undefined || !isEntitlement(context, row)) throw notFound(context, `/Entitlements/${id}`)
  return { status: 200, body: entitlementResource(context, row, readWants(context, request.query, 'other')) }
}

function roleMembers(context: Context, id: string): string[] {
  return activeIds(context.org.users.where('UserRoleId', id))
}

function roleResource(context: Context, row: Row, wants: Wants): JsonObject {
  const resource = {
    schemas: [roleSchema],
    id: row.Id,
    displayName: row['Name'] ?? '',
    members: memberList(context, roleMembers(context, row.Id)),
    // general knowledge: UserRole has no CreatedDate
    meta: meta(context, 'Role', `/Roles/${row.Id}`, undefined, String(row['LastModifiedDate'])),
  }
  return pick(resource, wants)
}

export function listRoles(context: Context, request: Request): Answer {
  const page = readPage(context, request.query, 200)
  const wants = readWants(context, request.query, 'other')
  const { userRoles } = context.org
  const attributes = filterable((id) => roleMembers(context, id), false)
  const filter = request.query.get('filter')
  const selection = selectPage<Row>(context, userRoles, () => true, attributes, new Map(), filter, page)
  const resources = selection.ids.flatMap((id) => {
    const row = userRoles.get(id)
    return row === undefined ? [] : [roleResource(context, row, wants)]
  })
  return listAnswer(page, selection.total, resources)
}

export function getRole(context: Context, request: Request, id: string): Answer {
  const row = context.org.userRoles.get(normaliseId(id))
  if (row === undefined) throw notFound(context, `/Roles/${id}`)
  return { status: 200, body: roleResource(context, row, readWants(context, request.query, 'other')) }
}
