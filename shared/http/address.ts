import { ConnectorError } from '../errors.ts'

/** Whether a host name is this machine: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * The setting's text as an address that credentials may be sent to: https, or http to this machine only (the simulated
 * org). Throws `MISCONFIGURED` with a sentence that names the setting.
 */
export function serviceAddress(text: string, setting: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.${setting} is not an address: expected https://<MyDomain>.my.salesforce.com.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.${setting} holds a user name or password: leave them out of the address.`,
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.${setting} is http: Salesforce must be reached over https (http is allowed to this machine only).`,
    )
  }
  return url
}
