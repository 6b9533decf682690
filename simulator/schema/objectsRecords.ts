import type { Dialect } from '../dialect/dialect.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import { field, readOnly, reference, sobject } from './schema.ts'
import type { Field, SObject } from './schema.ts'

const stamps = [readOnly('CreatedDate', 'datetime'), readOnly('LastModifiedDate', 'datetime')]

const owner = (...to: string[]): Field => reference('OwnerId', to, { required: true, defaulted: true })

const fullName = field('Name', 'string', {
  length: 121,
  label: 'Full Name',
  required: true,
  compute: (_org, row: Row): FieldValue =>
    [row['FirstName'], row['LastName']].filter((part) => part).join(' '),
})

const account = (more: readonly Field[]): SObject =>
  sobject('Account', '001', (org) => org.accounts, 'cud', [
    field('Name', 'string', { length: 255, required: true, label: 'Account Name' }),
    owner('User'),
    ...more,
    ...stamps,
  ])

const accounts = account([])
// documented (object reference, Account): a field only where person accounts are enabled
const personAccounts = account([readOnly('IsPersonAccount', 'boolean', { label: 'Is Person Account' })])

/**
 * Records that users own, with a few of their fields (documented: object reference pages). A queue may own
 * leads and cases.
 */
const others: readonly SObject[] = [
  sobject('Contact', '003', (org) => org.contacts, 'cud', [
    field('LastName', 'string', { length: 80, required: true, label: 'Last Name' }),
    field('FirstName', 'string', { length: 40, label: 'First Name' }),
    fullName,
    field('Email', 'email', { length: 80, idLookup: true }),
    reference('AccountId', 'Account'),
    owner('User'),
    ...stamps,
  ]),
  sobject('Opportunity', '006', (org) => org.opportunities, 'cud', [
    field('Name', 'string', { length: 120, required: true }),
    reference('AccountId', 'Account'),
    readOnly('IsClosed', 'boolean', { label: 'Closed' }),
    owner('User'),
    ...stamps,
  ]),
  sobject('Lead', '00Q', (org) => org.leads, 'cud', [
    field('LastName', 'string', { length: 80, required: true, label: 'Last Name' }),
    field('FirstName', 'string', { length: 40, label: 'First Name' }),
    fullName,
    field('Company', 'string', { length: 255, required: true }),
    readOnly('IsConverted', 'boolean', { label: 'Converted' }),
    owner('User', 'Group'),
    ...stamps,
  ]),
  sobject('Case', '500', (org) => org.cases, 'cud', [
    field('Subject', 'string', { length: 255 }),
    reference('AccountId', 'Account'),
    reference('ContactId', 'Contact'),
    readOnly('IsClosed', 'boolean', { label: 'Closed' }),
    owner('User', 'Group'),
    ...stamps,
  ]),
]

/** The objects of this org that hold records with owners. */
export function recordObjects(dialect: Dialect): readonly SObject[] {
  return [dialect.personAccounts ? personAccounts : accounts, ...others]
}
