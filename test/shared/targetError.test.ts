import fc from 'fast-check'
import { type ErrorCode, TargetError } from '../../shared/errors.ts'
import { catalogue, codeOfStatus } from '../../shared/salesforce/catalogue.ts'
import { toTargetError } from '../../shared/salesforce/error.ts'

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
    /^twice \(DUPLICATE_VALUE\)$/,
  ],
  [
    'an Apex failure that hides the code that matters',
    500,
    '[{"errorCode":"APEX_ERROR","message":"System.DmlException: Update failed. First exception on row 0 with id 005; first error: CANNOT_DISABLE_LAST_ADMIN, You cannot: [IsActive]\\n\\nClass.Scim.patch: line 12, column 1"}]',
    'REJECTED',
    'json',
    /^You cannot \(CANNOT_DISABLE_LAST_ADMIN\) \[IsActive\]: make another user an administrator first$/,
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
  ['nothing', 503, '', 'UNAVAILABLE', 'other', /^Salesforce answered with status 503 and no explanation$/],
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
    /^Salesforce is down for maintenance$/,
  ],
  [
    'a page without a title',
    502,
    '<h1>502 Bad Gateway</h1><hr>nginx',
    'UNAVAILABLE',
    'other',
    /^502 Bad Gateway nginx$/,
  ],
  [
    'an error that was cut off after its detail',
    409,
    '{"schemas":"x","detail":"STRING_TOO_LONG:alias;","sta',
    'REJECTED',
    'other',
    /^alias \(STRING_TOO_LONG\)/,
  ],
  ['an error that was cut off before it', 409, '{"schemas":"[\\"urn', 'REJECTED', 'other', /urn/],
]

test.each(bodies)('%s is read', (_name, status, body, code, shape, sentence) => {
  const error = toTargetError(status, body)
  expect(error).toBeInstanceOf(TargetError)
  expect({ code: error.code, shape: error.shape, status: error.status }).toEqual({ code, shape, status })
  expect(error.message).toMatch(sentence)
})

test('every element of a list can be asked for by its code', () => {
  const error = toTargetError(
    400,
    '[{"errorCode":"A_CODE","message":"a"},{"errorCode":"STRING_TOO_LONG","message":"b"}]',
  )
  expect(error.has('STRING_TOO_LONG') && error.has('A_CODE')).toBe(true)
  expect(error.has('B_CODE')).toBe(false)
  expect(error.code).toBe('REJECTED')
})

test.each<[number, ErrorCode]>([
  [400, 'REJECTED'],
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [404, 'NOT_FOUND'],
  [409, 'REJECTED'],
  [429, 'RATE_LIMITED'],
  [500, 'UNAVAILABLE'],
  [501, 'REJECTED'],
  [503, 'UNAVAILABLE'],
  [302, 'UNEXPECTED'],
])('without a known code, status %i means %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code)
  expect(toTargetError(status, '').code).toBe(code)
})

test('a 409 is never a duplicate by its status alone', () => {
  expect(toTargetError(409, '{"schemas":"x","detail":"something"}').code).toBe('REJECTED')
})

test('a code that only Object knows is no code of the catalogue', () => {
  for (const errorCode of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const error = toTargetError(400, JSON.stringify([{ errorCode, message: 'x' }]))
    expect(error.code).toBe('REJECTED')
    expect(error.message).toBe(`x (${errorCode})`)
  }
})

test('every entry of the catalogue leads to its reaction, and its advice is part of the sentence', () => {
  for (const [errorCode, { code, advice }] of Object.entries(catalogue)) {
    const error = toTargetError(400, JSON.stringify([{ errorCode, message: 'said' }]))
    expect([errorCode, error.code]).toEqual([errorCode, code])
    expect(error.message).toBe(`said (${errorCode})${advice === undefined ? '' : `: ${advice}`}`)
  }
})

test('whatever the body is, there is an error with a sentence and no stack', () => {
  const sensible = bodies.map(([, , body]) => body)
  const cut = fc.tuple(fc.constantFrom(...sensible), fc.nat(200)).map(([body, end]) => body.slice(0, end))
  const anything = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), cut)
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), anything, (status, body) => {
      const error = toTargetError(status, body)
      expect(error.message.trim()).not.toBe('')
      expect(error.message).not.toMatch(/\n {2,}at /)
    }),
    { numRuns: 400 },
  )
})

test('a page without an end is read in no time: no pattern goes back over it', () => {
  const long = '<title>'.repeat(20_000) + '"detail":"'.repeat(20_000) + '<'.repeat(50_000)
  expect(toTargetError(503, long).message.length).toBeLessThan(1000)
})
