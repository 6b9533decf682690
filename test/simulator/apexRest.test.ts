import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client } from './client.ts'

const { users, profiles } = seedIds
const path = '/services/apexrest/provisioning/users'
const user = {
  Username: 'jan@acme.example',
  LastName: 'Nieuw',
  Email: 'jan@acme.example',
  Alias: 'jnieuw',
  TimeZoneSidKey: 'Europe/Amsterdam',
  LocaleSidKey: 'nl_NL',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'nl_NL',
  ProfileId: profiles.standardUser,
}

let client: Client
beforeEach(async () => {
  client = await connect({ dialect: { apexRestPath: 'provisioning/users', directUserDml: 'refused' } })
})
afterEach(() => client.simulator.close())

test('a user is made and changed by the Apex of the customer, who refuses other writes of users', async () => {
  const direct = await client.send('POST', '/services/data/v66.0/sobjects/User', user)
  expect([direct.status, direct.at(0, 'errorCode')]).toEqual([403, 'INSUFFICIENT_ACCESS_OR_READONLY'])
  const made = await client.send('POST', `${path}/`, { user })
  const id = String(made.at('id'))
  expect([made.status, made.json]).toEqual([201, { success: true, id, errors: [] }])
  const changed = await client.send('PATCH', `${path}/${id}`, { user: { Title: 'Boss', IsActive: false } })
  expect([changed.status, changed.json]).toEqual([200, { success: true, id, errors: [] }])
  expect(client.simulator.user(id)).toMatchObject({ Title: 'Boss', IsActive: false })
  const other = await client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, { Title: 'x' })
  expect(other.status).toBe(403)
})

test.each([
  [{ Username: 'admin@acme.example' }, 'DUPLICATE_USERNAME', ['Username']],
  [{ LastName: null }, 'REQUIRED_FIELD_MISSING', ['LastName']],
])(
  'a refusal of %j is answered as the class has it, or is an exception that nobody caught',
  async (over, code, fields) => {
    const body = { user: { ...user, ...over } }
    const before = client.simulator.org.users.size
    const refused = await client.send('POST', `${path}/`, body)
    expect([refused.status, refused.json]).toEqual([
      400,
      {
        success: false,
        id: null,
        errors: [{ statusCode: code, message: expect.any(String) as string, fields }],
      },
    ])
    client.simulator.dialect.apexRefusal = 'uncaught'
    const thrown = await client.send('POST', `${path}/`, body)
    expect([thrown.status, thrown.at(0, 'errorCode')]).toEqual([500, 'APEX_ERROR'])
    expect(thrown.at(0, 'message')).toContain(
      `System.DmlException: Insert failed. First exception on row 0; first error: ${code}, `,
    )
    expect(client.simulator.org.users.size).toBe(before)
  },
)

test.each([
  ['POST', '/services/apexrest/elsewhere', { user }, 404, 'NOT_FOUND', 'Could not find a match for URL'],
  ['POST', `${path}/a/b`, { user }, 404, 'NOT_FOUND', 'Could not find a match for URL'],
  ['POST', path, { user }, 404, 'NOT_FOUND', 'Could not find a match for URL'],
  [
    'GET',
    `${path}/`,
    undefined,
    405,
    'METHOD_NOT_ALLOWED',
    "HTTP Method 'GET' not allowed. Allowed are POST",
  ],
  ['POST', `${path}/`, { person: user }, 400, 'JSON_PARSER_ERROR', 'Unexpected parameter encountered'],
  ['POST', `${path}/`, { user: { ...user, IsActive: 'true' } }, 400, 'JSON_PARSER_ERROR', 'boolean'],
  [
    'POST',
    `${path}/`,
    { user: { ...user, ShoeSize: 1 } },
    400,
    'JSON_PARSER_ERROR',
    "No such column 'ShoeSize'",
  ],
])('%s %s is refused by the platform', async (method, at, body, status, code, text) => {
  const refused = await client.send(method, at, body)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([status, code])
  expect(refused.at(0, 'message')).toContain(text)
})

test('where a wildcard matches nothing as well, the path goes without its final slash', async () => {
  client.simulator.dialect.apexRestBarePath = 'matched'
  expect((await client.send('POST', path, { user })).status).toBe(201)
})

test('an org without the class finds nothing there, and nobody is let in without a token', async () => {
  client.simulator.dialect.apexRestPath = null
  expect((await client.send('PATCH', `${path}/${users.annBoss}`, { user: {} })).status).toBe(404)
  expect((await client.send('POST', '/services/apexrest/', { user })).status).toBe(404)
  expect((await fetch(client.simulator.url + path, { method: 'POST' })).status).toBe(401)
})
