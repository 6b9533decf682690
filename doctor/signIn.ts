import { ConnectorError } from '../shared/errors.ts'
import type { HttpClient, HttpResponse } from '../shared/http/client.ts'
import { diagnoseSignIn } from '../shared/salesforce/errors/signInError.ts'
import {
  isToken,
  readToken,
  type Token,
  tokenRequest,
  tokenUrl,
} from '../shared/salesforce/session/signIn.ts'
import { isObject } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'
import { timeout, type Reached, unreached } from './network.ts'

export interface SignedIn {
  readonly findings: readonly Finding[]
  /** Undefined where nothing can be asked with what was got. */
  readonly token: Token | undefined
  /** The id of the user that the token is for, where the answer tells it. */
  readonly userId: string | undefined
}

const flows = {
  client_credentials: 'client credentials',
  jwt_bearer: 'JWT bearer',
  password: 'username-password',
} as const

/** Signs in as an action does, and judges every step that the answer tells of. */
export async function signIn(
  client: HttpClient,
  settings: Settings,
  { isClockOff }: Pick<Reached, 'isClockOff'>,
): Promise<SignedIn> {
  const { ok, failed, skipped } = findingsOf('sign-in', settings.language)
  const { credentials, authenticationUrl, baseUrl, language } = settings
  const url = tokenUrl(authenticationUrl ?? baseUrl)
  const nothing = (...findings: Finding[]): SignedIn => ({ findings, token: undefined, userId: undefined })
  let response: HttpResponse
  try {
    response = await client.send(tokenRequest(credentials, url, Date.now()), timeout)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const own = unreached(error, url.host, language).map((finding): Finding => ({
      ...finding,
      part: 'sign-in',
    }))
    return nothing(...own)
  }
  const answer = parse(response.text)
  const flow = flows[credentials.flow]
  if (response.status !== 200 || !isObject(answer) || !isToken(answer['access_token'])) {
    const { finding, advice, said } = diagnoseSignIn(response.status, answer, credentials.flow, language)
    if (finding === 'ASSERTION_EXPIRED' && isClockOff)
      return nothing(skipped('Sign-in', 'the clock comes first'))
    if (finding !== undefined)
      return nothing(failed('Sign-in', finding, `Salesforce said: ${said}`, upper(advice)))
    return nothing(
      response.status >= 500 || response.status === 429
        ? failed('Sign-in', 'NOT_ANSWERED', `${url.host} answers with status ${response.status}`)
        : isObject(answer) && typeof answer['error'] === 'string'
          ? failed('Sign-in', 'SIGN_IN_REFUSED', `Salesforce said: ${said}`, upper(advice))
          : failed('Sign-in', 'NOT_SALESFORCE', `${url.href} answers with ${said}`),
    )
  }
  const token = readToken(response, credentials, url, language)
  const findings = [ok('Sign-in', `${flow} at ${url.host}`)]
  const scope = scopes(answer)
  if (scope !== undefined && !scope.some((name) => name === 'api' || name === 'full')) {
    const { advice } = diagnoseSignIn(400, { error: 'invalid_scope' }, credentials.flow, language)
    findings.push(
      failed('Scopes', 'SCOPE_MISSING', `the token is for [${scope.join(' ')}] alone`, upper(advice)),
    )
    return { findings, token: undefined, userId: undefined }
  }
  if (scope !== undefined) findings.push(ok('Scopes', scope.join(' ')))
  return { findings, token, userId: userIn(answer) }
}

/** Advice of the catalogue follows a colon there; here it is a sentence. */
function upper(advice: string): string {
  return `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function scopes({ scope }: Record<string, unknown>): string[] | undefined {
  return typeof scope === 'string' && scope.trim() !== '' ? scope.trim().split(/\s+/) : undefined
}

/** `https://login.salesforce.com/id/<orgId>/<userId>` (documented: identity URLs) */
function userIn({ id }: Record<string, unknown>): string | undefined {
  return typeof id === 'string' ? /\/(005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?)$/.exec(id)?.[1] : undefined
}
