import fc from 'fast-check'
import { type ErrorCode, type FaultClass, TargetError } from '../../shared/errors.ts'
import { isRefusal, toTargetError } from '../../shared/salesforce/errors/error.ts'
import { runs } from '../matrix.ts'

/** What was answered: status, body; what is made of it: code, shape, and a part of the sentence. */
const bodies: readonly [string, number, string, ErrorCode, string, RegExp][] = [
  [
    'a SCIM error whose schemas are a text',
    409,
    '{"schemas":"[\\"urn:ietf:params:scim:api:messages:2.0:Error\\"]","detail":"REQUIRED_FIELD_MISSING:profile;","status":409}',
    'REJECTED',
    'scim',
    /profile \(REQUIRED_FIELD_MISSING\): map the field/,
  ],
  [
    'a SCIM error whose quotes inside schemas are not escaped, so that it is no JSON',
    409,
    '{ "schemas": "["urn:ietf:params:scim:api:messages:2.0:Error"]", "detail": "DUPLICATE_COMM_NICKNAME:taken \\"here\\";", "status": 409 }',
    'NOT_UNIQUE',
    'other',
    /taken "here" \(DUPLICATE_COMM_NICKNAME\)/,
  ],
  [
    'a SCIM error by the RFC',
    404,
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"No such resource","status":"404"}',
    'NOT_FOUND',
    'scim',
    /^No such resource$/,
  ],
  [
    'a failed DML statement in a SCIM error',
    409,
    '{"schemas":[],"detail":"Insert failed. First exception on row 0; first error: DUPLICATE_USERNAME, Duplicate Username.<br>Taken. : [Username]"}',
    'NOT_UNIQUE',
    'scim',
    /Duplicate Username\. Taken\. \(DUPLICATE_USERNAME\) \[Username\]: the userName is taken in this or another/,
  ],
  [
    "REST's list",
    400,
    '[{"fields":["Alias"],"message":"Required fields are missing: [Alias]","errorCode":"REQUIRED_FIELD_MISSING"}]',
    'REJECTED',
    'json',
    /Required fields are missing: \[Alias\] \(REQUIRED_FIELD_MISSING\) \[Alias\]/,
  ],
  [
    'a list of several, all of which are kept',
    400,
    '[{"message":"A","errorCode":"STRING_TOO_LONG"},{"message":"B","errorCode":"INVALID_EMAIL_ADDRESS"},null,"C",7]',
    'REJECTED',
    'json',
    /^A \(STRING_TOO_LONG\): .*; B \(INVALID_EMAIL_ADDRESS\): .*; C$/,
  ],
  [
    'one object instead of a list',
    400,
    '{"message":"Processing/execution error","errorCode":"UNKNOWN_EXCEPTION"}',
    'REJECTED',
    'json',
    /Processing\/execution error \(UNKNOWN_EXCEPTION\)/,
  ],
  [
    "SCIM 1.1's Errors",
    400,
    '{"Errors":[{"description":"LICENSE_LIMIT_EXCEEDED: no seat","code":400}]}',
    'REJECTED',
    'json',
    /no seat \(LICENSE_LIMIT_EXCEEDED\)/,
  ],
  [
    "a composite's errors, with statusCode",
    400,
    '{"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"twice","fields":[]}]}',
    'NOT_UNIQUE',
    'json',
    /^twice \(DUPLICATE_VALUE\): another record has this value/,
  ],
  [
    'an Apex failure that hides the code that matters',
    500,
    '[{"errorCode":"APEX_ERROR","message":"System.DmlException: Update failed. First exception on row 0 with id 005; first error: CANNOT_DISABLE_LAST_ADMIN, You cannot: [IsActive]\\n\\nClass.Scim.patch: line 12, column 1"}]',
    'REJECTED',
    'json',
    /^You cannot \(CANNOT_DISABLE_LAST_ADMIN\) \[IsActive\]: make another user an administrator first/,
  ],
  [
    'a row that is locked, in a 400',
    400,
    '[{"message":"unable to obtain exclusive access","errorCode":"UNABLE_TO_LOCK_ROW"}]',
    'UNAVAILABLE',
    'json',
    /another change holds the record/,
  ],
  [
    'an API limit, in a 403',
    403,
    '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    'RATE_LIMITED',
    'json',
    /TotalRequests Limit exceeded\. \(REQUEST_LIMIT_EXCEEDED\): the org's API requests/,
  ],
  [
    'an expired session',
    401,
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
    'UNAUTHENTICATED',
    'json',
    /Session expired or invalid/,
  ],
  [
    'an OAuth error',
    400,
    '{"error":"invalid_grant","error_description":"no"}',
    'REJECTED',
    'json',
    /no \(invalid_grant\)/,
  ],
  [
    'nothing',
    503,
    '',
    'UNAVAILABLE',
    'other',
    /^Salesforce answered with status 503 and no explanation: see https:\/\/status\.salesforce\.com/,
  ],
  ['blanks', 500, ' \n ', 'UNAVAILABLE', 'other', /no explanation/],
  ['null', 400, 'null', 'REJECTED', 'other', /no explanation/],
  ['an empty list', 404, '[]', 'NOT_FOUND', 'json', /no explanation/],
  ['an empty object', 403, '{}', 'FORBIDDEN', 'json', /no explanation/],
  ['a number', 400, '42', 'REJECTED', 'json', /no explanation/],
  ['a text as JSON', 400, '"Bad Request"', 'REJECTED', 'json', /^Bad Request$/],
  [
    'a page for people',
    503,
    '<!DOCTYPE html><html><head><title>Salesforce is down for maintenance</title></head><body>Sorry</body></html>',
    'UNAVAILABLE',
    'other',
    /^Salesforce is down for maintenance: see /,
  ],
  [
    'a page without a title',
    502,
    '<h1>502 Bad Gateway</h1><hr>nginx',
    'UNAVAILABLE',
    'other',
    /^502 Bad Gateway nginx: see /,
  ],
  [
    'an error that was cut off after its detail',
    409,
    '{"schemas":"x","detail":"STRING_TOO_LONG:alias;","sta',
    'REJECTED',
    'other',
    /^alias \(STRING_TOO_LONG\)/,
  ],
  [
    'an error whose detail was cut off in the middle',
    409,
    '{"schemas":"x","detail":"STRING_TOO_LONG:ali',
    'REJECTED',
    'other',
    /STRING_TOO_LONG:ali/,
  ],
  [
    'several codes with their texts, in which a semicolon is no end',
    409,
    '{"schemas":"x","detail":"REQUIRED_FIELD_MISSING:userName; really;STRING_TOO_LONG:alias;NOTE: no code;"}',
    'REJECTED',
    'scim',
    /^userName; really \(REQUIRED_FIELD_MISSING\): .*; alias;NOTE: no code \(STRING_TOO_LONG\): /,
  ],
  [
    'a code of SCIM itself',
    409,
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"uniqueness","detail":"Taken","status":"409"}',
    'NOT_UNIQUE',
    'scim',
    /^Taken \(uniqueness\): another account has one of these values/,
  ],
  [
    'a code of SCIM without a detail',
    400,
    '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"tooMany"}',
    'REJECTED',
    'scim',
    /^\(tooMany\): the search finds more/,
  ],
  [
    "a code in small letters, which is none of Salesforce's",
    409,
    '{"schemas":"x","detail":"duplicate_username:taken;"}',
    'REJECTED',
    'scim',
    /^duplicate_username:taken$/,
  ],
  [
    'a word in capitals that is no code',
    404,
    '{"schemas":"x","detail":"ERROR: nothing there"}',
    'NOT_FOUND',
    'scim',
    /^ERROR: nothing there$/,
  ],
  [
    'a code that nobody knows',
    409,
    '[{"message":"New","errorCode":"BRAND_NEW_CODE"}]',
    'REJECTED',
    'json',
    /^New \(BRAND_NEW_CODE\)$/,
  ],
  [
    'the answers to several requests at once, of which one failed by itself',
    400,
    '{"compositeResponse":[{"body":[{"errorCode":"PROCESSING_HALTED","message":"The transaction was rolled back"}],"httpStatusCode":400,"referenceId":"a"},{"body":[{"errorCode":"LICENSE_LIMIT_EXCEEDED","message":"License Limit Exceeded"}],"httpStatusCode":400,"referenceId":"b"}]}',
    'REJECTED',
    'json',
    /rolled back \(PROCESSING_HALTED\): .*; License Limit Exceeded \(LICENSE_LIMIT_EXCEEDED\): no seat/,
  ],
  [
    'the outcomes of a tree of records',
    400,
    '{"hasErrors":true,"results":[{"referenceId":"r","errors":[{"statusCode":"DUPLICATE_VALUE","message":"twice","fields":["Name"]}]}]}',
    'NOT_UNIQUE',
    'json',
    /^twice \(DUPLICATE_VALUE\) \[Name\]: /,
  ],
  [
    'a 200 with an error inside',
    200,
    '{"schemas":"[\\"urn:ietf:params:scim:api:messages:2.0:Error\\"]","detail":"STRING_TOO_LONG:alias;","status":409}',
    'REJECTED',
    'scim',
    /^alias \(STRING_TOO_LONG\): shorten/,
  ],
  [
    'a 200 with an error inside that nobody knows',
    200,
    '{"success":false,"errors":[{"statusCode":"BRAND_NEW_CODE","message":"no"}]}',
    'UNEXPECTED',
    'json',
    /^no \(BRAND_NEW_CODE\)$/,
  ],
  [
    'a blocker of deactivation without a code, by the name of the field',
    409,
    '{"schemas":"x","detail":"Update failed. First exception on row 0 with id 0055g0000000001AAA; first error: FIELD_INTEGRITY_EXCEPTION, Cannot inactivate user that is the value of a hierarchy field:Mentor__c: [IsActive]"}',
    'REJECTED',
    'scim',
    /hierarchy field:Mentor__c \(FIELD_INTEGRITY_EXCEPTION\) \[IsActive\]: other users have this user in the hierarchy field Mentor__c/,
  ],
  [
    "a trigger's failure, with the failure inside it in the text",
    400,
    '[{"errorCode":"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY","message":"UserTrigger: execution of AfterUpdate\\n\\ncaused by: System.DmlException: Insert failed. First exception on row 0; first error: DUPLICATE_VALUE, twice: []","fields":[]}]',
    'REJECTED',
    'json',
    /DUPLICATE_VALUE, twice: \[\] \(CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY\): a trigger or flow/,
  ],
  [
    "a validation rule whose text begins as a code does: it stays the customer's",
    400,
    '[{"errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"DUPLICATE_USERNAME: ask the desk","fields":["Username"]}]',
    'REJECTED',
    'json',
    /^DUPLICATE_USERNAME: ask the desk \(FIELD_CUSTOM_VALIDATION_EXCEPTION\) \[Username\]: a validation rule/,
  ],
  [
    'a text with mark-up and escapes',
    409,
    '{"schemas":"x","detail":"You can&#39;t do &quot;this&quot;. Click <a href=\\"/setup/ui?a=1&amp;b=2\\" target=\\"_blank\\">here</a> to look."}',
    'REJECTED',
    'scim',
    /^You can't do "this"\. Click here to look\.$/,
  ],
  ['an error that was cut off before it', 409, '{"schemas":"[\\"urn', 'REJECTED', 'other', /urn/],
]

