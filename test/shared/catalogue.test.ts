import fc from 'fast-check'
import type { ErrorCode, FaultClass, Retry } from '../../shared/errors.ts'
import {
  catalogue,
  codeOf,
  codeOfStatus,
  explain,
  textForms,
} from '../../shared/salesforce/errors/catalogue.ts'
import type { Advice } from '../../shared/salesforce/errors/catalogueEntry.ts'
import { signInRows } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import {
  adviceOfStatus,
  noExplanation,
  verdictOfStatus,
} from '../../shared/salesforce/errors/catalogueStatus.ts'
import { runs } from '../matrix.ts'

/** Every code that is documented or was seen, with its class, whether repeating helps, and our reaction in a 400. */
const codes: readonly [string, FaultClass, Retry, ErrorCode][] = [
  ['SERVER_UNAVAILABLE', 'transient', 'soon', 'UNAVAILABLE'],
  ['ORG_LOCKED', 'transient', 'later', 'UNAVAILABLE'],
  ['ORG_IN_MAINTENANCE', 'transient', 'later', 'UNAVAILABLE'],
  ['INVALID_QUERY_LOCATOR', 'transient', 'later', 'UNAVAILABLE'],
  ['UNABLE_TO_LOCK_ROW', 'lock', 'soon', 'UNAVAILABLE'],
  ['REQUEST_LIMIT_EXCEEDED', 'limit', 'later', 'RATE_LIMITED'],
  ['LICENSE_LIMIT_EXCEEDED', 'licence', 'no', 'REJECTED'],
  ['LIMIT_EXCEEDED', 'licence', 'no', 'REJECTED'],
  ['DUPLICATE_USERNAME', 'duplicate', 'no', 'NOT_UNIQUE'],
  ['DUPLICATE_COMM_NICKNAME', 'duplicate', 'no', 'NOT_UNIQUE'],
  ['DUPLICATE_VALUE', 'duplicate', 'no', 'NOT_UNIQUE'],
  ['PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', 'duplicate', 'no', 'NOT_UNIQUE'],
  ['REQUIRED_FIELD_MISSING', 'validation', 'no', 'REJECTED'],
  ['STRING_TOO_LONG', 'validation', 'no', 'REJECTED'],
  ['INVALID_EMAIL_ADDRESS', 'validation', 'no', 'REJECTED'],
  ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'validation', 'no', 'REJECTED'],
  ['INVALID_CROSS_REFERENCE_KEY', 'validation', 'no', 'REJECTED'],
  ['MALFORMED_ID', 'validation', 'no', 'REJECTED'],
  ['INACTIVE_OWNER_OR_USER', 'validation', 'no', 'REJECTED'],
  ['FIELD_INTEGRITY_EXCEPTION', 'validation', 'no', 'REJECTED'],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'validation', 'no', 'REJECTED'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'validation', 'no', 'REJECTED'],
  ['CANNOT_EXECUTE_FLOW_TRIGGER', 'validation', 'no', 'REJECTED'],
  ['MIXED_DML_OPERATION', 'validation', 'no', 'REJECTED'],
  ['INVALID_FIELD', 'validation', 'no', 'REJECTED'],
  ['INVALID_FIELD_FOR_INSERT_UPDATE', 'validation', 'no', 'REJECTED'],
  ['UNSUPPORTED_FIELD', 'validation', 'no', 'REJECTED'],
  ['INVALID', 'validation', 'no', 'REJECTED'],
  ['ENTITY_IS_DELETED', 'validation', 'no', 'NOT_FOUND'],
  ['NOT_FOUND', 'validation', 'no', 'NOT_FOUND'],
  ['API_DISABLED_FOR_ORG', 'rights', 'no', 'FORBIDDEN'],
  ['API_CURRENTLY_DISABLED', 'rights', 'no', 'FORBIDDEN'],
  ['INSUFFICIENT_ACCESS', 'rights', 'no', 'FORBIDDEN'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'rights', 'no', 'FORBIDDEN'],
  ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'rights', 'no', 'FORBIDDEN'],
  ['TXN_SECURITY_END_A_SESSION', 'rights', 'no', 'FORBIDDEN'],
  ['MUTUAL_AUTHENTICATION_FAILED', 'rights', 'no', 'FORBIDDEN'],
  ['INVALID_SESSION_ID', 'rights', 'no', 'UNAUTHENTICATED'],
  ['UNSUPPORTED_API_VERSION', 'configuration', 'no', 'MISCONFIGURED'],
  ['LOGIN_MUST_USE_SECURITY_TOKEN', 'configuration', 'no', 'MISCONFIGURED'],
  ['INVALID_TYPE', 'configuration', 'no', 'NOT_FOUND'],
  ['CANNOT_DISABLE_LAST_ADMIN', 'blocked', 'no', 'REJECTED'],
  ['CANNOT_FREEZE_SELF', 'blocked', 'no', 'REJECTED'],
  ['DEPENDENCY_EXISTS', 'blocked', 'no', 'REJECTED'],
  ['USER_WITH_APEX_SHARES_EXCEPTION', 'blocked', 'no', 'REJECTED'],
  ['INVALID_READ_ONLY_USER_DML', 'blocked', 'no', 'REJECTED'],
  ['MALFORMED_QUERY', 'unknown', 'no', 'UNEXPECTED'],
  ['JSON_PARSER_ERROR', 'unknown', 'no', 'UNEXPECTED'],
  ['METHOD_NOT_ALLOWED', 'unknown', 'no', 'UNEXPECTED'],
  ['UNKNOWN_EXCEPTION', 'unknown', 'later', 'REJECTED'],
  ['APEX_ERROR', 'unknown', 'later', 'REJECTED'],
  ['PROCESSING_HALTED', 'unknown', 'no', 'REJECTED'],
  ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'unknown', 'no', 'REJECTED'],
  // RFC 7644 §3.12.
  ['uniqueness', 'duplicate', 'no', 'NOT_UNIQUE'],
  ['tooMany', 'limit', 'no', 'REJECTED'],
  ['mutability', 'validation', 'no', 'REJECTED'],
  ['invalidValue', 'validation', 'no', 'REJECTED'],
  ['noTarget', 'validation', 'no', 'REJECTED'],
  ['invalidFilter', 'unknown', 'no', 'REJECTED'],
  ['invalidPath', 'unknown', 'no', 'REJECTED'],
  ['invalidSyntax', 'unknown', 'no', 'REJECTED'],
  ['invalidVers', 'unknown', 'no', 'REJECTED'],
  ['sensitive', 'unknown', 'no', 'REJECTED'],
]

