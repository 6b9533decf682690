import { ConnectorError } from '../../../shared/errors.ts'
import { idPrefix, isId } from '../../../shared/salesforce/id.ts'
import { enterprise, salesforce } from '../../../shared/scim/attribute.ts'
import type { Comparison } from '../../../shared/plan.ts'
import { createProblemList } from '../../../shared/problems.ts'
import { mostFields, tooManyFields } from '../../../shared/lifecycle/accounts/mostFields.ts'
import { type JsonObject, nearest } from '../../../shared/validate.ts'

/** One field that a mapping can fill: what it is in SCIM and on the User object, and how its values behave. */
export interface Field {
  /** Absent where SCIM has none. */
  readonly attribute?: string
  /** The User object's field, for what SCIM does not take. Absent for what nobody can write. */
  readonly userField?: string
  readonly comparison?: Comparison
  readonly maxLength?: number
  /** Whether a value must stay once there is one: Salesforce cannot clear it. */
  readonly isRequired?: boolean
  /** Prefix of the id that a value must be. */
  readonly id?: string
}

/** The fields by the names that mappings, Data and import use. */
export const fields: Readonly<Record<string, Field>> = {
  id: { attribute: 'id', comparison: 'id' },
  userName: {
    attribute: 'userName',
    userField: 'Username',
    comparison: 'caseless',
    maxLength: 80,
    isRequired: true,
  },
  externalId: { attribute: 'externalId', userField: 'FederationIdentifier', maxLength: 512 },
  employeeNumber: { attribute: enterprise('employeeNumber'), userField: 'EmployeeNumber', maxLength: 20 },
  givenName: { attribute: 'name.givenName', userField: 'FirstName', maxLength: 40 },
  // Together they are LastName: see `lastNameOf`.
  familyName: { maxLength: 80 },
  familyNamePrefix: { maxLength: 40 },
  familyNameFormatted: { maxLength: 80 },
  displayName: { attribute: 'displayName' },
  nickName: { attribute: 'nickName', userField: 'CommunityNickname', maxLength: 40 },
  alias: { attribute: salesforce('alias'), userField: 'Alias', maxLength: 8, isRequired: true },
  emailAddress: {
    attribute: 'emails',
    userField: 'Email',
    comparison: 'caseless',
    maxLength: 128,
    isRequired: true,
  },
  emailAddressType: {},
  isEmailPrimary: {},
  phone: { attribute: 'phoneNumbers.work', userField: 'Phone', maxLength: 40 },
  mobilePhone: { attribute: 'phoneNumbers.mobile', userField: 'MobilePhone', maxLength: 40 },
  mobilePhoneType: {},
  fax: { attribute: 'phoneNumbers.fax', userField: 'Fax', maxLength: 40 },
  title: { attribute: 'title', userField: 'Title', maxLength: 80 },
  department: { attribute: enterprise('department'), userField: 'Department', maxLength: 80 },
  division: { attribute: enterprise('division'), userField: 'Division', maxLength: 80 },
  companyName: { userField: 'CompanyName', maxLength: 80 },
  streetAddress: { attribute: 'addresses.streetAddress', userField: 'Street', maxLength: 255 },
  city: { attribute: 'addresses.locality', userField: 'City', maxLength: 40 },
  state: { attribute: 'addresses.region', userField: 'State', maxLength: 80 },
  postalCode: { attribute: 'addresses.postalCode', userField: 'PostalCode', maxLength: 20 },
  country: { attribute: 'addresses.country', userField: 'Country', maxLength: 80 },
  manager: { attribute: enterprise('manager'), userField: 'ManagerId', comparison: 'id', id: idPrefix.user },
  delegatedApprover: {
    attribute: enterprise('delegatedApprover'),
    userField: 'DelegatedApproverId',
    comparison: 'id',
    id: idPrefix.user,
  },
  locale: { attribute: 'locale', userField: 'LocaleSidKey', isRequired: true },
  preferredLanguage: { attribute: 'preferredLanguage', userField: 'LanguageLocaleKey', isRequired: true },
  timezone: { attribute: 'timezone', userField: 'TimeZoneSidKey', isRequired: true },
  emailEncodingKey: { attribute: 'emailEncodingKey', userField: 'EmailEncodingKey', isRequired: true },
  profile: {
    attribute: 'entitlements.profile',
    userField: 'ProfileId',
    comparison: 'id',
    isRequired: true,
  },
  role: { attribute: 'roles', userField: 'UserRoleId', comparison: 'id' },
  userType: { attribute: 'userType' },
  active: { attribute: 'active', userField: 'IsActive', comparison: 'typed' },
  senderEmail: { userField: 'SenderEmail', comparison: 'caseless', maxLength: 80 },
  callCenter: { userField: 'CallCenterId', comparison: 'id' },
  // Read by the import, from the REST API; enable and disable own the first, nobody writes the others.
  isFrozen: {},
  lastLoginDate: {},
  userLicense: {},
}

