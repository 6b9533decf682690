import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, permissionSets } = seedIds
const base = '/services/data/v66.0'

let client: Client
beforeEach(async () => {
  client = await connect()
})
afterEach(() => client.simulator.close())

const composite = (allOrNone: boolean, ...compositeRequest: unknown[]): Promise<Reply> =>
  client.send('POST', `${base}/composite`, { allOrNone, compositeRequest })

const assignment = (userId: string, setId: string): Record<string, unknown> => ({
  attributes: { type: 'PermissionSetAssignment' },
  AssigneeId: userId,
  PermissionSetId: setId,
})

const find = {
  method: 'GET',
  url: `${base}/query?q=SELECT+Id+FROM+User+WHERE+Username='ann.boss@acme.example'`,
  referenceId: 'found',
}
const grant = {
  method: 'POST',
  url: `${base}/sobjects/PermissionSetAssignment`,
  referenceId: 'granted',
  body: { AssigneeId: '@{found.records[0].Id}', PermissionSetId: permissionSets.dataExport },
}

test('a composite fills in references and counts as one request', async () => {
  const revoke = {
    method: 'DELETE',
    url: `${base}/sobjects/PermissionSetAssignment/@{granted.id}`,
    referenceId: 'revoked',
  }
  const answered = await composite(true, find, grant, revoke)
  expect(
    (answered.at('compositeResponse') as { httpStatusCode: number }[]).map((each) => each.httpStatusCode),
  ).toEqual([200, 201, 204])
  expect(answered.headers.get('sforce-limit-info')).toBe('api-usage=19/100000')
})

test('all or none undoes what went before a failure', async () => {
  const before = client.simulator.org.permissionSetAssignments.size
  const bad = {
    method: 'PATCH',
    url: `${base}/sobjects/User/${users.annBoss}`,
    referenceId: 'bad',
    body: { Alias: 'toolongalias' },
  }
  const answered = await composite(true, find, grant, bad)
  expect(answered.at('compositeResponse', 1, 'body', 0, 'errorCode')).toBe('PROCESSING_HALTED')
  expect(answered.at('compositeResponse', 2, 'body', 0, 'errorCode')).toBe('STRING_TOO_LONG')
  expect(client.simulator.org.permissionSetAssignments.size).toBe(before)
  const kept = await composite(false, find, grant, bad)
  expect(kept.at('compositeResponse', 1, 'httpStatusCode')).toBe(201)
  expect(client.simulator.org.permissionSetAssignments.size).toBe(before + 1)
})

test.each([
  ['26 subrequests', 26, { ...find, url: `${base}/sobjects/User/describe` }, '25 operations'],
  ['six queries', 6, find, '5 query or sObject Collections operations'],
  [
    'six collections',
    6,
    { ...find, method: 'PATCH', url: `${base}/composite/sobjects`, body: { records: [] } },
    '5 query or sObject Collections operations',
  ],
])('%s are refused as a whole, in an answer of one part', async (_what, count, part, text) => {
  const many = Array.from({ length: count }, (_each, at) => ({ ...part, referenceId: `r${at}` }))
  const refused = await composite(false, ...many)
  expect([refused.status, refused.at('compositeResponse')]).toEqual([
    200,
    [
      {
        body: [{ errorCode: 'LIMIT_EXCEEDED', message: `The request can’t contain more than ${text}.` }],
        httpHeaders: {},
        httpStatusCode: 400,
        referenceId: null,
      },
    ],
  ])
  client.simulator.dialect.compositeOverLimit = 400
  expect((await composite(false, ...many)).status).toBe(400)
  expect((await composite(false, ...many.slice(0, 5))).at('compositeResponse', 4, 'referenceId')).toBe('r4')
})

const newcomer = {
  Username: 'jan@acme.example',
  LastName: 'Nieuw',
  Email: 'jan@acme.example',
  Alias: 'jnieuw',
  TimeZoneSidKey: 'Europe/Amsterdam',
  LocaleSidKey: 'nl_NL',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'nl_NL',
  ProfileId: seedIds.profiles.standardUser,
}
const make = (record: unknown): Record<string, unknown> => ({
  method: 'POST',
  url: `${base}/sobjects/User`,
  referenceId: 'new',
  body: record,
})
const read = (id: string): Record<string, unknown> => ({
  method: 'GET',
  url: `${base}/sobjects/User/${id}?fields=Username,IsActive`,
  referenceId: 'read',
})

