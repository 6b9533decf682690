import { type Change, isBoolean } from '../plan.ts'
import type { JsonObject } from '../validate.ts'
import { type AttributeName, type Attributes, writeAttribute } from './attribute.ts'
import { enterpriseSchema, type Operation, userSchema } from './schema.ts'

/** Attributes that are cleared by a `remove`: an empty value is not a reference to anything (pilot). */
const removable: Readonly<Record<string, string>> = {
  roles: 'roles',
  [`${enterpriseSchema}:manager`]: 'manager',
  [`${enterpriseSchema}:delegatedApprover`]: 'delegatedApprover',
}

/**
 * The operations of one PATCH for the changes, in the form that Salesforce documents: without `path`, `value` an object.
 * A phone number is added, so that the other numbers stay; an address is one value and is sent whole.
 */
export function patchOperations(changes: readonly Change[], current: Attributes): Operation[] {
  const replaced: JsonObject = {}
  const operations: Operation[] = []
  for (const { attribute, to } of changes) {
    const removed = removable[attribute]
    if (to === '' && removed !== undefined) operations.push({ op: 'remove', path: removed })
    else if (attribute.startsWith('phoneNumbers.')) {
      const value: JsonObject = {}
      writeAttribute(value, attribute, to)
      operations.push({ op: 'add', value })
    } else writeAttribute(replaced, attribute, valueFor(attribute, to))
  }
  if (changes.some(({ attribute }) => attribute.startsWith('addresses.'))) {
    for (const [attribute, value] of current) {
      const isUnchanged = !changes.some((change) => change.attribute === attribute)
      if (attribute.startsWith('addresses.') && value !== '' && isUnchanged) {
        writeAttribute(replaced, attribute, value)
      }
    }
  }
  return Object.keys(replaced).length === 0 ? operations : [{ op: 'replace', value: replaced }, ...operations]
}

/** The body of a POST for a new user; empty values are left out. */
export function newUser(attributes: Attributes): JsonObject {
  const user: JsonObject = { schemas: [userSchema] }
  for (const [attribute, value] of attributes) {
    if (value !== '') writeAttribute(user, attribute, valueFor(attribute, value))
  }
  user['schemas'] = [userSchema, ...Object.keys(user).filter((name) => name.startsWith('urn:'))]
  return user
}

/** The host sends texts; Salesforce wants JSON booleans for `active` and for checkboxes. */
function valueFor(attribute: AttributeName, value: string): string | boolean {
  const mayBeBoolean = attribute === 'active' || attribute.endsWith('__c')
  return mayBeBoolean && isBoolean(value) ? value.toLowerCase() === 'true' : value
}
