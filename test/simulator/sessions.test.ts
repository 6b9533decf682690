import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, authSessions } = seedIds
const base = '/services/data/v66.0/sobjects'

let client: Client
beforeEach(async () => {
  client = await connect({ seed: { records: true } })
})
afterEach(() => client.simulator.close())

const revoke = (token: string): Promise<Response> =>
  fetch(`${client.simulator.url}/services/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  })

test('the sessions of a user are found and ended', async () => {
  const find = (): Promise<Reply> =>
    client.soql(
      `SELECT Id, SessionType, LoginType, CreatedDate FROM AuthSession WHERE UsersId = '${users.annBoss}'`,
    )
  expect((await find()).at('records')).toMatchObject([
    { Id: authSessions.one, SessionType: 'UI', LoginType: 'Application' },
    { Id: authSessions.two, SessionType: 'Oauth2' },
  ])
  expect((await client.send('DELETE', `${base}/AuthSession/${authSessions.one}`)).status).toBe(204)
  expect((await find()).at('totalSize')).toBe(1)
  expect((await client.send('POST', `${base}/AuthSession`, { UsersId: users.annBoss })).status).toBe(400)
})

test('who ends the own session is signed out', async () => {
  const own = await client.soql(`SELECT Id FROM AuthSession WHERE UsersId = '${users.integration}'`)
  expect(own.at('totalSize')).toBe(1)
  const ended = await client.send('DELETE', `${base}/AuthSession/${String(own.at('records', 0, 'Id'))}`)
  expect(ended.status).toBe(204)
  const after = await client.get(`${base}/User/${users.annBoss}`)
  expect([after.status, after.at(0, 'errorCode')]).toEqual([401, 'INVALID_SESSION_ID'])
})

test('the tokens of a user are found without an id, and go by their delete token alone', async () => {
  const find = (): Promise<Reply> =>
    client.soql(
      `SELECT Id, AppName, DeleteToken, UseCount, LastUsedDate FROM OauthToken WHERE UserId = '${users.annBoss}'`,
    )
  const found = await find()
  expect(found.at('records', 0)).toMatchObject({ Id: null, AppName: 'Data Loader', UseCount: 12 })
  const row = [...client.simulator.org.oauthTokens.keys()][0] ?? ''
  expect((await client.send('DELETE', `${base}/OauthToken/${row}`)).status).toBe(400)
  const token = String(found.at('records', 0, 'DeleteToken'))
  expect((await revoke(token)).status).toBe(200)
  expect((await find()).at('totalSize')).toBe(1)
  const again = await revoke(token)
  expect([again.status, await again.json()]).toEqual([
    400,
    { error: 'invalid_token', error_description: 'invalid token' },
  ])
})

test('an access token that is revoked takes its session along', async () => {
  const { org } = client.simulator
  const token = org.issueToken(users.admin, new Date())
  expect(org.authSessions.where('UsersId', users.admin)).toHaveLength(1)
  expect((await revoke(token)).status).toBe(200)
  expect(org.authSessions.where('UsersId', users.admin)).toEqual([])
})

test('a password is reset with a mail, and set without one', async () => {
  const path = `${base}/User/${users.annBoss}/password`
  const { org } = client.simulator
  expect((await client.get(path)).json).toEqual({ isExpired: false })
  const reset = await client.send('DELETE', path)
  expect([reset.status, org.passwords.get(users.annBoss)]).toEqual([200, reset.at('NewPassword')])
  expect([org.passwordResetsOf(users.annBoss), [...org.passwordResets.values()][0]?.IsMailed]).toEqual([
    1,
    true,
  ])
  const weak = await client.send('POST', path, { NewPassword: 'x' })
  expect([weak.status, weak.at(0, 'errorCode')]).toEqual([400, 'INVALID_NEW_PASSWORD'])
  expect((await client.send('POST', path, { NewPassword: 'Long-enough-1' })).status).toBe(204)
  expect([org.passwordResetsOf(users.annBoss), org.passwords.get(users.annBoss)]).toEqual([
    1,
    'Long-enough-1',
  ])
  expect(client.simulator.user(users.annBoss)?.['LastPasswordChangeDate']).toEqual(expect.any(String))
})

test.each(['DELETE', 'POST'])('%s of the password of an inactive user is refused', async (method) => {
  const path = `${base}/User/${users.leaver}/password`
  const refused = await client.send(method, path, { NewPassword: 'Long-enough-1' })
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, 'INACTIVE_OWNER_OR_USER'])
  expect(client.simulator.org.passwordResetsOf(users.leaver)).toBe(0)
})

test('who may not customise the application sees the own tokens alone, who may not manage users no session', async () => {
  const { org, dialect } = client.simulator
  const find = (): Promise<Reply> => client.soql('SELECT AppName FROM OauthToken')
  expect((await find()).at('totalSize')).toBe(2)
  org.missingRights.set(users.integration, new Set(['CustomizeApplication', 'ManageUsers']))
  const own = await find()
  expect([own.status, own.at('totalSize')]).toEqual([200, 0])
  expect((await client.soql('SELECT Id FROM AuthSession')).at(0, 'errorCode')).toBe('INVALID_TYPE')
  org.missingRights.clear()
  dialect.sessionsInCollection = 'refused'
  const path = `/services/data/v66.0/composite/sobjects?ids=${authSessions.one}&allOrNone=false`
  expect((await client.send('DELETE', path)).status).toBe(400)
})
