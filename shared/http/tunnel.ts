import { connect, type LookupFunction, type Socket } from 'node:net'
import { ConnectorError, TransportError } from '../errors.ts'
import { product } from '../product.ts'
import { createLookup } from './lookup.ts'
import type { Proxy } from './proxyAddress.ts'
import { toConnectionError } from './transportErrors.ts'

export interface Tunnels {
  /** A connection through the proxy to a host, given as `host:port`. Throws a `ConnectorError` that names the proxy. */
  open(host: string): Promise<Socket>
  /** Gives up what is being opened. */
  close(): void
}

/** Bytes of the head of a proxy's answer that are read: Node's own limit for a head. */
const headLimit = 16 * 1024

/**
 * Milliseconds for which a proxy that wants other credentials is not asked again: a directory locks an account after a few
 * wrong passwords.
 */
const refusalLasts = 60_000

/**
 * Tunnels through one proxy. Until the first is open they are asked for one at a time, so that a wrong password is sent once.
 * `timeout` is in milliseconds.
 */
export function createTunnels(proxy: Proxy, timeout: number): Tunnels {
  const opening = new Set<Socket>()
  const names = createLookup(timeout)
  let isClosed = false
  let refused: { readonly error: ConnectorError; readonly until: number } | undefined
  let isProven = false
  let first: Promise<unknown> | undefined

  const attempt = async (host: string): Promise<Socket> => {
    try {
      const socket = await openSocket(proxy, names.lookup)
      opening.add(socket)
      if (isClosed) socket.destroy()
      await askForTunnel(socket, proxy, host, timeout).finally(() => opening.delete(socket))
      isProven = true
      return socket
    } catch (error) {
      if (error instanceof ConnectorError && error.code === 'MISCONFIGURED') {
        refused = { error, until: performance.now() + refusalLasts }
      }
      throw error
    }
  }

  return {
    async open(host) {
      while (!isProven && first !== undefined) await first
      if (refused !== undefined && performance.now() < refused.until) throw refused.error
      const opening = attempt(host)
      if (!isProven) {
        first = opening.catch(() => undefined).then(() => (first = undefined))
      }
      return opening
    },
    close() {
      isClosed = true
      for (const socket of opening) socket.destroy()
      names.close()
    },
  }
}

/** Resolves when what is written on the connection goes to the host. */
function askForTunnel(socket: Socket, proxy: Proxy, host: string, timeout: number): Promise<void> {
  const shown = host.replace(/:443$/, '')
  const name = `the proxy of ${proxy.variable} (${proxy.hostname}:${proxy.port})`
  const failure = (error: Error): ConnectorError => toConnectionError(error, shown, `: ${name}`)
  return new Promise((resolve, reject) => {
    let head = ''
    const fail = (error: ConnectorError): void => {
      clearTimeout(timer)
      reject(error)
      socket.destroy()
    }
    const timer = setTimeout(() => {
      fail(failure(Object.assign(new Error('no tunnel in time'), { code: 'ETIMEDOUT' })))
    }, timeout)
    timer.unref()

    const read = (chunk: Buffer): void => {
      // One character for each byte: lengths are those of the bytes.
      head += chunk.toString('latin1')
      const end = /\r?\n\r?\n/.exec(head)
      if (end === null) {
        if (head.length > headLimit) fail(failure(notHttp()))
        return
      }
      const status = statusOf(head)
      if (status >= 200 && status < 300) {
        clearTimeout(timer)
        socket.pause()
        socket.off('data', read).off('error', onError).off('close', onClose)
        const rest = Buffer.from(head.slice(end.index + end[0].length), 'latin1')
        if (rest.length > 0) socket.unshift(rest)
        resolve()
      } else fail(status === 0 ? failure(notHttp()) : refusal(proxy, name, shown, head.slice(0, end.index)))
    }
    const onError = (error: Error): void => fail(failure(error))
    const onClose = (): void => {
      // What was told is a refusal, though it broke off.
      if (statusOf(head) === 407) fail(refusal(proxy, name, shown, head))
      else fail(failure(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    }
    socket.on('data', read).on('error', onError).on('close', onClose)

    const lines = [
      `CONNECT ${host} HTTP/1.1`,
      `Host: ${host}`,
      `User-Agent: ${product}`,
      'Proxy-Connection: keep-alive',
      ...(proxy.authorization === undefined ? [] : [`Proxy-Authorization: ${proxy.authorization}`]),
    ]
    socket.write(lines.join('\r\n') + '\r\n\r\n')
  })
}

/** The status that a head begins with; 0 where it is not HTTP. */
function statusOf(head: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)
}

function notHttp(): Error {
  return Object.assign(new Error('not HTTP'), { name: 'HTTPParserError' })
}

async function openSocket({ isTls, hostname, port }: Proxy, lookup: LookupFunction): Promise<Socket> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!isTls) return connect({ host, port, lookup })
  const { connect: connectTls } = await import('node:tls')
  // A server name must not be an address (RFC 6066, section 3).
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':')
  return connectTls({
    host,
    port,
    lookup,
    ALPNProtocols: ['http/1.1'],
    ...(!isAddress && { servername: host }),
  })
}

/** What a status other than 2xx means. 407 is a matter of settings: it must not be asked for again. */
function refusal(proxy: Proxy, name: string, host: string, head: string): ConnectorError {
  const status = statusOf(head)
  if (status !== 407) {
    return new TransportError(
      `${host} is not let through by the proxy of ${proxy.variable} (status ${status})`,
      false,
    )
  }
  const schemes = schemesIn(head)
  const others = schemes.filter((scheme) => scheme.toLowerCase() !== 'basic')
  const problem =
    schemes.length > 0 && others.length === schemes.length
      ? `wants to be signed in to with ${others.join(' or ')}, and this connector can only send Basic: have the proxy let this machine through without a sign-in, or name the host of Salesforce in NO_PROXY`
      : proxy.authorization === undefined
        ? `asks for a user name and password: set ${proxy.variable} to http://<user>:<password>@<host>:<port>`
        : `refuses the user name or password in ${proxy.variable}: correct them there`
  return new ConnectorError('MISCONFIGURED', `${host} cannot be reached: ${name} ${problem} (status 407)`)
}

/** The schemes of all Proxy-Authenticate headers (RFC 9110, section 11.6.1), each once. */
function schemesIn(head: string): string[] {
  const values = head.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':')
    return line.slice(0, colon).trim().toLowerCase() === 'proxy-authenticate'
      ? line.slice(colon + 1).split(',')
      : []
  })
  const schemes = values.flatMap(
    (value) => /^([a-z][a-z0-9-]{0,30})(?:\s|$)(?!\s{0,40}=)/i.exec(value.trim())?.[1] ?? [],
  )
  return [...new Set(schemes)]
}
