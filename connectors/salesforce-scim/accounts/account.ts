import { ConnectorError } from '../../../shared/errors.ts'
import { idPrefix, isId } from '../../../shared/salesforce/id.ts'
import { type Attributes, profileOf, readAttribute, roleOf } from '../../../shared/scim/attribute.ts'
import type { Comparison } from '../../../shared/plan.ts'
import { customSchema, type Resource } from '../../../shared/scim/schema.ts'
import type { JsonObject } from '../../../shared/validate.ts'
import { type Fields, fields, isCustom } from './fields.ts'

const lastName = 'name.familyName'

/** `User:CompanyName`: stands for a field of the User object that SCIM has no attribute for. */
const userFieldPrefix = 'User:'

/** The last name in the fields: `familyNameFormatted`, else prefix and family name; undefined when none is mapped. */
export function lastNameOf(mapped: Fields): string | undefined {
  const formatted = mapped.get('familyNameFormatted')
  const familyName = mapped.get('familyName')
  if (formatted !== undefined && formatted !== '') return formatted
  if (familyName === undefined) return formatted
  return [mapped.get('familyNamePrefix') ?? '', familyName].filter((part) => part !== '').join(' ')
}

/**
 * The fields as the attributes to write. `orgId` keys custom fields; without it they are left to the REST API.
 * Read-only fields, those that older mappings still have, and `active`, which enable and disable own, are not among them.
 */
export function toAttributes(mapped: Fields, orgId: string | undefined): Map<string, string> {
  const attributes = new Map<string, string>()
  const name = lastNameOf(mapped)
  if (name !== undefined) attributes.set(lastName, name)
  for (const [field, value] of mapped) {
    const attribute = attributeOf(field, orgId)
    if (attribute !== undefined && field !== 'active') attributes.set(attribute, value)
  }
  return attributes
}

/** The attribute that a field is written as; `User:<Field>` where only the REST API has it; undefined if nothing has. */
export function attributeOf(field: string, orgId: string | undefined): string | undefined {
  if (isCustom(field)) {
    return orgId === undefined ? userFieldPrefix + field : `${customSchema(orgId)}:${field}`
  }
  const { attribute, userField } = fields[field] ?? {}
  return userField === undefined ? undefined : (attribute ?? userFieldPrefix + userField)
}

/** How values of an attribute compare. */
export function comparisonOf(attribute: string): Comparison {
  if (attribute.endsWith('__c')) return 'typed'
  const field = Object.values(fields).find(
    (candidate) =>
      candidate.attribute === attribute || userFieldPrefix + (candidate.userField ?? '') === attribute,
  )
  return field?.comparison ?? 'exact'
}

/** The User object's field that an attribute is, for what SCIM did not take. */
export function userFieldOf(attribute: string): string | undefined {
  if (attribute.startsWith(userFieldPrefix)) return attribute.slice(userFieldPrefix.length)
  if (attribute === lastName) return 'LastName'
  if (attribute.endsWith('__c')) return attribute.slice(attribute.lastIndexOf(':') + 1)
  return Object.values(fields).find((field) => field.attribute === attribute)?.userField
}

/** The field's name that an attribute goes by in audit lines. */
export function fieldNameOf(attribute: string): string {
  if (attribute === lastName) return 'familyName'
  const userField = userFieldOf(attribute)
  const known = Object.entries(fields).find(
    ([, field]) =>
      field.attribute === attribute || (userField !== undefined && field.userField === userField),
  )
  return known?.[0] ?? userField ?? attribute
}

/** Attributes that SCIM cannot write. */
export function isRestOnly(attribute: string): boolean {
  return attribute.startsWith(userFieldPrefix)
}

/** The attributes that go into a SCIM resource. */
export function withoutRestOnly(attributes: Attributes): Attributes {
  return new Map([...attributes].filter(([attribute]) => !isRestOnly(attribute)))
}

