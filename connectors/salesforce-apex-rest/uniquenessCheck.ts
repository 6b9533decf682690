import type { Action, Call } from '../../shared/action/actions.ts'
import { readCorrelation } from '../../shared/action/correlation.ts'
import { auditLine } from '../../shared/action/result.ts'
import { readReference } from '../../shared/provisioning/reference.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { cell, type Row } from '../../shared/salesforce/rest.ts'
import { literal } from '../../shared/salesforce/soql.ts'
import { fieldNamed } from './accounts/fields.ts'
import { wantedFields } from './accounts/wanted.ts'
import { openOrg } from './org.ts'

/** Names the mapped fields whose value another account has. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const wanted = wantedFields(call)
  const checked = ['Username', 'CommunityNickname', 'FederationIdentifier', 'EmployeeNumber']
  if (org.settings.checkEmailUniqueness) checked.push('Email')
  const given = checked.filter((field) => (wanted.get(field)?.value ?? '') !== '')

  const queries: Record<string, string> = {}
  for (const field of given) queries[field] = usersWith(field, wanted.get(field)?.value ?? '')
  const reference = ownReference(call)
  const correlation =
    reference === undefined ? readCorrelation(call.input.actionContext, fieldNamed) : undefined
  if (correlation !== undefined) queries['own'] = usersWith(correlation.field, correlation.value)
  const rows = await org.rest.read(queries)
  const own = reference ?? onlyOne(rows['own'] ?? [])

  const NonUniqueFields: string[] = []
  const AuditLogs = []
  for (const field of given) {
    const { name, value } = wanted.get(field) ?? { name: field, value: '' }
    const other = (rows[field] ?? []).find((row) => own === undefined || !isSameId(cell(row, 'Id'), own))
    if (other === undefined) continue
    NonUniqueFields.push(name)
    AuditLogs.push(
      auditLine(undefined, `${name} [${value}] is in use by account [${cell(other, 'Id')}]`, false),
    )
  }
  const userName = wanted.get('Username')
  if (given.includes('Username') && userName !== undefined && !NonUniqueFields.includes(userName.name)) {
    const text = `${userName.name} is free in this org; user names are unique across all Salesforce orgs, so that one can still be refused`
    AuditLogs.push(auditLine(undefined, text, false))
  }
  return { Success: true, NonUniqueFields, AuditLogs }
}

/** Two are enough to know that one of them is another account. */
function usersWith(field: string, value: string): string {
  return `SELECT Id FROM User WHERE ${field} = ${literal(value)} ORDER BY Id LIMIT 2`
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
