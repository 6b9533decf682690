import { type Call, failureFor, isDryRun } from '../../../host/actions.ts'
import type { ActionResult } from '../../../host/result.ts'
import { ConnectorError } from '../../../errors.ts'
import { log } from '../../../log.ts'
import type { PermissionReference } from '../access/permission.ts'
import { type Access, isNotHeld } from '../access/access.ts'
import type { Org } from '../../commonOrg.ts'
import { checkGrant } from '../accessTo.ts'
import { granted, missing, revoked } from '../permissionResults.ts'
import { giveAndVerify, takeAndVerify } from '../permissionWrite.ts'

/** The org that remembers what it was asked, the account's reference, and the ids of what the run has changed so far. */
export interface Target {
  readonly org: Org
  readonly account: string
  /** The route of a permission; `together` is what the run has changed before it. */
  readonly access: (
    permission: PermissionReference,
    purpose: 'grant' | 'revoke',
    expiration: string | null | undefined,
    changedInRun: readonly string[],
  ) => Access
  readonly changed: readonly string[]
}

/** Grants one sub-permission as grantPermission would; what goes wrong is a result of its own. */
export function grantOne(
  call: Call,
  { org, account, access: accessTo, changed }: Target,
  permission: PermissionReference,
  name: string,
  expiration: string | null | undefined,
): Promise<ActionResult> {
  return settled(grantPart(call), `permission [${name}]`, async () => {
    const access = accessTo(permission, 'grant', expiration, changed)
    const before = await access.read('before')
    if (before.account === 'gone')
      throw new ConnectorError('NOT_FOUND', 'the account could not be found any more')
    if (before.isHeld) return granted('already', name, account)
    if (before.isMissing === true) throw missing(permission)
    const notes = await checkGrant(access, before, isDryRun(call))
    if (isDryRun(call)) {
      await access.grant(before)
      return granted('planned', name, account, notes)
    }
    const found = await giveAndVerify(org, access, before, permission, account)
    return granted('done', name, account, [...notes, ...found])
  })
}

/** Revokes one sub-permission as revokePermission would. `replacement`: what takes its place, where an account has one. */
export function revokeOne(
  call: Call,
  { account, access: accessTo, changed }: Target,
  permission: PermissionReference,
  name: string,
  replacement: string | undefined,
): Promise<ActionResult> {
  const part = revokePart(call)
  return settled(part, `permission [${name}]`, async () => {
    const access = accessTo(permission, 'revoke', undefined, changed)
    const before = await access.read('before')
    if (before.account === 'gone' || isNotHeld(before)) return revoked(part, 'already', name, account)
    if (isDryRun(call) && replacement !== undefined) {
      return revoked(part, 'planned', name, account, [`[${replacement}] takes its place`])
    }
    const notes = await access.checkRevoke(before, isDryRun(call))
    if (isDryRun(call)) {
      await access.revoke(before)
      return revoked(part, 'planned', name, account, notes)
    }
    const found = await takeAndVerify(access, before)
    return revoked(part, 'done', name, account, [...notes, ...found])
  })
}

/** A sub-permission is granted and revoked, and told of, as any other permission. */
export function grantPart(call: Call): Call {
  return { ...call, name: 'grantPermission' }
}

export function revokePart(call: Call): Call {
  return { ...call, name: 'revokePermission' }
}

async function settled(part: Call, what: string, change: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await change()
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const isExpected = error instanceof ConnectorError
    const detail = error instanceof Error && !isExpected ? (error.stack ?? text) : text
    log('error', `${what}: ${isExpected ? `${error.code}: ` : ''}${detail}`)
    return failureFor(
      part,
      `${what}: ${isExpected ? text : `an unexpected error in the connector (${text})`}`,
    )
  }
}
