import type { Find } from '../../../shared/lifecycle/permissions/subPermissions/subPermissionLookup.ts'
import {
  displayName,
  type PermissionType,
  permissionTypes,
} from '../../../shared/lifecycle/permissions/access/permission.ts'
import { idPrefix } from '../../../shared/salesforce/id.ts'
import type { Org } from '../org.ts'

/** Finds permissions over SCIM, one by one, by the name that SCIM shows: of a permission set its API name (pilot). */
export function findOverScim(org: Org): Find {
  return async ({ Type, by, value }) => {
    if (by === 'id') return { permission: { Type, Reference: value }, displayName: displayName(Type, value) }
    const { noun } = permissionTypes[Type]
    const list = scimLists[Type]
    if (list === undefined) return `SCIM cannot grant or revoke a ${noun}: set Configuration.UseRestApi`
    const [id, another] = await org.findByName(list.kind, value, list.prefix)
    if (id === undefined) return `the ${noun} [${value}] does not exist in Salesforce`
    if (another !== undefined) return `there is more than one ${noun} [${value}]: name it by its id`
    return { permission: { Type, Reference: id }, displayName: displayName(Type, value) }
  }
}

const scimLists: Partial<
  Record<PermissionType, { kind: 'Entitlements' | 'Roles' | 'Groups'; prefix: string }>
> = {
  Profile: { kind: 'Entitlements', prefix: idPrefix.profile },
  PermissionSet: { kind: 'Entitlements', prefix: idPrefix.permissionSet },
  Role: { kind: 'Roles', prefix: idPrefix.role },
  PublicGroup: { kind: 'Groups', prefix: idPrefix.group },
}
