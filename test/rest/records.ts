import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { RecordedRequest } from '../../simulator/server.ts'
import { addRecords } from '../../simulator/seed/seedRecords.ts'
import type { Host } from '../lifecycle/host.ts'
import { withRest, withRestCase } from './host.ts'

type With = (dialect: Partial<Dialect>, test: (host: Host) => Promise<void>) => Promise<void>

const prepared =
  (lend: typeof withRest): With =>
  (dialect, test) =>
    lend(dialect, async (host) => {
      addRecords(host.org.org)
      await test(host)
      expect(host.org.unfiredFaults()).toEqual([])
    })

/** A host whose org has accounts, contacts, records with owners, sessions and tokens too: see simulator/seed/seedRecords.ts. */
export const withRecords = prepared(withRest)
/** The same for a case of a table. */
export const withRecordsCase = prepared(withRestCase)

/** What was asked for and written besides the sign-in, in order: `PATCH /sobjects/User/005…`, `query AuthSession`. */
export function shortly(requests: readonly RecordedRequest[]): string[] {
  return requests
    .filter(({ path }) => !path.endsWith('/oauth2/token'))
    .map(({ method, path, query }) => {
      const object = /\bFROM (\w+)/.exec(query['q'] ?? '')?.[1]
      return object === undefined
        ? `${method} ${path.replace(/^\/services\/data\/v[\d.]+/, '')}`
        : `query ${object}`
    })
}
