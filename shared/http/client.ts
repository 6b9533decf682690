import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import { ConnectorError, TransportError } from '../errors.ts'
import { log } from '../log.ts'
import { product } from '../product.ts'
import { isLoopback } from './address.ts'
import { type Connector, createConnector } from './connector.ts'
import { type Proxy, proxyFor } from './proxyAddress.ts'
import type { Tunnels } from './tunnel.ts'
import { toTransportError } from './transportErrors.ts'

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface HttpRequest {
  readonly method: HttpMethod
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface HttpClient {
  /**
   * One request, one answer, within `timeout` milliseconds; redirects are not followed. Throws `TransportError` when no
   * complete answer came.
   */
  send(request: HttpRequest, timeout: number): Promise<HttpResponse>
  /**
   * Opens a connection to where the next request but one will go, unless there is one already. Nothing is sent on it, and
   * nothing said when it fails: the request that needs it tries again.
   */
  preconnect(url: URL): void
  /** Closes the connections; what is under way fails. */
  close(): void
}

/** The largest answer that is read, in bytes: 2,000 rows of a query are some 5 MB. */
const answerLimit = 64 * 1024 * 1024

/** Milliseconds after which a connection that is not there is given up. */
const connectTimeout = 10_000

/** A client with at most `connections` kept-alive connections to each origin. */
export function createHttpClient(connections = 1): HttpClient {
  const dispatchers = new Map<string, Dispatcher>()
  const connectors = new Map<string, Connector>()
  const tunnels = new Map<string, Promise<Tunnels>>()
  let isClosed = false

  /** Those of one proxy know together whether it refuses. */
  const tunnelsOf = (proxy: Proxy): Promise<Tunnels> => {
    const key = JSON.stringify(proxy)
    const opened =
      tunnels.get(key) ??
      import('./tunnel.ts').then(({ createTunnels }) => createTunnels(proxy, connectTimeout))
    tunnels.set(key, opened)
    return opened
  }

  /** Each origin has a connector and a pool of its own. */
  const openPool = (url: URL, proxy: Proxy | undefined): Connector => {
    const connector = createConnector(connectTimeout, proxy && (() => tunnelsOf(proxy)))
    const { connect } = connector
    connectors.set(url.origin, connector)
    dispatchers.set(url.origin, new Pool(url.origin, { connections, connect, pipelining: 1 }))
    return connector
  }

  const dispatcherFor = (url: URL): Dispatcher => {
    if (!dispatchers.has(url.origin)) {
      checkVerification(url)
      openPool(url, proxyFor(url))
    }
    const dispatcher = dispatchers.get(url.origin)
    if (dispatcher === undefined) throw closed()
    return dispatcher
  }

  return {
    async send(request, timeout) {
      const started = process.uptime()
      let outcome = 'no answer'
      try {
        if (isClosed) throw closed()
        const response = await exchange(dispatcherFor(request.url), request, timeout)
        outcome = `${response.status}, ${response.text.length} characters`
        return response
      } catch (error) {
        // Not a matter of the network: it must not be tried again.
        throw isClosed ? closed() : error
      } finally {
        const { method, url } = request
        const elapsed = Math.round((process.uptime() - started) * 1000)
        log('information', `${method} ${url.pathname}${url.search}: ${outcome}, ${elapsed} ms`)
      }
    },
    preconnect(url) {
      if (isClosed || dispatchers.has(url.origin)) return
      try {
        checkVerification(url)
        if (proxyFor(url) === undefined) openPool(url, undefined).open(url)
      } catch (error) {
        // A setting of the proxy that the request itself will tell of.
        if (!(error instanceof ConnectorError)) throw error
      }
    },
    close() {
      isClosed = true
      for (const connector of connectors.values()) connector.close()
      for (const opened of tunnels.values()) void opened.then((all) => all.close())
      for (const dispatcher of dispatchers.values()) void dispatcher.destroy(null)
      dispatchers.clear()
    },
  }
}

/** Secrets go only to a host whose certificate is verified; this machine, which the simulated org is on, is trusted. */
function checkVerification({ protocol, hostname }: URL): void {
  if (protocol !== 'https:' || isLoopback(hostname)) return
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return
  throw new ConnectorError(
    'MISCONFIGURED',
    'The environment variable NODE_TLS_REJECT_UNAUTHORIZED is 0, so that no certificate would be verified: remove it, and set NODE_EXTRA_CA_CERTS to the CA in use',
  )
}

function closed(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'the connections to Salesforce are closed already')
}

function exchange(dispatcher: Dispatcher, request: HttpRequest, timeout: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let sent = false
    let isSettled = false
    let status = 0
    let headers: Record<string, string> = {}
    const chunks: Buffer[] = []
    let size = 0
    let controller: Dispatcher.DispatchController | undefined

    const fail = (error: ConnectorError): void => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      reject(error)
      controller?.abort(error)
    }
    const timer = setTimeout(() => {
      fail(
        new TransportError(
          `${request.url.host} did not answer in time (${Math.round(timeout / 100) / 10} s)`,
          sent,
        ),
      )
    }, timeout)

    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: { 'user-agent': product, ...request.headers },
        body: request.body ?? null,
        // The timer above is the one deadline.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(started) {
          // Given up while it waited for a connection: it must not be sent after all.
          if (isSettled) return started.abort(new Error('given up'))
          controller = started
          sent = true
        },
        onResponseStart(_controller, statusCode, received) {
          status = statusCode
          headers = flatten(received)
        },
        onResponseData(_controller, chunk) {
          size += chunk.length
          if (size > answerLimit) {
            fail(new ConnectorError('UNEXPECTED', `${request.url.host} sent an answer of more than 64 MB`))
          } else chunks.push(chunk)
        },
        onResponseEnd() {
          isSettled = true
          clearTimeout(timer)
          resolve({ status, headers, text: Buffer.concat(chunks, size).toString('utf8') })
        },
        onResponseError(_controller, error) {
          fail(toTransportError(error, request.url.host, sent))
        },
      },
    )
  })
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
