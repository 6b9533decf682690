import { createSign } from 'node:crypto'
import { Connection, OAuth2 } from 'jsforce'
import { testPrivateKey } from '../../simulator/org/keys.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'

const { users, profiles, permissionSets } = seedIds
const { clientId, clientSecret, userName, password, securityToken } = seedCredentials

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator({
    seed: { users: 4500, records: true },
    dialect: { passwordFlow: 'allowed' },
  })
})
afterAll(() => org.close())

function connection(): Connection {
  const oauth2 = new OAuth2({ loginUrl: org.url, clientId, clientSecret })
  return new Connection({ oauth2, loginUrl: org.url, instanceUrl: org.url, version: '66.0' })
}

async function signedIn(): Promise<Connection> {
  const client = connection()
  await client.authorize({ grant_type: 'client_credentials' })
  return client
}

/** A complete user, by its number. */
function user(n: number): Record<string, string> {
  return {
    Username: `jsforce${n}@acme.example`,
    LastName: `Number ${n}`,
    Email: `jsforce${n}@acme.example`,
    Alias: `js${n}`,
    CommunityNickname: `js${n}`,
    FederationIdentifier: `JS${n}`,
    ProfileId: profiles.standardUser,
    TimeZoneSidKey: 'Europe/Amsterdam',
    LocaleSidKey: 'nl_NL',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
  }
}

test('signs in by client credentials, by an assertion and by password, and out again', async () => {
  const client = connection()
  const who = await client.authorize({ grant_type: 'client_credentials' })
  expect(who).toEqual({
    id: users.integration,
    organizationId: seedIds.org,
    url: `${org.url}/id/${seedIds.org}/${users.integration}`,
  })
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 120
  const claims = { iss: clientId, sub: userName, aud: 'https://login.salesforce.com', exp }
  const signed = `${encode({ alg: 'RS256' })}.${encode(claims)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(testPrivateKey, 'base64url')
  const byAssertion = connection()
  await byAssertion.authorize({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${signed}.${signature}`,
  })
  expect(byAssertion.userInfo?.id).toBe(users.integration)
  const byPassword = connection()
  await byPassword.login(userName, password + securityToken)
  expect((await byPassword.identity()).username).toBe(userName)
  await byPassword.logout()
  await expect(connection().login(userName, 'wrong')).rejects.toThrow('authentication failure')
})

test('knows who it is, without the identity URL of a sign-in as well', async () => {
  const client = await signedIn()
  const identity = await client.identity()
  expect(identity).toMatchObject({ user_id: users.integration, organization_id: seedIds.org })
  const other = new Connection({
    instanceUrl: org.url,
    accessToken: client.accessToken ?? '',
    version: '66.0',
  })
  expect((await other.identity()).user_id).toBe(users.integration)
})

test('queries past 2,000 records, page by page and by itself', async () => {
  const client = await signedIn()
  const first = await client.query("SELECT Id, Username FROM User WHERE UserType = 'Standard'")
  expect([first.records.length, first.done]).toEqual([2000, false])
  const second = await client.queryMore(first.nextRecordsUrl ?? '')
  expect(second.records).toHaveLength(2000)
  const all = await client
    .query("SELECT Id FROM User WHERE UserType = 'Standard'")
    .run({ autoFetch: true, maxFetch: 10_000 })
  expect(new Set(all.records.map(({ Id }) => Id)).size).toBe(first.totalSize)
})

test('finds with its own query builder, counts, and reads parents and children', async () => {
  const client = await signedIn()
  const found = await client
    .sobject('User')
    .find({ LastName: { $like: 'Bos%' }, IsActive: true }, ['Id', 'Profile.Name'])
    .limit(5)
    .include('PermissionSetAssignments')
    .select('PermissionSetId')
    .end()
  expect(found).toMatchObject([{ Id: users.annBoss, Profile: { Name: 'Standard User' } }])
  expect(await client.sobject('User').count({ IsActive: false })).toBeGreaterThan(0)
  expect((await client.sobject('User').findOne({ Id: users.obrien }))?.['LastName']).toBe("O'Brien")
})

