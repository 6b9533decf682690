import { ConnectorError } from '../shared/errors.ts'
import { isLoopback } from '../shared/http/address.ts'
import type { HttpClient, HttpResponse } from '../shared/http/client.ts'
import { isObject } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'

/** What is known of the org before anyone signs in. */
export interface Reached {
  readonly findings: readonly Finding[]
  /** Versions of the REST API, such as `66.0`; undefined where the org was not reached. */
  readonly versions: readonly string[] | undefined
  /** Whether the clocks differ so much that a signed assertion cannot be accepted. */
  readonly isClockOff: boolean
}

/** Milliseconds for one request. */
export const timeout = 15_000

/** An assertion is good for three minutes (documented: remoteaccess_oauth_jwt_flow); a minute off is trouble to come. */
const tolerableSeconds = 60

/** Asks the address for what it tells anybody: the versions of its API, which need no token, and the time. */
export async function reach(client: HttpClient, { baseUrl, ...settings }: Settings): Promise<Reached> {
  const { ok, failed, warning } = findingsOf('network', settings.language)
  const url = new URL('/services/data', baseUrl)
  const sent = Date.now()
  let response: HttpResponse
  try {
    response = await client.send({ method: 'GET', url, headers: { accept: 'application/json' } }, timeout)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { findings: unreached(error, url.host, settings.language), versions: undefined, isClockOff: false }
  }
  const received = Date.now()
  const findings = [
    ok('Host', `${url.host} answers`),
    ok(
      'TLS',
      url.protocol === 'https:' ? 'the certificate is trusted' : 'not used: the host is this machine',
    ),
  ]
  const versions = versionsIn(response.text)
  if (versions.length === 0) {
    findings.push(failed('Salesforce', 'NOT_SALESFORCE', whatAnswered(response, url.host)))
    return { findings, versions: undefined, isClockOff: false }
  }

  const skew = secondsAhead(response.headers['date'], sent, received)
  const isClockOff = skew !== undefined && Math.abs(skew) > tolerableSeconds
  if (skew !== undefined) {
    const off = `${Math.abs(skew)} s ${skew > 0 ? 'behind' : 'ahead of'} Salesforce's`
    const isJwt = settings.credentials.flow === 'jwt_bearer'
    findings.push(
      !isClockOff
        ? ok('Clock', `within ${Math.max(1, Math.abs(skew))} s of Salesforce's`)
        : isJwt
          ? failed('Clock', 'CLOCK_SKEW', `this machine's clock is ${off}`)
          : warning('Clock', 'CLOCK_SKEW', `this machine's clock is ${off}`),
    )
  }
  return { findings, versions, isClockOff }
}

/** Why no answer came: each kind of trouble has one line, and those before it are good. */
export function unreached(error: ConnectorError, host: string, language: Settings['language']): Finding[] {
  const { ok, failed } = findingsOf('network', language)
  const code = codeOf(error.cause)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return [failed('Host', 'HOST_NOT_FOUND', error.message)]
  // What the proxy or its variable has wrong is the settings' too, and has no cause.
  if (error.code === 'MISCONFIGURED' && code === '')
    return [failed('Host', 'HOST_UNREACHABLE', error.message)]
  // Faults of a certificate are the settings' (see the client); others of TLS come without a connection of ours.
  if (error.code === 'MISCONFIGURED' || /^(ERR_SSL_|ERR_TLS_|CERT_|EPROTO$)/.test(code)) {
    return [ok('Host', `${host} answers`), failed('TLS', 'TLS_UNTRUSTED', error.message)]
  }
  // Nobody's org is on this machine but the simulated one, and a firewall is not what keeps it away.
  const isNotRunning = code === 'ECONNREFUSED' && /^(127\.|localhost\b|\[::1\])/.test(host)
  const guess = isNotRunning ? ': is the simulated org running?' : ''
  return [failed('Host', 'HOST_UNREACHABLE', error.message + guess)]
}

function codeOf(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : ''
}

function versionsIn(text: string): string[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return []
  }
  return (Array.isArray(json) ? json : [])
    .filter(isObject)
    .flatMap(({ version }) => (typeof version === 'string' ? version : []))
}

function whatAnswered({ status, headers }: HttpResponse, host: string): string {
  const location = headers['location'] ?? ''
  if (status >= 300 && status < 400 && URL.canParse(location)) {
    return `${host} sends on to ${new URL(location).host}`
  }
  return `${host} answers with status ${status} and is no Salesforce org${isLoopback(host.replace(/:\d+$/, '')) ? ': is npm run simulate running there?' : ''}`
}

/** Seconds by which the server's clock is ahead of this machine's: its Date has whole seconds, cut off. */
function secondsAhead(date: string | undefined, sent: number, received: number): number | undefined {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : Math.round((time + 500 - (sent + received) / 2) / 1000)
}
