import { type Call, accountNotFound, isDryRun } from '../../host/actions.ts'
import type { ActionResult } from '../../host/result.ts'
import { readPermissionReference } from './access/permission.ts'
import { refuseOwnAccount } from '../accounts/integrationUser.ts'
import type { Org } from '../commonOrg.ts'
import { accountReference } from '../reference.ts'
import { type AccessTo, checkGrant, expirationFor } from './accessTo.ts'
import { granted, missing, nameOf } from './permissionResults.ts'
import { giveAndVerify } from './permissionWrite.ts'

/** Gives the account one permission; everything else that it holds stays. */
export async function grant<O extends Org>(call: Call, org: O, accessTo: AccessTo<O>): Promise<ActionResult> {
  const reference = accountReference(call)
  const permission = readPermissionReference(call.input.actionContext.References?.Permission)
  const access = accessTo(org, permission, reference, 'grant', expirationFor(call, org))
  await refuseOwnAccount(org, reference)

  const before = await access.read('before')
  if (before.account === 'gone') return accountNotFound(call, reference)
  const name = nameOf(call, permission)
  if (before.isHeld) return granted('already', name, reference)

  if (before.isMissing === true) throw missing(permission)
  const notes = await checkGrant(access, before, isDryRun(call))
  if (isDryRun(call)) {
    await access.grant(before)
    return granted('planned', name, reference, notes)
  }
  const found = await giveAndVerify(org, access, before, permission, reference)
  return granted('done', name, reference, [...notes, ...found])
}
