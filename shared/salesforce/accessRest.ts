import { ConnectorError } from '../errors.ts'
import { type Access, accountGone, checkSeats, linkAccess, links, required } from './access.ts'
import { setsThatNeed } from './accessAssignment.ts'
import { cell, isAbsent, type RestApi } from './rest.ts'
import { literal } from './soql.ts'

export interface RestAccessOptions {
  readonly rest: RestApi
  readonly account: string
  readonly thing: string
  readonly accountExists: () => Promise<boolean>
}

/** A permission set licence: one seat for the account; it stays while a permission set of the account needs it. */
export function licenseAccess({ rest, account, thing, accountExists }: RestAccessOptions): Access {
  return linkAccess({
    rest,
    link: links.license,
    account,
    thing,
    accountExists,
    checkGrant: async () => {
      const [row] = await rest.query(
        `SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense WHERE Id = ${literal(thing)}`,
      )
      checkSeats(required(row, 'permission set licence', thing), 'permission set licence')
      return []
    },
    checkRevoke: async () => {
      const sets = await setsThatNeed(rest, account, thing)
      if (sets.length > 0) {
        throw new ConnectorError(
          'REJECTED',
          `the permission set [${sets.join('], [')}] of this account needs this licence: revoke that first`,
        )
      }
      return []
    },
  })
}

/** Membership of a queue or, where SCIM is not used, of a public group. */
export function memberAccess(options: RestAccessOptions, kind: 'Queue' | 'PublicGroup'): Access {
  const { rest, account, thing, accountExists } = options
  const noun = kind === 'Queue' ? 'queue' : 'public group'
  return linkAccess({
    rest,
    link: links.groupMember,
    account,
    thing,
    accountExists,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(`SELECT Id, Type FROM Group WHERE Id = ${literal(thing)}`)
      required(row, noun, thing)
      return []
    },
  })
}

/** A territory of the active territory model. */
export function territoryAccess({ rest, account, thing, accountExists }: RestAccessOptions): Access {
  return linkAccess({
    rest,
    link: links.territory,
    account,
    thing,
    accountExists,
    checkGrant: async (_before, isPreview) => {
      if (!isPreview) return []
      const [row] = await rest.query(`SELECT Id FROM Territory2 WHERE Id = ${literal(thing)}`)
      required(row, 'territory', thing)
      return []
    },
  })
}

/** A feature licence: a boolean of the User. */
export function featureAccess({ rest, account, thing: field }: RestAccessOptions): Access {
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
    checkGrant: (before) => {
      if (before.isMissing === true) required(undefined, 'feature licence', field)
      return Promise.resolve([])
    },
    checkRevoke: () => Promise.resolve([]),
    grant: () => set(true),
    revoke: () => set(false),
  }
}
