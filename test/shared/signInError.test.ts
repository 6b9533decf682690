import { ConnectorError, type ErrorCode } from '../../shared/errors.ts'
import { type Flow, signInRows } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import { toSignInError } from '../../shared/salesforce/errors/signInError.ts'

const url = new URL('https://acme.my.salesforce.com/services/oauth2/token')
const flows: readonly Flow[] = ['client_credentials', 'jwt_bearer', 'password']

const answers: readonly [Flow, number, string, string, ErrorCode, string, string][] = [
  [
    'client_credentials',
    400,
    'invalid_grant',
    'request not supported on this domain',
    'MISCONFIGURED',
    'set Configuration.BaseUrl',
    'zet Configuration.BaseUrl',
  ],
  [
    'client_credentials',
    400,
    'invalid_grant',
    'no client credentials user enabled',
    'MISCONFIGURED',
    'has no Run As user',
    'heeft geen Run As-gebruiker',
  ],
  [
    'client_credentials',
    400,
    'invalid_grant',
    'client credentials flow not enabled',
    'MISCONFIGURED',
    'Enable Client Credentials Flow',
    'Enable Client Credentials Flow',
  ],
  [
    'client_credentials',
    400,
    'invalid_client_id',
    'client identifier invalid',
    'MISCONFIGURED',
    'Configuration.ClientID is not the consumer key',
    'Configuration.ClientID is niet de consumer key',
  ],
  [
    'client_credentials',
    401,
    'invalid_client',
    'invalid client credentials',
    'MISCONFIGURED',
    'Configuration.ClientSecret does not belong',
    'Configuration.ClientSecret hoort niet',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_client',
    'invalid client credentials',
    'MISCONFIGURED',
    'the certificate of Configuration.PrivateKey',
    'het certificaat van Configuration.PrivateKey',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_grant',
    "user hasn't approved this consumer",
    'MISCONFIGURED',
    'pre-authorise',
    'keur het profiel van de gebruiker',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_app_access',
    'user is not admin approved to access this app',
    'MISCONFIGURED',
    'not admin approved',
    'niet door een beheerder goedgekeurd',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_grant',
    'Audience validation failed',
    'MISCONFIGURED',
    'Configuration.JwtAudience is not accepted',
    'Configuration.JwtAudience wordt niet geaccepteerd',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_grant',
    'expired authorization code',
    'MISCONFIGURED',
    'set the clock of this machine',
    'zet de klok van deze machine',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_assertion',
    'assertion expired',
    'MISCONFIGURED',
    'set the clock of this machine',
    'zet de klok van deze machine',
  ],
  [
    'jwt_bearer',
    400,
    'invalid_grant',
    'invalid assertion',
    'MISCONFIGURED',
    'Configuration.PrivateKey must belong',
    'Configuration.PrivateKey moet bij',
  ],
  [
    'password',
    400,
    'invalid_grant',
    'authentication failure',
    'MISCONFIGURED',
    'Password or SecurityToken is wrong',
    'Password of SecurityToken is onjuist',
  ],
  [
    'password',
    400,
    'unsupported_grant_type',
    'grant type not supported',
    'MISCONFIGURED',
    'blocks the username-password flow',
    'blokkeert de username-password flow',
  ],
  [
    'client_credentials',
    400,
    'unsupported_grant_type',
    'grant type not supported',
    'MISCONFIGURED',
    'does not offer the flow',
    'biedt deze app de flow',
  ],
  [
    'password',
    400,
    'invalid_grant',
    'expired access/refresh token',
    'MISCONFIGURED',
    'a policy of the app',
    'een beleid van de app',
  ],
  ['client_credentials', 400, 'invalid_scope', '', 'MISCONFIGURED', 'OAuth scope', 'OAuth-scope'],
  ['client_credentials', 400, 'inactive_user', '', 'MISCONFIGURED', 'is inactive', 'is inactief'],
  [
    'client_credentials',
    400,
    'inactive_org',
    '',
    'MISCONFIGURED',
    'Salesforce Support',
    'Salesforce Support',
  ],
  ['client_credentials', 400, 'ip restricted', '', 'MISCONFIGURED', 'IP ranges', 'IP ranges'],
  [
    'client_credentials',
    400,
    'rate_limit_exceeded',
    'login rate exceeded',
    'RATE_LIMITED',
    'more often than Salesforce allows',
    'vaker aan dan Salesforce toestaat',
  ],
  ['client_credentials', 503, 'server_error', '', 'UNAVAILABLE', 'for now', 'kan nu niemand'],
  ['client_credentials', 400, 'invalid_request', 'missing', 'MISCONFIGURED', 'check', 'controleer'],
  [
    'client_credentials',
    400,
    'invalid_grant',
    'something new',
    'MISCONFIGURED',
    'Setup > Login History',
    'Setup > Login History',
  ],
]

