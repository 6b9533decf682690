import { ConnectorError } from '../../../shared/errors.ts'
import { dayOf, momentOf } from '../../../shared/salesforce/dateTime.ts'
import {
  type Description,
  type FieldDescription,
  numberTypes,
} from '../../../shared/salesforce/description.ts'
import { idPrefix, isId } from '../../../shared/salesforce/id.ts'
import { nearest } from '../../../shared/validate.ts'

/** The sentence for a name that is no field, with the nearest that is one. `member` is what named it: `Data.Titel`. */
export function noField(name: string, member: string, description: Description): string {
  const near = nearest(
    name,
    [...description.values()].map((field) => field.name),
  )
  return `${member} is not a field of User in this org${near === undefined ? '' : `: is ${near} meant?`}`
}

/** How values are going to be written. */
export interface Writing {
  readonly purpose: 'create' | 'update'
  /** Whether by the integration user itself: a resource of the customer's own may write what that user may not. */
  readonly isDirect: boolean
}

/**
 * Throws `INVALID_INPUT` with one sentence for everything that Salesforce would refuse, and `FORBIDDEN` where it would refuse
 * any user. `nameOf` gives the name that the host knows a field by; `known` are problems that were found before.
 */
export function checkValues(
  values: ReadonlyMap<string, string>,
  description: Description,
  writing: Writing,
  nameOf: (field: string) => string,
  known: readonly string[],
): void {
  checkRight(description, writing)
  const problems = [...known, ...problemsWith(values, description, writing, nameOf)]
  const missing = writing.purpose === 'create' ? missingFields(values, description) : []
  if (missing.length > 0) {
    problems.push(
      `this org requires ${missing.map((name) => `Data.${nameOf(name)}`).join(', ')} for a new user: map a value`,
    )
  }
  refuse(problems)
}

function isWritten(field: FieldDescription, { purpose, isDirect }: Writing): boolean {
  return !isDirect || (purpose === 'create' ? field.isCreateable : field.isUpdateable)
}

/** Who may not write users at all, may write none of their fields (general knowledge). */
function checkRight(description: Description, writing: Writing): void {
  if ([...description.values()].some((field) => isWritten(field, writing))) return
  throw new ConnectorError(
    'FORBIDDEN',
    `the integration user may not ${writing.purpose === 'create' ? 'create' : 'change'} users: give it the right Manage Internal Users (Setup > Permission Sets)`,
  )
}

/** Throws `INVALID_INPUT` with one sentence for all of the problems, if there are any. */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new ConnectorError('INVALID_INPUT', problems.join('; ').replace(/(?<!\?)$/, '.'))
}

/** What Salesforce would refuse of these values, a sentence for each. Empty ones are for clearing; a create leaves them out. */
function problemsWith(
  values: ReadonlyMap<string, string>,
  description: Description,
  writing: Writing,
  nameOf: (field: string) => string,
): string[] {
  const { purpose } = writing
  return [...values].flatMap(([name, value]) => {
    const member = `Data.${nameOf(name)}`
    const field = description.get(name.toLowerCase())
    if (field === undefined) return noField(name, member, description)
    if (value === '' && purpose === 'create') return []
    if (!isWritten(field, writing)) {
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
export function problemWith(value: string, field: FieldDescription): string | undefined {
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
  if ((type === 'email' || name === 'Username') && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return 'must have the form of an e-mail address'
  }
  if (values !== undefined) {
    const chosen = type === 'multipicklist' ? value.split(';').map((one) => one.trim()) : [value]
    const wrong = chosen.filter((one) => !values.includes(one))
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
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value) && Number.isFinite(Number(value))
  if (!isNumber) return `${shown} must be a number such as 1234.5`
  const isWhole = Number.isInteger(Number(value))
  if (type === 'int' || type === 'long') return isWhole ? undefined : `${shown} must be a whole number`
  if (precision === 0) return undefined
  if (Math.abs(Number(value)) >= 10 ** (precision - scale)) {
    return `${shown} is too large: Salesforce takes ${precision - scale} digits before the point`
  }
  const decimals = isWhole ? 0 : (/\.(\d*?)0*$/.exec(value)?.[1]?.length ?? 0)
  return decimals > scale ? `${shown} has ${decimals} decimals: Salesforce takes ${scale}` : undefined
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

/**
 * The org's own fields that a new user must have and `values` lacks. What Salesforce itself requires is seen to before: of its
 * own fields a description also calls required what nobody has to give, such as a nickname (general knowledge).
 */
function missingFields(values: ReadonlyMap<string, string>, description: Description): string[] {
  const given = new Set([...values].filter(([, value]) => value !== '').map(([name]) => name.toLowerCase()))
  return [...description]
    .filter(([key, field]) => {
      const isRequired = key.endsWith('__c') && !field.isNillable && !field.isDefaultedOnCreate
      return isRequired && field.isCreateable && field.type !== 'boolean' && !given.has(key)
    })
    .map(([, field]) => field.name)
}
