import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import {
  type Access,
  accountGone,
  type Holding,
} from '../../../shared/lifecycle/permissions/access/access.ts'
import { idPrefix, isId, isSameId } from '../../../shared/salesforce/id.ts'
import { keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { fieldText } from '../../../shared/salesforce/rest/rowPages.ts'
import { literal } from '../../../shared/salesforce/rest/soql.ts'
import { noRoleFor } from '../../../shared/salesforce/userType.ts'
import { profileOf, readAttribute, roleOf } from '../../../shared/scim/attribute.ts'
import type { Operation, Resource } from '../../../shared/scim/schema.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'
import type { Org } from '../org.ts'

export interface ScimAccessOptions {
  readonly org: Org
  readonly account: string
  readonly permissionId: string
  readonly purpose: 'grant' | 'revoke'
}

const nothing = (): Promise<readonly string[]> => Promise.resolve([])

/** Ids of the user's permission sets, as SCIM shows them. */
export function permissionSetsOf(user: Resource): string[] {
  return valuesOf(user['entitlements']).filter((id) => id.startsWith(idPrefix.permissionSet))
}

function valuesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.filter(isObject).flatMap(({ value }) => (typeof value === 'string' && isId(value) ? value : []))
}

/** The ids in a list of what a user has; undefined where an item is something else, or names a user: then it does not tell. */
function completeIds(list: unknown): string[] | undefined {
  const ids = valuesOf(list)
  const isComplete = Array.isArray(list) && ids.length === list.length
  return isComplete && !ids.some((id) => id.startsWith(idPrefix.user)) ? ids : undefined
}

function among(ids: readonly string[], permissionId: string): Holding {
  return {
    account: 'present',
    isHeld: ids.some((id) => isSameId(id, permissionId)),
    through: [],
    others: ids.filter((id) => !isSameId(id, permissionId)),
    records: [],
  }
}

/**
 * Throws `UNEXPECTED` for a user whose entitlements are not shown: every user has a profile, which is one of them, so that an
 * answer without it says nothing about permission sets.
 */
export function requireEntitlements(user: Resource): void {
  const { entitlements } = user
  if (completeIds(entitlements) !== undefined && typeof profileOf(user)?.['value'] === 'string') return
  throw new ConnectorError(
    'UNEXPECTED',
    `SCIM answered with the user [${user.id}] and does not show its profile among its entitlements, so that nothing is known of its profile and permission sets: give the integration user the right View Setup and Configuration (Setup > Permission Sets > System Permissions)`,
  )
}

/** A list of a user that SCIM leaves out where it is empty (pilot), and of which somebody else can be asked. */
interface OptionalList {
  /** The ids; undefined where the answer does not show them, which alone does not say that there are none. */
  idsOf(user: Resource): readonly string[] | undefined
  /** Whether the account has it, from an answer that says so. */
  ask(): Promise<boolean>
}

/**
 * What an account has of an optional list. A list that is left out is no evidence that the account has nothing, unless the
 * connector was shown it in the same run. A grant that finds it left out beforehand just adds.
 */
function readOptional(
  { org, account, permissionId, purpose }: ScimAccessOptions,
  list: OptionalList,
): {
  read: Access['read']
  /** What the answer to a write shows; undefined where that has to be read. */
  answered(user: Resource): Holding | undefined
} {
  let wasShown = false
  const answered = (user: Resource): Holding | undefined => {
    const ids = list.idsOf(user)
    wasShown ||= ids !== undefined
    return wasShown ? among(ids ?? [], permissionId) : undefined
  }
  return {
    answered,
    async read(moment) {
      const user = await org.findUser(account)
      if (user === undefined) return accountGone
      const shown = answered(user)
      if (shown !== undefined) return shown
      if (purpose === 'grant' && moment === 'before') return among([], permissionId)
      return among((await list.ask()) ? [permissionId] : [], permissionId)
    },
  }
}

/**
 * A permission set over SCIM: `add` adds one (documented for the user's entitlements; `replace` deletes the others). It
 * can only be taken by replacing the list with the rest, and the last one not at all (pilot): with the REST API its
 * assignment is deleted instead.
 */
export function permissionSetAccess(options: ScimAccessOptions): Access {
  const { org, account, permissionId } = options
  // Taking one replaces the list of them all; giving one does not.
  const show = (user: Resource): Holding => {
    requireEntitlements(user)
    return { ...among(permissionSetsOf(user), permissionId), isReplaced: true }
  }
  const isHeld = (user: Resource): boolean => show(user).isHeld
  const isTaken = (user: Resource): boolean => !show(user).isHeld
  const write = async (
    operation: Operation,
    isDone: (user: Resource) => boolean,
  ): Promise<Holding | undefined> => {
    const after = await org.patchUser(account, [operation], isDone)
    return org.isPreview ? undefined : show(after)
  }
  return {
    async read() {
      const user = await org.findUser(account)
      return user === undefined ? accountGone : show(user)
    },
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Entitlements', permissionId))) {
        throw new ConnectorError(
          'NOT_FOUND',
          `the permission set [${permissionId}] does not exist in Salesforce any more`,
        )
      }
      return []
    },
    checkRevoke: ({ others }) => {
      if (others.length > 0) return Promise.resolve([unseenGroups])
      throw new ConnectorError(
        'REJECTED',
        'SCIM cannot take the last permission set from an account: set Configuration.UseRestApi, or remove it in Setup > Users',
      )
    },
    grant: () => write({ op: 'add', value: entitlements([permissionId]) }, isHeld),
    revoke: ({ others }) => write({ op: 'replace', value: entitlements(others) }, isTaken),
  }
}