test.each(codes)('%s is %s, repeated: %s, and becomes %s', (errorCode, faultClass, retry, code) => {
  const entry = explain({ errorCode, message: 'said' }, 400)
  expect({ class: entry?.class, retry: entry?.retry, code: codeOf(entry, 400) }).toEqual({
    class: faultClass,
    retry,
    code,
  })
})

test('the catalogue has the codes of the list and no others', () => {
  expect([...catalogue.keys()].sort()).toEqual(codes.map(([errorCode]) => errorCode).sort())
})

test('what waits for nobody may be repeated, and what may be repeated soon waits for nobody', () => {
  for (const entry of [...catalogue.values(), ...textForms, ...signInRows]) {
    if (entry.retry === 'soon') expect(entry).toMatchObject({ actor: 'nobody' })
    if (entry.actor === 'nobody' && entry.class !== 'unknown') expect(entry.retry).not.toBe('no')
  }
})

test.each([
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'customer automation'],
  ['MIXED_DML_OPERATION', 'customer automation'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'customer automation'],
  ['LICENSE_LIMIT_EXCEEDED', 'Salesforce administrator'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'Salesforce administrator'],
  ['CANNOT_DISABLE_LAST_ADMIN', 'Salesforce administrator'],
  ['UNSUPPORTED_API_VERSION', 'connector administrator'],
  ['STRING_TOO_LONG', 'connector administrator'],
  ['INVALID_EMAIL_ADDRESS', 'HR data'],
  ['INACTIVE_OWNER_OR_USER', 'HR data'],
  ['UNABLE_TO_LOCK_ROW', 'nobody'],
])('on %s the %s has to act', (errorCode, actor) => {
  expect(catalogue.get(errorCode)?.actor).toBe(actor)
})

