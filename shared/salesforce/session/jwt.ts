import type * as Crypto from 'node:crypto'
import { ConnectorError } from '../../errors.ts'

/** Loaded where it is used: the other flows sign in without it, and need not wait for it. */
const crypto = (): typeof Crypto => process.getBuiltinModule('node:crypto')

/** Seconds that an assertion is valid; Salesforce refuses more than 3 minutes (documented: remoteaccess_oauth_jwt_flow). */
const lifetime = 170

export interface JwtClaims {
  /** The consumer key. */
  readonly iss: string
  /** The user that the connector acts as. */
  readonly sub: string
  /** `https://login.salesforce.com`, `https://test.salesforce.com` or a site's address. */
  readonly aud: string
}

/** A signed assertion (RFC 7523, RS256) that is valid from `now`, in milliseconds since 1970. */
export function signAssertion(claims: JwtClaims, key: Crypto.KeyObject, now: number): string {
  const payload = { ...claims, exp: Math.floor(now / 1000) + lifetime }
  const content = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}`
  return `${content}.${crypto().createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`
}

/**
 * The private key of a PEM: PKCS#1, PKCS#8 or encrypted PKCS#8; line breaks may be written as `\n`, or be lost where a
 * form keeps one line only. Throws `MISCONFIGURED` naming the setting, never the key.
 */
export function readPrivateKey(pem: string, passphrase: string | undefined): Crypto.KeyObject {
  const text = repairLines(pem)
  if (!text.includes('-----BEGIN') || !text.includes('PRIVATE KEY-----')) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.PrivateKey is not a private key in PEM form (-----BEGIN PRIVATE KEY-----).',
    )
  }
  const isEncrypted = text.includes('ENCRYPTED')
  if (isEncrypted && passphrase === undefined) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.PrivateKey is encrypted: set Configuration.PrivateKeyPassphrase.',
    )
  }
  let key: Crypto.KeyObject
  try {
    key = crypto().createPrivateKey({
      key: text,
      ...(isEncrypted && passphrase !== undefined && { passphrase }),
    })
  } catch {
    // OpenSSL's own message is about its internals.
    throw new ConnectorError(
      'MISCONFIGURED',
      isEncrypted
        ? 'Configuration.PrivateKey cannot be opened: is Configuration.PrivateKeyPassphrase right?'
        : 'Configuration.PrivateKey cannot be read: it is damaged or cut off (HelloID keeps 2,048 characters).',
    )
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.PrivateKey must be an RSA key: Salesforce takes RS256 only.',
    )
  }
  return key
}

/** Puts back line breaks that a form turned into `\n`, blanks or nothing. */
function repairLines(pem: string): string {
  const text = pem.replaceAll('\\r', '').replaceAll('\\n', '\n').replaceAll('\r', '').trim()
  if (text.includes('\n')) return text
  const parts = /^(-----BEGIN [A-Z ]{1,80}-----)([^-]*)(-----END [A-Z ]{1,80}-----)$/.exec(text)
  if (parts === null) return text
  const [, begin = '', body = '', end = ''] = parts
  return [begin, ...(body.replaceAll(' ', '').match(/.{1,64}/g) ?? []), end].join('\n')
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
