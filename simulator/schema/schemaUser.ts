import type { Dialect } from '../dialect/dialect.ts'
import type { CustomField, Org } from '../org/org.ts'
import { emailEncodings, languages, locales, timeZones } from './picklists.ts'
import { countries, states } from './places.ts'
import { field, readOnly, reference, sobject } from './schema.ts'
import type { Field, SObject } from './schema.ts'

/** Feature licences: booleans of User that each take a seat of their own (documented: help 000387847). */
export const featureLicences: readonly { name: string; label: string }[] = [
  { name: 'UserPermissionsMarketingUser', label: 'Marketing User' },
  { name: 'UserPermissionsOfflineUser', label: 'Offline User' },
  { name: 'UserPermissionsKnowledgeUser', label: 'Knowledge User' },
  { name: 'UserPermissionsInteractionUser', label: 'Flow User' },
  { name: 'UserPermissionsSupportUser', label: 'Service Cloud User' },
  { name: 'UserPermissionsSFContentUser', label: 'Salesforce CRM Content User' },
  { name: 'UserPermissionsMobileUser', label: 'Apex Mobile User' },
]

const fields: readonly Field[] = [
  field('Username', 'string', { length: 80, required: true, idLookup: true, unique: true }),
  field('LastName', 'string', { length: 80, required: true, label: 'Last Name' }),
  field('FirstName', 'string', { length: 40, label: 'First Name' }),
  field('Name', 'string', {
    length: 121,
    label: 'Full Name',
    required: true,
    compute: (_org, row) =>
      [row['FirstName'], row['MiddleName'], row['LastName'], row['Suffix']].filter((part) => part).join(' '),
  }),
  field('CompanyName', 'string', { length: 80, label: 'Company Name' }),
  field('Division', 'string', { length: 80 }),
  field('Department', 'string', { length: 80 }),
  field('Title', 'string', { length: 80 }),
  field('Street', 'textarea', { length: 255 }),
  field('City', 'string', { length: 40 }),
  field('State', 'string', { length: 80, label: 'State/Province' }),
  field('PostalCode', 'string', { length: 20, label: 'Zip/Postal Code' }),
  field('Country', 'string', { length: 80 }),
  field('Email', 'email', { length: 128, required: true, idLookup: true }),
  field('EmailPreferencesAutoBcc', 'boolean', { required: true, label: 'AutoBcc' }),
  field('ReceivesInfoEmails', 'boolean', { required: true, label: 'Info Emails' }),
  field('ReceivesAdminInfoEmails', 'boolean', { required: true, label: 'Admin Info Emails' }),
  field('EmailPreferencesAutoBccStayInTouch', 'boolean', { required: true, label: 'AutoBccStayInTouch' }),
  field('EmailPreferencesStayInTouchReminder', 'boolean', { required: true, label: 'StayInTouchReminder' }),
  field('StayInTouchSubject', 'string', { length: 80, label: 'Stay-in-Touch Email Subject' }),
  field('StayInTouchSignature', 'textarea', { length: 512, label: 'Stay-in-Touch Email Signature' }),
  field('StayInTouchNote', 'string', { length: 512, label: 'Stay-in-Touch Email Note' }),
  field('SenderEmail', 'email', { length: 80, label: 'Email Sender Address' }),
  field('SenderName', 'string', { length: 80, label: 'Email Sender Name' }),
  field('Signature', 'textarea', { length: 1333, label: 'Email Signature', filterable: false }),
  field('AboutMe', 'textarea', { length: 1000, label: 'About Me' }),
  field('Phone', 'phone', { length: 40 }),
  field('Extension', 'phone', { length: 40 }),
  field('MobilePhone', 'phone', { length: 40, label: 'Mobile' }),
  field('Fax', 'phone', { length: 40 }),
  field('Alias', 'string', { length: 8, required: true }),
  field('CommunityNickname', 'string', { length: 40, required: true, label: 'Nickname' }),
  field('IsActive', 'boolean', { required: true, label: 'Active' }),
  field('TimeZoneSidKey', 'picklist', {
    length: 40,
    required: true,
    picklist: timeZones,
    label: 'Time Zone',
  }),
  field('LocaleSidKey', 'picklist', { length: 40, required: true, picklist: locales, label: 'Locale' }),
  field('EmailEncodingKey', 'picklist', {
    length: 40,
    required: true,
    picklist: emailEncodings,
    label: 'Email Encoding',
  }),
  field('LanguageLocaleKey', 'picklist', {
    length: 40,
    required: true,
    picklist: languages,
    label: 'Language',
  }),
  field('EmployeeNumber', 'string', { length: 20, label: 'Employee Number' }),
  field('FederationIdentifier', 'string', {
    length: 512,
    label: 'SAML Federation ID',
    idLookup: true,
    unique: true,
  }),
  field('ForecastEnabled', 'boolean', { required: true, label: 'Allow Forecasting' }),
  readOnly('UserType', 'picklist', { length: 40, label: 'User Type' }),
  field('IsPortalEnabled', 'boolean', {
    required: true,
    label: 'Is Portal Enabled',
    compute: (_org, row) => (row['ContactId'] ?? null) !== null,
  }),
  reference('ProfileId', 'Profile', { required: true }),
  reference('UserRoleId', 'UserRole', { label: 'Role ID' }),
  reference('ManagerId', 'User'),
  reference('DelegatedApproverId', ['Group', 'User']),
  field('CallCenterId', 'reference', { to: ['CallCenter'] }),
  reference('ContactId', 'Contact', { access: 'create' }),
  readOnly('AccountId', 'reference', { required: false, to: ['Account'], as: 'Account' }),
  ...featureLicences.map((each) => field(each.name, 'boolean', { required: true, label: each.label })),
  readOnly('LastLoginDate', 'datetime', { required: false }),
  readOnly('LastPasswordChangeDate', 'datetime', { required: false }),
  reference('CreatedById', 'User', { access: 'read', label: 'Created By ID' }),
  readOnly('CreatedDate', 'datetime'),
  readOnly('LastModifiedDate', 'datetime'),
  readOnly('SystemModstamp', 'datetime'),
]

