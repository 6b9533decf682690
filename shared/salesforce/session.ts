import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectorError, TransportError } from '../errors.ts'
import { isLoopback } from '../http/address.ts'
import type { HttpClient, HttpMethod, HttpRequest, HttpResponse } from '../http/client.ts'
import { delayBefore } from '../http/retry.ts'
import { log } from '../log.ts'
import { toTargetError } from './error.ts'
import { type Credentials, readToken, type Token, tokenRequest, tokenUrl } from './signIn.ts'

/** Time that is left, in milliseconds (shared/action/budget.ts has one). */
interface Clock {
  remaining(): number
}

export interface SessionOptions {
  readonly client: HttpClient
  readonly clock: Clock
  readonly credentials: Credentials
  /** The org's address. */
  readonly baseUrl: URL
  /** Where to sign in, if not there. */
  readonly authenticationUrl: URL | undefined
}

export interface ApiRequest {
  readonly method: HttpMethod
  /** From the root of the host: `/services/scim/v2/Users`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  /** A POST that only reads, as `/composite` with queries is: it may be repeated like a GET. */
  readonly isRead?: boolean
}

/** A 2xx answer; `json` is undefined where the body is empty. */
export interface ApiAnswer {
  readonly status: number
  readonly json: unknown
}

/** A signed-in conversation with one org. */
export interface Session {
  /** Throws `TargetError` for an answer that says no, `TransportError` where no answer came. */
  request(request: ApiRequest): Promise<ApiAnswer>
  /** The org's 18-character id, if the sign-in told it. */
  orgId(): Promise<string | undefined>
}

/** Texts of 401 answers that no new token mends (jsforce). */
const hopeless = [
  'This session is not valid for use with the REST API',
  'Connected app is not attached to Agent',
] as const

/** Opens a session; nothing is sent until the first request, which signs in. */
export function openSession(options: SessionOptions): Session {
  const { client, clock, credentials, baseUrl } = options
  let signedIn: Promise<Token> | undefined

  const token = (): Promise<Token> => (signedIn ??= signIn())

  const signIn = async (): Promise<Token> => {
    const url = tokenUrl(options.authenticationUrl ?? baseUrl)
    const response = await persist(true, () => tokenRequest(credentials, url, Date.now()))
    return readToken(response, credentials, url)
  }

  /** Sends until there is an answer that repeating would not better; `repeatable` as in the retry policy. */
  const persist = async (repeatable: boolean, build: () => HttpRequest): Promise<HttpResponse> => {
    for (let number = 1; ; number++) {
      const remaining = clock.remaining()
      if (remaining <= 0) throw outOfTime(number === 1)
      const outcome = await attempt(client, build(), remaining)
      const delay =
        outcome instanceof TransportError
          ? delayBefore({ number, repeatable, sent: outcome.sent }, clock.remaining(), Math.random)
          : delayBefore(
              {
                number,
                repeatable,
                status: outcome.status,
                retryAfter: outcome.headers['retry-after'],
              },
              clock.remaining(),
              Math.random,
            )
      if (delay === undefined) {
        if (outcome instanceof TransportError) throw outcome
        return outcome
      }
      log('warning', `Trying again in ${Math.round(delay)} ms`)
      await sleep(delay)
    }
  }

  const send = async (request: ApiRequest): Promise<HttpResponse> => {
    const { accessToken, instanceUrl } = await token()
    const url = new URL(apiOrigin(baseUrl, instanceUrl))
    url.pathname = request.path
    // URLSearchParams would write a blank as +, which not every server reads as one.
    url.search = Object.entries(request.query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&')
    return persist(request.method === 'GET' || request.isRead === true, () => ({
      method: request.method,
      url,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    }))
  }

  return {
    async request(request) {
      let response = await send(request)
      if (response.status === 401 && !hopeless.some((text) => response.text.includes(text))) {
        // The token ended; the request was not carried out, so that it may be sent again whatever it is.
        signedIn = undefined
        response = await send(request)
      }
      if (response.status < 200 || response.status >= 300) {
        if (response.status >= 300 && response.status < 400) throw redirected(response)
        throw toTargetError(response.status, response.text)
      }
      return { status: response.status, json: toJson(response, request) }
    },
    async orgId() {
      return (await token()).orgId
    },
  }
}

async function attempt(
  client: HttpClient,
  request: HttpRequest,
  timeout: number,
): Promise<HttpResponse | TransportError> {
  try {
    return await client.send(request, timeout)
  } catch (error) {
    if (error instanceof TransportError) return error
    throw error
  }
}

/**
 * Where the API is: as the sign-in says, if that is as safe as what is configured. An org on this machine never sends a
 * token elsewhere.
 */
function apiOrigin(baseUrl: URL, instanceUrl: string | undefined): string {
  if (instanceUrl === undefined || !URL.canParse(instanceUrl)) return baseUrl.origin
  const instance = new URL(instanceUrl)
  const isSafe = isLoopback(baseUrl.hostname) ? isLoopback(instance.hostname) : instance.protocol === 'https:'
  return isSafe ? instance.origin : baseUrl.origin
}

function toJson(response: HttpResponse, request: ApiRequest): unknown {
  if (response.text.trim() === '') return undefined
  try {
    return JSON.parse(response.text)
  } catch {
    throw new ConnectorError(
      'UNEXPECTED',
      `Salesforce answered ${request.method} ${request.path} with status ${response.status} and something that is not JSON`,
    )
  }
}

function redirected(response: HttpResponse): ConnectorError {
  const location = response.headers['location'] ?? ''
  const host = URL.canParse(location) ? new URL(location).host : 'another address'
  return new ConnectorError(
    'MISCONFIGURED',
    `Salesforce sends this address on to ${host}: set Configuration.BaseUrl to the org's My Domain address`,
  )
}

function outOfTime(isFirst: boolean): ConnectorError {
  return new ConnectorError(
    'UNAVAILABLE',
    isFirst
      ? 'the time of Configuration.ActionTimeoutSeconds was used up before all requests were sent'
      : 'the time of Configuration.ActionTimeoutSeconds was used up by waiting for Salesforce',
  )
}
