import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'
import { dialects, hard, orgs } from './dialects.ts'
import { operationsOf, withCase } from './host.ts'

const { users, profiles, roles, permissionSets } = seedIds

/** A user with a value in every field, so that a test sees what else a write touches. */
const complete = {
  Phone: '+31 1',
  MobilePhone: '+31 2',
  Fax: '+31 3',
  Title: 'Clerk',
  Division: 'EMEA',
  CompanyName: 'Acme',
  Street: 'Street 1',
  City: 'Utrecht',
  State: 'UT',
  PostalCode: '3500 AA',
  Country: 'Netherlands',
  DelegatedApproverId: users.admin,
  SenderEmail: 'sender@acme.example',
} as const

const account = users.obrien

/** What the seeded user has already, in other spellings where a host or Salesforce spells otherwise. */
const same = {
  userName: "S.O'Brien@ACME.example",
  externalId: "E100003'x",
  employeeNumber: '100003',
  givenName: 'Seán',
  familyName: "O'Brien",
  emailAddress: "S.O'BRIEN@acme.example",
  phone: '+31 1',
  mobilePhone: '+31 2',
  fax: '+31 3',
  title: 'Clerk',
  department: 'Sales & Märkte',
  division: 'EMEA',
  streetAddress: 'Street 1',
  city: 'Utrecht',
  state: 'UT',
  postalCode: '3500 AA',
  country: 'Netherlands',
  manager: users.annBoss.slice(0, 15),
  delegatedApprover: users.admin,
  profile: "Sales Rep's Profile",
  role: 'EMEA Sales',
  locale: 'nl_NL',
  preferredLanguage: 'en_US',
  timezone: 'Europe/Amsterdam',
  emailEncodingKey: 'UTF-8',
  userType: 'Standard',
  Cost_Code__c: 'S-41',
  Badge_Number__c: '4411.0',
  Remote_Worker__c: 'TRUE',
}

/** Each field, another value for it, and what the org's row must then have. */
const changes: [field: string, value: string, column: string, stored: unknown][] = [
  ['userName', 'sean.obrien@acme.example', 'Username', 'sean.obrien@acme.example'],
  ['externalId', 'E-new', 'FederationIdentifier', 'E-new'],
  ['employeeNumber', '300003', 'EmployeeNumber', '300003'],
  ['givenName', 'Séan', 'FirstName', 'Séan'],
  ['familyName', 'Ó Briain', 'LastName', 'Ó Briain'],
  ['nickName', 'sob', 'CommunityNickname', 'sob'],
  ['alias', 'sob', 'Alias', 'sob'],
  ['phone', '+31 4', 'Phone', '+31 4'],
  ['mobilePhone', '+31 5', 'MobilePhone', '+31 5'],
  ['fax', '+31 6', 'Fax', '+31 6'],
  ['title', 'clerk', 'Title', 'clerk'],
  ['department', 'Legal', 'Department', 'Legal'],
  ['division', 'APAC', 'Division', 'APAC'],
  ['companyName', 'Acme B.V.', 'CompanyName', 'Acme B.V.'],
  ['streetAddress', 'Street 2', 'Street', 'Street 2'],
  ['city', 'Zeist', 'City', 'Zeist'],
  ['state', 'GE', 'State', 'GE'],
  ['postalCode', '3700 AA', 'PostalCode', '3700 AA'],
  ['country', 'Belgium', 'Country', 'Belgium'],
  ['manager', users.admin, 'ManagerId', users.admin],
  ['delegatedApprover', users.annBoss, 'DelegatedApproverId', users.annBoss],
  ['profile', 'Read Only', 'ProfileId', profiles.readOnly],
  ['role', 'APAC Sales', 'UserRoleId', roles.apacSales],
  ['locale', 'en_US', 'LocaleSidKey', 'en_US'],
  ['preferredLanguage', 'nl_NL', 'LanguageLocaleKey', 'nl_NL'],
  ['timezone', 'Europe/London', 'TimeZoneSidKey', 'Europe/London'],
  ['emailEncodingKey', 'ISO-8859-1', 'EmailEncodingKey', 'ISO-8859-1'],
  ['senderEmail', 'other@acme.example', 'SenderEmail', 'other@acme.example'],
  ['Cost_Code__c', 'S-43', 'Cost_Code__c', 'S-43'],
  ['Badge_Number__c', '4413', 'Badge_Number__c', 4413],
  ['Remote_Worker__c', 'False', 'Remote_Worker__c', false],
]

