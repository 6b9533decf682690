import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer of the org, which a proxy may replace. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly contentType?: string
}

/** What a proxy makes of an answer; undefined to pass it on. */
export type Alter = (path: string, answer: Answer) => Answer | undefined

export interface Proxy {
  readonly url: string
  close(): Promise<void>
}

/** A server on loopback that passes requests on to an org and alters what comes back. */
export async function startProxy(target: string, alter: Alter): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const { host, port } = new URL(target)
    const forwarded = request({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, host } })
    forwarded.on('response', (response) => {
      void textOf(response).then((body) => {
        const given: Answer = { status: response.statusCode ?? 500, body }
        const answer = alter(decodeURIComponent(url), given) ?? given
        const { 'content-length': _, 'transfer-encoding': __, ...rest } = response.headers
        const type = answer.contentType === undefined ? {} : { 'content-type': answer.contentType }
        // The org names its own address as the one to go on with.
        outgoing.writeHead(answer.status, { ...rest, ...type })
        outgoing.end(answer.body.replaceAll(target, address()))
      })
    })
    forwarded.on('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: address(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
