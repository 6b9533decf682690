import { ConnectorError, TargetError } from '../../../errors.ts'
import { type Access, accountGone, type Holding, isDuplicate, isGone, removeAll } from './access.ts'
import { assignmentFields, isInForce, reasonNotInForce } from './assignmentRow.ts'
import { renewAssignment, type Renewal, renewHidden } from './assignmentRenewal.ts'
import { assignLicenses, type LicenseOptions, permissionSetNouns, planLicenses } from './licensePlan.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { type KeyedQuery, keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'
import { literal } from '../../../salesforce/rest/soql.ts'
import { isNotShown } from '../../../salesforce/rest/unseen.ts'

export interface AssignmentOptions extends LicenseOptions {
  /** What comes through a group can only be in the way of a revoke. */
  readonly purpose: 'grant' | 'revoke'
  readonly isPreview: boolean
  readonly accountExists: () => Promise<boolean>
  /** Whether a permission set license that is needed may be assigned along with it. */
  readonly assignLicenses: boolean
  /** When the assignment ends, as `2026-12-31T00:00:00Z`; null: never; undefined: whenever it does. */
  readonly expiration: string | null | undefined
}

/** Access by an assignment, which can be had although Salesforce calls another one a duplicate. */
export interface AssignmentAccess extends Access {
  /** Gives it after a grant was refused as a duplicate; throws the refusal where nothing can be done. */
  renew(refusal: TargetError): Promise<Holding>
}

const type = 'PermissionSetAssignment'

/**
 * Permission sets and permission set groups: rows of PermissionSetAssignment. A set that comes through a group has a row
 * with the group's id, or none of its own (documented: PermissionSetAssignment; which of the two is assumed). A row that is
 * not in force gives nothing.
 */
export function assignmentAccess(options: AssignmentOptions): AssignmentAccess {
  const { rest, account, permissionId, kind, expiration, isPreview } = options
  const idField = `${kind}Id` as const
  const ending = expiration === undefined ? {} : { ExpirationDate: expiration }
  const record = { AssigneeId: account, [idField]: permissionId, ...ending }
  let planned: readonly Row[] | undefined
  /** The own rows of the last read, those in force first. */
  let ownRows: readonly Row[] = []

  const isOwn = (row: Row): boolean =>
    isSameId(fieldText(row, idField), permissionId) &&
    (kind === 'PermissionSetGroup' || fieldText(row, 'PermissionSetGroupId') === '')

  const read = async (moment: 'before' | 'after'): Promise<Holding> => {
    const rows = await rest.query(keyedQuery(assignmentFields, type, { AssigneeId: account }))
    const isUnsure = rows.length === 0 && moment === 'before'
    if (isUnsure && !(await options.accountExists())) return accountGone
    const inForce = rows.filter(isInForce)
    const held = inForce.filter(isOwn)
    const lapsed = rows.filter((row) => isOwn(row) && !held.includes(row))
    ownRows = [...held, ...lapsed]
    // An assignment that ends on another day is one that must change.
    const isAsWanted =
      expiration === undefined ||
      held.some((row) => isSameEnd(fieldText(row, 'ExpirationDate'), expiration ?? ''))
    const [first] = held.length === 0 ? lapsed : []
    const asksForGroups = kind === 'PermissionSet' && moment === 'before' && options.purpose === 'revoke'
    const { through, doubt } = asksForGroups
      ? await groupsThatGiveIt(rest, permissionId, inForce)
      : { through: [], doubt: undefined }
    // What the account has itself can be taken whatever its groups bring; whether it has it at all must be known.
    if (doubt !== undefined && held.length === 0) throw unknownGroups(doubt, through)
    return {
      account: 'present',
      isHeld: held.length > 0 && isAsWanted,
      through,
      ...(doubt !== undefined && {
        notes: [`its permission set groups could not be read: ${doubt.message}`],
      }),
      others: inForce.filter((row) => !isOwn(row)).map((row) => fieldText(row, 'Id')),
      records: ownRows.map((row) => fieldText(row, 'Id')),
      ...(first !== undefined && { notInForce: reasonNotInForce(first) }),
    }
  }

  const renewal: Renewal = { rest, isPreview, record, isHeld: async () => (await read('after')).isHeld }

  const create = async (): Promise<void> => {
    if (options.assignLicenses) {
      const needed = planned ?? (await planLicenses(options)).missing
      // What was planned is used once: when this has to be done again, some of it may be done.
      planned = undefined
      await assignLicenses(options, needed)
    }
    await rest.create(type, record)
  }

  /** Changes the day on which an assignment in force ends; one that is gone meanwhile is created. */
  const changeEnd = async (row: Row): Promise<void> => {
    try {
      await rest.update(type, fieldText(row, 'Id'), ending)
    } catch (error) {
      if (!isGone(error)) throw error
      await create()
    }
  }

  const renew = async (refusal: TargetError): Promise<Holding> => {
    const now = await read('after')
    const [visible] = ownRows
    // Another process was faster: it is there, which is all that was asked.
    if (now.isHeld) return now
    if (visible === undefined) {
      const own = kind === 'PermissionSet' ? ' AND PermissionSetGroupId = null' : ''
      const more = ` AND ${idField} = ${literal(permissionId)}${own} ORDER BY SystemModstamp DESC`
      const hidden = keyedQuery(assignmentFields, type, { AssigneeId: account }, more)
      await renewHidden(renewal, hidden, isOwn, refusal)
    } else if (isInForce(visible)) await changeEnd(visible)
    else await renewAssignment(renewal, visible)
    return read('after')
  }

  return {
    read,
    renew,
    checkGrant: async (before, isPreview) => {
      const renewed =
        before.notInForce === undefined ? [] : [`its assignment was not in force: ${before.notInForce}`]
      // A write finds out by itself what is wrong; it is explained when it fails.
      if (!isPreview && !options.assignLicenses) return renewed
      const { missing, notes } = await planLicenses(options, isPreview)
      planned = missing
      return [...renewed, ...notes]
    },
    checkRevoke: (before) => {
      if (!before.isHeld && before.through.length > 0) {
        throw new ConnectorError(
          'REJECTED',
          `the account has this ${permissionSetNouns[kind]} through the permission set group [${before.through.join(', ')}]: revoke that group instead`,
        )
      }
      const lapsed = before.notInForce === undefined ? [] : [`it was not in force: ${before.notInForce}`]
      return Promise.resolve([
        ...lapsed,
        ...before.through.map((group) => `the account keeps it through the permission set group [${group}]`),
        ...(before.notes ?? []),
      ])
    },
    async grant() {
      const [existing] = ownRows
      if (existing !== undefined) {
        await (isInForce(existing) ? changeEnd(existing) : renewAssignment(renewal, existing))
        return undefined
      }
      try {
        await create()
      } catch (error) {
        if (!isDuplicate(error)) throw error
        return renew(error)
      }
      return undefined
    },
    async revoke({ records }) {
      await removeAll(rest, type, records.slice(0, 1))
      if (records.length <= 1) return undefined
      // All rows of a group go with the first of them (assumed): what is left is removed one by one.
      const left = await read('after')
      const others = left.records.filter((id) => id !== records[0])
      await removeAll(rest, type, others)
      return left.records.length === 0 ? left : undefined
    },
  }
}

