import { ConnectorError, TargetError } from '../../../errors.ts'
import { isGoneByNow, removeAll } from './access.ts'
import { assignmentFields, isInForce, reasonNotInForce } from './assignmentRow.ts'
import { type PermissionType, permissionTypes } from './permission.ts'
import { collectionSize } from '../../../salesforce/rest/collections.ts'
import { type KeyedQuery, keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'

/** One permission that an account holds itself and that can be taken from it by removing a record. */
export interface Held {
  readonly type: PermissionType
  readonly id: string
  readonly name: string
  /** The object of the record, and the record. */
  readonly object: string
  readonly record: string
  /** Of a record that gives the account nothing, why: the end of a sentence. */
  readonly notInForce?: string
}

/** What an account holds, as far as the integration user is shown it, and why there may be more. */
export interface Holdings {
  readonly held: readonly Held[]
  readonly refusals: readonly TargetError[]
}

/**
 * What an account holds besides its profile and role, in the order in which it can be taken: permission sets and their
 * groups before the licences that they need.
 */
export async function readHoldings(rest: RestApi, account: string): Promise<Holdings> {
  const answers = await readLinks(rest, account)
  const rowsOf = (name: keyof typeof answers): Row[] => {
    const answer = answers[name]
    return Array.isArray(answer) ? answer : []
  }
  const refusals = Object.values(answers).filter((answer) => answer instanceof TargetError)
  return { held: toHeld(rowsOf), refusals }
}

type LinkName = 'assignments' | 'licenses' | 'members' | 'territories'

/** The account's links of every kind. What cannot be read with the names of its parents is read without them. */
async function readLinks(
  rest: RestApi,
  account: string,
): Promise<Record<LinkName, Row[] | TargetError | undefined>> {
  const of =
    (object: string, field: string) =>
    (columns: string): KeyedQuery =>
      keyedQuery(columns, object, { [field]: account })
  const assigned = of('PermissionSetAssignment', 'AssigneeId')
  const licensed = of('PermissionSetLicenseAssign', 'AssigneeId')
  const memberOf = of('GroupMember', 'UserOrGroupId')
  const inTerritory = of('UserTerritory2Association', 'UserId')
  const answers = await rest.readVisible({
    assignments: assigned(
      `${assignmentFields}, PermissionSet.Label, PermissionSet.Name, PermissionSet.IsOwnedByProfile, PermissionSetGroup.MasterLabel`,
    ),
    licenses: licensed('Id, PermissionSetLicenseId, PermissionSetLicense.MasterLabel'),
    members: memberOf('Id, GroupId, Group.Name, Group.Type'),
    territories: inTerritory('Id, Territory2Id, Territory2.Name'),
  })
  const nameless: Partial<Record<LinkName, KeyedQuery>> = {
    // Whether a profile owns a set must be known: that one cannot be taken.
    assignments: assigned(`${assignmentFields}, PermissionSet.IsOwnedByProfile`),
    licenses: licensed('Id, PermissionSetLicenseId'),
    members: memberOf('Id, GroupId'),
    territories: inTerritory('Id, Territory2Id'),
  }
  const refused = Object.entries(nameless).filter(
    ([name]) => answers[name as LinkName] instanceof TargetError,
  )
  const again = refused.length === 0 ? {} : await rest.readVisible(Object.fromEntries(refused))
  return { ...answers, ...again }
}

function toHeld(rowsOf: (name: LinkName) => readonly Row[]): Held[] {
  const held = (object: string, type: PermissionType, idField: string, nameField: string) => (row: Row) => {
    const id = fieldText(row, idField)
    if (id === '') {
      throw new ConnectorError('UNEXPECTED', `Salesforce answered with a record that lacks ${idField}`)
    }
    return { type, id, name: fieldText(row, nameField) || id, object, record: fieldText(row, 'Id') }
  }
  const isOfGroup = (row: Row): boolean => fieldText(row, 'PermissionSetGroupId') !== ''
  const own = rowsOf('assignments').filter(
    (row) => fieldText(row, 'PermissionSet.IsOwnedByProfile') !== 'true',
  )
  const assignment = 'PermissionSetAssignment'
  const assigned = (type: PermissionType, idField: string, nameField: string) => (row: Row) => {
    const reason = isInForce(row) ? {} : { notInForce: reasonNotInForce(row) }
    return { ...held(assignment, type, idField, nameField)(row), ...reason }
  }
  const isLapsed = (item: Held): number => (item.notInForce === undefined ? 0 : 1)
  const groups: Held[] = own
    .filter(isOfGroup)
    .map(assigned('PermissionSetGroup', 'PermissionSetGroupId', 'PermissionSetGroup.MasterLabel'))
    .sort((a, b) => isLapsed(a) - isLapsed(b))
  return [
    ...own
      .filter((row) => !isOfGroup(row))
      .map(assigned('PermissionSet', 'PermissionSetId', 'PermissionSet.Label')),
    // One row for each group, even where its sets have rows of their own: removing one takes them all.
    ...groups.filter(({ id }, index) => groups.findIndex((other) => other.id === id) === index),
    ...rowsOf('licenses').map(
      held(
        'PermissionSetLicenseAssign',
        'PermissionSetLicense',
        'PermissionSetLicenseId',
        'PermissionSetLicense.MasterLabel',
      ),
    ),
    ...rowsOf('members').map((row) =>
      held(
        'GroupMember',
        fieldText(row, 'Group.Type') === 'Queue' ? 'Queue' : 'PublicGroup',
        'GroupId',
        'Group.Name',
      )(row),
    ),
    ...rowsOf('territories').map(
      held('UserTerritory2Association', 'Territory', 'Territory2Id', 'Territory2.Name'),
    ),
  ]
}

/**
 * Removes them, up to 200 of an object in one request, each for itself: why not, for those that could not be removed. Records
 * of different objects are never in one request, because these are setup objects (documented: sObject Collections).
 */
export async function removeHoldings(rest: RestApi, holdings: readonly Held[]): Promise<Map<Held, string>> {
  const reasons = new Map<Held, string>()
  for (const object of new Set(holdings.map((held) => held.object))) {
    const all = holdings.filter((held) => held.object === object)
    for (let at = 0; at < all.length; at += collectionSize) {
      const some = all.slice(at, at + collectionSize)
      for (const [index, reason] of (await removeSome(rest, some)).entries()) {
        const held = some[index]
        if (held !== undefined && reason !== undefined) reasons.set(held, reason)
      }
    }
  }
  return reasons
}

/** One alone goes by its own address, where the retry policy sees why it was refused. */
async function removeSome(rest: RestApi, some: readonly Held[]): Promise<(string | undefined)[]> {
  const [first, ...others] = some
  try {
    if (first !== undefined && others.length === 0) {
      await removeAll(rest, first.object, [first.record])
      return [undefined]
    }
    const errors = await rest.removeAll(some.map(({ record }) => record))
    const settled: (string | undefined)[] = []
    for (const [index, error] of errors.entries()) {
      const held = some[index]
      const isForNow = error?.retry === 'soon' && held !== undefined
      if (isForNow) settled.push((await removeSome(rest, [held]))[0])
      else settled.push(await reasonLeft(rest, held, error))
    }
    return settled
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return some.map(() => error.message)
  }
}

/** Why a record was not removed; undefined where it is gone. */
async function reasonLeft(
  rest: RestApi,
  held: Held | undefined,
  error: TargetError | undefined,
): Promise<string | undefined> {
  if (held === undefined || error === undefined) return undefined
  return (await isGoneByNow(rest, held.object, held.record, error)) ? undefined : error.message
}

/** `permission set [Sales]` */
export function describeHolding({ type, name }: Held): string {
  return `${permissionTypes[type].noun} [${name}]`
}
