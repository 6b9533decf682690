import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import { type Attributes, readAttribute, salesforce } from '../../../shared/scim/attribute.ts'
import { type Change, isSame, plan } from '../../../shared/plan.ts'
import { patchOperations } from '../../../shared/scim/patch.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { JsonObject } from '../../../shared/validate.ts'
import type { Written } from '../../../shared/lifecycle/accounts/accountResults.ts'
import type { OwnAssignment } from '../../../shared/lifecycle/permissions/access/assignmentRow.ts'
import { readOwnAssignments } from '../../../shared/lifecycle/permissions/restoreAssignments.ts'
import { attributesOf, comparisonOf, fieldNameOf, isRestOnly, userFieldOf } from './account.ts'
import { withOwnPlaces } from './places.ts'
import { mayBeHidden, readByRest } from './current.ts'
import { permissionSetsOf } from '../permissions/accessScim.ts'
import { keepAssignments, keepPermissionSets } from '../permissions/restorePermissionSets.ts'
import type { Org } from '../org.ts'

/** What a write came to: the account afterwards, and what of the plan it does not show. */
export interface WriteOutcome {
  readonly user: Resource
  readonly attributes: Attributes
  /** Waits for the user to confirm it: Salesforce keeps the old e-mail address until then. */
  readonly pending: readonly Change[]
  /** Did not take, neither by SCIM nor by REST. */
  readonly refused: readonly Change[]
  /** What Salesforce said, if it said anything. */
  readonly reason: string | undefined
}

/** Writes the changes to an account, by SCIM as far as it goes. */
export async function writeChanges(
  org: Org,
  user: Resource,
  current: Attributes,
  desired: Attributes,
  changes: readonly Change[],
): Promise<WriteOutcome> {
  const byScim = changes.filter((change) => !isRestOnly(change.attribute) && !isBetterByRest(org, change))
  const movesProfile = byScim.some(({ attribute }) => attribute === 'entitlements.profile')
  const held = movesProfile ? await assignmentsBefore(org, user.id) : undefined
  let patched = await patch(org, user, byScim, current)
  if (held !== undefined) {
    await keepAssignments(org, held, patched)
  } else if (movesProfile) patched = await keepPermissionSets(org, permissionSetsOf(user), patched)
  const hidden = new Map([...current].filter(([attribute]) => readAttribute(user, attribute) === ''))
  const complete = withOtherNumbers(user, desired, changes)
  const written = await verifyWrite(org, patched, complete, hidden)
  // What was repaired has been read back, and what was refused is told.
  if (written.user !== patched || written.refused.length > 0) return written
  const after = await org.readBack(patched)
  return after === patched ? written : verifyWrite(org, after, complete, hidden)
}

/** What the account holds itself; undefined where the REST API does not tell: then what SCIM shows has to do. */
async function assignmentsBefore(org: Org, id: string): Promise<readonly OwnAssignment[] | undefined> {
  if (!org.settings.useRestApi || org.isPreview) return undefined
  try {
    return await readOwnAssignments(org.rest, id)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log(
      'warning',
      `Permission set groups that the change of profile takes could not be given back: ${error.message}`,
    )
    return undefined
  }
}

/**
 * The account after one PATCH of the changes. How SCIM clears a value is known of the pilot only: where Salesforce refuses a
 * request that clears something, the rest is sent without it, and what is still there is left to REST.
 */
async function patch(
  org: Org,
  user: Resource,
  changes: readonly Change[],
  current: Attributes,
): Promise<Resource> {
  const sent = withOnePhoneNumber(changes)
  if (sent.length === 0) return user
  try {
    return await org.patchUser(user.id, patchOperations(sent, current), shows(sent))
  } catch (error) {
    const rest = changes.filter(({ to }) => to !== '')
    const mayRepair = org.settings.useRestApi && rest.length < changes.length
    if (!mayRepair || !(error instanceof TargetError) || error.status === 404) throw error
    log('information', `Without what it clears, because SCIM refused it: ${error.message}`)
    return patch(org, user, rest, current)
  }
}

/**
 * Compares an account with what was asked after SCIM wrote it. Salesforce ignores some attributes silently and takes one
 * phone number a time: what did not take is written by REST, or one by one where REST is off, and what then still
 * differs is reported. `known` has what SCIM does not show, as it was before.
 */
export async function verifyWrite(
  org: Org,
  user: Resource,
  mapped: Attributes,
  known: Attributes,
): Promise<WriteOutcome> {
  const { useRestApi } = org.settings
  const desired = await withOwnPlaces(org, user.id, shown(user, mapped, known), mapped, true)
  const left = plan(shown(user, desired, known), desired, comparisonOf).filter((change) => !isPending(change))
  const repairs = useRestApi ? left : left.filter(mayTakeLater)
  if (repairs.length === 0) return compareWrite(user, desired, known, undefined)

  log(
    'information',
    `SCIM did not take ${namesOf(repairs).join(',')}: writing it ${useRestApi ? 'by REST' : 'by itself'}`,
  )
  let latest = user
  let after = known
  let reason: string | undefined
  try {
    if (useRestApi) {
      await org.writeUserFields(user.id, toRecord(repairs))
      latest = (await org.findUser(user.id)) ?? user
      after = new Map([...known, ...(await readBackByRest(org, latest, repairs))])
    } else {
      for (const repair of repairs)
        latest = await org.patchUser(user.id, patchOperations([repair], new Map()), shows([repair]))
    }
  } catch (error) {
    // The account is there, and partly written: that is what the host must be told, not just that something failed.
    if (!(error instanceof ConnectorError)) throw error
    reason = error.message
  }
  const kept = await withOwnPlaces(org, user.id, shown(latest, mapped, after), mapped, true)
  return compareWrite(latest, kept, after, reason)
}

