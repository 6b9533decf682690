import { type Action, gone } from '../../shared/action/actions.ts'
import { readPermissionReference } from '../../shared/salesforce/access/permission.ts'
import { isDryRun } from './accountResults.ts'
import { accountReference } from './accounts/desired.ts'
import { openOrg } from './org.ts'
import { accessTo } from './permissions/permission.ts'
import { nameOf, revoked } from './permissionResults.ts'
import { takeAndVerify } from './permissionWrite.ts'

/** Takes one permission from the account; everything else that it holds stays. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const reference = accountReference(call)
  const permission = readPermissionReference(call.input.actionContext.References?.Permission)
  const access = accessTo(org, permission, reference, 'revoke', undefined)

  const before = await access.read('before')
  if (before.account === 'gone') return gone(call, reference)
  const name = nameOf(call, permission)
  if (!before.isHeld && before.through.length === 0) return revoked(call, 'already', name, reference)

  const notes = await access.checkRevoke(before, isDryRun(call))
  if (isDryRun(call)) {
    await access.revoke(before)
    return revoked(call, 'planned', name, reference, notes)
  }
  await takeAndVerify(access, before)
  return revoked(call, 'done', name, reference, notes)
}
