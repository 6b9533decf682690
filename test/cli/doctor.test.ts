import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../doctor/finding.ts'
import { remedies } from '../../doctor/remedies.ts'
import { signInFindings, signInRows } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import { testPrivateKey } from '../../simulator/org/keys.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import type { Fault } from '../../simulator/faults/faults.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import type { Table } from '../../simulator/org/table.ts'
import { root } from '../process.ts'
import { isWrite } from '../requests.ts'
import { type Case, examined, healthySettings } from './examined.ts'
import { environmentFor, tool, toolProcess, withFolder } from './tool.ts'

const rest = 'salesforce-apex-rest'
const { integration } = seedIds.users
const jwt = {
  AuthenticationFlow: 'jwt_bearer',
  UserName: seedCredentials.userName,
  PrivateKey: testPrivateKey,
}
const password = { AuthenticationFlow: 'password', UserName: seedCredentials.userName, Password: 'wrong-one' }

const lacking =
  (...rights: string[]) =>
  ({ org }: SimulatedOrg): void =>
    void org.missingRights.set(integration, new Set(rights as never[]))

const answering =
  (when: Fault['when'], status: number, body: unknown, headers?: Record<string, string>) =>
  (org: SimulatedOrg): void =>
    void org.fault({ when, effect: { kind: 'answer', status, body, ...(headers && { headers }) } })

const refusing = (error: string, error_description: string) =>
  answering({ path: /oauth2\/token/ }, 400, { error, error_description })

function change<R extends { Id: string }>(table: Table<R>, id: string, changes: Partial<R>): void {
  const row = table.get(id)
  if (row === undefined) throw new Error(`the seed has no ${id}`)
  table.update(row, changes)
}

const customField = (over: object) => (org: SimulatedOrg) => {
  org.org.customFields = [{ name: 'Badge__c', label: 'Badge', type: 'string', length: 10, ...over }]
}

