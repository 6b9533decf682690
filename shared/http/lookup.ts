import dns from 'node:dns'
import { readFileSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import { type Answer, findHere } from './lookupHere.ts'

/** Looks names up as `dns.lookup` does, in a way that can be given up. */
export interface NameLookup {
  readonly lookup: LookupFunction
  /** Ends what is under way; the process is not kept alive by it. */
  close(): void
}

/** Milliseconds in which a name server answers that is there. */
const probeTimeout = 400

/** The largest file of host names that is read, in bytes. */
const hostsLimit = 256 * 1024

/**
 * A look-up of the operating system cannot be cancelled: where no name server answers it takes ten seconds and more, and the
 * process lives as long, `process.exit` included, which waits for it as well (measured on Node 20 and Linux). A host that stops
 * an action at its time limit would lose the answer. So it is first tried whether a name server answers, by a query that can
 * be cancelled. Where none does the operating system is asked all the same, because names come from other places too, but by a
 * process of its own, which is ended with this one. `timeout` is in milliseconds.
 */
export function createLookup(timeout: number): NameLookup {
  const ends = new Set<() => void>()
  let isClosed = false

  const isServed = (hostname: string): Promise<boolean> =>
    new Promise((resolve) => {
      const resolver = new dns.Resolver({ timeout: probeTimeout, tries: 1 })
      const end = (): void => resolver.cancel()
      ends.add(end)
      // c-ares rounds its own time limit up by seconds.
      const timer = setTimeout(end, probeTimeout)
      resolver.resolve4(hostname, (error) => {
        clearTimeout(timer)
        ends.delete(end)
        // A name that does not exist is an answer as well.
        resolve(!noAnswer.includes(error?.code ?? ''))
      })
    })

  const find = async (hostname: string, options: dns.LookupOptions): Promise<Answer> => {
    const isNear = !hostname.includes('.') || isInHostsFile(hostname) || (await isServed(hostname))
    if (isClosed) return { code: 'ECANCELLED' }
    if (isNear) return findHere(hostname, options)
    const { findElsewhere } = await import('./lookupProcess.ts')
    return isClosed ? { code: 'ECANCELLED' } : findElsewhere(hostname, options, timeout, ends)
  }

  return {
    lookup(hostname, options, callback) {
      void find(hostname, options).then((answer) => {
        if ('code' in answer) {
          const { code } = answer
          callback(Object.assign(new Error(code), { code, hostname }), '')
        } else callback(null, answer.address, answer.family)
      })
    },
    close() {
      isClosed = true
      for (const end of ends) end()
    },
  }
}

/** What c-ares says where nobody answered. */
const noAnswer: readonly string[] = [
  'ETIMEOUT',
  'ECONNREFUSED',
  'ECANCELLED',
  'ENOTINITIALIZED',
  'ELOADIPHLPAPI',
]

/** Names of that file need no server. Windows has it elsewhere, and its look-ups end sooner. */
function isInHostsFile(hostname: string): boolean {
  try {
    const text = readFileSync('/etc/hosts', 'latin1').slice(0, hostsLimit).toLowerCase()
    return text.split(/\s+/).includes(hostname.toLowerCase())
  } catch {
    return false
  }
}
