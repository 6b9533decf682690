import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { breaches } from '../contract/support.ts'
import { runScript } from '../process.ts'
import { restConnector } from '../connectors.ts'
import { joiner, withRestCase } from './host.ts'

const { users, profiles, roles } = seedIds

/** The configuration as customers of the older connector have it. */
const configuration = (url: string): Record<string, unknown> => ({
  BaseUrl: `${url}/`,
  ClientID: seedCredentials.clientId,
  ClientSecret: seedCredentials.clientSecret,
  AdminUserName: seedCredentials.userName,
  AdminPassword: seedCredentials.password,
  SecurityToken: seedCredentials.securityToken,
  ApiVersion: 'v54.0',
})

/** Its mapping: a profile and a role by their names, and its own spelling of two fields. */
const mapped = {
  Username: 'old.joiner@acme.example',
  Firstname: 'Olga',
  Lastname: 'Old',
  Email: 'old.joiner@acme.example',
  Alias: 'oold',
  FederationIdentifier: 'E-old',
  UserProfile: 'Standard User',
  UserRole: 'EMEA Sales',
  IsActive: 'true',
  UserPermissionsInteractionUser: 'false',
  EmailPreferencesAutoBcc: 'false',
  TimeZoneSidKey: 'Europe/Amsterdam',
  LocaleSidKey: 'nl_NL',
  LanguageLocaleKey: 'nl_NL',
  EmailEncodingKey: 'UTF-8',
}

test('a customer of the older connector keeps its settings, its mapping and its names', async () => {
  const org = await startSimulator({ dialect: { passwordFlow: 'allowed' } })
  try {
    const context = (action: string, over: Record<string, unknown>): Record<string, unknown> => ({
      Operation: action,
      DryRun: false,
      Configuration: configuration(org.url),
      CorrelationConfiguration: {
        Enabled: true,
        PersonField: 'Person.ExternalId',
        PersonFieldValue: 'E-old',
        AccountField: 'FederationIdentifier',
        AccountFieldValue: 'E-old',
      },
      ...over,
    })
    const created = await runScript('create', context('create', { Data: mapped }), {
      connector: restConnector,
    })
    expect(breaches(created, 0)).toEqual([])
    const id = created.output.AccountReference ?? ''
    expect(org.user(id)).toMatchObject({
      FirstName: 'Olga',
      LastName: 'Old',
      ProfileId: profiles.standardUser,
      UserRoleId: roles.emeaSales,
      IsActive: false,
    })
    expect(created.output.Data).toEqual({ ...mapped, Id: id, IsActive: 'false' })
    const References = { Account: id }
    const same = await runScript('update', context('update', { Data: mapped, References }), {
      connector: restConnector,
    })
    expect(breaches(same, 0)).toEqual([])
    expect(same.output.AuditLogs?.[0]?.Message).toContain('No changes')
    expect(new Set(org.requests.slice(1).map(({ path }) => path.split('/')[3]))).toContain('v54.0')
  } finally {
    await org.close()
  }
})

test('a host that writes names in another case, or fills a result in before, gets what it asked for', async () => {
  const org = await startSimulator()
  try {
    const context = {
      actionContext: {
        dryRun: false,
        configuration: {
          baseUrl: org.url,
          clientId: seedCredentials.clientId,
          CLIENTSECRET: seedCredentials.clientSecret,
        },
        data: { TITLE: 'Head', cost_code__c: 'S-1' },
        references: { account: users.obrien.slice(0, 15) },
      },
      outputContext: { Data: { Title: null, Department: '', 'Not a field': 1, Cost_Code__c: '', id: '' } },
    }
    const run = await runScript('update', context, { connector: restConnector })
    expect(breaches(run, 0)).toEqual([])
    expect(run.output.Data).toEqual({
      TITLE: 'Head',
      cost_code__c: 'S-1',
      Department: 'Sales & Märkte',
      id: users.obrien,
    })
    expect(run.output.PreviousData).toMatchObject({ TITLE: 'Account manager', cost_code__c: 'S-41' })
  } finally {
    await org.close()
  }
})

test.concurrent(
  'a profile that the account has by its name is no change, and another is shown by its name',
  () =>
    withRestCase('documented', async ({ run, row }) => {
      const account = users.obrien
      const Data = { UserProfile: "Sales Rep's Profile", UserRole: 'EMEA Sales' }
      const same = await run('update', { account, Data })
      expect(same.writes).toEqual([])
      expect(same.output.Data).toMatchObject(Data)
      const moved = await run('update', { account, Data: { UserProfile: 'Read Only', UserRole: '' } })
      expect(moved.said).toContain('updated: [UserProfile,UserRole]')
      expect(moved.output).toMatchObject({
        Data: { UserProfile: 'Read Only', UserRole: '' },
        PreviousData: { UserProfile: Data.UserProfile },
      })
      expect(row(account)).toMatchObject({ ProfileId: profiles.readOnly, UserRoleId: null })
    }),
)

test.concurrent('two names of a role that differ by their case are two roles', () =>
  withRestCase('documented', async ({ run, row, org: { org } }) => {
    const [twin] = [...org.userRoles.values()].filter(({ Id }) => Id === roles.apacSales)
    if (twin !== undefined) org.userRoles.update(twin, { Name: 'emea sales' })
    const step = await run('create', { Data: { ...joiner, UserRoleId: 'emea sales' } })
    expect(row(step.output.AccountReference ?? '').UserRoleId).toBe(roles.apacSales)
    if (twin !== undefined) org.userRoles.update(twin, { Name: 'EMEA Sales' })
    const both = await run('update', { account: users.annBoss, Data: { UserRoleId: 'EMEA Sales' } })
    expect(both.said).toContain('There are 2 roles named [EMEA Sales] in Salesforce: map the id of one')
    expect(both.writes).toEqual([])
  }),
)
