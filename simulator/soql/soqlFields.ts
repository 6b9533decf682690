import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import { findObject } from '../schema/objects.ts'
import { may, userPermissionAccess, visible } from '../org/rights.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import { inVersion, valueOf } from '../schema/schema.ts'
import type { Field, SObject } from '../schema/schema.ts'
import type { FieldSet, Path } from './soqlQuery.ts'

/** A path that exists: the parents walked and the field at its end. */
export interface BoundPath {
  /** Reference fields from the queried object upwards, with the names SOQL gives the parents. */
  parents: readonly { via: Field; name: string }[]
  field: Field
}

/** An object that the caller may see. @throws RestError 400 INVALID_TYPE */
export function objectNamed(context: Context, name: string): SObject {
  const isOwnAccess = name.toLowerCase() === 'userpermissionaccess'
  if (isOwnAccess && context.dialect.userPermissionAccess) return userPermissionAccess(context)
  const found = findObject(context.org, context.dialect, name)
  const type = found && inVersion(found, context.apiVersion ?? context.org.newestVersion)
  if (type !== undefined && may(context, type.name, 'read')) return visible(context, type)
  throw new RestError(
    400,
    unseenCode(context, 'INVALID_TYPE'),
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
  )
}

/** Whether an error says that the caller is not shown what a query names. */
export function isUnseen(error: unknown): boolean {
  return error instanceof RestError && ['INVALID_TYPE', 'INVALID_FIELD'].includes(error.code)
}

/** See the switch `unseenCode`. */
function unseenCode({ dialect }: Context, usual: 'INVALID_TYPE' | 'INVALID_FIELD'): string {
  return dialect.unseenCode === 'usual' ? usual : dialect.unseenCode
}

/** An object as a statement names it: with an alias of the statement's own. */
export interface QueriedObject extends SObject {
  alias?: string | undefined
}

/** @throws RestError 400 INVALID_FIELD */
export function bindPath(context: Context, type: QueriedObject, path: Path): BoundPath {
  const parents: { via: Field; name: string }[] = []
  let at = type
  // documented: the object's own name may stand in front, or its alias
  const prefixes = [type.name.toLowerCase(), type.alias?.toLowerCase()]
  const steps = path.length > 1 && prefixes.includes(path[0]?.toLowerCase()) ? path.slice(1) : path
  for (const step of steps.slice(0, -1)) {
    const via = [...at.fields.values()].find(
      (field) => field.relationshipName?.toLowerCase() === step.toLowerCase(),
    )
    const target = via?.referenceTo[0]
    if (via === undefined || target === undefined || !mayFollow(context, target)) {
      throw new RestError(
        400,
        unseenCode(context, 'INVALID_FIELD'),
        `Didn't understand relationship '${step}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      )
    }
    parents.push({ via, name: via.relationshipName ?? step })
    at = objectNamed(context, target)
  }
  const name = steps.at(-1) ?? ''
  const field = at.fields.get(name.toLowerCase())
  if (field !== undefined) return { parents, field }
  throw new RestError(
    400,
    unseenCode(context, 'INVALID_FIELD'),
    `No such column '${name}' on entity '${at.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  )
}

/** Whether the parent's object is shown to the caller. What the org does not have at all is refused by its name. */
function mayFollow(context: Context, name: string): boolean {
  const type = findObject(context.org, context.dialect, name)
  return type === undefined || may(context, type.name, 'read')
}

/** The row that a reference points to, of whichever object its id belongs to. */
export function parentRow(context: Context, row: Row, via: Field): { type: SObject; row: Row } | undefined {
  const id = row[via.name]
  if (typeof id !== 'string') return undefined
  for (const name of via.referenceTo) {
    const type = findObject(context.org, context.dialect, name)
    const parent = type?.table(context.org).get(id)
    if (type !== undefined && parent !== undefined) return { type, row: parent }
  }
  return undefined
}

/** What a path holds for a row; null where a parent is missing or of an object without that field. */
export function readPath(context: Context, row: Row, path: BoundPath): FieldValue {
  if (path.parents.length === 0) return valueOf(context.org, row, path.field)
  let at = row
  let type: SObject | undefined
  for (const { via } of path.parents) {
    const parent = parentRow(context, at, via)
    if (parent === undefined) return null
    at = parent.row
    type = parent.type
  }
  const field = type?.fields.get(path.field.name.toLowerCase())
  return field === undefined ? null : valueOf(context.org, at, field)
}

/** The fields of an object that `FIELDS()` stands for (documented: SOQL reference, FIELDS()). */
export function fieldsOf(type: SObject, sets: readonly FieldSet[]): BoundPath[] {
  const isIn = ({ custom }: Field): boolean =>
    sets.some((each) => each === 'all' || (each === 'custom') === custom)
  return [...type.fields.values()].filter(isIn).map((field) => ({ parents: [], field }))
}
