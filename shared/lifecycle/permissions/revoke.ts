import { type Call, accountNotFound, isDryRun } from '../../host/actions.ts'
import type { ActionResult } from '../../host/result.ts'
import { readPermissionReference } from './access/permission.ts'
import { refuseOwnAccount } from '../accounts/integrationUser.ts'
import { isNotHeld } from './access/access.ts'
import type { Org } from '../commonOrg.ts'
import { accountReference } from '../reference.ts'
import type { AccessTo } from './accessTo.ts'
import { nameOf, revoked } from './permissionResults.ts'
import { takeAndVerify } from './permissionWrite.ts'

/** Takes one permission from the account; everything else that it holds stays. */
export async function revoke<O extends Org>(
  call: Call,
  org: O,
  accessTo: AccessTo<O>,
): Promise<ActionResult> {
  const reference = accountReference(call)
  const permission = readPermissionReference(call.input.actionContext.References?.Permission)
  const access = accessTo(org, permission, reference, 'revoke', undefined)
  await refuseOwnAccount(org, reference)

  const before = await access.read('before')
  if (before.account === 'gone') return accountNotFound(call, reference)
  const name = nameOf(call, permission)
  if (isNotHeld(before)) return revoked(call, 'already', name, reference)

  const notes = await access.checkRevoke(before, isDryRun(call))
  if (isDryRun(call)) {
    await access.revoke(before)
    return revoked(call, 'planned', name, reference, notes)
  }
  const found = await takeAndVerify(access, before)
  return revoked(call, 'done', name, reference, [...notes, ...found])
}