/** One broken precondition each: what is wrong, and the one finding that names it. */
const broken: readonly (readonly [what: string, code: string, one: Case])[] = [
  ['a setting that cannot be', 'CONFIGURATION_INVALID', { settings: { DisableMode: 'vanish' } }],
  ['no client id', 'CONFIGURATION_INVALID', { settings: { ClientID: '' } }],
  [
    'an address that nobody has',
    'HOST_NOT_FOUND',
    { settings: { BaseUrl: 'https://acme.my.salesforce.invalid' } },
  ],
  ['a port on which nobody listens', 'HOST_UNREACHABLE', { settings: { BaseUrl: 'http://127.0.0.1:9' } }],
  ['something else than Salesforce', 'NOT_SALESFORCE', { org: answering({ path: /data$/ }, 404, '<html>') }],
  [
    'an address that sends on',
    'NOT_SALESFORCE',
    { org: answering({ path: /data$/ }, 302, undefined, { location: 'https://other.example/' }) },
  ],
  [
    'a clock that is off, with JWT',
    'CLOCK_SKEW',
    { settings: jwt, org: ({ dialect }) => void (dialect.clockSkewSeconds = 600) },
  ],
  [
    'a flow at the wrong host',
    'MY_DOMAIN_NEEDED',
    { org: ({ org }) => void (org.connectedApp.signInHost = 'login') },
  ],
  ['no run-as user', 'RUN_AS_USER_MISSING', { org: ({ org }) => void (org.connectedApp.runAsUserId = null) }],
  [
    'a flow that is off',
    'FLOW_NOT_ENABLED',
    { org: ({ org }) => void (org.connectedApp.clientCredentialsEnabled = false) },
  ],
  ['another client id', 'CLIENT_ID_UNKNOWN', { settings: { ClientID: '3MVG9.other' } }],
  ['another client secret', 'CLIENT_SECRET_WRONG', { settings: { ClientSecret: 'another-secret' } }],
  [
    'a client id without that certificate',
    'CERTIFICATE_UNKNOWN',
    { settings: jwt, org: refusing('invalid_client', 'invalid client credentials') },
  ],
  [
    'a user who is not pre-authorised',
    'NOT_PREAUTHORISED',
    { settings: jwt, org: ({ org }) => void (org.connectedApp.preAuthorised = false) },
  ],
  ['another audience', 'AUDIENCE_REFUSED', { settings: { ...jwt, JwtAudience: 'https://login.example' } }],
  [
    'an assertion that came late',
    'ASSERTION_EXPIRED',
    { settings: jwt, org: refusing('invalid_grant', 'expired authorization code') },
  ],
  [
    'a key that the app does not know',
    'ASSERTION_REFUSED',
    { settings: jwt, org: ({ org }) => void (org.certificates = []) },
  ],
  [
    'a sign-in that a policy ended',
    'SIGN_IN_ENDED',
    { org: refusing('invalid_grant', 'expired access/refresh token') },
  ],
  [
    'a wrong password',
    'PASSWORD_REFUSED',
    { settings: password, start: { dialect: { passwordFlow: 'allowed' } } },
  ],
  ['a blocked password flow', 'PASSWORD_FLOW_BLOCKED', { settings: password }],
  [
    'a flow that is not offered',
    'FLOW_NOT_OFFERED',
    { org: refusing('unsupported_grant_type', 'grant type not supported') },
  ],
  [
    'a scope that is refused',
    'SCOPE_MISSING',
    { org: refusing('invalid_scope', 'the requested scope is not allowed') },
  ],
  [
    'a token without the scope api',
    'SCOPE_MISSING',
    { org: ({ org }) => void (org.connectedApp.scope = 'openid id') },
  ],
  [
    'a run-as user who is inactive',
    'RUN_AS_USER_INACTIVE',
    { org: ({ org }) => change(org.users, integration, { IsActive: false }) },
  ],
  ['an org that is locked', 'ORG_INACTIVE', { org: refusing('inactive_org', 'organization is locked') }],
  [
    'an address that may not sign in',
    'ADDRESS_NOT_ALLOWED',
    { org: refusing('ip restricted', 'ip restricted') },
  ],
  ['too many sign-ins', 'SIGN_IN_TOO_OFTEN', { org: refusing('rate_limit_exceeded', 'login rate exceeded') }],
  [
    'a sign-in service in distress',
    'SALESFORCE_UNAVAILABLE',
    { org: refusing('temporarily_unavailable', 'try later') },
  ],
  [
    'a sign-in that lacks a part',
    'SIGN_IN_INCOMPLETE',
    { org: refusing('invalid_request', 'missing parameter') },
  ],
  [
    'a refusal without a reason',
    'SIGN_IN_REFUSED',
    { org: refusing('access_denied', 'end-user denied authorization') },
  ],
  [
    'an org without its API',
    'API_DISABLED',
    { start: { dialect: { scimEnabled: false, restEnabled: false } } },
  ],
  ['a user without API Enabled', 'API_DISABLED', { org: lacking('ApiEnabled') }],
  [
    'an org without REST, which is all there is',
    'API_DISABLED',
    { connector: rest, start: { dialect: { restEnabled: false } } },
  ],
  ['an org without SCIM', 'SCIM_DISABLED', { start: { dialect: { scimEnabled: false } } }],
  ['an org with SCIM alone', 'REST_DISABLED', { start: { dialect: { restEnabled: false } } }],
  [
    'SCIM without PATCH',
    'SCIM_INCOMPLETE',
    {
      org: answering({ path: /ServiceProviderConfigs/ }, 200, {
        patch: { supported: 'false' },
        filter: { supported: true },
      }),
    },
  ],
  ['a version that is not there yet', 'API_VERSION_UNKNOWN', { settings: { ApiVersion: '99.0' } }],
  [
    'a version without the fields of assignments',
    'API_VERSION_TOO_OLD',
    { settings: { ApiVersion: '51.0' } },
  ],
  ['a version without permission set groups', 'API_VERSION_TOO_OLD', { settings: { ApiVersion: 'v44.0' } }],
  ['a version that Salesforce has ended', 'CONFIGURATION_INVALID', { settings: { ApiVersion: '30.0' } }],
  [
    'a way to sign in that Salesforce ends',
    'PASSWORD_FLOW_ENDS',
    {
      settings: {
        ...password,
        Password: seedCredentials.password,
        SecurityToken: seedCredentials.securityToken,
      },
      start: { dialect: { passwordFlow: 'allowed' } },
    },
  ],
  ['a version that is old', 'API_VERSION_OLD', { settings: { ApiVersion: '52.0' } }],
  [
    'no API requests left',
    'API_REQUESTS_USED_UP',
    { connector: rest, org: ({ org }) => void (org.apiUsage.used = org.apiUsage.limit) },
  ],
  [
    'few API requests left',
    'API_REQUESTS_LOW',
    { org: ({ org }) => void (org.apiUsage.used = org.apiUsage.limit - 500) },
  ],
  ['no Manage Users', 'MANAGE_USERS_MISSING', { org: lacking('ManageUsers') }],
  ['no Manage Internal Users', 'MANAGE_INTERNAL_USERS_MISSING', { org: lacking('ManageInternalUsers') }],
  ['no Assign Permission Sets', 'ASSIGN_PERMISSION_SETS_MISSING', { org: lacking('AssignPermissionSets') }],
  ['no View Setup', 'VIEW_SETUP_MISSING', { org: lacking('ViewSetup') }],
  [
    'permission set groups that are not shown',
    'NOT_VISIBLE',
    { org: ({ org }) => void org.hidden.set(integration, new Set(['PermissionSetGroup'])) },
  ],
  [
    'a feature license that is described and not shown',
    'NOT_VISIBLE',
    {
      org: (org) => {
        // Without /composite each query goes by itself.
        answering({ path: /composite$/, body: /SELECT%20UserPermissions/ }, 404, [])(org)
        answering({ search: /SELECT%20UserPermissions/ }, 400, [
          {
            errorCode: 'INVALID_FIELD',
            message: "No such column 'UserPermissionsMarketingUser' on entity 'User'.",
          },
        ])(org)
      },
      settings: { PermissionTypes: 'FeatureLicense' },
    },
  ],
  [
    'a mapped profile that is not shown',
    'VIEW_SETUP_MISSING',
    {
      connector: rest,
      org: ({ org }) => void org.hidden.set(integration, new Set(['User.ProfileId'])),
      mapping: [{ name: 'ProfileId', forCreate: true, forUpdate: false }],
    },
  ],
  ['no profile at all', 'DEFAULT_PROFILE_MISSING', { settings: { DefaultProfile: '' } }],
  ['a profile of another name', 'PROFILE_NOT_FOUND', { settings: { DefaultProfile: 'standard user' } }],
  [
    'a fallback that is not there',
    'PROFILE_NOT_FOUND',
    { settings: { FallbackProfiles: "Salesforce = Sales Rep's Profiles" } },
  ],
  [
    'a profile of guests',
    'PROFILE_NOT_FOR_EMPLOYEES',
    { settings: { DefaultProfile: seedIds.profiles.guest } },
  ],
  [
    'a licence without seats',
    'SEATS_USED_UP',
    { org: ({ org }) => change(org.userLicenses, seedIds.userLicenses.salesforce, { TotalLicenses: 1 }) },
  ],
  ['a locale that is not offered', 'LOCALE_NOT_OFFERED', { settings: { DefaultLocale: 'nl-NL' } }],
  ['a language that is not offered', 'LANGUAGE_NOT_OFFERED', { settings: { DefaultLanguage: 'fy' } }],
  ['a time zone that is not offered', 'TIME_ZONE_NOT_OFFERED', { settings: { DefaultTimezone: 'CET' } }],
  ['an encoding that is not offered', 'ENCODING_NOT_OFFERED', { settings: { DefaultEmailEncoding: 'utf8' } }],
  [
    'a fixed locale that is not offered',
    'LOCALE_NOT_OFFERED',
    { mapping: [{ name: 'locale', fixed: 'nl_BR' }] },
  ],
  [
    'a country that is not in the list',
    'PLACE_NOT_OFFERED',
    { start: { dialect: { stateCountryPicklists: true } }, mapping: [{ name: 'country', fixed: 'Holland' }] },
  ],
  [
    'countries of persons where there is a list',
    'PLACES_FROM_LIST',
    { start: { dialect: { stateCountryPicklists: true } }, mapping: [{ name: 'country' }] },
  ],
  ['a field that the connector does not have', 'FIELD_NOT_FOUND', { mapping: [{ name: 'titel' }] }],
  [
    'a path that no person has',
    'PERSON_PATH_UNKNOWN',
    {
      mapping: [
        { unknownPaths: [{ path: 'Person.PrimaryContract.Titel', nearest: 'Title', isUncertain: false }] },
      ],
    },
  ],
  [
    'a value that is no value',
    'MAPPING_VALUE_INVALID',
    { mapping: [{ faults: ['Create: Value is empty'] }] },
  ],
  [
    'a custom field that the org does not have',
    'FIELD_NOT_FOUND',
    { mapping: [{ name: 'Bagde__c' }], org: customField({}) },
  ],
  [
    'a field of REST that the org does not have',
    'FIELD_NOT_FOUND',
    { connector: rest, mapping: [{ name: 'MiddleName' }] },
  ],
  [
    'a field that may not be written',
    'FIELD_READ_ONLY',
    { mapping: [{ name: 'Badge__c' }], org: customField({ readOnly: true }) },
  ],
  [
    'a field in two spellings',
    'FIELD_MAPPED_TWICE',
    { mapping: [{ name: 'externalId' }, { name: 'externalID' }] },
  ],
  [
    'a field by its older name as well',
    'FIELD_MAPPED_TWICE',
    { connector: rest, mapping: [{ name: 'ProfileId' }, { name: 'UserProfile' }] },
  ],
  [
    'a fixed value that is too long',
    'VALUE_NOT_ACCEPTED',
    { mapping: [{ name: 'Badge__c', fixed: '12345678901' }], org: customField({}) },
  ],
  [
    'a fixed value that is not in the picklist',
    'VALUE_NOT_ACCEPTED',
    {
      mapping: [{ name: 'Badge__c', fixed: 'Gold' }],
      org: customField({ type: 'picklist', picklist: ['Silver'] }),
    },
  ],
  [
    'a fixed text for a checkbox',
    'VALUE_NOT_ACCEPTED',
    { mapping: [{ name: 'Badge__c', fixed: 'maybe' }], org: customField({ type: 'boolean' }) },
  ],
  [
    'a fixed manager who is something else',
    'VALUE_NOT_ACCEPTED',
    { mapping: [{ name: 'manager', fixed: seedIds.profiles.standardUser }] },
  ],
  [
    'a fixed address that is none',
    'VALUE_NOT_ACCEPTED',
    { connector: rest, mapping: [{ name: 'SenderEmail', fixed: 'info' }] },
  ],
  [
    'a required field that nothing is mapped to',
    'REQUIRED_FIELD_NOT_MAPPED',
    { org: customField({ required: true }) },
  ],
  ['a chosen type that the org does not have', 'FEATURE_OFF', { settings: { permissiontypes: 'Territory' } }],
  [
    "a customer's own resource that is not there",
    'APEX_REST_NOT_FOUND',
    { connector: rest, settings: { ApexRestPath: 'helloid/users' } },
  ],
  [
    'records without an owner',
    'OBJECT_NOT_TRANSFERABLE',
    { connector: rest, settings: { TransferRecords: 'Profile' } },
  ],
  [
    'contacts that cannot be read',
    'CONTACTS_NOT_VISIBLE',
    {
      connector: rest,
      settings: { ContactBackedUsers: true },
      org: answering({ search: /FROM%20Contact/ }, 400, [
        { errorCode: 'INVALID_TYPE', message: 'not supported' },
      ]),
    },
  ],
  [
    'tokens of others that are not shown',
    'SESSIONS_NOT_VISIBLE',
    { connector: rest, settings: { EndSessionsOnDisable: true }, org: lacking('CustomizeApplication') },
  ],
  [
    'sessions that cannot be read',
    'SESSIONS_NOT_VISIBLE',
    {
      connector: rest,
      settings: { EndSessionsOnDisable: true },
      org: answering({ body: /AuthSession/ }, 403, [
        { errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' },
      ]),
    },
  ],
  [
    'no API requests left for looking into an option',
    'API_REQUESTS_USED_UP',
    {
      connector: rest,
      settings: { ContactBackedUsers: true },
      org: answering({ search: /FROM%20Contact/ }, 403, [
        { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' },
      ]),
    },
  ],
  ['a sign-in that a gateway answers', 'NOT_ANSWERED', { org: answering({ path: /oauth2/ }, 503, '<html>') }],
  [
    'a sign-in that something else answers',
    'NOT_SALESFORCE',
    { org: answering({ path: /oauth2/ }, 404, '<html>') },
  ],
  [
    'a refusal that has no name of its own',
    'REFUSED',
    { org: answering({ path: /Users$/ }, 400, [{ errorCode: 'OUT_OF_ORDER', message: 'Not today' }]) },
  ],
  [
    'a sign-in that gives an empty token',
    'NOT_SALESFORCE',
    { org: answering({ path: /oauth2/ }, 200, { access_token: '' }) },
  ],
  [
    'a sign-in that gives a token that cannot be sent',
    'NOT_SALESFORCE',
    { org: answering({ path: /oauth2/ }, 200, { access_token: 'two\nlines' }) },
  ],
  ['limits that are none', 'REFUSED', { org: answering({ path: /limits$/ }, 200, []) }],
  [
    'a User object that is described without fields',
    'REFUSED',
    {
      org: (org) => {
        answering({ path: /composite$/ }, 404, '')(org)
        answering({ path: /describe$/ }, 200, { createable: true, fields: [] })(org)
      },
    },
  ],
  [
    'an integration user who cannot read its own account',
    'REFUSED',
    {
      org: (org) => {
        answering({ path: /composite$/ }, 404, '')(org)
        answering({ search: /Profile\.UserLicense\.Name%20FROM%20User%20/ }, 400, [
          { errorCode: 'OUT_OF_ORDER', message: 'Not today' },
        ])(org)
      },
    },
  ],
]

const bad = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ outcome }) => outcome === 'failed' || outcome === 'warning')