test.each(bodies)('%s is read', (_name, status, body, code, shape, sentence) => {
  const error = toTargetError(status, body, 'en')
  expect(error).toBeInstanceOf(TargetError)
  expect({ code: error.code, shape: error.shape, status: error.status }).toEqual({ code, shape, status })
  expect(error.message).toMatch(sentence)
})

test('every element of a list can be asked for by its code', () => {
  const error = toTargetError(
    400,
    '[{"errorCode":"A_CODE","message":"a"},{"errorCode":"STRING_TOO_LONG","message":"b"}]',
    'en',
  )
  expect(error.has('STRING_TOO_LONG') && error.has('A_CODE')).toBe(true)
  expect(error.has('B_CODE')).toBe(false)
  expect(error.code).toBe('REJECTED')
})

test('a 409 is never a duplicate by its status alone', () => {
  expect(toTargetError(409, '{"schemas":"x","detail":"something"}', 'en').code).toBe('REJECTED')
})

test('a code that only Object knows is no code of the catalogue', () => {
  for (const errorCode of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const error = toTargetError(400, JSON.stringify([{ errorCode, message: 'x' }]), 'en')
    expect(error.code).toBe('REJECTED')
    expect(error.message).toBe(`x (${errorCode})`)
  }
})

test('whatever the body is, there is an error with a sentence and no stack', () => {
  const sensible = bodies.map(([, , body]) => body)
  const cut = fc.tuple(fc.constantFrom(...sensible), fc.nat(200)).map(([body, end]) => body.slice(0, end))
  const anything = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), cut)
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), anything, (status, body) => {
      const error = toTargetError(status, body, 'en')
      expect(error.message.trim()).not.toBe('')
      expect(error.message).not.toMatch(/\n {2,}at /)
    }),
    { numRuns: runs(400) },
  )
})

