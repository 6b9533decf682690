import { accountScenarios } from './accountScenarios.ts'
import { listScenarios } from './listScenarios.ts'
import { permissionScenarios } from './permissionScenarios.ts'
import type { Scenario } from './scenario.ts'

/** The flagship's names of the fields that the scenarios have, and Salesforce's own. */
const apiNames: Readonly<Record<string, string>> = {
  externalId: 'FederationIdentifier',
  employeeNumber: 'EmployeeNumber',
  userName: 'Username',
  alias: 'Alias',
  givenName: 'FirstName',
  familyName: 'LastName',
  emailAddress: 'Email',
  phone: 'Phone',
  mobilePhone: 'MobilePhone',
  companyName: 'CompanyName',
  profile: 'ProfileId',
  title: 'Title',
  department: 'Department',
}

/** What a host asks of the REST connector: the same, but for what is about SCIM alone. */
export const restScenarios: readonly Scenario[] = [
  ...accountScenarios,
  ...permissionScenarios,
  ...listScenarios,
]
  .filter(({ name, settings }) => !name.includes('SCIM') && settings?.['UseRestApi'] !== false)
  .map((scenario) => {
    const { Data, CorrelationConfiguration: correlation, ...context } = scenario.context ?? {}
    return {
      ...scenario,
      context: {
        ...context,
        ...(isRecord(Data) && { Data: named(Data) }),
        ...(isRecord(correlation) && {
          CorrelationConfiguration: {
            ...correlation,
            AccountField: apiName(String(correlation['AccountField'])),
          },
        }),
      },
      // A user is written and read in one request: what the org undoes later only a leaver's second look finds.
      ...(/^(create|update)$/.test(scenario.action) && { trustsAnswer: true as const }),
      // There is nothing of a create that a flow could undo: it is one write.
      ...(scenario.action === 'create' && { isOneInsert: true as const }),
    }
  })

function named(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [apiName(name), value]))
}

function apiName(name: string): string {
  return apiNames[name] ?? name
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
