import { ConnectorError, TargetError } from '../../../errors.ts'
import {
  type Access,
  accountGone,
  checkSeats,
  linkAccess,
  linked,
  links,
  linksOf,
  required,
  shown,
} from './access.ts'
import { assignmentFields, inForceCondition, isInForce } from './assignmentRow.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'
import { literal } from '../../../salesforce/rest/soql.ts'
import { isAbsent } from '../../../salesforce/rest/unseen.ts'

export interface RestAccessOptions {
  readonly rest: RestApi
  readonly account: string
  readonly permissionId: string
  readonly accountExists: () => Promise<boolean>
  readonly writeDetectsMissing: boolean
  /** Ids of permission sets and their groups that are revoked before it in the same run. */
  readonly changedInRun?: readonly string[]
}

/** A permission set licence: one seat for the account; it stays while a permission set of the account needs it. */
export function licenseAccess(options: RestAccessOptions): Access {
  const { rest, account, permissionId, changedInRun = [] } = options
  /** Asked for only by a grant, so that a revoke does without. */
  let readLicense = (): Row | undefined => undefined
  let sets: readonly Row[] = []
  /** Why it is not known which permission sets of the account need the license. */
  let doubt: TargetError | undefined
  return {
    ...linkAccess({ ...options, link: links.license, checkGrant: () => Promise.resolve([]) }),
    async read(moment) {
      if (moment === 'after')
        return linked(links.license, permissionId, await rest.query(linksOf(links.license, account)))
      const rows = await rest.readVisible({
        user: keyedQuery('Id', 'User', { Id: account }),
        links: linksOf(links.license, account),
        license: keyedQuery(
          'Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses',
          'PermissionSetLicense',
          { Id: permissionId },
        ),
        sets: keyedQuery(
          `${assignmentFields}, PermissionSet.Label, PermissionSet.LicenseId`,
          'PermissionSetAssignment',
          { AssigneeId: account },
        ),
        inGroups: `SELECT PermissionSetId, PermissionSetGroupId, PermissionSet.Label, PermissionSet.LicenseId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN (SELECT PermissionSetGroupId FROM PermissionSetAssignment WHERE AssigneeId = ${literal(account)} AND ${inForceCondition})`,
      })
      const [users, held] = [shown(rows.user), shown(rows.links)]
      const own = Array.isArray(rows.sets) ? rows.sets.filter(isInForce) : []
      sets = [...own, ...(Array.isArray(rows.inGroups) ? rows.inGroups : [])]
      doubt = [rows.sets, rows.inGroups].find((found) => found instanceof TargetError)
      readLicense = () => shown(rows.license)[0]
      return users[0] === undefined ? accountGone : linked(links.license, permissionId, held)
    },
    checkGrant: () => {
      checkSeats(required(readLicense(), 'permission set licence', permissionId), 'permission set licence')
      return Promise.resolve([])
    },
    checkRevoke: () => {
      const isGoing = (row: Row): boolean => {
        // What comes through a group goes with the group.
        const id = fieldText(row, 'PermissionSetGroupId') || fieldText(row, 'PermissionSetId')
        return changedInRun.some((other) => isSameId(other, id))
      }
      const needing = sets.filter(
        (row) => isSameId(fieldText(row, 'PermissionSet.LicenseId'), permissionId) && !isGoing(row),
      )
      if (needing.length > 0) {
        const names = needing.map(
          (row) => fieldText(row, 'PermissionSet.Label') || fieldText(row, 'PermissionSetId'),
        )
        throw new ConnectorError(
          'REJECTED',
          `the permission set [${[...new Set(names)].join('], [')}] of this account needs this licence: revoke that first`,
        )
      }
      // Salesforce itself refuses to take a license that is needed.
      return Promise.resolve(
        doubt === undefined
          ? []
          : [`which permission sets of the account need the license could not be read: ${doubt.message}`],
      )
    },
  }
}

/** Membership of a queue or, where SCIM is not used, of a public group. */
export function memberAccess(options: RestAccessOptions, kind: 'Queue' | 'PublicGroup'): Access {
  const { rest, permissionId } = options
  const noun = kind === 'Queue' ? 'queue' : 'public group'
  return linkAccess({
    ...options,
    link: links.groupMember,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(keyedQuery('Id, Type', 'Group', { Id: permissionId }))
      required(row, noun, permissionId)
      return []
    },
  })
}

/** A territory of the active territory model. */
export function territoryAccess(options: RestAccessOptions): Access {
  const { rest, permissionId } = options
  return linkAccess({
    ...options,
    link: links.territory,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(keyedQuery('Id', 'Territory2', { Id: permissionId }))
      required(row, 'territory', permissionId)
      return []
    },
  })
}

/** A feature licence: a boolean of the User. */
export function featureAccess({
  rest,
  account,
  permissionId: field,
}: Omit<RestAccessOptions, 'accountExists' | 'writeDetectsMissing'>): Access {
  const set = async (isOn: boolean): Promise<undefined> => {
    await rest.update('User', account, { [field]: isOn })
    return undefined
  }
  return {
    async read() {
      let row
      try {
        ;[row] = await rest.query(keyedQuery(`Id, ${field}`, 'User', { Id: account }))
      } catch (error) {
        if (!isAbsent(error)) throw error
        // The org shows that it does not have the feature (any more): nobody has it, and nobody can get it.
        return { account: 'present', isHeld: false, through: [], others: [], records: [], isMissing: true }
      }
      if (row === undefined) return accountGone
      const isHeld = switchIn(row, field)
      return { account: 'present', isHeld, through: [], others: [], records: [] }
    },
    checkGrant: () => Promise.resolve([]),
    checkRevoke: () => Promise.resolve([]),
    grant: () => set(true),
    revoke: () => set(false),
  }
}

/** Throws `UNEXPECTED` where the answer leaves the switch out: nothing is known of what is held then. */
function switchIn(row: Row, field: string): boolean {
  const value = Object.entries(row).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1]
  if (typeof value === 'boolean') return value
  throw new ConnectorError('UNEXPECTED', `Salesforce answered with a user that lacks ${field}`)
}
