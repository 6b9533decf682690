import dns from 'node:dns'

/** What a look-up gives: with `all` a list, else an address and its family. */
export type Answer =
  { readonly address: string | dns.LookupAddress[]; readonly family?: number } | { readonly code: string }

/** By this process, which lives until the operating system has answered. */
export function findHere(hostname: string, options: dns.LookupOptions): Promise<Answer> {
  return new Promise((resolve) => {
    dns.lookup(hostname, options, (error, address, family) => {
      resolve(error === null ? { address, family } : { code: error.code ?? 'ENOTFOUND' })
    })
  })
}
