import type { Action } from '../../shared/action/actions.ts'
import { isDryRun } from './accountResults.ts'
import { accountReference } from './accounts/desired.ts'
import { openOrg } from './org.ts'
import { contractsOf } from './person.ts'
import { remembering } from './permissions/remember.ts'
import { lookUp } from './subPermissionLookup.ts'
import { planSubPermissions } from './subPermissionPlan.ts'
import { wantedPermissions } from './subPermissionRules.ts'
import { carryOut, goneWithAll, keepingCurrent } from './subPermissionRun.ts'

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export const action: Action = (call) =>
  keepingCurrent(call, async (start) => {
    const org = remembering(openOrg(call))
    const account = accountReference(call)
    const wanted =
      start.operation === 'revoke'
        ? []
        : wantedPermissions(org.settings.subPermissions, contractsOf(call), isDryRun(call))

    if ((await org.findUser(account)) === undefined) return goneWithAll(call, start.operation, account)
    const { desired, problems } = await lookUp(org, wanted, start.current)
    const plan = planSubPermissions(start.current, desired)
    return carryOut(call, { org, account }, start, { ...plan, problems: [...problems, ...plan.problems] })
  })
