import { meant, nearest } from '../../validate.ts'
import { dayOf, momentOf } from './dateTime.ts'
import { type Description, type FieldDescription, numberTypes } from './description.ts'
import { idPrefix, isId } from '../id.ts'

const texts = ['string', 'textarea', 'phone', 'url', 'email', 'encryptedstring', 'combobox', 'picklist']
/** So many allowed values are shown. */
const shownValues = 12

/** What the ids of an object begin with, of those that a field of User may refer to. */
const prefixes: Readonly<Record<string, string>> = {
  User: idPrefix.user,
  Profile: idPrefix.profile,
  UserRole: idPrefix.role,
  Group: idPrefix.group,
  Account: '001',
  Contact: '003',
  CallCenter: '04v',
}

/** What Salesforce would refuse of one value that is not empty: a sentence that goes on behind the name of its field. */
export function problemWithValue(value: string, field: FieldDescription): string | undefined {
  const { name, type, length, values } = field
  const shown = `[${value.slice(0, 80)}]`
  if (type === 'boolean') return /^(true|false)$/i.test(value) ? undefined : `${shown} must be true or false`
  if (numberTypes.includes(type)) return problemWithNumber(value, field)
  if (type === 'date' && dayOf(value) === undefined) return `${shown} must be a date such as 2026-12-31`
  if (type === 'datetime' && momentOf(value) === undefined) {
    return `${shown} must be a date and time such as 2026-12-31T18:00:00Z`
  }
  if (type === 'reference' || type === 'id') return problemWithReference(value, field)
  // A user name is described as a text, and has to have that form (documented: User.Username).
  if ((type === 'email' || name === 'Username') && !/^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/.test(value)) {
    return 'must have the form of an e-mail address'
  }
  if (values !== undefined) {
    const chosen = type === 'multipicklist' ? value.split(';').map((one) => one.trim()) : [value]
    const allowed = new Set(values)
    const wrong = chosen.filter((one) => !allowed.has(one))
    return wrong.length === 0
      ? undefined
      : `[${wrong.join(';').slice(0, 80)}] is not in the picklist: ${offered(wrong[0] ?? '', values)}`
  }
  if (texts.includes(type) && length > 0 && value.length > length) {
    return `has ${value.length} characters: Salesforce takes ${length}`
  }
  return undefined
}

function problemWithNumber(value: string, { type, precision, scale }: FieldDescription): string | undefined {
  const shown = `[${value.slice(0, 80)}]`
  const isNumber =
    /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(value) && Number.isFinite(Number(value))
  if (!isNumber) return `${shown} must be a number such as 1234.5`
  const isWhole = Number.isInteger(Number(value))
  if (type === 'int' || type === 'long') return isWhole ? undefined : `${shown} must be a whole number`
  if (precision === 0) return undefined
  if (Math.abs(Number(value)) >= 10 ** (precision - scale)) {
    return `${shown} is too large: Salesforce takes ${precision - scale} digits before the point`
  }
  const decimals = isWhole ? 0 : decimalsOf(value)
  return decimals > scale ? `${shown} has ${decimals} decimals: Salesforce takes ${scale}` : undefined
}

/** How many decimals a number has, without zeros at its end. */
function decimalsOf(value: string): number {
  const decimals = /\.(\d*)$/.exec(value)?.[1] ?? ''
  let count = decimals.length
  while (decimals[count - 1] === '0') count--
  return count
}

function problemWithReference(value: string, { referenceTo }: FieldDescription): string | undefined {
  const shown = `[${value.slice(0, 80)}]`
  if (!isId(value)) return `${shown} is not a Salesforce id: expected 15 or 18 letters and digits`
  const known = referenceTo.flatMap((name) => prefixes[name] ?? [])
  // Only where all of them are known, it is known that it is none of them.
  if (known.length < referenceTo.length || known.length === 0) return undefined
  return known.some((prefix) => value.startsWith(prefix))
    ? undefined
    : `${shown} is the id of something else: expected one of ${referenceTo.join(' or ')}, which begins with ${known.join(' or ')}`
}

function offered(wrong: string, values: readonly string[]): string {
  if (values.length <= shownValues) return `expected one of ${values.join(', ')}`
  const near = nearest(wrong, values)
  const some = `expected one of ${values.slice(0, shownValues).join(', ')} … (${values.length} values)`
  return near === undefined ? some : `is ${near} meant? Otherwise ${some}`
}

/** Goes on behind a name that is no field: the nearest that is one, as a question; '' where none is near. */
export function fieldMeant(name: string, description: Description): string {
  const names = [...description.values()].map((field) => field.name)
  return meant(nearest(name, names))
}

/**
 * The org's own fields that a new user must have. What Salesforce itself requires is seen to before: of its own fields a
 * description also calls required what nobody has to give, such as a nickname (general knowledge). A checkbox always has a value.
 */
export function requiredFields(description: Description): string[] {
  return [...description.values()].flatMap((field) => {
    const { name, type, isNillable, isDefaultedOnCreate, isCreateable } = field
    const isRequired = name.endsWith('__c') && !isNillable && !isDefaultedOnCreate && isCreateable
    return isRequired && type !== 'boolean' ? name : []
  })
}
