import type { Language } from '../../errors.ts'
import type { HttpRequest, HttpResponse } from '../../http/client.ts'
import { log } from '../../log.ts'
import { keepSecret } from '../../redact.ts'
import { isObject } from '../../validate.ts'
import { idPrefix, isId, toLongId } from '../id.ts'
import { readPrivateKey, signAssertion } from './jwt.ts'
import { toSignInError } from '../errors/signInError.ts'

/** What a script signs in with; which members there are depends on the flow. */
export type Credentials =
  | { readonly flow: 'client_credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly flow: 'jwt_bearer'
      readonly clientId: string
      readonly userName: string
      readonly privateKey: string
      readonly passphrase: string | undefined
      readonly audience: string
    }
  | {
      readonly flow: 'password'
      readonly clientId: string
      readonly clientSecret: string
      readonly userName: string
      /** The password with the security token appended, as Salesforce wants it. */
      readonly password: string
    }

/** Salesforce names no life time: a token is good until an answer says 401. */
export interface Token {
  readonly accessToken: string
  /** Where the org's API is, if the answer says so. */
  readonly instanceUrl: string | undefined
  /** 18 characters; keys the SCIM extension of the org's custom fields. */
  readonly orgId: string | undefined
  /** Of the user that the token is for, of 18 characters, if the sign-in told it. */
  readonly userId?: string | undefined
}

const tokenPath = '/services/oauth2/token'

/** The token endpoint of a sign-in address that may already be one (as the older connector's setting was). */
export function tokenUrl(address: URL): URL {
  const path = withoutSlashes(address.pathname)
  const url = new URL(address.origin)
  url.pathname = path === '' ? tokenPath : path
  return url
}

/**
 * Throws `MISCONFIGURED` when the credentials cannot be used at all, before anything is sent; registers every secret so
 * that no text of this process shows it.
 */
export function checkCredentials(credentials: Credentials): void {
  switch (credentials.flow) {
    case 'client_credentials':
      keepSecret(credentials.clientSecret)
      return
    case 'password':
      keepSecret(credentials.clientSecret)
      keepSecret(credentials.password)
      return
    case 'jwt_bearer':
      keepSecret(credentials.passphrase)
      readPrivateKey(credentials.privateKey, credentials.passphrase)
  }
}

/** The day on which Salesforce ends the OAuth username-password flow (documented: help 005461976, 000886201). */
export const passwordFlowEnd = '20 February 2027'

/** Warns in the log of a way to sign in that Salesforce has announced the end of. */
export function warnOfPasswordFlow({ flow }: Credentials): void {
  if (flow !== 'password') return
  log(
    'warning',
    `Salesforce ends AuthenticationFlow password (OAuth username-password) on ${passwordFlowEnd}: set Configuration.AuthenticationFlow to client_credentials or jwt_bearer`,
  )
}

/** The request for a token: secrets are in the form body, never in the address. `now` is in milliseconds since 1970. */
export function tokenRequest(credentials: Credentials, url: URL, now: number): HttpRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(grant(credentials, now)).toString(),
  }
}

function grant(credentials: Credentials, now: number): Record<string, string> {
  switch (credentials.flow) {
    case 'client_credentials':
      return {
        grant_type: 'client_credentials',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      }
    case 'password':
      return {
        grant_type: 'password',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        username: credentials.userName,
        password: credentials.password,
      }
    case 'jwt_bearer': {
      const { clientId, userName, audience, privateKey, passphrase } = credentials
      const claims = { iss: clientId, sub: userName, aud: audience }
      return {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: signAssertion(claims, readPrivateKey(privateKey, passphrase), now),
      }
    }
  }
}

/** Whether it can be sent as one: what has no place in a header would be waited for until the time is up. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** The token in an answer; throws a sentence that names the setting to correct when there is none. */
export function readToken(
  response: HttpResponse,
  credentials: Credentials,
  url: URL,
  language: Language,
): Token {
  const answer = parse(response.text)
  const accessToken = isObject(answer) ? answer['access_token'] : undefined
  if (response.status !== 200 || !isToken(accessToken)) {
    throw toSignInError(
      response.status,
      answer,
      credentials.flow,
      url,
      language,
      response.headers['location'],
    )
  }
  keepSecret(accessToken)
  const { instance_url: instanceUrl, id } = answer as { instance_url?: unknown; id?: unknown }
  return {
    accessToken,
    instanceUrl: typeof instanceUrl === 'string' ? instanceUrl : undefined,
    ...(typeof id === 'string' ? idsOf(id) : { orgId: undefined }),
  }
}

/** A path without slashes at its end. */
function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

/** `https://login.salesforce.com/id/<orgId>/<userId>` */
function idsOf(identityUrl: string): Pick<Token, 'orgId' | 'userId'> {
  const [, org = '', user = ''] = /\/id\/([^/?#]{1,18})\/([^/?#]{1,18})\/?(?=[?#]|$)/.exec(identityUrl) ?? []
  return {
    orgId: org.length === 18 && isId(org, idPrefix.org) ? org : undefined,
    userId: isId(user, idPrefix.user) ? toLongId(user) : undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
