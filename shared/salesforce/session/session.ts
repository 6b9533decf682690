import { ConnectorError, type Language, TransportError } from '../../errors.ts'
import type { HttpClient, HttpMethod, HttpRequest, HttpResponse } from '../../http/client.ts'
import { decide, type Outcome } from '../../http/retry.ts'
import { log } from '../../log.ts'
import { product } from '../../product.ts'
import { keepSecret } from '../../redact.ts'
import { afterRetries, isRefusal, toTargetError } from '../errors/error.ts'
import { ForeignAnswerError } from '../foreignAnswer.ts'
import { wrongAddress } from '../errors/wrongAddress.ts'
import { apiOrigin } from './apiOrigin.ts'
import { type Credentials, readToken, type Token, tokenRequest, tokenUrl } from './signIn.ts'
import { fileTokens, memoryTokens, type TokenStore } from './tokens.ts'

/** Time that is left, in milliseconds (shared/host/timeBudget.ts has one). */
export interface Clock {
  remaining(): number
  /** What sets the limit, as a sentence names it; the time of an action where it is not given. */
  limit?(): string
  /** The time of one request with its tries and pauses, where each has its own. */
  forRequest?(): Clock
}

export interface SessionOptions {
  readonly client: HttpClient
  readonly clock: Clock
  readonly credentials: Credentials
  /** The org's address. */
  readonly baseUrl: URL
  /** Where to sign in, if not there. */
  readonly authenticationUrl: URL | undefined
  /** Of the advice in errors. */
  readonly language: Language
  /** The file in which tokens are kept for other processes. */
  readonly tokenCache: string | undefined
  /** Whether only GET is sent: what else there is, is told in the log. */
  readonly isPreview?: boolean
  /** Whether the log tells the bodies of requests that write. */
  readonly logRequestBodies?: boolean
  /** The tokens of all sessions of this process; those of this one alone where it is not given. */
  readonly tokens?: TokenStore
}

export interface ApiRequest {
  readonly method: HttpMethod
  /** From the root of the host: `/services/scim/v2/Users`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
  /** Instead of `body`: a form, for OAuth's endpoints. It is never told in the log. */
  readonly form?: Readonly<Record<string, string>>
  /** Besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether it may be sent again like a GET: it only reads, sets fields to values, or removes a record. */
  readonly isRepeatable?: boolean
}

/** A 2xx answer; `json` is undefined where the body is empty. */
export interface ApiAnswer {
  readonly status: number
  readonly json: unknown
}

/** How many of the org's API requests of the last 24 hours are used, as its last answer said. */
export interface ApiUsage {
  readonly used: number
  readonly limit: number
}

/** An answer, and what else an error should say: that there was no time to try again. */
interface Response extends HttpResponse {
  readonly note: string
}

/** Of the time that is left, how much one try may take: so that there is some left to try again, or to look what happened. */
const shareOfTime = 0.6
/** Milliseconds that a try gets; with less left it is not begun. */
const minimalTimeout = 250

/** A signed-in conversation with one org. */
export interface Session {
  /** Throws `TargetError` for an answer that says no, `TransportError` where no answer came. */
  request(request: ApiRequest): Promise<ApiAnswer>
  /**
   * What `check` makes of an answer. Once it throws `ForeignAnswerError`, every later write throws the same: nobody knows
   * whose answers come through this connection, whatever a caller makes of the error.
   */
  checkAnswer<Value>(check: () => Value): Value
  /** Of the advice in errors. */
  readonly language: Language
  /** Undefined where no answer has said it. */
  apiUsage(): ApiUsage | undefined
  /** The org's 18-character id, if the sign-in told it. */
  orgId(): Promise<string | undefined>
  /** The 18-character id of the user that is signed in, if the sign-in told it. */
  userId(): Promise<string | undefined>
}

/** Texts of 401 answers that no new token mends (jsforce). */
const permanentTokenErrors = [
  'This session is not valid for use with the REST API',
  'Connected app is not attached to Agent',
] as const

