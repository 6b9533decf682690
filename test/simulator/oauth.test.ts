import { createSign } from 'node:crypto'
import { testPrivateKey } from '../../simulator/org/keys.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { reply } from './client.ts'
import type { Reply } from './client.ts'

const { clientId, clientSecret, userName, password, securityToken } = seedCredentials

let simulator: SimulatedOrg
beforeEach(async () => {
  simulator = await startSimulator()
})
afterEach(() => simulator.close())

async function token(form: Record<string, string>, search = ''): Promise<Reply> {
  const body = new URLSearchParams(form)
  return reply(await fetch(`${simulator.url}/services/oauth2/token${search}`, { method: 'POST', body }))
}

const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }

function assertion(claims: Record<string, unknown> = {}, algorithm = 'RS256'): Record<string, string> {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 120
  const all = { iss: clientId, sub: userName, aud: 'https://login.salesforce.com', exp, ...claims }
  const signed = `${encode({ alg: algorithm })}.${encode(all)}`
  const signature = createSign('RSA-SHA256').update(signed).sign(testPrivateKey, 'base64url')
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${signed}.${signature}` }
}

function error(answer: Reply): unknown[] {
  return [answer.status, answer.at('error'), answer.at('error_description')]
}

test('client credentials give a token that works until it is revoked', async () => {
  const given = await token(credentials)
  expect(given.status).toBe(200)
  expect(given.json).toMatchObject({
    instance_url: simulator.url,
    token_type: 'Bearer',
    scope: 'api',
    id: `${simulator.url}/id/${seedIds.org}/${seedIds.users.integration}`,
  })
  expect(given.at('access_token')).toMatch(/^00D.{12}!AQ/)
  expect(given.at('issued_at')).toMatch(/^\d{13}$/)
  expect(given.at('expires_in')).toBeUndefined()
  const headers = { authorization: `Bearer ${String(given.at('access_token'))}` }
  const me = (): Promise<Response> => fetch(`${simulator.url}/services/scim/v2/Me`, { headers })
  expect((await me()).status).toBe(200)
  simulator.org.revokeTokens()
  const refused = await reply(await me())
  expect(refused.status).toBe(401)
  expect(refused.json).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }])
  simulator.dialect.unauthorizedShape = 'scim'
  expect((await reply(await me())).at('detail')).toContain('INVALID_SESSION_ID')
})

test('a token ends with the session timeout of the org', async () => {
  let now = new Date('2026-01-15T09:00:00Z')
  const timed = await startSimulator({ now: () => now })
  try {
    const headers = { authorization: `Bearer ${timed.org.issueToken(seedIds.users.admin, now)}` }
    expect((await fetch(`${timed.url}/services/scim/v2/Me`, { headers })).status).toBe(200)
    now = new Date('2026-01-15T11:00:01Z')
    expect((await fetch(`${timed.url}/services/scim/v2/Me`, { headers })).status).toBe(401)
  } finally {
    await timed.close()
  }
})

test('credentials in the query string are refused', async () => {
  const search = `?${new URLSearchParams(credentials).toString()}`
  expect((await token({ grant_type: 'client_credentials' }, search)).at('error')).toBe('invalid_request')
})

test.each([
  ['an unknown client', { client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
  ['a wrong secret', { client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
  ['an unknown flow', { grant_type: 'x' }, 'unsupported_grant_type', 'grant type not supported'],
])('%s is refused', async (_what, over, code, text) => {
  expect(error(await token({ ...credentials, ...over }))).toEqual([400, code, text])
})

test('each precondition of client credentials has its own refusal', async () => {
  const app = simulator.org.connectedApp
  app.signInHost = 'login'
  expect(error(await token(credentials))[2]).toBe('request not supported on this domain')
  app.signInHost = 'my-domain'
  app.runAsUserId = null
  expect(error(await token(credentials))[2]).toBe('no client credentials user enabled')
  app.clientCredentialsEnabled = false
  expect(error(await token(credentials))[2]).toBe('client credentials flow not enabled')
})

test('a signed assertion gives a token', async () => {
  expect((await token(assertion())).status).toBe(200)
  expect((await token(assertion({ aud: simulator.url }))).status).toBe(200)
})

test('an expiry in milliseconds is accepted, as the sf CLI sends it, unless the switch says otherwise', async () => {
  const sent = assertion({ exp: Date.now() + 300 })
  expect((await token(sent)).status).toBe(200)
  simulator.dialect.jwtMillisecondExpiry = 'refused'
  expect(error(await token(sent))).toEqual([400, 'invalid_grant', 'expired authorization code'])
  simulator.dialect.jwtFurthestExpiry = 'unlimited'
  expect((await token(assertion({ exp: Math.floor(Date.now() / 1000) + 600 }))).status).toBe(200)
})

test('the identity URL and the user information are of this org and tell who signed in', async () => {
  const given = await token(credentials)
  expect(given.text).not.toContain('salesforce.com')
  const id = String(given.at('id'))
  const headers = { authorization: `Bearer ${String(given.at('access_token'))}` }
  const shown = await reply(await fetch(id, { headers }))
  expect(shown.json).toMatchObject({
    id,
    user_id: seedIds.users.integration,
    organization_id: seedIds.org,
    username: 'integration@acme.example',
    urls: { rest: `${simulator.url}/services/data/v{version}/` },
  })
  expect(shown.text).not.toContain('salesforce.com')
  const query = `?format=json&oauth_token=${encodeURIComponent(String(given.at('access_token')))}`
  expect((await fetch(id + query)).status).toBe(200)
  expect((await reply(await fetch(id))).text).toBe('Missing_OAuth_Token')
  const bad = await fetch(id, { headers: { authorization: 'Bearer x' } })
  expect([bad.status, await bad.text()]).toEqual([403, 'Bad_OAuth_Token'])
  const info = await reply(await fetch(`${simulator.url}/services/oauth2/userinfo`, { headers }))
  expect(info.json).toMatchObject({ sub: id, preferred_username: 'integration@acme.example' })
  expect((await fetch(`${simulator.url}/services/oauth2/userinfo`)).status).toBe(403)
})

test.each([
  ['another audience', { aud: 'https://example.com' }, 'Audience validation failed'],
  ['an expiry in the past', { exp: 1 }, 'expired authorization code'],
  ['an expiry of ten minutes', { exp: Math.floor(Date.now() / 1000) + 600 }, 'expired authorization code'],
  ['an expiry as a text', { exp: '9' }, 'expired authorization code'],
  ['an expiry long past in milliseconds', { exp: 1e12 }, 'expired authorization code'],
  ['an unknown user', { sub: 'nobody@acme.example' }, "user hasn't approved this consumer"],
  ['an inactive user', { sub: 'lea.verloren@acme.example' }, 'user is inactive'],
])('an assertion with %s is refused', async (_what, claims, text) => {
  expect(error(await token(assertion(claims)))[2]).toBe(text)
})

test('an assertion is refused with another key, another algorithm, no approval or a skewed clock', async () => {
  expect(error(await token(assertion({}, 'HS256')))[2]).toBe('invalid assertion')
  simulator.dialect.clockSkewSeconds = 300
  expect(error(await token(assertion()))[2]).toBe('expired authorization code')
  simulator.dialect.clockSkewSeconds = 0
  simulator.org.connectedApp.preAuthorised = false
  expect(error(await token(assertion()))[1]).toBe('invalid_app_access')
  simulator.org.certificates = []
  expect(error(await token(assertion()))[2]).toBe('invalid assertion')
})

test('username and password sign in with the security token, where the org does not block them', async () => {
  const form = {
    ...credentials,
    grant_type: 'password',
    username: userName,
    password: password + securityToken,
  }
  expect(error(await token(form))[1]).toBe('unsupported_grant_type')
  simulator.dialect.passwordFlow = 'allowed'
  expect((await token(form)).status).toBe(200)
  expect(error(await token({ ...form, password }))).toEqual([400, 'invalid_grant', 'authentication failure'])
  simulator.org.connectedApp.passwordFlowBlocked = true
  expect(error(await token(form))[1]).toBe('unsupported_grant_type')
})

test('services that are off and a used-up limit are 403', async () => {
  const headers = { authorization: `Bearer ${simulator.org.issueToken(seedIds.users.admin, new Date())}` }
  const call = async (path: string): Promise<Reply> => reply(await fetch(simulator.url + path, { headers }))
  Object.assign(simulator.dialect, { scimEnabled: false, restEnabled: false })
  expect((await call('/services/scim/v2/Me')).at(0, 'errorCode')).toBe('API_DISABLED_FOR_ORG')
  expect((await call('/services/data/v66.0/limits')).status).toBe(403)
  Object.assign(simulator.dialect, { scimEnabled: true, restEnabled: true })
  const seen = await call('/services/data/v66.0/limits')
  expect(seen.headers.get('sforce-limit-info')).toBe('api-usage=19/100000')
  simulator.org.apiUsage.used = 100_000
  expect((await call('/services/data/v66.0/limits')).at(0, 'errorCode')).toBe('REQUEST_LIMIT_EXCEEDED')
})

test('the log holds every request and the writes apart', async () => {
  await token(credentials)
  const headers = {
    authorization: `Bearer ${simulator.org.issueToken(seedIds.users.admin, new Date())}`,
    'content-type': 'application/json',
  }
  await fetch(`${simulator.url}/services/scim/v2/Users?filter=${encodeURIComponent('title eq "a&b"')}`, {
    headers,
  })
  await fetch(`${simulator.url}/services/scim/v2/Users`, {
    method: 'POST',
    headers,
    body: '{"userName":"é"}',
  })
  expect(simulator.requests.map((each) => [each.method, each.path, each.status])).toEqual([
    ['POST', '/services/oauth2/token', 200],
    ['GET', '/services/scim/v2/Users', 200],
    ['POST', '/services/scim/v2/Users', 409],
  ])
  expect(simulator.requests[1]?.query).toEqual({ filter: 'title eq "a&b"' })
  expect(simulator.writes().map((each) => each.json)).toEqual([{ userName: 'é' }])
  simulator.clearRequests()
  expect(simulator.requests).toEqual([])
})
