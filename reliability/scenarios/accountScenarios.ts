import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Scenario } from './scenario.ts'

const { users, userLicenses, permissionSets, permissionSetLicenses } = seedIds

const about = (Account: string): Pick<Scenario, 'context'> => ({ context: { References: { Account } } })

function correlateOn(AccountField: string, value: string): object {
  return { Enabled: true, PersonField: 'Person.ExternalId', PersonFieldValue: value, AccountField }
}

/** A joiner with two phone numbers and a company: SCIM takes one number and no company, so that REST has to repair. */
const joiner = {
  externalId: 'E200001',
  employeeNumber: '200001',
  userName: 'jan.devries@acme.example',
  alias: 'jdevries',
  givenName: 'Jan',
  familyName: 'de Vries',
  emailAddress: 'jan.devries@acme.example',
  phone: '+31205550101',
  mobilePhone: '+31612340101',
  companyName: 'Acme Nederland B.V.',
  profile: 'Standard User',
}

const create = {
  action: 'create',
  context: { Data: joiner, CorrelationConfiguration: correlateOn('externalId', joiner.externalId) },
  lostPost: 'looked up',
  updatesWhatItCorrelates: true,
} as const

/** Takes and frees the last seat of the user licence that people of the sample company have. */
const userSeats = {
  take: (org: Org) => {
    setSeats(org, org.usedLicenses(userLicenses.salesforce))
  },
  free: (org: Org) => {
    setSeats(org, 1000)
  },
}

function setSeats(org: Org, total: number): void {
  const license = org.userLicenses.get(userLicenses.salesforce)
  if (license !== undefined) org.userLicenses.update(license, { TotalLicenses: total })
}

/** As an earlier disable did. */
function freeze(org: Org, user: string): void {
  const login = org.userLogins.where('UserId', user)[0]
  if (login !== undefined)
    org.userLogins.update(login, { IsFrozen: true, LastModifiedById: users.integration })
}

export const accountScenarios: readonly Scenario[] = [
  { name: 'create', ...create },
  {
    name: 'create, active',
    ...create,
    settings: { CreateActive: true },
    prepare: userSeats.free,
    seats: userSeats,
  },
  {
    name: 'create, correlates',
    action: 'create',
    context: {
      Data: { ...joiner, employeeNumber: '100003' },
      CorrelationConfiguration: correlateOn('employeeNumber', '100003'),
    },
  },
  {
    name: 'update',
    action: 'update',
    context: {
      References: { Account: users.obrien },
      Data: {
        title: 'Team lead',
        department: 'Sales Operations',
        phone: '+31205550102',
        mobilePhone: '+31612340102',
        companyName: 'Acme Nederland B.V.',
      },
    },
  },
  {
    name: 'update, SCIM only',
    action: 'update',
    context: {
      References: { Account: users.obrien },
      Data: { title: 'Team lead', department: 'Sales Operations', mobilePhone: '+31612340102' },
    },
    settings: { UseRestApi: false },
  },
  {
    name: 'enable',
    action: 'enable',
    ...about(users.leaver),
    prepare: (org) => {
      userSeats.free(org)
      freeze(org, users.leaver)
    },
    seats: userSeats,
  },
  { name: 'disable', action: 'disable', ...about(users.obrien), ignored: ['IsFrozen'] },
  {
    name: 'disable, SCIM only',
    action: 'disable',
    ...about(users.obrien),
    settings: { UseRestApi: false },
  },
  {
    name: 'disable, freezes only',
    action: 'disable',
    ...about(users.obrien),
    settings: { DisableMode: 'freeze' },
  },
  {
    name: 'disable, strips',
    action: 'disable',
    ...about(users.obrien),
    settings: { OnDisable: 'strip' },
    ignored: ['IsFrozen'],
    prepare: (org) => {
      org.permissionSetLicenseAssigns.insert({
        Id: org.nextId('2LA'),
        AssigneeId: users.obrien,
        PermissionSetLicenseId: permissionSetLicenses.serviceConsole,
      })
      org.permissionSetAssignments.insert({
        Id: org.nextId('0Pa'),
        AssigneeId: users.obrien,
        PermissionSetId: permissionSets.consoleAgent,
        PermissionSetGroupId: null,
        ExpirationDate: null,
        IsActive: true,
        IsRevoked: false,
        SystemModstamp: new Date(0).toISOString(),
      })
    },
  },
  { name: 'delete', action: 'delete', ...about(users.obrien), ignored: ['IsFrozen'] },
  {
    name: 'uniquenessCheck',
    action: 'uniquenessCheck',
    context: { Data: { ...joiner, userName: "s.o'brien@acme.example" } },
  },
]
