import { seedIds } from '../../simulator/seed/seedIds.ts'
import { withRest, withRestCase, joiner } from './host.ts'

const { users, profiles } = seedIds
const account = users.obrien
const org = { seed: { records: true } }

/** What is wrong, and the words that name it: in a create and in an update alike. */
const mistakes: readonly [what: string, Data: Record<string, unknown>, words: string][] = [
  ['a misspelt field', { Titel: 'x' }, 'Data.Titel is not a field of User in this org: is Title meant?'],
  [
    'a misspelt custom field',
    { Cost_Kode__c: 'x' },
    'Data.Cost_Kode__c is not a field of User in this org: is Cost_Code__c meant?',
  ],
  ['a name of the flagship', { employeeNumbr: '1' }, 'is EmployeeNumber meant?'],
  ['a misspelt field without a value', { Titel: '' }, 'Data.Titel is not a field of User in this org'],
  [
    'a read-only field',
    { CreatedDate: '2026-01-01T00:00:00Z' },
    'Data.CreatedDate is read only for the integration user',
  ],
  [
    'a text that is too long',
    { FirstName: 'x'.repeat(41) },
    'Data.FirstName has 41 characters: Salesforce takes 40',
  ],
  [
    'a long text that is too long',
    { remarks__c: 'x'.repeat(256) },
    'Data.remarks__c has 256 characters: Salesforce takes 255',
  ],
  [
    'a value that is not in the picklist',
    { Shift__c: 'Lunch' },
    'Data.Shift__c [Lunch] is not in the picklist: expected one of Early, Late, Night',
  ],
  [
    'one of several that is not',
    { Skills__c: 'Sales;Cooking' },
    'Data.Skills__c [Cooking] is not in the picklist: expected one of Sales, Service, Legal, Finance',
  ],
  [
    'a misspelt time zone',
    { TimeZoneSidKey: 'Europe/Amstrdam' },
    'is Europe/Amsterdam meant? Otherwise expected one of America/Los_Angeles',
  ],
  ['a number that is none', { Badge_Number__c: '12a' }, 'Data.Badge_Number__c [12a] must be a number'],
  ['a number with a comma', { Budget__c: '1,5' }, 'Data.Budget__c [1,5] must be a number'],
  ['a number in another base', { Budget__c: '0x10' }, 'Data.Budget__c [0x10] must be a number'],
  [
    'a number that is too large',
    { Budget__c: '12345678901234567' },
    'is too large: Salesforce takes 16 digits before the point',
  ],
  [
    'a number with too many decimals',
    { Employment__c: '33.333' },
    'Data.Employment__c [33.333] has 3 decimals: Salesforce takes 2',
  ],
  [
    'a checkbox that is neither',
    { Remote_Worker__c: 'yes' },
    'Data.Remote_Worker__c [yes] must be true or false',
  ],
  [
    'a day that is none',
    { Badge_Expires__c: '2026-02-30' },
    'Data.Badge_Expires__c [2026-02-30] must be a date such as 2026-12-31',
  ],
  ['a day as people write it', { Badge_Expires__c: '31-12-2026' }, 'must be a date such as 2026-12-31'],
  [
    'a moment that is none',
    { First_Shift__c: 'tomorrow' },
    'Data.First_Shift__c [tomorrow] must be a date and time',
  ],
  [
    'an address that is none',
    { Private_Email__c: 'jan' },
    'Data.Private_Email__c must have the form of an e-mail address',
  ],
  [
    'a user name that is no address',
    { Username: 'jan' },
    'Data.Username must have the form of an e-mail address',
  ],
  ['a manager that is a name', { ManagerId: 'Ann Boss' }, 'Data.ManagerId [Ann Boss] is not a Salesforce id'],
  [
    'a manager that is a profile',
    { ManagerId: profiles.readOnly },
    'is the id of something else: expected one of User, which begins with 005',
  ],
  ['a lookup that leads elsewhere', { Buddy__c: profiles.readOnly }, 'Data.Buddy__c'],
  ['a profile that is none', { ProfileId: 'Nobody' }, 'The profile [Nobody] does not exist'],
  ['a role by an id that is none', { UserRoleId: '00E5g000000zzzzAAA' }, 'does not exist'],
  ['an object', { Title: { a: 1 } }, 'Data.Title must be a text'],
  ['a list of several', { Title: ['a', 'b'] }, 'Data.Title must be a text'],
  ['a name with a blank', { 'Job Title': 'x' }, 'Data.Job Title cannot be a field of User'],
  ['a name with a dot', { 'Profile.Name': 'x' }, 'Data.Profile.Name cannot be a field of User'],
  ['a name that is a query', { "Title FROM User WHERE Id != ''": 'x' }, 'cannot be a field of User'],
  ['a field in two spellings', { Title: 'a', title: 'b' }, 'Data.title is given twice'],
  [
    'a profile by both of its names',
    { ProfileId: 'Read Only', UserProfile: 'Read Only' },
    'Data.UserProfile is given twice',
  ],
]

