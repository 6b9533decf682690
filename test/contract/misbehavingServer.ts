import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SimulatedOrg, type SimulatorOptions, startSimulator } from '../../simulator/server.ts'

const running: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()))
})

/** Lets a server run until the test is over, however it ends. */
export function untilTheEnd<T extends { close(): Promise<void> }>(server: T): T {
  running.push(server)
  return server
}

/** A simulated org for one test. */
export async function startOrg(options: SimulatorOptions = {}): Promise<SimulatedOrg> {
  return untilTheEnd(await startSimulator(options))
}

/** A server on loopback that answers as it is told to, and remembers what it was asked. */
export interface Rogue {
  readonly url: string
  /** `GET /path?search` in order of arrival. */
  readonly asked: string[]
  close(): Promise<void>
}

export async function startRogue(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Rogue> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume()
    response.on('error', () => undefined)
    answer(request, response)
  })
  return untilTheEnd({
    url: `http://127.0.0.1:${await listen(server)}`,
    asked,
    close: () => close(server),
  })
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** An address of this machine at which nobody listens. */
export async function deserted(): Promise<string> {
  const rogue = await startRogue((_request, response) => response.end())
  await rogue.close()
  return rogue.url
}

/** Answers the token request as Salesforce does; says whether it was one. */
export function signedIn(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url !== '/services/oauth2/token') return false
  const token = {
    access_token: '00D5g000004AbCd!rogue.token',
    token_type: 'Bearer',
    id: 'https://login.salesforce.com/id/00D5g000004AbCdEAK/0055g0000000001AAA',
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token))
  return true
}