const clearable = [
  ['externalId', 'FederationIdentifier'],
  ['employeeNumber', 'EmployeeNumber'],
  ['givenName', 'FirstName'],
  ['phone', 'Phone'],
  ['mobilePhone', 'MobilePhone'],
  ['fax', 'Fax'],
  ['title', 'Title'],
  ['department', 'Department'],
  ['division', 'Division'],
  ['companyName', 'CompanyName'],
  ['streetAddress', 'Street'],
  ['city', 'City'],
  ['state', 'State'],
  ['postalCode', 'PostalCode'],
  ['country', 'Country'],
  ['manager', 'ManagerId'],
  ['delegatedApprover', 'DelegatedApproverId'],
  ['role', 'UserRoleId'],
  ['senderEmail', 'SenderEmail'],
  ['Cost_Code__c', 'Cost_Code__c'],
  ['Badge_Number__c', 'Badge_Number__c'],
] as const

const untouched = { LastModifiedDate: expect.any(String), SystemModstamp: expect.any(String) }

describe.each(orgs)('in the org %s, update', (_name, dialect, lend, lendCase) => {
  test.concurrent('writes nothing when all is as it should be, however it is spelt', () =>
    lend(dialect, async ({ run, row, change }) => {
      change(account, complete)
      const before = row(account)
      const step = await run('update', { account, Data: same })
      expect(step.said).toBe(
        `Skipped updating Salesforce account with AccountReference: [${account}]. Reason: No changes.`,
      )
      expect(step.output.AuditLogs?.[0]?.Action).toBe('UpdateAccount')
      // Sign-in, the account, its freeze.
      expect(step.requests).toHaveLength(3)
      expect(row(account)).toEqual(before)
      expect(step.output.Data).toEqual(step.output.PreviousData)
    }),
  )

  test.concurrent('changes every field in one go, and finds nothing to do afterwards', () =>
    lend(dialect, async ({ run, row, change, name }) => {
      change(account, complete)
      const before = row(account)
      const Data = Object.fromEntries(changes.map(([field, value]) => [field, value]))
      const step = await run('update', { account, Data })
      const fields = changes.map(([field]) => name(field)).sort()
      expect(/updated: \[(.*)\]$/.exec(step.said)?.[1]?.split(',').sort()).toEqual(fields)
      const changed = Object.fromEntries(changes.map(([, , column, stored]) => [column, stored]))
      expect(row(account)).toEqual({ ...before, ...untouched, ...changed })
      expect(step.output.Data).toEqual({ ...Data, id: account, Remote_Worker__c: 'false' })
      expect(step.output.PreviousData).toMatchObject({ title: 'Clerk', fax: '+31 3', companyName: 'Acme' })
      const again = await run('update', { account, Data })
      expect(again.said).toContain('No changes')
      expect(again.writes).toEqual([])
    }),
  )

  test.concurrent('clears everything that can be cleared in one go', () =>
    lend(dialect, async ({ run, row, change }) => {
      change(account, complete)
      const before = row(account)
      const given = { account, Data: Object.fromEntries(clearable.map(([field]) => [field, ''])) }
      const step = await run('update', given)
      expect(step.output.Success).toBe(true)
      const cleared = Object.fromEntries(clearable.map(([, column]) => [column, null]))
      expect(row(account)).toEqual({ ...before, ...untouched, ...cleared })
      const again = await run('update', given)
      expect(again.writes).toEqual([])
      expect(again.said).toContain('No changes')
    }),
  )

  test.concurrent('changes both phone numbers, and the third stays', () =>
    lend(dialect, async ({ run, row, change }) => {
      change(account, complete)
      const Data = { phone: '+31 7', mobilePhone: '+31 8' }
      const step = await run('update', { account, Data })
      expect(step.output).toMatchObject({ Success: true, Data })
      expect(row(account)).toMatchObject({ Phone: '+31 7', MobilePhone: '+31 8', Fax: '+31 3' })
    }),
  )

  test.concurrent('changes the profile and keeps the permission sets', () =>
    lend(dialect, async ({ run, row, org }) => {
      const held = (): string[] => org.org.assignmentsOf(account).map((each) => each.PermissionSetId)
      expect(held()).toEqual([permissionSets.salesOps, permissionSets.contractEditor])
      await run('update', { account, Data: { profile: profiles.standardUser, role: '' } })
      expect(row(account)).toMatchObject({ ProfileId: profiles.standardUser, UserRoleId: null })
      expect(held()).toEqual([permissionSets.salesOps, permissionSets.contractEditor])
    }),
  )

  test.concurrent.each([
    ['userName', { userName: '' }],
    ['familyName', { familyName: null }],
    ['emailAddress', { emailAddress: ' ' }],
    ['alias', { alias: '' }],
    ['profile', { profile: null }],
    ['locale', { locale: '' }],
    ['timezone', { timezone: '' }],
  ])('refuses to clear %s, which Salesforce requires, and writes nothing else either', (field, over) =>
    lendCase(dialect, async ({ run, name }) => {
      const step = await run('update', { account, Data: { title: 'New', ...over } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(`Data.${name(field)} is empty: Salesforce requires a value`)
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent('fails when the account is gone, in the words of the contract', () =>
    lend(dialect, async ({ run }) => {
      const step = await run('update', { account: '0055g00000ZZZZZAAA', Data: { title: 'x' } })
      expect(step.code).toBe(1)
      expect(step.said).toBe(
        'Salesforce account: [0055g00000ZZZZZAAA] could not be found, indicating that it may have been deleted',
      )
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent.each([
    ['a userName that is taken', { userName: 'ann.boss@acme.example' }, 'DUPLICATE_USERNAME'],
    ['a nickname that is taken', { nickName: 'ann.boss' }, 'DUPLICATE_COMM_NICKNAME'],
    ['an externalId that is taken', { externalId: 'E100001' }, 'DUPLICATE_VALUE'],
    [
      'a time zone that is none',
      { timezone: 'Europe/Atlantis' },
      /RESTRICTED_PICKLIST|is not in the picklist/,
    ],
  ])('says why %s is refused, and never that it was written', (_what, Data, code) =>
    lendCase(dialect, async ({ run, row }) => {
      const before = row(account)
      const step = await run('update', { account, Data })
      expect(step.code).toBe(1)
      expect(step.said).toMatch(code)
      expect(step.said).not.toContain('successful')
      expect(row(account)).toEqual(before)
    }),
  )
})

describe.each(dialects)('in the org %s, update by SCIM', (_name, dialect, lend) => {
  test.concurrent('writes a surname with a prefix once, and never again', () =>
    lend(dialect, async ({ run, row }) => {
      const Data = { familyNamePrefix: 'van der', familyName: 'Berg' }
      const step = await run('update', { account, Data })
      expect(row(account).LastName).toBe('van der Berg')
      expect(step.output).toMatchObject({
        Data,
        PreviousData: { familyNamePrefix: '', familyName: "O'Brien" },
      })
      const again = await run('update', { account, Data })
      expect(again.writes).toEqual([])
      expect(again.output).toMatchObject({ Data, PreviousData: Data })
    }),
  )

  test.concurrent('sends all differences in one PATCH without paths, each value an object', () =>
    lend(dialect, async ({ run, change }) => {
      change(account, complete)
      const { writes } = await run('update', {
        account,
        Data: { ...same, title: 'Head', department: 'Legal', city: 'Zeist', Cost_Code__c: 'S-1' },
      })
      expect(writes).toHaveLength(1)
      const operations = operationsOf(writes[0])
      expect(operations).toHaveLength(1)
      const [operation] = operations
      expect(operation).toMatchObject({ op: 'replace', value: { title: 'Head' } })
      expect(operation).not.toHaveProperty('path')
      expect(Object.keys(operation?.value ?? {}).sort()).toEqual([
        'addresses',
        'title',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
        `urn:salesforce:schemas:extension:${seedIds.org}`,
      ])
    }),
  )

  test.concurrent('refuses to clear a whole surname as it refuses to clear a part of it', () =>
    lend(dialect, async ({ run }) => {
      const step = await run('update', { account, Data: { title: 'New', familyNameFormatted: '' } })
      expect(step.said).toContain('Data.familyName is empty: Salesforce requires a value')
      expect(step.writes).toEqual([])
    }),
  )
})

describe('update, where Salesforce is hard on clients,', () => {
  test.concurrent.each(changes)('of %s to %s changes that alone, once', (field, value, column, stored) =>
    withCase(hard, async ({ run, row, change }) => {
      change(account, complete)
      const before = row(account)
      const given = { account, Data: { ...(field === 'companyName' ? {} : same), [field]: value } }
      const step = await run('update', given)
      expect(step.said).toBe(`Update account was successful, Account property(s) updated: [${field}]`)
      expect(row(account)).toEqual({ ...before, ...untouched, [column]: stored })
      expect(step.output.Data?.[field]).toBe(
        typeof stored === 'boolean' ? String(stored) : (value as unknown),
      )
    }),
  )

  test.concurrent.each(clearable)('clears %s and touches nothing else', (field, column) =>
    withCase(hard, async ({ run, row, change }) => {
      change(account, complete)
      const before = row(account)
      const given = { account, Data: { [field]: field.length % 2 === 0 ? null : '' } }
      const step = await run('update', given)
      expect(step.said).toBe(`Update account was successful, Account property(s) updated: [${field}]`)
      expect(row(account)).toEqual({ ...before, ...untouched, [column]: null })
      expect(step.output.Data?.[field]).toBe('')
      expect(step.output.PreviousData?.[field]).not.toBe('')
    }),
  )
})

describe.each(hosts)('update by %s', (_name, _lend, lendCase) => {
  test.concurrent(
    'asks for the e-mail address once, says that it is pending, and never that it is changed',
    () =>
      lendCase({ emailChange: 'pending' }, async ({ run, row, name }) => {
        const given = { account, Data: { emailAddress: 'sean@acme.example', title: 'Head' } }
        const step = await run('update', given)
        expect(step.output.Success).toBe(true)
        expect(step.said).toContain(`Account property(s) updated: [${name('title')}]`)
        expect(step.said).toContain('becomes [sean@acme.example] when the user confirms it')
        expect(step.output.Data).toMatchObject({ emailAddress: "s.o'brien@acme.example", title: 'Head' })
        expect(row(account)).toMatchObject({
          Email: "s.o'brien@acme.example",
          PendingEmail: 'sean@acme.example',
        })
        expect(step.writes).toHaveLength(1)

        const again = await run('update', given)
        expect(again.output.Success).toBe(true)
        expect(again.said).not.toMatch(/updated: \[\w/)
        expect(again.said).toContain('when the user confirms it')
        expect(again.output.Data?.['emailAddress']).toBe("s.o'brien@acme.example")
      }),
  )

  test.concurrent('changes the e-mail address of an inactive account at once', () =>
    lendCase({ emailChange: 'pending' }, async ({ run, row, name }) => {
      const step = await run('update', { account: users.leaver, Data: { emailAddress: 'lea@acme.example' } })
      expect(step.said).toContain(`updated: [${name('emailAddress')}]`)
      expect(row(users.leaver).Email).toBe('lea@acme.example')
    }),
  )

  test.concurrent('takes the manager from References.ManagerAccount, and clears one that is gone', () =>
    lendCase('documented', async ({ run, row }) => {
      await run('update', { account, Data: { manager: '' }, manager: users.admin })
      expect(row(account).ManagerId).toBe(users.admin)
      await run('update', { account, Data: { title: 'x' }, manager: users.annBoss })
      expect(row(account).ManagerId).toBe(users.annBoss)
      await run('update', { account, Data: { title: 'y' } })
      expect(row(account).ManagerId).toBe(users.annBoss)
      await run('update', { account, Data: { manager: '' } })
      expect(row(account).ManagerId).toBeNull()
    }),
  )

  test.concurrent(
    'leaves a checkbox that is off, and a number that is empty, where they are mapped empty',
    () =>
      lendCase('documented', async ({ run, change }) => {
        change(account, { Remote_Worker__c: false, Badge_Number__c: null })
        const Data = { Remote_Worker__c: '', Badge_Number__c: null, Cost_Code__c: 'S-41' }
        const step = await run('update', { account, Data })
        expect(step.said).toContain('No changes')
        expect(step.writes).toEqual([])
      }),
  )

  test.concurrent('switches a checkbox off where it is mapped empty', () =>
    lendCase('documented', async ({ run, row }) => {
      const step = await run('update', { account, Data: { Remote_Worker__c: '' } })
      expect(step.output.Success).toBe(true)
      expect(row(account)['Remote_Worker__c']).toBe(false)
    }),
  )

  test.concurrent('takes a custom field in any case, as Salesforce does', () =>
    lendCase('documented', async ({ run, row }) => {
      const Data = { cost_code__c: 'S-44' }
      const step = await run('update', { account, Data })
      expect(step.output.Success).toBe(true)
      expect(row(account)['Cost_Code__c']).toBe('S-44')
      const again = await run('update', { account, Data })
      expect(again.said).toContain('No changes')
    }),
  )

  test.concurrent.each([
    ['15 characters', account.slice(0, 15)],
    ['an object', { id: account }],
  ])('takes an account reference of %s', (_what, reference) =>
    lendCase('documented', async ({ run, row }) => {
      const step = await run('update', { account: reference, Data: { title: 'Head' } })
      expect(step.output.Success).toBe(true)
      expect(row(account).Title).toBe('Head')
    }),
  )

  test.concurrent.each([
    ['none', undefined, 'The account reference could not be found'],
    ['an empty one', '', 'The account reference could not be found'],
    ['a path', '005/../Groups/00G5g0000000001', 'is not a Salesforce id'],
    ['a quote', "0055g000000000'", 'is not a Salesforce id'],
    ['a group', seedIds.groups.allManagers, 'begin with 005'],
    ['a preview', 'DryRun: Currently not available', 'is not a Salesforce id'],
  ])('refuses %s as account reference before it asks', (_what, reference, sentence) =>
    lendCase('documented', async ({ run }) => {
      const step = await run('update', { account: reference, Data: { title: 'Head' } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(sentence)
      expect(step.requests).toEqual([])
    }),
  )

  test.concurrent('shows the account before and after, as mapped, and nothing that is not', () =>
    lendCase('documented', async ({ run, change }) => {
      change(account, complete)
      const step = await run('update', {
        account,
        Data: { title: 'Head', role: roles.ceo, profile: 'Standard User', companyName: 'New', nickName: 'n' },
      })
      expect(step.output).toEqual({
        Success: true,
        AuditLogs: [expect.objectContaining({ Action: 'UpdateAccount', IsError: false })],
        PreviousData: {
          id: account,
          title: 'Clerk',
          role: roles.emeaSales,
          profile: "Sales Rep's Profile",
          companyName: 'Acme',
          nickName: "s.o'brien",
        },
        Data: {
          id: account,
          title: 'Head',
          role: roles.ceo,
          profile: 'Standard User',
          companyName: 'New',
          nickName: 'n',
        },
      })
    }),
  )
})

describe('update by SCIM', () => {
  test.concurrent.each([
    ['userName', 'sean@acme.example', { patchUserName: 'ignore' }],
    ['externalId', 'E-new', { patchExternalId: 'ignore' }],
    ['mobilePhone', '+31 5', { patchPhoneNumbers: 'ignore' }],
    ['title', '', { clearText: 'ignored' }],
  ] as const)(
    'of pure SCIM fails on %s to [%s] that Salesforce ignores, and names it',
    (field, value, dialect) =>
      withCase(dialect, async ({ run, row, change }) => {
        change(account, complete)
        const Data = { department: 'Legal', [field]: value }
        const step = await run('update', { account, Data, settings: { UseRestApi: false } })
        expect(step.code).toBe(1)
        expect(step.said).toContain('updated: [department]')
        expect(step.said).toContain(`Could not write ${field} of Salesforce account: [${account}]`)
        expect(step.output.Data?.[field]).toBe(step.output.PreviousData?.[field])
        expect(row(account).Department).toBe('Legal')
        expect(step.requests.filter(({ path }) => path.startsWith('/services/data'))).toEqual([])
      }),
  )

  test.concurrent.each(['userName', 'externalId', 'mobilePhone'] as const)(
    'writes %s in one request where Salesforce takes it',
    (field) =>
      withCase('documented', async ({ run }) => {
        const { writes, requests } = await run('update', { account, Data: { [field]: 'new@acme.example' } })
        expect(writes.map(({ path }) => path)).toEqual([`/services/scim/v2/Users/${account}`])
        // Sign-in, read, write, read back, the freeze.
        expect(requests).toHaveLength(5)
      }),
  )

  test.concurrent('tells a REST API that is off from a value that was written', () =>
    withCase({ restEnabled: false, patchUserName: 'ignore' }, async ({ run }) => {
      const Data = { userName: 'sean@acme.example' }
      const step = await run('update', { account, Data })
      expect(step.code).toBe(1)
      expect(step.said).toContain('Could not write userName')
      expect(step.said).toContain('API_DISABLED_FOR_ORG')
      expect(step.said).not.toContain('successful')
      expect(step.output.Data?.['userName']).toBe("s.o'brien@acme.example")
    }),
  )

  const isPatch = ({ method }: { method: string }): boolean => method === 'PATCH'

  test.concurrent('reads the account again when a PATCH answers nothing', () =>
    withCase(
      'documented',
      async ({ run, row }) => {
        const step = await run('update', { account, Data: { title: 'Head', phone: '1', fax: '2' } })
        expect(step.output).toMatchObject({ Success: true, Data: { title: 'Head', phone: '1', fax: '2' } })
        expect(row(account)).toMatchObject({ Title: 'Head', Phone: '1', Fax: '2' })
      },
      (request) => (isPatch(request) ? () => ({ status: 204, body: '' }) : undefined),
    ),
  )

  test.concurrent('does not say that it wrote what the answer of the PATCH does not show', () =>
    withCase(
      'documented',
      async ({ run }) => {
        const step = await run('update', {
          account,
          Data: { title: 'Head' },
          settings: { UseRestApi: false },
        })
        expect(step.code).toBe(1)
        expect(step.said).toContain('Could not write title')
        expect(step.output.Data?.['title']).toBe('Account manager')
      },
      (request) =>
        isPatch(request)
          ? ({ status, body }) => ({ status, body: body.replace('"Head"', '"Account manager"') })
          : undefined,
    ),
  )

  test.concurrent.each([
    ['HTML', { status: 404, body: '<html><body>Page not found</body></html>' }],
    ['nothing', { status: 404, body: '' }],
    [
      'the REST error of an unknown path',
      { status: 404, body: '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]' },
    ],
  ])('does not take a 404 that is not of SCIM (%s) for an account that is gone', (_what, answer) =>
    withCase(
      'documented',
      async ({ run }) => {
        for (const action of ['update', 'disable', 'delete'] as const) {
          const step = await run(action, { account, Data: { title: 'x' } })
          expect(step.code).toBe(1)
          expect(step.said).not.toContain('could not be found, indicating')
        }
      },
      ({ path }) => (path.startsWith('/services/scim/') ? answer : undefined),
    ),
  )

  test.concurrent('says that an account of another kind cannot be shown by SCIM', () =>
    withCase('pilot', async ({ run }) => {
      const step = await run('update', { account: users.guest, Data: { title: 'x' } })
      expect(step.code).toBe(1)
      expect(step.said).toContain('SCIM does not show this kind of user')
    }),
  )

  test.concurrent.each(['disable', 'delete', 'enable', 'update'] as const)(
    '%s fails where SCIM says 404 of a user that REST shows',
    (action) =>
      withCase({ unlistedUser: 'not-found' }, async ({ run, row }) => {
        const before = row(users.guest)
        const step = await run(action, { account: users.guest, Data: { title: 'x' } })
        expect([step.code, row(users.guest), step.writes]).toEqual([1, before, []])
        expect(step.said).toMatch(/not found.*SCIM does not show this kind of user/)
      }),
  )
})
