import { type Call, initiatedBy } from '../../host/actions.ts'
import { ConnectorError } from '../../errors.ts'
import { type ActionResult, succeeded } from '../../host/result.ts'
import { type PermissionReference, permissionTypes } from './access/permission.ts'

/** What an audit line calls a permission: as the host shows it, else its kind and id. */
export function nameOf({ input }: Call, { Reference, Type }: PermissionReference): string {
  const shown = input.actionContext.PermissionDisplayName?.trim() ?? ''
  return shown === '' ? `${permissionTypes[Type].noun} ${Reference}` : shown
}

/** The error for a permission of a feature that the org does not have. */
export function missing({ Reference, Type }: PermissionReference): ConnectorError {
  const { noun } = permissionTypes[Type]
  return new ConnectorError(
    'NOT_FOUND',
    `this org does not have the ${noun} [${Reference}], nor the feature it belongs to`,
  )
}

type Outcome = 'already' | 'planned' | 'done'

export function granted(
  outcome: Outcome,
  name: string,
  reference: string,
  notes: readonly string[] = [],
): ActionResult {
  const texts = {
    already: `Skipped granting permission [${name}] to account with AccountReference: [${reference}]. Reason: the account already has it`,
    planned: `[DryRun] Would grant permission [${name}] to account: [${reference}]`,
    done: `Grant permission [${name}] was successful`,
  }
  return succeeded('GrantPermission', withNotes(texts[outcome], notes))
}

export function revoked(
  call: Call,
  outcome: Outcome,
  name: string,
  reference: string,
  notes: readonly string[] = [],
): ActionResult {
  const texts = {
    already: `Skipped revoking permission [${name}] from account with AccountReference: [${reference}]. Reason: the account no longer has it, or the permission no longer exists`,
    planned: `[DryRun] Would revoke permission [${name}] from account: [${reference}]`,
    done: `Revoke permission: [${name}] from [${reference}] was successful`,
  }
  return succeeded('RevokePermission', withNotes(texts[outcome], notes) + initiatedBy(call))
}

function withNotes(text: string, notes: readonly string[]): string {
  return [text, ...notes].join('; ')
}
