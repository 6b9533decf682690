import type { Action } from '../../shared/host/actions.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'
import { type Collision, uniqueness } from '../../shared/lifecycle/accounts/uniqueness.ts'
import { ownReference } from '../../shared/lifecycle/reference.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { fieldText, type Row } from '../../shared/salesforce/rest/rowPages.ts'
import { fieldNamed } from './accounts/fields.ts'
import { hostNames, mappedFields } from './accounts/mappedFields.ts'
import { findAccountsByValue } from './accounts/findAccountsByValue.ts'
import { openOrg } from './org.ts'

/** Names the mapped fields whose value another account has. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const mapped = mappedFields(call)
  const nameOf = hostNames(mapped)
  const checked = ['Username', 'CommunityNickname', 'FederationIdentifier', 'EmployeeNumber']
  if (org.settings.checkEmailUniqueness) checked.push('Email')
  const values = new Map(
    checked.flatMap((field) => {
      const value = mapped.get(field)?.value ?? ''
      return value === '' ? [] : [[field, value]]
    }),
  )
  const reference = ownReference(call)
  const correlation =
    reference === undefined ? readCorrelation(call.input.actionContext, fieldNamed) : undefined
  const holders = await findAccountsByValue(org, values, correlation)
  const own = reference ?? onlyOne(holders.own)

  const collisions = [...values].flatMap(([field, value]): Collision[] => {
    const ids = (holders.byField[field] ?? []).map((row) => fieldText(row, 'Id'))
    const holder = ids.find((id) => own === undefined || !isSameId(id, own))
    return holder === undefined ? [] : [{ name: nameOf(field), value, holder }]
  })
  return uniqueness(collisions, values.has('Username') ? nameOf('Username') : undefined)
}

/** The account that create would correlate with is the person's own as well. */
function onlyOne(rows: readonly Row[]): string | undefined {
  return rows.length === 1 ? fieldText(rows[0], 'Id') : undefined
}
