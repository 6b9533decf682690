import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { isDuplicate } from './access/access.ts'
import { assignmentFields, type OwnAssignment, ownAssignments } from './access/assignmentRow.ts'
import { isSameId } from '../../salesforce/id.ts'
import { type KeyedQuery, keyedQuery } from '../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../salesforce/rest/restApi.ts'
import { isUncertain } from '../../salesforce/rest/confirmWrite.ts'

/** The query for the rows of an account by which its own assignments are told. */
export function ownAssignmentsQuery(account: string): KeyedQuery {
  const columns = `${assignmentFields}, PermissionSet.IsOwnedByProfile`
  return keyedQuery(columns, 'PermissionSetAssignment', { AssigneeId: account })
}

export async function readOwnAssignments(rest: RestApi, account: string): Promise<OwnAssignment[]> {
  return ownAssignments(await rest.query(ownAssignmentsQuery(account)))
}

/**
 * Gives back what a change of profile took away, permission sets and groups, each with the day on which it ends; what the
 * account holds then. Throws when they cannot be given back: nobody would miss them before the user does. What is only not
 * known is thrown as it is, so that whoever catches it looks again.
 */
export async function restoreAssignments(
  rest: RestApi,
  account: string,
  before: readonly OwnAssignment[],
  after: readonly OwnAssignment[],
): Promise<readonly OwnAssignment[]> {
  const lost = before.filter(({ id }) => !after.some((other) => isSameId(other.id, id)))
  if (lost.length === 0) return after
  const names = lost.map(({ id }) => id).join(', ')
  log('warning', `The change of profile took the permission sets ${names}: giving them back`)
  try {
    for (const { field, id, expiration } of lost) {
      const ending = expiration === '' ? {} : { ExpirationDate: expiration }
      try {
        await rest.create('PermissionSetAssignment', { AssigneeId: account, [field]: id, ...ending })
      } catch (error) {
        // Another session was faster.
        if (!isDuplicate(error)) throw error
      }
    }
  } catch (error) {
    const mayBeThere: boolean = isUncertain(error)
    if (mayBeThere || !(error instanceof ConnectorError)) throw error
    throw new ConnectorError(
      error.code,
      `the profile was changed, and Salesforce took the permission sets [${names}] away with the old one; they could not be given back: ${error.message}`,
      { cause: error },
    )
  }
  return readOwnAssignments(rest, account)
}
