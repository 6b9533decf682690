import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client } from './client.ts'

const { users, profiles } = seedIds
const base = '/services/data/v66.0/sobjects'

let client: Client
beforeAll(async () => {
  client = await connect({ seed: { records: true } })
})
afterAll(() => client.simulator.close())

/** The described fields of User by name. */
async function fieldsOf(of: Client): Promise<Map<string, Record<string, unknown>>> {
  const described = await of.get(`${base}/User/describe`)
  const fields = described.at('fields') as Record<string, unknown>[]
  return new Map(fields.map((field) => [String(field['name']), field]))
}

test('describe names every field of User with what a client has to know of it', async () => {
  const fields = await fieldsOf(client)
  const known = [...fields.keys()]
  for (const name of ['Extension', 'Signature', 'AboutMe', 'SenderName', 'IsPortalEnabled', 'AccountId']) {
    expect(known).toContain(name)
  }
  for (const name of ['MiddleName', 'StateCode', 'CountryCode']) expect(known).not.toContain(name)
  const of = (name: string, ...members: string[]): unknown[] =>
    members.map((member) => fields.get(name)?.[member])
  const access = ['createable', 'updateable', 'nillable', 'defaultedOnCreate']
  expect(of('Username', ...access, 'unique', 'idLookup', 'length')).toEqual([
    ...[true, true, false, false],
    ...[true, true, 80],
  ])
  expect(of('Name', ...access, 'nameField')).toEqual([false, false, false, false, true])
  expect(of('IsActive', ...access, 'type')).toEqual([true, true, false, true, 'boolean'])
  expect(of('ContactId', ...access, 'referenceTo')).toEqual([true, false, true, false, ['Contact']])
  expect(of('UserType', 'createable', 'updateable')).toEqual([false, false])
  expect(of('Badge_Number__c', 'custom', 'type', 'precision', 'scale')).toEqual([true, 'double', 18, 2])
  expect(of('Badge_Expires__c', 'type')).toEqual(['date'])
  expect(of('Signature', 'filterable', 'length')).toEqual([false, 1333])
  expect(of('Shift__c', 'restrictedPicklist', 'picklistValues')[1]).toContainEqual({
    active: true,
    defaultValue: false,
    label: 'Late',
    validFor: null,
    value: 'Late',
  })
})

