import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import { ConnectorError, TransportError } from '../errors.ts'
import { log } from '../log.ts'
import { isLoopback } from './address.ts'
import { type Connector, createConnector } from './connector.ts'

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
  const dispatchers = new Map<string, Promise<Dispatcher> | Dispatcher>()
  const connectors: Connector[] = []
  let isClosed = false

  const dispatcherFor = (url: URL): Promise<Dispatcher> | Dispatcher => {
    let dispatcher = dispatchers.get(url.origin)
    if (dispatcher === undefined) {
      dispatcher = openDispatcher(url, connections)
      dispatchers.set(url.origin, dispatcher)
    }
    return dispatcher
  }

  return {
    async send(request, timeout) {
      const started = process.uptime()
      const entry = dispatcherFor(request.url)
      const dispatcher = entry instanceof Promise ? await entry : entry
      let outcome = 'no answer'
      try {
        if (isClosed) throw closed()
        const response = await exchange(dispatcher, request, timeout)
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
      if (isClosed || dispatchers.has(url.origin) || isProxied(url)) return
      const connector = createConnector(connectTimeout)
      const { connect } = connector
      connectors.push(connector)
      dispatchers.set(url.origin, new Pool(url.origin, { connections, connect, pipelining: 1 }))
      connector.open(url)
    },
    close() {
      isClosed = true
      for (const connector of connectors) connector.close()
      for (const entry of dispatchers.values()) {
        void Promise.resolve(entry).then((dispatcher) => dispatcher.destroy(null))
      }
      dispatchers.clear()
    },
  }
}

function closed(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'the connections to Salesforce are closed already')
}

/** This machine is reached directly; others through the proxy of HTTPS_PROXY unless NO_PROXY names them. */
function openDispatcher(url: URL, connections: number): Promise<Dispatcher> | Dispatcher {
  if (isProxied(url)) {
    return import('./proxy.ts').then(({ openProxyAgent }) => openProxyAgent(connections, connectTimeout))
  }
  return new Pool(url.origin, { connections, connectTimeout, pipelining: 1 })
}

function isProxied(url: URL): boolean {
  const proxy = process.env['HTTPS_PROXY'] ?? process.env['https_proxy']
  return proxy !== undefined && proxy !== '' && !isLoopback(url.hostname)
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
        headers: request.headers,
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
          fail(toTransportError(error, request.url, sent))
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

/** What a system error code means to whoever has to mend it. */
const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address: is the host name right?',
  EAI_AGAIN: 'could not be looked up: is there a name server?',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached: a firewall or a proxy may be in the way',
  ETIMEDOUT: 'cannot be reached: a firewall or a proxy may be in the way',
  EHOSTUNREACH: 'cannot be reached: a firewall or a proxy may be in the way',
  ENETUNREACH: 'cannot be reached: there is no network',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'broke its answer off',
  UND_ERR_ABORTED: 'is not let through by the proxy of HTTPS_PROXY',
  HTTPParserError: 'does not answer in HTTP: is the address right?',
}

const untrusted = 'has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS to the CA in use'

/** Faults of a certificate: nothing is sent to such a host, and trying again does not mend it. */
const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host name',
}

function toTransportError(error: Error, url: URL, sent: boolean): ConnectorError {
  if (error instanceof ConnectorError) return error
  const given = 'code' in error && typeof error.code === 'string' ? error.code : 'no code'
  const code = error.name === 'HTTPParserError' ? error.name : given
  const certificate = certificates[code]
  if (certificate !== undefined) {
    return new ConnectorError('MISCONFIGURED', `${url.host} ${certificate}`, { cause: error })
  }
  return new TransportError(`${url.host} ${causes[code] ?? `could not be asked (${code})`}`, sent, {
    cause: error,
  })
}
