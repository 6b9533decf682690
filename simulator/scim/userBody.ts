import type { Context } from '../context.ts'
import { isObject, member } from '../http.ts'
import type { JsonObject } from '../http.ts'
import { customUser, enterpriseUser, externalUser, salesforceUser, salesforceUser2 } from './names.ts'

/** What a body asks for, in Salesforce's field names. A list is undefined where the body does not mention it. */
export interface UserWrite {
  record: Record<string, unknown>
  entitlements: string[] | undefined
  roles: string[] | undefined
  groups: string[] | undefined
  password: string | undefined
  /** What is wrong with the body, as `CODE:text` items. */
  problems: string[]
}

const plain: Readonly<Record<string, string>> = {
  nickName: 'CommunityNickname',
  title: 'Title',
  preferredLanguage: 'LanguageLocaleKey',
  locale: 'LocaleSidKey',
  timezone: 'TimeZoneSidKey',
  emailEncodingKey: 'EmailEncodingKey',
}

const enterprise: Readonly<Record<string, string>> = {
  employeeNumber: 'EmployeeNumber',
  division: 'Division',
  department: 'Department',
}

/**
 * Reads the members of a user that a write may set. A PATCH ignores, as the dialect says, what native
 * Salesforce may ignore there.
 */
export function readUserBody(
  context: Context,
  body: JsonObject,
  verb: 'create' | 'put' | 'patch',
): UserWrite {
  const { dialect } = context
  const write: UserWrite = {
    record: {},
    entitlements: readValues(body, 'entitlements'),
    roles: readValues(body, 'roles'),
    groups: readValues(body, 'groups'),
    password: undefined,
    problems: [],
  }
  const { record } = write
  const patching = verb === 'patch'
  const takeText = (source: JsonObject, name: string, field: string): void => {
    const value = member(source, name)
    if (value === undefined) return
    // pilot: null and "" clear a text; Ping documents that nothing is cleared
    if (patching && (value === null || value === '') && dialect.clearText === 'ignored') return
    record[field] = value
  }

  if (!patching || dialect.patchUserName === 'apply') takeText(body, 'userName', 'Username')
  if (!patching || dialect.patchExternalId === 'apply') takeText(body, 'externalId', 'FederationIdentifier')
  for (const [name, field] of Object.entries(plain)) takeText(body, name, field)
  const name = member(body, 'name')
  if (isObject(name)) {
    takeText(name, 'familyName', 'LastName')
    takeText(name, 'givenName', 'FirstName')
    for (const each of ['middleName', 'honorificPrefix', 'honorificSuffix']) {
      if (member(name, each) !== undefined) write.problems.push(`UNSUPPORTED_FIELD:name.${each};`)
    }
  }
  readActive(body, write)
  readEmails(body, write, patching)
  readAddresses(body, write, patching)
  if (!patching || dialect.patchPhoneNumbers === 'apply') readPhones(context, body, write, verb)
  const password = member(body, 'password')
  if (typeof password === 'string') write.password = password
  readEnterprise(context, body, write, takeText)
  readAlias(context, body, write, verb)
  const external = member(body, externalUser)
  if (isObject(external)) takeText(external, 'contactId', 'ContactId')
  const custom = member(body, customUser(context))
  if (isObject(custom)) {
    for (const [field, value] of Object.entries(custom)) record[field] = customValue(context, field, value)
  }
  return write
}

/** The `value`s of a list of `{ value }`, or of plain texts. */
function readValues(body: JsonObject, name: string): string[] | undefined {
  const list = member(body, name)
  if (list === undefined) return undefined
  const items: unknown[] = Array.isArray(list) ? list : [list]
  return items.flatMap((item) => {
    const value = isObject(item) ? member(item, 'value') : item
    return typeof value === 'string' ? [value] : []
  })
}

function readActive(body: JsonObject, write: UserWrite): void {
  const active = member(body, 'active')
  if (active === undefined) return
  if (typeof active === 'boolean') write.record['IsActive'] = active
  // pilot, word for word, with the names of its parser's tokens
  else write.problems.push(`Expecting BOOLEAN But Found ${tokenOf(active)} while parsing active`)
}

function tokenOf(value: unknown): string {
  if (value === null) return 'VALUE_NULL'
  if (typeof value === 'string') return 'VALUE_STRING'
  if (typeof value === 'number') return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'}`
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT'
}

