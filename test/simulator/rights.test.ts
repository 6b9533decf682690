import { rights } from '../../simulator/org/org.ts'
import type { Right } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect, newUser } from './client.ts'
import type { Client } from './client.ts'

const base = '/services/data/v66.0'
const { users, permissionSets } = seedIds

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client.simulator.close())
afterEach(() => client.simulator.org.missingRights.clear())

const without = (...names: Right[]): void => {
  client.simulator.org.missingRights.set(users.integration, new Set(names))
}

test('UserPermissionAccess has one row, with what the caller may do', async () => {
  without('ViewSetup')
  const fields = rights.map((right) => `Permissions${right}`)
  const { status, at } = await client.soql(`SELECT ${fields.join(', ')} FROM UserPermissionAccess`)
  expect([status, at('totalSize')]).toEqual([200, 1])
  expect(rights.filter((right) => at('records', 0, `Permissions${right}`) !== true)).toEqual(['ViewSetup'])
})

test('who may not manage users sees that in describe, and is refused by REST and SCIM', async () => {
  without('ManageUsers', 'ManageInternalUsers')
  const described = await client.get(`${base}/sobjects/User/describe`)
  expect([described.at('createable'), described.at('updateable')]).toEqual([false, false])
  const fields = described.at('fields') as { createable: boolean; updateable: boolean }[]
  expect(fields.filter(({ createable, updateable }) => createable || updateable)).toEqual([])
  const before = { ...client.simulator.user(users.annBoss) }
  const refusals = [
    await client.send('PATCH', `${base}/sobjects/User/${users.annBoss}`, { Title: 'x' }),
    await client.scim('POST', '/Users', newUser()),
    await client.patch(users.annBoss, { op: 'replace', value: { title: 'x' } }),
  ]
  expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403])
  for (const { text } of refusals) expect(text).toContain('INSUFFICIENT_ACCESS_OR_READONLY')
  expect(client.simulator.user(users.annBoss)).toEqual(before)
  const frozen = await client.soql('SELECT Id FROM UserLogin')
  expect([frozen.status, frozen.at(0, 'errorCode')]).toEqual([400, 'INVALID_TYPE'])
})

test('who may neither see the setup nor assign permission sets does not see the assignments', async () => {
  const record = { AssigneeId: users.annBoss, PermissionSetId: permissionSets.dataExport }
  without('AssignPermissionSets')
  expect((await client.soql('SELECT Id FROM PermissionSetAssignment LIMIT 1')).status).toBe(200)
  const refused = await client.send('POST', `${base}/sobjects/PermissionSetAssignment`, record)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY'])
  without('AssignPermissionSets', 'ViewSetup', 'ManageUsers')
  expect((await client.soql('SELECT Id FROM PermissionSetAssignment LIMIT 1')).status).toBe(400)
  const names = ((await client.get(`${base}/sobjects`)).at('sobjects') as { name: string }[]).map(
    ({ name }) => name,
  )
  expect(names).toContain('User')
  expect(names).not.toContain('PermissionSetAssignment')
})

test('a token without the scope api is good for nothing', async () => {
  client.simulator.org.connectedApp.scope = 'openid id'
  const refused = await client.get(`${base}/limits`)
  client.simulator.org.connectedApp.scope = 'api'
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([401, 'INVALID_SESSION_ID'])
  expect((await client.get(`${base}/limits`)).status).toBe(200)
})

test("the Date of an answer is the org's own clock", async () => {
  client.simulator.dialect.clockSkewSeconds = 600
  const { headers } = await client.get(`${base}/limits`)
  client.simulator.dialect.clockSkewSeconds = 0
  const ahead = (Date.parse(headers.get('date') ?? '') - Date.now()) / 1000
  expect(Math.round(ahead / 60)).toBe(10)
})

test('a custom field can be one that must have a value, or one that callers may not write', async () => {
  client.simulator.org.customFields = [
    { name: 'Needed__c', label: 'Needed', type: 'string', length: 10, required: true },
    { name: 'Formula__c', label: 'Formula', type: 'string', length: 10, readOnly: true },
  ]
  const fields = (await client.get(`${base}/sobjects/User/describe`)).at('fields') as Record<
    string,
    unknown
  >[]
  expect(fields.filter(({ custom }) => custom === true)).toMatchObject([
    { name: 'Needed__c', nillable: false, defaultedOnCreate: false, createable: true },
    { name: 'Formula__c', nillable: true, createable: false, updateable: false },
  ])
})
