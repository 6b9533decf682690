import { ConnectorError, TransportError } from '../errors.ts'

/** What a system error code means to whoever has to fix it. */
const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address: is the host name right?',
  EAI_AGAIN: 'could not be looked up: is there a name server?',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection off',
  EPIPE: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached: a firewall or a proxy may be in the way',
  ETIMEDOUT: 'cannot be reached: a firewall or a proxy may be in the way',
  EHOSTUNREACH: 'cannot be reached: a firewall or a proxy may be in the way',
  ENETUNREACH: 'cannot be reached: there is no network',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'broke its answer off',
  HTTPParserError: 'does not answer in HTTP: is the address right?',
}

const untrusted = 'has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS to the CA in use'

const tooOld = 'does not offer TLS 1.2 or later: have it updated, or the proxy in between'
const noHttp1 = 'does not offer HTTP/1.1, which this connector speaks: is the address right?'

/** Faults of a certificate or of TLS: nothing is sent to such a host, and trying again does not fix it. */
const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet: is the clock of this machine right?',
  CERT_REVOKED: 'has a certificate that was revoked',
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host name',
  ERR_SSL_UNSUPPORTED_PROTOCOL: tooOld,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: tooOld,
  ERR_SSL_VERSION_TOO_LOW: tooOld,
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not answer in TLS: is the address right, with its port?',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: noHttp1,
}

/** Why a request to a host got no complete answer. */
export function toTransportError(error: Error, host: string, sent: boolean): ConnectorError {
  return describe(error, host, sent, '')
}

/** Why a connection to a host could not be opened; `by` is who is to blame instead of the host: `: the proxy …`. */
export function toConnectionError(error: Error, host: string, by: string): ConnectorError {
  return describe(error, host, false, ` cannot be reached${by}`)
}

function describe(error: Error, host: string, sent: boolean, by: string): ConnectorError {
  if (error instanceof ConnectorError) return error
  const given = 'code' in error && typeof error.code === 'string' ? error.code : 'no code'
  const code = error.name === 'HTTPParserError' ? error.name : given
  const certificate = certificates[code]
  const options = { cause: error }
  if (certificate !== undefined) {
    return new ConnectorError('MISCONFIGURED', `${host}${by} ${certificate}`, options)
  }
  return new TransportError(`${host}${by} ${causes[code] ?? `could not be asked (${code})`}`, sent, options)
}
