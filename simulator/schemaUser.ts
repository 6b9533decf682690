import type { CustomField, Org } from './org.ts'
import { emailEncodings, languages, locales, timeZones } from './picklists.ts'
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
  field('Username', 'string', { length: 80, required: true, idLookup: true }),
  field('LastName', 'string', { length: 80, required: true, label: 'Last Name' }),
  field('FirstName', 'string', { length: 40, label: 'First Name' }),
  field('Name', 'string', {
    length: 121,
    label: 'Full Name',
    compute: (_org, row) => [row['FirstName'], row['LastName']].filter((part) => part).join(' '),
  }),
  field('CompanyName', 'string', { length: 80, label: 'Company Name' }),
  field('Division', 'string', { length: 80 }),
  field('Department', 'string', { length: 80 }),
  field('Title', 'string', { length: 80 }),
  field('Street', 'textarea', { length: 255 }),
  field('City', 'string', { length: 40 }),
  field('State', 'string', { length: 80 }),
  field('PostalCode', 'string', { length: 20 }),
  field('Country', 'string', { length: 80 }),
  field('Email', 'email', { length: 128, required: true, idLookup: true }),
  field('SenderEmail', 'email', { length: 80 }),
  field('Phone', 'phone', { length: 40 }),
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
  field('FederationIdentifier', 'string', { length: 512, label: 'SAML Federation ID', idLookup: true }),
  readOnly('UserType', 'picklist', { length: 40, label: 'User Type' }),
  reference('ProfileId', 'Profile', { required: true }),
  reference('UserRoleId', 'UserRole', { label: 'Role ID' }),
  reference('ManagerId', 'User'),
  reference('DelegatedApproverId', ['Group', 'User']),
  field('CallCenterId', 'reference', { to: ['CallCenter'] }),
  field('ContactId', 'reference', { to: ['Contact'], access: 'create' }),
  readOnly('AccountId', 'reference', { required: false, to: ['Account'] }),
  ...featureLicences.map((each) => field(each.name, 'boolean', { required: true, label: each.label })),
  readOnly('LastLoginDate', 'datetime', { required: false }),
  readOnly('CreatedDate', 'datetime'),
  readOnly('LastModifiedDate', 'datetime'),
  readOnly('SystemModstamp', 'datetime'),
]

const standard = sobject('User', '005', (org) => org.users, 'cu', fields)

const made = new WeakMap<readonly CustomField[], { count: number; type: SObject }>()

/** User with the org's own custom fields. */
export function userObject(org: Org): SObject {
  const kept = made.get(org.customFields)
  if (kept?.count === org.customFields.length) return kept.type
  const all = new Map(standard.fields)
  for (const each of org.customFields) {
    all.set(
      each.name.toLowerCase(),
      field(each.name, each.type, {
        label: each.label,
        length: each.length,
        required: each.type === 'boolean',
      }),
    )
  }
  const type = { ...standard, fields: all }
  made.set(org.customFields, { count: org.customFields.length, type })
  return type
}