/** The pilot deletes the rows of permission set groups with those of permission sets, and need not list either's group. */
const unseenGroups =
  'SCIM replaced the list of permission sets, and does not show whether the account kept its permission set groups: check them in Setup > Users, or set Configuration.UseRestApi'

function entitlements(ids: readonly string[]): JsonObject {
  return { entitlements: ids.map((value) => ({ value })) }
}

/** The user's one role. */
export function roleAccess(options: ScimAccessOptions): Access {
  const { org, account, permissionId } = options
  const { read, answered } = readOptional(options, {
    idsOf: (user) => {
      const id = roleOf(user)?.['value']
      if (typeof id === 'string' && isId(id, idPrefix.role)) return [id]
      return Array.isArray(user['roles']) && user['roles'].length === 0 ? [] : undefined
    },
    async ask() {
      if (!org.settings.useRestApi) return org.isAmong('roles', permissionId, account)
      const [row] = await org.rest.query(keyedQuery('Id, UserRoleId', 'User', { Id: account }))
      if (row?.['UserRoleId'] !== undefined) return isSameId(fieldText(row, 'UserRoleId'), permissionId)
      throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a user that lacks UserRoleId')
    },
  })
  // An account has one role: there are no others that a write could take.
  const alone = (holding: Holding | undefined): Holding | undefined => holding && { ...holding, others: [] }
  const isHeld = (user: Resource): boolean => answered(user)?.isHeld === true
  const isTaken = (user: Resource): boolean => answered(user)?.isHeld === false
  return {
    read: async (moment) => ({ ...(await read(moment)), others: [] }),
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Roles', permissionId))) {
        throw new ConnectorError(
          'NOT_FOUND',
          `the role [${permissionId}] does not exist in Salesforce any more`,
        )
      }
      const user = isPreview ? await org.findUser(account) : undefined
      const reason = user && noRoleFor(readAttribute(user, 'userType'))
      if (reason !== undefined) throw new ConnectorError('REJECTED', reason)
      return []
    },
    checkRevoke: nothing,
    grant: async () =>
      alone(
        answered(
          await org.patchUser(
            account,
            [{ op: 'replace', value: { roles: [{ value: permissionId }] } }],
            isHeld,
          ),
        ),
      ),
    revoke: async () => {
      const after = alone(answered(await org.patchUser(account, [{ op: 'remove', path: 'roles' }], isTaken)))
      if (after?.isHeld !== true || !org.settings.useRestApi) return after
      await org.writeUserFields(account, { UserRoleId: null })
      return undefined
    },
  }
}

/** Membership of a public group: changed on the group, in Salesforce's own body (documented: identity_scim_manage_groups). */
export function publicGroupAccess(options: ScimAccessOptions): Access {
  const { org, account, permissionId } = options
  const { read } = readOptional(options, {
    idsOf: ({ groups }) => completeIds(groups),
    async ask() {
      if (!org.settings.useRestApi) return org.isAmong('groups', permissionId, account)
      const more = ` AND GroupId = ${literal(permissionId)}`
      const members = keyedQuery('Id, GroupId', 'GroupMember', { UserOrGroupId: account }, more)
      return (await org.rest.query(members)).some((row) => isSameId(fieldText(row, 'GroupId'), permissionId))
    },
  })
  const patch = async (op: 'add' | 'remove'): Promise<Holding | undefined> => {
    const group = await org.patchGroup(permissionId, op, account)
    const shown = group?.['members']
    const members = valuesOf(shown)
    // An answer may be empty, and shows 200 members at most. One that shows something else than ids does not tell.
    const isComplete = Array.isArray(shown) && members.length === shown.length
    if (!isComplete || members.length === 0 || members.length >= 200) return undefined
    const isHeld = members.some((id) => isSameId(id, account))
    return { account: 'present', isHeld, through: [], others: [], showsOthers: false, records: [] }
  }
  return {
    read,
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Groups', permissionId))) {
        throw new ConnectorError(
          'NOT_FOUND',
          `the public group [${permissionId}] does not exist in Salesforce any more`,
        )
      }
      return []
    },
    checkRevoke: nothing,
    grant: () => patch('add'),
    revoke: async () => {
      try {
        return await patch('remove')
      } catch (error) {
        // The pilot answers 500 when the user is no member: reading back decides.
        if (error instanceof TargetError && (error.status === 404 || error.status === 500)) return undefined
        throw error
      }
    },
  }
}
