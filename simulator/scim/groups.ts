import type { Context } from '../context.ts'
import { DmlError, PlainError, ScimError } from '../errors.ts'
import { isObject, member } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { normaliseId } from '../org/ids.ts'
import type { GroupRow } from '../org/rows.ts'
import { addMember, insertGroup, memberRow, removeGroup, removeMember } from '../rules/groups.ts'
import { asConflict } from './failure.ts'
import { listAnswer, readPage, selectPage } from './lists.ts'
import type { Filterable } from './match.ts'
import { coreGroup, meta } from './names.ts'
import { readOperations } from './userPatch.ts'
import { notFound, readBody } from './users.ts'
import { pick, readWants } from './wants.ts'

/** Pilot: at most 200 members of a group, and in a list at most 200 of all its groups together; played as 200 of each. */
const memberCap = 200

function filterable(context: Context): Filterable<GroupRow> {
  return {
    find: (name) => {
      switch (name) {
        case 'id':
          return { kind: 'id', values: (row) => [row.Id] }
        case 'displayName':
          return { kind: 'text', values: (row) => [row.Name] }
        case 'type':
          return { kind: 'text', values: (row) => [row.Type] }
        case 'members':
          return {
            kind: 'membership',
            values: (row) =>
              context.org.groupMembers.where('GroupId', row.Id).map((each) => each.UserOrGroupId),
            operators: ['eq', 'ne', 'pr'],
            refusedAs: 'members',
            isSemiJoin: true,
          }
        case 'meta.created':
          return { kind: 'date', values: (row) => [row.CreatedDate] }
        case 'meta.lastModified':
          return { kind: 'date', values: (row) => [row.LastModifiedDate] }
        default:
          return undefined
      }
    },
    complex: ['meta'],
  }
}

/** A group as SCIM shows it (documented sample: identity_scim_manage_groups). */
function groupResource(context: Context, group: GroupRow, query: URLSearchParams): JsonObject {
  const wants = readWants(context, query, 'other')
  // pilot: members.startIndex and members.count page within the members
  const start = Math.max(1, Number(query.get('members.startIndex') ?? 1) || 1)
  const count = Math.min(memberCap, Number(query.get('members.count') ?? memberCap) || memberCap)
  const rows = context.org.groupMembers.where('GroupId', group.Id).slice(start - 1, start - 1 + count)
  const resource = {
    schemas: [coreGroup],
    id: group.Id,
    displayName: group.Name,
    type: group.Type,
    members: rows.map((row) => {
      const type = row.UserOrGroupId.startsWith('00G') ? 'Group' : 'User'
      return {
        value: row.UserOrGroupId,
        type,
        $ref: `${context.url}/services/scim/v2/${type}s/${row.UserOrGroupId}`,
      }
    }),
    meta: meta(context, 'Group', `/Groups/${group.Id}`, group.CreatedDate, group.LastModifiedDate),
  }
  return pick(resource, wants)
}

/** GET /Groups: public groups (documented: identity_scim_rest_api), with queues in the pilot. */
export function listGroups(context: Context, request: Request): Answer {
  const page = readPage(context, request.query, 200)
  const listed = (row: GroupRow): boolean =>
    row.Type === 'Regular' || (row.Type === 'Queue' && context.dialect.queuesListed)
  const { groups } = context.org
  const filter = request.query.get('filter')
  const selection = selectPage(context, groups, listed, filterable(context), new Map(), filter, page)
  const resources = selection.ids.flatMap((id) => {
    const row = groups.get(id)
    return row === undefined ? [] : [groupResource(context, row, request.query)]
  })
  return listAnswer(page, selection.total, resources)
}

export function getGroup(context: Context, request: Request, id: string): Answer {
  return { status: 200, body: groupResource(context, findGroup(context, id), request.query) }
}

