import { isObject, type JsonObject } from '../validate.ts'
import { enterpriseSchema, salesforceSchema } from './schema.ts'

/**
 * A user's attributes, each one text under one name:
 *
 * - `userName`, `name.familyName`: as in RFC 7643
 * - `emails`, `roles`: the one value that Salesforce has of them; `entitlements.profile`: the entitlement that is a profile
 * - `phoneNumbers.work|mobile|fax`, `addresses.streetAddress|locality|region|postalCode|country`
 * - `<urn>:department`, `<urn>:manager`, `<urn>:Cost_Code__c`: members of an extension
 */
export type AttributeName = string

/** A user as texts by attribute name; '' stands for a value that is absent, null or empty: they are the same. */
export type Attributes = ReadonlyMap<AttributeName, string>

export const enterprise = (name: string): AttributeName => `${enterpriseSchema}:${name}`
export const salesforce = (name: string): AttributeName => `${salesforceSchema}:${name}`

/** Prefix of profile ids. */
const profilePrefix = '00e'

/** The attribute's value on a user as Salesforce sends it; '' when it has none. */
export function readAttribute(user: JsonObject, name: AttributeName): string {
  const [schema, member] = split(name)
  if (schema !== undefined) {
    const extension = user[schema]
    return isObject(extension) ? textOf(memberOf(extension, member)) : ''
  }
  const [first = '', second] = name.split('.')
  const value = user[first]
  switch (first) {
    case 'emails':
      return textOf(primary(value)?.['value'])
    case 'roles':
      return textOf(primary(value)?.['value'])
    case 'entitlements':
      return textOf(profileOf(user)?.['value'])
    case 'phoneNumbers':
      return textOf(objects(value).find((number) => number['type'] === second)?.['value'])
    case 'addresses':
      return textOf(primary(value)?.[second ?? ''])
    default:
      return second === undefined ? textOf(value) : isObject(value) ? textOf(value[second]) : ''
  }
}

/** The entitlement that is the user's profile: `{ value, display, type }`. */
export function profileOf(user: JsonObject): JsonObject | undefined {
  return objects(user['entitlements']).find(
    ({ type, value }) => type === 'Profile' || (typeof value === 'string' && value.startsWith(profilePrefix)),
  )
}

/** The user's one role: `{ value, display }`. */
export function roleOf(user: JsonObject): JsonObject | undefined {
  return primary(user['roles'])
}

/** Puts the attribute into a resource (or the value of a PATCH), in the shape that Salesforce takes. */
export function writeAttribute(
  target: JsonObject,
  name: AttributeName,
  value: string | boolean | number | null,
): void {
  const [schema, member] = split(name)
  if (schema !== undefined) {
    const extension = childOf(target, schema)
    // The pilot reads `value` in a PATCH and `delegatedApproverId` in a POST.
    if (member === 'manager') extension[member] = { value }
    else if (member === 'delegatedApprover') extension[member] = { value, delegatedApproverId: value }
    else extension[member] = value
    return
  }
  const [first = '', second] = name.split('.')
  switch (first) {
    case 'emails':
      target[first] = [{ type: 'work', primary: true, value }]
      return
    case 'roles':
    case 'entitlements':
      target[first] = [{ value }]
      return
    case 'phoneNumbers':
      target[first] = [{ type: second, value }]
      return
    case 'addresses': {
      const [address = { type: 'work', primary: true }] = objects(target[first])
      target[first] = [{ ...address, [second ?? '']: value }]
      return
    }
    default:
      if (second === undefined) target[first] = value
      else childOf(target, first)[second] = value
  }
}

/** `urn:…:User:department` as the schema and the member; a plain name has no schema. */
function split(name: AttributeName): [schema: string | undefined, member: string] {
  if (!name.startsWith('urn:')) return [undefined, name]
  const end = name.lastIndexOf(':')
  return [name.slice(0, end), name.slice(end + 1)]
}

/** Salesforce shows custom fields in their own spelling, whatever a mapping calls them (RFC 7643 §2.1: no case). */
function memberOf(extension: JsonObject, name: string): unknown {
  if (Object.hasOwn(extension, name)) return extension[name]
  return Object.entries(extension).find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1]
}

function childOf(target: JsonObject, name: string): JsonObject {
  const child = target[name]
  if (isObject(child)) return child
  const created: JsonObject = {}
  target[name] = created
  return created
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []
}

function primary(value: unknown): JsonObject | undefined {
  const list = objects(value)
  return list.find((item) => item['primary'] === true || item['primary'] === 'true') ?? list[0]
}

/** A reference (`{ value }`, as manager is) stands for its value; the pilot also has `delegatedApproverId`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isObject(value)) return textOf(value['value'] ?? value['delegatedApproverId'])
  return ''
}
