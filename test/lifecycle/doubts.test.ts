import type { Dialect } from '../../simulator/dialect/dialect.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { joiner, withCase, withHost } from './host.ts'

const { users, profiles, permissionSets } = seedIds

/** Every doubt about Salesforce that an account action can meet, each turned alone to its other side. */
const doubts: Partial<Dialect>[] = [
  { unauthorizedShape: 'scim' },
  { unknownResource: 'no-such-resource' },
  { patchDmlFailure: 'rest-500' },
  { limitInfoOnScim: false },
  { scimJsonAccepted: false },
  { twelveHourTimestamps: true },
  { pageCap: 1 },
  { countOverCap: 'reject' },
  { startIndexCeiling: 1 },
  { emptyUserList: 'empty-resources' },
  { emptyEntitlementList: 'empty-body' },
  { entitlementList: 'paged' },
  { groupAggregatesListed: true },
  { attributesParameter: 'ignored' },
  { idFilter: 'rejected' },
  { filterNames: 'case-insensitive' },
  { filterApostrophe: 'breaks' },
  { createStatus: 200 },
  { aliasUrnOnPost: '1.0' },
  { aliasUrnOnPost: '2.0' },
  { flatEnterpriseAttributes: true },
  { patchUserName: 'ignore' },
  { patchExternalId: 'ignore' },
  { patchPhoneNumbers: 'ignore' },
  { phoneReplace: 'wipe-others' },
  { patchPathScalar: 'ignore' },
  { clearText: 'ignored' },
  { emailChange: 'immediate' },
  { lastPermissionSetRemovable: true },
  { unknownResource: 'pilot' },
  { createStatus: 'by-body' },
  { serviceProviderConfigName: 'singular' },
  { profileUrlName: 'profileURL' },
  { aliasShown: false },
  { topLevelOr: 'refused' },
  { filterMixing: 'refused' },
  { patchUncaught: 'apex-500' },
  { removePath: 'mapped' },
  { replaceTakesGroups: true },
  { groupPut: 'not-found' },
  { roleWrite: 'not-found' },
]

test.concurrent.each(doubts.map((doubt) => [JSON.stringify(doubt), doubt] as const))(
  'a life is the same where Salesforce is %s',
  (_name, doubt) =>
    withCase(doubt, async ({ run, row, org }) => {
      const Data = {
        ...joiner,
        externalId: "E'200001",
        alias: 'jdevries',
        phone: '1',
        mobilePhone: '2',
        fax: '3',
        title: 'Clerk',
        department: 'Sales',
        city: 'Utrecht',
        country: 'Netherlands',
        role: 'EMEA Sales',
        manager: users.annBoss,
        Cost_Code__c: 'S-1',
        Badge_Number__c: '7',
      }
      const correlate = { field: 'externalId', value: "E'200001" }
      const created = await run('create', { Data, correlate, settings: { CreateActive: true } })
      const account = String(created.output.AccountReference)
      expect(created.output).toMatchObject({ Success: true, AccountCorrelated: false, Data })

      org.org.permissionSetAssignments.insert({
        Id: org.org.nextId('0Pa'),
        AssigneeId: account,
        PermissionSetId: permissionSets.reportBuilder,
        PermissionSetGroupId: null,
        ExpirationDate: null,
        IsActive: true,
        IsRevoked: false,
        SystemModstamp: '2026-01-01T00:00:00.000Z',
      })
      const moved = {
        userName: 'j.smit@acme.example',
        externalId: 'E-2',
        familyName: 'Smit',
        phone: '',
        mobilePhone: '5',
        title: '',
        department: 'Legal',
        city: 'Zeist',
        role: '',
        manager: '',
        profile: 'Read Only',
        Cost_Code__c: '',
        Badge_Number__c: '8',
      }
      const updated = await run('update', { account, Data: moved })
      expect(updated.output).toMatchObject({ Success: true, Data: moved })
      expect(row(account)).toMatchObject({
        Username: 'j.smit@acme.example',
        FederationIdentifier: 'E-2',
        FirstName: 'Jan',
        LastName: 'Smit',
        Alias: 'jdevries',
        Phone: null,
        MobilePhone: '5',
        Fax: '3',
        Title: null,
        Department: 'Legal',
        City: 'Zeist',
        Country: 'Netherlands',
        UserRoleId: null,
        ManagerId: null,
        ProfileId: profiles.readOnly,
        Cost_Code__c: null,
        Badge_Number__c: 8,
        EmployeeNumber: '200001',
      })
      const held = org.org.assignmentsOf(account).map((each) => each.PermissionSetId)
      expect(held).toEqual([permissionSets.reportBuilder])

      const left = await run('disable', { account, origin: 'reconciliation' })
      expect(left.output.Success).toBe(true)
      expect(row(account).IsActive).toBe(false)
    }),
)

test('permission sets that a change of profile took, and that cannot be given back, are named', () =>
  withHost(
    { lastPermissionSetRemovable: true },
    async ({ run }) => {
      const step = await run('update', { account: users.obrien, Data: { profile: 'Standard User' } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(`[${permissionSets.salesOps}, ${permissionSets.contractEditor}]`)
      expect(step.said).toContain('could not be given back')
    },
    ({ method, body }) =>
      method === 'PATCH' && body.includes('"op":"add"')
        ? { status: 400, body: '{"schemas":"[]","detail":"INVALID:no;","status":400}' }
        : undefined,
  ))