/** Pilot creates a group by its displayName; documented: read and update only (identity_scim_rest_api). */
export function postGroup(context: Context, request: Request): Answer {
  const name = member(readBody(request), 'displayName')
  if (typeof name !== 'string' || name === '') throw new ScimError(409, 'REQUIRED_FIELD_MISSING:displayName;')
  const group = asConflict('Insert', undefined, () => insertGroup(context, { Name: name }))
  return { status: 201, body: groupResource(context, group, request.query) }
}

export function deleteGroup(context: Context, id: string): Answer {
  removeGroup(context, findGroup(context, id))
  return { status: 204 }
}

/** PUT replaces the members (pilot) and answers nothing (observed: Tirasa reads the group again). */
export function putGroup(context: Context, request: Request, id: string): Answer {
  const group = findGroup(context, id)
  const ids = memberIds(member(readBody(request), 'members'))
  changing(context, () => replaceMembers(context, group, ids))
  return { status: 200 }
}

/**
 * PATCH changes members. Documented body: `path` "members" and a `value` that wraps `members` again
 * (identity_scim_manage_groups); a plain list as `value` is refused.
 */
export function patchGroup(context: Context, request: Request, id: string): Answer {
  const group = findGroup(context, id)
  const operations = readOperations(context, readBody(request))
  changing(context, () => {
    for (const operation of operations) applyOperation(context, group, operation)
  })
  if (context.dialect.groupPatchAnswer === 'empty') return { status: 200 }
  return { status: 200, body: groupResource(context, group, request.query) }
}

function applyOperation(context: Context, group: GroupRow, operation: JsonObject): void {
  const op = String(member(operation, 'op')).toLowerCase()
  const path = member(operation, 'path')
  // assumed: value paths are refused as any other unknown path
  if (path !== undefined && path !== 'members') throw new ScimError(400, `UNSUPPORTED_FIELD: ${String(path)}`)
  const value = member(operation, 'value')
  const ids = isObject(value) ? memberIds(member(value, 'members')) : []
  if (op === 'add') for (const id of ids) addMember(context, group, id)
  else if (op === 'remove') for (const id of ids) removeOne(context, group, id)
  else if (op === 'replace') {
    replaceMembers(context, group, context.dialect.groupReplace === 'wipes' ? [] : ids)
  } else throw new ScimError(400, 'Improper Operations')
}

function removeOne(context: Context, group: GroupRow, id: string): void {
  const row = memberRow(context, group, id)
  if (row !== undefined) removeMember(context, row)
  else if (context.dialect.groupRemoveStranger === 'error-500') {
    // pilot: a query for a single row that finds none
    const message = 'System.QueryException: List has no rows for assignment to SObject'
    throw new PlainError(500, [{ errorCode: 'APEX_ERROR', message }])
  }
}

function replaceMembers(context: Context, group: GroupRow, ids: readonly string[]): void {
  for (const row of context.org.groupMembers.where('GroupId', group.Id)) {
    if (!ids.includes(row.UserOrGroupId)) removeMember(context, row)
  }
  for (const id of ids) addMember(context, group, id)
}

function memberIds(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item) => {
    const value: unknown = isObject(item) ? member(item, 'value') : item
    return typeof value === 'string' ? [normaliseId(value)] : []
  })
}

/** Pilot: any failure of a group's PATCH is 500 with this sentence behind it; that PUT says the same is assumed. */
function changing(context: Context, work: () => void): void {
  try {
    context.org.transaction(work)
  } catch (error) {
    if (!(error instanceof DmlError)) throw error
    // assumed: a row lock is told as on users, 409, so that clients can see the code
    if (error.code === 'UNABLE_TO_LOCK_ROW') throw new ScimError(409, error.sentence('Insert'))
    throw new ScimError(
      500,
      `${error.sentence('Insert')} FIELD_INTEGRITY_EXCEPTIONs likely caused by attempted assignment to wrong User license.`,
    )
  }
}

function findGroup(context: Context, id: string): GroupRow {
  const row = context.org.groups.get(normaliseId(id))
  // pilot: a single GET serves public groups only; its PATCH and DELETE take queues too, which documented SCIM has none of
  if (row?.Type !== 'Regular') throw notFound(context, `/Groups/${id}`)
  return row
}
