import type { Org } from '../org/org.ts'
import type { Row } from '../org/rows.ts'
import { readOnly, sobject } from './schema.ts'
import type { SObject } from './schema.ts'
import { Table } from '../org/table.ts'

const tables = new WeakMap<Org, Table<Row>>()

/** The org as its own one record. */
function organization(org: Org): Table<Row> {
  const known = tables.get(org)
  if (known !== undefined) return known
  const table = new Table<Row>()
  table.set(org.id, {
    Id: org.id,
    Name: org.name,
    OrganizationType: 'Enterprise Edition',
    IsSandbox: false,
    InstanceName: 'SIM1',
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'nl_NL',
    TimeZoneSidKey: 'Europe/Amsterdam',
    TrialExpirationDate: null,
    NamespacePrefix: null,
    CreatedDate: '2024-01-15T08:00:00.000Z',
  })
  tables.set(org, table)
  return table
}

/** Documented: object reference, Organization; a subset of its fields. */
export const organizationObject: SObject = sobject('Organization', '00D', organization, '', [
  readOnly('Name', 'string', { length: 80 }),
  readOnly('OrganizationType', 'picklist', { length: 40 }),
  readOnly('IsSandbox', 'boolean'),
  readOnly('InstanceName', 'string', { length: 5 }),
  readOnly('LanguageLocaleKey', 'picklist', { length: 40 }),
  readOnly('DefaultLocaleSidKey', 'picklist', { length: 40 }),
  readOnly('TimeZoneSidKey', 'picklist', { length: 40 }),
  readOnly('TrialExpirationDate', 'datetime', { required: false }),
  readOnly('NamespacePrefix', 'string', { length: 15, required: false }),
  readOnly('CreatedDate', 'datetime'),
])
