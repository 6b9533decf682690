import { isId, isSameId } from '../../../shared/salesforce/id.ts'
import type { Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'
import type { User } from '../org.ts'
import type { Fields } from './fields.ts'

/** The value at a dotted path (`Profile.Name`), whatever the case of its names: Salesforce's spelling may not be the host's. */
export function valueIn(row: Row, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        isObject(value)
          ? Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
          : undefined,
      row,
    )
}

/** The value as text; '' where it is null or absent. */
export function textIn(row: Row, path: string): string {
  const value = valueIn(row, path)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/**
 * A user as the host's model of it: for every field that is asked for the value it has, and always its id. `resolved` has
 * the ids that mapped names stand for.
 */
export function toData(
  requested: Fields,
  mapped: Fields,
  { id, row }: User,
  resolved: ReadonlyMap<string, string> = new Map(),
): JsonObject {
  const data: [string, string][] = [[requested.get('Id')?.name ?? 'Id', id]]
  for (const [field, { name }] of requested) {
    if (field === 'Id') continue
    const mappedValue = mapped.get(field)?.value ?? ''
    const value =
      field === 'ProfileId' || field === 'UserRoleId'
        ? nameOrId(row, field, mappedValue, resolved)
        : textIn(row, field)
    data.push([name, value])
  }
  return Object.fromEntries(data)
}

/** A profile or role is shown as it was mapped: by its id, or by its name. */
function nameOrId(
  row: Row,
  field: string,
  mappedValue: string,
  resolved: ReadonlyMap<string, string>,
): string {
  const id = textIn(row, field)
  if (id === '' || mappedValue === '' || isId(mappedValue)) return id
  if (isSameId(resolved.get(field) ?? '', id)) return mappedValue
  return textIn(row, field === 'ProfileId' ? 'Profile.Name' : 'UserRole.Name') || id
}
