import { type Call, isDryRun } from '../../../host/actions.ts'
import type { ActionResult } from '../../../host/result.ts'
import { refuseOwnAccount } from '../../accounts/integrationUser.ts'
import type { Org } from '../../commonOrg.ts'
import { contractsOf } from '../../person.ts'
import { accountReference } from '../../reference.ts'
import { type AccessTo, checkVersionFor } from '../accessTo.ts'
import type { Target } from './subPermissionChange.ts'
import { type Finder, lookUp } from './subPermissionLookup.ts'
import { planSubPermissions } from './subPermissionPlan.ts'
import { wantedPermissions } from './subPermissionRules.ts'
import { carryOut, goneWithAll, keepingCurrent } from './subPermissionRun.ts'

/** An org that can look back in the request that writes. */
export interface ReadBackBatch {
  readBackInSameRequest(): void
}

/**
 * Up to so many changes have a look back of their own, which comes later and sees more. A hundred would take 200 requests
 * so, and more time than there is.
 */
const fewChanges = 20

/** How a connector finds permissions and changes them; the org remembers what it was asked. */
export interface ContractOptions<O extends Org & ReadBackBatch> {
  readonly openOrg: () => O
  readonly finder: (org: O) => Finder
  readonly accessTo: AccessTo<O>
}

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export function followContracts<O extends Org & ReadBackBatch>(
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

    const held = start.current.flatMap(({ permission }) => permission?.Type ?? [])
    for (const type of [...wanted.map(({ Type }) => Type), ...held]) checkVersionFor(org, type)

    await refuseOwnAccount(org, account)
    if ((await org.findUser(account)) === undefined) return goneWithAll(call, start.operation, account)
    const { desired, problems } = await lookUp(wanted, start.current, finder(org))
    const plan = planSubPermissions(start.current, desired)
    if (plan.grants.length + plan.revokes.length > fewChanges) org.readBackInSameRequest()
    const target = {
      org,
      account,
      access: (...[permission, purpose, expiration, changedInRun]: Parameters<Target['access']>) =>
        accessTo(org, permission, account, purpose, expiration, changedInRun),
    }
    return carryOut(call, target, start, { ...plan, problems: [...problems, ...plan.problems] })
  })
}