/** The attributes of a user that `wanted` names, and its whole address, as far as SCIM shows them. */
export function attributesOf(user: Resource, mapped: Attributes): Map<string, string> {
  const names = new Set([
    ...mapped.keys(),
    ...Object.values(fields).flatMap(({ attribute }) =>
      attribute?.startsWith('addresses.') ? attribute : [],
    ),
  ])
  return new Map(
    [...names].filter((name) => !isRestOnly(name)).map((name) => [name, readAttribute(user, name)]),
  )
}

/**
 * An account as the host's model of it: for every field that is asked for, the value it has, and always its `id`. What
 * neither SCIM shows nor `attributes` knows is left out rather than called empty. A prefix that was mapped is taken off the last name again, so that what was mapped is what is shown.
 */
export function toData(
  names: Iterable<string>,
  attributes: Attributes,
  mapped: Fields,
  user: Resource,
): JsonObject {
  const data: [string, string][] = [['id', user.id]]
  for (const name of names) {
    const value = name === 'id' ? undefined : valueOf(name, attributes, mapped, user)
    if (value !== undefined) data.push([name, value])
  }
  return Object.fromEntries(data)
}

function valueOf(name: string, attributes: Attributes, mapped: Fields, user: Resource): string | undefined {
  const last = attributes.get(lastName) ?? readAttribute(user, lastName)
  const prefix = mapped.get('familyNamePrefix') ?? ''
  const hasPrefix = prefix !== '' && last.startsWith(`${prefix} `)
  switch (name) {
    case 'familyNameFormatted':
      return last
    case 'familyName':
      return hasPrefix ? last.slice(prefix.length + 1) : last
    case 'familyNamePrefix':
      return hasPrefix ? prefix : ''
    case 'emailAddressType':
      return 'work'
    case 'isEmailPrimary':
      return 'true'
    case 'mobilePhoneType':
      return 'mobile'
    case 'profile':
      return nameOrId(profileOf(user), attributes.get('entitlements.profile'), mapped.get(name))
    case 'role':
      return nameOrId(roleOf(user), attributes.get('roles'), mapped.get(name))
  }
  const userField = fields[name]?.userField
  for (const [attribute, value] of attributes) {
    const isThis =
      attribute === fields[name]?.attribute ||
      (userField !== undefined && attribute === userFieldPrefix + userField) ||
      attribute.endsWith(`:${name}`)
    if (isThis) return value
  }
  const attribute = fields[name]?.attribute ?? customAttribute(user, name)
  return attribute === undefined ? undefined : readAttribute(user, attribute)
}

/** The attribute of a custom field, if the user has the extension of its org. */
function customAttribute(user: Resource, name: string): string | undefined {
  const schema = Object.keys(user).find((member) => member.startsWith(customSchema(idPrefix.org)))
  return isCustom(name) && schema !== undefined ? `${schema}:${name}` : undefined
}

/** A profile or role is shown as it was mapped: by its id, or by its name. */
function nameOrId(
  current: JsonObject | undefined,
  id: string | undefined,
  mapped: string | undefined,
): string {
  const value = id ?? readAttribute({ roles: current === undefined ? [] : [current] }, 'roles')
  if (value === '' || mapped === undefined || mapped === '' || isId(mapped)) return value
  const display = current?.['display']
  // An id that is not the account's own is the one that the mapped name stands for.
  return current?.['value'] === value ? (typeof display === 'string' ? display : value) : mapped
}

/** Throws for a required field that would be cleared, even if SCIM does not show what it holds. */
export function refuseClearing(desired: Attributes): void {
  const cleared = [...desired]
    .filter(([attribute, to]) => to === '' && (attribute === lastName || isRequired(attribute)))
    .map(([attribute]) => `Data.${fieldNameOf(attribute)}`)
  if (cleared.length > 0) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `${cleared.join(', ')} is empty: Salesforce requires a value. Map one, or leave the field out.`,
    )
  }
}

function isRequired(attribute: string): boolean {
  return Object.values(fields).some((field) => field.attribute === attribute && field.isRequired === true)
}
