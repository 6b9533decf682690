import { type Action, isDryRun } from '../../shared/host/actions.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'
import {
  ambiguous,
  correlated,
  createdAccount,
  dryRunReference,
  plannedCreate,
} from '../../shared/lifecycle/accounts/accountResults.ts'
import { withFreezeNote } from '../../shared/lifecycle/accounts/freezes.ts'
import { refuseOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { newUser } from '../../shared/scim/patch.ts'
import { withoutRestOnly } from './accounts/account.ts'
import { checkReferences, checkRole, dataOf, newAccount, mappedFields } from './accounts/desired.ts'
import { fieldNamed } from './accounts/fields.ts'
import { findLostCreate } from './accounts/recoverCreate.ts'
import { previewCreate } from './accounts/preview.ts'
import { verifyWrite, toWritten } from './accounts/write.ts'
import { openOrg } from './org.ts'

/** Correlates with the person's account, or creates one: inactive, because enabling it is a decision of its own. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const mapped = mappedFields(call)
  const correlation = readCorrelation(call.input.actionContext, fieldNamed)

  if (correlation !== undefined) {
    const found = await org.findUsers(correlation.field, correlation.value)
    if (found.total > 1) return ambiguous(correlation, found.total)
    const [user] = found.users
    if (user !== undefined) {
      await refuseOwnAccount(org, user.id)
      const result = correlated(call, user.id, correlation, dataOf(call, mapped, user, new Map()))
      return withFreezeNote(org, user.id, 'CorrelateAccount', result)
    }
  }

  const desired = await newAccount(org, mapped)
  if (isDryRun(call)) {
    await checkReferences(org, mapped, desired)
    await checkRole(org, desired, undefined)
    await previewCreate(org, desired)
    const name = desired.get('userName') ?? ''
    const planned = { nameField: 'userName', name, isActive: desired.get('active') === 'true' }
    return plannedCreate(planned, dataOf(call, mapped, { id: dryRunReference }, desired))
  }
  const body = newUser(withoutRestOnly(desired))
  const user = await org.createUser(body, () => findLostCreate(org, desired, correlation))
  const settled = await verifyWrite(org, user, desired, new Map())
  return createdAccount(toWritten([], settled), dataOf(call, mapped, settled.user, settled.attributes))
}
