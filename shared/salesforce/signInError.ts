import { ConnectorError, type ErrorCode } from '../errors.ts'
import { isObject } from '../validate.ts'

type Flow = 'client_credentials' | 'jwt_bearer' | 'password'

interface Row {
  readonly error: RegExp
  /** Held against `error_description`; a row without it takes any. */
  readonly description?: RegExp
  readonly flow?: Flow
  /** What is wrong and which setting or Setup page mends it. */
  readonly sentence: string
}

/**
 * OAuth's `error` and `error_description` as Salesforce is known to send them (salesforce.com help and field reports), the
 * most particular row first.
 */
const rows: readonly Row[] = [
  {
    error: /^invalid_grant$/,
    description: /request not supported on this domain/i,
    sentence:
      'this flow does not work on login.salesforce.com or test.salesforce.com: set Configuration.BaseUrl (and AuthenticationUri, if used) to the My Domain address https://<MyDomain>.my.salesforce.com',
  },
  {
    error: /^invalid_grant$/,
    description: /no client credentials user enabled/i,
    sentence:
      'the app has no Run As user: choose one in the app of Configuration.ClientID (Setup > External Client App Manager > Policies > Client Credentials Flow)',
  },
  {
    error: /./,
    description: /client credentials flow (is )?not enabled/i,
    sentence:
      'the client credentials flow is not enabled for the app of Configuration.ClientID (Setup > External Client App Manager > Settings > Enable Client Credentials Flow), or Configuration.AuthenticationFlow must be another',
  },
  {
    error: /^invalid_client_id$/,
    sentence: 'Configuration.ClientID is not the consumer key of an app in this org',
  },
  {
    error: /^(invalid_client|invalid_client_credentials)$/,
    flow: 'jwt_bearer',
    sentence:
      'Configuration.ClientID is not the consumer key of an app that has the certificate of Configuration.PrivateKey',
  },
  {
    error: /^(invalid_client|invalid_client_credentials)$/,
    sentence: 'Configuration.ClientSecret does not belong to Configuration.ClientID',
  },
  {
    error: /^invalid_grant$/,
    description: /user hasn.?t approved this consumer/i,
    sentence:
      "Configuration.UserName may not use the app yet: pre-authorise the user's profile or a permission set in the app's policies (Setup > External Client App Manager > Policies > Permitted Users: Admin approved users are pre-authorized)",
  },
  {
    error: /^invalid_app_access$/,
    sentence:
      "Configuration.UserName is not admin approved for the app: add the user's profile or a permission set to the app's policies (Setup > External Client App Manager > Policies)",
  },
  {
    error: /^invalid_grant$/,
    description: /audience/i,
    sentence:
      'Configuration.JwtAudience is not accepted: it is https://login.salesforce.com, for a sandbox https://test.salesforce.com',
  },
  {
    error: /^invalid_(grant|assertion)$/,
    description: /expired/i,
    flow: 'jwt_bearer',
    sentence:
      'the assertion was expired on arrival: set the clock of this machine right (it may be 3 minutes off at most)',
  },
  {
    error: /^invalid_(grant|assertion)$/,
    flow: 'jwt_bearer',
    sentence:
      'the assertion is not accepted: Configuration.PrivateKey must belong to the certificate of the app, and Configuration.UserName must be an active user of the org',
  },
  {
    error: /^invalid_grant$/,
    description: /expired access\/refresh token/i,
    sentence: "the app's session policy ended the sign-in: look at the app's policies",
  },
  {
    error: /^invalid_grant$/,
    flow: 'password',
    sentence:
      'Configuration.UserName, Password or SecurityToken is wrong, the user is locked or inactive, or the org blocks the username-password flow (Setup > OAuth and OpenID Connect Settings); orgs made since Summer 2023 block it: use client_credentials',
  },
  {
    error: /^(unsupported_grant_type|unauthorized_client)$/,
    flow: 'password',
    sentence:
      'the org blocks the username-password flow (Setup > OAuth and OpenID Connect Settings): set Configuration.AuthenticationFlow to client_credentials or jwt_bearer',
  },
  {
    error: /^(unsupported_grant_type|unauthorized_client)$/,
    sentence: 'the org does not offer the flow of Configuration.AuthenticationFlow to this app',
  },
  {
    error: /^invalid_scope$/,
    sentence: 'the app lacks the OAuth scope "Manage user data via APIs (api)"',
  },
  {
    error: /^(inactive_user|inactive_org|rate_limit_exceeded|ip restricted|invalid_grant)$/,
    sentence: 'Salesforce refused the sign-in of the integration user',
  },
]

/** The answer of a token endpoint that holds no token, as a sentence that names the setting to correct. */
export function toSignInError(status: number, answer: unknown, flow: Flow, url: URL): ConnectorError {
  const error = member(answer, 'error')
  const description = member(answer, 'error_description')
  if (error === '') {
    const code: ErrorCode = status >= 500 || status === 429 ? 'UNAVAILABLE' : 'MISCONFIGURED'
    return new ConnectorError(
      code,
      code === 'UNAVAILABLE'
        ? `Cannot sign in: ${url.host} answered with status ${status}`
        : `Cannot sign in: ${url.href} answered with status ${status} and no token: is it the address of a Salesforce org (Configuration.BaseUrl, AuthenticationUri)?`,
    )
  }
  const row = rows.find(
    (candidate) =>
      candidate.error.test(error) &&
      (candidate.description === undefined || candidate.description.test(description)) &&
      (candidate.flow === undefined || candidate.flow === flow),
  )
  const said = description === '' ? error : `${error}: ${description}`
  return new ConnectorError(
    'MISCONFIGURED',
    `Cannot sign in: ${row?.sentence ?? 'Salesforce refused, see what it said'}. Salesforce said: ${said}`,
  )
}

function member(answer: unknown, name: string): string {
  const value = isObject(answer) ? answer[name] : undefined
  return typeof value === 'string' ? value.slice(0, 300) : ''
}
