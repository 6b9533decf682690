import type { Correlation } from '../../../shared/host/correlation.ts'
import { TargetError } from '../../../shared/errors.ts'
import { type KeyedQuery, keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import type { Row } from '../../../shared/salesforce/rest/rowPages.ts'
import type { Org } from '../org.ts'
import { readCreateContext } from './readCreateContext.ts'

/** Which accounts have a value. */
export interface Holders {
  /** At most two for each field: these are enough to know that one of them is another account. */
  readonly byField: Readonly<Record<string, readonly Row[] | undefined>>
  /** Those that create would correlate with. */
  readonly own: readonly Row[]
}

/** Looks for the values of the fields, and for the person's own account where `correlation` says how. */
export async function findAccountsByValue(
  org: Org,
  values: ReadonlyMap<string, string>,
  correlation: Correlation | undefined,
): Promise<Holders> {
  const queries = Object.fromEntries([...values].map(([field, value]) => [field, usersWith(field, value)]))
  if (correlation === undefined) return { byField: await org.rest.read(queries, never), own: [] }
  const own = usersWith(correlation.field, correlation.value)
  try {
    // No field begins with a digit: the name is free.
    const { '0': found, ...byField } = await org.rest.read({ ...queries, '0': own }, never)
    return { byField, own: found ?? [] }
  } catch (error) {
    if (!(error instanceof TargetError) || error.status !== 400) throw error
    // The field is none, or the value none of it, which is told there; or its values are no texts.
    const { found } = await readCreateContext(org, new Map(), [], correlation)
    return { byField: await org.rest.read(queries, never), own: found.map(({ row }) => row) }
  }
}

function usersWith(field: string, value: string): KeyedQuery {
  return keyedQuery('Id', 'User', { [field]: value }, ' ORDER BY Id LIMIT 2')
}

/** What could not be asked is not free. */
const never = (): boolean => false
