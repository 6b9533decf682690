import type { JsonObject } from '../../validate.ts'

/** One line of the account import. */
export interface ImportedAccount {
  readonly AccountReference: string
  /** Never empty, at most 100 characters; so is UserName. */
  readonly DisplayName: string
  readonly UserName: string
  readonly Enabled: boolean
  readonly Data: JsonObject
}

/** What an account is made of, on either route; texts are '' where there is none. */
export interface AccountParts {
  readonly id: string
  readonly displayName: string
  readonly userName: string
  readonly isActive: boolean
}

/** What the host takes of a name (documented: target import validation errors). */
const longestName = 100

export function toImportedAccount(
  { id, displayName, userName, isActive }: AccountParts,
  Data: JsonObject,
): ImportedAccount {
  const UserName = cut(userName) || id
  return {
    AccountReference: id,
    DisplayName: cut(displayName) || UserName,
    UserName,
    Enabled: isActive,
    Data,
  }
}

function cut(text: string): string {
  const trimmed = text.trim()
  // Not in the middle of a surrogate pair.
  return trimmed.length <= longestName
    ? trimmed
    : trimmed.slice(0, longestName).replace(/[\uD800-\uDBFF]$/, '')
}
