import { ConnectorError } from '../errors.ts'

/** A Salesforce id: 15 characters that differ by case, or 18 of which the last three are a checksum. */
export function isId(text: string, prefix = ''): boolean {
  return /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text) && text.startsWith(prefix)
}

/** Prefixes of the ids that this project meets. */
export const idPrefix = {
  user: '005',
  profile: '00e',
  role: '00E',
  permissionSet: '0PS',
  permissionSetGroup: '0PG',
  permissionSetLicense: '0PL',
  group: '00G',
  territory: '0MI',
  org: '00D',
} as const

/** Stands for the id of a record that a preview only would create. */
export const previewId = '{id}'

/** The id when it is one and of the right kind; else throws `INVALID_INPUT` naming the member it came from. */
export function checkId(text: string, prefix: string, member: string): string {
  if (isId(text, prefix)) return text
  throw new ConnectorError(
    'INVALID_INPUT',
    `${member} [${text.slice(0, 80)}] is not a Salesforce id: expected 15 or 18 letters and digits that begin with ${prefix}.`,
  )
}

/** Whether two ids are the same, whichever of them has the checksum. */
export function isSameId(a: string, b: string): boolean {
  return a.slice(0, 15) === b.slice(0, 15)
}

/** The id with its checksum: three characters that tell which of the fifteen are capitals (documented: 18-character ids). */
export function toLongId(id: string): string {
  if (id.length !== 15) return id
  const checksum = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((character) => /[A-Z]/.test(character))
    const number = capitals.reduce((sum, isCapital, bit) => sum + (isCapital ? 2 ** bit : 0), 0)
    return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(number)
  })
  return id + checksum.join('')
}
