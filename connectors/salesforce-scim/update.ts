import { type Action, accountNotFound, isDryRun } from '../../shared/host/actions.ts'
import type { ActionResult } from '../../shared/host/result.ts'
import { plan } from '../../shared/plan.ts'
import { comparisonOf, refuseClearing } from './accounts/account.ts'
import { plannedUpdate, unchanged, updatedAccount } from '../../shared/lifecycle/accounts/accountResults.ts'
import { withFreezeNote } from '../../shared/lifecycle/accounts/freezes.ts'
import { refuseOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { accountReference } from '../../shared/lifecycle/reference.ts'
import { currentAttributes } from './accounts/current.ts'
import { checkReferences, checkRole, dataOf, desiredAttributes, mappedFields } from './accounts/desired.ts'
import { openOrg } from './org.ts'
import { withOwnPlaces } from './accounts/places.ts'
import { previewChanges } from './accounts/preview.ts'
import { namesOf, toWritten, writeChanges } from './accounts/write.ts'

/** Makes the account agree with the mapped fields; nothing else of it changes. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const reference = accountReference(call)
  const mapped = mappedFields(call)
  await refuseOwnAccount(org, reference)

  const user = await org.findUser(reference)
  if (user === undefined) return accountNotFound(call, reference)
  const mappedAttributes = await desiredAttributes(org, mapped, user)
  const current = await currentAttributes(org, user, mappedAttributes)
  const desired = await withOwnPlaces(org, user.id, current, mappedAttributes)
  const PreviousData = dataOf(call, mapped, user, current)

  const changes = plan(current, desired, comparisonOf)
  refuseClearing(desired)
  const withNote = (result: ActionResult): Promise<ActionResult> =>
    withFreezeNote(org, reference, 'UpdateAccount', result)
  if (changes.length === 0) return withNote(unchanged(reference, PreviousData))
  if (isDryRun(call)) {
    await checkReferences(org, mapped, new Map(changes.map(({ attribute, to }) => [attribute, to])))
    const moves = changes.some(({ attribute }) => ['roles', 'entitlements.profile'].includes(attribute))
    if (moves) await checkRole(org, desired, user)
    await previewChanges(org, user, current, changes)
    const Data = dataOf(call, mapped, user, desired)
    return withNote(plannedUpdate(reference, namesOf(changes), { Data, PreviousData }))
  }
  const written = await writeChanges(org, user, current, desired, changes)
  const Data = dataOf(call, mapped, written.user, written.attributes)
  return withNote(updatedAccount(toWritten(changes, written), { Data, PreviousData }))
}
