import type { Dialect } from '../../simulator/dialect/dialect.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts, isCreate } from './hosts.ts'
import { dialects, orgs } from './dialects.ts'
import { joiner, withCase } from './host.ts'

const { users, profiles, roles, userLicenses } = seedIds

/** Every field that a create can write, with values that are hostile to somebody on the way. */
const everything = {
  ...joiner,
  familyName: 'd\'Ör \\ "Vries"',
  nickName: 'j.devries',
  alias: 'jdevries',
  phone: '+31 20 555 0182',
  mobilePhone: '+31 6 1234 5678',
  fax: '+31 20 555 0183',
  title: 'R&D #1 + "Æ"',
  department: 'Sales & Märkte',
  division: 'EMEA',
  companyName: "Acme's B.V.",
  streetAddress: 'Herengracht 182 B',
  city: 'Amsterdam',
  state: 'Noord-Holland',
  postalCode: '1016 BR',
  country: 'Netherlands',
  manager: users.annBoss,
  delegatedApprover: users.admin,
  locale: 'nl_NL',
  preferredLanguage: 'nl_NL',
  timezone: 'Europe/Amsterdam',
  emailEncodingKey: 'UTF-8',
  role: 'EMEA Sales',
  senderEmail: 'sales@acme.example',
  Cost_Code__c: 'S-42',
  Badge_Number__c: '4412',
  Remote_Worker__c: 'True',
}

