import type { Action, Call } from '../../shared/action/actions.ts'
import { readCorrelation } from '../../shared/action/correlation.ts'
import { auditLine } from '../../shared/action/result.ts'
import { readReference } from '../../shared/provisioning/reference.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { cell, type Row } from '../../shared/salesforce/rowPages.ts'
import { fieldNamed } from './accounts/fields.ts'
import { hostNames, wantedFields } from './accounts/wanted.ts'
import { whoHas } from './accounts/whoHas.ts'
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

  const NonUniqueFields: string[] = []
  const AuditLogs = []
  for (const [field, value] of values) {
    const name = nameOf(field)
    const other = (holders.byField[field] ?? []).find(
      (row) => own === undefined || !isSameId(cell(row, 'Id'), own),
    )
    if (other === undefined) continue
    NonUniqueFields.push(name)
    AuditLogs.push(
      auditLine(undefined, `${name} [${value}] is in use by account [${cell(other, 'Id')}]`, false),
    )
  }
  const userName = nameOf('Username')
  if (values.has('Username') && !NonUniqueFields.includes(userName)) {
    const text = `${userName} is free in this org; user names are unique across all Salesforce orgs, so that one can still be refused`
    AuditLogs.push(auditLine(undefined, text, false))
  }
  return { Success: true, NonUniqueFields, AuditLogs }
}

/** The account that is checked, if it exists already: its own values are no collision. */
function ownReference({ input }: Call): string | undefined {
  const reference = input.actionContext.References?.Account
  return reference === undefined || reference === ''
    ? undefined
    : readReference(reference, 'References.Account')
}

/** The account that create would correlate with is the person's own as well. */
function onlyOne(rows: readonly Row[]): string | undefined {
  return rows.length === 1 ? cell(rows[0], 'Id') : undefined
}
