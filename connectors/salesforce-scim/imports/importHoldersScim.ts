import { ConnectorError } from '../../../shared/errors.ts'
import {
  displayName,
  type PermissionType,
  permissionTypes,
  pluralOf,
} from '../../../shared/lifecycle/permissions/access/permission.ts'
import { mostAccounts } from '../../../shared/lifecycle/imports/permissionListing.ts'
import { profileOf, readAttribute, roleOf } from '../../../shared/scim/attribute.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { JsonObject } from '../../../shared/validate.ts'
import {
  type ImportedPermission,
  toImportedPermission,
} from '../../../shared/lifecycle/imports/importedPermission.ts'
import type { ImportOrg } from './importOrg.ts'
import { isImported } from '../../../shared/lifecycle/imports/importSelection.ts'
import { type UserReader, usersOverScim } from './importUsers.ts'

/** One permission that SCIM shows on a user. */
interface Shown {
  readonly type: PermissionType
  readonly id: string
  readonly name: string
}

interface Holder {
  readonly isActive: boolean
  readonly userType: string
  readonly permissions: readonly Shown[]
}

/** Where SCIM shows a user's one permission of a type. */
const shownAs: Readonly<
  Partial<Record<PermissionType, { attribute: string; of: (user: Resource) => JsonObject | undefined }>>
> = {
  Profile: { attribute: 'entitlements', of: profileOf },
  Role: { attribute: 'roles', of: roleOf },
}

/**
 * Who holds which profile and role, as SCIM shows them on the users. It says nothing of the other types, or not enough: not
 * whether a permission set comes through a group. Accounts are kept until there are 500 of a permission.
 */
export async function* holdersOverScim(org: ImportOrg): AsyncGenerator<ImportedPermission[], void, void> {
  const { settings } = org
  const hidden = settings.permissionTypes.filter((type) => shownAs[type] === undefined)
  if (hidden.length > 0) {
    const nouns = hidden.map(pluralOf).join(', ')
    throw new ConnectorError(
      'MISCONFIGURED',
      `SCIM does not show completely who holds ${nouns}: set Configuration.UseRestApi, or choose Profile, Role in Configuration.PermissionTypes`,
    )
  }
  const open = new Map<string, { shown: Shown; accounts: string[] }>()
  const take = ({ shown, accounts }: { shown: Shown; accounts: string[] }): ImportedPermission =>
    toImportedPermission(
      { permission: { Reference: shown.id, Type: shown.type }, accounts },
      displayName(shown.type, shown.name || shown.id),
      `Salesforce ${permissionTypes[shown.type].noun}`,
    )

  for await (const users of usersOverScim(org, holderReader(settings.permissionTypes), undefined)) {
    const full: ImportedPermission[] = []
    for (const { id, value } of users) {
      if (!isImported(settings, value.userType, value.isActive)) continue
      for (const shown of value.permissions) {
        const holders = open.get(shown.id) ?? { shown, accounts: [] }
        open.set(shown.id, holders)
        holders.accounts.push(id)
        if (holders.accounts.length < mostAccounts) continue
        full.push(take(holders))
        open.delete(shown.id)
      }
    }
    yield full
  }
  yield [...open.values()].map(take)
}

function holderReader(types: readonly PermissionType[]): UserReader<Holder> {
  const places = types.flatMap((type) => {
    const place = shownAs[type]
    return place === undefined ? [] : { type, ...place }
  })
  return {
    read: (user) => ({
      isActive: readAttribute(user, 'active') === 'true',
      userType: readAttribute(user, 'userType'),
      permissions: places.flatMap(({ type, of }) => {
        const { value: id, display } = of(user) ?? {}
        if (typeof id !== 'string' || id === '') return []
        return { type, id, name: typeof display === 'string' ? display : '' }
      }),
    }),
    attributes: () => Promise.resolve(['active', 'userType', ...places.map(({ attribute }) => attribute)]),
  }
}