describe.each(orgs)('in the org %s, create', (_name, dialect, lend, lendCase) => {
  test.concurrent('writes every field, and shows what it wrote', () =>
    lend(dialect, async ({ run, row }) => {
      const step = await run('create', { Data: everything })
      expect(step.said).toMatch(/^Create account was successful\. AccountReference is: \[005\w{15}\]$/)
      const id = step.output.AccountReference ?? ''
      expect(row(id)).toMatchObject({
        Username: 'j.devries@acme.example',
        FirstName: 'Jan',
        LastName: 'd\'Ör \\ "Vries"',
        CommunityNickname: 'j.devries',
        Alias: 'jdevries',
        Email: 'jan.devries@acme.example',
        IsActive: false,
        EmployeeNumber: '200001',
        FederationIdentifier: 'E200001',
        Phone: '+31 20 555 0182',
        MobilePhone: '+31 6 1234 5678',
        Fax: '+31 20 555 0183',
        Title: 'R&D #1 + "Æ"',
        Department: 'Sales & Märkte',
        Division: 'EMEA',
        CompanyName: "Acme's B.V.",
        Street: 'Herengracht 182 B',
        City: 'Amsterdam',
        State: 'Noord-Holland',
        PostalCode: '1016 BR',
        Country: 'Netherlands',
        ManagerId: users.annBoss,
        DelegatedApproverId: users.admin,
        ProfileId: profiles.standardUser,
        UserRoleId: roles.emeaSales,
        LocaleSidKey: 'nl_NL',
        LanguageLocaleKey: 'nl_NL',
        TimeZoneSidKey: 'Europe/Amsterdam',
        EmailEncodingKey: 'UTF-8',
        SenderEmail: 'sales@acme.example',
        Cost_Code__c: 'S-42',
        Badge_Number__c: 4412,
        Remote_Worker__c: true,
      })
      expect(step.output.Data).toEqual({
        ...everything,
        id,
        Remote_Worker__c: 'true',
      })
      expect(step.writes.filter(({ method }) => method === 'POST')).toHaveLength(1)

      const again = await run('update', { account: id, Data: everything })
      expect(again.said).toContain('Reason: No changes.')
      expect(again.writes).toEqual([])
    }),
  )

  test.concurrent(
    'always says which locale, language, time zone and encoding, and that the account is inactive',
    () =>
      lend(dialect, async ({ run, sent }) => {
        const settings = { DefaultLocale: 'nl_NL', DefaultLanguage: 'nl_NL' }
        const step = await run('create', { Data: { ...joiner, locale: '' }, settings })
        expect(sent(step)[0]).toMatchObject({
          locale: 'nl_NL',
          preferredLanguage: 'nl_NL',
          timezone: 'Europe/Amsterdam',
          emailEncodingKey: 'UTF-8',
          active: false,
        })
      }),
  )

  test.concurrent('makes an active account where CreateActive says so', () =>
    lend(dialect, async ({ run, row }) => {
      const step = await run('create', { Data: joiner, settings: { CreateActive: 'true' } })
      expect(row(step.output.AccountReference ?? '').IsActive).toBe(true)
    }),
  )

  test.concurrent(
    'does not fail on the nickname of a userName of more than 40 characters, nor make two of one',
    () =>
      lend(dialect, async ({ run, row }) => {
        const long = `${'anna.maria.cornelia.van.den.berg-de.vries'}`
        const made = await Promise.all(
          ['1', '2'].map(async (end) => {
            const Data = { ...joiner, userName: `${long}${end}@acme.example`, externalId: `E${end}` }
            return run('create', { Data })
          }),
        )
        expect(made.map(({ output }) => output.Success)).toEqual([true, true])
        const nicknames = made.map(({ output }) => row(output.AccountReference ?? '').CommunityNickname)
        expect(new Set(nicknames).size).toBe(2)
        expect(nicknames.filter((nickname) => nickname.length > 40)).toEqual([])
      }),
  )

  test.concurrent.each([
    ['an id', profiles.readOnly, {}, profiles.readOnly],
    ['an id of 15 characters', profiles.readOnly.slice(0, 15), {}, profiles.readOnly],
    ['an exact name', 'Read Only', {}, profiles.readOnly],
    ['a name with an apostrophe', "Sales Rep's Profile", {}, profiles.salesReps],
    ['the default, an id', '', { DefaultProfile: profiles.minimumAccess }, profiles.minimumAccess],
    ['the default, a name', null, { DefaultProfile: "Sales Rep's Profile" }, profiles.salesReps],
  ])('takes a profile by %s', (_what, profile, settings, expected) =>
    lendCase(dialect, async ({ run, row }) => {
      const { output } = await run('create', { Data: { ...joiner, profile }, settings })
      expect(output.Success).toBe(true)
      expect(row(output.AccountReference ?? '').ProfileId).toBe(expected)
    }),
  )

  test.concurrent.each([
    ['a userName that the org has', { userName: 'Ann.Boss@acme.example' }, /DUPLICATE_USERNAME.*user ?name/i],
    ['a userName that another org has', { userName: 'taken@elsewhere.example' }, /another Salesforce org/],
    ['a nickname that the org has', { nickName: 'ann.boss' }, /DUPLICATE_COMM_NICKNAME/],
    ['an externalId that the org has', { externalId: 'E100001' }, /DUPLICATE_VALUE/],
    [
      'a locale that is none',
      { locale: 'xx_XX' },
      /INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST|is not in the picklist/,
    ],
    [
      'a profile id that is none',
      { profile: '00e5g000000zzzzAAA' },
      /INVALID_CROSS_REFERENCE_KEY|does not exist/,
    ],
    ['an inactive manager', { manager: users.leaver }, /INACTIVE_OWNER_OR_USER/],
  ])('fails on %s, in words, and makes no account', (_what, over, sentence) =>
    lendCase(dialect, async ({ run, org }) => {
      const size = org.org.users.size
      const step = await run('create', { Data: { ...joiner, ...over } })
      expect(step.code).toBe(1)
      expect(step.said).toMatch(/^Could not create or correlate Salesforce account\. Error: /)
      expect(step.said).toMatch(sentence)
      expect(step.said).not.toContain('<br>')
      expect(org.org.users.size).toBe(size)
    }),
  )

  test.concurrent('says that no seat is left where an active account needs one', () =>
    lend(dialect, async ({ run, org }) => {
      const licence = org.org.userLicenses.get(userLicenses.salesforce)
      if (licence !== undefined) licence.TotalLicenses = 0
      const step = await run('create', { Data: joiner, settings: { CreateActive: true } })
      expect(step.code).toBe(1)
      expect(step.said).toContain('LICENSE_LIMIT_EXCEEDED')
      const inactive = await run('create', { Data: joiner })
      expect(inactive.output.Success).toBe(true)
    }),
  )
})

describe.each(dialects)('in the org %s, create by SCIM', (_name, dialect, lend) => {
  test.concurrent('needs three requests: sign-in, search, create', () =>
    lend(dialect, async ({ run }) => {
      const Data = { ...joiner, profile: profiles.standardUser }
      const step = await run('create', { Data, correlate: { field: 'employeeNumber', value: '200001' } })
      expect(step.output.Success).toBe(true)
      expect(step.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'POST /services/oauth2/token',
        'GET /services/scim/v2/Users',
        'POST /services/scim/v2/Users',
      ])
    }),
  )

  test.concurrent('writes what is mapped for SCIM alone, and shows it', () =>
    lend(dialect, async ({ run, row }) => {
      const Data = {
        ...joiner,
        familyNamePrefix: 'van der',
        familyName: 'Vries',
        mobilePhone: '+31 6 1234 5678',
        userType: 'Standard',
        emailAddressType: 'work',
        isEmailPrimary: 'True',
        mobilePhoneType: 'work',
      }
      const { output } = await run('create', { Data })
      expect(row(output.AccountReference ?? '').LastName).toBe('van der Vries')
      expect(output.Data).toMatchObject({ ...Data, isEmailPrimary: 'true', mobilePhoneType: 'mobile' })
    }),
  )
})

