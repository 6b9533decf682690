import { callerOf } from '../caller.ts'
import type { Context } from '../context.ts'
import { PlainError } from '../errors.ts'
import type { Answer, Request } from '../http.ts'
import type { UserRow } from '../org/rows.ts'

/** The address of a user's identity at this org. */
export function identityUrl({ org, url }: Context, user: UserRow): string {
  return `${url}/id/${org.id}/${user.Id}`
}

/** Answers GET /id/<org>/<user>; the token may be a parameter (documented: Identity URLs; its errors are texts). @throws PlainError */
export function identity(context: Context, request: Request): Answer {
  const [, , orgId, userId, ...more] = request.path.split('/')
  const byQuery = request.query.get('oauth_token') ?? ''
  const caller = callerOf(context, request, byQuery)
  // documented codes and statuses
  if (request.headers['authorization'] === undefined && byQuery === '') {
    throw new PlainError(403, 'Missing_OAuth_Token')
  }
  if (caller === undefined) throw new PlainError(403, 'Bad_OAuth_Token')
  if (orgId !== context.org.id || more.length > 0) throw new PlainError(403, 'Wrong_Org')
  const user = context.org.user(userId ?? '')
  if (user === undefined) throw new PlainError(404, 'Bad_Id')
  return { status: 200, body: identityOf(context, user) }
}

function identityOf(context: Context, user: UserRow): Record<string, unknown> {
  const { org, url } = context
  const data = `${url}/services/data/v{version}`
  return {
    id: identityUrl(context, user),
    asserted_user: true,
    user_id: user.Id,
    organization_id: org.id,
    username: user.Username,
    nick_name: user.CommunityNickname,
    display_name: nameOf(user),
    email: user.Email,
    email_verified: true,
    first_name: user.FirstName,
    last_name: user.LastName,
    timezone: user.TimeZoneSidKey,
    urls: {
      rest: `${data}/`,
      sobjects: `${data}/sobjects/`,
      query: `${data}/query/`,
      profile: `${url}/${user.Id}`,
      custom_domain: url,
    },
    active: user.IsActive,
    user_type: user.UserType === 'Standard' ? 'STANDARD' : user.UserType.toUpperCase(),
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    // general knowledge: seconds from UTC in winter, in milliseconds; worked out for no zone here
    utcOffset: 0,
    last_modified_date: user.LastModifiedDate,
    is_app_installed: true,
  }
}

/** Answers /services/oauth2/userinfo (documented: User Info endpoint; OpenID Connect Core 5.3). @throws PlainError */
export function userInfo(context: Context, request: Request): Answer {
  const user = context.org.users.get(callerOf(context, request) ?? '')
  // general knowledge: the same texts as of identity URLs
  if (user === undefined) throw new PlainError(403, 'Bad_OAuth_Token')
  const { org, url } = context
  return {
    status: 200,
    body: {
      sub: identityUrl(context, user),
      user_id: user.Id,
      organization_id: org.id,
      preferred_username: user.Username,
      nickname: user.CommunityNickname,
      name: nameOf(user),
      email: user.Email,
      email_verified: true,
      ...(user.FirstName !== null && { given_name: user.FirstName }),
      family_name: user.LastName,
      zoneinfo: user.TimeZoneSidKey,
      active: user.IsActive,
      user_type: user.UserType === 'Standard' ? 'STANDARD' : user.UserType.toUpperCase(),
      language: user.LanguageLocaleKey,
      locale: user.LocaleSidKey,
      utcOffset: 0,
      updated_at: user.LastModifiedDate,
      urls: { rest: `${url}/services/data/v{version}/`, custom_domain: url },
    },
  }
}

function nameOf(user: UserRow): string {
  return [user.FirstName, user.LastName].filter((part) => part !== null).join(' ')
}
