import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { mapPerson } from '../mapPerson.ts'
import { isId, normaliseId } from '../../simulator/org/ids.ts'
import { createOrg } from '../../simulator/seed/seed.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'

type Json = Record<string, unknown>

function record(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
  return Object.fromEntries(Object.entries(value))
}

const root = join(__dirname, '..', '..')
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
const mapping = parseFieldMapping(readFileSync(join(root, 'fieldMapping.json'), 'utf8'))
const joiner = record(read('samples', 'persons', 'joiner.json'))
const org = createOrg('acme')

const contexts = new Map(
  readdirSync(join(root, 'samples', 'contexts'))
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, Json] => [basename(file, '.json'), record(read('samples', 'contexts', file))]),
)

const isEnvelope = (context: Json): boolean => 'actionContext' in context
const actionContext = (name: string): Json => {
  const context = contexts.get(name) ?? {}
  return isEnvelope(context) ? record(context['actionContext']) : context
}
const accountOf = (name: string): unknown => record(actionContext(name)['References'])['Account']

/** Files by what they are about: a sample for another action has its own line here. */
const lifecycle = {
  create: ['create', 'create-dryrun', 'create-correlate', 'create-ambiguous', 'uniquenessCheck'],
  update: ['update', 'update-nochange', 'update-gone'],
  enable: ['enable'],
  disable: ['disable', 'disable-reconciliation'],
  delete: ['delete', 'delete-reconciliation'],
} as const
const names = Object.values(lifecycle).flat()

test('every action of the lifecycle has its samples, some bare and some in an envelope', () => {
  expect(names.filter((name) => !contexts.has(name))).toEqual([])
  const envelopes = names.filter((name) => isEnvelope(contexts.get(name) ?? {}))
  expect(envelopes.length).toBeGreaterThan(3)
  expect(names.length - envelopes.length).toBeGreaterThan(3)
})

test.each(names)('%s has the members that a host sends, and an Operation that fits its file', (name) => {
  const { Operation, DryRun, References, Data } = actionContext(name)
  const files: readonly string[] =
    Object.entries(lifecycle).find(([action]) => action === Operation)?.[1] ?? []
  expect(files).toContain(name)
  expect(typeof DryRun).toBe('boolean')
  expect(record(References)).toHaveProperty('Account')
  if (Data !== undefined) record(Data)
})

test.each(names)('%s signs in to the seeded org with settings of the connector', (name) => {
  const configuration = record(actionContext(name)['Configuration'])
  const form = read('configuration.json')
  if (!Array.isArray(form)) throw new Error('not a list')
  const settings = form.map((entry) => record(entry)['key'])
  expect(Object.keys(configuration).filter((key) => !settings.includes(key))).toEqual([])
  expect(configuration).toMatchObject({
    BaseUrl: 'http://127.0.0.1:8400',
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
  })
  const defaultProfile = configuration['DefaultProfile']
  expect([...org.profiles.values()].filter(({ Name }) => Name === defaultProfile)).toHaveLength(1)
})

test.each(names)('%s names only ids of the seed', (name) => {
  const { Account, ManagerAccount } = record(actionContext(name)['References'])
  const users: readonly unknown[] = Object.values(seedIds.users)
  for (const id of [Account, ManagerAccount]) {
    if (id === null || id === undefined || name === 'update-gone') continue
    expect(users).toContain(id)
  }
})

test('the account that is gone has a real id that nobody has', () => {
  const id = String(accountOf('update-gone'))
  expect(isId(id)).toBe(true)
  expect(normaliseId(id)).toBe(id)
  expect(id).toHaveLength(18)
  expect(org.users.has(id)).toBe(false)
})

test('no two samples write the same account, so that their order is free', () => {
  const written = names.map(accountOf).filter((id) => id !== null && id !== undefined)
  expect(new Set(written).size).toBe(written.length)
})