test('a page without an end is read in no time: no pattern goes back over it', () => {
  const long = '<title>'.repeat(20_000) + '"detail":"'.repeat(20_000) + '<'.repeat(50_000)
  expect(toTargetError(503, long, 'en').message.length).toBeLessThan(1000)
})

/** The verdict that the retry policy and the results go by: status, body, class, whether repeated, who acts. */
const verdicts: readonly [string, number, string, FaultClass, string, string][] = [
  [
    'the daily limit',
    403,
    '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    'limit',
    'later',
    'Salesforce administrator',
  ],
  [
    'the concurrent limit',
    403,
    '[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    'limit',
    'soon',
    'nobody',
  ],
  [
    'a group lock in a 409',
    409,
    '{"schemas":"x","detail":"Group membership operation already in progress"}',
    'lock',
    'soon',
    'nobody',
  ],
  [
    'a group lock in a 400, behind a code that says nothing',
    400,
    '[{"errorCode":"UNKNOWN_EXCEPTION","message":"could not acquire lock"}]',
    'lock',
    'soon',
    'nobody',
  ],
  [
    'the error that matters, not the one that stands beside it',
    400,
    '[{"errorCode":"PROCESSING_HALTED","message":"halted"},{"errorCode":"A_CODE","message":"?"},{"errorCode":"UNABLE_TO_LOCK_ROW","message":"locked"}]',
    'lock',
    'soon',
    'nobody',
  ],
  ['nothing at all', 503, '', 'transient', 'soon', 'nobody'],
  ['a code that nobody knows', 409, '[{"errorCode":"A_CODE"}]', 'unknown', 'no', 'connector administrator'],
]

