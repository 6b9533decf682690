/** Top-level domains that nobody can own (RFC 2606, RFC 6761): a page of another site cannot have such a name. */
const reserved = /\.(test|example|invalid|localhost)$/

/**
 * Whether a `Host` header names this machine. A page of another site can make a browser send requests here by letting its own
 * name resolve to 127.0.0.1 (DNS rebinding), and reads the answers; its name in `Host` gives it away.
 */
export function isOwnHost(host: string | undefined): boolean {
  if (host === undefined) return true
  const name = nameOf(host)
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name) || reserved.test(name)
}

/** The org's address under the name that a client knows it by. */
export function addressUnder(address: string, host: string | undefined): string {
  const url = new URL(address)
  if (host === undefined) return address
  return `${url.protocol}//${nameOf(host)}:${url.port}`
}

function nameOf(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase()
}
