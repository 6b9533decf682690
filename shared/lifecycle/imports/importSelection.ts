import { log } from '../../log.ts'
import { literal } from '../../salesforce/rest/soql.ts'
import type { Settings } from '../settings/settings.ts'

type Choice = Pick<Settings, 'importUserTypes' | 'importInactive'>

/** The users that are imported, as a condition on User; with `Assignee.` as relation, on what refers to a user so. */
export function importedUsers({ importUserTypes, importInactive }: Choice, relation = ''): string {
  const types = `${relation}UserType IN (${importUserTypes.map(literal).join(', ')})`
  return importInactive ? types : `${types} AND ${relation}IsActive = true`
}

/** The others. */
export function otherUsers({ importUserTypes, importInactive }: Choice): string {
  const others = `UserType NOT IN (${importUserTypes.map(literal).join(', ')})`
  return importInactive ? others : `${others} OR IsActive = false`
}

/** Whether a user is imported; one whose type is not told is a person, because SCIM lists no others. */
export function isImported(
  { importUserTypes, importInactive }: Choice,
  userType: string,
  isActive: boolean,
): boolean {
  const isChosen = importUserTypes.some((type) => type.toLowerCase() === userType.toLowerCase())
  return (isChosen || userType === '') && (isActive || importInactive)
}

export function logLeftOut({ importUserTypes, importInactive }: Choice, users: number): void {
  const types = importUserTypes.join(', ')
  const inactive = importInactive ? '' : ', or inactive'
  log('information', `Left out: ${users} users that are of other types than ${types}${inactive}`)
}
