import { oneAhead } from '../../salesforce/listing/readAhead.ts'
import { inForceCondition } from '../permissions/access/assignmentRow.ts'
import { type PermissionReference, type PermissionType } from '../permissions/access/permission.ts'
import type { RestApi } from '../../salesforce/rest/restApi.ts'
import { fieldText } from '../../salesforce/rest/rowPages.ts'

/** A permission, and some of the accounts that hold it themselves. */
export interface Holders {
  readonly permission: PermissionReference
  readonly accounts: readonly string[]
}

/** A query whose rows are holdings, ordered by permission. */
export interface HolderQuery {
  readonly type: PermissionType
  readonly soql: string
  /** Where a row has the permission's id; undefined where all rows are of `permission`. */
  readonly permissionField: string | undefined
  readonly permission?: string
  readonly account: string
}

/** The largest list of accounts that a host takes at once (documented: import permission memberships). */
export const mostAccounts = 500

/**
 * The queries for everything of some types that users hold directly: a permission set that comes through a group has the
 * group's id in its row and is not among them, nor is what a profile owns, what has expired or was revoked, or membership
 * through a group within a group. `users` gives the condition that selects the users, on what the relation leads to.
 * `features` are the feature licences to ask for.
 */
export function holderQueries(
  types: readonly PermissionType[],
  features: readonly string[],
  users: (relation: string) => string,
): HolderQuery[] {
  const onUser = users('')
  const ofUser = (type: PermissionType, field: string): HolderQuery => ({
    type,
    soql: `SELECT Id, ${field} FROM User WHERE ${field} != null AND ${onUser} ORDER BY ${field}, Id`,
    permissionField: field,
    account: 'Id',
  })
  const assigned = (
    type: PermissionType,
    object: string,
    condition: string,
    field = `${type}Id`,
  ): HolderQuery => ({
    type,
    soql: `SELECT ${field}, AssigneeId FROM ${object} WHERE ${condition}${users('Assignee.')} ORDER BY ${field}, AssigneeId`,
    permissionField: field,
    account: 'AssigneeId',
  })
  // The member is a user or a group, so that the relation leads nowhere: only a semi-join asks about the user.
  const member = (type: PermissionType, groupType: string): HolderQuery => ({
    type,
    soql: `SELECT GroupId, UserOrGroupId FROM GroupMember WHERE Group.Type = '${groupType}' AND UserOrGroupId IN (SELECT Id FROM User WHERE ${onUser}) ORDER BY GroupId, Id`,
    permissionField: 'GroupId',
    account: 'UserOrGroupId',
  })
  const assignment = 'PermissionSetAssignment'
  const direct = `PermissionSetGroupId = null AND PermissionSet.IsOwnedByProfile = false AND ${inForceCondition} AND `
  const byType: Readonly<Record<PermissionType, () => HolderQuery[]>> = {
    Profile: () => [ofUser('Profile', 'ProfileId')],
    Role: () => [ofUser('Role', 'UserRoleId')],
    PermissionSet: () => [assigned('PermissionSet', assignment, direct)],
    PermissionSetGroup: () => [
      assigned('PermissionSetGroup', assignment, `PermissionSetGroupId != null AND ${inForceCondition} AND `),
    ],
    PermissionSetLicense: () => [assigned('PermissionSetLicense', 'PermissionSetLicenseAssign', '')],
    FeatureLicense: () =>
      features.map((feature) => ({
        type: 'FeatureLicense',
        soql: `SELECT Id FROM User WHERE ${feature} = true AND ${onUser} ORDER BY Id`,
        permissionField: undefined,
        permission: feature,
        account: 'Id',
      })),
    PublicGroup: () => [member('PublicGroup', 'Regular')],
    Queue: () => [member('Queue', 'Queue')],
    Territory: () => [
      {
        type: 'Territory',
        soql: `SELECT Territory2Id, UserId FROM UserTerritory2Association WHERE IsActive = true AND ${users('User.')} ORDER BY Territory2Id, UserId`,
        permissionField: 'Territory2Id',
        account: 'UserId',
      },
    ],
  }
  return types.flatMap((type) => byType[type]())
}

/** Who holds what, page by page, as the queries come; never more than a page and one list of accounts in memory. */
export async function* walkHolders(
  rest: RestApi,
  queries: readonly HolderQuery[],
): AsyncGenerator<Holders[], void, void> {
  let permissionField = ''
  let last = ''
  let accounts: string[] = []
  for await (const { query, rows } of oneAhead(rowsOf(rest, queries))) {
    const full: Holders[] = []
    const flush = (): void => {
      if (accounts.length > 0)
        full.push({ permission: { Reference: permissionField, Type: query.type }, accounts })
      accounts = []
    }
    for (const row of rows) {
      const id =
        query.permissionField === undefined ? (query.permission ?? '') : fieldText(row, query.permissionField)
      const account = fieldText(row, query.account)
      // A group may have a row for each of its sets.
      if (account === '' || (id === permissionField && account === last)) continue
      if (id !== permissionField || accounts.length === mostAccounts) flush()
      accounts.push(account)
      permissionField = id
      last = account
    }
    // An empty page is the end of a query: the next one is about something else.
    if (rows.length === 0) {
      flush()
      permissionField = ''
    }
    yield full
  }
}

/** The pages of one query after the other, each query's last one empty. */
async function* rowsOf(
  rest: RestApi,
  queries: readonly HolderQuery[],
): AsyncGenerator<{ query: HolderQuery; rows: Awaited<ReturnType<RestApi['query']>> }, void, void> {
  for (const query of queries) {
    for await (const rows of rest.pages(query.soql)) if (rows.length > 0) yield { query, rows }
    yield { query, rows: [] }
  }
}
