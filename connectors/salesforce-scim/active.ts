import { type Call, gone } from '../../shared/action/actions.ts'
import type { ActionResult } from '../../shared/action/result.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { readAttribute } from '../../shared/scim/attribute.ts'
import { patchOperations } from '../../shared/scim/plan.ts'
import type { Resource } from '../../shared/scim/schema.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { dataOf, isDryRun, switched } from './accountResults.ts'
import { accountReference } from './desired.ts'
import { openOrg } from './org.ts'

/** Activates or deactivates the account. Works without Data and person: reconciliation sends neither. */
export async function setActive(call: Call, active: boolean): Promise<ActionResult> {
  const org = openOrg(call)
  const reference = accountReference(call)
  const show = (user: Resource, isActive = isActiveIn(user)): JsonObject => ({
    ...dataOf(call, new Map(), user, new Map()),
    active: String(isActive),
  })

  const user = await org.findUser(reference)
  if (user === undefined) return gone(call, reference)
  const PreviousData = show(user)
  if (isActiveIn(user) === active) {
    return switched(call, 'already', reference, { Data: PreviousData, PreviousData })
  }
  if (isDryRun(call)) {
    return switched(call, 'planned', reference, { Data: show(user, active), PreviousData })
  }
  const change = { attribute: 'active', from: String(!active), to: String(active) }
  const after = await org.patchUser(reference, patchOperations([change], new Map()))
  if (isActiveIn(after) !== active) {
    throw new ConnectorError(
      'REJECTED',
      `Salesforce accepted the request, but the account is still ${active ? 'inactive' : 'active'}`,
    )
  }
  return switched(call, 'done', reference, { Data: show(after), PreviousData })
}

function isActiveIn(user: Resource): boolean {
  return readAttribute(user, 'active').toLowerCase() === 'true'
}