/** Pilot: one e-mail address, one address; its PATCH says so in other words than its POST and PUT. */
function readEmails(body: JsonObject, write: UserWrite, patching: boolean): void {
  const emails = member(body, 'emails')
  if (emails === undefined) return
  // pilot: plain texts are taken too, a habit from v1
  const values = readValues(body, 'emails') ?? []
  if (values.length > 1) {
    write.problems.push(
      patching ? 'INVALID: User can only have one email' : 'INVALID:only_a_single_email_is_allowed;',
    )
  }
  // also where there are several: what is refused already is not missing as well (pilot)
  if (values[0] !== undefined) write.record['Email'] = values[0]
}

function readAddresses(body: JsonObject, write: UserWrite, patching: boolean): void {
  const addresses = member(body, 'addresses')
  if (addresses === undefined) return
  const list: unknown[] = Array.isArray(addresses) ? addresses : [addresses]
  if (list.length > 1) {
    write.problems.push(
      patching ? 'INVALID: User can only have one address' : 'INVALID:only_a_single_address_is_allowed;',
    )
    return
  }
  const address = list[0]
  if (!isObject(address)) return
  const fields = {
    streetAddress: 'Street',
    locality: 'City',
    region: 'State',
    postalCode: 'PostalCode',
    country: 'Country',
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = member(address, name)
    if (value !== undefined) write.record[field] = value
  }
}

const phoneFields: Readonly<Record<string, string>> = { work: 'Phone', mobile: 'MobilePhone', fax: 'Fax' }

function readPhones(context: Context, body: JsonObject, write: UserWrite, verb: string): void {
  const phones = member(body, 'phoneNumbers')
  if (phones === undefined) return
  const list: unknown[] = Array.isArray(phones) ? phones : [phones]
  if (list.length > 1) {
    // documented: one phone number per write (identity_scim_update_users); the text is the pilot's, without an end
    write.problems.push('INVALID:only_a_single_phone_is_allowed')
    return
  }
  const wipe = verb === 'patch' && context.dialect.phoneReplace === 'wipe-others'
  if (wipe) Object.assign(write.record, { Phone: null, MobilePhone: null, Fax: null })
  const phone = list[0]
  if (!isObject(phone)) return
  const type = member(phone, 'type') ?? 'work'
  const field = typeof type === 'string' ? phoneFields[type.toLowerCase()] : undefined
  if (field === undefined) write.problems.push(`INVALID:phone_number_type_${String(type)};`)
  else write.record[field] = member(phone, 'value') ?? null
}

/** Assumed, as the pilot casts to the field's type: over SCIM a text of digits does for a number. */
function customValue(context: Context, name: string, value: unknown): unknown {
  const field = context.org.customFields.find((each) => each.name.toLowerCase() === name.toLowerCase())
  const isNumber = field?.type === 'double' && typeof value === 'string' && value.trim() !== ''
  return isNumber && Number.isFinite(Number(value)) ? Number(value) : value
}

function readEnterprise(
  context: Context,
  body: JsonObject,
  write: UserWrite,
  takeText: (source: JsonObject, name: string, field: string) => void,
): void {
  const nested = member(body, enterpriseUser)
  const sources = [isObject(nested) ? nested : {}]
  // pilot: names match at any depth, so flat members land too
  if (context.dialect.flatEnterpriseAttributes) sources.push(body)
  for (const source of sources) {
    for (const [name, field] of Object.entries(enterprise)) takeText(source, name, field)
    if (member(source, 'costCenter') !== undefined) write.problems.push('UNSUPPORTED_FIELD:costCenter;')
    const manager = member(source, 'manager')
    if (manager !== undefined) {
      write.record['ManagerId'] = isObject(manager) ? (member(manager, 'value') ?? null) : manager
    }
    const approver = member(source, 'delegatedApprover')
    if (isObject(approver)) {
      // conflict: the pilot writes it as delegatedApproverId but its PATCH reads `value`
      const id = member(approver, 'delegatedApproverId') ?? member(approver, 'value') ?? null
      write.record['DelegatedApproverId'] = id
    } else if (approver === null) write.record['DelegatedApproverId'] = null
  }
}

function readAlias(context: Context, body: JsonObject, write: UserWrite, verb: string): void {
  const { aliasUrnOnPost } = context.dialect
  const urns: string[] = []
  if (verb === 'patch' || aliasUrnOnPost !== '2.0') urns.push(salesforceUser)
  if (verb !== 'patch' && aliasUrnOnPost !== '1.0') urns.push(salesforceUser2)
  for (const urn of urns) {
    const extension = member(body, urn)
    const alias = isObject(extension) ? member(extension, 'alias') : undefined
    // pilot: longer aliases are cut off at 8 without a word
    if (typeof alias === 'string') write.record['Alias'] = alias.slice(0, 8)
  }
}