test.concurrent.each(mistakes)('%s is refused by its name, and nothing is written', (_what, Data, words) =>
  withRestCase(org, async ({ run }) => {
    const created = await run('create', { Data: { ...joiner, ...Data } })
    const updated = await run('update', { account, Data: { City: 'Zeist', ...Data } })
    const preview = await run('update', { account, Data: { City: 'Zeist', ...Data }, dryRun: true })
    for (const step of [created, updated, preview]) {
      expect(step.code).toBe(1)
      expect(step.said).toContain(words)
      expect(step.said).not.toMatch(/[?.]\.$/)
      expect(step.output.AuditLogs).toHaveLength(1)
      expect(step.writes).toEqual([])
    }
  }),
)

test('everything that is wrong is told in one sentence, by built scripts too', () =>
  withRest(org, async ({ run }) => {
    const Data = {
      Titel: 'x',
      CreatedDate: '2026-01-01',
      FirstName: 'x'.repeat(50),
      Shift__c: 'Lunch',
      Badge_Number__c: 'abc',
      ManagerId: profiles.readOnly,
    }
    const names = { ProfileId: 'Nobody', UserRoleId: 'No one' }
    const created = await run('create', { Data: { ...joiner, ...Data, ...names, LastName: '' } })
    expect(created.said).toContain('Salesforce requires Data.LastName for a new user: map a value; ')
    const updated = await run('update', { account, Data: { ...Data, ...names } })
    for (const step of [created, updated]) {
      expect(step.code).toBe(1)
      for (const name of Object.keys(Data)) expect(step.said).toContain(`Data.${name} `)
      expect(step.said).toContain('The profile [Nobody] does not exist')
      expect(step.said).toContain('The role [No one] does not exist')
      expect(step.output.AuditLogs).toHaveLength(1)
      expect(step.writes).toEqual([])
    }
  }))

test.concurrent('what Salesforce requires of any user is named, all of it', () =>
  withRestCase('documented', async ({ run }) => {
    const step = await run('create', { Data: { FirstName: 'Jan' } })
    expect(step.said).toContain(
      'Salesforce requires Data.Username, Data.LastName, Data.Email, Data.ProfileId (or the setting DefaultProfile) for a new user: map a value.',
    )
    expect(step.writes).toEqual([])
  }),
)

test.concurrent('what the org requires of its own is named, with everything else that is wrong', () =>
  withRestCase('documented', async ({ run, org: { org: own } }) => {
    own.customFields = [
      ...own.customFields,
      { name: 'Cost_Centre__c', label: 'Cost Centre', type: 'string', length: 10, required: true },
    ]
    const step = await run('create', { Data: { ...joiner, Titel: 'x' } })
    expect(step.said).toContain('Data.Titel is not a field')
    expect(step.said).toContain('this org requires Data.Cost_Centre__c for a new user: map a value')
    expect(step.writes).toEqual([])
    const mapped = await run('create', { Data: { ...joiner, cost_centre__c: 'S1' } })
    expect(mapped.output.Success).toBe(true)
  }),
)

