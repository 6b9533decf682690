import { createVerify } from 'node:crypto'
import type { Context } from '../context.ts'
import { isObject } from '../http.ts'
import type { JsonObject } from '../http.ts'
import { oauthError } from './oauthError.ts'
import type { UserRow } from '../org/rows.ts'

/** Documented: `exp` at most three minutes ahead (remoteaccess_oauth_jwt_flow). */
const furthest = 180

/** Milliseconds since 1970 are above this for times after 1973, seconds are not before the year 5138. */
const leastMilliseconds = 1e11

/**
 * Judges a JWT bearer assertion and gives back the user that it is for. Documented (remoteaccess_oauth_jwt_flow): RS256, the claims,
 * the three minutes and the texts so marked; the order of the checks is assumed.
 * @throws PlainError 400
 */
export function checkAssertion(context: Context, assertion: string): UserRow {
  const { org } = context
  const [header = '', payload = '', signature = ''] = assertion.split('.')
  const algorithm = decode(header)?.['alg']
  const claims = decode(payload)
  if (claims === undefined || algorithm !== 'RS256') throw oauthError('invalid_grant', 'invalid assertion')
  if (claims['iss'] !== org.connectedApp.clientId) {
    throw oauthError('invalid_client_id', 'client identifier invalid')
  }
  const signed = org.certificates.some((pem) => verifies(pem, `${header}.${payload}`, signature))
  if (!signed) throw oauthError('invalid_grant', 'invalid assertion')
  const audiences = ['https://login.salesforce.com', 'https://test.salesforce.com', context.url]
  // documented text
  if (!audiences.includes(String(claims['aud']).replace(/\/$/, ''))) {
    throw oauthError('invalid_grant', 'Audience validation failed')
  }
  // observed text
  if (!isInTime(context, claims['exp'])) throw oauthError('invalid_grant', 'expired authorization code')
  // documented: `prn` wins where both are given
  const user = org.users.where('Username', String(claims['prn'] ?? claims['sub'] ?? ''))[0]
  // documented texts
  if (user === undefined) throw oauthError('invalid_grant', "user hasn't approved this consumer")
  if (!org.connectedApp.preAuthorised) {
    throw oauthError('invalid_app_access', 'user is not admin approved to access this app')
  }
  return user
}

/** See the switches `jwtFurthestExpiry` and `jwtMillisecondExpiry`. */
function isInTime({ dialect, now }: Context, expires: unknown): boolean {
  if (typeof expires !== 'number') return false
  const time = now().getTime() / 1000 + dialect.clockSkewSeconds
  if (expires > leastMilliseconds) {
    return dialect.jwtMillisecondExpiry === 'accepted' && expires / 1000 > time - furthest
  }
  return expires > time && (dialect.jwtFurthestExpiry === 'unlimited' || expires <= time + furthest)
}

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function verifies(pem: string, signed: string, signature: string): boolean {
  try {
    return createVerify('RSA-SHA256').update(signed).verify(pem, signature, 'base64url')
  } catch {
    return false
  }
}
