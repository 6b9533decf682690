import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client } from './client.ts'

const { users } = seedIds
const root = '/services/data/v66.0'

let client: Client
beforeEach(async () => {
  client = await connect()
})
afterEach(() => client.simulator.close())

test.each([
  '/services/data/',
  `${root}/`,
  `${root}/sobjects/`,
  `${root}/sobjects/User/describe/`,
  `${root}/query/?q=SELECT+Id+FROM+User`,
  `${root}/queryAll/?q=SELECT+Id+FROM+User`,
  `${root}/sobjects/User/${users.annBoss}/`,
  '/services/scim/v2/Users/',
  `/services/scim/v2/Users/${users.annBoss}/`,
])('%s is answered as without its last slash', async (path) => {
  const [slashed, plain] = await Promise.all([client.get(path), client.get(path.replace(/\/(?=\?|$)/, ''))])
  expect([slashed.status, slashed.json]).toEqual([200, plain.json])
})

test('the limits count down, with or without a last slash', async () => {
  const first = await client.get(`${root}/limits`)
  const second = await client.get(`${root}/limits/`)
  const remaining = Number(first.at('DailyApiRequests', 'Remaining'))
  expect(second.at('DailyApiRequests', 'Remaining')).toBe(remaining - 1)
})

test('the resources of a version name the identity of the caller', async () => {
  const identity = String((await client.get(root)).at('identity'))
  expect(identity).toBe(`${client.simulator.url}/id/${seedIds.org}/${users.integration}`)
})

test('HEAD is GET without a body, and no write', async () => {
  const head = await client.send('HEAD', `${root}/sobjects/User/${users.annBoss}`)
  expect([head.status, head.text]).toEqual([200, ''])
  expect((await client.send('HEAD', `${root}/sobjects/User/0055g000000zzzzAAA`)).status).toBe(404)
  expect(client.simulator.writes()).toEqual([])
})

test('POST may stand for PATCH and DELETE', async () => {
  const path = `${root}/sobjects/User/${users.annBoss}?_HttpMethod=PATCH`
  expect((await client.send('POST', path, { Title: 'Chief' })).status).toBe(204)
  expect(client.simulator.user(users.annBoss)?.Title).toBe('Chief')
  const made = await client.send('POST', `${root}/sobjects/Group`, { Name: 'Team', Type: 'Regular' })
  const group = `${root}/sobjects/Group/${String(made.at('id'))}`
  expect((await client.send('POST', `${group}?_HttpMethod=DELETE`)).status).toBe(204)
  expect((await client.get(group)).status).toBe(404)
})

test('a record is made or changed by an External ID, and by nothing else', async () => {
  const { org } = client.simulator
  org.customFields = [
    ...org.customFields,
    { name: 'Person_Id__c', label: 'Person Id', type: 'string', length: 20, externalId: true },
  ]
  const path = `${root}/sobjects/User/Person_Id__c/P1`
  const user = {
    Username: 'p1@acme.example',
    LastName: 'One',
    Email: 'p1@acme.example',
    Alias: 'p1',
    ProfileId: seedIds.profiles.standardUser,
    TimeZoneSidKey: 'Europe/Amsterdam',
    LocaleSidKey: 'nl_NL',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  }
  const made = await client.send('PATCH', path, user)
  expect([made.status, made.json]).toEqual([
    201,
    { id: client.simulator.user('p1@acme.example')?.Id, success: true, errors: [], created: true },
  ])
  const changed = await client.send('PATCH', path, { Title: 'Clerk' })
  expect([changed.status, changed.at('created')]).toEqual([200, false])
  expect(client.simulator.user('p1@acme.example')).toMatchObject({ Title: 'Clerk', Person_Id__c: 'P1' })
  const old = path.replace('v66.0', 'v45.0')
  expect((await client.send('PATCH', old, { Title: 'Chief' })).status).toBe(204)
  expect((await client.get(path)).at('Title')).toBe('Chief')
  expect((await client.get(`${root}/sobjects/User/Person_Id__c/none`)).status).toBe(404)
  expect((await client.send('PATCH', `${root}/sobjects/User/Title/Clerk`, {})).at(0, 'errorCode')).toBe(
    'NOT_FOUND',
  )
})

test('several records with the value are 300, and nothing is written', async () => {
  const { org } = client.simulator
  for (const id of [users.twinOne, users.twinTwo]) {
    const row = org.users.get(id)
    if (row !== undefined) org.users.update(row, { Email: 'twin@acme.example' })
  }
  const path = `${root}/sobjects/User/Email/twin@acme.example`
  expect((await client.send('PATCH', path, { Title: 'x' })).status).toBe(300)
  expect(org.users.get(users.twinOne)?.Title).not.toBe('x')
})