/** Whether two ends are the same moment, or neither is one. */
function isSameEnd(a: string, b: string): boolean {
  return a === b || Date.parse(a) === Date.parse(b)
}

/** The error of a revoke where nobody can tell whether a group brings the permission set. */
function unknownGroups(doubt: TargetError, through: readonly string[]): ConnectorError {
  const what =
    through.length === 0
      ? 'whether the account has this permission set through one of its permission set groups cannot be seen'
      : `the account has this permission set through the permission set group [${through.join(', ')}], of which more cannot be seen`
  return new ConnectorError('FORBIDDEN', `${what}: ${doubt.message}`, { cause: doubt })
}

/** The groups of an account that bring a permission set, and why there may be more of them. */
interface GroupsOfSet {
  readonly through: readonly string[]
  readonly doubt: TargetError | undefined
}

/** The names of the account's permission set groups that contain the set; ids where the groups cannot be read. */
async function groupsThatGiveIt(rest: RestApi, set: string, rows: readonly Row[]): Promise<GroupsOfSet> {
  const groups = [
    ...new Set(rows.map((row) => fieldText(row, 'PermissionSetGroupId')).filter((id) => id !== '')),
  ]
  if (groups.length === 0) return { through: [], doubt: undefined }
  const direct = rows
    .filter((row) => isSameId(fieldText(row, 'PermissionSetId'), set))
    .map((row) => fieldText(row, 'PermissionSetGroupId'))
  // Asked by the groups, so that it is the same question for every set of the account.
  const inGroups = (columns: string): KeyedQuery =>
    keyedQuery(columns, 'PermissionSetGroupComponent', { PermissionSetGroupId: groups })
  const read = await queryVisible(
    rest,
    inGroups('PermissionSetId, PermissionSetGroupId, PermissionSetGroup.MasterLabel'),
    inGroups('PermissionSetId, PermissionSetGroupId'),
  )
  const doubt = Array.isArray(read) ? undefined : read
  const components = Array.isArray(read) ? read : []
  const label = (group: string): string => {
    const component = components.find((row) => isSameId(fieldText(row, 'PermissionSetGroupId'), group))
    return fieldText(component, 'PermissionSetGroup.MasterLabel') || group
  }
  const containing = components
    .filter((row) => isSameId(fieldText(row, 'PermissionSetId'), set))
    .map((row) => fieldText(row, 'PermissionSetGroupId'))
    .concat(direct)
  const isContaining = (group: string): boolean => containing.some((id) => id !== '' && isSameId(id, group))
  return { through: groups.filter(isContaining).map(label), doubt }
}

/** The rows of the first query that is not refused for what it names, or why the last one was. */
async function queryVisible(rest: RestApi, ...queries: readonly KeyedQuery[]): Promise<Row[] | TargetError> {
  let refusal: TargetError | undefined
  for (const query of queries) {
    try {
      return await rest.query(query)
    } catch (error) {
      if (!(error instanceof TargetError) || !isNotShown(error)) throw error
      refusal = error
    }
  }
  return refusal ?? []
}