/** Only where the org has enabled them (documented: object reference, User). */
const nameFields: readonly Field[] = [
  field('MiddleName', 'string', { length: 40, label: 'Middle Name' }),
  field('Suffix', 'string', { length: 40 }),
]

/** Only where the org has state and country picklists (documented: object reference, User). */
const placeFields: readonly Field[] = [
  field('CountryCode', 'picklist', { length: 10, label: 'Country Code', picklist: [...countries.keys()] }),
  field('StateCode', 'picklist', {
    length: 10,
    label: 'State/Province Code',
    picklist: [...states.values()].flatMap((each) => [...each.keys()]),
  }),
]

const standard = sobject('User', '005', (org) => org.users, 'cu', fields)

interface Made {
  count: number
  middleNames: boolean
  stateCountryPicklists: boolean
  type: SObject
}

const made = new WeakMap<readonly CustomField[], Made>()

/** User with the fields of the org's features and its own custom fields. */
export function userObject(org: Org, dialect: Dialect): SObject {
  const { middleNames, stateCountryPicklists } = dialect
  const kept = made.get(org.customFields)
  if (
    kept?.count === org.customFields.length &&
    kept.middleNames === middleNames &&
    kept.stateCountryPicklists === stateCountryPicklists
  )
    return kept.type
  const all = new Map(standard.fields)
  const more = [
    ...(middleNames ? nameFields : []),
    ...(stateCountryPicklists ? placeFields : []),
    ...org.customFields.map(customField),
  ]
  for (const each of more) all.set(each.name.toLowerCase(), each)
  const type = { ...standard, fields: all }
  made.set(org.customFields, { count: org.customFields.length, middleNames, stateCountryPicklists, type })
  return type
}

function customField({ name, label, type, length, picklist = [], to, ...rules }: CustomField): Field {
  const isNumber = type === 'double' || type === 'currency' || type === 'percent'
  const digits = isNumber ? { precision: 18, scale: 2 } : {}
  const required = rules.required ?? type === 'boolean'
  return field(name, type, {
    label,
    picklist,
    required,
    ...(length > 0 && { length }),
    ...(to !== undefined && { to: [to], as: name.replace(/__c$/, '__r') }),
    ...(rules.externalId === true && { externalId: true, idLookup: true, unique: true }),
    ...(rules.readOnly === true && { access: 'read' }),
    ...digits,
  })
}
