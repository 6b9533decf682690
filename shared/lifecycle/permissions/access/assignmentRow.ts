import { ConnectorError } from '../../../errors.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'

/** The fields of PermissionSetAssignment that tell what a row means. */
export const assignmentFields = 'Id, PermissionSetId, PermissionSetGroupId, ExpirationDate, IsActive'

/** The condition of a query for assignments that are in force. */
export const inForceCondition = 'IsActive = true'

/**
 * Whether an assignment gives anything. Documented (object reference): IsActive is false for one that has expired or that a
 * user access policy has revoked, and the row stays. Throws `UNEXPECTED` for a row that does not tell.
 */
export function isInForce(row: Row): boolean {
  const isActive = fieldText(row, 'IsActive')
  if (isActive === 'true' || isActive === 'false') return isActive === 'true'
  throw new ConnectorError(
    'UNEXPECTED',
    'Salesforce answered with a permission set assignment that lacks IsActive',
  )
}

/** Whether the day on which an assignment ends has passed; another one that is not in force was revoked by a policy. */
export function isExpired(row: Row): boolean {
  return Date.parse(fieldText(row, 'ExpirationDate')) <= Date.now()
}

/** Why an assignment that is not in force gives nothing, as the end of a sentence. */
export function reasonNotInForce(row: Row): string {
  const day = fieldText(row, 'ExpirationDate').slice(0, 10)
  return isExpired(row) ? `it expired on ${day}` : 'a user access policy of the org has revoked it'
}

/** What an assignment gives: a permission set, or a permission set group with all that is in it. */
export interface OwnAssignment {
  readonly field: 'PermissionSetId' | 'PermissionSetGroupId'
  readonly id: string
  /** '' where it does not end. */
  readonly expiration: string
}

/**
 * The permission sets and groups that an account holds itself by these rows, without the set that its profile owns: the rows
 * have `PermissionSet.IsOwnedByProfile`. A group whose sets have rows of their own is there once.
 */
export function ownAssignments(rows: readonly Row[]): OwnAssignment[] {
  const own = rows
    .filter((row) => isInForce(row) && fieldText(row, 'PermissionSet.IsOwnedByProfile') !== 'true')
    .map((row): OwnAssignment => {
      const group = fieldText(row, 'PermissionSetGroupId')
      const expiration = fieldText(row, 'ExpirationDate')
      return group === ''
        ? { field: 'PermissionSetId', id: fieldText(row, 'PermissionSetId'), expiration }
        : { field: 'PermissionSetGroupId', id: group, expiration }
    })
  return own.filter(({ id }, index) => own.findIndex((other) => other.id === id) === index)
}
