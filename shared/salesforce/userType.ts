/**
 * Types of users whose license has no roles, by `User.UserType` and `Profile.UserType`: Chatter, and customers without
 * sharing by role (documented: Chatter Free and Customer Community licenses).
 */
const withoutRoles: Readonly<Record<string, string>> = {
  CsnOnly: 'Chatter',
  CspLitePortal: 'Customer Community',
}

/** Why a user of this type can have no role, as a clause; undefined if it can. */
export function noRoleFor(userType: string): string | undefined {
  const license = Object.hasOwn(withoutRoles, userType) ? withoutRoles[userType] : undefined
  if (license === undefined) return undefined
  return `users of a ${license} license can have no role: map no role for them, or the profile of another license (Setup > Profiles)`
}