test('reconciliation sends no Data and no person', () => {
  for (const name of ['disable-reconciliation', 'delete-reconciliation']) {
    const context = contexts.get(name) ?? {}
    expect(Object.keys(context)).toEqual(['Operation', 'Origin', 'DryRun', 'Configuration', 'References'])
    expect(context['Origin']).toBe('reconciliation')
  }
})

test.each([
  ['create', 0],
  ['create-dryrun', 0],
  ['create-correlate', 1],
  ['create-ambiguous', 2],
])('%s correlates with as many accounts as its name says', (name, expected) => {
  const correlation = record(actionContext(name)['CorrelationConfiguration'])
  expect(correlation).toMatchObject({ Enabled: true, PersonField: 'Person.ExternalId' })
  const column = correlation['AccountField'] === 'externalId' ? 'FederationIdentifier' : 'EmployeeNumber'
  const value = correlation['PersonFieldValue']
  expect([...org.users.values()].filter((user) => user[column] === value)).toHaveLength(expected)
})

test('the joiner is created with what the field mapping makes of the person', async () => {
  const data = await mapPerson(joiner, mapping, 'Create')
  expect(actionContext('create')['Data']).toEqual(data)
  expect(actionContext('create-dryrun')).toEqual({ ...actionContext('create'), DryRun: true })
  expect(record(contexts.get('create')?.['personContext'])['Person']).toEqual(joiner)
  expect([...org.users.values()].filter(({ Username }) => Username === data['userName'])).toEqual([])
})

test.each(['create', 'create-correlate', 'create-ambiguous', 'uniquenessCheck', 'update', 'update-nochange'])(
  '%s has the fields that the mapping has for its stage',
  async (name) => {
    const stage = name.startsWith('update') ? 'Update' : 'Create'
    const data = record(actionContext(name)['Data'])
    expect(Object.keys(data)).toEqual(Object.keys(await mapPerson(joiner, mapping, stage)))
  },
)

/** User fields of the mapped fields that the seed has values for. */
const columns = {
  externalId: 'FederationIdentifier',
  employeeNumber: 'EmployeeNumber',
  givenName: 'FirstName',
  familyNameFormatted: 'LastName',
  emailAddress: 'Email',
  phone: 'Phone',
  mobilePhone: 'MobilePhone',
  title: 'Title',
  department: 'Department',
  division: 'Division',
  companyName: 'CompanyName',
  streetAddress: 'Street',
  postalCode: 'PostalCode',
  city: 'City',
  country: 'Country',
} as const

const differences = (name: string): string[] => {
  const user = org.users.get(String(accountOf(name)))
  const data = record(actionContext(name)['Data'])
  return Object.entries(columns).flatMap(([field, column]) =>
    (data[field] ?? '') === (user?.[column] ?? '') ? [] : [field],
  )
}

test('update changes a title, a department and a division, update-nochange nothing', async () => {
  expect(Object.keys(columns)).toEqual(Object.keys(await mapPerson(joiner, mapping, 'Update')))
  expect(differences('update')).toEqual(['title', 'department', 'division'])
  expect(differences('update-nochange')).toEqual([])
})

test('enable finds its account inactive, disable and delete find theirs active and free to go', () => {
  const stateOf = (name: string) => org.users.get(String(accountOf(name)))?.IsActive
  expect(stateOf('enable')).toBe(false)
  for (const name of [...lifecycle.disable, ...lifecycle.delete]) {
    expect(stateOf(name)).toBe(true)
    expect(org.blockers.has(String(accountOf(name)))).toBe(false)
  }
})

test('uniquenessCheck asks about a user name and a nickname that another account has', () => {
  const data = record(actionContext('uniquenessCheck')['Data'])
  const namesake = org.users.get(seedIds.users.annBoss)
  expect(data['userName']).toBe(namesake?.Username)
  expect(data['nickName']).toBe(namesake?.CommunityNickname)
})
