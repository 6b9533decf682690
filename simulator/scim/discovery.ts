import type { Context } from '../context.ts'
import type { Answer, JsonObject } from '../http.ts'
import {
  communitiesUser,
  coreGroup,
  coreUser,
  customUser,
  enterpriseUser,
  entitlementSchema,
  externalUser,
  roleSchema,
  salesforceUser,
  version,
} from './names.ts'
import { notFound } from './users.ts'

/** Documented: identity_scim_implementation; `meta`, `primary` and one documentationUri are the pilot's. */
export function serviceProviderConfigs(context: Context): Answer {
  return {
    status: 200,
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      documentationUri: 'https://help.salesforce.com/HTViewHelpDoc?id=identity_scim_overview.htm',
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: true },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [
        {
          type: 'oauth2',
          name: 'OAuth v2.0',
          description: 'Authentication Scheme using the OAuth Standard',
          specUri: 'http://tools.ietf.org/html/rfc6749',
          documentationUri: 'https://help.salesforce.com/apex/HTViewHelpDoc?id=remoteaccess_authenticate.htm',
          primary: true,
        },
      ],
      meta: {
        location: `${context.url}/services/scim/v2/ServiceProviderConfig${context.dialect.serviceProviderConfigName === 'plural' ? 's' : ''}`,
        resourceType: 'ServiceProviderConfig',
        version: version('ServiceProviderConfig'),
      },
    },
  }
}

function all(resources: readonly JsonObject[]): Answer {
  return {
    status: 200,
    body: {
      totalResults: resources.length,
      itemsPerPage: resources.length,
      startIndex: 1,
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      Resources: resources,
    },
  }
}

function typesOf(context: Context): JsonObject[] {
  const type = (id: string, name: string, endpoint: string, extensions: readonly string[]): JsonObject => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    // pilot: ids are URNs, and `required` is a text
    id,
    name,
    endpoint,
    schema: id,
    schemaExtensions: extensions.map((schema) => ({ schema, required: 'false' })),
    meta: { location: `${context.url}/services/scim/v2/ResourceTypes/${id}`, resourceType: 'ResourceType' },
  })
  return [
    type(coreUser, 'User', '/Users', [
      enterpriseUser,
      customUser(context),
      externalUser,
      salesforceUser,
      communitiesUser,
    ]),
    type(coreGroup, 'Group', '/Groups', []),
    type(entitlementSchema, 'Entitlement', '/Entitlements', []),
    type(roleSchema, 'Role', '/Roles', []),
  ]
}

/** Pilot: one type by name or by URN. */
export function resourceTypes(context: Context, id: string | undefined): Answer {
  const types = typesOf(context)
  if (id === undefined) return all(types)
  const one = types.find((type) => type['id'] === id || type['name'] === id)
  if (one === undefined) throw notFound(context, `/ResourceTypes/${id}`)
  return { status: 200, body: one }
}

function attribute(name: string, type = 'string', more: JsonObject = {}): JsonObject {
  return {
    name,
    type,
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  }
}

function schemasOf(context: Context): JsonObject[] {
  const schema = (id: string, name: string, attributes: readonly JsonObject[]): JsonObject => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    attributes,
    meta: { location: `${context.url}/services/scim/v2/Schemas/${id}`, resourceType: 'Schema' },
  })
  const list = { multiValued: true }
  const readOnly = { mutability: 'readOnly' }
  const values = (...more: JsonObject[]): JsonObject => ({
    ...list,
    subAttributes: [attribute('value'), ...more],
  })
  const customTypes: Readonly<Record<string, string>> = {
    double: 'decimal',
    currency: 'decimal',
    percent: 'decimal',
    boolean: 'boolean',
    date: 'dateTime',
    datetime: 'dateTime',
    reference: 'reference',
  }
  return [
    schema(coreUser, 'User', [
      attribute('id', 'string', readOnly),
      attribute('userName', 'string', { required: true, uniqueness: 'server' }),
      attribute('externalId'),
      attribute('name', 'complex', {
        required: true,
        subAttributes: [
          attribute('formatted', 'string', readOnly),
          attribute('familyName', 'string', { required: true }),
          attribute('givenName'),
        ],
      }),
      attribute('displayName', 'string', readOnly),
      attribute('nickName', 'string', { uniqueness: 'server' }),
      attribute('emails', 'complex', {
        ...values(attribute('type'), attribute('primary', 'boolean')),
        required: true,
      }),
      attribute('addresses', 'complex', {
        ...list,
        subAttributes: ['streetAddress', 'locality', 'region', 'postalCode', 'country'].map((name) =>
          attribute(name),
        ),
      }),
      attribute('phoneNumbers', 'complex', values(attribute('type'))),
      attribute('photos', 'complex', { ...values(attribute('type')), ...readOnly }),
      attribute('userType', 'string', readOnly),
      ...['title', 'preferredLanguage', 'locale', 'timezone', 'emailEncodingKey'].map((name) =>
        attribute(name),
      ),
      attribute('active', 'boolean'),
      attribute('password', 'string', { mutability: 'writeOnly', returned: 'never' }),
      attribute('entitlements', 'complex', {
        ...values(attribute('display'), attribute('type')),
        required: true,
      }),
      attribute('roles', 'complex', values(attribute('display'))),
      attribute('groups', 'complex', { ...values(attribute('display')), ...readOnly }),
    ]),
    schema(enterpriseUser, 'EnterpriseUser', [
      ...['employeeNumber', 'division', 'department'].map((name) => attribute(name)),
      attribute('organization', 'string', readOnly),
      attribute('manager', 'complex', { subAttributes: [attribute('value'), attribute('displayName')] }),
      attribute('delegatedApprover', 'complex', { subAttributes: [attribute('delegatedApproverId')] }),
    ]),
    schema(salesforceUser, 'SalesforceUser', [attribute('alias')]),
    schema(externalUser, 'ExternalUser', [attribute('accountId'), attribute('contactId')]),
    schema(communitiesUser, 'CommunitiesUser', [
      attribute('communities', 'complex', { ...values(), ...readOnly }),
    ]),
    schema(
      customUser(context),
      'CustomUser',
      context.org.customFields.map((each) => attribute(each.name, customTypes[each.type] ?? 'string')),
    ),
    schema(coreGroup, 'Group', [
      attribute('displayName'),
      attribute('type'),
      attribute('members', 'complex', values()),
    ]),
    schema(entitlementSchema, 'Entitlement', [
      attribute('displayName', 'string', readOnly),
      attribute('type', 'string', readOnly),
      attribute('members', 'complex', { ...values(), ...readOnly }),
    ]),
    schema(roleSchema, 'Role', [
      attribute('displayName', 'string', readOnly),
      attribute('members', 'complex', { ...values(), ...readOnly }),
    ]),
  ]
}

export function schemas(context: Context, id: string | undefined): Answer {
  const list = schemasOf(context)
  if (id === undefined) return all(list)
  const one = list.find((each) => each['id'] === id)
  if (one === undefined) throw notFound(context, `/Schemas/${id}`)
  return { status: 200, body: one }
}
