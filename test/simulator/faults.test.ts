import { request as httpRequest } from 'node:http'
import { get as httpsGet } from 'node:https'
import { faultEffects } from '../../simulator/faults/faults.ts'
import { testTls } from '../../simulator/org/keys.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { connect, newUser, parse } from './client.ts'
import type { Client } from './client.ts'

const { users, userLicenses } = seedIds

let client: Client
let now: Date
beforeEach(async () => {
  now = new Date()
  client = await connect({ now: () => now })
})
afterEach(() => client.simulator.close())

const me = (): Promise<number> => client.scim('GET', '/Me').then((answer) => answer.status)

test('a fault meets the requests it describes, from an occurrence on and so many times', async () => {
  const handle = client.simulator.fault({
    when: { method: 'GET', path: /\/Me$/, occurrence: 2, times: 2 },
    effect: faultEffects.unavailable(7),
  })
  expect((await client.scim('GET', '/Roles')).status).toBe(200)
  const statuses = [await me(), await me(), await me(), await me()]
  expect(statuses).toEqual([200, 503, 503, 200])
  expect(handle.fired).toBe(2)
  expect(client.simulator.unfiredFaults()).toEqual([])
})

test('a fault that never fired is told', async () => {
  const fault = { when: { method: 'DELETE' }, effect: faultEffects.dailyLimit() }
  const handle = client.simulator.fault(fault)
  await me()
  expect(client.simulator.unfiredFaults()).toEqual([fault])
  handle.remove()
  expect(client.simulator.unfiredFaults()).toEqual([])
})

test('an answered fault processes nothing and carries its headers', async () => {
  client.simulator.fault({
    when: { method: 'POST', path: /Users/ },
    effect: faultEffects.tooManyRequests(30),
  })
  const refused = await client.scim('POST', '/Users', newUser())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  expect(client.simulator.user('j.devries@acme.example')).toBeUndefined()
  client.simulator.fault({ when: { body: /userName/ }, effect: faultEffects.maintenance() })
  const page = await client.scim('POST', '/Users', newUser())
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.text).toContain('maintenance')
  expect(client.simulator.writes().map((each) => each.status)).toEqual([429, 503])
})

test('a 401 once leaves the token good', async () => {
  client.simulator.fault({ when: { path: /scim/ }, effect: faultEffects.unauthorized() })
  expect([await me(), await me()]).toEqual([401, 200])
})

test.each([
  ['reset', false],
  ['commit-then-reset', true],
  ['commit-then-truncate', true],
] as const)('%s breaks the connection; what was asked is done: %s', async (kind, done) => {
  client.simulator.fault({ when: { method: 'POST' }, effect: { kind } })
  await expect(client.scim('POST', '/Users', newUser())).rejects.toThrow()
  expect(client.simulator.user('j.devries@acme.example') !== undefined).toBe(done)
  const [cut] = client.simulator.requests
  expect(cut?.method).toBe('POST')
  expect(cut?.status).toBe(kind === 'commit-then-truncate' ? 201 : 0)
})

test('a truncated answer arrives in part', async () => {
  client.simulator.fault({ when: {}, effect: { kind: 'commit-then-truncate', bytes: 20 } })
  const token = client.simulator.org.issueToken(users.admin, now)
  const received = await new Promise<{ text: string; cut: boolean; promised: number }>((resolve, reject) => {
    const sent = httpRequest(
      `${client.simulator.url}/services/scim/v2/Me`,
      { headers: { authorization: `Bearer ${token}` } },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8')
        })
        response.on('error', () => undefined)
        response.on('close', () => {
          resolve({ text, cut: !response.complete, promised: Number(response.headers['content-length']) })
        })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
  expect(received.text).toHaveLength(20)
  expect(received.cut).toBe(true)
  expect(received.promised).toBeGreaterThan(20)
  expect(parse(received.text)).toBeUndefined()
})

test('what is committed may be answered with something else', async () => {
  client.simulator.fault({
    when: { method: 'POST' },
    effect: {
      kind: 'commit-then-answer',
      status: 504,
      body: 'gateway timeout',
      headers: { 'content-type': 'text/plain' },
    },
  })
  expect((await client.scim('POST', '/Users', newUser())).status).toBe(504)
  expect(client.simulator.user('j.devries@acme.example')).toBeDefined()
})

test('seats can go between a check and the write', async () => {
  client.simulator.fault({
    when: { path: /\/query/, search: /UserLicense/ },
    then: (org) => {
      const licence = org.userLicenses.get(userLicenses.salesforce)
      if (licence !== undefined) org.userLicenses.update(licence, { TotalLicenses: 1 })
    },
  })
  const checked = await client.soql("SELECT TotalLicenses FROM UserLicense WHERE Name = 'Salesforce'")
  expect(checked.at('records', 0, 'TotalLicenses')).toBe(20)
  expect((await client.scim('POST', '/Users', newUser())).at('detail')).toContain('LICENSE_LIMIT_EXCEEDED')
})

test('a policy can undo a change after the answer, or before it leaves', async () => {
  const undo = { when: { method: 'PATCH' }, then: (org: typeof client.simulator.org) => revive(org) }
  function revive(org: typeof client.simulator.org): void {
    const row = org.users.get(users.obrien)
    if (row !== undefined) org.users.update(row, { IsActive: true })
  }
  client.simulator.fault(undo)
  const patched = await client.patch(users.obrien, { op: 'replace', value: { active: false } })
  expect(patched.at('active')).toBe(false)
  expect((await client.scim('GET', `/Users/${users.obrien}`)).at('active')).toBe(true)
  const late = new Promise<void>((resolve) => {
    client.simulator.fault({
      when: { method: 'DELETE' },
      thenAfter: 1,
      then: (org) => {
        revive(org)
        resolve()
      },
    })
  })
  expect((await client.scim('DELETE', `/Users/${users.obrien}`)).status).toBe(204)
  await late
  expect(client.simulator.user(users.obrien)?.IsActive).toBe(true)
})

test('a lock is held for a time by the clock of the org', async () => {
  client.simulator.fault({
    when: { path: /Groups/, method: 'PATCH', forMilliseconds: 10_000 },
    effect: faultEffects.rowLockScim(),
  })
  const join = (): Promise<number> =>
    client
      .scim('PATCH', `/Groups/${seedIds.groups.emeaSalesTeam}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'members', value: { members: [{ value: users.annBoss }] } }],
      })
      .then((answer) => answer.status)
  expect(await join()).toBe(409)
  now = new Date(now.getTime() + 9_999)
  expect(await join()).toBe(409)
  now = new Date(now.getTime() + 1)
  expect(await join()).toBe(200)
})

test('a delayed request is processed when its time has come', async () => {
  const took: number[] = []
  const slow = await connect({ onRequest: (_request, milliseconds) => took.push(milliseconds) })
  try {
    slow.simulator.fault({ when: { path: /Roles/ }, delay: 20 })
    expect((await slow.scim('GET', '/Roles')).status).toBe(200)
    // timers may come a little early, never much
    expect(took[0]).toBeGreaterThan(15)
  } finally {
    await slow.simulator.close()
  }
})

test('the org serves over TLS with a certificate that can be verified', async () => {
  const secure = await startSimulator({ tls: testTls, delay: 1 })
  try {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpsGet(`${secure.url}/services/data`, { ca: testTls.cert, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
    })
    expect(secure.url).toMatch(/^https:/)
    expect(status).toBe(200)
  } finally {
    await secure.close()
  }
})
