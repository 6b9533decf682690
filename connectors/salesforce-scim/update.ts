import { type Action, gone } from '../../shared/action/actions.ts'
import { plan } from '../../shared/scim/plan.ts'
import { comparisonOf, refuseClearing } from './accounts/account.ts'
import { dataOf, isDryRun, plannedUpdate, unchanged, updatedAccount } from './accountResults.ts'
import { currentAttributes } from './accounts/current.ts'
import { accountReference, checkReferences, desiredAttributes, wantedFields } from './accounts/desired.ts'
import { openOrg } from './org.ts'
import { previewChanges } from './accounts/preview.ts'
import { writeChanges } from './accounts/write.ts'

/** Makes the account agree with the mapped fields; nothing else of it changes. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const reference = accountReference(call)
  const wanted = wantedFields(call)

  const user = await org.findUser(reference)
  if (user === undefined) return gone(call, reference)
  const desired = await desiredAttributes(org, wanted, user)
  const current = await currentAttributes(org, user, desired)
  const PreviousData = dataOf(call, wanted, user, current)

  const changes = plan(current, desired, comparisonOf)
  refuseClearing(changes)
  if (changes.length === 0) return unchanged(reference, PreviousData)
  if (isDryRun(call)) {
    await checkReferences(org, wanted, new Map(changes.map(({ attribute, to }) => [attribute, to])))
    await previewChanges(org, user, current, changes)
    const Data = dataOf(call, wanted, user, desired)
    return plannedUpdate(reference, changes, { Data, PreviousData })
  }
  const written = await writeChanges(org, user, current, desired, changes)
  const Data = dataOf(call, wanted, written.user, written.attributes)
  return updatedAccount(changes, written, { Data, PreviousData })
}
