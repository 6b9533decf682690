import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Context } from './context.ts'
import { createDialect } from './dialect/dialect.ts'
import type { Dialect, DialectName } from './dialect/dialect.ts'
import { answerOf, Faults } from './faults/faults.ts'
import type { Fault, FaultEffect, FaultHandle } from './faults/faults.ts'
import type { Answer, Request } from './http.ts'
import type { Org } from './org/org.ts'
import { addressUnder, isOwnHost } from './hostName.ts'
import { route } from './route.ts'
import type { UserRow } from './org/rows.ts'
import { changeLogin } from './rules/logins.ts'
import { createOrg } from './seed/seed.ts'
import type { Seed } from './seed/seed.ts'
import { seedIds } from './seed/seedIds.ts'

export interface SimulatorOptions {
  /** Default 0: a free one. Always bound to 127.0.0.1. */
  port?: number
  /** A named set of switches, or switches over 'documented'. */
  dialect?: DialectName | Partial<Dialect>
  /** Default 'acme'; options add generated users and records, see simulator/seed/seed.ts. */
  seed?: Seed
  now?: () => Date
  /** How many of the last requests are remembered. Default: all. */
  keepRequests?: number
  /** Serves over TLS with this key and certificate (PEM); `url` then begins with https. */
  tls?: { key: string; cert: string }
  /** Milliseconds added before each request is processed, as a distance to Salesforce. Default 0. */
  delay?: number
  /** Called after each answer with the time it took. */
  onRequest?: (request: RecordedRequest, milliseconds: number) => void
}

/** A request as it came and how it was answered. */
export interface RecordedRequest {
  method: string
  /** Decoded. */
  path: string
  /** As it came, with its question mark. */
  search: string
  query: Record<string, string>
  headers: Record<string, string>
  body: string
  /** The body as JSON; undefined where it is none. */
  json: unknown
  /** 0 where the connection was cut before any answer. */
  status: number
  /** What was sent, also where it was cut off. */
  answer: string
}

/** A running org. */
export interface SimulatedOrg {
  readonly url: string
  readonly org: Org
  /** May be changed while the org runs. */
  readonly dialect: Dialect
  /** In order of arrival; each is there when it was answered. */
  readonly requests: RecordedRequest[]
  /** All requests that may change something: not GET, not the token request. */
  writes(): RecordedRequest[]
  clearRequests(): void
  user(idOrUsername: string): UserRow | undefined
  /**
   * Freezes a user, or unfreezes it, as somebody: the seed's administrator where nobody is named. The automated process of
   * the seed stands for Salesforce itself.
   */
  freeze(idOrUsername: string, by?: string, isFrozen?: boolean): void
  /** Scripts a fault; see simulator/faults/faults.ts. */
  fault(fault: Fault): FaultHandle
  /** Scripted faults that never fired. A test that scripts faults asserts that there are none. */
  unfiredFaults(): Fault[]
  clearFaults(): void
  close(): Promise<void>
}

/** RFC 9110 15.5.20. */
const misdirected: Answer = {
  status: 421,
  body: [
    { errorCode: 'MISDIRECTED_REQUEST', message: 'The simulated org answers to names of this machine only' },
  ],
}

