import { ConnectorError, TargetError } from '../../errors.ts'
import { idPrefix, isId } from '../../salesforce/id.ts'
import { keyedQuery } from '../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../salesforce/rest/rowPages.ts'

/** A user's sign-in: frozen, it keeps the user out and keeps the license. */
export interface UserLogin {
  readonly id: string
  readonly isFrozen: boolean
  /** The id of the user who changed it last: of a frozen one, who froze it. Undefined where Salesforce does not show it. */
  readonly changedBy: string | undefined
  /** As Salesforce writes dates; undefined where it does not show it. */
  readonly changedAt: string | undefined
}

const state = 'Id, UserId, IsFrozen'
/** Documented: UserLogin has both. */
const stateAndAuthor = `${state}, LastModifiedById, LastModifiedDate`

/**
 * The sign-in of a user; undefined where Salesforce shows none, as for guests (observed: baton-salesforce). Throws where the
 * answer does not tell whether this user is frozen.
 */
export async function readLogin(rest: RestApi, user: string): Promise<UserLogin | undefined> {
  try {
    return toLogin(await query(rest, stateAndAuthor, user), user)
  } catch (error) {
    // Whether the user is frozen can be told without who did it.
    if (error instanceof TargetError && error.has('INVALID_FIELD')) return readFreezeState(rest, user)
    throw error
  }
}

/** The same without who changed it: in one request, whatever the org shows. */
export async function readFreezeState(rest: RestApi, user: string): Promise<UserLogin | undefined> {
  return toLogin(await query(rest, state, user), user)
}

export async function setFrozen(rest: RestApi, login: UserLogin, isFrozen: boolean): Promise<void> {
  await rest.update('UserLogin', login.id, { IsFrozen: isFrozen })
}

function query(rest: RestApi, columns: string, user: string): Promise<Row[]> {
  return rest.query(keyedQuery(columns, 'UserLogin', { UserId: user }))
}

function toLogin(rows: readonly Row[], user: string): UserLogin | undefined {
  const [row] = rows
  if (row === undefined) return undefined
  if (rows.length > 1) {
    throw new ConnectorError(
      'UNEXPECTED',
      `Salesforce shows ${rows.length} sign-ins (UserLogin) of account [${user}]`,
    )
  }
  const changedBy = fieldText(row, 'LastModifiedById')
  return {
    id: fieldText(row, 'Id'),
    isFrozen: row['IsFrozen'] === true,
    changedBy: isId(changedBy, idPrefix.user) ? changedBy : undefined,
    changedAt: fieldText(row, 'LastModifiedDate') || undefined,
  }
}
