import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, groups, permissionSets, profiles } = seedIds

let client: Client
beforeAll(async () => {
  client = await connect({ now: () => new Date('2024-02-10T12:00:00Z') })
  const { org } = client.simulator
  const created: [id: string, date: string][] = [
    [users.annBoss, '2024-02-10T00:00:00.000Z'],
    [users.leaver, '2024-02-09T23:59:59.000Z'],
    [users.obrien, '2024-02-03T00:00:00.000Z'],
    [users.blocked, '2024-02-02T23:59:59.000Z'],
  ]
  for (const row of org.users.values()) org.users.update(row, { CreatedDate: '2020-05-05T00:00:00.000Z' })
  for (const [id, CreatedDate] of created) {
    const row = org.users.get(id)
    if (row !== undefined) org.users.update(row, { CreatedDate })
  }
})
afterAll(() => client.simulator.close())

function records(result: Reply): Record<string, unknown>[] {
  const list = result.at('records')
  return Array.isArray(list) ? (list as Record<string, unknown>[]) : []
}

test.each([
  ['CreatedDate = TODAY', [users.annBoss]],
  ['CreatedDate = YESTERDAY', [users.leaver]],
  ['CreatedDate = LAST_N_DAYS:7', [users.annBoss, users.leaver, users.obrien]],
  ['CreatedDate > LAST_N_DAYS:7', []],
  ['CreatedDate >= N_DAYS_AGO:8', [users.annBoss, users.leaver, users.obrien, users.blocked]],
  ['CreatedDate = THIS_MONTH and CreatedDate < this_week', [users.obrien, users.blocked]],
  ['CreatedDate = last_n_months:1', []],
])('%s names a stretch of days', async (where, expected) => {
  const found = await client.soql(`SELECT Id FROM User WHERE ${where}`)
  expect([found.status, records(found).map((each) => each['Id'])]).toEqual([200, [...expected].sort()])
})

test('an object, a group and an aggregate may have names of their own', async () => {
  const found = await client.soql(
    `SELECT u.Id, u.Profile.Name FROM User u WHERE u.Id = '${users.obrien}' ORDER BY u.Id`,
  )
  expect(found.at('records', 0, 'Profile', 'Name')).toBe("Sales Rep's Profile")
  const grouped = await client.soql(
    `SELECT IsActive active, COUNT(Id) people, MAX(Username) FROM User GROUP BY IsActive ORDER BY COUNT(Id) DESC`,
  )
  expect(records(grouped).map(({ active, people }) => [active, people])).toEqual([
    [true, 11],
    [false, 1],
  ])
  expect(grouped.at('records', 0, 'expr0')).toEqual(expect.any(String))
})

test('HAVING keeps the groups that pass, and LIMIT is of groups', async () => {
  const query = 'SELECT ProfileId, COUNT(Id) FROM User GROUP BY ProfileId'
  const several = await client.soql(`${query} HAVING COUNT(Id) > 1 AND ProfileId != null`)
  expect(records(several).map((each) => each['ProfileId'])).toContain(profiles.standardUser)
  expect(records(several).every((each) => Number(each['expr0']) > 1)).toBe(true)
  expect(records(await client.soql(`${query} ORDER BY ProfileId LIMIT 2`))).toHaveLength(2)
  const totals = await client.soql(
    'SELECT SUM(TotalLicenses), AVG(TotalLicenses), MIN(TotalLicenses), COUNT_DISTINCT(Name) FROM UserLicense',
  )
  expect(records(totals)).toEqual([
    { attributes: { type: 'AggregateResult' }, expr0: 5045, expr1: 1009, expr2: 5, expr3: 5 },
  ])
  expect((await client.soql('SELECT SUM(Name) FROM User')).at(0, 'errorCode')).toBe('MALFORMED_QUERY')
  const where = await client.soql('SELECT Id FROM User WHERE COUNT(Id) > 1')
  expect(where.at(0, 'errorCode')).toBe('MALFORMED_QUERY')
})

test('FIELDS() stands for the fields of a kind, all of them for 200 rows at most', async () => {
  const all = await client.soql(`SELECT FIELDS(ALL) FROM User WHERE Id = '${users.obrien}' LIMIT 200`)
  expect(all.at('records', 0)).toMatchObject({ Username: "s.o'brien@acme.example", Cost_Code__c: 'S-41' })
  const custom = await client.soql('SELECT Id, FIELDS(CUSTOM) FROM User LIMIT 1')
  expect(Object.keys(custom.at('records', 0) as object).sort()).toEqual([
    'Badge_Number__c',
    'Cost_Code__c',
    'Id',
    'Remote_Worker__c',
    'attributes',
  ])
  expect((await client.soql('SELECT FIELDS(STANDARD) FROM User')).status).toBe(200)
  for (const query of ['SELECT FIELDS(ALL) FROM User', 'SELECT FIELDS(CUSTOM) FROM User LIMIT 201']) {
    const refused = await client.soql(query)
    expect([refused.status, refused.at(0, 'errorCode'), refused.at(0, 'message')]).toEqual([
      400,
      'MALFORMED_QUERY',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ])
  }
})

test('children are queried within their parent, and are null where there are none', async () => {
  const found = await client.soql(
    `SELECT Id, (SELECT PermissionSetId FROM PermissionSetAssignments WHERE PermissionSet.IsOwnedByProfile = false ORDER BY Id LIMIT 1) FROM User WHERE Id IN ('${users.obrien}', '${users.leaver}') ORDER BY Id DESC`,
  )
  expect(found.at('records', 0, 'PermissionSetAssignments')).toMatchObject({
    totalSize: 1,
    done: true,
    records: [{ PermissionSetId: permissionSets.salesOps }],
  })
  expect(found.at('records', 1, 'PermissionSetAssignments')).toBeNull()
  const members = await client.soql(
    `SELECT (SELECT UserOrGroupId FROM GroupMembers) FROM Group WHERE Id = '${groups.allManagers}'`,
  )
  expect(members.at('records', 0, 'GroupMembers', 'records', 0, 'UserOrGroupId')).toBe(users.annBoss)
  const unknown = await client.soql('SELECT Id, (SELECT Id FROM Pets) FROM User')
  expect(unknown.at(0, 'errorCode')).toBe('INVALID_TYPE')
  const described = await client.get('/services/data/v66.0/sobjects/User/describe')
  expect(JSON.stringify(described.at('childRelationships'))).toContain('"PermissionSetAssignments"')
})

test('the org is a record of its own', async () => {
  const found = await client.soql('SELECT Id, Name, IsSandbox, OrganizationType FROM Organization')
  expect(records(found)).toMatchObject([{ Id: seedIds.org, Name: 'Acme', IsSandbox: false }])
})
