import { ConnectorError, TargetError } from '../../errors.ts'
import { type Access, accountGone, checkSeats, type Holding, removeAll, required } from './access.ts'
import { idPrefix, isSameId } from '../id.ts'
import type { RestApi } from '../rest.ts'
import { cell, type Row } from '../rowPages.ts'
import { literal } from '../soql.ts'
import { isNotShown } from '../unseen.ts'

export interface AssignmentOptions {
  readonly rest: RestApi
  readonly account: string
  readonly thing: string
  readonly kind: 'PermissionSet' | 'PermissionSetGroup'
  /** What comes through a group can only be in the way of a revoke. */
  readonly purpose: 'grant' | 'revoke'
  readonly accountExists: () => Promise<boolean>
  /** Whether a permission set licence that is needed may be assigned along with it. */
  readonly assignLicenses: boolean
  /** When the assignment ends, as `2026-12-31T00:00:00Z`; null: never; undefined: whenever it does. */
  readonly expiration: string | null | undefined
  /** Ids of licences that are granted before it in the same run. */
  readonly together?: readonly string[]
}

const nouns = { PermissionSet: 'permission set', PermissionSetGroup: 'permission set group' } as const

/**
 * Permission sets and permission set groups: rows of PermissionSetAssignment. A set that comes through a group has a row
 * with the group's id, or none of its own (documented: PermissionSetAssignment; which of the two is assumed).
 */
