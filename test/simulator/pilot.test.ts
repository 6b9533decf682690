import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect, newUser } from './client.ts'
import type { Client } from './client.ts'

const { users, profiles, permissionSets, permissionSetGroups, roles, groups } = seedIds
const unknown = '0055g000000zzzzAAA'

let client: Client
beforeEach(async () => {
  client = await connect({ dialect: 'pilot' })
})
afterEach(() => client.simulator.close())

/** What the org answers: the status, and the detail or the sentence of the error. */
async function ask(method: string, path: string, body?: unknown): Promise<unknown[]> {
  const answer = await client.scim(method, path, body)
  return [answer.status, answer.at('detail') ?? answer.at(0, 'message')]
}

test('a user has profileURL alone, neither alias nor account, and an address of its own in the header', async () => {
  const shown = await client.scim('GET', `/Users/${users.annBoss}`)
  expect(Object.keys(shown.json as object)).toContain('profileURL')
  expect(Object.keys(shown.json as object)).not.toContain('profileUrl')
  expect(shown.at('schemas')).not.toContain('urn:salesforce:schemas:extension:1.0')
  const location = `${client.simulator.url}/services/scim/v2/Users/${users.annBoss}`
  expect(shown.headers.get('location')).toBe(location)
  const patched = await client.patch(users.annBoss, { op: 'replace', value: { title: 'x' } })
  expect(patched.headers.get('location')).toBe(location)
})

test.each([
  [{ active: true }, 200],
  [{}, 200],
  [{ active: false }, 201],
  [{ active: true, password: 'Secret-123456' }, 201],
])('a create with %j is answered %i', async (over, status) => {
  expect((await client.scim('POST', '/Users', newUser(over))).status).toBe(status)
})

test.each([
  ['title eq "a" or title eq "b"', "unexpected token: 'AND'"],
  ['(title eq "a" and title pr) or title eq "b"', "unexpected token: 'AND'"],
  ['(title eq "a" and title pr or title eq "b") and active eq "true"', "unexpected token: 'or'"],
])('%s fails on /Users', async (filter, detail) => {
  const refused = await client.filter(filter)
  expect([refused.status, refused.at('detail')]).toEqual([400, detail])
})

test('or between parentheses, and on groups, is accepted', async () => {
  expect((await client.filter('(title eq "a" or title eq "b")')).status).toBe(200)
  expect((await client.filter('displayName eq "a" or displayName eq "b"', 'Groups')).status).toBe(200)
})

test('what is not there is said in the words of each verb', async () => {
  const path = `/Users/${unknown}`
  const notFound = `Resource ${client.simulator.url}/services/scim/v2${path} not found`
  expect(await ask('GET', path)).toEqual([404, 'No such resource'])
  expect(await ask('DELETE', path)).toEqual([404, notFound])
  expect(await ask('PUT', path, newUser())).toEqual([404, notFound])
  const patched = await client.patch(unknown, { op: 'replace', value: { title: 'x' } })
  expect([patched.status, patched.at(0, 'errorCode')]).toEqual([500, 'APEX_ERROR'])
})

test('a patch that the pilot cannot read, or with no roles, is 500', async () => {
  for (const value of [{ roles: [] }, { active: 'true' }]) {
    const failed = await client.patch(users.annBoss, { op: 'replace', value })
    expect([failed.status, failed.at(0, 'errorCode')]).toEqual([500, 'APEX_ERROR'])
  }
  const two = await client.patch(users.annBoss, {
    op: 'replace',
    value: { emails: [{ value: 'a@b.example' }, { value: 'c@d.example' }] },
  })
  expect([two.status, two.at('detail')]).toEqual([400, 'INVALID: User can only have one email'])
})

test('roles are never found by PATCH, groups never by PUT', async () => {
  const operation = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [] }
  expect(await ask('PATCH', `/Roles/${roles.ceo}`, operation)).toEqual([404, 'No such resource.'])
  const members = [{ value: users.annBoss }]
  expect(await ask('PUT', `/Groups/${groups.allManagers}`, { members })).toEqual([404, 'No such resource.'])
})

test('an unknown operation on a group is improper', async () => {
  expect(
    await ask('PATCH', `/Groups/${groups.allManagers}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'move', path: 'members', value: { members: [] } }],
    }),
  ).toEqual([400, 'Improper Operations'])
})

test('remove takes a mapped name in full and passes over what it does not know', async () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  for (const path of [
    'externalId',
    `${enterprise}:department`,
    'shoeSize',
    `urn:salesforce:schemas:extension:${seedIds.org}:Cost_Code__c`,
  ]) {
    expect((await client.patch(users.obrien, { op: 'remove', path })).status).toBe(200)
  }
  expect(client.simulator.user(users.obrien)).toMatchObject({
    FederationIdentifier: null,
    Department: null,
    Cost_Code__c: null,
  })
})

test('what comes through a permission set group is an entitlement, and replace takes it away', async () => {
  const { org } = client.simulator
  const grant = { AssigneeId: users.annBoss, PermissionSetGroupId: permissionSetGroups.salesStarter }
  await client.send('POST', '/services/data/v66.0/sobjects/PermissionSetAssignment', grant)
  const shown = await client.scim('GET', `/Users/${users.annBoss}`)
  expect(JSON.stringify(shown.at('entitlements'))).toContain(permissionSets.salesStarterAggregate)
  const listed = await client.filter(`id eq "${permissionSets.salesStarterAggregate}"`, 'Entitlements')
  expect(listed.at('totalResults')).toBe(1)
  const value = { entitlements: [{ value: permissionSets.reportBuilder }] }
  expect((await client.patch(users.annBoss, { op: 'replace', value })).status).toBe(200)
  expect(org.assignmentsOf(users.annBoss).map((row) => row.PermissionSetId)).toEqual([
    permissionSets.reportBuilder,
  ])
  expect(org.users.get(users.annBoss)?.ProfileId).toBe(profiles.standardUser)
})