/** Opens a session; nothing is sent until the first request, which signs in. */
export function openSession(options: SessionOptions): Session {
  const { client, clock, credentials, baseUrl } = options
  let usage: ApiUsage | undefined

  const signInUrl = tokenUrl(options.authenticationUrl ?? baseUrl)
  const owner = { signInUrl, baseUrl, credentials }
  const inMemory = options.tokens ?? memoryTokens()
  const tokens = options.tokenCache === undefined ? inMemory : fileTokens(inMemory, options.tokenCache)

  const token = async (): Promise<Token> => {
    const current = await tokens.get(owner, signIn, clock)
    keepSecret(current.accessToken)
    return current
  }

  const signIn = async (): Promise<Token> => {
    // The API is another host then (login.salesforce.com): its connection need not wait for the token.
    if (signInUrl.origin !== baseUrl.origin) client.preconnect(baseUrl)
    const response = await sendWithRetry(true, () => tokenRequest(credentials, signInUrl, Date.now()))
    const signedIn = readToken(response, credentials, signInUrl, options.language)
    // Judged before it is kept: one answer must not spoil the cache.
    apiOrigin(baseUrl, signedIn.instanceUrl)
    return signedIn
  }

  /** Sends until there is an answer that repeating would not better, as the retry policy has it. */
  const sendWithRetry = async (isRepeatable: boolean, build: () => HttpRequest): Promise<Response> => {
    const own = clock.forRequest?.() ?? clock
    const limit = own.limit?.() ?? 'Configuration.ActionTimeoutSeconds'
    let last: Response | undefined
    for (let number = 1; ; number++) {
      const remaining = own.remaining()
      // No request begins that cannot be answered in time. A refusal says more than that the wait after it took too long.
      if (remaining < minimalTimeout && last !== undefined) return last
      if (remaining < minimalTimeout) throw outOfTime(number === 1, limit)
      const timeout = Math.min(remaining, Math.max(minimalTimeout, remaining * shareOfTime))
      const outcome = await attempt(client, build(), timeout)
      if (!(outcome instanceof TransportError)) noteUsage(outcome)
      const decision = decide(
        { number, isRepeatable, outcome: toOutcome(outcome) },
        own.remaining() - minimalTimeout,
        Math.random,
      )
      if ('stop' in decision) {
        const note =
          decision.stop === 'time'
            ? `. Trying again would need a wait of ${Math.ceil(decision.wait / 1000)} s, and that does not fit in the time of ${limit}`
            : ''
        if (!(outcome instanceof TransportError)) return { ...outcome, note }
        throw new TransportError(outcome.message + note, outcome.sent, { cause: outcome.cause })
      }
      last = outcome instanceof TransportError ? undefined : { ...outcome, note: '' }
      log('warning', `Trying again in ${Math.round(decision.wait)} ms`)
      await new Promise((resolve) => setTimeout(resolve, decision.wait))
    }
  }

  const noteUsage = ({ headers }: HttpResponse): void => {
    // Used first, then the limit (documented: Sforce-Limit-Info).
    const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? []
    if (used !== undefined && limit !== undefined) usage = { used: Number(used), limit: Number(limit) }
  }

  const send = async (request: ApiRequest, { accessToken, instanceUrl }: Token): Promise<Response> => {
    const url = new URL(apiOrigin(baseUrl, instanceUrl))
    url.pathname = request.path
    // URLSearchParams would write a blank as +, which not every server reads as one.
    url.search = Object.entries(request.query ?? {})
      .map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`)
      .join('&')
    return sendWithRetry(request.method === 'GET' || request.isRepeatable === true, () => ({
      method: request.method,
      url,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        // Tells an administrator who called, in Salesforce's own logs (documented: Call Options Header, of the REST API alone).
        ...(request.path.startsWith('/services/data/') && { 'sforce-call-options': `client=${product}` }),
        ...request.headers,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(request.form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      ...(request.form !== undefined && { body: new URLSearchParams(request.form).toString() }),
    }))
  }

  let foreign: ForeignAnswerError | undefined

  return {
    checkAnswer(check) {
      try {
        return check()
      } catch (error) {
        if (error instanceof ForeignAnswerError) foreign ??= error
        throw error
      }
    },

    async request(request) {
      if (request.method !== 'GET') {
        if (foreign !== undefined) throw foreign
        if (options.isPreview === true) {
          logPlannedRequest('[DryRun] Would send', request)
          return { status: 204, json: undefined }
        }
        if (options.logRequestBodies === true) logPlannedRequest('Sending', request)
      }
      const first = await token()
      let response = await send(request, first)
      if (response.status === 401 && !permanentTokenErrors.some((text) => response.text.includes(text))) {
        // The token ended; the request was not carried out, so that it may be sent again whatever it is.
        await tokens.drop(owner, first)
        const second = await token()
        response = await send(request, second)
        if (response.status === 401) await tokens.drop(owner, second)
      }
      const { status, text } = response
      const named = `${request.method} ${request.path}`
      const elsewhere = wrongAddress({ request: named, host: baseUrl.host, status, text }, options.language)
      if (elsewhere !== undefined) throw elsewhere
      if (response.status < 200 || response.status >= 300) {
        if (response.status >= 300 && response.status < 400) throw redirected(response)
        const error = afterRetries(toTargetError(response.status, response.text, options.language))
        error.message += response.note
        throw error
      }
      const json = toJson(response, request)
      if (isRefusal(json)) throw toTargetError(response.status, response.text, options.language)
      return { status: response.status, json }
    },
    language: options.language,
    apiUsage: () => usage,
    async orgId() {
      return (await token()).orgId
    },
    async userId() {
      return (await token()).userId
    },
  }
}

/** Characters of a body that the log tells: no body of an account is larger, one with files or long texts may be. */
const longestBody = 64 * 1024

function encoded(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch (error) {
    throw new ConnectorError(
      'INVALID_INPUT',
      'a value holds half a character (a lone surrogate) and cannot be sent',
      {
        cause: error,
      },
    )
  }
}

function logPlannedRequest(what: string, { method, path, body }: ApiRequest): void {
  const length = JSON.stringify(body ?? '').length
  const told = length > longestBody ? `${length} characters` : body
  log('information', `${what} ${method} ${path}`, { request: { method, path, body: told } })
}

function toOutcome(outcome: HttpResponse | TransportError): Outcome {
  if (outcome instanceof TransportError) return { kind: 'unanswered', sent: outcome.sent }
  const { status, headers, text } = outcome
  const retryAfter = headers['retry-after']
  if (status < 400) return { kind: 'answered', status, retryAfter, isRefusedForNow: false }
  const error = toTargetError(status, text, 'en')
  const isRefusedForNow = error.class === 'lock' || (error.class === 'limit' && error.retry === 'soon')
  return { kind: 'answered', status, retryAfter, isRefusedForNow }
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

function outOfTime(isFirst: boolean, limit: string): ConnectorError {
  return new ConnectorError(
    'UNAVAILABLE',
    isFirst
      ? `the time of ${limit} was used up before all requests were sent`
      : `the time of ${limit} was used up by waiting for Salesforce`,
  )
}
