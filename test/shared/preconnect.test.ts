import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { audit, runBuilt } from '../process.ts'

let org: SimulatedOrg
let api: Server
let signIn: HttpServer
let connections: Socket[]

/** What the sign-in host answers, when. */
let answer: () => Promise<{ status: number; body: object }>

const urlOf = (server: Server | HttpServer): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** A disable of an account that is inactive: the sign-in and one read. */
const context = (baseUrl: string) => ({
  Operation: 'disable',
  DryRun: false,
  Configuration: {
    BaseUrl: baseUrl,
    AuthenticationUri: urlOf(signIn),
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
    ActionTimeoutSeconds: 10,
  },
  References: { Account: seedIds.users.leaver },
})

beforeEach(async () => {
  org = await startSimulator()
  connections = []
  // The API's host passes bytes on to the org and keeps count of those who come.
  api = createServer((socket) => {
    connections.push(socket)
    const onward = connect(Number(new URL(org.url).port), '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  api.listen(0, '127.0.0.1')
  signIn = createHttpServer((request, response) => {
    request.resume()
    void answer().then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  signIn.listen(0, '127.0.0.1')
  await Promise.all([once(api, 'listening'), once(signIn, 'listening')])
})

afterEach(async () => {
  for (const socket of connections) socket.destroy()
  signIn.closeAllConnections()
  signIn.close()
  api.close()
  await org.close()
})

async function token(): Promise<{ status: number; body: object }> {
  const answered = await fetch(`${org.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: seedCredentials.clientId,
      client_secret: seedCredentials.clientSecret,
    }),
  })
  return { status: 200, body: { ...((await answered.json()) as object), instance_url: urlOf(api) } }
}

test('where the sign-in is another host, the connection to the API is there before the token is', async () => {
  answer = async () => {
    // The token waits for the connection: a script that opened it afterwards would wait in vain.
    if (connections.length === 0) await once(api, 'connection')
    return token()
  }
  const run = await runBuilt('disable', context(urlOf(api)))
  expect(run.output.Success).toBe(true)
  expect(org.requests.filter(({ path }) => path.startsWith('/services/scim'))).toHaveLength(1)
  // It is used: no second one was opened.
  expect(connections).toHaveLength(1)
})

test('a connection that breaks while the token is fetched is opened again', async () => {
  answer = async () => {
    if (connections.length === 0) await once(api, 'connection')
    const [first] = connections
    if (first !== undefined) {
      const isGone = once(first, 'close')
      first.resetAndDestroy()
      await isGone
    }
    return token()
  }
  const run = await runBuilt('disable', context(urlOf(api)))
  expect(run.output.Success).toBe(true)
})

test('a refused sign-in is told as such, and a connection that nobody needs does not keep the script', async () => {
  answer = async () => {
    if (connections.length === 0) await once(api, 'connection')
    return { status: 401, body: { error: 'invalid_client', error_description: 'invalid client credentials' } }
  }
  const run = await runBuilt('disable', context(urlOf(api)))
  expect(run.code).toBe(1)
  expect(audit(run)).toContain('invalid_client')
  expect(org.requests).toHaveLength(0)
})

test('an API host that cannot be reached is told when it is needed, not before', async () => {
  answer = token
  const nobody = createServer()
  nobody.listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const url = urlOf(nobody)
  nobody.close()
  await once(nobody, 'close')
  // The token says where the API is: the address that is configured is not asked.
  const run = await runBuilt('disable', context(url))
  expect(run.output.Success).toBe(true)
})