/** What Salesforce says, with which code and status; the class, whether it is repeated, and what the advice names. */
const texts: readonly [string, string, number, FaultClass, Retry, string][] = [
  ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 403, 'limit', 'later', 'last 24 hours'],
  [
    'REQUEST_LIMIT_EXCEEDED',
    'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    403,
    'limit',
    'soon',
    'long requests',
  ],
  ['REQUEST_LIMIT_EXCEEDED', 'Too many requests', 429, 'limit', 'soon', 'fewer actions'],
  ['', 'Group membership operation already in progress', 409, 'lock', 'soon', 'roles, groups'],
  [
    'UNKNOWN_EXCEPTION',
    'group membership operation already in progress',
    400,
    'lock',
    'soon',
    'roles, groups',
  ],
  ['', 'could not acquire lock', 400, 'lock', 'soon', 'roles, groups'],
  [
    '',
    'unable to obtain exclusive access to this record or 1 records: 0055g000001AbCdEAK',
    409,
    'lock',
    'soon',
    'holds the record',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    "Can't assign permission set Sales Ops to user Kim de Vries. The user license doesn't allow the permission: Read Accounts",
    400,
    'licence',
    'no',
    'Setup > Permission Sets',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'Cannot inactivate user that is the value of a hierarchy field:Regional_Lead__c',
    409,
    'blocked',
    'no',
    'the hierarchy field Regional_Lead__c: give',
  ],
  [
    '',
    'Cannot complete this operation. Cannot inactivate user that is the value of a hierarchy field: User Hierarchy. : Jane Doe',
    500,
    'blocked',
    'no',
    'the hierarchy field User Hierarchy: give',
  ],
  ['', 'You cannot disable the Web to Lead Default Creator.', 409, 'blocked', 'no', 'Setup > Web-to-Lead'],
  [
    '',
    'You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases. Click here',
    409,
    'blocked',
    'no',
    'Setup > Support Settings',
  ],
  [
    '',
    'You cannot deactivate a user who is the default owner of leads',
    409,
    'blocked',
    'no',
    'Setup > Lead Settings',
  ],
  ['', 'You cannot deactivate the Default Lead Owner', 409, 'blocked', 'no', 'Setup > Lead Settings'],
  ['', 'You cannot deactivate the Automated Case User', 409, 'blocked', 'no', 'Automated Case User (Setup'],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'You cannot deactivate the Default Workflow User',
    400,
    'blocked',
    'no',
    'Setup > Process Automation Settings',
  ],
  [
    '',
    'You cannot deactivate this user. You cannot deactivate a user who is receiving cases or notifications as part of your case assignment/escalation rules. Click here to view your case assignment / escalation rules.',
    409,
    'blocked',
    'no',
    'Setup > Escalation Rules',
  ],
  [
    '',
    'You cannot deactivate a user who is receiving leads or notifications as part of your lead assignment rules',
    409,
    'blocked',
    'no',
    'Setup > Lead Assignment Rules',
  ],
  [
    '',
    'You cannot deactivate a user who is the sole recipient of a workflow email alert',
    409,
    'blocked',
    'no',
    'Setup > Email Alerts',
  ],
  [
    '',
    'You cannot deactivate a user who is an approver in an approval process',
    409,
    'blocked',
    'no',
    'Setup > Approval Processes',
  ],
  [
    '',
    'You cannot deactivate a user who is a portal administrator',
    409,
    'blocked',
    'no',
    'Setup > Customer Portal Settings',
  ],
  [
    '',
    'This user is the default owner of records created by guest users and can’t be deactivated',
    409,
    'blocked',
    'no',
    'Setup > Sites',
  ],
  [
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'Cannot insert a user of type guest',
    400,
    'blocked',
    'no',
    'guest user of a site',
  ],
  [
    '',
    'You cannot deactivate this user. You cannot deactivate a user who does something new.',
    409,
    'blocked',
    'no',
    'what Salesforce names',
  ],
  [
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support: 123-456',
    500,
    'unknown',
    'no',
    'Is Single Sign-On Enabled',
  ],
  [
    'INVALID_INPUT',
    'You can only assign users to permission set groups that have the "Updated" status.',
    400,
    'lock',
    'soon',
    'Setup > Permission Set Groups',
  ],
  [
    'UNKNOWN_EXCEPTION',
    'portal account owner must have a role',
    400,
    'validation',
    'no',
    'give that user a role',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'A country/territory must be specified before specifying a state value for field: State/Province',
    400,
    'validation',
    'no',
    'a state needs its country',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    "The existing country/territory doesn't recognize the state value Ontario for field: State/Province",
    400,
    'validation',
    'no',
    'for the country of the account',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: Country/Territory",
    409,
    'validation',
    'no',
    'State and Country/Territory Picklists',
  ],
  ['', 'Country/Territory: invalid country code: XX', 409, 'validation', 'no', 'State and Country/Territory'],
  [
    'INVALID_EMAIL_ADDRESS',
    'Invalid Email Address: Must be in domain(s) acme.example',
    400,
    'validation',
    'no',
    'Setup > Allowed Email Domains',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'The Username must be in the form of an email address (for example, john@acme.com).',
    400,
    'validation',
    'no',
    'correct it in the mapping',
  ],
  [
    'INVALID_EMAIL_ADDRESS',
    'Username: invalid email address: jan',
    400,
    'validation',
    'no',
    'correct it in the mapping',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'Role ID: this user license can not have a role',
    400,
    'validation',
    'no',
    'map no role',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'Contact ID: the contact must belong to an account',
    400,
    'validation',
    'no',
    'give it an account in Salesforce',
  ],
  [
    'FIELD_INTEGRITY_EXCEPTION',
    'Manager: a user can not be its own manager',
    400,
    'validation',
    'no',
    'source system',
  ],
]

