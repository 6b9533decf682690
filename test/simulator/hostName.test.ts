import { request } from 'node:http'
import { startSimulator } from '../../simulator/server.ts'
import { addressUnder, isOwnHost } from '../../simulator/hostName.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'

test.each(['127.0.0.1:8400', 'localhost', '[::1]:8400', 'acme.my.salesforce.test:8400', undefined])(
  '%s is this machine',
  (host) => expect(isOwnHost(host)).toBe(true),
)

test.each([
  'evil.example.com',
  'localhost.evil.com:8400',
  '127.0.0.1.evil.com',
  '127.evil.com:8400',
  'evil.com:127',
  'login.salesforce.com',
  '0.0.0.0:8400',
  '192.168.1.5',
  'test',
  '',
])('[%s] is not', (host) => expect(isOwnHost(host)).toBe(false))

test('a page whose name resolves to this machine reads nothing and writes nothing', async () => {
  const org = await startSimulator()
  try {
    const form = { grant_type: 'client_credentials', client_id: seedCredentials.clientId }
    const body = new URLSearchParams({ ...form, client_secret: seedCredentials.clientSecret }).toString()
    const signIn = (host: string): Promise<{ status: number | undefined; text: string }> =>
      new Promise((resolve, reject) => {
        const headers = { host, 'content-type': 'application/x-www-form-urlencoded' }
        const sent = request(`${org.url}/services/oauth2/token`, { method: 'POST', headers }, (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part: string) => (text += part))
          answer.on('end', () => resolve({ status: answer.statusCode, text }))
        })
        sent.on('error', reject)
        sent.end(body)
      })
    const refused = await signIn('evil.example.com:8400')
    expect(refused).toEqual({ status: 421, text: expect.stringContaining('names of this machine') as string })
    expect(org.org.tokens.size).toBe(0)
    // A client by another name of this machine is sent on to that name, as Salesforce names the host of the org.
    const { port } = new URL(org.url)
    expect(JSON.parse((await signIn('acme.my.salesforce.test')).text)).toMatchObject({
      instance_url: `http://acme.my.salesforce.test:${port}`,
    })
    expect(addressUnder(org.url, undefined)).toBe(org.url)
  } finally {
    await org.close()
  }
})
