/** Characters of User.CommunityNickname (documented: object reference, User). */
export const nickNameLength = 40

/**
 * Salesforce takes the user name as nickname where none is given, and refuses one of more than 40 characters. Cut off, two
 * long user names could become one nickname: the end is a checksum of the whole.
 */
export function shortNickName(userName: string): string {
  let hash = 0x811c9dc5
  for (const character of userName.toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return `${userName.slice(0, nickNameLength - 9)}.${hash.toString(16).padStart(8, '0')}`
}
