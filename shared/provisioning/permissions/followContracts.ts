import { type Call, isDryRun } from '../../action/actions.ts'
import type { ActionResult } from '../../action/result.ts'
import type { Org } from '../org.ts'
import { contractsOf } from '../person.ts'
import { accountReference } from '../reference.ts'
import type { AccessTo } from './accessTo.ts'
import type { Target } from './subPermissionChange.ts'
import { type Finder, lookUp } from './subPermissionLookup.ts'
import { planSubPermissions } from './subPermissionPlan.ts'
import { wantedPermissions } from './subPermissionRules.ts'
import { carryOut, goneWithAll, keepingCurrent } from './subPermissionRun.ts'

/** How a connector finds permissions and changes them; the org remembers what it was asked. */
export interface ContractOptions<O extends Org> {
  readonly openOrg: () => O
  readonly finder: (org: O) => Finder
  readonly accessTo: AccessTo<O>
}

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export function followContracts<O extends Org>(
  call: Call,
  { openOrg, finder, accessTo }: ContractOptions<O>,
): Promise<ActionResult> {
  return keepingCurrent(call, async (start) => {
    const org = openOrg()
    const account = accountReference(call)
    const wanted =
      start.operation === 'revoke'
        ? []
        : wantedPermissions(org.settings.subPermissions, contractsOf(call), isDryRun(call))

    if ((await org.findUser(account)) === undefined) return goneWithAll(call, start.operation, account)
    const { desired, problems } = await lookUp(wanted, start.current, finder(org))
    const plan = planSubPermissions(start.current, desired)
    const target = {
      org,
      account,
      access: (...[permission, purpose, expiration, together]: Parameters<Target['access']>) =>
        accessTo(org, permission, account, purpose, expiration, together),
    }
    return carryOut(call, target, start, { ...plan, problems: [...problems, ...plan.problems] })
  })
}