test.concurrent('a field that is set once cannot be changed', () =>
  withRestCase(org, async ({ run }) => {
    const step = await run('update', { account, Data: { ContactId: '0035g00000000001AAA' } })
    expect(step.said).toContain('Data.ContactId cannot be changed once the user exists')
    expect(step.writes).toEqual([])
  }),
)

describe('an integration user that may not write users', () => {
  test.concurrent.each([
    ['create', { Data: joiner }, 'may not create users: give it the right Manage Internal Users'],
    ['update', { account, Data: { Title: 'x' } }, 'may not change users'],
    ['disable', { account }, 'INSUFFICIENT_ACCESS'],
  ] as const)('is told so by %s', (action, given, words) =>
    withRestCase('documented', async ({ run, org: { org: own } }) => {
      own.missingRights.set(users.integration, new Set(['ManageUsers', 'ManageInternalUsers']))
      const step = await run(action, { ...given, settings: { DisableMode: 'deactivate' } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(words)
      expect(step.said).not.toContain('read only')
    }),
  )

  test.concurrent("writes them by a resource of the customer's own all the same", () =>
    withRestCase({ apexRestPath: 'helloid/users' }, async ({ run, row, org: { org: own } }) => {
      own.missingRights.set(users.integration, new Set(['ManageUsers', 'ManageInternalUsers']))
      const settings = { ApexRestPath: 'helloid/users' }
      const created = await run('create', { Data: joiner, settings })
      expect(created.output.Success).toBe(true)
      const step = await run('update', {
        account: created.output.AccountReference,
        Data: { Title: 'x' },
        settings,
      })
      expect(step.output.Success).toBe(true)
      expect(row(created.output.AccountReference ?? '').Title).toBe('x')
    }),
  )
})

describe('an ApiVersion that the org does not know', () => {
  test.concurrent.each(['create', 'update', 'enable', 'disable', 'delete', 'uniquenessCheck'] as const)(
    'is told by %s, with the newest that it supports',
    (action) =>
      withRestCase('documented', async ({ run }) => {
        for (const dryRun of [false, true]) {
          const step = await run(action, { account, Data: joiner, settings: { ApiVersion: 'v99' }, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain(
            'Configuration.ApiVersion 99.0 is not known to this org: the newest that it supports is 68.0',
          )
          expect(step.writes).toEqual([])
        }
      }),
  )
})

test.concurrent.each([['v54.0'], ['54.0'], ['54'], [54], ['V54'], ['v54'], ['54.00']])(
  'ApiVersion %s is one or is refused',
  (ApiVersion) =>
    withRestCase('documented', async ({ run }) => {
      const step = await run('update', { account, Data: { Title: 'Head' }, settings: { ApiVersion } })
      if (ApiVersion === '54.00')
        expect(step.said).toContain('Configuration.ApiVersion must be a version such as 66.0')
      else
        expect(new Set(step.requests.slice(1).map(({ path }) => path.split('/')[3]))).toEqual(
          new Set(['v54.0']),
        )
    }),
)

describe('a leaver leaves, whatever is mapped:', () => {
  test.concurrent.each([
    ['a misspelt field', { Titel: 'x' }, 1],
    ['a name that cannot be one', { 'Job Title': 'x' }, 1],
    ['an object', { Title: {} }, 1],
    ['a field twice', { Title: 'x', TITLE: 'y' }, 1],
    ['a value that is wrong', { ManagerId: 'Ann', Badge_Number__c: 'x' }, 0],
  ])('%s', (_what, Data, warned) =>
    withRestCase('documented', async ({ run, row }) => {
      const step = await run('disable', { account, Data: { City: 'x', ...Data }, manager: 'no id' })
      expect(step.code).toBe(0)
      expect(row(account).IsActive).toBe(false)
      expect(step.output.Data).toHaveProperty('City')
      const warnings = step.stderr.split('\n').filter((line) => line.includes('It is left out'))
      expect(warnings).toHaveLength(warned)
    }),
  )
})
