import { ConnectorError } from '../errors.ts'
import { keepSecret } from '../redact.ts'
import { isLoopback } from './address.ts'

/** The proxy of HTTPS_PROXY. */
export interface Proxy {
  /** The environment variable that names it, as it is spelled there. */
  readonly variable: string
  readonly isTls: boolean
  readonly hostname: string
  readonly port: number
  /** The value of `Proxy-Authorization`, where the variable has a user name. */
  readonly authorization: string | undefined
}

/** In the order in which curl looks for them. */
const variables = ['https_proxy', 'HTTPS_PROXY'] as const

/**
 * The proxy that leads to this address; undefined where it is reached directly: this machine, and hosts that NO_PROXY names.
 * Throws `MISCONFIGURED` with a sentence that names the variable, and no part of a password.
 */
export function proxyFor({ hostname, port }: URL): Proxy | undefined {
  const variable = variables.find((name) => (process.env[name] ?? '').trim() !== '')
  if (variable === undefined || isLoopback(hostname)) return undefined
  if (isExempt(hostname.toLowerCase(), port === '' ? '443' : port)) return undefined
  return readProxy(variable, (process.env[variable] ?? '').trim())
}

/** NO_PROXY: names and their subdomains, with a port or without, `*` for all. */
function isExempt(hostname: string, port: string): boolean {
  const entries = (process.env['no_proxy'] ?? process.env['NO_PROXY'] ?? '').toLowerCase().split(/[,\s]/)
  return entries
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      const [, ownPort] = /:(\d{1,5})$/.exec(entry) ?? []
      if (ownPort !== undefined && ownPort !== port) return false
      const name = (ownPort === undefined ? entry : entry.slice(0, -ownPort.length - 1)).replace(/^\*?\./, '')
      return hostname === name || hostname.endsWith(`.${name}`)
    })
}

const expected = 'expected http://<host>:<port> or http://<user>:<password>@<host>:<port>'

function readProxy(variable: string, text: string): Proxy {
  const scheme = /^([a-z][a-z0-9+.-]{0,40}):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) throw wrong(variable, `does not begin with http:// or https://: ${expected}`)
  if (scheme !== 'http' && scheme !== 'https') {
    throw wrong(
      variable,
      `names a proxy of the kind ${scheme}, which is not supported: use an http:// or https:// proxy, or name the host of Salesforce in NO_PROXY`,
    )
  }
  // URL would take what follows one of these for a path, and what comes before it for the host.
  const isWhole = !/[#?\\\s]|\/./.test(text.slice(scheme.length + 3))
  const url = isWhole && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hostname === '') {
    throw wrong(
      variable,
      `is not the address of a proxy: ${expected}. In a user name or password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A, \\ as %5C and % as %25`,
    )
  }
  const isTls = scheme === 'https'
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port)
  return { variable, isTls, hostname: url.hostname, port, authorization: authorization(variable, url) }
}

/** RFC 7617, in UTF-8. */
function authorization(variable: string, { username, password }: URL): string | undefined {
  if (username === '') return undefined
  const credentials = `${decoded(variable, username)}:${decoded(variable, password)}`
  const encoded = Buffer.from(credentials, 'utf8').toString('base64')
  for (const secret of [password, decoded(variable, password), encoded]) keepSecret(secret)
  return `Basic ${encoded}`
}

function decoded(variable: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong(
      variable,
      'has a % in its user name or password that is not followed by two hexadecimal digits: write % as %25',
    )
  }
}

function wrong(variable: string, problem: string): ConnectorError {
  return new ConnectorError('MISCONFIGURED', `The environment variable ${variable} ${problem}`)
}