export function assignmentAccess(options: AssignmentOptions): Access {
  const { rest, account, thing, kind, expiration } = options
  const idField = `${kind}Id`
  let planned: readonly Row[] | undefined

  const read = async (moment: 'before' | 'after'): Promise<Holding> => {
    const rows = await rest.query(
      `SELECT Id, PermissionSetId, PermissionSetGroupId, ExpirationDate FROM PermissionSetAssignment WHERE AssigneeId = ${literal(account)}`,
    )
    const isUnsure = rows.length === 0 && moment === 'before'
    if (isUnsure && !(await options.accountExists())) return accountGone
    const isOwn = (row: Row): boolean =>
      isSameId(cell(row, idField), thing) &&
      (kind === 'PermissionSetGroup' || cell(row, 'PermissionSetGroupId') === '')
    const own = rows.filter(isOwn)
    // An assignment that ends on another day is one that must change.
    const isAsWanted =
      expiration === undefined || own.some((row) => isSameEnd(cell(row, 'ExpirationDate'), expiration ?? ''))
    const asksForGroups = kind === 'PermissionSet' && moment === 'before' && options.purpose === 'revoke'
    const { through, doubt } = asksForGroups
      ? await groupsThatGiveIt(rest, thing, rows)
      : { through: [], doubt: undefined }
    // What the account has itself can be taken whatever its groups bring; whether it has it at all must be known.
    if (doubt !== undefined && own.length === 0) throw unknownGroups(doubt, through)
    return {
      account: 'present',
      isHeld: own.length > 0 && isAsWanted,
      through,
      ...(doubt !== undefined && {
        notes: [`its permission set groups could not be read: ${doubt.message}`],
      }),
      others: rows.filter((row) => !isOwn(row)).map((row) => cell(row, 'Id')),
      records: own.map((row) => cell(row, 'Id')),
    }
  }

  return {
    read,
    checkGrant: async (_before, isPreview) => {
      // A write finds out by itself what is wrong; it is explained when it fails.
      if (!isPreview && !options.assignLicenses) return []
      planned = await planLicenses(options)
      return planned.map(
        (license) => `the permission set licence [${cell(license, 'MasterLabel')}] is assigned first`,
      )
    },
    checkRevoke: (before) => {
      if (!before.isHeld && before.records.length === 0 && before.through.length > 0) {
        throw new ConnectorError(
          'REJECTED',
          `the account has this ${nouns[kind]} through the permission set group [${before.through.join(', ')}]: revoke that group instead`,
        )
      }
      return Promise.resolve(
        before.through
          .map((group) => `the account keeps it through the permission set group [${group}]`)
          .concat(before.notes ?? []),
      )
    },
    async grant(before) {
      const [existing] = before.records
      const ending = expiration === undefined ? {} : { ExpirationDate: expiration }
      if (existing !== undefined) {
        await rest.update('PermissionSetAssignment', existing, ending)
        return undefined
      }
      if (options.assignLicenses) {
        const needed = planned ?? (await planLicenses(options))
        // What was planned is used once: when this has to be done again, some of it may be done.
        planned = undefined
        await assignLicenses(options, needed)
      }
      await rest.create('PermissionSetAssignment', { AssigneeId: account, [idField]: thing, ...ending })
      return undefined
    },
    async revoke({ records }) {
      await removeAll(rest, 'PermissionSetAssignment', records.slice(0, 1))
      if (records.length <= 1) return undefined
      // All rows of a group go with the first of them (assumed): what is left is removed one by one.
      const left = await read('after')
      const others = left.records.filter((id) => id !== records[0])
      await removeAll(rest, 'PermissionSetAssignment', others)
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
  const groups = [...new Set(rows.map((row) => cell(row, 'PermissionSetGroupId')).filter((id) => id !== ''))]
  if (groups.length === 0) return { through: [], doubt: undefined }
  const direct = rows
    .filter((row) => isSameId(cell(row, 'PermissionSetId'), set))
    .map((row) => cell(row, 'PermissionSetGroupId'))
  // Asked by the groups, so that it is the same question for every set of the account.
  const inGroups = `FROM PermissionSetGroupComponent WHERE PermissionSetGroupId IN (${groups.map(literal).join(', ')})`
  const read = await queryVisible(
    rest,
    `SELECT PermissionSetId, PermissionSetGroupId, PermissionSetGroup.MasterLabel ${inGroups}`,
    `SELECT PermissionSetId, PermissionSetGroupId ${inGroups}`,
  )
  const doubt = Array.isArray(read) ? undefined : read
  const components = Array.isArray(read) ? read : []
  const label = (group: string): string => {
    const component = components.find((row) => isSameId(cell(row, 'PermissionSetGroupId'), group))
    return cell(component, 'PermissionSetGroup.MasterLabel') || group
  }
  const containing = components
    .filter((row) => isSameId(cell(row, 'PermissionSetId'), set))
    .map((row) => cell(row, 'PermissionSetGroupId'))
    .concat(direct)
  const isContaining = (group: string): boolean => containing.some((id) => id !== '' && isSameId(id, group))
  return { through: groups.filter(isContaining).map(label), doubt }
}

/** The rows of the first query that is not refused for what it names, or why the last one was. */
async function queryVisible(rest: RestApi, ...queries: readonly string[]): Promise<Row[] | TargetError> {
  let refusal: TargetError | undefined
  for (const soql of queries) {
    try {
      return await rest.query(soql)
    } catch (error) {
      if (!(error instanceof TargetError) || !isNotShown(error)) throw error
      refusal = error
    }
  }
  return refusal ?? []
}

type PlanRows = Readonly<
  Partial<Record<'user' | 'thing' | 'components' | 'held' | 'licenses', Row[] | undefined>>
>

/**
 * The permission set licences that the sets need and the account does not have, after checking that the sets exist, go
 * with the account's user licence, and that there are seats. Throws in words.
 */
export async function planLicenses({
  rest,
  account,
  thing,
  kind,
  assignLicenses: mayAssign,
  together = [],
}: AssignmentOptions): Promise<Row[]> {
  const rows: PlanRows = await rest.read<string>({
    user: `SELECT Id, Profile.UserLicenseId, Profile.UserLicense.Name FROM User WHERE Id = ${literal(account)}`,
    thing:
      kind === 'PermissionSet'
        ? `SELECT Id, Label, Type, IsOwnedByProfile, LicenseId FROM PermissionSet WHERE Id = ${literal(thing)}`
        : `SELECT Id, MasterLabel FROM PermissionSetGroup WHERE Id = ${literal(thing)}`,
    ...(kind === 'PermissionSetGroup' && {
      components: `SELECT PermissionSetId, PermissionSet.Label, PermissionSet.LicenseId FROM PermissionSetGroupComponent WHERE PermissionSetGroupId = ${literal(thing)}`,
    }),
    held: `SELECT PermissionSetLicenseId FROM PermissionSetLicenseAssign WHERE AssigneeId = ${literal(account)}`,
    licenses: 'SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense',
  })
  const row = required(rows.thing?.[0], nouns[kind], thing)
  const sets =
    kind === 'PermissionSet'
      ? [{ label: cell(row, 'Label'), license: cell(row, 'LicenseId') }]
      : (rows.components ?? []).map((component) => ({
          label: cell(component, 'PermissionSet.Label'),
          license: cell(component, 'PermissionSet.LicenseId'),
        }))
  const missing: Row[] = []
  for (const { label, license } of sets) {
    if (license === '') continue
    if (!license.startsWith(idPrefix.permissionSetLicense)) {
      const userLicense = cell(rows.user?.[0], 'Profile.UserLicenseId')
      if (userLicense !== '' && !isSameId(license, userLicense)) {
        const name = cell(rows.user?.[0], 'Profile.UserLicense.Name') || userLicense
        throw new ConnectorError(
          'REJECTED',
          `the permission set [${label}] belongs to another user licence than the account's, which is [${name}]`,
        )
      }
      continue
    }
    const held = [...together, ...(rows.held ?? []).map((row) => cell(row, 'PermissionSetLicenseId'))]
    const isHeld = held.some((id) => isSameId(id, license))
    if (isHeld || missing.some((other) => isSameId(cell(other, 'Id'), license))) continue
    const needed = required(
      rows.licenses?.find((candidate) => isSameId(cell(candidate, 'Id'), license)),
      'permission set licence',
      license,
    )
    if (!mayAssign) {
      throw new ConnectorError(
        'REJECTED',
        `the permission set [${label}] needs the permission set licence [${cell(needed, 'MasterLabel')}], which the account does not have: grant it first, or set Configuration.AssignLicenses`,
      )
    }
    checkSeats(needed, 'permission set licence')
    missing.push(needed)
  }
  return missing
}

/** Gives the account the permission set licences that are needed first. */
async function assignLicenses({ rest, account }: AssignmentOptions, licenses: readonly Row[]): Promise<void> {
  for (const license of licenses) {
    await rest.create('PermissionSetLicenseAssign', {
      AssigneeId: account,
      PermissionSetLicenseId: cell(license, 'Id'),
    })
  }
}
