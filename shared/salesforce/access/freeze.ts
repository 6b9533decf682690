import type { RestApi } from '../rest.ts'
import { cell } from '../rowPages.ts'
import { literal } from '../soql.ts'

/** A user's sign-in: frozen, it keeps the user out and keeps the licence. */
export interface UserLogin {
  readonly id: string
  readonly isFrozen: boolean
}

/** The sign-in of a user; undefined for users that have none, such as guests (baton-salesforce saw such users). */
export async function readLogin(rest: RestApi, user: string): Promise<UserLogin | undefined> {
  const [row] = await rest.query(`SELECT Id, UserId, IsFrozen FROM UserLogin WHERE UserId = ${literal(user)}`)
  return row === undefined ? undefined : { id: cell(row, 'Id'), isFrozen: cell(row, 'IsFrozen') === 'true' }
}

export async function setFrozen(rest: RestApi, login: UserLogin, isFrozen: boolean): Promise<void> {
  await rest.update('UserLogin', login.id, { IsFrozen: isFrozen })
}
