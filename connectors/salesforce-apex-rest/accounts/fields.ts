import { ConnectorError } from '../../../shared/errors.ts'
import { idPrefix } from '../../../shared/salesforce/id.ts'
import { firstProblems } from '../../../shared/problems.ts'
import { mostFields, tooManyFields } from '../../../shared/lifecycle/accounts/mostFields.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'

/** What is known of a field before the org describes it. */
export interface Field {
  readonly maxLength?: number
  /** Whether a value must stay once there is one: Salesforce cannot clear it. */
  readonly isRequired?: boolean
  /** Prefix of the id that a value must be. */
  readonly id?: string
}

/** Fields of User by Salesforce's own API names (documented: object reference, User). The org may have any others. */
export const fields: Readonly<Record<string, Field>> = {
  Id: {},
  Username: { maxLength: 80, isRequired: true },
  LastName: { maxLength: 80, isRequired: true },
  FirstName: { maxLength: 40 },
  MiddleName: { maxLength: 40 },
  Suffix: { maxLength: 40 },
  Name: {},
  CommunityNickname: { maxLength: 40, isRequired: true },
  Alias: { maxLength: 8, isRequired: true },
  Email: { maxLength: 128, isRequired: true },
  FederationIdentifier: { maxLength: 512 },
  EmployeeNumber: { maxLength: 20 },
  ProfileId: { isRequired: true },
  UserRoleId: {},
  Title: { maxLength: 80 },
  Department: { maxLength: 80 },
  Division: { maxLength: 80 },
  CompanyName: { maxLength: 80 },
  Phone: { maxLength: 40 },
  MobilePhone: { maxLength: 40 },
  Fax: { maxLength: 40 },
  Extension: { maxLength: 40 },
  Street: { maxLength: 255 },
  City: { maxLength: 40 },
  State: { maxLength: 80 },
  StateCode: {},
  PostalCode: { maxLength: 20 },
  Country: { maxLength: 80 },
  CountryCode: {},
  ManagerId: { id: idPrefix.user },
  DelegatedApproverId: {},
  ContactId: { id: '003' },
  AccountId: {},
  TimeZoneSidKey: { isRequired: true },
  LocaleSidKey: { isRequired: true },
  LanguageLocaleKey: { isRequired: true },
  EmailEncodingKey: { isRequired: true },
  SenderEmail: { maxLength: 80 },
  SenderName: { maxLength: 80 },
  CallCenterId: {},
  EmailPreferencesAutoBcc: {},
  UserPermissionsInteractionUser: {},
  UserPermissionsMarketingUser: {},
  UserPermissionsSupportUser: {},
  UserPermissionsKnowledgeUser: {},
  IsActive: {},
  UserType: {},
  LastLoginDate: {},
}

/** What enable, disable and delete own, and what nobody writes: such fields may be mapped so that the host is told of them. */
export const notWritten: readonly string[] = ['Id', 'IsActive']

/** Names of the older connector, in lower case: a profile and a role by their names. */
export const olderNames: Readonly<Record<string, string>> = {
  userprofile: 'ProfileId',
  userrole: 'UserRoleId',
}

const spelling = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))

/** One field as the host gave it. */
export interface MappedData {
  /** As the host spells it, and wants it back. */
  readonly name: string
  /** '' means: clear it. */
  readonly value: string
}

/** What the host wants an account to have, by API name. */
export type Fields = ReadonlyMap<string, MappedData>

/** The API name of a field, whatever its case; a name that is not known yet stays as it is. Undefined for what cannot be one. */
export function apiName(given: string): string | undefined {
  const name = given.trim()
  if (!/^[a-zA-Z]\w{0,79}$/.test(name)) return undefined
  const key = name.toLowerCase()
  const today = Object.hasOwn(olderNames, key) ? olderNames[key] : spelling.get(key)
  return today ?? name
}

/**
 * `Data` as fields. Throws `INVALID_INPUT` with one sentence for everything that cannot be in any org: a name that no field
 * can have, one that is given twice, a value that is no text. Which fields there are, the org says.
 */
export function readFields(data: JsonObject | undefined): Fields {
  const taken = new Set<string>()
  const given = Object.entries(data ?? {})
  const fits = createFit()
  const problems = [
    ...(given.every(([name]) => fits(name)) ? [] : [tooManyFields(given.length)]),
    ...given.flatMap(([name, value]) => problemWith(name, value, taken) ?? []),
  ]
  if (problems.length > 0) {
    throw new ConnectorError('INVALID_INPUT', firstProblems(problems, String).join('; ') + '.')
  }
  return new Map(
    given.map(([name, value]): [string, MappedData] => [
      apiName(name) ?? name,
      { name, value: textOf(value) ?? '' },
    ]),
  )
}

/** Characters of the names in one query: Salesforce takes addresses of 16,384 (documented: Request Limits), escapes included. */
const roomForNames = 8000

/** Tells of each name in turn whether one query can read it besides those before it. */
export function createFit(before: readonly string[] = []): (name: string) => boolean {
  let count = before.length
  let length = before.reduce((sum, name) => sum + name.length, 0)
  return (name) => {
    if (count >= mostFields || length + name.length > roomForNames) return false
    count++
    length += name.length
    return true
  }
}

/** What is wrong with a member of Data, whatever the org; `taken` are the names before it, in lower case, and gets its own. */
export function problemWith(given: string, value: unknown, taken: Set<string>): string | undefined {
  const member = `Data.${given.slice(0, 80)}`
  const name = apiName(given)?.toLowerCase()
  if (name === undefined) return `${member} cannot be a field of User`
  if (taken.has(name)) return `${member} is given twice, in another spelling`
  taken.add(name)
  return textOf(value) === undefined ? `${member} must be a text` : undefined
}

/** One value in a list is that value, as hosts wrap a field that is mapped as Array. Salesforce stores no blanks around a text. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) && value.length <= 1 && !isObject(value[0]) && !Array.isArray(value[0])
    ? textOf(value[0])
    : undefined
}

/** The API name of a field that a member of the context names. Throws `INVALID_INPUT` for what cannot be one. */
export function fieldNamed(given: string, member: string): string {
  const name = apiName(given)
  if (name !== undefined) return name
  throw new ConnectorError('INVALID_INPUT', `${member} [${given.slice(0, 80)}] cannot be a field of User`)
}
