import type { Context } from '../context.ts'
import { DmlError, ScimError } from '../errors.ts'
import { normaliseId } from '../org/ids.ts'
import type { UserRow } from '../org/rows.ts'
import { assign, direct, unassign } from '../rules/permissionSets.ts'
import { updateUser } from '../rules/users.ts'

/**
 * What PATCH does with `entitlements`. `add` keeps what the user holds; `replace` changes the profile, if one
 * is named, and replaces all permission sets, if one is named (pilot; `add` observed: infallibletechie).
 * @throws ScimError 400, DmlError
 */
export function changeEntitlements(
  context: Context,
  user: UserRow,
  op: 'add' | 'replace',
  ids: readonly string[],
): void {
  const stranger = ids.find((id) => !id.startsWith('00e') && !id.startsWith('0PS'))
  if (stranger !== undefined) throw new ScimError(400, `INVALID entitlement id: ${stranger}`)
  const profiles = ids.filter((id) => id.startsWith('00e'))
  const sets = ids.filter((id) => id.startsWith('0PS')).map(normaliseId)
  if (profiles.length > (op === 'add' ? 0 : 1)) {
    throw new ScimError(400, `INVALID: cannot have multiple profiles: (${profiles.join(', ')})`)
  }
  if (op === 'replace' && (sets.length > 0 || context.dialect.lastPermissionSetRemovable)) {
    for (const row of context.org.assignmentsOf(user.Id)) {
      // the rows of a group go together, so that one may be gone already
      const isThere = context.org.permissionSetAssignments.has(row.Id)
      if (isThere && (direct(row) || context.dialect.replaceTakesGroups)) unassign(context, row)
    }
  }
  if (profiles[0] !== undefined) updateUser(context, user, { ProfileId: profiles[0] })
  for (const id of sets) add(context, user, id)
}

function add(context: Context, user: UserRow, setId: string): void {
  try {
    assign(context, {
      AssigneeId: user.Id,
      PermissionSetId: setId,
      PermissionSetGroupId: null,
      ExpirationDate: null,
    })
  } catch (error) {
    if (!(error instanceof DmlError) || error.code !== 'DUPLICATE_VALUE') throw error
    if (context.dialect.patchAddHeldEntitlement === 'ignore') return
    throw new ScimError(400, `INVALID:${error.message};`)
  }
}
