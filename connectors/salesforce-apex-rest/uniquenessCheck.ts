import type { Action } from '../../shared/host/actions.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'
import { type Collision, uniqueness } from '../../shared/lifecycle/accounts/uniqueness.ts'
import { ownReference } from '../../shared/lifecycle/reference.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { cell, type Row } from '../../shared/salesforce/rest/rowPages.ts'
import { fieldNamed } from './accounts/fields.ts'
import { hostNames, wantedFields } from './accounts/mappedFields.ts'
import { whoHas } from './accounts/findAccountsByValue.ts'
import { openOrg } from './org.ts'

/** Names the mapped fields whose value another account has. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const wanted = wantedFields(call)
  const nameOf = hostNames(wanted)
  const checked = ['Username', 'CommunityNickname', 'FederationIdentifier', 'EmployeeNumber']
  if (org.settings.checkEmailUniqueness) checked.push('Email')
  const values = new Map(
    checked.flatMap((field) => {
      const value = wanted.get(field)?.value ?? ''
      return value === '' ? [] : [[field, value]]
    }),
  )
  const reference = ownReference(call)
  const correlation =
    reference === undefined ? readCorrelation(call.input.actionContext, fieldNamed) : undefined
  const holders = await whoHas(org, values, correlation)
  const own = reference ?? onlyOne(holders.own)

  const collisions = [...values].flatMap(([field, value]): Collision[] => {
    const ids = (holders.byField[field] ?? []).map((row) => cell(row, 'Id'))
    const holder = ids.find((id) => own === undefined || !isSameId(id, own))
    return holder === undefined ? [] : [{ name: nameOf(field), value, holder }]
  })
  return uniqueness(collisions, values.has('Username') ? nameOf('Username') : undefined)
}

/** The account that create would correlate with is the person's own as well. */
function onlyOne(rows: readonly Row[]): string | undefined {
  return rows.length === 1 ? cell(rows[0], 'Id') : undefined
}
