import { restConnector } from '../connectors.ts'
import {
  type Account,
  contextFor,
  type Import,
  runCase,
  userRequests,
  withOrg,
  withUsers,
} from '../imports/support.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'

const run = (url: string, over: Record<string, unknown> = {}, settings = {}): Promise<Import<Account>> =>
  runCase<Account>('import', contextFor(url, settings, over), restConnector)

test('names of any case, of the older connector and through parents give what the org has of them', () =>
  withOrg({}, async (org) => {
    const ImportFields = [
      'USERNAME',
      'Firstname',
      'UserProfile',
      'userrole',
      'ProfileId',
      'UserLicense',
      'Id',
    ]
    const { objects } = await run(org.url, { ImportFields })
    const found = objects.find(({ AccountReference }) => AccountReference === seedIds.users.obrien)
    expect(found?.Data).toEqual({
      USERNAME: "s.o'brien@acme.example",
      Firstname: 'Seán',
      UserProfile: "Sales Rep's Profile",
      userrole: 'EMEA Sales',
      ProfileId: seedIds.profiles.salesReps,
      UserLicense: 'Salesforce',
      Id: seedIds.users.obrien,
    })
  }))

test('every value is a text, whatever the type of its field', () =>
  withOrg({}, async (org) => {
    const ImportFields = ['Remote_Worker__c', 'Badge_Number__c', 'LastLoginDate', 'Title', 'ManagerId']
    const { objects } = await run(org.url, { ImportFields })
    expect(objects.length).toBeGreaterThan(5)
    for (const { Data } of objects) {
      expect(Object.keys(Data)).toEqual(ImportFields)
      expect(Object.values(Data).every((value) => typeof value === 'string')).toBe(true)
    }
  }))

test('a field that the org does not have is named, with who asks for it and the nearest that there is', () =>
  withOrg({}, async (org) => {
    const over = {
      ImportFields: ['Username', 'Departmant', 'Cost_Centre__c', 'constructor'],
      CorrelationConfiguration: { Enabled: true, AccountField: 'EmployeNumber' },
    }
    const { code, errors, stdout } = await run(org.url, over)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const [error = ''] = errors
    expect(error).toContain(
      'ImportFields [Departmant] is not a field of User in this org: is Department meant?',
    )
    expect(error).toContain(
      'ImportFields [Cost_Centre__c] is not a field of User in this org: is Cost_Code__c',
    )
    expect(error).toContain('ImportFields [constructor] is not a field of User in this org')
    expect(error).toContain('CorrelationConfiguration.AccountField [EmployeNumber] is not a field')
    expect(error).toContain('is EmployeeNumber meant?')
  }))

test('what no field can be called is refused before anything is sent', () =>
  withOrg({}, async (org) => {
    const { errors } = await run(org.url, { ImportFields: ['Username', 'Name FROM User', 'a.b', ''] })
    expect(errors.join()).toMatch(
      /\[Name FROM User\] cannot be a field of User; .*\[a\.b\] cannot be .*; .*\[\]/,
    )
    expect(org.requests).toEqual([])
  }))

test('an org in which REST is off has no advice about SCIM, which this connector does not speak', () =>
  withOrg({ dialect: { restEnabled: false } }, async (org) => {
    const { code, errors } = await run(org.url)
    expect(code).toBe(1)
    expect(errors.join()).toContain('REST')
    expect(errors.join()).not.toMatch(/UseRestApi|SCIM/)
  }))

test('a query that is refused in the middle fails as it is, and is not looked for another way', () =>
  withUsers(4500, 'documented', async (org) => {
    const body = [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }]
    org.fault({
      when: { search: /Id%20%3E/, times: Infinity },
      effect: { kind: 'answer', status: 400, body },
    })
    const { code, errors, objects } = await run(org.url)
    expect(code).toBe(1)
    expect(errors.join()).toContain('running for too long')
    expect(objects.length).toBeGreaterThan(1999)
    expect(userRequests(org).length).toBeLessThan(8)
  }))