/** Starts an org on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<SimulatedOrg> {
  const org = createOrg(options.seed)
  const dialect = createDialect(options.dialect)
  const requests: RecordedRequest[] = []
  const faults = new Faults()
  const timers = new Set<NodeJS.Timeout>()
  const keep = options.keepRequests ?? Number.POSITIVE_INFINITY
  const context: Context = { org, dialect, now: options.now ?? (() => new Date()), url: '', callerId: '' }

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  }
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener)
  // longer than any pause between a client's requests, so that it never meets a connection that is just closing
  server.keepAliveTimeout = 60_000

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const begun = performance.now()
    const { request, search } = await readRequest(incoming)
    const fault = faults.next(request, search, context.now())
    const { effect = { kind: 'none' } } = fault ?? {}
    const delay = (options.delay ?? 0) + (fault?.delay ?? 0)
    if (delay > 0) await pause(delay)
    const skipped = effect.kind === 'answer' || effect.kind === 'reset'
    const host = request.headers['host']
    const own = skipped
      ? undefined
      : isOwnHost(host)
        ? route({ ...context, url: addressUnder(context.url, host) }, request)
        : misdirected
    fault?.change?.(org)
    // RFC 9110 6.6.1: the time by the server's own clock
    outgoing.setHeader(
      'date',
      new Date(context.now().getTime() + dialect.clockSkewSeconds * 1000).toUTCString(),
    )
    const sent = sendUnder(effect, own, outgoing)
    const recorded = record(request, search, sent.status, sent.text)
    if (fault?.then !== undefined) later(fault.then, fault.thenAfter ?? 0)
    requests.push(recorded)
    options.onRequest?.(recorded, performance.now() - begun)
    if (requests.length > keep) requests.shift()
  }

  function later(change: (org: Org) => void, milliseconds: number): void {
    if (milliseconds === 0) change(org)
    else timers.add(setTimeout(() => change(org), milliseconds).unref())
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the simulated org has no port')
  const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`
  context.url = url

  return {
    url,
    org,
    dialect,
    requests,
    writes: () =>
      requests.filter(
        (each) => !['GET', 'HEAD'].includes(each.method) && !each.path.startsWith('/services/oauth2/'),
      ),
    clearRequests: () => {
      requests.length = 0
    },
    user: (idOrUsername) => org.user(idOrUsername),
    freeze(idOrUsername, by = seedIds.users.admin, isFrozen = true) {
      const row = org.userLogins.where('UserId', org.user(idOrUsername)?.Id ?? '')[0]
      if (row === undefined) throw new Error(`the org has no sign-in of the user ${idOrUsername}`)
      changeLogin({ ...context, callerId: org.user(by)?.Id ?? by }, row, { IsFrozen: isFrozen })
    },
    fault: (fault) => faults.add(fault),
    unfiredFaults: () => faults.unfired(),
    clearFaults: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(incoming: IncomingMessage): Promise<{ request: Request; search: string }> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const target = incoming.url ?? '/'
  const mark = target.indexOf('?')
  const search = mark < 0 ? '' : target.slice(mark)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    search,
    request: {
      method: incoming.method ?? 'GET',
      path: decode(mark < 0 ? target : target.slice(0, mark)),
      query: new URLSearchParams(search),
      headers,
      body,
      json: parse(body),
    },
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function parse(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Sends the org's own answer, or what a fault makes of it; gives back what went out. */
function sendUnder(
  effect: FaultEffect,
  own: Answer | undefined,
  outgoing: ServerResponse,
): { status: number; text: string } {
  switch (effect.kind) {
    case 'answer':
    case 'commit-then-answer':
      return { status: effect.status, text: send(outgoing, answerOf(effect)) }
    case 'reset':
    case 'commit-then-reset':
      outgoing.socket?.resetAndDestroy()
      return { status: 0, text: '' }
    case 'commit-then-truncate': {
      const text = textOf(own ?? { status: 200 })
      if (text === '') return sendUnder({ kind: 'commit-then-reset' }, own, outgoing)
      const part = Buffer.from(text).subarray(0, effect.bytes ?? Math.floor(Buffer.byteLength(text) / 2))
      head(outgoing, own ?? { status: 200 }, text)
      // the client was promised the whole body, so it can tell that it was cut
      outgoing.write(part, () => outgoing.destroy())
      return { status: own?.status ?? 200, text: part.toString('utf8') }
    }
    case 'none':
      return { status: own?.status ?? 500, text: send(outgoing, own ?? { status: 500 }) }
  }
}

function textOf({ body }: Answer): string {
  return body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
}

function send(outgoing: ServerResponse, answer: Answer): string {
  const text = textOf(answer)
  head(outgoing, answer, text)
  outgoing.end(text)
  return text
}

function head(outgoing: ServerResponse, answer: Answer, text: string): void {
  const type = text === '' ? {} : { 'content-type': 'application/json;charset=UTF-8' }
  const length = answer.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(text)) }
  outgoing.writeHead(answer.status, { ...type, ...length, ...answer.headers })
}

function record(request: Request, search: string, status: number, answer: string): RecordedRequest {
  const { method, path, headers, body, json } = request
  return {
    method,
    path,
    search,
    query: Object.fromEntries(request.query),
    headers,
    body,
    json,
    status,
    answer,
  }
}
