import type { RecordedRequest } from '../../simulator/server.ts'
import { inProcess, restConnector, started } from '../connectors.ts'
import { partsOf } from '../requests.ts'
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

/** What a request writes of a user in Salesforce's own shape: in a composite request that then reads, or by itself. */
export function valuesOf(request: RecordedRequest): Record<string, unknown> {
  const [write] = partsOf(request)
  return write === undefined ? (request.json as Record<string, unknown>) : (write.body ?? {})
}

const rest = { name: restConnector, apiNames, valuesOf }

/** `withHost` and `withCase` with the REST connector: what goes in and comes out is named as the flagship names it. */
export const withRest = lendBy(started(restConnector), rest)
export const withRestCase = lendBy(inProcess(restConnector), rest)

/** A host of each connector, for what does not depend on the API that it speaks: how its built scripts are lent, and the cases of tables. */
export const hosts: readonly [name: string, lend: typeof withHost, lendCase: typeof withHost][] = [
  ['the SCIM connector', withHost, withCase],
  ['the REST connector', withRest, withRestCase],
]

/** Whether a request creates a user, by either API. */
export function isCreate(request: Pick<RecordedRequest, 'method' | 'path' | 'body'>): boolean {
  if (request.method !== 'POST') return false
  return (
    request.path === '/services/scim/v2/Users' || partsOf(request).some(({ method }) => method === 'POST')
  )
}
