import type { Context } from '../context.ts'
import type { Org } from '../org/org.ts'
import type { FieldValue, UserLoginRow } from '../org/rows.ts'

/** Changes a sign-in as the caller, whose name stays on it (documented: UserLogin.LastModifiedById, LastModifiedDate). */
export function changeLogin(
  context: Pick<Context, 'org' | 'dialect' | 'now' | 'callerId'>,
  row: UserLoginRow,
  values: Readonly<Record<string, FieldValue>>,
): void {
  const { org, dialect } = context
  const wasFrozen = row.IsFrozen
  org.userLogins.update(row, {
    ...values,
    LastModifiedById: context.callerId,
    LastModifiedDate: context.now().toISOString(),
  })
  if (row.IsFrozen && !wasFrozen && dialect.freezeEndsSessions) endSessionsOf(org, row.UserId)
}

function endSessionsOf(org: Org, user: string): void {
  for (const { userId, sessionId } of [...org.tokens.values()]) if (userId === user) org.endSession(sessionId)
  for (const { Id, UsersId } of [...org.authSessions.values()]) if (UsersId === user) org.endSession(Id)
}
