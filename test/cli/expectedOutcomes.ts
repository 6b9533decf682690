import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { root, type Run } from '../process.ts'

/** How a sample ends. */
export interface Ending {
  readonly action: string
  readonly exitCode: 0 | 1
  readonly says: string
  /** Methods of the requests that write, in order. */
  readonly writes: readonly string[]
  also?(run: Run, org: SimulatedOrg): void
}

const { users, permissionSets } = seedIds

/** How each sample ends on a fresh org: a new sample gets its line here. */
export const endings: Readonly<Record<string, Ending>> = {
  create: {
    action: 'create',
    exitCode: 0,
    says: 'Create account was successful',
    writes: ['POST', 'PATCH'],
    also({ output }, org) {
      const account = org.user(output.AccountReference ?? '')
      expect(output.AccountCorrelated).toBe(false)
      expect(account).toMatchObject({
        Username: 'zoe.devries@acme.example',
        LastName: 'de Vries - Müller',
        IsActive: false,
        Phone: '+31 20 555 0182',
        MobilePhone: '+31 6 12345678',
        CompanyName: 'Acme Nederland B.V.',
        ProfileId: seedIds.profiles.standardUser,
        ManagerId: users.annBoss,
      })
    },
  },
  'create-dryrun': {
    action: 'create',
    exitCode: 0,
    says: '[DryRun] Would create Salesforce account with userName [zoe.devries@acme.example], inactive',
    writes: [],
    also({ output }) {
      expect(output.AccountReference).not.toBe('')
      expect(output.AccountCorrelated).toBe(false)
    },
  },
  'create-correlate': {
    action: 'create',
    exitCode: 0,
    says: 'on field: [employeeNumber] with value: [100003]',
    writes: [],
    also({ output }, org) {
      expect(output.AccountCorrelated).toBe(true)
      expect(org.user(output.AccountReference ?? '')?.EmployeeNumber).toBe('100003')
    },
  },
  'create-ambiguous': {
    action: 'create',
    exitCode: 1,
    says: 'there are 2',
    writes: [],
    also({ output }) {
      expect(output.AccountReference).toBeUndefined()
    },
  },
  uniquenessCheck: {
    action: 'uniquenessCheck',
    exitCode: 0,
    says: `is in use by account [${users.annBoss}]`,
    writes: [],
    also({ output }) {
      expect((output.NonUniqueFields ?? []).map((name) => name.toLowerCase())).toContain('username')
      expect(output.NonUniqueFields?.length).toBeGreaterThan(1)
    },
  },
  update: {
    action: 'update',
    exitCode: 0,
    says: 'Account property(s) updated: [',
    writes: ['PATCH'],
    also(_run, org) {
      const data = dataOf('update')
      expect(org.user(users.obrien)).toMatchObject({ Title: data['title'], Department: data['department'] })
    },
  },
  'update-nochange': { action: 'update', exitCode: 0, says: 'Reason: No changes', writes: [] },
  'update-gone': { action: 'update', exitCode: 1, says: 'could not be found', writes: [] },
  enable: {
    action: 'enable',
    exitCode: 0,
    says: 'Enable account was successful',
    writes: ['PATCH'],
    also(_run, org) {
      expect(org.user(users.leaver)?.IsActive).toBe(true)
    },
  },
  disable: {
    action: 'disable',
    exitCode: 0,
    says: 'Action initiated by: [enforcement]',
    writes: ['PATCH', 'PATCH'],
    also(_run, org) {
      expect(org.user(users.platform)?.IsActive).toBe(false)
    },
  },
  'disable-reconciliation': {
    action: 'disable',
    exitCode: 0,
    says: 'Action initiated by: [reconciliation]',
    writes: ['PATCH', 'PATCH'],
    also(_run, org) {
      expect(org.user(users.twinOne)?.IsActive).toBe(false)
    },
  },
  delete: {
    action: 'delete',
    exitCode: 0,
    says: 'Salesforce cannot delete users: the account is deactivated',
    writes: ['PATCH', 'PATCH'],
    also(_run, org) {
      expect(org.user(users.pending)?.IsActive).toBe(false)
    },
  },
  'delete-reconciliation': {
    action: 'delete',
    exitCode: 0,
    says: 'Action initiated by: [reconciliation]',
    writes: ['PATCH', 'PATCH'],
    also(_run, org) {
      expect(org.user(users.twinTwo)?.IsActive).toBe(false)
    },
  },
  grantPermission: {
    action: 'grantPermission',
    exitCode: 0,
    says: 'Grant permission [Permission set: Data Export] was successful',
    writes: ['PATCH'],
    also(_run, { org }) {
      const sets = org.assignmentsOf(users.annBoss).map(({ PermissionSetId }) => PermissionSetId)
      expect(sets).toEqual([permissionSets.reportBuilder, permissionSets.dataExport])
    },
  },
  'grantPermission-dryrun': {
    action: 'grantPermission',
    exitCode: 0,
    says: 'the permission set licence [Service Console User] is assigned first',
    writes: [],
  },
  revokePermission: {
    action: 'revokePermission',
    exitCode: 0,
    says: 'Action initiated by: [enforcement]',
    writes: ['DELETE'],
    also(_run, { org }) {
      const sets = org.assignmentsOf(users.obrien).map(({ PermissionSetId }) => PermissionSetId)
      expect(sets).toEqual([permissionSets.contractEditor])
    },
  },
  'revokePermission-reconciliation': {
    action: 'revokePermission',
    exitCode: 0,
    says: 'the account gets the fallback profile [Minimum Access - Salesforce]',
    writes: ['PATCH'],
    also(_run, org) {
      expect(org.user(users.obrien)?.ProfileId).toBe(seedIds.profiles.minimumAccess)
    },
  },
  subPermissions: {
    action: 'subPermissions',
    exitCode: 0,
    says: 'Grant permission [Public group: EMEA Sales Team] was successful',
    writes: ['PATCH', 'PATCH'],
    also({ output }) {
      expect(output.SubPermissions?.map(({ DisplayName }) => DisplayName)).toEqual([
        'Permission set: Report Builder',
        'Public group: EMEA Sales Team',
      ])
    },
  },
  'subPermissions-update': {
    action: 'subPermissions',
    exitCode: 0,
    says: 'Grant permission [Role: SVP Sales] was successful',
    writes: ['PATCH', 'PATCH'],
    also({ output }) {
      expect(output.SubPermissions?.map(({ DisplayName }) => DisplayName)).toEqual([
        'Permission set: Report Builder',
        'Permission set: Contract Editor',
        'Role: SVP Sales',
      ])
    },
  },
  'subPermissions-revoke': {
    action: 'subPermissions',
    exitCode: 0,
    says: 'Action initiated by: [reconciliation]',
    writes: ['PATCH', 'PATCH', 'DELETE'],
    also({ output }, org) {
      expect(output.SubPermissions).toEqual([])
      expect(org.user(users.obrien)?.UserRoleId).toBeNull()
    },
  },
  listPermissions: {
    action: 'listPermissions',
    exitCode: 0,
    says: '',
    writes: [],
    also({ output }) {
      expect(output.Permissions?.length).toBeGreaterThan(30)
    },
  },
  'listPermissions-types': {
    action: 'listPermissions',
    exitCode: 0,
    says: '',
    writes: [],
    also({ output }) {
      const types = output.Permissions?.map(({ Identification }) => Identification.Type)
      expect([...new Set(types)]).toEqual(['PermissionSet', 'PermissionSetGroup'])
    },
  },
  'listPermissions-scim': {
    action: 'listPermissions',
    exitCode: 0,
    says: '',
    writes: [],
    also({ output, stderr }) {
      expect(output.Permissions?.length).toBeGreaterThan(20)
      expect(stderr).toContain('SCIM cannot list permission set groups')
    },
  },
  resources: {
    action: 'resources',
    exitCode: 0,
    says: 'Create public group [Marketing] was successful',
    writes: ['POST'],
    also(_run, { org }) {
      const named = [...org.groups.values()].map(({ Name }) => Name)
      expect(named).toEqual(expect.arrayContaining(['Sales', 'Marketing']))
    },
  },
  'resources-dryrun': {
    action: 'resources',
    exitCode: 0,
    says: '[DryRun] Would create role [Sales (HR)]',
    writes: [],
  },
}

function dataOf(name: string): Record<string, unknown> {
  const text = readFileSync(join(root, 'samples', 'contexts', `${name}.json`), 'utf8')
  return (JSON.parse(text) as { actionContext?: { Data: Record<string, unknown> } }).actionContext?.Data ?? {}
}
