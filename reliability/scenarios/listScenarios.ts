import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Scenario } from './scenario.ts'

const { users, permissionSets, groups } = seedIds

const ImportFields = ['userName', 'employeeNumber', 'department']

export const listScenarios: readonly Scenario[] = [
  {
    name: 'subPermissions, swaps',
    action: 'subPermissions',
    context: {
      Operation: 'update',
      References: { Account: users.obrien, Permission: { Reference: 'department' } },
      CurrentPermissions: [
        { DisplayName: 'Sales Operations', Reference: { Id: `PermissionSet:${permissionSets.salesOps}` } },
      ],
    },
    settings: {
      SubPermissionField: 'Department.ExternalId',
      SubPermissionMapping: `FIN = PermissionSet:${permissionSets.dataExport}, PublicGroup:${groups.contractReviewers}`,
    },
    more: {
      personContext: {
        Person: {
          Contracts: [{ Department: { ExternalId: 'FIN' }, Context: { InConditions: true } }],
        },
      },
    },
  },
  { name: 'listPermissions', action: 'listPermissions' },
  {
    name: 'resources',
    action: 'resources',
    more: { resourceContext: { SourceData: [{ DisplayName: 'Finance' }, { DisplayName: 'Legal' }] } },
    // Names of groups are not unique: a list whose answer was lost is looked up by the next run.
    lostPost: 'left',
    onlyCreates: true,
  },
  { name: 'import, REST', action: 'import', context: { ImportFields }, isImport: true },
  {
    name: 'import, SCIM',
    action: 'import',
    context: { ImportFields },
    settings: { UseRestApi: false },
    isImport: true,
  },
  { name: 'importPermissions', action: 'importPermissions', isImport: true },
]