/** Whether an account shows the changes. */
export function shows(changes: readonly Change[]): (user: Resource) => boolean {
  return (user) =>
    changes.every(({ attribute, to }) => isSame(readAttribute(user, attribute), to, comparisonOf(attribute)))
}

/** What REST wrote and SCIM does not show, or not yet. */
async function readBackByRest(
  org: Org,
  user: Resource,
  repairs: readonly Change[],
): Promise<[string, string][]> {
  const isShown = ({ attribute, to }: Change): boolean =>
    isSame(readAttribute(user, attribute), to, comparisonOf(attribute))
  const unseen = repairs.filter((change) => mayBeHidden(change.attribute) && !isShown(change))
  const written = repairs.filter(({ attribute }) => isRestOnly(attribute))
  const read = await readByRest(
    org,
    user,
    unseen.map(({ attribute }) => attribute),
  )
  return [...written.map(({ attribute, to }): [string, string] => [attribute, to]), ...read]
}

function compareWrite(
  user: Resource,
  desired: Attributes,
  known: Attributes,
  reason: string | undefined,
): WriteOutcome {
  const attributes = shown(user, desired, known)
  const left = plan(attributes, desired, comparisonOf)
  return {
    user,
    attributes,
    pending: left.filter(isPending),
    refused: left.filter((change) => !isPending(change)),
    reason,
  }
}

/** What SCIM shows of the account, and what is known of the rest. */
function shown(user: Resource, desired: Attributes, known: Attributes): Map<string, string> {
  const attributes = attributesOf(user, desired)
  const isHidden = (attribute: string): boolean =>
    isRestOnly(attribute) || (mayBeHidden(attribute) && readAttribute(user, attribute) === '')
  return new Map([...attributes, ...[...known].filter(([attribute]) => isHidden(attribute))])
}

/** The names of the fields that change, as the host knows them. */
export function namesOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ attribute }) => fieldNameOf(attribute)))]
}

/** What came of the changes, as the host is told. */
export function toWritten(changes: readonly Change[], settled: WriteOutcome): Written {
  const { user, pending, refused, reason } = settled
  const open = [...refused, ...pending].map(({ attribute }) => attribute)
  return {
    reference: user.id,
    pending: pending[0]?.to,
    done: namesOf(changes.filter(({ attribute }) => !open.includes(attribute))),
    refused: namesOf(refused),
    reason,
  }
}

/** A changed address that is still the old one: it is not lost (documented: help 000385115). */
function isPending({ attribute, from }: Change): boolean {
  return attribute === 'emails' && from !== ''
}

/** What a request of its own may still write by SCIM: the pilot's POST reads `alias` under another URN than its PATCH. */
function mayTakeLater(change: Change): boolean {
  return isPhoneNumber(change) || change.attribute === salesforce('alias')
}

function isPhoneNumber({ attribute }: Change): boolean {
  return attribute.startsWith('phoneNumbers.')
}

/** No source shows how SCIM would clear a phone number: REST is sure to. */
export function isBetterByRest({ settings }: Org, change: Change): boolean {
  return settings.useRestApi && isPhoneNumber(change) && change.to === ''
}

/**
 * What is asked, and where that writes a phone number, the account's other numbers as they are: whether a PATCH of one
 * leaves the others is not documented, and what it takes away has to be put back.
 */
function withOtherNumbers(user: Resource, desired: Attributes, changes: readonly Change[]): Attributes {
  if (!changes.some(isPhoneNumber)) return desired
  const types = ['work', 'mobile', 'fax'].map((type) => `phoneNumbers.${type}`)
  return new Map([...types.map((name) => [name, readAttribute(user, name)] as const), ...desired])
}

/** Salesforce takes one phone number in a request (documented: help identity_scim_update_users). */
export function withOnePhoneNumber(changes: readonly Change[]): Change[] {
  const first = changes.find(isPhoneNumber)
  return changes.filter((change) => change === first || !isPhoneNumber(change))
}

export function toRecord(changes: readonly Change[]): JsonObject {
  return Object.fromEntries(
    changes.flatMap(({ attribute, to }) => {
      const name = userFieldOf(attribute)
      if (name === undefined) return []
      return [[name, to === '' ? null : isCheckbox(name, to) ? to.toLowerCase() === 'true' : to]]
    }),
  )
}

/** REST takes JSON booleans for checkboxes; other custom values it reads from text. */
function isCheckbox(userField: string, value: string): boolean {
  return (userField === 'IsActive' || userField.endsWith('__c')) && /^(true|false)$/i.test(value)
}
