import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, profiles, permissionSets, userLicenses } = seedIds

let client: Client
beforeEach(async () => {
  client = await connect()
})
afterEach(() => client.simulator.close())

function column(result: Reply, field = 'Id'): unknown[] {
  const records = result.at('records')
  return Array.isArray(records)
    ? (records as Record<string, unknown>[]).map((each) => each[field])
    : [result.text]
}

test.each([
  ["SELECT Id FROM User WHERE Username = 'ANN.boss@acme.example'", [users.annBoss]],
  ["select id from user where username = 's.o\\'brien@acme.example'", [users.obrien]],
  [
    "SELECT Id FROM User WHERE EmployeeNumber = '100777' ORDER BY Username DESC",
    [users.twinOne, users.twinTwo],
  ],
  ["SELECT Id FROM User WHERE LastName LIKE 'O\\'_rien' AND IsActive = true", [users.obrien]],
  ['SELECT Id FROM User WHERE IsActive = false', [users.leaver]],
  [
    `SELECT Id FROM User WHERE Id > '${users.annBoss}' AND Id <= '${users.obrien}'`,
    [users.leaver, users.obrien],
  ],
  [
    `SELECT Id FROM User WHERE Id IN ('${users.admin.slice(0, 15)}', '${users.annBoss}')`,
    [users.admin, users.annBoss],
  ],
  ["SELECT Id FROM User WHERE Profile.Name = 'Sales Rep\\'s Profile'", [users.obrien]],
  ["SELECT Id FROM User WHERE Profile.UserLicense.LicenseDefinitionKey = 'AUL'", [users.platform]],
  [
    "SELECT Id FROM User WHERE UserType NOT IN ('Standard') ORDER BY Id",
    [users.automatedProcess, users.guest],
  ],
  ["SELECT Id FROM User WHERE NOT (UserType = 'Standard' OR UserType = 'Guest')", [users.automatedProcess]],
  ["SELECT Id FROM User WHERE (LastName = 'Boss' OR LastName = 'Keys') AND Title != null", [users.annBoss]],
  ['SELECT Id FROM User WHERE Badge_Number__c >= 4411 AND Remote_Worker__c = true', [users.obrien]],
  ["SELECT Id FROM User WHERE CreatedDate > 2024-01-01T00:00:00Z AND LastName = 'Boss'", [users.annBoss]],
  [
    `SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = '${permissionSets.salesOps}')`,
    [users.obrien],
  ],
  ['SELECT Id FROM User ORDER BY Id LIMIT 1 OFFSET 2', [users.annBoss]],
  ["SELECT Id FROM User WHERE Manager.LastName = 'Boss'", [users.obrien]],
])('%s', async (query, expected) => {
  const result = await client.soql(query)
  expect([result.status, column(result)]).toEqual([200, expected])
  expect(result.at('totalSize')).toBe(expected.length)
})

test('a record has its attributes, its fields under their own names and its parents nested', async () => {
  const result = await client.soql(
    `SELECT id, name, Profile.UserLicense.TotalLicenses, Manager.Username, UserRole.Name, LastLoginDate, CreatedDate FROM User WHERE Id = '${users.obrien}'`,
  )
  expect(result.at('records', 0)).toEqual({
    attributes: { type: 'User', url: `/services/data/v66.0/sobjects/User/${users.obrien}` },
    Id: users.obrien,
    Name: "Seán O'Brien",
    Profile: {
      attributes: { type: 'Profile', url: `/services/data/v66.0/sobjects/Profile/${profiles.salesReps}` },
      UserLicense: {
        attributes: {
          type: 'UserLicense',
          url: `/services/data/v66.0/sobjects/UserLicense/${userLicenses.salesforce}`,
        },
        TotalLicenses: 20,
      },
    },
    Manager: {
      attributes: { type: 'User', url: `/services/data/v66.0/sobjects/User/${users.annBoss}` },
      Username: 'ann.boss@acme.example',
    },
    UserRole: {
      attributes: {
        type: 'UserRole',
        url: `/services/data/v66.0/sobjects/UserRole/${seedIds.roles.emeaSales}`,
      },
      Name: 'EMEA Sales',
    },
    LastLoginDate: null,
    CreatedDate: '2024-01-15T08:00:00.000+0000',
  })
  const none = await client.soql(`SELECT Manager.Username FROM User WHERE Id = '${users.annBoss}'`)
  expect(none.at('records', 0, 'Manager')).toBeNull()
})

