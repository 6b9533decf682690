import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { type Access, accountGone, type Holding } from '../../../shared/salesforce/access/access.ts'
import { idPrefix, isSameId } from '../../../shared/salesforce/id.ts'
import { roleOf } from '../../../shared/scim/attribute.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'
import type { Org } from '../org.ts'

export interface ScimAccessOptions {
  readonly org: Org
  readonly account: string
  readonly thing: string
}

const nothing = (): Promise<readonly string[]> => Promise.resolve([])

/** Ids of the user's permission sets, as SCIM shows them. */
export function permissionSetsOf(user: Resource): string[] {
  return valuesOf(user['entitlements']).filter((id) => id.startsWith(idPrefix.permissionSet))
}

function valuesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.filter(isObject).flatMap(({ value }) => (typeof value === 'string' ? value : []))
}

function among(ids: readonly string[], thing: string): Holding {
  return {
    account: 'present',
    isHeld: ids.some((id) => isSameId(id, thing)),
    through: [],
    others: ids.filter((id) => !isSameId(id, thing)),
    records: [],
  }
}

/** Reads a user and shows what `show` makes of it. */
async function readUser(
  { org, account }: ScimAccessOptions,
  show: (user: Resource) => Holding,
): Promise<Holding> {
  const user = await org.findUser(account)
  return user === undefined ? accountGone : show(user)
}

/**
 * A permission set over SCIM: `add` adds one (documented for the user's entitlements; `replace` deletes the others). It
 * can only be taken by replacing the list with the rest, and the last one not at all (pilot): with the REST API its
 * assignment is deleted instead.
 */
export function permissionSetAccess(options: ScimAccessOptions): Access {
  const { org, account, thing } = options
  // Taking one replaces the list of them all; giving one does not.
  const show = (user: Resource): Holding => ({ ...among(permissionSetsOf(user), thing), isReplaced: true })
  const isHeld = (user: Resource): boolean => show(user).isHeld
  const isTaken = (user: Resource): boolean => !show(user).isHeld
  return {
    read: () => readUser(options, show),
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Entitlements', thing))) {
        throw new ConnectorError(
          'NOT_FOUND',
          `the permission set [${thing}] does not exist in Salesforce any more`,
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
    grant: async () =>
      show(await org.patchUser(account, [{ op: 'add', value: entitlements([thing]) }], isHeld)),
    revoke: async ({ others }) =>
      show(await org.patchUser(account, [{ op: 'replace', value: entitlements(others) }], isTaken)),
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
  const { org, account, thing } = options
  const show = (user: Resource): Holding => {
    const id = roleOf(user)?.['value']
    return { ...among(typeof id === 'string' ? [id] : [], thing), others: [] }
  }
  const isHeld = (user: Resource): boolean => show(user).isHeld
  const isTaken = (user: Resource): boolean => !show(user).isHeld
  return {
    read: () => readUser(options, show),
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Roles', thing))) {
        throw new ConnectorError('NOT_FOUND', `the role [${thing}] does not exist in Salesforce any more`)
      }
      return []
    },
    checkRevoke: nothing,
    grant: async () =>
      show(await org.patchUser(account, [{ op: 'replace', value: { roles: [{ value: thing }] } }], isHeld)),
    revoke: async () => {
      const after = show(await org.patchUser(account, [{ op: 'remove', path: 'roles' }], isTaken))
      if (!after.isHeld || !org.settings.useRestApi) return after
      await org.writeUserFields(account, { UserRoleId: null })
      return undefined
    },
  }
}

/** Membership of a public group: changed on the group, in Salesforce's own body (documented: identity_scim_manage_groups). */
export function publicGroupAccess(options: ScimAccessOptions): Access {
  const { org, account, thing } = options
  const show = (user: Resource): Holding => among(valuesOf(user['groups']), thing)
  const patch = async (op: 'add' | 'remove'): Promise<Holding | undefined> => {
    const group = await org.patchGroup(thing, op, account)
    const members = valuesOf(group?.['members'])
    // An answer may be empty, and shows 200 members at most.
    if (members.length === 0 || members.length >= 200) return undefined
    const isHeld = members.some((id) => isSameId(id, account))
    return { account: 'present', isHeld, through: [], others: [], showsOthers: false, records: [] }
  }
  return {
    read: () => readUser(options, show),
    checkGrant: async (_before, isPreview) => {
      if (isPreview && !(await org.exists('Groups', thing))) {
        throw new ConnectorError(
          'NOT_FOUND',
          `the public group [${thing}] does not exist in Salesforce any more`,
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
