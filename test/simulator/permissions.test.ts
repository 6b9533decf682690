import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, profiles, permissionSets, permissionSetGroups, permissionSetLicenses, groups } = seedIds
const base = '/services/data/v66.0/sobjects'

let client: Client
beforeEach(async () => {
  client = await connect()
})
afterEach(() => client.simulator.close())

const create = (type: string, body: unknown): Promise<Reply> => client.send('POST', `${base}/${type}`, body)
const remove = (type: string, id: unknown): Promise<Reply> =>
  client.send('DELETE', `${base}/${type}/${String(id)}`)
const code = (answer: Reply): unknown[] => [answer.status, answer.at(0, 'errorCode')]
const held = (userId: string): string[] =>
  client.simulator.org
    .assignmentsOf(userId)
    .map((row) => row.PermissionSetId)
    .sort()

describe('entitlements of a user over SCIM', () => {
  const add = (id: string, ...ids: string[]): Promise<Reply> =>
    client.patch(id, { op: 'add', value: { entitlements: ids.map((value) => ({ value })) } })
  const replace = (id: string, ...ids: string[]): Promise<Reply> =>
    client.patch(id, { op: 'replace', value: { entitlements: ids.map((value) => ({ value })) } })

  test('add keeps what the user holds', async () => {
    expect((await add(users.obrien, permissionSets.reportBuilder.slice(0, 15))).status).toBe(200)
    expect(held(users.obrien)).toEqual(
      [permissionSets.salesOps, permissionSets.reportBuilder, permissionSets.contractEditor].sort(),
    )
  })

  test('replace with one permission set deletes the others and leaves the profile', async () => {
    const patched = await replace(users.obrien, permissionSets.reportBuilder)
    expect(held(users.obrien)).toEqual([permissionSets.reportBuilder])
    expect(patched.at('entitlements', 0, 'value')).toBe(profiles.salesReps)
  })

  test('replace with a profile alone leaves the permission sets', async () => {
    await replace(users.obrien, profiles.readOnly)
    expect(client.simulator.user(users.obrien)?.ProfileId).toBe(profiles.readOnly)
    expect(held(users.obrien)).toHaveLength(2)
    const own = client.simulator.org.permissionSetAssignments
      .where('AssigneeId', users.obrien)
      .map((row) => client.simulator.org.permissionSets.get(row.PermissionSetId)?.ProfileId)
    expect(own).toContain(profiles.readOnly)
    expect(own).not.toContain(profiles.salesReps)
  })

  test('replace with nothing changes nothing, unless the last permission set may go', async () => {
    await replace(users.annBoss)
    expect(held(users.annBoss)).toEqual([permissionSets.reportBuilder])
    client.simulator.dialect.lastPermissionSetRemovable = true
    await replace(users.annBoss)
    expect(held(users.annBoss)).toEqual([])
  })

  test.each([
    ['add', [profiles.readOnly], 'INVALID: cannot have multiple profiles: (00e5g0000000003AAA)'],
    [
      'replace',
      [profiles.readOnly, profiles.standardUser],
      'INVALID: cannot have multiple profiles: (00e5g0000000003AAA, 00e5g0000000002AAA)',
    ],
    [
      'add',
      [permissionSetGroups.salesStarter],
      `INVALID entitlement id: ${permissionSetGroups.salesStarter}`,
    ],
  ])('%s of %j is refused', async (op, ids, detail) => {
    const refused = await (op === 'add' ? add(users.obrien, ...ids) : replace(users.obrien, ...ids))
    expect([refused.status, refused.at('detail')]).toEqual([400, detail])
  })

  test('add of a permission set that is held is refused, or ignored where the switch says so', async () => {
    const refused = await add(users.obrien, permissionSets.salesOps)
    expect(refused.status).toBe(400)
    expect(refused.at('detail')).toContain('INVALID:Duplicate PermissionSetAssignment')
    client.simulator.dialect.patchAddHeldEntitlement = 'ignore'
    expect((await add(users.obrien, permissionSets.salesOps)).status).toBe(200)
    expect(held(users.obrien)).toHaveLength(2)
  })

  test('a permission set of another licence is refused and nothing is lost', async () => {
    const refused = await replace(users.obrien, permissionSets.platformTools)
    expect(refused.status).toBe(409)
    expect(refused.at('detail')).toContain('FIELD_INTEGRITY_EXCEPTION')
    expect(held(users.obrien)).toHaveLength(2)
  })

  test('a profile of another licence is refused while a permission set needs the old one', async () => {
    const refused = await replace(users.obrien, profiles.standardPlatformUser)
    expect(refused.at('detail')).toContain('FIELD_INTEGRITY_EXCEPTION')
    expect(client.simulator.user(users.obrien)?.ProfileId).toBe(profiles.salesReps)
  })
})

