import type { ImportedAccount } from '../import/importSummary.ts'
import type { ReportedAccount } from './reportModel.ts'
import { isId } from '../lib/userFields.ts'

/** The accounts of an org by the value of one field. */
export interface AccountIndex {
  /** Every account that a search for the value would find. */
  find(value: string): readonly ImportedAccount[]
  byReference(reference: string): ImportedAccount | undefined
}

/**
 * Indexes accounts for correlation on a field. As Salesforce's search, it does not mind case; ids go by their first 15
 * characters where the field holds ids.
 */
export function indexAccounts(
  accounts: readonly ImportedAccount[],
  field: string,
  holdsIds: boolean,
): AccountIndex {
  const keyOf = (value: string): string =>
    holdsIds && isId(value) ? value.slice(0, 15) : value.toLowerCase()
  const byValue = new Map<string, ImportedAccount[]>()
  const byId = new Map<string, ImportedAccount>()
  for (const account of accounts) {
    byId.set(account.AccountReference.slice(0, 15), account)
    const value = valueOf(account, field)
    if (value === '') continue
    const found = byValue.get(keyOf(value))
    if (found === undefined) byValue.set(keyOf(value), [account])
    else found.push(account)
  }
  return {
    find: (value) => (value === '' ? [] : (byValue.get(keyOf(value)) ?? [])),
    byReference: (reference) => byId.get(reference.slice(0, 15)),
  }
}

/** How the values are compared, for whoever reads the report. */
export function ruleInWords(field: string, holdsIds: boolean): string {
  return holdsIds
    ? `ids are the same when their first 15 characters are; ${field} holds ids`
    : 'upper and lower case do not matter, all else is compared exactly, and blanks around a value are cut off'
}

/** The value of a field, whatever the case of its name. */
function valueOf({ UserName, Data }: ImportedAccount, field: string): string {
  const wanted = field.toLowerCase()
  const [, value] = Object.entries(Data).find(([name]) => name.toLowerCase() === wanted) ?? []
  const text = typeof value === 'string' ? value : ''
  return (wanted === 'username' ? text || UserName : text).trim()
}

/** An account as the report shows it. */
export function describeAccount({
  AccountReference: id,
  UserName: userName,
  DisplayName: displayName,
  Enabled: isActive,
  Data,
  isIntegrationUser,
}: ImportedAccount): ReportedAccount {
  const { isFrozen, lastLoginDate } = Data
  return {
    id,
    userName,
    displayName,
    isActive,
    ...(typeof isFrozen === 'string' && { isFrozen: isFrozen === 'true' }),
    ...(typeof lastLoginDate === 'string' && { lastLogin: lastLoginDate }),
    ...(isIntegrationUser === true && { isIntegrationUser }),
  }
}