test.each([
  [{ ShoeSize: 1 }, 'INVALID_FIELD', "No such column 'ShoeSize' on sobject of type User"],
  [{ Name: 'x' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: Name'],
  [{ UserType: 'Guest' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'UserType'],
  [{ ContactId: '003000000000001' }, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'ContactId'],
  [{ Title: 'x'.repeat(81) }, 'STRING_TOO_LONG', 'Title: data value too large'],
  [{ LocaleSidKey: 'xx' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value for restricted picklist'],
  [{ Shift__c: 'Noon' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Shift'],
  [{ IsActive: 'false' }, 'JSON_PARSER_ERROR', 'instance of boolean from VALUE_STRING value false'],
  [{ IsActive: 1 }, 'JSON_PARSER_ERROR', 'instance of boolean from VALUE_NUMBER_INT value 1'],
  [{ Badge_Number__c: '5' }, 'JSON_PARSER_ERROR', 'instance of double from VALUE_STRING value 5'],
  [{ Badge_Number__c: 1e17 }, 'NUMBER_OUTSIDE_VALID_RANGE', 'Badge Number'],
  [{ Badge_Expires__c: '31-12-2026' }, 'JSON_PARSER_ERROR', 'instance of date'],
  [{ Title: ['x'] }, 'JSON_PARSER_ERROR', 'instance of string from START_ARRAY'],
  [{ LastName: null }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]'],
  [{ ProfileId: users.admin }, 'MALFORMED_ID', 'Profile ID: id value of incorrect type'],
])('a write of %j is refused with %s', async (body, code, text) => {
  const before = { ...client.simulator.user(users.annBoss) }
  const refused = await client.send('PATCH', `${base}/User/${users.annBoss}`, body)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, code])
  expect(refused.at(0, 'message')).toContain(text)
  expect(client.simulator.user(users.annBoss)).toEqual(before)
})

test('a create without what is required names all of it', async () => {
  const refused = await client.send('POST', `${base}/User`, { LastName: 'x', ProfileId: profiles.readOnly })
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, 'REQUIRED_FIELD_MISSING'])
  expect(refused.at(0, 'fields')).toEqual(
    expect.arrayContaining(['Username', 'Email', 'Alias', 'LocaleSidKey']),
  )
})

test('values of every kind are stored, and come back by record and by query', async () => {
  const values = {
    Extension: '12',
    Signature: 'Regards',
    EmailPreferencesAutoBcc: true,
    Badge_Number__c: 7.5,
    Remote_Worker__c: true,
    Shift__c: 'Night',
    Badge_Expires__c: '2026-12-31',
  }
  const path = `${base}/User/${users.twinOne}`
  expect((await client.send('PATCH', path, values)).status).toBe(204)
  expect((await client.get(`${path}?fields=${Object.keys(values).join(',')}`)).json).toMatchObject(values)
  const found = await client.soql(
    "SELECT Id FROM User WHERE Extension = '12' AND EmailPreferencesAutoBcc = true AND Badge_Number__c = 7.5 AND Shift__c = 'night' AND Badge_Expires__c >= 2026-12-31 AND Remote_Worker__c = true",
  )
  expect(found.at('records', 0, 'Id')).toBe(users.twinOne)
  // what nobody set is false, not null
  expect((await client.get(`${base}/User/${users.admin}?fields=ReceivesInfoEmails`)).json).toMatchObject({
    ReceivesInfoEmails: false,
  })
})

test('middle names, numbers as texts, and state and country picklists are there where the switches say so', async () => {
  const own = await connect({
    dialect: { middleNames: true, stateCountryPicklists: true, numberAsText: 'accepted' },
  })
  try {
    const fields = await fieldsOf(own)
    expect(fields.get('CountryCode')?.['restrictedPicklist']).toBe(true)
    const path = `${base}/User/${users.annBoss}`
    const patch = async (body: unknown): Promise<unknown[]> => {
      const answer = await own.send('PATCH', path, body)
      return [answer.status, answer.at(0, 'errorCode')]
    }
    const homeless = await own.send('PATCH', path, { State: 'California' })
    expect(homeless.at(0)).toMatchObject({
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: expect.stringContaining('A country/territory must be specified before') as string,
    })
    expect(await patch({ Country: 'Atlantis' })).toEqual([400, 'FIELD_INTEGRITY_EXCEPTION'])
    expect(await patch({ CountryCode: 'XX' })).toEqual([400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'])
    expect(await patch({ CountryCode: 'US', State: 'california', MiddleName: 'M.' })).toEqual([
      204,
      undefined,
    ])
    expect(await patch({ Badge_Number__c: '5' })).toEqual([204, undefined])
    expect((await own.get(path)).json).toMatchObject({
      Country: 'United States',
      StateCode: 'CA',
      Name: 'Ann M. Boss',
      Badge_Number__c: 5,
    })
  } finally {
    await own.simulator.close()
  }
})

test.each([
  [
    "SELECT Id FROM User WHERE Badge_Number__c = '5'",
    'must be of type double and should not be enclosed in quotes',
  ],
  [
    "SELECT Id FROM User WHERE Remote_Worker__c = 'true'",
    'must be of type boolean and should not be enclosed',
  ],
  ["SELECT Id FROM User WHERE Badge_Expires__c = '2026-12-31'", 'must be of type date and should not be'],
  ['SELECT Id FROM User WHERE CreatedDate > 2026-12-31', 'must be of type dateTime'],
  ["SELECT Id FROM User WHERE Signature = 'x'", "field 'Signature' can not be filtered in a query call"],
])('%s is refused', async (query, text) => {
  const refused = await client.soql(query)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, 'INVALID_FIELD'])
  expect(refused.at(0, 'message')).toContain(text)
})

test('rows are counted, in all and by group', async () => {
  const counted = await client.soql("SELECT COUNT(Id) n FROM User WHERE LastName = 'Jansen'")
  expect(counted.json).toEqual({
    totalSize: 1,
    done: true,
    records: [{ attributes: { type: 'AggregateResult' }, n: 2 }],
  })
  const none = await client.soql("SELECT COUNT(Id) FROM User WHERE LastName = 'Nobody'")
  expect(none.at('records', 0, 'expr0')).toBe(0)
  const grouped = await client.soql(
    "SELECT IsActive, COUNT(Id) n FROM User WHERE Profile.Name = 'Standard User' GROUP BY IsActive",
  )
  expect((grouped.at('records') as { n: number }[]).map((each) => each.n).sort()).toEqual([1, 4])
  expect((await client.soql('SELECT Name, COUNT(Id) FROM User')).at(0, 'errorCode')).toBe('MALFORMED_QUERY')
})

test('quotes, backslashes and letters of either case are found as they were stored', async () => {
  const path = `${base}/User/${users.twinTwo}`
  await client.send('PATCH', path, { Title: "O'Brien \\ Sons" })
  const found = await client.soql("SELECT Id FROM User WHERE Title = 'o\\'BRIEN \\\\ sons'")
  expect(found.at('records', 0, 'Id')).toBe(users.twinTwo)
  const parents = await client.soql(
    "SELECT Id FROM User WHERE Profile.UserLicense.Name = 'Salesforce' AND UserRole.Name = 'EMEA Sales' AND Manager.Name = 'Ann Boss'",
  )
  expect(parents.at('records', 0, 'Id')).toBe(users.obrien)
})