test.each(verdicts)('%s has its verdict', (_name, status, body, faultClass, retry, actor) => {
  const error = toTargetError(status, body, 'nl')
  expect({ class: error.class, retry: error.retry, actor: error.actor }).toEqual({
    class: faultClass,
    retry,
    actor,
  })
})

test("the advice is in the language asked for, Salesforce's words stay as they are", () => {
  const body = '[{"errorCode":"LICENSE_LIMIT_EXCEEDED","message":"License Limit Exceeded"}]'
  expect(toTargetError(400, body, 'nl').message).toMatch(
    /^License Limit Exceeded \(LICENSE_LIMIT_EXCEEDED\): er is geen licentie meer vrij: .* \(Setup > Company Information > User Licenses\)$/,
  )
  expect(toTargetError(503, '', 'nl').message).toMatch(
    /^Salesforce antwoordde met status 503 zonder uitleg: kijk op /,
  )
})

test('advice that several errors share is given once, after the last of them', () => {
  const body = JSON.stringify([
    { errorCode: 'REQUIRED_FIELD_MISSING', message: 'a' },
    { errorCode: 'STRING_TOO_LONG', message: 'b' },
    { errorCode: 'REQUIRED_FIELD_MISSING', message: 'c' },
  ])
  expect(toTargetError(400, body, 'en').message).toBe(
    'a (REQUIRED_FIELD_MISSING); b (STRING_TOO_LONG): shorten the value in the mapping; c (REQUIRED_FIELD_MISSING): map the field, or see to it that the person has a value for it',
  )
})

test('a status gives advice only where no error of the list is known', () => {
  const refused = JSON.stringify([{ message: 'no', errorCode: 'A_CODE' }, 'and no'])
  expect(toTargetError(403, refused, 'en').message).toMatch(
    /^no \(A_CODE\); and no: Salesforce refuses this to the integration user: /,
  )
  const known = JSON.stringify([
    { message: 'no', errorCode: 'A_CODE' },
    { message: 'long', errorCode: 'STRING_TOO_LONG' },
  ])
  expect(toTargetError(403, known, 'en').message).toBe(
    'no (A_CODE); long (STRING_TOO_LONG): shorten the value in the mapping',
  )
})

test.each([
  ['a SCIM error', { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: 'x', status: '400' }],
  ['a SCIM error whose schemas are a text', { schemas: '["urn:ietf:params:scim:api:messages:2.0:Error"]' }],
  ["REST's list", [{ message: 'x', errorCode: 'NOT_FOUND' }]],
  ['one object', { message: 'x', errorCode: 'UNKNOWN_EXCEPTION' }],
  ['an outcome', { id: null, success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] }],
  ["SCIM 1.1's Errors", { Errors: [{ description: 'x' }] }],
])('%s in a 2xx is a refusal', (_name, json) => {
  expect(isRefusal(json)).toBe(true)
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty list', []],
  ['a user', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '005', active: true }],
  ['a list of users', { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 0 }],
  ['a created record', { id: '0PaXX', success: true, errors: [] }],
  ['the outcomes of a collection', [{ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] }]],
  ['records', { totalSize: 1, done: true, records: [{ Id: '005', errorCode: 'x' }] }],
])('%s in a 2xx is none', (_name, json) => {
  expect(isRefusal(json)).toBe(false)
})

test('errors nested without end and lists without end are read to a sentence', () => {
  let nested = '{"errorCode":"STRING_TOO_LONG","message":"deep"}'
  for (let depth = 0; depth < 5_000; depth++) nested = `{"errors":[${nested}]}`
  expect(toTargetError(400, nested, 'en').code).toBe('REJECTED')
  const many = JSON.stringify(Array.from({ length: 5_000 }, () => ({ errorCode: 'A_CODE', message: 'm' })))
  expect(toTargetError(400, many, 'en').faults).toHaveLength(5_000)
  const long = JSON.stringify([{ errorCode: 'STRING_TOO_LONG', message: 'x'.repeat(100_000) }])
  expect(toTargetError(400, long, 'en').message.length).toBeLessThan(1_200)
})