test.each([
  ['', 'MALFORMED_QUERY'],
  ['SELECT', 'MALFORMED_QUERY'],
  ["SELECT Id FROM User WHERE LastName = 'x", 'MALFORMED_QUERY'],
  ["SELECT Id FROM User WHERE LastName = 'x\\q'", 'MALFORMED_QUERY'],
  ["SELECT Id FROM User WHERE LastName = 'a' OR LastName = 'b' AND LastName = 'c'", 'MALFORMED_QUERY'],
  ["SELECT Id FROM User WHERE LastName = 'a' ; DROP", 'MALFORMED_QUERY'],
  ['SELECT Id FROM User OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
  ['SELECT Id FROM Individuals', 'INVALID_TYPE'],
  ['SELECT Id FROM Territory2', 'INVALID_TYPE'],
  ['SELECT ShoeSize FROM User', 'INVALID_FIELD'],
  ["SELECT Id FROM User WHERE Boss.Name = 'x'", 'INVALID_FIELD'],
  ["SELECT Id FROM User WHERE IsActive = 'true'", 'INVALID_FIELD'],
  ['SELECT Id FROM User WHERE LastName = 5', 'INVALID_FIELD'],
  ["SELECT Id FROM User WHERE ProfileId = 'x'", 'INVALID_QUERY_FILTER_OPERATOR'],
])('%s is refused', async (query, code) => {
  const refused = await client.soql(query)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, code])
})

test('a body of another type than JSON is 415', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const path = `/services/data/v66.0/sobjects/User/${users.annBoss}`
    const refused = await client.send('PATCH', path, { Title: 'x' }, { 'content-type': type })
    expect([refused.status, refused.at(0, 'errorCode')]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  }
})

test('a count has a size and no records', async () => {
  const counted = await client.soql('SELECT COUNT() FROM User WHERE IsActive = true')
  expect(counted.json).toEqual({ totalSize: 11, done: true, records: [] })
})

test('more than 2000 rows come in pages, and batchSize asks for smaller ones', async () => {
  const large = await connect({ seed: { users: 4500 } })
  try {
    let page = await large.soql("SELECT Id FROM User WHERE UserType = 'Standard'")
    const sizes: unknown[] = [page.at('totalSize')]
    const seen = new Set(column(page))
    while (page.at('done') === false) {
      page = await large.get(String(page.at('nextRecordsUrl')))
      sizes.push(column(page).length)
      for (const id of column(page)) seen.add(id)
    }
    expect(sizes).toEqual([4510, 2000, 510])
    expect(seen.size).toBe(4510)
    const small = await large.send('GET', '/services/data/v66.0/query?q=SELECT+Id+FROM+User', undefined, {
      'sforce-query-options': 'batchSize=200',
    })
    expect(column(small)).toHaveLength(200)
    expect((await large.get('/services/data/v66.0/query/01g000000000000AAA-2000')).at(0, 'errorCode')).toBe(
      'INVALID_QUERY_LOCATOR',
    )
  } finally {
    await large.simulator.close()
  }
})

test('a user is read and changed over SObject REST', async () => {
  const path = `/services/data/v66.0/sobjects/User/${users.annBoss}`
  expect((await client.get(`${path}?fields=Username,IsActive`)).json).toEqual({
    attributes: { type: 'User', url: path },
    Id: users.annBoss,
    Username: 'ann.boss@acme.example',
    IsActive: true,
  })
  const changed = await client.send('PATCH', path, {
    CompanyName: 'Acme BV',
    FederationIdentifier: 'E1',
    UserRoleId: '',
  })
  expect([changed.status, changed.text]).toEqual([204, ''])
  expect(client.simulator.user(users.annBoss)).toMatchObject({ CompanyName: 'Acme BV', UserRoleId: null })
  const refusals: [unknown, string][] = [
    [{ Alias: 'toolongalias' }, 'STRING_TOO_LONG'],
    [{ Alias: '' }, 'REQUIRED_FIELD_MISSING'],
    [{ ShoeSize: 1 }, 'INVALID_FIELD'],
    [{ UserType: 'Guest' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
    [{ ProfileId: users.admin }, 'MALFORMED_ID'],
    [{ UserRoleId: '00E5g000000zzzzAAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    [{ IsActive: 'true' }, 'JSON_PARSER_ERROR'],
    [[], 'JSON_PARSER_ERROR'],
    [{ Username: 'admin@acme.example' }, 'DUPLICATE_USERNAME'],
  ]
  for (const [body, code] of refusals) {
    const refused = await client.send('PATCH', path, body)
    expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, code])
  }
  expect(
    (await client.send('PATCH', '/services/data/v66.0/sobjects/User/0055g000000zzzzAAA', { Title: 'x' }))
      .status,
  ).toBe(404)
})
