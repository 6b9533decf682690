import { type Action, gone } from '../../shared/action/actions.ts'
import { readPermissionReference } from '../../shared/salesforce/access/permission.ts'
import { isDryRun } from './accountResults.ts'
import { accountReference } from './accounts/desired.ts'
import { openOrg } from './org.ts'
import { accessTo, expirationFor } from './permissions/permission.ts'
import { granted, missing, nameOf } from './permissionResults.ts'
import { giveAndVerify } from './permissionWrite.ts'

/** Gives the account one permission; everything else that it holds stays. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const reference = accountReference(call)
  const permission = readPermissionReference(call.input.actionContext.References?.Permission)
  const access = accessTo(org, permission, reference, 'grant', expirationFor(call, org))

  const before = await access.read('before')
  if (before.account === 'gone') return gone(call, reference)
  const name = nameOf(call, permission)
  if (before.isHeld) return granted('already', name, reference)

  if (before.isMissing === true) throw missing(permission)
  const notes = await access.checkGrant(before, isDryRun(call))
  if (isDryRun(call)) {
    await access.grant(before)
    return granted('planned', name, reference, notes)
  }
  await giveAndVerify(org, access, before, permission, reference)
  return granted('done', name, reference, notes)
}
