import { TargetError } from '../../../shared/errors.ts'
import { idPrefix, isId, isSameId } from '../../../shared/salesforce/id.ts'
import { type KeyedQuery, keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { fieldText, type Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { textIn } from './data.ts'

const kinds = [
  {
    field: 'ProfileId',
    key: 'profile',
    object: 'Profile',
    columns: 'Id, Name, UserType',
    noun: 'profile',
    prefix: idPrefix.profile,
  },
  {
    field: 'UserRoleId',
    key: 'role',
    object: 'UserRole',
    columns: 'Id, Name',
    noun: 'role',
    prefix: idPrefix.role,
  },
] as const

type Key = (typeof kinds)[number]['key']

/**
 * The queries that show whether the profile and the role of the values exist, by id or exact name. What the account has
 * already, as its row shows, is not asked for.
 */
export function referenceQueries(
  values: ReadonlyMap<string, string>,
  row: Row = {},
): Partial<Record<Key, KeyedQuery>> {
  return Object.fromEntries(
    kinds.flatMap(({ field, key, object, columns, prefix }) => {
      const value = values.get(field) ?? ''
      if (value === '' || isSameId(value, textIn(row, field))) return []
      const by = isId(value, prefix) ? { Id: value } : { Name: value }
      return [[key, keyedQuery(columns, object, by, ' LIMIT 5')]]
    }),
  )
}

/** The values, with the account's own id for a profile or role that it has by the mapped name. */
export function keepHeldIds(values: Map<string, string>, row: Row): Map<string, string> {
  for (const { field, object } of kinds) {
    const value = values.get(field) ?? ''
    if (value !== '' && value === textIn(row, `${object}.Name`)) values.set(field, textIn(row, field))
  }
  return values
}

/**
 * Puts ids in the place of names, and takes away what has none: a sentence for each that does not exist, or of which there
 * are several. Nothing is guessed from a query that was refused: that is thrown as it is.
 */
export function putIds(
  values: Map<string, string>,
  rows: Readonly<Partial<Record<Key, Row[] | TargetError>>>,
): string[] {
  return kinds.flatMap(({ field, key, noun, prefix }) => {
    const found = rows[key]
    if (found === undefined) return []
    if (found instanceof TargetError) throw found
    const value = values.get(field) ?? ''
    const reportable = `[${value.slice(0, 80)}]`
    // SOQL compares names without regard to case; two may differ by that alone.
    const exact = isId(value, prefix) ? found : found.filter((row) => fieldText(row, 'Name') === value)
    const [row] = exact
    if (row !== undefined && exact.length === 1) {
      values.set(field, fieldText(row, 'Id'))
      return []
    }
    values.delete(field)
    return row === undefined
      ? `The ${noun} ${reportable} does not exist in Salesforce: map or configure the exact name or the id of one (Setup > ${key === 'profile' ? 'Profiles' : 'Roles'})`
      : `There are ${exact.length} ${noun}s named ${reportable} in Salesforce: map the id of one`
  })
}

/** The type of the users of the profile that was read; '' where none was. */
export function userTypeOf(profile: readonly Row[] | TargetError | undefined): string {
  return profile === undefined || profile instanceof TargetError ? '' : fieldText(profile[0], 'UserType')
}
