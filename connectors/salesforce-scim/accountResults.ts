import { actions, type Call, initiatedBy } from '../../shared/action/actions.ts'
import type { Correlation } from '../../shared/action/correlation.ts'
import {
  type ActionResult,
  auditLine,
  failed,
  type ResultMembers,
  succeeded,
} from '../../shared/action/result.ts'
import { log } from '../../shared/log.ts'
import type { Attributes } from '../../shared/scim/attribute.ts'
import type { Change } from '../../shared/scim/plan.ts'
import type { Resource } from '../../shared/scim/schema.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { toData } from './accounts/account.ts'
import { askedFields } from './accounts/desired.ts'
import type { Fields } from './accounts/fields.ts'
import { namesOf, type Written } from './accounts/write.ts'

/** What the host gets as reference while there is no account: it wants one, in a preview too. */
const noReference = 'DryRun: Currently not available'

export function isDryRun({ input }: Call): boolean {
  return input.actionContext.DryRun
}

/** The account's fields as the host asked for them. */
export function dataOf(call: Call, wanted: Fields, user: Resource, attributes: Attributes): JsonObject {
  return toData(askedFields(call), attributes, wanted, user)
}

export function ambiguous({ field, value }: Correlation, total: number): ActionResult {
  const message = `Could not create or correlate Salesforce account. Error: Multiple accounts found for person where ${field} is: [${value}]: there are ${total}. Correct the accounts in Salesforce, or correlate on a field that is unique`
  log('error', message, { error: { code: 'NOT_UNIQUE' } })
  return failed('CorrelateAccount', message)
}

export function correlated(
  call: Call,
  user: Resource,
  wanted: Fields,
  correlation: Correlation,
): ActionResult {
  const { field, value } = correlation
  const what = `account: [${user.id}] on field: [${field}] with value: [${value}]`
  return succeeded(
    'CorrelateAccount',
    isDryRun(call) ? `[DryRun] Would correlate ${what}` : `Correlated ${what}`,
    {
      AccountReference: user.id,
      AccountCorrelated: true,
      Data: dataOf(call, wanted, user, new Map()),
    },
  )
}

export function plannedCreate(call: Call, wanted: Fields, desired: Attributes): ActionResult {
  const user = { id: noReference }
  return succeeded(
    'CreateAccount',
    `[DryRun] Would create Salesforce account with userName [${desired.get('userName') ?? ''}]${desired.get('active') === 'true' ? '' : ', inactive'}`,
    {
      AccountReference: noReference,
      AccountCorrelated: false,
      Data: { ...toData(askedFields(call), desired, wanted, user), id: noReference },
    },
  )
}

export function createdAccount(call: Call, wanted: Fields, written: Written): ActionResult {
  const { user, attributes } = written
  const message = `Create account was successful. AccountReference is: [${user.id}]`
  return withRefused('CreateAccount', message, written, {
    AccountReference: user.id,
    AccountCorrelated: false,
    Data: dataOf(call, wanted, user, attributes),
  })
}

export function unchanged(reference: string, data: JsonObject): ActionResult {
  return succeeded(
    'UpdateAccount',
    `Skipped updating Salesforce account with AccountReference: [${reference}]. Reason: No changes.`,
    { Data: data, PreviousData: data },
  )
}

export function plannedUpdate(
  reference: string,
  changes: readonly Change[],
  members: ResultMembers,
): ActionResult {
  const message = `[DryRun] Would update account property(s) [${namesOf(changes)}] of Salesforce account: [${reference}]`
  return succeeded('UpdateAccount', message, members)
}

export function updatedAccount(
  changes: readonly Change[],
  written: Written,
  members: ResultMembers,
): ActionResult {
  const open = [...written.refused, ...written.pending].map(({ attribute }) => attribute)
  const done = changes.filter(({ attribute }) => !open.includes(attribute))
  const message =
    done.length > 0 || written.refused.length === 0
      ? `Update account was successful, Account property(s) updated: [${namesOf(done)}]`
      : undefined
  return withRefused('UpdateAccount', message, written, members)
}

/** The result of a write, with a line for what waits for the user and an error for what did not take. */
function withRefused(
  action: 'CreateAccount' | 'UpdateAccount',
  message: string | undefined,
  { user, pending, refused, reason }: Written,
  members: ResultMembers,
): ActionResult {
  const lines = message === undefined ? [] : [auditLine(action, message, false)]
  for (const { to } of pending) {
    const text = `The e-mail address of account [${user.id}] becomes [${to}] when the user confirms it: Salesforce has sent a message and keeps the old address until then`
    lines.push(auditLine(action, text, false))
  }
  if (refused.length > 0) {
    const why = reason ?? 'Salesforce accepted the request and did not change it'
    const text = `Could not write ${namesOf(refused)} of Salesforce account: [${user.id}]. Error: ${why}`
    lines.push(auditLine(action, text, true))
    log('error', text, { error: { code: 'REJECTED' } })
  }
  return { Success: refused.length === 0, ...members, AuditLogs: lines }
}

/** What enable, disable and delete make of an account, in words. */
export interface Switch {
  readonly outcome: 'already' | 'planned' | 'done'
  readonly to: 'active' | 'inactive' | 'frozen'
  /** What else there is to say. */
  readonly notes?: readonly string[]
}

const planned = { active: 'activate', inactive: 'deactivate', frozen: 'freeze' } as const

/** The result of enable, disable and delete. */
export function switched(
  call: Call,
  reference: string,
  { outcome, to, notes = [] }: Switch,
  members: ResultMembers,
): ActionResult {
  const { audit } = actions[call.name]
  const verb = call.name === 'delete' ? 'Delete' : call.name === 'enable' ? 'Enable' : 'Disable'
  const texts = {
    already: `Skipped: ${verb} account: [${reference}]. Reason: the account is already ${to}`,
    planned: `[DryRun] Would ${planned[to]} Salesforce account: [${reference}]`,
    done:
      call.name === 'enable'
        ? 'Enable account was successful'
        : `${verb} account: [${reference}] was successful`,
  }
  const deletes = {
    already: 'nothing is left to do, and its userName stays taken',
    planned: 'its userName would stay taken',
    done: 'the account is deactivated, and its userName stays taken',
  }
  const all = [
    ...(call.name === 'delete' ? [`Salesforce cannot delete users: ${deletes[outcome]}`] : []),
    ...notes,
  ]
  return succeeded(audit, [texts[outcome], ...all].join('. ') + initiatedBy(call), members)
}
