import { createServer, request as forward } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request on its way to the org. */
export interface Passing {
  readonly method: string
  /** Decoded, with its query. */
  readonly path: string
  readonly body: string
}

export interface Answered {
  status: number
  body: string
}

/**
 * What happens to a request: undefined lets it pass; an answer is given in the org's place; `cut` breaks the connection off
 * after the org has carried the request out; `hold` never answers it; a function changes the org's own answer.
 */
export type Intercept = (
  request: Passing,
) => undefined | Answered | 'cut' | 'hold' | ((answer: Answered) => Answered)

/** A door on loopback before an org, where a test can do what networks and platforms do. */
export async function startGateway(
  org: string,
  intercept: Intercept,
): Promise<{ url: string; close(): Promise<void> }> {
  let url = ''
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy())
  })

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await textOf(incoming)
    const { method = 'GET', url: target = '/' } = incoming
    const decision = intercept({ method, path: decodeURIComponent(target), body })
    if (typeof decision === 'object') return reply(outgoing, decision)
    if (decision === 'hold') return
    const answer = await pass(org + target, method, incoming, body)
    if (decision === 'cut') {
      outgoing.destroy()
      return
    }
    // The sign-in says where the API is: that has to be this door.
    const own = { status: answer.status, body: answer.body.replaceAll(org, url) }
    reply(outgoing, decision === undefined ? own : decision(own))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  url = `http://127.0.0.1:${address.port}`
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function pass(url: string, method: string, incoming: IncomingMessage, body: string): Promise<Answered> {
  const headers = { ...incoming.headers, host: new URL(url).host }
  return new Promise((resolve, reject) => {
    const outgoing = forward(url, { method, headers, agent: false }, (answer) => {
      textOf(answer).then((text) => {
        resolve({ status: answer.statusCode ?? 0, body: text })
      }, reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function reply(outgoing: ServerResponse, { status, body }: Answered): void {
  outgoing.writeHead(status, body === '' ? {} : { 'content-type': 'application/json;charset=UTF-8' })
  outgoing.end(body)
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
