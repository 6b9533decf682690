import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, accounts, contacts, opportunities, leads, cases, groups } = seedIds
const base = '/services/data/v66.0'

let client: Client
beforeEach(async () => {
  client = await connect({ seed: { records: true } })
})
afterEach(() => client.simulator.close())

const collection = (method: string, records: unknown[], allOrNone = false): Promise<Reply> =>
  client.send(method, `${base}/composite/sobjects`, { allOrNone, records })
const give = (type: string, id: string, OwnerId: string): Record<string, unknown> => ({
  attributes: { type },
  id,
  OwnerId,
})

test.each([
  ['Account', 1],
  ['Contact', 1],
  ['Opportunity', 2],
  ['Lead', 1],
  ['Case', 2],
])('what the leaver owns is counted, of %s', async (type, count) => {
  const where = `OwnerId = '${users.leaver}'`
  const aliased = await client.soql(`SELECT COUNT(Id) n FROM ${type} WHERE ${where}`)
  expect(aliased.at('records', 0, 'n')).toBe(count)
  expect((await client.soql(`SELECT COUNT() FROM ${type} WHERE ${where}`)).at('totalSize')).toBe(count)
  const owners = await client.soql(`SELECT Owner.Name FROM ${type} WHERE ${where} LIMIT 1`)
  expect(owners.at('records', 0, 'Owner', 'Name')).toBe('Lea Verloren')
})

test('what is open is told from what is closed', async () => {
  const open = await client.soql(`SELECT Id FROM Case WHERE IsClosed = false AND OwnerId = '${users.leaver}'`)
  expect(open.at('records', 0, 'Id')).toBe(cases.open)
  expect((await client.soql("SELECT Id FROM Lead WHERE Owner.Name = 'New Leads'")).at('totalSize')).toBe(1)
})

test('records go to another owner, one by one and many at once', async () => {
  const path = `${base}/sobjects/Account/${accounts.umbrella}`
  expect((await client.send('PATCH', path, { OwnerId: users.annBoss })).status).toBe(204)
  const moved = await collection('PATCH', [
    give('Opportunity', opportunities.open, users.obrien),
    give('Lead', leads.leavers, groups.leadsQueue),
    give('Case', cases.open, users.obrien),
  ])
  expect(moved.json).toEqual(
    [opportunities.open, leads.leavers, cases.open].map((id) => ({ id, success: true, errors: [] })),
  )
  const { org } = client.simulator
  expect([org.accounts.get(accounts.umbrella)?.OwnerId, org.cases.get(cases.open)?.OwnerId]).toEqual([
    users.annBoss,
    users.obrien,
  ])
})

