import { ConnectorError } from '../../../shared/errors.ts'
import {
  type Description,
  type FieldDescription,
  numberTypes,
} from '../../../shared/salesforce/description.ts'
import { isId } from '../../../shared/salesforce/id.ts'
import { nearest } from '../../../shared/validate.ts'

/** The sentence for a name that is no field, with the nearest that is one. `member` is what named it: `Data.Titel`. */
export function noField(name: string, member: string, description: Description): string {
  const near = nearest(
    name,
    [...description.values()].map((field) => field.name),
  )
  return `${member} is not a field of User in this org${near === undefined ? '' : `: is ${near} meant?`}`
}

/** Throws `INVALID_INPUT` with one sentence for everything that Salesforce would refuse. */
export function checkValues(
  values: ReadonlyMap<string, string>,
  description: Description,
  purpose: 'create' | 'update',
  nameOf: (field: string) => string,
): void {
  const problems = problemsWith(values, description, purpose, nameOf)
  const missing = purpose === 'create' ? missingFields(values, description) : []
  if (missing.length > 0) {
    problems.push(
      `this org requires ${missing.map((name) => `Data.${nameOf(name)}`).join(', ')} for a new user: map a value`,
    )
  }
  if (problems.length > 0) throw new ConnectorError('INVALID_INPUT', problems.join('; ') + '.')
}

/**
 * What Salesforce would refuse of these values, a sentence for each. `nameOf` gives the name that the host knows a field by.
 * Empty values are for clearing; in a create they are left out.
 */
function problemsWith(
  values: ReadonlyMap<string, string>,
  description: Description,
  purpose: 'create' | 'update',
  nameOf: (field: string) => string,
): string[] {
  return [...values].flatMap(([name, value]) => {
    const member = `Data.${nameOf(name)}`
    const field = description.get(name.toLowerCase())
    if (field === undefined) return noField(name, member, description)
    if (value === '' && purpose === 'create') return []
    if (!(purpose === 'create' ? field.isCreateable : field.isUpdateable)) {
      return purpose === 'update' && field.isCreateable
        ? `${member} cannot be changed once the user exists`
        : `${member} is read only for the integration user`
    }
    if (value === '') {
      return field.isNillable || field.type === 'boolean'
        ? []
        : `${member} is empty: Salesforce requires a value. Map one, or leave the field out`
    }
    const problem = problemWith(value, field)
    return problem === undefined ? [] : `${member} ${problem}`
  })
}

const texts = ['string', 'textarea', 'phone', 'url', 'email', 'encryptedstring', 'combobox']
/** So many allowed values are shown. */
const shownValues = 12

function problemWith(value: string, { type, length, values }: FieldDescription): string | undefined {
  const shown = `[${value.slice(0, 80)}]`
  if (type === 'boolean') return /^(true|false)$/i.test(value) ? undefined : `${shown} must be true or false`
  if (numberTypes.includes(type))
    return Number.isFinite(Number(value)) ? undefined : `${shown} must be a number`
  if (type === 'date') {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
      ? undefined
      : `${shown} must be a date such as 2026-12-31`
  }
  if (type === 'datetime' && Number.isNaN(Date.parse(value))) return `${shown} must be a date and time`
  if (type === 'reference' && !isId(value)) {
    return `${shown} is not a Salesforce id: expected 15 or 18 letters and digits`
  }
  if (type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return 'must have the form of an e-mail address'
  }
  if (texts.includes(type) && length > 0 && value.length > length) {
    return `has ${value.length} characters: Salesforce takes ${length}`
  }
  if (values !== undefined) {
    const chosen = type === 'multipicklist' ? value.split(';') : [value]
    const wrong = chosen.filter((one) => !values.includes(one))
    if (wrong.length > 0)
      return `[${wrong.join(';').slice(0, 80)}] is not in the picklist: ${offered(wrong[0] ?? '', values)}`
  }
  return undefined
}

function offered(wrong: string, values: readonly string[]): string {
  if (values.length <= shownValues) return `expected one of ${values.join(', ')}`
  const near = nearest(wrong, values)
  const some = `expected one of ${values.slice(0, shownValues).join(', ')} … (${values.length} values)`
  return near === undefined ? some : `is ${near} meant? Otherwise ${some}`
}

/** The fields that a new user must have and `values` lacks; a checkbox always has a value. */
function missingFields(values: ReadonlyMap<string, string>, description: Description): string[] {
  const given = new Set([...values].filter(([, value]) => value !== '').map(([name]) => name.toLowerCase()))
  return [...description]
    .filter(([key, field]) => {
      const isRequired = field.isCreateable && !field.isNillable && !field.isDefaultedOnCreate
      // Salesforce makes a nickname where none is given (general knowledge; its description does not say so).
      return isRequired && field.type !== 'boolean' && key !== 'communitynickname' && !given.has(key)
    })
    .map(([, field]) => field.name)
}
