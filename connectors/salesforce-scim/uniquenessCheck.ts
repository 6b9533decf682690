import type { Action, Call } from '../../shared/action/actions.ts'
import { readCorrelation } from '../../shared/action/correlation.ts'
import { auditLine } from '../../shared/action/result.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { readReference } from '../../shared/provisioning/reference.ts'
import { wantedFields } from './accounts/desired.ts'
import { fieldNamed } from './accounts/fields.ts'
import { type Org, openOrg } from './org.ts'

/** Names the mapped fields whose value another account has. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const wanted = wantedFields(call)
  const own = ownReference(call) ?? (await accountToCorrelate(call, org))
  const checked = ['userName', 'nickName', 'externalId', 'employeeNumber']
  if (org.settings.checkEmailUniqueness) checked.push('emailAddress')

  const NonUniqueFields: string[] = []
  const AuditLogs = []
  for (const field of checked) {
    const value = wanted.get(field) ?? ''
    if (value === '') continue
    const { users, total } = await org.findUsers(field, value)
    const others = users.filter(({ id }) => own === undefined || !isSameId(id, own))
    if (others.length === 0 && total === users.length) continue
    NonUniqueFields.push(field)
    const holder = others[0] === undefined ? 'another account' : `account [${others[0].id}]`
    AuditLogs.push(auditLine(undefined, `${field} [${value}] is in use by ${holder}`, false))
  }
  if ((wanted.get('userName') ?? '') !== '' && !NonUniqueFields.includes('userName')) {
    const text =
      'userName is free in this org; user names are unique across all Salesforce orgs, so that one can still be refused'
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

/** The account that create would correlate with, where the host says on what: it is the person's own as well. */
async function accountToCorrelate({ input }: Call, org: Org): Promise<string | undefined> {
  const correlation = readCorrelation(input.actionContext, fieldNamed)
  if (correlation === undefined) return undefined
  const { users, total } = await org.findUsers(correlation.field, correlation.value)
  return total === 1 ? users[0]?.id : undefined
}