test.each([
  [
    'an inactive user',
    users.leaver,
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${users.leaver.slice(0, 15)}] as owner of contact`,
  ],
  ['a queue of other objects', groups.leadsQueue, 'MALFORMED_ID', 'id value of incorrect type'],
  ['nobody', null, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [OwnerId]'],
])('%s cannot become the owner of a contact', async (_who, owner, code, text) => {
  const path = `${base}/sobjects/Contact/${contacts.globexOne}`
  const refused = await client.send('PATCH', path, { OwnerId: owner })
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, code])
  expect(refused.at(0, 'message')).toContain(text)
  const many = await collection('PATCH', [{ ...give('Contact', contacts.globexOne, ''), OwnerId: owner }])
  expect(many.at(0)).toMatchObject({ success: false, errors: [{ statusCode: code }] })
  expect(client.simulator.org.contacts.get(contacts.globexOne)?.OwnerId).toBe(users.annBoss)
})

test('a collection with one bad record moves the others, or nothing where it is all or none', async () => {
  const records = [
    give('Contact', contacts.loose, users.annBoss),
    give('Opportunity', opportunities.open, users.leaver.replace('4', 'Z')),
  ]
  const undone = await collection('PATCH', records, true)
  expect(undone.at(0, 'errors', 0, 'statusCode')).toBe('ALL_OR_NONE_OPERATION_ROLLED_BACK')
  expect(client.simulator.org.contacts.get(contacts.loose)?.OwnerId).toBe(users.leaver)
  const moved = await collection('PATCH', records)
  expect([moved.at(0, 'success'), moved.at(1, 'success')]).toEqual([true, false])
})

test('what is made without an owner belongs to the one who asks', async () => {
  const made = await client.send('POST', `${base}/sobjects/Account`, { Name: 'Acme' })
  expect(client.simulator.org.accounts.get(String(made.at('id')))?.OwnerId).toBe(users.integration)
})

test.each([
  ['a rule that is active gives what is written to its own owner', {}, groups.supportQueue],
  ['unless that is switched off', { 'Sforce-Auto-Assign': 'false' }, users.obrien],
])('%s', async (_what, headers, owner) => {
  const { org } = client.simulator
  org.assignmentRules.set('Case', groups.supportQueue)
  const records = [give('Case', cases.open, users.obrien)]
  await client.send('PATCH', `${base}/composite/sobjects`, { allOrNone: false, records }, headers)
  await client.send('PATCH', `${base}/sobjects/Case/${cases.closed}`, { OwnerId: users.obrien }, headers)
  expect([org.cases.get(cases.open)?.OwnerId, org.cases.get(cases.closed)?.OwnerId]).toEqual([owner, owner])
})

test('records of several types are deleted by id, and those that are gone are told', async () => {
  const ids = [contacts.loose, opportunities.closed, makeGone(opportunities.closed)]
  const removed = await client.send(
    'DELETE',
    `${base}/composite/sobjects?ids=${ids.join(',')}&allOrNone=false`,
  )
  expect(removed.json).toEqual([
    { id: contacts.loose, success: true, errors: [] },
    { id: opportunities.closed, success: true, errors: [] },
    {
      success: false,
      errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
    },
  ])
  client.simulator.dialect.goneInCollection = 'INVALID_CROSS_REFERENCE_KEY'
  const again = await client.send('DELETE', `${base}/composite/sobjects?ids=${contacts.loose}`)
  expect(again.at(0, 'errors', 0, 'statusCode')).toBe('INVALID_CROSS_REFERENCE_KEY')
  const many = Array.from({ length: 201 }, () => contacts.loose).join(',')
  expect((await client.send('DELETE', `${base}/composite/sobjects?ids=${many}`)).status).toBe(400)
  expect((await client.send('DELETE', `${base}/composite/sobjects`)).status).toBe(400)
})

/** The id of a record that is not there. */
function makeGone(id: string): string {
  return `${id.slice(0, 10)}zzzzz`
}

test('records of Setup are not written or deleted along with those of other types, as the switch has it', async () => {
  const { org, dialect } = client.simulator
  const assigned = org.assignmentsOf(users.annBoss)[0]?.Id ?? ''
  const member = org.groupMembers.where('UserOrGroupId', users.annBoss)[0]?.Id ?? ''
  const remove = (): Promise<Reply> =>
    client.send('DELETE', `${base}/composite/sobjects?ids=${assigned},${member}`)
  const refused = await remove()
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, 'INVALID_OPERATION'])
  dialect.setupTypesInCollection = 'failed'
  const failed = await remove()
  expect([failed.at(0, 'success'), failed.at(1, 'success')]).toEqual([true, false])
  dialect.setupTypesInCollection = 'allowed'
  expect((await remove()).at(1, 'success')).toBe(true)
})

test('users and accounts do not share a transaction, but may share a request', async () => {
  const parts = [
    {
      method: 'PATCH',
      url: `${base}/sobjects/Account/${accounts.umbrella}`,
      referenceId: 'account',
      body: { OwnerId: users.annBoss },
    },
    {
      method: 'PATCH',
      url: `${base}/sobjects/User/${users.annBoss}`,
      referenceId: 'user',
      body: { Title: 'CEO' },
    },
  ]
  const send = (allOrNone: boolean): Promise<Reply> =>
    client.send('POST', `${base}/composite`, { allOrNone, compositeRequest: parts })
  const mixed = await send(true)
  expect(mixed.at('compositeResponse', 0, 'body', 0, 'errorCode')).toBe('PROCESSING_HALTED')
  expect(mixed.at('compositeResponse', 1, 'body', 0)).toEqual({
    errorCode: 'MIXED_DML_OPERATION',
    message:
      'DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): User, original object: Account',
    fields: [],
  })
  expect(client.simulator.org.accounts.get(accounts.umbrella)?.OwnerId).toBe(users.leaver)
  const apart = await send(false)
  expect(apart.at('compositeResponse', 1, 'httpStatusCode')).toBe(204)
})

test('the objects of the org are listed with what may be done to them', async () => {
  const listed = (await client.get(`${base}/sobjects`)).at('sobjects') as Record<string, unknown>[]
  const of = (name: string): unknown => listed.find((each) => each['name'] === name)
  expect(of('Case')).toMatchObject({ createable: true, updateable: true, queryable: true, custom: false })
  expect(of('OauthToken')).toMatchObject({ createable: false, updateable: false, deletable: false })
  const fields = (await client.get(`${base}/sobjects/Account/describe`)).at('fields') as { name: string }[]
  expect(fields.map(({ name }) => name)).not.toContain('IsPersonAccount')
  client.simulator.dialect.personAccounts = true
  const found = await client.soql('SELECT Id FROM Account WHERE IsPersonAccount = true')
  expect(found.at('records', 0, 'Id')).toBe(accounts.person)
})
