import { ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { ForeignAnswerError, named } from '../foreignAnswer.ts'
import { idPrefix, isId, isSameId, toLongId } from '../id.ts'
import { literal } from './soql.ts'

/** A query about certain records, whose rows tell that they are these. */
export interface KeyedQuery {
  readonly soql: string
  readonly columns: readonly string[]
  /** Whether its rows are not users, so that the id of a user is not one of theirs. */
  readonly isNotOfUsers: boolean
  /** What each row must have: one of these columns with one of its values. */
  readonly keys: readonly Key[]
}

interface Key {
  readonly column: string
  /** As the query has it: for sentences. */
  readonly shown: string
  isValue(value: unknown): boolean
}

/** A query of which the rows are checked when they are read, or one about no certain records: all that the org has. */
export type Query = string | KeyedQuery

export function soqlOf(query: Query): string {
  return typeof query === 'string' ? query : query.soql
}

/**
 * A query for the rows of an object in which a column has a value, or one of several. With more than one column, any of them
 * may have it. The columns are selected as well, so that each row shows what it is about. `more` goes on behind the condition.
 */
export function keyedQuery(
  columns: string,
  object: string,
  by: Readonly<Record<string, string | readonly string[]>>,
  more = '',
): KeyedQuery {
  const lists = Object.entries(by).map(([column, value]): [string, readonly string[]] => [
    column,
    typeof value === 'string' ? [value] : value,
  ])
  const used = lists.filter(([, values]) => values.length > 0)
  const conditions = used.map(([column, values]) =>
    values.length === 1
      ? `${column} = ${literal(values[0] ?? '')}`
      : `${column} IN (${values.map(literal).join(', ')})`,
  )
  const condition = conditions.length === 1 ? conditions.join('') : `(${conditions.join(' OR ')})`
  const keys = used.map(([column, values]): Key => ({
    column,
    shown: named(column, values.join(', ')),
    isValue: (value) => values.some((requested) => isSameValue(column, requested, value)),
  }))
  return toQuery(columns, object, condition, keys, more)
}

/** The same for a value that stands in the query as it is: a number, a date. `isValue` tells whether a row has it. */
export function keyedQueryOf(
  columns: string,
  object: string,
  column: string,
  bare: string,
  isValue: Key['isValue'],
  more = '',
): KeyedQuery {
  const key = { column, shown: named(column, bare), isValue }
  return toQuery(columns, object, `${column} = ${bare}`, [key], more)
}

function toQuery(
  selected: string,
  object: string,
  condition: string,
  keys: readonly Key[],
  more: string,
): KeyedQuery {
  const all = [...selected.split(',').map((name) => name.trim()), ...keys.map(({ column }) => column)]
  // Salesforce refuses to give a column twice, whatever its spelling (general knowledge).
  const columns = all.filter(
    (name, at) => all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at,
  )
  const soql = `SELECT ${columns.join(', ')} FROM ${object} WHERE ${condition}${more}`
  return { soql, columns, isNotOfUsers: !['User', 'record'].includes(object), keys }
}

/** SOQL compares texts without regard to case (documented); ids differ by case, and have two lengths. */
function isSameValue(column: string, requested: string, value: unknown): boolean {
  if (typeof value !== 'string') return false
  if (isIdColumn(column)) return isId(value) && isSameId(value, requested)
  // A field of the org's own may refer to a record as well.
  if (isId(value) && isId(requested) && toLongId(value) === toLongId(requested)) return true
  return comparable(value) === comparable(requested)
}

/** A choice of several values comes in the order of its picklist, whatever the order in the query. */
function comparable(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim().normalize().toLowerCase().split(';').sort().join(';')
}

/**
 * The rows, when each shows every column that was selected, in a shape that can be understood, and is about what the query
 * asks for. Throws `UNEXPECTED` otherwise: what is left out says nothing.
 */
export function checkedRows(query: Query, rows: JsonObject[]): JsonObject[] {
  if (typeof query === 'string') return rows
  for (const row of rows) {
    for (const column of query.columns) checkColumn(row, column)
    // A write to such a row would go to an address that names somebody.
    const id = memberOf(row, 'Id')
    if (query.isNotOfUsers && typeof id === 'string' && isId(id, idPrefix.user)) throw lacking('Id')
    const { keys } = query
    if (!keys.some(({ column, isValue }) => isValue(memberOf(row, column)))) {
      throw new ForeignAnswerError(
        keys.map(({ shown }) => shown).join(', '),
        keys.map(({ column }) => named(column, memberOf(row, column))).join(', '),
      )
    }
  }
  return rows
}

/** What an assignment is about: Salesforce makes none without it (documented: the fields are not nillable). */
const requiredIds: readonly string[] = [
  'AssigneeId',
  'PermissionSetId',
  'PermissionSetLicenseId',
  'GroupId',
  'UserOrGroupId',
]

/** Of columns that hold ids of one kind, how these begin: the id of something else there says nothing about what is assigned. */
const prefixes: Readonly<Record<string, string>> = {
  AssigneeId: idPrefix.user,
  ProfileId: idPrefix.profile,
  UserRoleId: idPrefix.role,
  PermissionSetId: idPrefix.permissionSet,
  PermissionSetGroupId: idPrefix.permissionSetGroup,
  PermissionSetLicenseId: idPrefix.permissionSetLicense,
  GroupId: idPrefix.group,
}

function isIdOf(column: string, value: unknown): boolean {
  return typeof value === 'string' && isId(value, Object.hasOwn(prefixes, column) ? prefixes[column] : '')
}

/** Throws for a column that is not there, or holds what no such column can hold. A parent may be null, with all its fields. */
function checkColumn(row: JsonObject, path: string): void {
  let value: unknown = row
  const names = path.split('.')
  for (const [at, name] of names.entries()) {
    if (value === null && at > 0) return
    if (!isObject(value)) throw lacking(path)
    value = memberOf(value, name)
    if (value === undefined) throw lacking(path)
  }
  const name = names.at(-1) ?? ''
  const mayBeNull = name !== 'Id' && !requiredIds.includes(name)
  const isMalformed =
    (isIdColumn(name) && !isIdOf(name, value) && !(value === null && mayBeNull)) ||
    (/^Is[A-Z]\w*(?<!__c)$/.test(name) && typeof value !== 'boolean')
  if (isMalformed) throw lacking(path)
}

function lacking(column: string): ConnectorError {
  return new ConnectorError('UNEXPECTED', `Salesforce answered with a record that lacks ${column}`)
}

/** Fields that refer to records are named so; those of the org's own end in `__c`, whatever they refer to. */
function isIdColumn(name: string): boolean {
  return /(?:^|[a-z0-9])Id$/.test(name)
}

/** The member of a record, whatever the case of its name: Salesforce's spelling may not be the query's. */
export function memberOf(row: JsonObject, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name]
  return Object.entries(row).find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1]
}