describe.each(hosts)('create by %s', (_name, _lend, lendCase) => {
  test.concurrent.each([
    ['userName', { userName: '' }, 'userName'],
    ['surname', { familyName: null }, 'familyName'],
    ['e-mail address', { emailAddress: ' ' }, 'emailAddress'],
    ['profile', { profile: '' }, 'profile', ' (or the setting DefaultProfile)'],
    ['manager that is a user', { manager: profiles.readOnly }, 'manager'],
    ['known field', { phoneNumber: '1' }, 'phoneNumber', ' is not a field'],
    ['text as title', { title: { text: 'x' } }, 'title', ' must be a text'],
    ['alias of 8 characters', { alias: 'jdevries9' }, 'alias'],
  ])('without a %s fails before it writes, and names the member', (_what, over, field, words = '') =>
    lendCase('documented', async ({ run, name }) => {
      const step = await run('create', { Data: { ...joiner, ...over } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(`Data.${name(field)}${words}`)
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent.each([
    ['profile', { profile: 'Standard  User' }, 'The profile [Standard  User] does not exist'],
    ['profile of this case', { profile: 'standard user' }, 'does not exist'],
    ['role', { role: 'Nobody' }, 'The role [Nobody] does not exist'],
  ])('without a known %s fails before it writes, and says which', (_what, over, sentence) =>
    lendCase('documented', async ({ run }) => {
      const step = await run('create', { Data: { ...joiner, ...over } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(sentence)
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent.each([
    ['an id', users.annBoss],
    ['an id in an object', { Id: users.annBoss }],
  ])('takes the manager from References.ManagerAccount, %s', (_what, manager) =>
    lendCase('documented', async ({ run, row }) => {
      const { output } = await run('create', { Data: joiner, manager })
      expect(row(output.AccountReference ?? '').ManagerId).toBe(users.annBoss)
    }),
  )

  test.concurrent('prefers the mapped manager to References.ManagerAccount', () =>
    lendCase('documented', async ({ run, row }) => {
      const { output } = await run('create', {
        Data: { ...joiner, manager: users.admin },
        manager: users.annBoss,
      })
      expect(row(output.AccountReference ?? '').ManagerId).toBe(users.admin)
    }),
  )
})

describe('create by SCIM alone, or where an API is off,', () => {
  test.concurrent.each<[string, Partial<Dialect>]>([
    ['1.0', { aliasUrnOnPost: '1.0' }],
    ['2.0', { aliasUrnOnPost: '2.0' }],
  ])('gets its alias where POST takes it under extension %s only, with REST and without', (_urn, dialect) =>
    withCase(dialect, async ({ run, row }) => {
      for (const [number, UseRestApi] of [true, false].entries()) {
        const Data = {
          ...joiner,
          alias: `alias${number}`,
          userName: `a${number}@acme.example`,
          externalId: null,
        }
        const step = await run('create', { Data, settings: { UseRestApi } })
        expect(step.said).toContain('Create account was successful')
        expect(row(step.output.AccountReference ?? '').Alias).toBe(`alias${number}`)
      }
    }),
  )

  test.concurrent('of pure SCIM names what only REST could write, and writes nothing', () =>
    withCase('documented', async ({ run }) => {
      const Data = { ...joiner, companyName: 'Acme' }
      const step = await run('create', { Data, settings: { UseRestApi: false } })
      expect(step.code).toBe(1)
      expect(step.said).toContain('SCIM cannot write CompanyName')
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent('of pure SCIM writes both phone numbers, one request each', () =>
    withCase('documented', async ({ run, row }) => {
      const Data = { ...joiner, phone: '+31 1', mobilePhone: '+31 2' }
      const { output, writes } = await run('create', { Data, settings: { UseRestApi: false } })
      expect(output.Success).toBe(true)
      expect(row(output.AccountReference ?? '')).toMatchObject({ Phone: '+31 1', MobilePhone: '+31 2' })
      expect(writes.every(({ path }) => path.startsWith('/services/scim/'))).toBe(true)
    }),
  )

  test.concurrent(
    'of pure SCIM says which phone number Salesforce dropped, and that the account exists',
    () =>
      withCase({ patchPhoneNumbers: 'ignore' }, async ({ run, row }) => {
        const Data = { ...joiner, phone: '+31 1', mobilePhone: '+31 2' }
        const step = await run('create', { Data, settings: { UseRestApi: false } })
        expect(step.output.Success).toBe(false)
        expect(step.said).toMatch(/Could not write (phone|mobilePhone) of Salesforce account/)
        const { Phone, MobilePhone } = row(step.output.AccountReference ?? '')
        expect(step.output.Data).toMatchObject({ phone: Phone ?? '', mobilePhone: MobilePhone ?? '' })
      }),
  )

  test.concurrent('keeps the reference to the account when the REST API refuses the rest', () =>
    withCase({ restEnabled: false }, async ({ run, row }) => {
      const step = await run('create', { Data: { ...joiner, companyName: 'Acme' } })
      expect(step.output.Success).toBe(false)
      expect(row(step.output.AccountReference ?? '').Username).toBe('j.devries@acme.example')
      expect(step.said).toContain('Could not write companyName')
      expect(step.said).toContain('API_DISABLED_FOR_ORG')
    }),
  )

  test.concurrent('explains an org whose API is off', () =>
    withCase({ scimEnabled: false }, async ({ run }) => {
      const { said } = await run('create', {
        Data: joiner,
        correlate: { field: 'userName', value: joiner.userName },
      })
      expect(said).toContain('API_DISABLED_FOR_ORG')
    }),
  )
})

describe.each(hosts)('a create by %s whose answer is lost', (_name, lend, lendCase) => {
  test.concurrent.each<[string, { correlate?: { field: string; value: string } }]>([
    ['by its user name', {}],
    ['with correlation on', { correlate: { field: 'externalId', value: joiner.externalId } }],
  ])('is found %s: one account, one POST, a complete result', (_what, more) =>
    lendCase(
      'documented',
      async ({ run, row, org }) => {
        const size = org.org.users.size
        const step = await run('create', { Data: { ...joiner, mobilePhone: '1', phone: '2' }, ...more })
        expect(step.said).toContain('Create account was successful')
        expect(org.org.users.size).toBe(size + 1)
        expect(row(step.output.AccountReference ?? '')).toMatchObject({
          Username: joiner.userName,
          MobilePhone: '1',
          Phone: '2',
        })
        expect(step.writes.filter(isCreate)).toHaveLength(1)
      },
      (request) => (isCreate(request) ? 'cut' : undefined),
    ),
  )

  test.concurrent.each([
    ['a page of HTML with 502', { status: 502, body: '<html><title>Bad Gateway</title></html>' }],
    ['half a JSON document', { status: 201, body: '{"schemas":["urn:ietf' }],
    ['nothing', { status: 201, body: '' }],
  ])('because of %s in its place is found too', (_what, answer) =>
    lendCase(
      'documented',
      async ({ run, org }) => {
        const size = org.org.users.size
        const { output, writes } = await run('create', { Data: joiner })
        expect(output.Success).toBe(true)
        expect(org.user(output.AccountReference ?? '')?.Username).toBe(joiner.userName)
        expect(org.org.users.size).toBe(size + 1)
        expect(writes.filter(isCreate)).toHaveLength(1)
      },
      (request) => (isCreate(request) ? () => answer : undefined),
    ),
  )

  test.concurrent('and that cannot be found is a failure that promises nothing', () =>
    lend(
      'documented',
      async ({ run, org }) => {
        const size = org.org.users.size
        const step = await run('create', { Data: joiner })
        expect(step.code).toBe(1)
        expect(step.said).toMatch(/whether .* is not known/i)
        expect(org.org.users.size).toBe(size)
      },
      (request) => (isCreate(request) ? { status: 503, body: '' } : undefined),
    ),
  )

  test.concurrent('does not take somebody else who has that user name', () =>
    lend(
      'documented',
      async ({ run }) => {
        const Data = { ...joiner, userName: 'ann.boss@acme.example' }
        const step = await run('create', { Data })
        expect(step.code).toBe(1)
        expect(step.output.AccountReference).toBeUndefined()
      },
      (request) => (isCreate(request) ? 'cut' : undefined),
    ),
  )
})
