import { ConnectorError, TargetError } from '../../../errors.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { type KeyedQuery, keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'
import { isAbsent } from '../../../salesforce/rest/unseen.ts'

/** What an account has of one permission. */
export interface Holding {
  readonly account: 'present' | 'gone'
  /** Whether it was given to the account itself. */
  readonly isHeld: boolean
  /** Names of what gives it to the account indirectly: permission set groups. */
  readonly through: readonly string[]
  /** What could not be read besides, in words, where that stands in the way of nothing. */
  readonly notes?: readonly string[]
  /** Everything else of this kind that the account has itself, as ids. */
  readonly others: readonly string[]
  /** False where the answer of a write shows the one permission only, and nothing of the others. */
  readonly showsOthers?: false
  /**
   * Whether the write replaces the whole list: what is missing afterwards was taken by it. Of any other write, what is missing
   * was taken by somebody else, another session of the host for example.
   */
  readonly isReplaced?: true
  /** Ids of the records that make the account have it, and of those that are not in force. */
  readonly records: readonly string[]
  /** Of records that are all not in force, why: the end of a sentence. */
  readonly notInForce?: string
  /** Whether reading showed that the org does not have the permission at all. */
  readonly isMissing?: boolean
}

/** How one permission of one account is read, given and taken. */
export interface Access {
  /** The state before a write, or after it; after it, nothing is asked that the write has shown already. */
  read(moment: 'before' | 'after'): Promise<Holding>
  /**
   * What stands in the way of giving it, thrown as a sentence: no seat, another licence, a thing that does not exist.
   * In a preview everything is asked that a write would find out by itself. Returns what else will be done, in words.
   */
  checkGrant(before: Holding, isPreview: boolean): Promise<readonly string[]>
  checkRevoke(before: Holding, isPreview: boolean): Promise<readonly string[]>
  /** Gives it; returns the state that the answer shows, if it shows one. */
  grant(before: Holding): Promise<Holding | undefined>
  revoke(before: Holding): Promise<Holding | undefined>
}

export const accountGone: Holding = { account: 'gone', isHeld: false, through: [], others: [], records: [] }

/** Whether there is nothing to take: no permission, by itself or through a group, and no record that is not in force. */
export function isNotHeld({ isHeld, through, notInForce }: Holding): boolean {
  return !isHeld && through.length === 0 && notInForce === undefined
}

/** Whether an error says that what was to be removed is not there any more. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof TargetError &&
    (error.status === 404 || error.has('ENTITY_IS_DELETED') || error.has('NOT_FOUND'))
  )
}

/** Whether an error says that what was to be created is there. REST has a code for it, SCIM only the text (pilot). */
export function isDuplicate(error: unknown): error is TargetError {
  if (!(error instanceof TargetError)) return false
  return (
    error.has('DUPLICATE_VALUE') ||
    error.faults.some(({ message }) => message.includes('Duplicate PermissionSetAssignment'))
  )
}

/** A record that links an account to one thing: a group's member, an assignment of a licence or a territory. */
interface Link {
  /** The object of the link, and its fields for the account and for the thing. */
  readonly type: string
  readonly accountField: string
  readonly permissionField: string
}

export const links = {
  groupMember: { type: 'GroupMember', accountField: 'UserOrGroupId', permissionField: 'GroupId' },
  license: {
    type: 'PermissionSetLicenseAssign',
    accountField: 'AssigneeId',
    permissionField: 'PermissionSetLicenseId',
  },
  territory: { type: 'UserTerritory2Association', accountField: 'UserId', permissionField: 'Territory2Id' },
} as const satisfies Record<string, Link>

interface LinkOptions {
  readonly rest: RestApi
  readonly link: Link
  readonly account: string
  readonly permissionId: string
  /** Whether the account exists: asked where there are no links to show it and no write that would. */
  readonly accountExists: () => Promise<boolean>
  /** Whether a write follows that fails for an account that is gone. */
  readonly writeDetectsMissing: boolean
  readonly checkGrant: Access['checkGrant']
  readonly checkRevoke?: Access['checkRevoke']
}