test.each([true, false])(
  'a record is made or changed, and read back in the same request, allOrNone %s',
  async (allOrNone) => {
    const made = await composite(allOrNone, make(newcomer), read('@{new.id}'))
    const id = String(made.at('compositeResponse', 0, 'body', 'id'))
    expect(made.at('compositeResponse', 0)).toEqual({
      body: { id, success: true, errors: [] },
      httpHeaders: { Location: `${base}/sobjects/User/${id}` },
      httpStatusCode: 201,
      referenceId: 'new',
    })
    expect(made.at('compositeResponse', 1, 'body')).toMatchObject({
      Username: 'jan@acme.example',
      IsActive: true,
    })
    const change = {
      method: 'PATCH',
      url: `${base}/sobjects/User/${id}`,
      referenceId: 'c',
      body: { IsActive: false },
    }
    const describe = { method: 'GET', url: `${base}/sobjects/User/describe`, referenceId: 'd' }
    const changed = await composite(allOrNone, change, read(id), describe)
    expect(changed.at('compositeResponse', 0)).toEqual({
      body: null,
      httpHeaders: {},
      httpStatusCode: 204,
      referenceId: 'c',
    })
    expect(changed.at('compositeResponse', 1, 'body', 'IsActive')).toBe(false)
    expect(changed.at('compositeResponse', 2, 'body', 'name')).toBe('User')
  },
)

test.each([true, false])('what needs a part that failed is halted, allOrNone %s', async (allOrNone) => {
  const before = client.simulator.org.users.size
  const refused = await composite(
    allOrNone,
    make({ ...newcomer, Alias: 'toolongalias' }),
    read('@{new.id}'),
    find,
  )
  expect(refused.status).toBe(200)
  expect(refused.at('compositeResponse', 0)).toMatchObject({
    httpStatusCode: 400,
    body: [
      {
        errorCode: 'STRING_TOO_LONG',
        message: 'Alias: data value too large: toolongalias (max length=8)',
        fields: ['Alias'],
      },
    ],
  })
  expect(refused.at('compositeResponse', 1)).toMatchObject({
    httpStatusCode: 400,
    body: [
      {
        errorCode: 'PROCESSING_HALTED',
        message: allOrNone
          ? 'The transaction was rolled back since another operation in the same transaction failed.'
          : 'Invalid reference specified. No value for new.id found in new',
      },
    ],
  })
  expect(refused.at('compositeResponse', 2, 'httpStatusCode')).toBe(allOrNone ? 400 : 200)
  expect(client.simulator.org.users.size).toBe(before)
})

test('references to nothing and services of another kind are refused', async () => {
  const lost = await composite(false, grant)
  expect(lost.at('compositeResponse', 0, 'httpStatusCode')).toBe(400)
  const scim = await composite(false, {
    method: 'GET',
    url: '/services/scim/v66.0/limits',
    referenceId: 'scim',
  })
  expect(scim.at('compositeResponse', 0, 'httpStatusCode')).toBe(404)
})

test('a collection of which a record fails undoes the whole request around it, where that is all or none', async () => {
  const before = client.simulator.org.permissionSetAssignments.size
  const records = [
    assignment(users.obrien, permissionSets.dataExport),
    assignment(users.annBoss, permissionSets.reportBuilder),
  ]
  const several = {
    method: 'POST',
    url: `${base}/composite/sobjects`,
    referenceId: 'several',
    body: { allOrNone: false, records },
  }
  const undone = await composite(true, find, grant, several)
  expect(undone.at('compositeResponse', 1, 'body', 0, 'errorCode')).toBe('PROCESSING_HALTED')
  expect(undone.at('compositeResponse', 2, 'body', 0, 'errors', 0, 'statusCode')).toBe(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  )
  expect(client.simulator.org.permissionSetAssignments.size).toBe(before)
  await composite(false, find, grant, several)
  expect(client.simulator.org.permissionSetAssignments.size).toBe(before + 2)
})

test('collections answer each record in order, with statusCode for the errors', async () => {
  const answered = await client.send('POST', `${base}/composite/sobjects`, {
    allOrNone: false,
    records: [
      assignment(users.annBoss, permissionSets.dataExport),
      assignment(users.annBoss, permissionSets.reportBuilder),
    ],
  })
  expect(answered.at(0, 'success')).toBe(true)
  expect(answered.at(1)).toMatchObject({ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] })
  const id = String(answered.at(0, 'id'))
  const removed = await client.send('DELETE', `${base}/composite/sobjects?ids=${id},0Pa000000000001`)
  expect([removed.at(0, 'success'), removed.at(1, 'success')]).toEqual([true, false])
  const patched = await client.send('PATCH', `${base}/composite/sobjects`, {
    records: [{ attributes: { type: 'User' }, id: users.annBoss, Title: 'CEO' }],
  })
  expect(patched.at(0)).toEqual({ id: users.annBoss, success: true, errors: [] })
  expect(client.simulator.user(users.annBoss)?.Title).toBe('CEO')
})

test('collections undo everything with allOrNone and take at most 200 records', async () => {
  const before = client.simulator.org.permissionSetAssignments.size
  const records = [
    assignment(users.annBoss, permissionSets.dataExport),
    assignment(users.annBoss, permissionSets.reportBuilder),
  ]
  const answered = await client.send('POST', `${base}/composite/sobjects`, { allOrNone: true, records })
  expect(answered.at(0, 'errors', 0, 'statusCode')).toBe('ALL_OR_NONE_OPERATION_ROLLED_BACK')
  expect(client.simulator.org.permissionSetAssignments.size).toBe(before)
  const many = await client.send('POST', `${base}/composite/sobjects`, {
    records: Array.from({ length: 201 }, () => records[0]),
  })
  expect(many.status).toBe(400)
})
