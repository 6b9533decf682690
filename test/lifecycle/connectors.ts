import type { RecordedRequest } from '../../simulator/server.ts'
import { answer } from '../answer.ts'
import { runScript } from '../process.ts'
import { lendBy, withCase, withHost } from './host.ts'

/** The flagship's names of fields, in which the cases of both connectors are written, and Salesforce's own. */
export const apiNames: Readonly<Record<string, string>> = {
  id: 'Id',
  active: 'IsActive',
  userName: 'Username',
  externalId: 'FederationIdentifier',
  employeeNumber: 'EmployeeNumber',
  givenName: 'FirstName',
  familyName: 'LastName',
  displayName: 'Name',
  nickName: 'CommunityNickname',
  alias: 'Alias',
  emailAddress: 'Email',
  phone: 'Phone',
  mobilePhone: 'MobilePhone',
  fax: 'Fax',
  title: 'Title',
  department: 'Department',
  division: 'Division',
  companyName: 'CompanyName',
  streetAddress: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'PostalCode',
  country: 'Country',
  manager: 'ManagerId',
  delegatedApprover: 'DelegatedApproverId',
  profile: 'ProfileId',
  role: 'UserRoleId',
  locale: 'LocaleSidKey',
  preferredLanguage: 'LanguageLocaleKey',
  timezone: 'TimeZoneSidKey',
  emailEncodingKey: 'EmailEncodingKey',
  senderEmail: 'SenderEmail',
}

const connector = 'salesforce-apex-rest'
/** In Salesforce's own shape: in a composite request that then reads, or by itself. */
export function valuesOf({ json }: RecordedRequest): Record<string, unknown> {
  const parts = (json as { compositeRequest?: { body?: Record<string, unknown> }[] }).compositeRequest
  return parts === undefined ? (json as Record<string, unknown>) : (parts[0]?.body ?? {})
}

const rest = { name: connector, apiNames, valuesOf }

/** `withHost` and `withCase` with the REST connector: what goes in and comes out is named as the flagship names it. */
export const withRest = lendBy((action, context) => runScript(action, context, { connector }), rest)
export const withRestCase = lendBy((action, context) => answer(action, context, connector), rest)

/** Both connectors, for what does not depend on the API that they speak: how built scripts are lent, and the cases of tables. */
export const connectors: readonly [name: string, lend: typeof withHost, lendCase: typeof withHost][] = [
  ['the SCIM connector', withHost, withCase],
  ['the REST connector', withRest, withRestCase],
]

/** Whether a request creates a user, by either API. */
export function isCreate({ method, path, body }: { method: string; path: string; body: string }): boolean {
  if (method !== 'POST') return false
  return (
    path === '/services/scim/v2/Users' || (path.endsWith('/composite') && body.includes('"method":"POST"'))
  )
}
