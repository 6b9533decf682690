import { ConnectorError } from '../../errors.ts'
import {
  type Access,
  accountGone,
  checkSeats,
  linkAccess,
  linked,
  links,
  linksOf,
  required,
} from './access.ts'
import { isSameId } from '../id.ts'
import { isAbsent } from '../queries.ts'
import type { RestApi } from '../rest.ts'
import { cell, type Row } from '../rowPages.ts'
import { literal } from '../soql.ts'

export interface RestAccessOptions {
  readonly rest: RestApi
  readonly account: string
  readonly thing: string
  readonly accountExists: () => Promise<boolean>
  readonly writeWillTell: boolean
  /** Ids of permission sets and their groups that are revoked before it in the same run. */
  readonly together?: readonly string[]
}

/** A permission set licence: one seat for the account; it stays while a permission set of the account needs it. */
export function licenseAccess(options: RestAccessOptions): Access {
  const { rest, account, thing, together = [] } = options
  let license: Row | undefined
  let sets: readonly Row[] = []
  return {
    ...linkAccess({ ...options, link: links.license, checkGrant: () => Promise.resolve([]) }),
    async read(moment) {
      if (moment === 'after')
        return linked(links.license, thing, await rest.query(linksOf(links.license, account)))
      const rows = await rest.read({
        user: `SELECT Id FROM User WHERE Id = ${literal(account)}`,
        links: linksOf(links.license, account),
        license: `SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense WHERE Id = ${literal(thing)}`,
        sets: `SELECT PermissionSetId, PermissionSetGroupId, PermissionSet.Label, PermissionSet.LicenseId FROM PermissionSetAssignment WHERE AssigneeId = ${literal(account)}`,
        inGroups: `SELECT PermissionSetId, PermissionSetGroupId, PermissionSet.Label, PermissionSet.LicenseId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN (SELECT PermissionSetGroupId FROM PermissionSetAssignment WHERE AssigneeId = ${literal(account)})`,
      })
      license = rows.license?.[0]
      sets = [...(rows.sets ?? []), ...(rows.inGroups ?? [])]
      return rows.user?.[0] === undefined ? accountGone : linked(links.license, thing, rows.links ?? [])
    },
    checkGrant: () => {
      checkSeats(required(license, 'permission set licence', thing), 'permission set licence')
      return Promise.resolve([])
    },
    checkRevoke: () => {
      const isGoing = (row: Row): boolean => {
        // What comes through a group goes with the group.
        const id = cell(row, 'PermissionSetGroupId') || cell(row, 'PermissionSetId')
        return together.some((other) => isSameId(other, id))
      }
      const needing = sets.filter(
        (row) => isSameId(cell(row, 'PermissionSet.LicenseId'), thing) && !isGoing(row),
      )
      if (needing.length > 0) {
        const names = needing.map((row) => cell(row, 'PermissionSet.Label') || cell(row, 'PermissionSetId'))
        throw new ConnectorError(
          'REJECTED',
          `the permission set [${[...new Set(names)].join('], [')}] of this account needs this licence: revoke that first`,
        )
      }
      return Promise.resolve([])
    },
  }
}

/** Membership of a queue or, where SCIM is not used, of a public group. */
export function memberAccess(options: RestAccessOptions, kind: 'Queue' | 'PublicGroup'): Access {
  const { rest, thing } = options
  const noun = kind === 'Queue' ? 'queue' : 'public group'
  return linkAccess({
    ...options,
    link: links.groupMember,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(`SELECT Id, Type FROM Group WHERE Id = ${literal(thing)}`)
      required(row, noun, thing)
      return []
    },
  })
}

/** A territory of the active territory model. */
export function territoryAccess(options: RestAccessOptions): Access {
  const { rest, thing } = options
  return linkAccess({
    ...options,
    link: links.territory,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(`SELECT Id FROM Territory2 WHERE Id = ${literal(thing)}`)
      required(row, 'territory', thing)
      return []
    },
  })
}

/** A feature licence: a boolean of the User. */
export function featureAccess({
  rest,
  account,
  thing: field,
}: Omit<RestAccessOptions, 'accountExists' | 'writeWillTell'>): Access {
  const set = async (isOn: boolean): Promise<undefined> => {
    await rest.update('User', account, { [field]: isOn })
    return undefined
  }
  return {
    async read() {
      let row
      try {
        ;[row] = await rest.query(`SELECT Id, ${field} FROM User WHERE Id = ${literal(account)}`)
      } catch (error) {
        if (!isAbsent(error)) throw error
        // The org does not have the feature (any more): nobody has it, and nobody can get it.
        return { account: 'present', isHeld: false, through: [], others: [], records: [], isMissing: true }
      }
      if (row === undefined) return accountGone
      const isHeld = cell(row, field) === 'true'
      return { account: 'present', isHeld, through: [], others: [], records: [] }
    },
    checkGrant: () => Promise.resolve([]),
    checkRevoke: () => Promise.resolve([]),
    grant: () => set(true),
    revoke: () => set(false),
  }
}
