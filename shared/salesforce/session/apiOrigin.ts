import { ConnectorError } from '../../errors.ts'
import { isLoopback } from '../../http/address.ts'

/**
 * Domains under which Salesforce has its APIs. Observed: `isSalesforceDomain` of sfdx-core lists the first three. Assumed:
 * salesforce.mil (Government Cloud) and the two of Salesforce on Alibaba Cloud.
 */
const salesforceDomains = [
  'salesforce.com',
  'force.com',
  'cloudforce.com',
  'salesforce.mil',
  'sfcrmproducts.cn',
  'sfcrmapps.cn',
] as const

/**
 * Where the API is: at the address that the sign-in names as `instance_url`, if that is the configured host or one of Salesforce's,
 * and for an org on this machine only on this machine. Throws for any other, before a token is sent to it: whoever can
 * answer a sign-in would choose who gets the token.
 */
export function apiOrigin(baseUrl: URL, instanceUrl: string | undefined): string {
  if (instanceUrl === undefined) return baseUrl.origin
  const instance = URL.canParse(instanceUrl) ? new URL(instanceUrl) : undefined
  if (instance !== undefined && isTrusted(baseUrl, instance)) {
    // The configured address of the same host has the port and the protocol that an administrator chose.
    return isLoopback(baseUrl.hostname) || instance.hostname !== baseUrl.hostname
      ? instance.origin
      : baseUrl.origin
  }
  const named = instance === undefined ? 'something that is no address' : instance.host || instance.protocol
  throw new ConnectorError(
    'MISCONFIGURED',
    `The sign-in names ${named.slice(0, 80)} as the address of the API (instance_url), which is neither the host of Configuration.BaseUrl nor one of Salesforce's: nothing was sent there. Check Configuration.AuthenticationUri and Configuration.BaseUrl`,
  )
}

function isTrusted(baseUrl: URL, { protocol, hostname, port }: URL): boolean {
  if (isLoopback(baseUrl.hostname)) return /^https?:$/.test(protocol) && isLoopback(hostname)
  if (protocol !== 'https:') return false
  if (hostname === baseUrl.hostname) return true
  return port === '' && salesforceDomains.some((domain) => hostname.endsWith(`.${domain}`))
}
