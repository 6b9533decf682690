import { seedIds } from '../../simulator/seedIds.ts'
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

test('more than 25 subrequests and references to nothing are refused', async () => {
  const many = await composite(false, ...Array.from({ length: 26 }, () => find))
  expect(many.status).toBe(400)
  const lost = await composite(false, grant)
  expect(lost.at('compositeResponse', 0, 'httpStatusCode')).toBe(400)
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
