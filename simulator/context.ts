import type { Dialect } from './dialect/dialect.ts'
import type { Org } from './org/org.ts'

/** A setup object and one of the others that a transaction wrote. */
export interface Written {
  setup?: string
  other?: string
}

/** What every rule and route needs: the org, how it behaves, what time it is and who asks. */
export interface Context {
  org: Org
  dialect: Dialect
  now: () => Date
  /** The org's own address, without a final slash. */
  url: string
  /** Id of the user whose token the request carries. */
  callerId: string
  /** The version in the address of a request under /services/data: 66; undefined elsewhere, where all of the org is shown. */
  apiVersion?: number
  /** Whether rows that are deleted are shown, as `/queryAll` shows them. */
  showsDeleted?: boolean
  /** What the transaction wrote so far; undefined where a write is a transaction of its own. See rules/mixedDml.ts. */
  written?: Written
}
