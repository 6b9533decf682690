import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import type { UserRow } from '../org/rows.ts'
import { recordOf } from './sobjects.ts'

/**
 * /sobjects/User/<id>/password: GET says whether it expired, POST sets it (204), DELETE resets it: the old one is good
 * for nothing, a new one is in the answer, and a mail with a link goes to the user (documented: sObject User Password).
 * @throws RestError, DmlError
 */
export function password(context: Context, request: Request, id: string): Answer {
  const { org } = context
  const user = org.user(id)
  if (user === undefined) throw new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
  switch (request.method) {
    case 'GET':
      return { status: 200, body: { isExpired: false } }
    case 'POST':
      refuseInactive(user)
      setPassword(context, user, recordOf(request)['NewPassword'])
      return { status: 204 }
    case 'DELETE': {
      refuseInactive(user)
      const made = `Temporary-${org.passwordResets.size + 1}`
      setPassword(context, user, made)
      org.passwordResets.insert({ Id: org.nextId('SIM'), UserId: user.Id, IsMailed: true })
      return { status: 200, body: { NewPassword: made } }
    }
    default:
      throw new RestError(
        405,
        'METHOD_NOT_ALLOWED',
        `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,POST,DELETE`,
      )
  }
}

/** Assumed: who is inactive has no password; the code is that of other writes that name an inactive user. */
function refuseInactive(user: UserRow): void {
  if (!user.IsActive) throw new DmlError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user')
}

function setPassword(context: Context, user: UserRow, wanted: unknown): void {
  // documented code; the text is that of the default policy (general knowledge)
  if (typeof wanted !== 'string' || wanted.length < 8) {
    throw new DmlError('INVALID_NEW_PASSWORD', 'Your password must be at least 8 characters long.')
  }
  context.org.passwords.set(user.Id, wanted)
  context.org.users.update(user, { LastPasswordChangeDate: context.now().toISOString() })
}