test.each(answers)(
  'with %s, %i %s (%s) is %s and names what to do',
  (flow, status, error, description, code, en, nl) => {
    const answer = { error, ...(description !== '' && { error_description: description }) }
    const said = description === '' ? error : `${error}: ${description}`

    const english = toSignInError(status, answer, flow, url, 'en')
    expect(english).toBeInstanceOf(ConnectorError)
    expect(english.code).toBe(code)
    expect(english.message).toMatch(/^Cannot sign in: /)
    expect(english.message).toContain(en)
    expect(english.message.endsWith(`. Salesforce said: ${said}`)).toBe(true)

    const dutch = toSignInError(status, answer, flow, url, 'nl')
    expect(dutch.code).toBe(code)
    expect(dutch.message).toMatch(/^Aanmelden lukt niet: /)
    expect(dutch.message).toContain(nl)
    expect(dutch.message.endsWith(`. Salesforce meldde: ${said}`)).toBe(true)
  },
)

test('every row is the first for one of the answers above, so that none hides behind another', () => {
  const first = answers.map(([flow, , error, description]) =>
    signInRows.findIndex(
      (row) =>
        row.errors.includes(error) &&
        (row.description?.test(description) ?? true) &&
        (row.flow ?? flow) === flow,
    ),
  )
  expect([...signInRows.keys()].filter((index) => !first.includes(index))).toEqual([])
})

/** Bodies that say nothing, as they are after JSON.parse; undefined where that failed. */
const silent = [
  undefined,
  null,
  42,
  '',
  'Bad Request',
  [],
  ['x'],
  {},
  { error: 7 },
  { error: null },
  { error: '' },
]

test.each(silent)('the body %j says nothing: the address is asked about, or the status told', (answer) => {
  for (const flow of flows) {
    const english = toSignInError(404, answer, flow, url, 'en')
    expect([english.code, english.message]).toEqual([
      'MISCONFIGURED',
      `Cannot sign in: ${url.href} answered with status 404 and no token: is it the address of a Salesforce org (Configuration.BaseUrl, AuthenticationUri)? A sandbox may have been deleted, refreshed or renamed`,
    ])
    const dutch = toSignInError(404, answer, flow, url, 'nl')
    expect(dutch.message).toBe(
      `Aanmelden lukt niet: ${url.href} antwoordde met status 404 en zonder token: is dit het adres van een Salesforce-org (Configuration.BaseUrl, AuthenticationUri)? Een sandbox kan zijn verwijderd, vernieuwd of hernoemd`,
    )
  }
})

test.each([429, 500, 502, 503])('status %i without a reason is an outage, not a wrong setting', (status) => {
  const error = toSignInError(status, undefined, 'jwt_bearer', url, 'nl')
  expect([error.code, error.message]).toEqual([
    'UNAVAILABLE',
    `Aanmelden lukt niet: acme.my.salesforce.com antwoordde met status ${status}`,
  ])
})

test.each(['constructor', '__proto__', 'toString', 'INVALID_GRANT', 'nothing_known'])(
  'the error %s is none that is known: what Salesforce said is shown',
  (error) => {
    const english = toSignInError(400, JSON.parse(`{"error":"${error}"}`), 'password', url, 'en')
    expect([english.code, english.message]).toEqual([
      'MISCONFIGURED',
      `Cannot sign in: Salesforce refused, see what it said. Salesforce said: ${error}`,
    ])
    const dutch = toSignInError(503, { error, error_description: 'later' }, 'password', url, 'nl')
    expect([dutch.code, dutch.message]).toEqual([
      'UNAVAILABLE',
      `Aanmelden lukt niet: Salesforce weigerde, zie wat het meldde. Salesforce meldde: ${error}: later`,
    ])
  },
)

test('a description of any length is cut, so that an audit line stays one', () => {
  const answer = { error: 'invalid_grant', error_description: 'x'.repeat(100_000) }
  expect(toSignInError(400, answer, 'password', url, 'en').message.length).toBeLessThan(1000)
})
