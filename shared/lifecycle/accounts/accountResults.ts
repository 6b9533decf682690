import { actions, type Call, initiatedBy, isDryRun } from '../../host/actions.ts'
import type { Correlation } from '../../host/correlation.ts'
import { type ActionResult, auditLine, failed, type ResultMembers, succeeded } from '../../host/result.ts'
import { log } from '../../log.ts'
import type { JsonObject } from '../../validate.ts'

/** What the host gets as reference while there is no account: it wants one, in a preview too. */
export const dryRunReference = 'DryRun: Currently not available'

/** What came of a write, in the names of fields. */
export interface Written {
  readonly reference: string
  /** The e-mail address that waits for the user to confirm it: Salesforce keeps the old one until then. */
  readonly pending: string | undefined
  /** The fields that took. */
  readonly done: readonly string[]
  /** The fields that did not. */
  readonly refused: readonly string[]
  /** What Salesforce said about those, if it said anything. */
  readonly reason: string | undefined
}

export function ambiguous({ field, value }: Correlation, total: number): ActionResult {
  const message = `Could not create or correlate Salesforce account. Error: Multiple accounts found for person where ${field} is: [${value}]: there are ${total}. Correct the accounts in Salesforce, or correlate on a field that is unique`
  log('error', message, { error: { code: 'NOT_UNIQUE' } })
  return failed('CorrelateAccount', message)
}

export function correlated(
  call: Call,
  reference: string,
  { field, value }: Correlation,
  Data: JsonObject,
): ActionResult {
  const what = `account: [${reference}] on field: [${field}] with value: [${value}]`
  return succeeded(
    'CorrelateAccount',
    isDryRun(call) ? `[DryRun] Would correlate ${what}` : `Correlated ${what}`,
    { AccountReference: reference, AccountCorrelated: true, Data },
  )
}

/** `account`: the field that names it, and whether it would be active. */
export function plannedCreate(
  account: { readonly nameField: string; readonly name: string; readonly isActive: boolean },
  Data: JsonObject,
): ActionResult {
  const { nameField, name, isActive } = account
  return succeeded(
    'CreateAccount',
    `[DryRun] Would create Salesforce account with ${nameField} [${name}]${isActive ? '' : ', inactive'}`,
    { AccountReference: dryRunReference, AccountCorrelated: false, Data },
  )
}

export function createdAccount(written: Written, Data: JsonObject): ActionResult {
  const { reference } = written
  const message = `Create account was successful. AccountReference is: [${reference}]`
  const members = { AccountReference: reference, AccountCorrelated: false, Data }
  return withRefused('CreateAccount', message, written, members)
}

/** An account that was created and could not be read afterwards: no success, because nobody knows what of it took. */
export function unreadAccount(reference: string, reason: string, Data: JsonObject): ActionResult {
  const text = `Could not read Salesforce account: [${reference}] after its creation, so that what it has is not known. Error: ${reason}`
  log('error', text, { error: { code: 'UNAVAILABLE' } })
  const AuditLogs = [
    auditLine('CreateAccount', `Create account was successful. AccountReference is: [${reference}]`, false),
    auditLine('CreateAccount', text, true),
  ]
  return { Success: false, AccountReference: reference, AccountCorrelated: false, Data, AuditLogs }
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
  fields: readonly string[],
  members: ResultMembers,
): ActionResult {
  const message = `[DryRun] Would update account property(s) [${fields.join(',')}] of Salesforce account: [${reference}]`
  return succeeded('UpdateAccount', message, members)
}

export function updatedAccount(written: Written, members: ResultMembers): ActionResult {
  const { done, refused, pending } = written
  // The line for what waits for the user says what an update of the e-mail address alone came to.
  const isTold = done.length === 0 && (refused.length > 0 || pending !== undefined)
  const message = isTold
    ? undefined
    : `Update account was successful, Account property(s) updated: [${done.join(',')}]`
  return withRefused('UpdateAccount', message, written, members)
}

/** The result of a write, with a line for what waits for the user and an error for what did not take. */
function withRefused(
  action: 'CreateAccount' | 'UpdateAccount',
  message: string | undefined,
  { reference, pending, refused, reason }: Written,
  members: ResultMembers,
): ActionResult {
  const lines = message === undefined ? [] : [auditLine(action, message, false)]
  if (pending !== undefined) {
    const text = `The e-mail address of account [${reference}] becomes [${pending}] when the user confirms it: Salesforce has sent a message and keeps the old address until then`
    lines.push(auditLine(action, text, false))
  }
  if (refused.length > 0) {
    const why = reason ?? 'Salesforce accepted the request and did not change it'
    const text = `Could not write ${refused.join(',')} of Salesforce account: [${reference}]. Error: ${why}`
    lines.push(auditLine(action, text, true))
    log('error', text, { error: { code: 'REJECTED' } })
  }
  return { Success: refused.length === 0, ...members, AuditLogs: lines }
}

/** What enable, disable and delete make of an account, in words. */
export interface Switch {
  readonly outcome: 'already' | 'planned' | 'done'
  /** `unfrozen`: of an account that is active already. */
  readonly to: 'active' | 'inactive' | 'frozen' | 'unfrozen'
  /** What else there is to say. */
  readonly notes?: readonly string[]
}

const planned = {
  active: 'activate',
  inactive: 'deactivate',
  frozen: 'freeze',
  unfrozen: 'unfreeze',
} as const

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
