import { field, readOnly, reference, sobject } from './schema.ts'
import type { SObject } from './schema.ts'

/** Who is signed in, and which apps may sign in for whom (documented: object reference pages of these names). */
export const sessionObjects: readonly SObject[] = [
  // documented: delete, query and retrieve
  sobject('AuthSession', '0Ak', (org) => org.authSessions, 'd', [
    reference('UsersId', 'User', { access: 'read', label: 'User ID' }),
    readOnly('UserType', 'picklist', { length: 40 }),
    readOnly('SessionType', 'picklist', { length: 40 }),
    readOnly('LoginType', 'picklist', { length: 40 }),
    readOnly('SourceIp', 'string', { length: 39 }),
    readOnly('NumSecondsValid', 'int'),
    readOnly('CreatedDate', 'datetime'),
    readOnly('LastModifiedDate', 'datetime'),
  ]),
  // documented: query alone; a token goes by its DeleteToken at /services/oauth2/revoke. Prefix assumed.
  sobject('OauthToken', '0CQ', (org) => org.oauthTokens, '', [
    // documented: reserved, always null
    field('Id', 'id', { compute: () => null }),
    reference('UserId', 'User', { access: 'read' }),
    readOnly('AppName', 'string', { length: 255, label: 'Application Name' }),
    readOnly('DeleteToken', 'string', { length: 255 }),
    readOnly('UseCount', 'int'),
    readOnly('CreatedDate', 'datetime'),
    readOnly('LastUsedDate', 'datetime', { required: false }),
  ]),
]
