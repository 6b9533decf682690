import { makeId } from '../../simulator/org/ids.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, profiles, permissionSets, groups } = seedIds
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

function ids(list: Reply): string[] {
  const resources = list.at('Resources')
  return Array.isArray(resources) ? (resources as { id: string }[]).map((each) => each.id) : []
}

let client: Client
beforeEach(async () => {
  client = await connect()
})
afterEach(() => client.simulator.close())

describe('filters', () => {
  test.each([
    ['userName eq "ANN.BOSS@acme.example"', [users.annBoss]],
    ['userName eq "s.o\'brien@acme.example"', [users.obrien]],
    ['externalId EQ "e100001"', [users.annBoss]],
    [`${enterprise}:employeeNumber eq "100777"`, [users.twinOne, users.twinTwo]],
    [`${enterprise}:manager.value eq "${users.annBoss}"`, [users.obrien]],
    [`urn:salesforce:schemas:extension:${seedIds.org}:Cost_Code__c eq "S-41"`, [users.obrien]],
    ['active eq "false"', [users.leaver]],
    ['name.familyName sw "O" and title pr', [users.obrien]],
    ['nickName eq "nobody"', []],
    [`id eq "${users.annBoss.slice(0, 15)}"`, [users.annBoss]],
    [`id gt "${users.annBoss}" and id le "${users.obrien}"`, [users.leaver, users.obrien]],
    [`id lt "${users.annBoss}" and active eq "true"`, [users.integration, users.admin]],
    ['phoneNumbers eq "+31201234567"', [users.annBoss]],
    [`entitlements eq "${permissionSets.salesOps}"`, [users.obrien]],
    [`groups eq "${groups.allManagers}"`, [users.annBoss]],
    ['displayName eq "Mei Çelik"', [users.pending]],
    ['title co "\\"" or displayName ew "brien"', [users.obrien]],
  ])('%s finds its users', async (filter, expected) => {
    const list = await client.filter(filter)
    expect([list.status, ids(list)]).toEqual([200, expected])
    expect(list.at('totalResults')).toBe(expected.length)
  })

  test('and does not bind tighter than or: clauses are read from left to right', async () => {
    // with precedence this would be: Ann Boss, or the inactive ones among the Jansens (none)
    const filter = 'name.familyName eq "Boss" or name.familyName eq "Jansen" and active eq "false"'
    expect(ids(await client.filter(filter))).toEqual([])
    const grouped = 'name.familyName eq "Boss" or (name.familyName eq "Jansen" and active eq "false")'
    expect(ids(await client.filter(grouped))).toEqual([users.annBoss])
  })

  test.each([
    ['active eq true', 'Argument has to be a quoted string literal : true'],
    ['employeeNumber eq "1"', 'Unsupported attribute : employeeNumber'],
    ['username eq "a"', 'Unsupported attribute : username'],
    ['name eq "a"', 'Complex attribute name. Please specify subattribute.'],
    ['title is "a"', 'Unsupported Operator : is'],
    ['title eq "a" xor title eq "b"', 'Illegal token : xor'],
    ['(title eq "a"', 'Unbalanced brackets, check your filter'],
    ['title eq "a")', 'Unbalanced brackets, check your filter'],
    ['emails[type eq "work"]', 'Unsupported Operator : type'],
    ['not (title eq "a")', 'Unsupported Operator : ('],
    [`entitlements eq "x" and groups eq "y"`, 'Only one membership criteria allowed in filter.'],
    ['phoneNumbers co "3"', 'Unsupported comparison for entitlements field'],
    ['entitlements pr', 'Unsupported comparison for entitlements field'],
    ['roles sw "00E"', 'Unsupported comparison for role field'],
  ])('%s is refused with the words of the pilot', async (filter, detail) => {
    const refused = await client.filter(filter)
    expect([refused.status, refused.at('detail')]).toEqual([400, detail])
  })

  test('an apostrophe breaks a filter of the pilot, and id takes no comparison where keyset paging is off', async () => {
    Object.assign(client.simulator.dialect, { filterApostrophe: 'breaks', idFilter: 'rejected' })
    expect((await client.filter('userName eq "s.o\'brien@acme.example"')).status).toBe(400)
    expect((await client.filter(`id gt "${users.admin}"`)).at('detail')).toBe('Unsupported Operator : gt')
    expect((await client.filter(`id eq "${users.admin}"`)).status).toBe(200)
  })

  test('attribute names match without case where the switch says so', async () => {
    client.simulator.dialect.filterNames = 'case-insensitive'
    expect(ids(await client.filter('USERNAME eq "ann.boss@acme.example"'))).toEqual([users.annBoss])
  })
})

