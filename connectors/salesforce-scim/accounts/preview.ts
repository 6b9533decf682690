import { type Attributes, readAttribute } from '../../../shared/scim/attribute.ts'
import { type Change, plan } from '../../../shared/plan.ts'
import { newUser, patchOperations } from '../../../shared/scim/patch.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { comparisonOf, isRestOnly, withoutRestOnly } from './account.ts'
import type { Org } from '../org.ts'
import { isBetterByRest, shows, toRecord, withOnePhoneNumber } from './write.ts'

/**
 * Tells in the log what a create would send, if Salesforce takes what it is documented to take. What it then did not take is
 * written by REST after that: nobody knows it before.
 */
export async function previewCreate(org: Org, desired: Attributes): Promise<void> {
  const user = await org.createUser(newUser(withoutRestOnly(desired)), () => Promise.resolve(undefined))
  const left = plan(new Map(), desired, comparisonOf).filter(
    ({ attribute }) =>
      isRestOnly(attribute) ||
      // One number fits in the request.
      (attribute.startsWith('phoneNumbers.') && readAttribute(user, attribute) === ''),
  )
  await previewRest(org, user.id, left)
}

/** The same of an update. */
export async function previewChanges(
  org: Org,
  user: Resource,
  current: Attributes,
  changes: readonly Change[],
): Promise<void> {
  const byScim = changes.filter((change) => !isRestOnly(change.attribute) && !isBetterByRest(org, change))
  const sent = withOnePhoneNumber(byScim)
  if (sent.length > 0) await org.patchUser(user.id, patchOperations(sent, current), shows(sent))
  await previewRest(
    org,
    user.id,
    changes.filter((change) => !sent.includes(change)),
  )
}

/** What SCIM has no attribute for, and the phone numbers after the first. */
async function previewRest(org: Org, id: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  if (org.settings.useRestApi) return org.writeUserFields(id, toRecord(changes))
  for (const change of changes) await org.patchUser(id, patchOperations([change], new Map()), shows([change]))
}