describe('assignments over SObject REST', () => {
  test('a permission set is granted, refused twice, and revoked by the row', async () => {
    const body = { AssigneeId: users.annBoss, PermissionSetId: permissionSets.dataExport }
    const made = await create('PermissionSetAssignment', body)
    expect([made.status, made.at('success')]).toEqual([201, true])
    expect(code(await create('PermissionSetAssignment', body))).toEqual([400, 'DUPLICATE_VALUE'])
    const found = await client.soql(
      `SELECT Id, PermissionSet.Name, PermissionSetGroupId FROM PermissionSetAssignment WHERE AssigneeId = '${users.annBoss}' AND PermissionSet.IsOwnedByProfile = false`,
    )
    expect(found.at('totalSize')).toBe(2)
    expect((await remove('PermissionSetAssignment', made.at('id'))).status).toBe(204)
    expect(code(await remove('PermissionSetAssignment', made.at('id')))).toEqual([404, 'NOT_FOUND'])
    expect(held(users.annBoss)).toEqual([permissionSets.reportBuilder])
  })

  test('a group is granted as one row of its aggregate, or with its components', async () => {
    const body = { AssigneeId: users.annBoss, PermissionSetGroupId: permissionSetGroups.salesStarter }
    const made = await create('PermissionSetAssignment', body)
    expect(client.simulator.org.permissionSetAssignments.get(String(made.at('id')))).toMatchObject({
      PermissionSetId: permissionSets.salesStarterAggregate,
      PermissionSetGroupId: permissionSetGroups.salesStarter,
    })
    expect(code(await create('PermissionSetAssignment', body))).toEqual([400, 'DUPLICATE_VALUE'])
    await remove('PermissionSetAssignment', made.at('id'))
    client.simulator.dialect.groupAssignmentRows = 'components-too'
    const again = await create('PermissionSetAssignment', body)
    // the direct grant of Report Builder and the one through the group stand side by side
    expect(held(users.annBoss).filter((id) => id === permissionSets.reportBuilder)).toHaveLength(2)
    await remove('PermissionSetAssignment', again.at('id'))
    expect(held(users.annBoss)).toEqual([permissionSets.reportBuilder])
  })

  test('an expiry is stored, extended and must lie ahead', async () => {
    const made = await create('PermissionSetAssignment', {
      AssigneeId: users.annBoss,
      PermissionSetId: permissionSets.dataExport,
      ExpirationDate: '2099-01-31T00:00:00Z',
    })
    const id = String(made.at('id'))
    const path = `${base}/PermissionSetAssignment/${id}`
    expect(
      (await client.send('PATCH', path, { ExpirationDate: '2099-12-31T00:00:00.000+0000' })).status,
    ).toBe(204)
    expect((await client.get(path)).at('ExpirationDate')).toBe('2099-12-31T00:00:00.000+0000')
    expect(code(await client.send('PATCH', path, { ExpirationDate: '2001-01-01T00:00:00Z' }))[0]).toBe(400)
    expect(code(await client.send('PATCH', path, { AssigneeId: users.admin }))[1]).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    )
  })

  test.each([
    ['neither a set nor a group', {}, 'REQUIRED_FIELD_MISSING'],
    [
      'both a set and a group',
      { PermissionSetId: permissionSets.dataExport, PermissionSetGroupId: permissionSetGroups.salesStarter },
      'REQUIRED_FIELD_MISSING',
    ],
    [
      'a set of another licence',
      { PermissionSetId: permissionSets.platformTools },
      'FIELD_INTEGRITY_EXCEPTION',
    ],
    [
      'a set whose licence is missing',
      { PermissionSetId: permissionSets.consoleAgent },
      'FIELD_INTEGRITY_EXCEPTION',
    ],
    [
      'a group with such a set',
      { PermissionSetGroupId: permissionSetGroups.serviceStarter },
      'FIELD_INTEGRITY_EXCEPTION',
    ],
    [
      'the aggregate behind a group',
      { PermissionSetId: permissionSets.salesStarterAggregate },
      'FIELD_INTEGRITY_EXCEPTION',
    ],
    ['an unknown set', { PermissionSetId: '0PS5g000000zzzzAAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
    ['a profile as the set', { PermissionSetId: profiles.readOnly }, 'MALFORMED_ID'],
  ])('%s is refused', async (_what, over, expected) => {
    client.simulator.dialect.permissionSetLicenceOnGrant = 'required'
    expect(code(await create('PermissionSetAssignment', { AssigneeId: users.annBoss, ...over }))).toEqual([
      400,
      expected,
    ])
  })

  test('an inactive user takes assignments unless the switch refuses', async () => {
    const body = { AssigneeId: users.leaver, PermissionSetId: permissionSets.dataExport }
    client.simulator.dialect.grantToInactive = 'refused'
    expect(code(await create('PermissionSetAssignment', body))).toEqual([400, 'INACTIVE_OWNER_OR_USER'])
    client.simulator.dialect.grantToInactive = 'allowed'
    expect((await create('PermissionSetAssignment', body)).status).toBe(201)
  })

  test('permission set licences have seats, and stay while a permission set needs them', async () => {
    client.simulator.dialect.permissionSetLicenceOnGrant = 'required'
    const licence = permissionSetLicenses.serviceConsole
    const assign = (userId: string): Promise<Reply> =>
      create('PermissionSetLicenseAssign', { AssigneeId: userId, PermissionSetLicenseId: licence })
    const mine = await assign(users.annBoss)
    expect(mine.status).toBe(201)
    expect(code(await assign(users.annBoss))).toEqual([400, 'DUPLICATE_VALUE'])
    await assign(users.obrien)
    expect(code(await assign(users.twinOne))).toEqual([400, 'LIMIT_EXCEEDED'])
    const seats = await client.soql(
      `SELECT TotalLicenses, UsedLicenses FROM PermissionSetLicense WHERE Id = '${licence}'`,
    )
    expect(seats.at('records', 0)).toMatchObject({ TotalLicenses: 2, UsedLicenses: 2 })
    const set = await create('PermissionSetAssignment', {
      AssigneeId: users.annBoss,
      PermissionSetId: permissionSets.consoleAgent,
    })
    expect(set.status).toBe(201)
    const kept = await remove('PermissionSetLicenseAssign', mine.at('id'))
    expect(kept.at(0, 'message')).toContain('Console Agent')
    await remove('PermissionSetAssignment', set.at('id'))
    expect((await remove('PermissionSetLicenseAssign', mine.at('id'))).status).toBe(204)
  })

  test('a permission set brings its license along, and the last one takes it away', async () => {
    const used = (): number =>
      client.simulator.org.usedPermissionSetLicenses(permissionSetLicenses.serviceConsole)
    const grant = (over: object): Promise<Reply> =>
      create('PermissionSetAssignment', { AssigneeId: users.annBoss, ...over })
    const set = await grant({ PermissionSetId: permissionSets.consoleAgent })
    expect(used()).toBe(1)
    const group = await grant({ PermissionSetGroupId: permissionSetGroups.serviceStarter })
    await remove('PermissionSetAssignment', set.at('id'))
    expect(used()).toBe(1)
    await remove('PermissionSetAssignment', group.at('id'))
    expect(used()).toBe(0)
  })

  test.each([
    ['shown', 'revives', 204, true],
    ['shown', 'stays', 204, false],
    ['hidden', 'revives', 204, true],
    ['hidden', 'refused', 400, undefined],
  ] as const)(
    'an expired assignment that is %s: %s',
    async (expiredAssignment, expiredExtension, status, isActive) => {
      const { org, dialect } = client.simulator
      Object.assign(dialect, { expiredAssignment, expiredExtension })
      const body = { AssigneeId: users.annBoss, PermissionSetId: permissionSets.dataExport }
      const id = String((await create('PermissionSetAssignment', body)).at('id'))
      const row = org.permissionSetAssignments.get(id)
      if (row === undefined) throw new Error('it was not created')
      org.permissionSetAssignments.update(row, {
        IsActive: false,
        ExpirationDate: '2020-01-01T00:00:00.000Z',
      })
      const soql = encodeURIComponent(`SELECT IsActive FROM PermissionSetAssignment WHERE Id = '${id}'`)
      const shown = async (resource: string): Promise<unknown> =>
        (await client.get(`/services/data/v66.0/${resource}?q=${soql}`)).at('totalSize')
      expect([await shown('query'), await shown('queryAll')]).toEqual([
        expiredAssignment === 'shown' ? 1 : 0,
        1,
      ])
      expect(code(await create('PermissionSetAssignment', body))).toEqual([400, 'DUPLICATE_VALUE'])
      const path = `/services/data/v66.0/sobjects/PermissionSetAssignment/${id}`
      expect((await client.send('PATCH', path, { ExpirationDate: null })).status).toBe(status)
      if (isActive !== undefined) expect(org.permissionSetAssignments.get(id)?.IsActive).toBe(isActive)
    },
  )
})

describe('freezing', () => {
  const login = async (userId: string): Promise<Reply> =>
    client.soql(`SELECT Id, IsFrozen FROM UserLogin WHERE UserId = '${userId}'`)

  test('a user is frozen and unfrozen and keeps the seat', async () => {
    const { org } = client.simulator
    const used = org.usedLicenses(seedIds.userLicenses.salesforce)
    const id = String((await login(users.annBoss)).at('records', 0, 'Id'))
    expect((await client.send('PATCH', `${base}/UserLogin/${id}`, { IsFrozen: true })).status).toBe(204)
    expect((await login(users.annBoss)).at('records', 0, 'IsFrozen')).toBe(true)
    expect(org.usedLicenses(seedIds.userLicenses.salesforce)).toBe(used)
    await client.send('PATCH', `${base}/UserLogin/${id}`, { IsFrozen: false })
    expect((await login(users.annBoss)).at('records', 0, 'IsFrozen')).toBe(false)
    expect(code(await client.send('PATCH', `${base}/UserLogin/${id}`, { IsPasswordLocked: true }))[0]).toBe(
      400,
    )
  })

  test('a sign-in shows who changed it last, and when', async () => {
    const author = (): Promise<Reply> =>
      client.soql(
        `SELECT Id, LastModifiedById, LastModifiedDate FROM UserLogin WHERE UserId = '${users.annBoss}'`,
      )
    client.simulator.freeze(users.annBoss, users.automatedProcess)
    expect((await author()).at('records', 0, 'LastModifiedById')).toBe(users.automatedProcess)
    const id = String((await author()).at('records', 0, 'Id'))
    await client.send('PATCH', `${base}/UserLogin/${id}`, { IsFrozen: false })
    const row = (await author()).at('records', 0)
    expect(row).toMatchObject({ LastModifiedById: users.integration })
    expect(String((row as { LastModifiedDate?: unknown }).LastModifiedDate)).toMatch(/^20\d\d-/)
    const forged = { LastModifiedById: users.admin }
    expect((await client.send('PATCH', `${base}/UserLogin/${id}`, forged)).status).toBe(400)
  })

  test.each([false, true])('whether a freeze ends open sessions is a switch: %s', (freezeEndsSessions) => {
    const { org, dialect } = client.simulator
    org.issueToken(users.obrien, new Date())
    const open = (): number => org.authSessions.where('UsersId', users.obrien).length
    const before = open()
    dialect.freezeEndsSessions = freezeEndsSessions
    client.simulator.freeze(users.obrien)
    expect([before > 0, open() > 0]).toEqual([true, !freezeEndsSessions])
  })

  test.each([false, true])('whether Freeze Users is enough is a switch: %s', async (freezeUsersSuffices) => {
    const { org, dialect } = client.simulator
    dialect.freezeUsersSuffices = freezeUsersSuffices
    org.missingRights.set(users.integration, new Set(['ManageUsers']))
    expect((await login(users.annBoss)).status).toBe(freezeUsersSuffices ? 200 : 400)
    org.missingRights.set(users.integration, new Set(['ManageUsers', 'FreezeUsers']))
    expect((await login(users.annBoss)).status).toBe(400)
    org.missingRights.delete(users.integration)
  })

  test('nobody freezes itself, and some users have no row', async () => {
    const own = String((await login(users.integration)).at('records', 0, 'Id'))
    expect(code(await client.send('PATCH', `${base}/UserLogin/${own}`, { IsFrozen: true }))).toEqual([
      400,
      'CANNOT_FREEZE_SELF',
    ])
    expect((await login(users.guest)).at('totalSize')).toBe(0)
  })
})

describe('groups, queues, roles, territories', () => {
  const patchGroup = (id: string, ...operations: unknown[]): Promise<Reply> =>
    client.scim('PATCH', `/Groups/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: operations,
    })
  const members = (ids: readonly string[]): unknown => ({ members: ids.map((value) => ({ value })) })

  test('members are added and removed with a wrapped value', async () => {
    const added = await patchGroup(groups.emeaSalesTeam, {
      op: 'add',
      path: 'members',
      value: members([users.annBoss, users.obrien]),
    })
    expect(added.status).toBe(200)
    expect((added.at('members') as { value: string }[]).map((each) => each.value)).toEqual([
      users.obrien,
      users.annBoss,
    ])
    const removed = await patchGroup(groups.emeaSalesTeam, {
      op: 'remove',
      path: 'members',
      value: members([users.obrien]),
    })
    expect((removed.at('members') as unknown[]).length).toBe(1)
    expect((await client.scim('GET', `/Groups/${groups.contractReviewers}`)).at('members', 0, 'type')).toBe(
      'Group',
    )
  })

  test('a plain list as value, a stranger to remove and a replace are what the dialect makes of them', async () => {
    const plain = await patchGroup(groups.emeaSalesTeam, {
      op: 'add',
      path: 'members',
      value: [{ value: users.annBoss }],
    })
    expect(plain.at('errorCode')).toBe('UNKNOWN_EXCEPTION')
    const stranger = { op: 'remove', path: 'members', value: members([users.admin]) }
    expect((await patchGroup(groups.emeaSalesTeam, stranger)).status).toBe(200)
    Object.assign(client.simulator.dialect, {
      groupRemoveStranger: 'error-500',
      groupReplace: 'wipes',
      groupPatchAnswer: 'empty',
    })
    expect((await patchGroup(groups.emeaSalesTeam, stranger)).status).toBe(500)
    const replaced = await patchGroup(groups.emeaSalesTeam, {
      op: 'replace',
      path: 'members',
      value: members([users.annBoss]),
    })
    expect([replaced.status, replaced.text]).toEqual([200, ''])
    expect(client.simulator.org.groupMembers.where('GroupId', groups.emeaSalesTeam)).toEqual([])
  })

  test('a put of a group answers nothing, and groups are made where the switch says so', async () => {
    const put = await client.scim('PUT', `/Groups/${groups.allManagers}`, members([users.admin]))
    expect([put.status, put.text]).toEqual([200, ''])
    expect(client.simulator.org.groupMembers.where('GroupId', groups.allManagers)[0]?.UserOrGroupId).toBe(
      users.admin,
    )
    expect((await client.scim('POST', '/Groups', { displayName: 'X' })).status).toBe(501)
    Object.assign(client.simulator.dialect, { groupPost: true, groupDelete: true })
    const made = await client.scim('POST', '/Groups', { displayName: 'X' })
    expect(made.status).toBe(201)
    expect((await client.scim('DELETE', `/Groups/${String(made.at('id'))}`)).status).toBe(204)
  })

  test('queue members and groups go over SObject REST', async () => {
    const body = { GroupId: groups.leadsQueue, UserOrGroupId: users.annBoss }
    const made = await create('GroupMember', body)
    expect(made.status).toBe(201)
    expect((await create('GroupMember', body)).at('id')).toBe(made.at('id'))
    expect((await client.soql("SELECT Id FROM GroupMember WHERE Group.Type = 'Queue'")).at('totalSize')).toBe(
      2,
    )
    expect((await remove('GroupMember', made.at('id'))).status).toBe(204)
    expect(code(await client.send('PATCH', `${base}/GroupMember/011000000000001`, {}))[0]).toBe(400)
    const group = await create('Group', { Name: 'Amsterdam', DeveloperName: 'Amsterdam' })
    expect(group.status).toBe(201)
    expect(code(await create('Group', { Name: 'Amsterdam', DeveloperName: 'amsterdam' }))).toEqual([
      400,
      'DUPLICATE_DEVELOPER_NAME',
    ])
    expect(
      code(await create('GroupMember', { GroupId: groups.leadsQueue, UserOrGroupId: profiles.readOnly }))[1],
    ).toBe('MALFORMED_ID')
  })

  test('a locked group refuses members over both services', async () => {
    client.simulator.dialect.groupLock = true
    expect(
      code(await create('GroupMember', { GroupId: groups.leadsQueue, UserOrGroupId: users.annBoss })),
    ).toEqual([400, 'UNABLE_TO_LOCK_ROW'])
    const refused = await patchGroup(groups.emeaSalesTeam, {
      op: 'add',
      path: 'members',
      value: members([users.annBoss]),
    })
    expect(refused.at('detail')).toContain('UNABLE_TO_LOCK_ROW')
  })

  test('a role is cleared over SCIM and refused for licences without roles', async () => {
    expect((await client.patch(users.obrien, { op: 'remove', path: 'roles' })).at('roles')).toBeUndefined()
    const refused = await client.patch(users.integration, {
      op: 'replace',
      value: { roles: [{ value: seedIds.roles.ceo }] },
    })
    expect(refused.at('detail')).toContain('FIELD_INTEGRITY_EXCEPTION')
  })

  test('territories exist only where they are enabled', async () => {
    const body = { UserId: users.annBoss, Territory2Id: seedIds.territories.benelux }
    expect((await create('UserTerritory2Association', body)).status).toBe(404)
    client.simulator.dialect.territoryManagement = true
    expect((await create('UserTerritory2Association', body)).status).toBe(201)
    expect(code(await create('UserTerritory2Association', body))).toEqual([400, 'DUPLICATE_VALUE'])
    expect((await client.soql('SELECT Id FROM Territory2')).at('totalSize')).toBe(2)
  })

  test('a feature licence is a boolean of the user, found by describe', async () => {
    const described = await client.get(`${base}/User/describe`)
    const fields = described.at('fields') as { name: string; type: string; custom: boolean; length: number }[]
    expect(fields.find((each) => each.name === 'UserPermissionsMarketingUser')?.type).toBe('boolean')
    expect(fields.find((each) => each.name === 'Cost_Code__c')).toMatchObject({ custom: true, length: 20 })
    expect(fields.find((each) => each.name === 'Alias')?.length).toBe(8)
    const path = `${base}/User/${users.annBoss}`
    expect((await client.send('PATCH', path, { UserPermissionsMarketingUser: true })).status).toBe(204)
    expect(
      (await client.get(`${path}?fields=UserPermissionsMarketingUser`)).at('UserPermissionsMarketingUser'),
    ).toBe(true)
    expect((await client.get(base)).at('sobjects', 0, 'name')).toBe('User')
    expect((await client.get('/services/data/v66.0/limits')).at('DailyApiRequests', 'Max')).toBe(100_000)
  })

  test('users cannot be deleted, and a flow of the customer can spoil every write of users', async () => {
    expect((await remove('User', users.annBoss)).status).toBe(400)
    client.simulator.dialect.mixedDml = true
    expect(code(await client.send('PATCH', `${base}/User/${users.annBoss}`, { Title: 'x' }))).toEqual([
      400,
      'MIXED_DML_OPERATION',
    ])
  })
})