test.each(broken)('%s is the one thing that is found: %s', async (_what, code, one) => {
  const { findings, org } = await examined(one)
  const [found, ...more] = bad(findings)
  expect(more).toEqual([])
  expect(found?.code).toBe(code)
  expect(found?.fix).toMatch(/^[A-Z].{20,}\.$/)
  expect(org.unfiredFaults()).toEqual([])
  expect(org.requests.filter(isWrite)).toEqual([])
})

test('a version that Salesforce ends is too old for permissions as well', async () => {
  const { findings } = await examined({ settings: { ApiVersion: '40.0' } })
  expect(bad(findings).map(({ code }) => code)).toEqual(['API_VERSION_TOO_OLD', 'API_VERSION_ENDS'])
  expect(bad(findings)[1]?.message).toBe("Salesforce retires ApiVersion 40.0 in Summer '28")
})

test('every finding that there can be is met in these orgs, or has a test of its own', () => {
  const met = new Set(broken.map(([, code]) => code))
  const all = [...Object.keys(remedies), ...signInFindings]
  expect(all.filter((code) => !met.has(code))).toEqual(['TLS_UNTRUSTED', 'API_VERSION_ENDS'])
  expect(signInRows.map(({ finding }) => finding).filter((name) => !signInFindings.includes(name))).toEqual(
    [],
  )
})

