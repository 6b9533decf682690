import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect, newUser } from './client.ts'
import type { Client } from './client.ts'

const { users, profiles, roles } = seedIds
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const custom = `urn:salesforce:schemas:extension:${seedIds.org}`

describe.each(['documented', 'pilot'] as const)('users of the org in the %s dialect', (dialect) => {
  let client: Client
  beforeEach(async () => {
    client = await connect({ dialect })
  })
  afterEach(() => client.simulator.close())

  test('a user is created with the defaults of Salesforce and comes back in lower case', async () => {
    const made = await client.scim('POST', '/Users', newUser())
    expect(made.status).toBe(dialect === 'documented' ? 201 : 200)
    expect(made.at('userName')).toBe('j.devries@acme.example')
    expect(made.at('nickName')).toBe('J.deVries@Acme.example')
    expect(made.at('displayName')).toBe('Jan de Vries')
    expect(made.at('active')).toBe(true)
    expect(made.at('entitlements', 0, 'display')).toBe('Standard User')
    expect(made.headers.get('location')).toBe(
      `${client.simulator.url}/services/scim/v2/Users/${String(made.at('id'))}`,
    )
    expect(client.simulator.user('j.devries@acme.example')).toMatchObject({
      TimeZoneSidKey: 'America/Los_Angeles',
      LocaleSidKey: 'en_US',
      ProfileId: profiles.standardUser,
    })
  })

  test('a user without a profile is refused with the observed 409', async () => {
    const refused = await client.scim('POST', '/Users', newUser({ entitlements: undefined }))
    expect(refused.status).toBe(409)
    expect(refused.json).toEqual({
      schemas: '["urn:ietf:params:scim:api:messages:2.0:Error"]',
      detail: 'REQUIRED_FIELD_MISSING:user_must_have_one_entitlement_which_must_be_a_profileid;',
      status: 409,
    })
  })

  test.each([
    [
      'a username that another user has in another case',
      { userName: 'ANN.BOSS@acme.example' },
      'DUPLICATE_USERNAME',
    ],
    ['a username that another org has', { userName: 'taken@elsewhere.example' }, 'DUPLICATE_USERNAME'],
    ['a nickname that is taken', { nickName: 'ann.boss' }, 'DUPLICATE_COMM_NICKNAME'],
    ['a federation id that is taken', { externalId: 'e100001' }, 'DUPLICATE_VALUE'],
    [
      'a username of over 40 characters and no nickname',
      { userName: `${'x'.repeat(40)}@acme.example` },
      'STRING_TOO_LONG',
    ],
    ['a username that is no address', { userName: 'jan' }, 'INVALID_EMAIL_ADDRESS'],
    ['an unknown locale', { locale: 'xx_XX' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [
      'an unknown profile',
      { entitlements: [{ value: '00e5g000000zzzzAAA' }] },
      'INVALID_CROSS_REFERENCE_KEY',
    ],
    [
      'two e-mail addresses',
      { emails: [{ value: 'a@b.example' }, { value: 'c@d.example' }] },
      'INVALID:only_a_single_email_is_allowed;',
    ],
    [
      'two phone numbers',
      { phoneNumbers: [{ value: '1' }, { value: '2' }] },
      'INVALID:only_a_single_phone_is_allowed',
    ],
    ['no e-mail address', { emails: [] }, 'REQUIRED_FIELD_MISSING:email;'],
    ['an empty list of roles', { roles: [] }, 'user_must_have_only_one_role'],
    ['a middle name', { name: { familyName: 'x', middleName: 'y' } }, 'UNSUPPORTED_FIELD:name.middleName'],
    ['active as a text', { active: 'true' }, 'Expecting BOOLEAN But Found VALUE_STRING while parsing active'],
    ['an inactive manager', { [enterprise]: { manager: { value: users.leaver } } }, 'INACTIVE_OWNER_OR_USER'],
  ])('%s is refused with 409 and nothing is created', async (_what, over, code) => {
    const before = client.simulator.org.users.size
    const refused = await client.scim('POST', '/Users', newUser(over))
    expect(refused.status).toBe(409)
    expect(refused.at('detail')).toEqual(expect.stringContaining(code))
    expect(client.simulator.org.users.size).toBe(before)
  })

  test('the seats of a licence run out for creates and for reactivation', async () => {
    const { org } = client.simulator
    const licence = org.userLicenses.get(seedIds.userLicenses.salesforce)
    expect(licence).toBeDefined()
    org.userLicenses.set(seedIds.userLicenses.salesforce, {
      ...(licence ??
        (() => {
          throw new Error('no licence')
        })()),
      TotalLicenses: org.usedLicenses(seedIds.userLicenses.salesforce),
    })
    const refused = await client.scim('POST', '/Users', newUser())
    expect(refused.at('detail')).toContain('LICENSE_LIMIT_EXCEEDED')
    const inactive = await client.scim('POST', '/Users', newUser({ active: false }))
    expect(inactive.at('active')).toBe(false)
    const again = await client.patch(users.leaver, { op: 'replace', value: { active: true } })
    expect(again.status).toBe(dialect === 'documented' ? 409 : 500)
    expect(again.text).toContain('LICENSE_LIMIT_EXCEEDED')
  })

  test('custom fields, extension and alias are written under their own URNs', async () => {
    const made = await client.scim(
      'POST',
      '/Users',
      newUser({
        [custom]: { Cost_Code__c: 'A-1', Badge_Number__c: 7 },
        'urn:salesforce:schemas:extension:2.0': { alias: 'jandevries' },
        [enterprise]: { employeeNumber: '42', department: 'Sales', manager: { value: users.annBoss } },
      }),
    )
    expect(made.at(custom)).toEqual({ Cost_Code__c: 'A-1', Badge_Number__c: 7, Remote_Worker__c: false })
    expect(client.simulator.user('j.devries@acme.example')?.Alias).toBe('jandevri')
    expect(made.at('urn:salesforce:schemas:extension:1.0', 'alias')).toBe(
      dialect === 'documented' ? 'jandevri' : undefined,
    )
    expect(made.at(enterprise, 'manager', 'displayName')).toBe('Ann Boss')
    expect(made.at('schemas')).toContain(custom)
  })

  test('a patch of names and role is applied and answered with the whole user', async () => {
    const patched = await client.patch(users.obrien, {
      op: 'Replace',
      value: {
        name: { givenName: 'John' },
        title: '',
        roles: [{ value: roles.apacSales }],
        [enterprise]: { department: 'Ops' },
      },
    })
    expect(patched.status).toBe(200)
    expect(patched.at('displayName')).toBe("John O'Brien")
    expect(patched.at('title')).toBeUndefined()
    expect(patched.at('roles', 0, 'display')).toBe('APAC Sales')
    expect(patched.at(enterprise, 'department')).toBe('Ops')
  })

  test('a patch is undone as a whole when one operation fails', async () => {
    const failed = await client.patch(
      users.obrien,
      { op: 'replace', value: { title: 'Changed' } },
      { op: 'replace', value: { nickName: 'ann.boss' } },
    )
    expect(failed.status).toBe(dialect === 'documented' ? 409 : 500)
    expect(failed.text).toContain('DUPLICATE_COMM_NICKNAME')
    expect(client.simulator.user(users.obrien)?.Title).toBe('Account manager')
  })

  test('an array as value is answered with UNKNOWN_EXCEPTION', async () => {
    const failed = await client.patch(users.obrien, { op: 'replace', value: [{ title: 'x' }] })
    expect(failed.status).toBe(dialect === 'documented' ? 400 : 500)
    expect(failed.at(...(dialect === 'documented' ? [] : [0]), 'errorCode')).toBe('UNKNOWN_EXCEPTION')
  })

  test.each([
    [{ op: 'remove' }, 'MISING PATH'],
    [{ op: 'remove', path: 'emails' }, 'FIELD CANNOT BE NULL: emails'],
    [{ op: 'remove', path: 'costCenter' }, 'UNSUPPORTED_FIELD: costCenter'],
    [{ op: 'move', value: {} }, 'INPROPER Operation: move'],
    [{ op: 'remove', path: 'entitlements' }, 'INVALID: Cannot remove all entitlements. Use replace'],
  ])('the operation %j is refused with the words of the pilot', async (operation, detail) => {
    const refused = await client.patch(users.obrien, operation)
    expect(refused.status).toBe(400)
    expect(refused.at('detail')).toBe(detail)
  })

  test('a patch without the PatchOp schema is refused', async () => {
    const refused = await client.scim('PATCH', `/Users/${users.obrien}`, { Operations: [] })
    expect([refused.status, refused.at('detail')]).toEqual([400, 'Improper Schema.'])
  })

  test('a blocked user and the last administrator stay active', async () => {
    for (const id of [users.blocked, users.admin]) {
      const refused = await client.patch(id, { op: 'replace', value: { active: false } })
      expect(refused.status).toBe(dialect === 'documented' ? 409 : 500)
      expect(client.simulator.user(id)?.IsActive).toBe(true)
    }
  })

  test('delete deactivates and frees the seat; the user stays queryable', async () => {
    const { org } = client.simulator
    const used = org.usedLicenses(seedIds.userLicenses.salesforce)
    const gone = await client.scim('DELETE', `/Users/${users.twinOne}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(org.usedLicenses(seedIds.userLicenses.salesforce)).toBe(used - 1)
    const seen = await client.scim('GET', `/Users/${users.twinOne}`)
    expect(seen.at('active')).toBe(false)
    expect(seen.at('userName')).toBe(
      dialect === 'documented'
        ? 'kim.jansen@acme.example'
        : `${users.twinOne.toLowerCase()}_kim.jansen@acme.example`,
    )
    const again = await client.scim('DELETE', `/Users/${users.twinOne}`)
    expect(again.status).toBe(dialect === 'documented' ? 204 : 404)
  })

  test('a put empties what the body does not name', async () => {
    const put = await client.scim(
      'PUT',
      `/Users/${users.annBoss}`,
      newUser({ userName: 'ann.boss@acme.example', active: true }),
    )
    expect(put.status).toBe(200)
    expect(client.simulator.user(users.annBoss)).toMatchObject({
      EmployeeNumber: null,
      UserRoleId: null,
      MobilePhone: null,
      LastName: 'de Vries',
    })
    expect(client.simulator.org.assignmentsOf(users.annBoss)).toEqual([])
  })

  test('a 15-character id finds its user and an unknown id does not', async () => {
    expect((await client.scim('GET', `/Users/${users.annBoss.slice(0, 15)}`)).at('id')).toBe(users.annBoss)
    const gone = await client.scim('GET', '/Users/0055g000000zzzzAAA')
    expect(gone.status).toBe(404)
    expect(gone.at('detail')).toMatch(
      dialect === 'documented' ? /^Resource http.* not found$/ : /^No such resource$/,
    )
  })

  test('guests and the automated process are no users of SCIM', async () => {
    const list = await client.scim('GET', '/Users?startIndex=1&count=200')
    const ids = (list.at('Resources') as { id: string }[]).map((each) => each.id)
    expect(ids).not.toContain(users.guest)
    expect(ids).not.toContain(users.automatedProcess)
    expect(ids).toContain(users.leaver)
    expect((await client.scim('GET', `/Users/${users.guest}`)).at('totalResults')).toBe(0)
  })

  test('the simulator never answers a fault of its own', async () => {
    const [own, other] = dialect === 'documented' ? ['s', ''] : ['', 's']
    for (const path of [
      `/ServiceProviderConfig${own}`,
      '/ResourceTypes',
      '/ResourceTypes/User',
      '/Schemas',
      '/Me',
      '/Roles',
    ]) {
      expect((await client.scim('GET', path)).status).toBe(200)
    }
    expect((await client.scim('GET', `/ServiceProviderConfig${other}`)).status).toBe(404)
    expect((await client.scim('POST', '/Roles', {})).at('detail')).toBe('Method not supported')
    expect(client.simulator.requests.filter((each) => each.answer.includes('simulator:'))).toEqual([])
  })
})

describe('doubts about users', () => {
  let client: Client
  beforeEach(async () => {
    client = await connect()
  })
  afterEach(() => client.simulator.close())

  test('an e-mail change of an active user waits for confirmation', async () => {
    const patched = await client.patch(users.obrien, {
      op: 'replace',
      value: { emails: [{ value: 'new@acme.example' }] },
    })
    expect(patched.at('emails', 0, 'value')).toBe("s.o'brien@acme.example")
    expect(client.simulator.user(users.obrien)?.PendingEmail).toBe('new@acme.example')
    client.simulator.dialect.emailChange = 'immediate'
    const now = await client.patch(users.obrien, {
      op: 'replace',
      value: { emails: [{ value: 'new@acme.example' }] },
    })
    expect(now.at('emails', 0, 'value')).toBe('new@acme.example')
  })

  test.each(['apply', 'ignore'] as const)('userName, externalId and phone numbers: %s', async (choice) => {
    Object.assign(client.simulator.dialect, {
      patchUserName: choice,
      patchExternalId: choice,
      patchPhoneNumbers: choice,
    })
    await client.patch(users.annBoss, {
      op: 'replace',
      value: {
        userName: 'Boss@acme.example',
        externalId: 'E9',
        phoneNumbers: [{ type: 'mobile', value: '+316' }],
      },
    })
    const expected =
      choice === 'apply'
        ? ['boss@acme.example', 'E9', '+316']
        : ['ann.boss@acme.example', 'E100001', '+31612345600']
    const row = client.simulator.user(users.annBoss)
    expect([row?.Username, row?.FederationIdentifier, row?.MobilePhone]).toEqual(expected)
    expect(row?.Phone).toBe('+31201234567')
  })

  test('replacing one phone number may wipe the others', async () => {
    client.simulator.dialect.phoneReplace = 'wipe-others'
    await client.patch(users.annBoss, {
      op: 'replace',
      value: { phoneNumbers: [{ type: 'mobile', value: '+316' }] },
    })
    expect(client.simulator.user(users.annBoss)?.Phone).toBeNull()
  })

  test('a path with a scalar is refused, ignored or applied', async () => {
    const operation = { op: 'replace', path: 'title', value: 'Chief' }
    expect((await client.patch(users.annBoss, operation)).status).toBe(400)
    client.simulator.dialect.patchPathScalar = 'ignore'
    expect((await client.patch(users.annBoss, operation)).at('title')).toBe('SVP Sales')
    client.simulator.dialect.patchPathScalar = 'apply'
    expect((await client.patch(users.annBoss, operation)).at('title')).toBe('Chief')
    const mobile = { op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+31' }
    expect((await client.patch(users.annBoss, mobile)).status).toBe(200)
    expect(client.simulator.user(users.annBoss)?.MobilePhone).toBe('+31')
  })
})
