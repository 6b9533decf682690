import { ConnectorError, TargetError } from '../../../errors.ts'
import { log } from '../../../log.ts'
import { isDuplicate, isGone, removeAll } from './access.ts'
import { isExpired } from './assignmentRow.ts'
import type { KeyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'
import { isUncertain } from '../../../salesforce/rest/confirmWrite.ts'

const type = 'PermissionSetAssignment'

/** An assignment that is to be in force: its record, and how to find out whether it is. */
export interface Renewal {
  readonly rest: RestApi
  readonly isPreview: boolean
  /** AssigneeId and what is assigned, with ExpirationDate where the assignment is to end. */
  readonly record: Readonly<Record<string, string | null>>
  readonly isHeld: () => Promise<boolean>
}

/**
 * Brings an assignment that is not in force back. One that has expired is given another day, and none where none is asked
 * for; whether that revives it is assumed, so that it is read back. Where it does not, and for one that a user access policy
 * has revoked, the row is removed and another one is created.
 */
export async function renewAssignment(renewal: Renewal, row: Row): Promise<void> {
  if (isExpired(row) && (await isExtended(renewal, row))) return
  await removeAll(renewal.rest, type, [fieldText(row, 'Id')])
  try {
    await renewal.rest.create(type, renewal.record)
  } catch (error) {
    // Another process was faster, or a deleted row stands in the way: whether the account has it decides.
    if (!isDuplicate(error) || !(await renewal.isHeld())) throw error
  }
}

async function isExtended({ rest, isPreview, record, isHeld }: Renewal, row: Row): Promise<boolean> {
  try {
    await rest.update(type, fieldText(row, 'Id'), { ExpirationDate: record['ExpirationDate'] ?? null })
  } catch (error) {
    if (!isRefusalOfRow(error)) throw error
    log('information', `The expired assignment could not be extended: ${error.message}`)
    return false
  }
  return isPreview || (await isHeld())
}

/** Whether a refusal is about the row itself: what stops every write of assignments is none. */
function isRefusalOfRow(error: unknown): error is TargetError {
  if (!(error instanceof TargetError)) return false
  const mayBeDone: boolean = isUncertain(error)
  if (mayBeDone) return false
  return (
    isGone(error) || (error.retry === 'no' && error.class !== 'rights' && error.class !== 'configuration')
  )
}

/** Of the rows that SOQL hides, so many are tried: an account may have deleted ones from earlier revokes. */
const mostHidden = 3

/**
 * Looks for what makes a new assignment a duplicate although the account does not hold it: an expired one that SOQL hides
 * (observed, one field report), which `/queryAll` shows. Throws the refusal where nothing can be done about it.
 */
export async function renewHidden(
  renewal: Renewal,
  query: KeyedQuery,
  isOwn: (row: Row) => boolean,
  refusal: TargetError,
): Promise<void> {
  let rows: Row[]
  try {
    rows = await renewal.rest.queryAll(query)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `Whether a hidden assignment stands in the way cannot be read: ${error.message}`)
    throw refusal
  }
  const hidden = rows.filter((row) => isOwn(row) && isExpired(row)).slice(0, mostHidden)
  for (const row of hidden) {
    log(
      'information',
      `An expired assignment that SOQL does not show stands in the way: ${fieldText(row, 'Id')}`,
    )
    try {
      await renewAssignment(renewal, row)
      return
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  throw hidden.length === 0
    ? refusal
    : new ConnectorError(
        'REJECTED',
        `${refusal.message}. An expired assignment that Salesforce does not show stands in the way, and it could be neither extended nor removed: assign the permission once in Setup > Users`,
        { cause: refusal },
      )
}