test.each(['salesforce-scim', rest])('nothing is wrong with the seeded org: %s', async (connector) => {
  const { findings, org, log } = await examined({ connector })
  expect(findings.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
  expect(new Set(findings.map(({ part }) => part)).size).toBe(8)
  expect(org.requests.filter(isWrite)).toEqual([])
  for (const secret of [seedCredentials.clientSecret, '!AQ']) {
    expect(log + JSON.stringify(findings)).not.toContain(secret)
  }
})

test('a clock that is off is no reason to fail without signed assertions', async () => {
  const { findings } = await examined({ org: ({ dialect }) => void (dialect.clockSkewSeconds = -300) })
  expect(bad(findings)).toMatchObject([{ outcome: 'warning', code: 'CLOCK_SKEW' }])
  expect(bad(findings)[0]?.message).toMatch(/^this machine's clock is (299|300|301) s ahead of Salesforce's$/)
})

test('several broken things are all found at once', async () => {
  const { findings } = await examined({
    org: lacking('ViewSetup', 'AssignPermissionSets'),
    settings: { DefaultProfile: 'Nobody', DefaultLocale: 'xx' },
    mapping: [{ name: 'titel' }, { name: 'Bagde__c' }],
  })
  expect(bad(findings).map(({ code }) => code)).toEqual([
    'ASSIGN_PERMISSION_SETS_MISSING',
    'VIEW_SETUP_MISSING',
    'LOCALE_NOT_OFFERED',
    'FIELD_NOT_FOUND',
    'FIELD_NOT_FOUND',
  ])
})

test('without UserPermissionAccess, reads that need a right show whether it is there', async () => {
  const only = (codes: readonly string[]) => async (org: (org: SimulatedOrg) => void) => {
    const { findings } = await examined({
      org: (started) => {
        org(started)
        started.dialect.userPermissionAccess = false
      },
    })
    expect(bad(findings).map(({ code }) => code)).toEqual(codes)
    const unknown = findings.filter(({ part, outcome }) => part === 'rights' && outcome === 'skipped')
    expect(unknown.map(({ check }) => check)).toEqual(['Assign Permission Sets'])
  }
  await only([])(() => undefined)
  await only(['MANAGE_USERS_MISSING'])(lacking('ManageUsers'))
  await only(['MANAGE_USERS_MISSING', 'MANAGE_INTERNAL_USERS_MISSING'])(
    lacking('ManageUsers', 'ManageInternalUsers'),
  )
})

test('with SCIM alone, what only REST can tell is skipped, and the rest is checked', async () => {
  const { findings } = await examined({ settings: { UseRestApi: false } })
  expect(bad(findings)).toEqual([])
  expect(findings.filter(({ outcome }) => outcome === 'skipped').map(({ check }) => check)).toEqual([
    'REST',
    'Not checked',
  ])
  expect(findings.find(({ check }) => check === 'SCIM users')?.outcome).toBe('ok')
})

test('an org that answers too slowly is told of as soon as the time of the doctor is up', async () => {
  const now = process.uptime()
  let later = 0
  const clock = jest.spyOn(process, 'uptime').mockImplementation(() => now + later)
  try {
    const { findings, org } = await examined({ start: { onRequest: () => (later += 20) } })
    expect(bad(findings).map(({ code }) => code)).toContain('NOT_ANSWERED')
    // The org's address, the sign-in, and what was asked in half a minute.
    expect(org.requests.length).toBeLessThanOrEqual(4)
  } finally {
    clock.mockRestore()
  }
})

test('the dialects that a doubt about Salesforce allows are all healthy', async () => {
  for (const dialect of ['documented', 'pilot'] as const) {
    expect(bad((await examined({ start: { dialect } })).findings)).toEqual([])
  }
  const places = { stateCountryPicklists: true, middleNames: true, territoryManagement: true }
  const { findings } = await examined({
    start: { dialect: places },
    settings: { PermissionTypes: 'Territory' },
    mapping: [{ name: 'country', fixed: 'Netherlands' }],
  })
  expect(bad(findings)).toEqual([])
})

test('a profile and a role may be fixed by their names, and a country by the code of the list', async () => {
  const { findings } = await examined({
    connector: rest,
    start: { dialect: { stateCountryPicklists: true } },
    mapping: [
      { name: 'ProfileId', fixed: 'Standard User' },
      { name: 'UserRoleId', fixed: 'EMEA Sales' },
      { name: 'CountryCode', fixed: 'NL' },
    ],
  })
  expect(bad(findings)).toEqual([])
})

test('the options of the REST connector are good where the org has what they need', async () => {
  const { findings } = await examined({
    connector: rest,
    start: { seed: { records: true }, dialect: { apexRestPath: 'helloid/users' } },
    settings: {
      ApexRestPath: 'helloid/users',
      TransferRecords: 'Account, Opportunity, Case',
      ContactBackedUsers: true,
      EndSessionsOnDisable: true,
    },
  })
  expect(bad(findings)).toEqual([])
  const options = findings.filter(({ part, check }) => part === 'options' && check !== 'Features')
  expect(options.map(({ check }) => check)).toEqual([
    'ApexRestPath',
    'TransferRecords',
    'TransferRecords',
    'TransferRecords',
    'ContactBackedUsers',
    'EndSessionsOnDisable',
  ])
})

test('that the simulated org is not running is guessed where this machine refuses', async () => {
  const { findings } = await examined({ settings: { BaseUrl: 'http://127.0.0.1:9' } })
  expect(bad(findings)[0]?.message).toBe('127.0.0.1:9 refused the connection: is the simulated org running?')
})

test('a profile is judged as a create would: Chatter is for employees, partners are for who wants them', async () => {
  const chatter = { DefaultProfile: seedIds.profiles.chatterFreeUser }
  expect(bad((await examined({ settings: chatter })).findings)).toEqual([])
  const partners = { DefaultProfile: seedIds.portalProfiles.partner }
  const start = { seed: { records: true } }
  const codes = async (settings: Record<string, unknown>) =>
    bad((await examined({ connector: rest, start, settings })).findings).map(({ code }) => code)
  expect(await codes(partners)).toEqual(['PROFILE_NOT_FOR_EMPLOYEES'])
  expect(await codes({ ...partners, ContactBackedUsers: true })).toEqual([])
  const guests = { DefaultProfile: seedIds.profiles.guest, ContactBackedUsers: true }
  expect(await codes(guests)).toEqual(['PROFILE_NOT_FOR_EMPLOYEES'])
})

test('settings are found whatever the case of their names', async () => {
  const settings = { language: 'nl', permissionTYPES: 'Territory' }
  const { findings } = await examined({ settings })
  expect(bad(findings)).toMatchObject([{ code: 'FEATURE_OFF', fix: remedies.FEATURE_OFF.nl }])
})

test('what to do is said in Dutch where the settings say so', async () => {
  const { findings } = await examined({ settings: { Language: 'nl', DefaultProfile: 'Nobody' } })
  expect(bad(findings)[0]?.fix).toBe(remedies.PROFILE_NOT_FOUND.nl)
  const { findings: signIn } = await examined({
    settings: { Language: 'nl', ClientSecret: 'another-secret' },
  })
  expect(bad(signIn)[0]?.fix).toMatch(/^Configuration\.ClientSecret hoort niet bij/)
})

describe('the command', () => {
  let org: SimulatedOrg
  beforeAll(async () => {
    org = await startSimulator()
  })
  afterAll(() => org.close())

  test('shows a healthy org with a tick for each check, and ends with 0', async () => {
    const { code, stdout, stderr } = await tool(['doctor'], { env: environmentFor(org.url) })
    expect(code).toBe(0)
    expect(stderr).toContain(`doctor, salesforce-scim at ${org.url}`)
    expect(stderr).toContain(
      'From the environment: SALESFORCE_BASE_URL, SALESFORCE_CLIENT_ID, SALESFORCE_CLIENT_SECRET',
    )
    expect(stdout).toMatch(/^Rights\n✓ Integration user +integration@acme\.example/m)
    expect(stdout).toMatch(/^✓ Mapped fields +23 exist and can be written$/m)
    expect(stdout).toMatch(/^All \d+ checks are good\.$/m)
    expect(stdout).not.toMatch(/[✗!\u001b]/)
    expect(org.requests.filter(isWrite)).toEqual([])
  })

  test('examines for the REST connector with its own mapping, and for a mapping of a customer', async () => {
    const mapping = JSON.parse(readFileSync(join(root, 'fieldMapping.json'), 'utf8')) as {
      MappingFields: { Name: string; MappingActions: { Value: string }[] }[]
    }
    for (const field of mapping.MappingFields) {
      if (field.Name === 'title') field.Name = 'titel'
      // A constant that is no text in its JSON is one all the same: a host sends texts.
      if (field.Name === 'emailEncodingKey') for (const action of field.MappingActions) action.Value = 'true'
    }
    await withFolder({ 'mapping.json': JSON.stringify(mapping) }, async (cwd) => {
      const env = environmentFor(org.url)
      const own = await tool(['doctor', '--connector', rest], { env, cwd })
      expect(own.code).toBe(0)
      expect(own.stdout).toMatch(/^✓ Mapped fields /m)
      const theirs = await tool(['doctor', '--mapping', 'mapping.json'], { env, cwd })
      expect(theirs.code).toBe(1)
      expect(theirs.stdout).toMatch(
        /^✗ titel +the mapping has a field that does not exist: is title meant\?$/m,
      )
      expect(theirs.stdout).toMatch(/^ +→ Correct the name in the field mapping/m)
      expect(theirs.stdout).toMatch(
        /^✗ E-mail encoding +the fixed value of emailEncodingKey \[true\] is not offered/m,
      )
      expect(theirs.stdout).toMatch(/^2 of \d+ checks failed\.$/m)
    })
  })

  test('prints with --json one document with the number of failures, and nothing secret', async () => {
    const settings = { ...healthySettings(org.url), DefaultProfile: 'Nobody', ClientIDs: 'x' }
    const { code, stdout, stderr } = await tool(['doctor', '--context', '-', '--json', '--log'], {
      stdin: JSON.stringify(settings),
    })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ failures: 1 })
    expect(stderr).toContain('Configuration.ClientIDs is not a setting: is ClientID meant?')
    expect(stderr).toContain('"level":"information","message":"GET /services/data: 200')
    expect(stdout + stderr).not.toContain(seedCredentials.clientSecret)
  })

  test('tells a certificate that is not trusted from a host that is not there', async () => {
    const read = (name: string): string => readFileSync(join(root, 'test', 'fixtures', name), 'utf8')
    const tls = { key: read('key.pem'), cert: read('certificate.pem') }
    const secure = await startSimulator({ tls })
    try {
      const env = environmentFor(secure.url)
      const { code, stdout } = await tool(['doctor'], { env })
      expect(code).toBe(1)
      expect(stdout).toMatch(/^✓ Host +127\.0\.0\.1:\d+ answers\n✗ TLS +127/m)
      expect(stdout).toContain('TLS_UNTRUSTED')
      expect(secure.requests).toEqual([])
      const trusting = { ...env, NODE_EXTRA_CA_CERTS: join(root, 'test', 'fixtures', 'certificate.pem') }
      // Node reads the file when a process begins.
      const good = await toolProcess(['doctor'], { env: trusting })
      expect(good.stdout).toMatch(/^✓ TLS +the certificate is trusted$/m)
    } finally {
      await secure.close()
    }
  })

  test.each([
    ['a connector that there is not', ['--connector', 'salesforce-soap'], 'There is no connector'],
    ['a mapping that is none', ['--mapping', 'package.json'], 'MappingFields'],
    ['a file that is not there', ['--context', 'nowhere.json'], 'nowhere.json does not exist.'],
    ['an unknown option', ['--fix'], "unknown option '--fix'"],
  ])('refuses %s in one sentence', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await tool(['doctor', ...args])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/ at .*\.(mjs|ts):/)
  })
})

/** Words that an English sentence of ours cannot do without, and a Dutch one never has. */
const english = /\b(?:the|does not|is not|cannot|answers?|have|must|expected|Check|this org|needed|and)\b/

test.each(broken)('with Language nl the findings are Dutch: %s', async (_what, code, one) => {
  const { findings } = await examined({ ...one, settings: { ...one.settings, Language: 'nl' } })
  expect(findings.map((finding) => finding.code)).toContain(code)
  for (const { check, message, fix = '' } of findings) {
    // What Salesforce said, and the names of its pages and rights, stay as they are.
    const own = `${check}: ${message.replace(/Salesforce meldde: .*/s, '')} ${fix}`
      .replace(/\([^()]*(?:Setup|>)[^()]*\)|Setup > [^:,.]*|\[[^\]]*\]|'[^']*'|"[^"]*"/g, '')
      .replace(/Manage [A-Z]\w+( and [A-Z]\w+)?|View Setup and Configuration|OAuth and OpenID/g, '')
    expect(own).not.toMatch(english)
  }
})
