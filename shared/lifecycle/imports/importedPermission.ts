import type { PermissionReference } from '../permissions/access/permission.ts'
import type { Holders } from './permissionListing.ts'

/** One line of the permission import: a permission and at most 500 of the accounts that hold it. */
export interface ImportedPermission {
  readonly PermissionReference: PermissionReference
  readonly DisplayName: string
  /** At most 100 characters. */
  readonly Description: string
  readonly AccountReferences: readonly string[]
}

const longestDescription = 100

export function toImportedPermission(
  { permission, accounts }: Holders,
  DisplayName: string,
  description: string,
): ImportedPermission {
  const Description =
    description.length <= longestDescription
      ? description
      : `${description.slice(0, longestDescription - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
  return { PermissionReference: permission, DisplayName, Description, AccountReferences: accounts }
}
