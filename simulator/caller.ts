import type { Context } from './context.ts'
import type { Request } from './http.ts'

/** Id of the user whose token the request carries; undefined without a token that is good. */
export function callerOf(context: Context, request: Request, byQuery = ''): string | undefined {
  const { org } = context
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  const session = org.tokens.get(token ?? byQuery)
  if (session === undefined) return undefined
  const expired = context.now().getTime() - session.issuedAt > org.sessionMinutes * 60_000
  return expired ? undefined : session.userId
}
