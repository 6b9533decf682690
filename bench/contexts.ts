import { toRestContext } from '../reliability/scenarios/restFieldNames.ts'
import { seedCredentials, seedIds } from '../simulator/seed/seedIds.ts'

type Json = Readonly<Record<string, unknown>>

/** Settings that sign in to the simulated org. */
export function configuration(url: string, more: Json = {}): Json {
  return {
    BaseUrl: url,
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
    // By id: a name would be one request more.
    DefaultProfile: seedIds.profiles.standardUser,
    DefaultLocale: 'nl_NL',
    DefaultLanguage: 'en_US',
    DefaultTimezone: 'Europe/Amsterdam',
    DefaultEmailEncoding: 'UTF-8',
    ...more,
  }
}

/** The request with which a program signs in by hand. */
export const tokenRequest = {
  path: '/services/oauth2/token',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: seedCredentials.clientId,
    client_secret: seedCredentials.clientSecret,
  }).toString(),
}

/** The fields of the n-th joiner: all that SCIM takes in one request. */
export function joiner(n: number): Json {
  const key = `bench-${process.pid}-${n}`
  return {
    userName: `${key}@acme.example`,
    externalId: key,
    nickName: key,
    alias: `b${n}`.slice(0, 8),
    givenName: 'Zoë',
    familyName: 'de Vries',
    emailAddress: `${key}@acme.example`,
    employeeNumber: key,
    phone: '+31 20 555 0182',
    title: 'Account Manager',
    department: 'Sales',
    division: 'EMEA',
  }
}

/** An actionContext as text. */
export function input(action: string, url: string, members: Json = {}, settings: Json = {}): string {
  return JSON.stringify({
    Operation: action,
    DryRun: false,
    Configuration: configuration(url, settings),
    ...members,
  })
}

/** `create` of the n-th joiner: three requests, sign-in, search, creation. */
export function createInput(url: string, n: number, settings: Json = {}): string {
  const data = joiner(n)
  const members = {
    Data: data,
    CorrelationConfiguration: {
      Enabled: true,
      PersonField: 'Person.ExternalId',
      PersonFieldValue: data['externalId'],
      AccountField: 'externalId',
      AccountFieldValue: data['externalId'],
    },
    References: { Account: null },
  }
  return input('create', url, members, settings)
}

/** The same for the REST connector. */
export function toRest(context: string): string {
  return JSON.stringify(toRestContext(JSON.parse(context)))
}

/** The account that actions are about, and a permission set and group that it does not have. */
const { annBoss, leaver, obrien } = seedIds.users

/** One action with which something is to be done, or nothing. */
export interface ActionCase {
  readonly name: string
  readonly action: string
  members(n: number): Json
  /** What has to be done first, each time. */
  readonly before?: { readonly action: string; readonly members: Json }
}

const about = (id: string): Json => ({ References: { Account: id }, Data: {} })
const permission = (Reference: string, Type: string): Json => ({
  References: { Account: annBoss, Permission: { Reference, Type } },
})
const set = permission(seedIds.permissionSets.contractEditor, 'PermissionSet')

/** The actions as a host calls them; `create` has a table of its own. */
export const actionCases: readonly ActionCase[] = [
  {
    name: 'update, no change',
    action: 'update',
    members: () => ({ References: { Account: obrien }, Data: { givenName: 'Seán', familyName: "O'Brien" } }),
  },
  {
    name: 'update, one field',
    action: 'update',
    members: (n) => ({ References: { Account: annBoss }, Data: { title: `Head of ${n}` } }),
  },
  {
    name: 'enable',
    action: 'enable',
    members: () => about(annBoss),
    before: { action: 'disable', members: about(annBoss) },
  },
  {
    name: 'disable',
    action: 'disable',
    members: () => about(annBoss),
    before: { action: 'enable', members: about(annBoss) },
  },
  { name: 'disable, already so', action: 'disable', members: () => about(leaver) },
  { name: 'delete, already inactive', action: 'delete', members: () => about(leaver) },
  { name: 'uniquenessCheck', action: 'uniquenessCheck', members: (n) => ({ Data: joiner(n) }) },
  {
    name: 'grantPermission',
    action: 'grantPermission',
    members: () => set,
    before: { action: 'revokePermission', members: set },
  },
  {
    name: 'revokePermission',
    action: 'revokePermission',
    members: () => set,
    before: { action: 'grantPermission', members: set },
  },
  { name: 'listPermissions', action: 'listPermissions', members: () => ({}) },
]