test.each(texts)(
  '%s: %s (%i) is %s, repeated: %s',
  (errorCode, message, status, faultClass, retry, named) => {
    const entry = explain({ errorCode, message }, status)
    expect({ class: entry?.class, retry: entry?.retry }).toEqual({ class: faultClass, retry })
    expect(entry?.advice.en).toContain(named)
  },
)

test('every text form is the first for a text above, so that none hides behind another', () => {
  const first = texts.map(([errorCode, message, status]) =>
    textForms.findIndex(
      ({ form, only }) =>
        (only === undefined || (only.errorCode === errorCode && (only.status ?? status) === status)) &&
        form.test(message),
    ),
  )
  expect([...textForms.keys()].filter((index) => !first.includes(index))).toEqual([])
})

test('a text form holds from the first character of the text on, and says where it was seen', () => {
  for (const { form, evidence } of textForms) {
    expect(form.source).toMatch(/^\^/)
    expect(form.flags).not.toMatch(/[gmy]/)
    expect(evidence).toMatch(/^(documented|observed|assumed): .{5,}/)
  }
})

test('a text that only mentions what Salesforce says is not read as what Salesforce says', () => {
  for (const [, message] of texts) {
    const entry = explain({ errorCode: '', message: `Our rule: ${message}` }, 409)
    expect(entry).toBeUndefined()
  }
})

test("a validation rule in a customer's own words stays one, whatever the words are", () => {
  for (const [, message] of texts) {
    const entry = explain({ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message }, 400)
    expect(entry?.actor).toBe('customer automation')
  }
})

test('a code that only Object knows, in the wrong case, or that is none, is not in the catalogue', () => {
  const strangers = [
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'duplicate_username',
    'Not_Found',
    '',
  ]
  for (const errorCode of strangers) {
    expect(explain({ errorCode, message: 'said' }, 400)).toBeUndefined()
    expect(codeOf(undefined, 409)).toBe('REJECTED')
  }
})