describe('pages', () => {
  test.each([
    ['startIndex=0', 'Illegal startIndex value: 0'],
    ['startIndex=-1', 'Illegal startIndex value : -1'],
    ['startIndex=x', 'Illegal startIndex value : x'],
    ['count=0', 'Illegal count value : 0'],
    ['count=ten', 'Illegal count value : ten'],
    [
      'startIndex=2002',
      'Start index too big. Consider filtering down your result set, e.g. id gt "(the last id in the result set)"',
    ],
    ['attributes=id&excludedAttributes=name', 'Cannot provide both attributes and excludedAttributes'],
    ['attributes=shoeSize', 'Unsupported attribute: shoeSize'],
  ])('%s is refused', async (query, detail) => {
    const refused = await client.scim('GET', `/Users?${query}`)
    expect([refused.status, refused.at('detail')]).toEqual([400, detail])
  })

  test('startIndex 0 is read as 1 where the switch says so', async () => {
    client.simulator.dialect.startIndexZero = 'as-one'
    expect(ids(await client.scim('GET', '/Users?startIndex=0&count=1'))).toEqual([users.integration])
  })

  test('itemsPerPage is how many came and startIndex appears where it was sent', async () => {
    const page = await client.scim('GET', '/Users?startIndex=2&count=3')
    expect(page.json).toMatchObject({ totalResults: 10, itemsPerPage: 3, startIndex: 2 })
    expect(ids(page)).toEqual([users.admin, users.annBoss, users.leaver])
    expect((await client.scim('GET', '/Users?startIndex=9&count=100')).at('itemsPerPage')).toBe(2)
    const whole = await client.scim('GET', '/Users')
    expect(whole.at('startIndex')).toBeUndefined()
    expect(whole.at('itemsPerPage')).toBeUndefined()
  })

  test('a page cap below count answers fewer', async () => {
    client.simulator.dialect.pageCap = 2
    expect(ids(await client.scim('GET', '/Users?count=100'))).toHaveLength(2)
  })

  test('an empty list of users has no Resources', async () => {
    const none = await client.filter('title eq "none"')
    expect(none.json).toEqual({
      totalResults: 0,
      itemsPerPage: 0,
      startIndex: 0,
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    })
    client.simulator.dialect.emptyUserList = 'empty-resources'
    expect((await client.filter('title eq "none"')).at('Resources')).toEqual([])
  })

  test('only the attributes asked for are sent, and id, schemas and meta', async () => {
    const query = `attributes=userName,active,${enterprise}:employeeNumber&filter=${encodeURIComponent('userName eq "ann.boss@acme.example"')}`
    const page = await client.scim('GET', `/Users?${query}`)
    const [only] = page.at('Resources') as Record<string, unknown>[]
    expect(Object.keys(only ?? {}).sort()).toEqual(
      ['active', 'id', 'meta', 'schemas', enterprise, 'userName'].sort((a, b) => (a < b ? -1 : 1)),
    )
    expect(only?.[enterprise]).toEqual({ employeeNumber: '100001' })
    const without = await client.scim('GET', `/Users/${users.obrien}?excludedAttributes=entitlements,groups`)
    expect(without.at('entitlements')).toBeUndefined()
    const bare = await client.scim(
      'GET',
      `/Users/${users.obrien}?excludedAttributes=${enterprise},name.givenName`,
    )
    expect([bare.at(enterprise), bare.at('name')]).toEqual([undefined, undefined])
    const named = await client.scim('GET', '/Entitlements?attributes=displayName&startIndex=1&count=1')
    expect(Object.keys(named.at('Resources', 0) ?? {})).toEqual(['schemas', 'id', 'displayName', 'meta'])
    expect(without.at('name', 'familyName')).toBe("O'Brien")
  })

  test('entitlements are profiles and permission sets, at most 200 without a way to the rest', async () => {
    const list = await client.scim('GET', '/Entitlements?startIndex=1&count=200')
    expect(ids(list)[0]).toBe(profiles.systemAdministrator)
    expect(ids(list)).toContain(permissionSets.salesOps)
    expect(ids(list)).not.toContain(permissionSets.salesStarterAggregate)
    expect(ids(list)).not.toContain(profiles.guest)
    const { org, dialect } = client.simulator
    const sample = org.permissionSets.get(permissionSets.reportBuilder)
    for (let n = 0; n < 250; n++) {
      if (sample !== undefined)
        org.permissionSets.insert({ ...sample, Id: makeId('0PS', 5000 + n), Name: `Set_${n}` })
    }
    expect((await client.scim('GET', '/Entitlements?startIndex=201&count=200')).at('totalResults')).toBe(200)
    dialect.entitlementList = 'paged'
    expect(ids(await client.scim('GET', '/Entitlements?startIndex=201&count=200'))).toHaveLength(65)
    dialect.groupAggregatesListed = true
    expect((await client.scim('GET', '/Entitlements')).at('totalResults')).toBe(267)
  })

  test('an empty list of entitlements may be an empty body', async () => {
    client.simulator.dialect.emptyEntitlementList = 'empty-body'
    const none = await client.filter('displayName eq "none"', 'Entitlements')
    expect([none.status, none.text]).toEqual([200, ''])
  })

  test('groups list public groups, and queues where the switch says so', async () => {
    expect(ids(await client.scim('GET', '/Groups'))).toEqual([
      groups.emeaSalesTeam,
      groups.contractReviewers,
      groups.allManagers,
    ])
    client.simulator.dialect.queuesListed = true
    expect(ids(await client.scim('GET', '/Groups'))).toContain(groups.supportQueue)
    const filtered = await client.filter(`members eq "${users.obrien}"`, 'Groups')
    expect(ids(filtered)).toEqual([groups.emeaSalesTeam])
  })
})

describe('a large org', () => {
  test('is walked by id in pages that each know the total of the rest', async () => {
    const large = await connect({ seed: { users: 5000 } })
    try {
      const seen = new Set<string>()
      let last = ''
      for (;;) {
        const filter = encodeURIComponent(`id gt "${last || makeId('005', 0)}"`)
        const page = ids(
          await large.scim('GET', `/Users?filter=${filter}&startIndex=1&count=200&attributes=userName`),
        )
        if (page.length === 0) break
        for (const id of page) seen.add(id)
        last = page.at(-1) ?? ''
      }
      expect(seen.size).toBe(5010)
      const one = await large.filter(`${enterprise}:employeeNumber eq "9004321"`)
      expect(one.at('totalResults')).toBe(1)
      const made = await large.scim('PATCH', `/Users/${String(one.at('Resources', 0, 'id'))}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { [enterprise]: { employeeNumber: 'X1' } } }],
      })
      expect(made.status).toBe(200)
      expect((await large.filter(`${enterprise}:employeeNumber eq "9004321"`)).at('totalResults')).toBe(0)
      expect((await large.filter(`${enterprise}:employeeNumber eq "X1"`)).at('totalResults')).toBe(1)
    } finally {
      await large.simulator.close()
    }
  })
})
