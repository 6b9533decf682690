import { type Call, failureFor, accountNotFound } from '../../../host/actions.ts'
import type { ActionResult, AuditLog, SubPermission } from '../../../host/result.ts'
import { auditLine } from '../../../host/result.ts'
import { ConnectorError } from '../../../errors.ts'
import { log } from '../../../log.ts'
import { expirationFor } from '../accessTo.ts'
import {
  currentEntries,
  type CurrentEntry,
  noPermissions,
  type Operation,
  operationOf,
  toEntry,
} from './subPermission.ts'
import { grantOne, grantPart, revokeOne, revokePart, type Target } from './subPermissionChange.ts'
import { single, type SubPermissionPlan } from './subPermissionPlan.ts'

/** What an action of this kind starts from. */
interface Start {
  readonly operation: Operation
  readonly current: readonly CurrentEntry[]
}

/** Runs the action; when it fails as a whole, the host is told that everything that it holds is still so. */
export async function keepingCurrent(
  call: Call,
  action: (start: Start) => Promise<ActionResult>,
): Promise<ActionResult> {
  const operation = operationOf(call)
  const current = currentEntries(call)
  try {
    return await action({ operation, current })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('error', `${error.code}: ${error.message}`)
    const result = failureFor(partOf(call, operation), error.message)
    return { ...result, SubPermissions: current.map(({ entry }) => entry) }
  }
}

/** The result when the account does not exist any more: nothing is held then, and only a revoke is content with that. */
export function goneWithAll(call: Call, operation: Operation, account: string): ActionResult {
  return { ...accountNotFound(partOf(call, operation), account), SubPermissions: [] }
}

/** Carries the plan out, each item for itself: the complete set as it is afterwards, and a line for each. */
export async function carryOut(
  call: Call,
  { org, account, access }: Omit<Target, 'changed'>,
  { operation, current }: Start,
  plan: SubPermissionPlan,
): Promise<ActionResult> {
  const expiration = plan.grants.length === 0 ? undefined : expirationFor(call, org)
  const lines: AuditLog[] = plan.problems.flatMap(
    ({ name, reason }) => failureFor(grantPart(call), `permission [${name}]: ${reason}`).AuditLogs,
  )
  const changed: string[] = []
  const target = { org, account, access, changed }
  const added: SubPermission[] = []
  const removed = new Set<CurrentEntry>()
  const replacements = new Map<string, string>()

  for (const item of plan.grants) {
    const { permission, displayName } = item
    const result = await grantOne(call, target, permission, displayName, expiration)
    lines.push(...result.AuditLogs)
    if (!result.Success) continue
    added.push(toEntry(item))
    changed.push(permission.Reference)
    if (single.includes(permission.Type)) replacements.set(permission.Type, displayName)
  }
  for (const old of plan.revokes) {
    const name = old.entry.DisplayName
    const result =
      old.permission === undefined
        ? failureFor(
            revokePart(call),
            `permission [${name}]: its key [${old.entry.Reference.Id}] names no permission`,
          )
        : await revokeOne(call, target, old.permission, name, replacements.get(old.permission.Type))
    lines.push(...result.AuditLogs)
    if (!result.Success) continue
    removed.add(old)
    if (old.permission !== undefined) changed.push(old.permission.Reference)
  }

  const kept = current.filter((old) => !removed.has(old)).map(({ entry }) => entry)
  const all = [...kept, ...added]
  return {
    Success: !lines.some(({ IsError }) => IsError),
    SubPermissions: all.length === 0 && operation !== 'revoke' ? [noPermissions] : all,
    AuditLogs: lines.length > 0 ? lines : [nothingToDo(operation, account, kept.length)],
  }
}

/** Granting and updating are told as granting. */
function partOf(call: Call, operation: Operation): Call {
  return operation === 'revoke' ? revokePart(call) : grantPart(call)
}

function nothingToDo(operation: Operation, account: string, held: number): AuditLog {
  const at = `account with AccountReference: [${account}]`
  if (operation === 'revoke') {
    return auditLine(
      'RevokePermission',
      `Skipped revoking permissions from ${at}. Reason: none is granted`,
      false,
    )
  }
  const reason = held === 0 ? 'the contracts in conditions give none' : 'No changes'
  return operation === 'grant'
    ? auditLine('GrantPermission', `Skipped granting permissions to ${at}. Reason: ${reason}`, false)
    : auditLine('UpdatePermission', `Skipped updating permissions of ${at}. Reason: ${reason}`, false)
}