test.each<[number, ErrorCode, FaultClass, Retry]>([
  [200, 'UNEXPECTED', 'unknown', 'no'],
  [302, 'UNEXPECTED', 'unknown', 'no'],
  [400, 'REJECTED', 'unknown', 'no'],
  [401, 'UNAUTHENTICATED', 'rights', 'no'],
  [403, 'FORBIDDEN', 'rights', 'no'],
  [404, 'NOT_FOUND', 'unknown', 'no'],
  [405, 'REJECTED', 'unknown', 'no'],
  [408, 'UNAVAILABLE', 'transient', 'soon'],
  [409, 'REJECTED', 'unknown', 'no'],
  [412, 'REJECTED', 'unknown', 'no'],
  [420, 'RATE_LIMITED', 'limit', 'soon'],
  [429, 'RATE_LIMITED', 'limit', 'soon'],
  [500, 'UNAVAILABLE', 'transient', 'later'],
  [501, 'REJECTED', 'unknown', 'no'],
  [502, 'UNAVAILABLE', 'transient', 'soon'],
  [503, 'UNAVAILABLE', 'transient', 'soon'],
  [504, 'UNAVAILABLE', 'transient', 'soon'],
])('without a known code, status %i means %s, %s, repeated: %s', (status, code, faultClass, retry) => {
  expect(codeOfStatus(status)).toBe(code)
  expect(codeOf({ class: 'unknown' }, status)).toBe(code)
  expect(verdictOfStatus(status)).toMatchObject({ class: faultClass, retry })
})

/** Every advice there is, under a name to find it by. */
const advices: readonly [string, Advice][] = [
  ...[...catalogue].map(([code, { advice }]): [string, Advice] => [code, advice]),
  ...texts.map(([errorCode, message, status]): [string, Advice] => [
    message,
    explain({ errorCode, message }, status)?.advice ?? { en: '', nl: '' },
  ]),
  ...textForms.map(({ form, advice }): [string, Advice] => [
    form.source,
    { en: advice.en.replace('$<field>', 'X'), nl: advice.nl.replace('$<field>', 'X') },
  ]),
  ...signInRows.map(({ errors, description, flow, advice }): [string, Advice] => [
    [...errors, description?.source ?? 'any', flow ?? 'any'].join(' '),
    advice,
  ]),
  ...[401, 403, 408, 420, 429, 500, 503].map((status): [string, Advice] => [
    String(status),
    adviceOfStatus(status) ?? { en: '', nl: '' },
  ]),
]

/** Pages of Setup, settings and addresses: they are the same in every language. */
const names = (text: string): string[] =>
  (
    text.match(/Setup(?: > [A-Z][\w/&'()-]*(?: [A-Z&/][\w/&-]*)*)+|Configuration\.\w+|https:\/\/[^\s,)]+/g) ??
    []
  ).sort()

describe.each(advices)('the advice on %s', (_name, { en, nl }) => {
  test.each([
    ['English', en],
    ['Dutch', nl],
  ])('is a whole clause in %s', (_language, text) => {
    expect(text).toMatch(/^(?:[a-z]|Apex|Configuration\.|Salesforce |SCIM )/)
    expect(text).toMatch(/[\p{L}\d)>]$/u)
    expect(text).not.toMatch(/\$<|\{|\}|%s|TODO|undefined|null|\bxxx\b|\s{2}|\s[,.:;)]|\.\./i)
    expect(text.length).toBeGreaterThan(20)
    expect(text.length).toBeLessThan(360)
    expect(text.split('(').length).toBe(text.split(')').length)
  })

  test('is in the language that it says, and names the same pages and settings in both', () => {
    expect(en).not.toBe(nl)
    expect(en).not.toMatch(/\b(?:de|het|een|niet|voer|gebruiker|opnieuw)\b/)
    expect(nl).not.toMatch(/\b(?:the|of the|is not|again|user's|licence)\b/)
    expect(names(nl)).toEqual(names(en))
  })
})

test('an answer without a word is told of in both languages', () => {
  expect(noExplanation.en(503)).toBe('Salesforce answered with status 503 and no explanation')
  expect(noExplanation.nl(503)).toBe('Salesforce antwoordde met status 503 zonder uitleg')
})

test('long and hostile texts are held against all forms in no time', () => {
  const pieces = fc.constantFrom(
    "Can't assign permission set ",
    ' to user ',
    '. The user license',
    'You cannot deactivate a user who is the ',
    'Cannot inactivate user that is the value of a hierarchy field: ',
    'ConcurrentRequests',
    "'",
    '$<field>',
    '\u0000',
  )
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 200, maxLength: 2000 }), (parts) => {
      const entry = explain({ errorCode: '', message: parts.join('') }, 400)
      expect(entry === undefined || entry.advice.en.length < 500).toBe(true)
    }),
    { numRuns: runs(100) },
  )
})

