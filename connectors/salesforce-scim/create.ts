import type { Action } from '../../shared/action/actions.ts'
import { readCorrelation } from '../../shared/action/correlation.ts'
import { newUser } from '../../shared/scim/plan.ts'
import { withoutRestOnly } from './accounts/account.ts'
import { ambiguous, correlated, createdAccount, isDryRun, plannedCreate } from './accountResults.ts'
import { checkReferences, newAccount, wantedFields } from './accounts/desired.ts'
import { fieldNamed } from './accounts/fields.ts'
import { findLostCreate } from './accounts/lostCreate.ts'
import { openOrg } from './org.ts'
import { previewCreate } from './accounts/preview.ts'
import { settle } from './accounts/write.ts'

/** Correlates with the person's account, or creates one: inactive, because enabling it is a decision of its own. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const wanted = wantedFields(call)
  const correlation = readCorrelation(call.input.actionContext, fieldNamed)

  if (correlation !== undefined) {
    const found = await org.findUsers(correlation.field, correlation.value)
    if (found.total > 1) return ambiguous(correlation, found.total)
    const [user] = found.users
    if (user !== undefined) return correlated(call, user, wanted, correlation)
  }

  const desired = await newAccount(org, wanted)
  if (isDryRun(call)) {
    await checkReferences(org, wanted, desired)
    await previewCreate(org, desired)
    return plannedCreate(call, wanted, desired)
  }
  const body = newUser(withoutRestOnly(desired))
  const user = await org.createUser(body, () => findLostCreate(org, desired, correlation))
  return createdAccount(call, wanted, await settle(org, user, desired, new Map()))
}
