import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { PlainError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import { identityUrl, userInfo } from './identity.ts'
import { oauthError } from './oauthError.ts'
import { checkAssertion } from './oauthJwt.ts'
import type { UserRow } from '../org/rows.ts'

const secretNames = ['client_secret', 'password', 'assertion', 'refresh_token', 'token']

/** Answers /services/oauth2/token, /revoke, /introspect and /userinfo. @throws PlainError, RestError */
export function oauthRoute(context: Context, request: Request): Answer {
  if (secretNames.some((name) => request.query.has(name))) {
    // documented: never credentials in the query string; the text is assumed
    throw oauthError(
      'invalid_request',
      'credentials must be sent in the body of a POST, not in the query string',
    )
  }
  // documented: no trailing slash
  switch (request.path.slice('/services/oauth2/'.length)) {
    case 'token':
      return token(context, request)
    case 'revoke': {
      revoke(context, formOf(request).get('token') ?? '')
      return { status: 200 }
    }
    case 'userinfo':
      return userInfo(context, request)
    case 'introspect': {
      const session = context.org.tokens.get(formOf(request).get('token') ?? '')
      return { status: 200, body: { active: session !== undefined, token_type: 'access_token' } }
    }
    default:
      throw new PlainError(404, [
        { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
      ])
  }
}

/** An access token, or the DeleteToken of an OauthToken. Documented: 400 invalid_token for others (help revoke_token). */
function revoke(context: Context, token: string): void {
  const { org } = context
  const session = org.tokens.get(token)
  const held = [...org.oauthTokens.values()].find((row) => row.DeleteToken === token)
  if (session !== undefined) org.endSession(session.sessionId)
  else if (held !== undefined) org.oauthTokens.remove(held)
  // assumed text
  else throw oauthError('invalid_token', 'invalid token')
}

function formOf(request: Request): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (request.method !== 'POST') throw oauthError('invalid_request', 'must use HTTP POST')
  if (type !== 'application/x-www-form-urlencoded') {
    throw oauthError('unsupported_grant_type', 'grant type not supported')
  }
  return new URLSearchParams(request.body)
}

function token(context: Context, request: Request): Answer {
  const form = formOf(request)
  const basic = readBasic(request)
  const clientId = form.get('client_id') ?? basic?.id
  const clientSecret = form.get('client_secret') ?? basic?.secret
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return clientCredentials(context, clientId, clientSecret)
    case 'password':
      return passwordFlow(context, clientId, clientSecret, form)
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return grant(context, checkAssertion(context, form.get('assertion') ?? ''))
    case 'refresh_token':
      // documented text; none of the org's flows gives a refresh token
      throw oauthError('invalid_grant', 'expired access/refresh token')
    default:
      throw oauthError('unsupported_grant_type', 'grant type not supported')
  }
}

/** Documented: credentials also as HTTP Basic. */
function readBasic(request: Request): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) }
}

function checkClient(context: Context, id: string | undefined, secret: string | undefined): void {
  const app = context.org.connectedApp
  // observed texts
  if (id !== app.clientId) throw oauthError('invalid_client_id', 'client identifier invalid')
  if (secret === undefined || !same(secret, app.clientSecret)) {
    throw oauthError('invalid_client', 'invalid client credentials')
  }
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** Documented: remoteaccess_oauth_client_credentials_flow; the texts of its errors are observed. */
function clientCredentials(context: Context, id: string | undefined, secret: string | undefined): Answer {
  const app = context.org.connectedApp
  if (app.signInHost === 'login') throw oauthError('invalid_grant', 'request not supported on this domain')
  checkClient(context, id, secret)
  if (!app.clientCredentialsEnabled) throw oauthError('invalid_grant', 'client credentials flow not enabled')
  const user = context.org.users.get(app.runAsUserId ?? '')
  if (user === undefined) throw oauthError('invalid_grant', 'no client credentials user enabled')
  return grant(context, user)
}

function passwordFlow(
  context: Context,
  id: string | undefined,
  secret: string | undefined,
  form: URLSearchParams,
): Answer {
  const { org, dialect } = context
  if (dialect.passwordFlow === 'blocked' || org.connectedApp.passwordFlowBlocked) {
    // documented: blocked by default in orgs created since Summer '23; observed: unsupported_grant_type, or invalid_grant
    throw oauthError('unsupported_grant_type', 'grant type not supported')
  }
  checkClient(context, id, secret)
  const user = org.user(form.get('username') ?? '')
  const known = user === undefined ? undefined : org.passwords.get(user.Id)
  const given = form.get('password') ?? ''
  // documented: the security token is appended to the password
  if (user === undefined || known === undefined || !same(given, known + org.securityToken)) {
    throw oauthError('invalid_grant', 'authentication failure')
  }
  return grant(context, user)
}

/** The token's answer: issued_at in milliseconds as a text, no expires_in, no refresh token (documented). */
function grant(context: Context, user: UserRow): Answer {
  const { org } = context
  // general knowledge for the code; assumed text
  if (!user.IsActive) throw oauthError('inactive_user', 'user is inactive')
  const login = org.userLogins.where('UserId', user.Id)[0]
  if (login?.IsFrozen === true) throw oauthError('invalid_grant', 'authentication failure')
  const now = context.now()
  const issuedAt = String(now.getTime())
  // documented: `https://login.salesforce.com/id/<org>/<user>`; here it leads to this org, so that no client leaves the machine
  const id = identityUrl(context, user)
  org.users.update(user, { LastLoginDate: now.toISOString() })
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      access_token: org.issueToken(user.Id, now),
      // general knowledge: HMAC-SHA256 of id and issued_at under the consumer secret
      signature: createHmac('sha256', org.connectedApp.clientSecret)
        .update(id + issuedAt)
        .digest('base64'),
      scope: org.connectedApp.scope,
      instance_url: context.url,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    },
  }
}