/** Custom fields, those of managed packages (`ns__Name__c`) among them. */
export function isCustom(name: string): boolean {
  return /^[a-zA-Z]\w*__c$/.test(name)
}

/** What the host wants an account to have: texts by field name; '' means: clear it. */
export type Fields = ReadonlyMap<string, string>

/**
 * `Data` as fields in their own spelling. Throws `INVALID_INPUT` with one sentence for everything that cannot be: a name
 * that is no field (with the nearest that is), one that is given twice, a value that is no text, one that is too long.
 */
export function readFields(data: JsonObject | undefined): Fields {
  const read = new Map<string, string>()
  const problems = createProblemList()
  const taken = new Set<string>()
  const entries = Object.entries(data ?? {})
  if (entries.length > mostFields) problems.add(() => tooManyFields(entries.length))
  for (const [given, value] of entries) {
    const name = ownName(given)
    const text = textOf(value)
    if (name === undefined) {
      problems.add(() => noField(given))
    } else if (taken.has(name.toLowerCase())) {
      problems.add(() => `Data.${given.slice(0, 80)} is given twice, in another spelling`)
    } else if (text === undefined) {
      problems.add(() => `Data.${name} must be a text`)
    } else {
      const problem = problemWith(name, text)
      if (problem !== undefined) problems.add(() => problem)
      read.set(name, text)
    }
    if (name !== undefined) taken.add(name.toLowerCase())
  }
  if (problems.count > 0) throw new ConnectorError('INVALID_INPUT', problems.sentences().join('; ') + '.')
  return read
}

const spelling = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))

/** A field in its own spelling; undefined for a name that is none. */
export function ownName(given: string): string | undefined {
  return spelling.get(given.toLowerCase()) ?? (isCustom(given) ? given : undefined)
}

/** The sentence for a name in Data that is no field, with the nearest that is one. */
export function noField(given: string): string {
  const near = nearest(given, Object.keys(fields))
  return `Data.${given.slice(0, 80)} is not a field${near === undefined ? '; custom fields end in __c' : `: is ${near} meant?`}`
}

function problemWith(name: string, text: string): string | undefined {
  const { maxLength, id } = fields[name] ?? {}
  if (maxLength !== undefined && text.length > maxLength) {
    return `Data.${name} has ${text.length} characters: Salesforce takes ${maxLength}`
  }
  if (id !== undefined && text !== '' && !isId(text, id)) {
    return `Data.${name} [${text.slice(0, 80)}] is not a Salesforce id: expected 15 or 18 letters and digits that begin with ${id}`
  }
  if (
    (name === 'userName' || name === 'emailAddress') &&
    text !== '' &&
    !/^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/.test(text)
  ) {
    return `Data.${name} must have the form of an e-mail address`
  }
  return undefined
}

/**
 * One value in a list is that value: hosts wrap it so for a field that is mapped as Array. Salesforce stores no blanks around
 * a text (general knowledge): with them, a value would differ from itself for ever.
 */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) && value.length <= 1 && !Array.isArray(value[0]) ? textOf(value[0]) : undefined
}

/** The field's own spelling; throws `INVALID_INPUT` naming the member it came from and the nearest field. */
export function fieldNamed(given: string, member: string): string {
  const own = ownName(given)
  if (own !== undefined) return own
  const near = nearest(given, Object.keys(fields))
  throw new ConnectorError(
    'INVALID_INPUT',
    `${member} [${given.slice(0, 80)}] is not a field${near === undefined ? '' : `: is ${near} meant?`}`,
  )
}
