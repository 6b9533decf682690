import type { Context } from '../context.ts'
import { ScimError } from '../errors.ts'
import type { JsonObject } from '../http.ts'

/** Whether an attribute is asked for, by its own name or by that of the extension it is in. */
export type Wants = (attribute: string, urn?: string) => boolean

const always = new Set(['id', 'schemas', 'meta'])

const userAttributes = [
  'userName externalId name displayName nickName profileUrl emails addresses phoneNumbers photos userType title',
  'preferredLanguage emailEncodingKey locale timezone active entitlements roles groups employeeNumber division',
  'department organization manager delegatedApprover alias',
]

/** Attribute names in lower case, by resource. */
const known = {
  User: new Set(userAttributes.join(' ').toLowerCase().split(' ')),
  other: new Set(['displayname', 'type', 'members']),
}

/**
 * Reads `attributes` or `excludedAttributes` (pilot). Played more simply than there: a sub-attribute stands for its whole attribute,
 * and names match without case.
 * @throws ScimError 400
 */
export function readWants(context: Context, query: URLSearchParams, resource: 'User' | 'other'): Wants {
  const only = query.get('attributes')
  const without = query.get('excludedAttributes')
  if (context.dialect.attributesParameter === 'ignored') return () => true
  if (only !== null && without !== null) {
    throw new ScimError(400, 'Cannot provide both attributes and excludedAttributes')
  }
  const list = only ?? without
  if (list === null) return () => true
  const names = new Set<string>()
  for (const raw of list.replaceAll(' ', '').split(','))
    if (raw !== '') names.add(nameOf(raw, known[resource]))
  const named: Wants = (attribute, urn) =>
    names.has(attribute.toLowerCase()) || (urn !== undefined && names.has(urn.toLowerCase()))
  if (only !== null) return (attribute, urn) => always.has(attribute) || named(attribute, urn)
  return (attribute, urn) => always.has(attribute) || !named(attribute, urn)
}

/** `name.givenName` is `name`, `urn:…:User:department` is `department`; a custom field or a bare URN is its URN. */
function nameOf(raw: string, names: ReadonlySet<string>): string {
  const urn = /^(urn:.+:(?:User|1\.0|(00D[a-zA-Z0-9]{15})))(?::(.+))?$/.exec(raw)
  const [, whole = '', custom, inner] = urn ?? []
  if (urn !== null && (custom !== undefined || inner === undefined)) return whole.toLowerCase()
  const name = ((urn === null ? raw : inner) ?? '').split('.')[0]?.toLowerCase() ?? ''
  if (names.has(name) || always.has(name)) return name
  throw new ScimError(400, `Unsupported attribute: ${raw}`)
}

/** The members of a resource that are asked for. */
export function pick(resource: JsonObject, wants: Wants): JsonObject {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wants(name)))
}
