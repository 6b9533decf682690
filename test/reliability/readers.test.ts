import fs from 'node:fs'
import fc from 'fast-check'
import { readSettings as readRestSettings } from '../../connectors/salesforce-apex-rest/configuration.ts'
import { readFields as readRestFields } from '../../connectors/salesforce-apex-rest/accounts/fields.ts'
import { readSettings } from '../../connectors/salesforce-scim/configuration.ts'
import { readFields } from '../../connectors/salesforce-scim/accounts/fields.ts'
import { parseInput } from '../../shared/host/context.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { readPermissionReference } from '../../shared/lifecycle/permissions/access/permission.ts'
import { isObject, type JsonObject } from '../../shared/validate.ts'
import { runs } from '../matrix.ts'

/** Warnings of settings that are not known would be most of what a run of this file prints. */
beforeAll(() => {
  jest.spyOn(fs, 'writeSync').mockReturnValue(0)
})
afterAll(() => {
  jest.restoreAllMocks()
})

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  ' ',
  '\u0000',
  'a.b',
]

/** Texts that end a literal, leave a path, or look like something else. */
const hostile = [
  "' OR Id != '",
  '" or id pr or userName eq "',
  '\\',
  "\\' OR '1'='1",
  '../../services/data',
  '%2e%2e%2f%00',
  '\u0000',
  '\ud800',
  '\u202e',
  'true',
  '1e999',
  '-----BEGIN PRIVATE KEY-----',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  '{"a":',
  'a = b = c; = ; ;;',
  '[object Object]',
]

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...hostile) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, 0, -1, 1e308, true, [], [[]], {}, [null], [{}]) },
  { weight: 2, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((size) => 'x'.repeat(10 ** size)) },
)

/** What a reader gets that was right once: members replaced, added, written otherwise, and those that every object has. */
function mutated(good: JsonObject): fc.Arbitrary<JsonObject> {
  const known = Object.keys(good)
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...known).map((given) => given.toUpperCase()) },
    { weight: 2, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.string() },
  )
  return fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }).map((changes) =>
    // As JSON has it: a member called __proto__ is one like any other.
    toJson([...Object.entries(good), ...changes]),
  )
}

function toJson(members: readonly (readonly [string, unknown])[]): JsonObject {
  const text = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`)
  const parsed: unknown = JSON.parse(`{${text.join(',')}}`)
  return isObject(parsed) ? parsed : {}
}

/** Works, or refuses in a sentence of its own; nothing else is thrown, and no object is changed that others share. */
function holds(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    expect(error.message).toMatch(/\S/)
    expect(error.message.length).toBeLessThan(20_000)
  }
  expect(Object.keys(Object.prototype)).toEqual([])
}

const settings = {
  BaseUrl: 'https://acme.my.salesforce.com',
  ClientID: 'client',
  ClientSecret: 'secret',
  AuthenticationFlow: 'client_credentials',
  AuthenticationUri: 'https://login.salesforce.com',
  ApiVersion: '66.0',
  UseRestApi: 'true',
  ActionTimeoutSeconds: '25',
  DefaultProfile: 'Standard User',
  PermissionTypes: 'Profile, Role',
  FallbackProfiles: 'Salesforce = Minimum Access',
  DisableMode: 'freeze',
  ImportUserTypes: 'Standard',
  ImportResumeAfter: '0055g0000000003AAA',
  PrivateKey: '',
  JwtAudience: '',
}
const data = {
  userName: 'a@b.example',
  familyName: 'Vries',
  emailAddress: 'a@b.example',
  manager: '0055g0000000003AAA',
  Cost_Code__c: 'x',
  title: ['Manager'],
}
const permission = { Reference: '0PS5g0000000001GAA', Type: 'PermissionSet' }

const restSettings = {
  ...settings,
  AdminUserName: 'a@b.example',
  ApexRestPath: '/services/apexrest/helloid/users/',
  ContactBackedUsers: 'true',
  TransferRecords: 'Account, Case',
  EndSessionsOnDisable: false,
}

test.each([
  ['SCIM', readSettings, settings, 4_000],
  ['REST', readRestSettings, restSettings, 2_000],
] as const)('any settings are read, or refused in words (%s)', (_name, read, good, times) => {
  fc.assert(
    fc.property(mutated(good), (given) => {
      holds(() => read(given))
    }),
    { numRuns: runs(times) },
  )
})

test('any fields are read as texts, or refused in words', () => {
  fc.assert(
    fc.property(mutated(data), (given) => {
      holds(() => {
        for (const text of readFields(given).values()) expect(typeof text).toBe('string')
      })
      holds(() => {
        for (const { value: text } of readRestFields(given).values()) expect(typeof text).toBe('string')
      })
    }),
    { numRuns: runs(3_000) },
  )
})

test('any permission reference is one of a type with an id of that type, or refused in words', () => {
  fc.assert(
    fc.property(mutated(permission), (given) => {
      holds(() => {
        expect(readPermissionReference(given).Reference).toMatch(
          /^([a-zA-Z0-9]{15}){1}([a-zA-Z0-9]{3})?$|^User/,
        )
      })
    }),
    { numRuns: runs(2_000) },
  )
})

test('any context is read with all of these in it, or refused in words', () => {
  const given = fc.record({ DryRun: value, Configuration: mutated(settings), Data: mutated(data) })
  fc.assert(
    fc.property(given, (context) => {
      holds(() => parseInput(JSON.stringify(context)))
    }),
    { numRuns: runs(1_000) },
  )
})