/** Whom the advice speaks to, by what it asks for. */
const addressees: Readonly<Record<string, RegExp>> = {
  nobody: /run the action again|another part of the same request/,
  'connector administrator':
    /Configuration\.|\bmap\b|mapping|correlate|developer or supplier of the connector|correct the id|shorten|this machine/,
  'Salesforce administrator':
    /Setup >|\(Setup|Salesforce Support|recycle bin|in Salesforce\b|in Setup|take (?:the account|it) out of|integration user the right/,
  'HR data': /source system/,
  'customer automation': /whoever maintains|validation rule/,
}

const rows = [
  ...[...catalogue].map(([name, entry]) => [name, entry] as const),
  ...textForms.map((entry) => [entry.form.source, entry] as const),
  ...signInRows.map((entry) => [`${entry.finding} ${entry.errors.join()}`, entry] as const),
]

test.each(rows)(
  '%s: class, retry, actor and advice agree',
  (_name, { class: kind, retry, actor, advice }) => {
    expect(advice.en).toMatch(addressees[actor] ?? /^$/)
    // Who is told to report something is not the one who gets the report.
    expect(advice.en).not.toMatch(
      /whoever maintains the connector|report it to the (?:connector )?administrator/,
    )
    expect(advice.nl).not.toMatch(/beheerder van de connector/)
    if (retry !== 'no') expect(advice.en).toMatch(/\bagain\b|triggers/)
    if (['transient', 'lock'].includes(kind)) expect(retry).not.toBe('no')
    if (['validation', 'duplicate', 'rights', 'configuration', 'blocked', 'licence'].includes(kind))
      expect(retry).toBe('no')
    // A setting of the connector alone is no matter for the administrator of Salesforce.
    if (actor === 'Salesforce administrator' && advice.en.includes('Configuration.'))
      expect(advice.en).toMatch(/Setup|policies|profile/)
  },
)

/** Fields that a refusal with a general code names, without a text that says anything; whom the next step is for, and its words. */
const byField: readonly (readonly [string[], string, string])[] = [
  [['Country'], 'connector administrator', 'State and Country/Territory Picklists'],
  [['StateCode'], 'connector administrator', 'State and Country/Territory Picklists'],
  [['State', 'Country'], 'connector administrator', 'State and Country/Territory Picklists'],
  [['Username'], 'connector administrator', 'form of an e-mail address'],
  [['UserRoleId'], 'connector administrator', 'map no role'],
  [['Email'], 'HR data', 'e-mail address'],
  [['ManagerId'], 'HR data', 'who the manager is'],
  [['ProfileId'], 'Salesforce administrator', 'compare them'],
  [['Email', 'ManagerId'], 'Salesforce administrator', 'compare them'],
]

test.each(byField)('a value of %j that does not fit is for the %s', (fields, actor, named) => {
  const entry = explain({ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: 'does not fit', fields }, 400)
  expect(entry?.actor).toBe(actor)
  expect(entry?.advice.en).toContain(named)
})

test.each(['FIELD_INTEGRITY_EXCEPTION', 'INVALID_INPUT', 'UNKNOWN_EXCEPTION', 'INVALID_CROSS_REFERENCE_KEY'])(
  'a permission set group that is recalculated passes, with the code %s',
  (errorCode) => {
    const message = 'You can only assign users to permission set groups that have the "Updated" status.'
    expect(explain({ errorCode, message, fields: ['PermissionSetGroupId'] }, 400)?.class).toBe('lock')
  },
)

test("what the customer's own automation says is never read as Salesforce's text", () => {
  const message = 'You can only assign users to permission set groups that have the "Updated" status.'
  for (const errorCode of ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'CANNOT_EXECUTE_FLOW_TRIGGER'])
    expect(explain({ errorCode, message, fields: ['Country'] }, 400)?.actor).toBe('customer automation')
})
