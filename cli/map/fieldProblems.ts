import { nearest } from '../../shared/validate.ts'
import {
  canBeField,
  type FieldRules,
  formProblem,
  isId,
  nameFor,
  ruleOf,
  takesApiNames,
} from '../lib/userFields.ts'

/**
 * What Salesforce, or the connector before it, will not take of a field's value; undefined for a value that may be fine.
 * Values of the org's own lists (state, country, which languages it has) only the org knows.
 */
export function problemWith(name: string, value: string, rules: FieldRules): string | undefined {
  const rule = ruleOf(rules, name)
  if (rule === undefined) return nameProblem(name, rules)
  if (value === '') return undefined
  const { maxLength, id } = rule
  if (maxLength !== undefined && value.length > maxLength) {
    return `has ${value.length} characters: Salesforce takes ${maxLength}`
  }
  if (id !== undefined && !(isId(value) && value.startsWith(id))) {
    return `is not a Salesforce id that begins with ${id}`
  }
  return formProblem(rule, value)
}

/** Families of fields whose names differ by a word: near to each other, and none a mistake for another. */
const families = /^(UserPermissions|UserPreferences|EmailPreferences)/i

/** A name that the connector does not know: one that no org has, or that is near to one that it knows. */
function nameProblem(name: string, rules: FieldRules): string | undefined {
  if (/__c$/i.test(name) && canBeField(rules, name)) return undefined
  const near = families.test(name) ? undefined : nearest(name, [...rules.keys()])
  if (near !== undefined) return `is not a field: is ${near} meant?`
  if (canBeField(rules, name)) return undefined
  return takesApiNames(rules) ? 'cannot be a field of User' : 'is not a field; custom fields end in __c'
}

/** SCIM gives the last name in one of two forms. */
const scimLastNames = ['familyName', 'familyNameFormatted']

/** What a new user must have and these fields do not, by the connector's names. `hasProfile`: the settings name one. */
export function missingForCreate(
  values: ReadonlyMap<string, string>,
  hasProfile: boolean,
  rules: FieldRules,
): string[] {
  const own = scimLastNames.filter((name) => rules.has(name))
  const lastNames = own.length > 0 ? own : [nameFor(rules, 'LastName')]
  const [userName, email, profile] = ['Username', 'Email', 'ProfileId'].map((field) => nameFor(rules, field))
  const filled = new Set(
    [...values].filter(([, value]) => value !== '').map(([name]) => canonical(name, rules)),
  )
  return [
    ...[userName, email].flatMap((name = '') => (filled.has(name) ? [] : [name])),
    ...(lastNames.some((name) => filled.has(name)) ? [] : [lastNames.join(' or ')]),
    ...(hasProfile || filled.has(profile ?? '') ? [] : [`${profile} (or the setting DefaultProfile)`]),
  ]
}

/** The connector's own name of a field, whatever its case, and whichever of several names is given. */
function canonical(name: string, rules: FieldRules): string {
  const { userField } = ruleOf(rules, name) ?? {}
  if (userField !== undefined) return nameFor(rules, userField)
  return [...rules.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
}
