import type { Scenario } from './scenario.ts'

const ImportFields = ['userName', 'employeeNumber', 'department']

export const listScenarios: readonly Scenario[] = [
  { name: 'listPermissions', action: 'listPermissions' },
  {
    name: 'resources',
    action: 'resources',
    more: { resourceContext: { SourceData: [{ DisplayName: 'Finance' }, { DisplayName: 'Legal' }] } },
    // Names of groups are not unique: a list whose answer was lost is looked up by the next run.
    mayFailWhenCut: true,
  },
  { name: 'import, REST', action: 'import', context: { ImportFields }, isImport: true },
  {
    name: 'import, SCIM',
    action: 'import',
    context: { ImportFields },
    settings: { UseRestApi: false },
    isImport: true,
  },
]
