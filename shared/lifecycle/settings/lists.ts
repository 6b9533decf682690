import { ConnectorError } from '../../errors.ts'
import { type PermissionType, permissionTypeNames } from '../permissions/access/permission.ts'
import { idPrefix, isId } from '../../salesforce/id.ts'
import { isObject, type JsonObject } from '../../validate.ts'

/** A list, or a text with commas; all types where nothing is chosen. */
export function readPermissionTypes(
  given: string | readonly string[] | undefined,
): readonly PermissionType[] {
  const names = (typeof given === 'string' ? given.split(/[,;\n]/) : (given ?? []))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return permissionTypeNames
  const known = (name: string): PermissionType | undefined =>
    permissionTypeNames.find((type) => type.toLowerCase() === name.toLowerCase())
  const unknown = names.filter((name) => known(name) === undefined)
  if (unknown.length > 0) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.PermissionTypes [${unknown.map((name) => name.slice(0, 80)).join('], [')}] does not exist: expected one or more of ${permissionTypeNames.join(', ')}.`,
    )
  }
  return permissionTypeNames.filter((type) => names.some((name) => known(name) === type))
}

/** Ids or user names of users: a list, or a text with commas. */
export function readUsers(given: string | readonly string[] | undefined, setting: string): readonly string[] {
  const users = (typeof given === 'string' ? given.split(/[,;\n]/) : (given ?? []))
    .map((user) => user.trim())
    .filter((user) => user !== '')
  const wrong = users.filter((user) => !isId(user, idPrefix.user) && !/^[^\s@]+@[^\s@]+$/.test(user))
  if (wrong.length === 0) return users
  throw new ConnectorError(
    'MISCONFIGURED',
    `Configuration.${setting} [${wrong.map((user) => user.slice(0, 80)).join('], [')}] is neither the id of a user, which begins with ${idPrefix.user}, nor a user name such as integration@example.com.`,
  )
}

/** `name = value; name = value`, or the same as a JSON object. */
export function readPairs(
  given: string | JsonObject | undefined,
  setting: string,
): ReadonlyMap<string, string> {
  const pairs =
    typeof given === 'string' && !given.trimStart().startsWith('{')
      ? given
          .split(/[;\n]/)
          .filter((line) => line.trim() !== '')
          .map((line): [string, unknown] => {
            const at = line.indexOf('=')
            return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + 1)]
          })
      : Object.entries(typeof given === 'string' ? parseObject(given) : (given ?? {}))
  return new Map(
    pairs.map(([name, value]) => {
      if (typeof value !== 'string' || value.trim() === '' || name.trim() === '') {
        throw new ConnectorError(
          'MISCONFIGURED',
          `Configuration.${setting} must hold pairs such as Salesforce = Minimum Access - Salesforce; Salesforce Platform = Standard Platform User.`,
        )
      }
      return [name.trim().toLowerCase(), value.trim()]
    }),
  )
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : { '': '' }
  } catch {
    return { '': '' }
  }
}