/** Access by a record that links account and thing. */
export function linkAccess(options: LinkOptions): Access {
  const { rest, link, account, permissionId } = options
  return {
    async read(moment) {
      let rows: Row[]
      try {
        rows = await rest.query(linksOf(link, account))
      } catch (error) {
        // The org shows that it does not have the feature (any more): nobody has it.
        if (isAbsent(error)) return { ...linked(link, permissionId, []), isMissing: true }
        throw error
      }
      const isUnsure = rows.length === 0 && moment === 'before' && !options.writeDetectsMissing
      if (isUnsure && !(await options.accountExists())) return accountGone
      return linked(link, permissionId, rows)
    },
    checkGrant: options.checkGrant,
    checkRevoke: options.checkRevoke ?? (() => Promise.resolve([])),
    async grant() {
      await rest.create(link.type, { [link.accountField]: account, [link.permissionField]: permissionId })
      return undefined
    },
    async revoke({ records }) {
      await removeAll(rest, link.type, records)
      return undefined
    },
  }
}

/** The query for an account's links of a kind. */
export function linksOf(link: Link, account: string): KeyedQuery {
  return keyedQuery(`Id, ${link.permissionField}`, link.type, { [link.accountField]: account })
}

/** What an account's links say about one thing. */
export function linked(link: Link, permissionId: string, rows: readonly Row[]): Holding {
  const own = rows.filter((row) => isSameId(idIn(row, link.permissionField), permissionId))
  return {
    account: 'present',
    isHeld: own.length > 0,
    through: [],
    others: rows.filter((row) => !own.includes(row)).map((row) => fieldText(row, link.permissionField)),
    records: own.map((row) => fieldText(row, 'Id')),
  }
}

/** The id that every row of a link has. Throws `UNEXPECTED` where it is left out: nothing is known of what is held then. */
function idIn(row: Row, field: string): string {
  const id = fieldText(row, field)
  if (id !== '') return id
  throw new ConnectorError('UNEXPECTED', `Salesforce answered with a record that lacks ${field}`)
}

/** Removes records; one that is gone already is as it should be. */
export async function removeAll(rest: RestApi, type: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    try {
      await rest.remove(type, id)
    } catch (error) {
      if (!(await isGoneByNow(rest, type, id, error))) throw error
    }
  }
}

/** The rows of a query that matters. Throws why it was refused; what the org does not have has none. */
export function shown(rows: readonly Row[] | TargetError | undefined): readonly Row[] {
  if (rows instanceof TargetError) throw rows
  return rows ?? []
}

/**
 * Whether an error about a record that was to be removed means that it is gone. INVALID_CROSS_REFERENCE_KEY says that of a
 * record that was deleted (observed), and other things as well: only a read that does not find the record makes it so.
 */
export async function isGoneByNow(rest: RestApi, type: string, id: string, error: unknown): Promise<boolean> {
  if (isGone(error)) return true
  if (!(error instanceof TargetError) || !error.has('INVALID_CROSS_REFERENCE_KEY')) return false
  try {
    return (await rest.query(keyedQuery('Id', type, { Id: id }))).length === 0
  } catch (unread) {
    if (unread instanceof ConnectorError) return false
    throw unread
  }
}

/** Throws when the row is not there: what shall be granted does not exist in the org. */
export function required(row: Row | undefined, noun: string, id: string): Row {
  if (row !== undefined) return row
  throw new ConnectorError('NOT_FOUND', `the ${noun} [${id}] does not exist in Salesforce any more`)
}

/** Throws when all seats of a licence are taken; -1 is how Salesforce writes that there is no end of them. */
export function checkSeats(license: Row, noun: string): void {
  const total = Number(fieldText(license, 'TotalLicenses') || 'NaN')
  const used = Number(fieldText(license, 'UsedLicenses') || 'NaN')
  if (total < 0 || Number.isNaN(total) || Number.isNaN(used) || used < total) return
  const name = fieldText(license, 'MasterLabel') || fieldText(license, 'Name') || fieldText(license, 'Id')
  throw new ConnectorError(
    'REJECTED',
    `no seats left: the ${noun} [${name}] has ${total}, and ${used} are in use. Free one or buy more (Setup > Company Information)`,
  )
}
