import type { Correlation } from '../../../shared/host/correlation.ts'
import { keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { columnList, type Org, toUser, type User } from '../org.ts'
import { planFields } from './compare.ts'

/** What makes an account the one that was asked for. */
const identity = ['Username', 'LastName', 'FirstName', 'Email', 'FederationIdentifier', 'EmployeeNumber']

/**
 * The account that a create made whose answer never came, looked for by its user name, which no other can have, and by what
 * it was correlated on. One that only happens to have that user name is not it.
 */
export async function findLostCreate(
  org: Org,
  desired: ReadonlyMap<string, string>,
  columns: readonly string[],
  correlation: Correlation | undefined,
): Promise<User | undefined> {
  const select = columnList([...identity, ...columns])
  const isText = correlation !== undefined && identity.includes(correlation.field)
  const by: Record<string, string> = {
    Username: desired.get('Username') ?? '',
    ...(isText && { [correlation.field]: correlation.value }),
  }
  const rows = await org.rest.query(keyedQuery(select, 'User', by, ' ORDER BY Id LIMIT 5'))
  const own = new Map(
    identity.flatMap((name) => (desired.has(name) ? [[name, desired.get(name) ?? '']] : [])),
  )
  return rows.map(toUser).find(({ row }) => planFields(row, own).length === 0)
}