test('creates, reads, changes and deletes one record', async () => {
  const client = await signedIn()
  const made = await client.sobject('User').create(user(1))
  expect(made.success).toBe(true)
  const id = made.id ?? ''
  await client.sobject('User').update({ Id: id, Title: 'Clerk' })
  expect(await client.sobject('User').retrieve(id)).toMatchObject({ Title: 'Clerk', IsActive: true })
  await expect(client.sobject('User').create(user(1))).rejects.toMatchObject({
    errorCode: 'DUPLICATE_USERNAME',
  })
  const grant = { AssigneeId: id, PermissionSetId: permissionSets.reportBuilder }
  const assigned = await client.sobject('PermissionSetAssignment').create(grant)
  await client.sobject('PermissionSetAssignment').destroy(assigned.id ?? '')
  expect(org.org.assignmentsOf(id)).toEqual([])
})

test('creates, reads, changes and deletes many records in one call each', async () => {
  const client = await signedIn()
  org.clearRequests()
  const made = await client.create('Contact', [
    { LastName: 'A', AccountId: seedIds.accounts.globex },
    { LastName: 'B', AccountId: seedIds.accounts.globex },
    { FirstName: 'C' },
  ])
  expect(made.map(({ success }) => success)).toEqual([true, true, false])
  const ids = made.flatMap(({ id }) => id ?? [])
  const changed = await client.update(
    'Contact',
    ids.map((Id) => ({ Id, FirstName: 'X' })),
  )
  expect(changed.every(({ success }) => success)).toBe(true)
  const read = await client.retrieve('Contact', ids, { fields: ['LastName', 'FirstName'] })
  expect(read.map(({ LastName, FirstName }) => [LastName, FirstName])).toEqual([
    ['A', 'X'],
    ['B', 'X'],
  ])
  expect((await client.destroy('Contact', ids)).every(({ success }) => success)).toBe(true)
  expect(ids.some((id) => org.org.contacts.has(id))).toBe(false)
  expect(org.requests).toHaveLength(4)
})

test('undoes the whole call where all or none is asked for', async () => {
  const client = await signedIn()
  const before = org.org.contacts.size
  const made = await client.create('Contact', [{ LastName: 'A' }, { FirstName: 'B' }], { allOrNone: true })
  expect(made.map(({ success }) => success)).toEqual([false, false])
  expect(org.org.contacts.size).toBe(before)
})

test('upserts one and many by a key of their own', async () => {
  const client = await signedIn()
  const { FederationIdentifier = '', ...two } = user(2)
  const made = await client.upsert('User', { ...two, FederationIdentifier }, 'FederationIdentifier')
  expect(made).toMatchObject({ success: true, created: true })
  const changed = await client.upsert(
    'User',
    { FederationIdentifier, Title: 'Chief' },
    'FederationIdentifier',
  )
  expect(changed).toMatchObject({ success: true, created: false, id: made.id })
  const many = await client.upsert(
    'User',
    [{ FederationIdentifier, Title: 'Boss' }, user(3)],
    'FederationIdentifier',
  )
  expect(many.map((each) => [each.success, each.created])).toEqual([
    [true, false],
    [true, true],
  ])
  expect(org.user('jsforce2@acme.example')?.Title).toBe('Boss')
})

test('sends requests of many parts', async () => {
  const client = await signedIn()
  const answer = await client.requestPost<{ compositeResponse: { httpStatusCode: number; body: unknown }[] }>(
    '/composite',
    {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v66.0/sobjects/User', referenceId: 'made', body: user(4) },
        {
          method: 'POST',
          url: '/services/data/v66.0/sobjects/PermissionSetAssignment',
          referenceId: 'granted',
          body: { AssigneeId: '@{made.id}', PermissionSetId: permissionSets.reportBuilder },
        },
      ],
    },
  )
  expect(answer.compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201])
  const id = org.user('jsforce4@acme.example')?.Id ?? ''
  expect(org.org.assignmentsOf(id)).toHaveLength(1)
})

test('describes the org and its objects, and reads its limits', async () => {
  const client = await signedIn()
  const global = await client.describeGlobal()
  expect(global.sobjects.map(({ name }) => name)).toEqual(expect.arrayContaining(['User', 'Organization']))
  const described = await client.sobject('User').describe()
  expect(described.fields.find(({ name }) => name === 'ProfileId')?.referenceTo).toEqual(['Profile'])
  expect((await client.limits())['DailyApiRequests']?.Max).toBe(100_000)
  expect(client.limitInfo.apiUsage?.limit).toBe(100_000)
  await expect(client.sobject('Pet').describe()).rejects.toMatchObject({ errorCode: 'NOT_FOUND' })
})

test('never left the machine', () => {
  expect(org.requests.every(({ headers }) => headers['host'] === new URL(org.url).host)).toBe(true)
})
