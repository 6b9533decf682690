import type { Call } from '../../../shared/host/actions.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { createProblemList } from '../../../shared/problems.ts'
import { mostFields, tooManyFields } from '../../../shared/lifecycle/accounts/mostFields.ts'
import { nickNameLength, shortNickName } from '../../../shared/lifecycle/accounts/nickName.ts'
import { fieldText } from '../../../shared/salesforce/rest/rowPages.ts'
import { keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { noRoleFor } from '../../../shared/salesforce/userType.ts'
import { idPrefix, isId } from '../../../shared/salesforce/id.ts'
import {
  type Attributes,
  enterprise,
  profileOf,
  readAttribute,
  roleOf,
} from '../../../shared/scim/attribute.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'
import { readReference } from '../../../shared/lifecycle/reference.ts'
import { isRestOnly, lastNameOf, toAttributes, toData } from './account.ts'
import { type Fields, noField, ownName, readFields } from './fields.ts'
import type { Org } from '../org.ts'

/** The fields that the host wants written: its Data, and the manager's account where Data has none. */
export function mappedFields({ input }: Call): Fields {
  const { Data, References } = input.actionContext
  const mapped = new Map(readFields(Data))
  const managerAccount = References?.ManagerAccount
  const hasManager = managerAccount !== undefined && managerAccount !== ''
  if (hasManager && (mapped.get('manager') ?? '') === '') {
    mapped.set('manager', readReference(managerAccount, 'References.ManagerAccount'))
  }
  return mapped
}

/** What the host wants to be told: the names in Data, and those that a pre-filled result asks for. */
function askedNames({ input }: Call): string[] {
  const { Data } = input.actionContext
  const prefilled = input.outputContext?.['Data']
  return Object.keys({ ...(isObject(prefilled) ? prefilled : {}), ...Data })
}

/** The same as fields. Throws `INVALID_INPUT` for what is none. */
export function requestedFields(call: Call): string[] {
  return [...readFields(Object.fromEntries(askedNames(call).map((name) => [name, null]))).keys()]
}

/**
 * The same for disable and delete, which write no field: a leaver must not stay for the sake of the mapping. `tell` gets a
 * sentence for each name that is no field.
 */
export function shownFields(call: Call, tell: (problem: string) => void): string[] {
  const names = askedNames(call)
  const problems = createProblemList((count) => `Data has ${count} more members that are not fields`)
  for (const name of names) if (ownName(name) === undefined) problems.add(() => noField(name))
  const own = [...new Set(names.flatMap((name) => ownName(name) ?? []))]
  if (own.length > mostFields) problems.add(() => tooManyFields(own.length))
  for (const sentence of problems.sentences()) tell(sentence)
  return own.slice(0, mostFields)
}

/** The account's fields as the host asked for them. */
export function dataOf(call: Call, mapped: Fields, user: Resource, attributes: Attributes): JsonObject {
  return toData(requestedFields(call), attributes, mapped, user)
}

/** What an update makes of an account: its attributes as they shall be, names of profile and role as ids. */
export async function desiredAttributes(
  org: Org,
  mapped: Fields,
  user: Resource,
): Promise<Map<string, string>> {
  const orgId = (await org.orgId()) ?? (readAttribute(user, enterprise('organization')) || undefined)
  const desired = toAttributes(mapped, orgId)
  await resolveNames(org, desired, user)
  withoutRest(org, desired)
  return desired
}

/** What a create makes: the mapped attributes, the configured defaults, and a nickname that fits. */
export async function newAccount(org: Org, mapped: Fields): Promise<Map<string, string>> {
  const { settings } = org
  const complete = new Map(mapped)
  const { locale, language, timezone, emailEncoding } = settings.defaults
  const defaults = { locale, preferredLanguage: language, timezone, emailEncodingKey: emailEncoding }
  for (const [name, value] of Object.entries(defaults)) {
    if ((complete.get(name) ?? '') === '') complete.set(name, value)
  }
  const profile = complete.get('profile') ?? ''
  if (profile === '' && settings.defaultProfile !== undefined)
    complete.set('profile', settings.defaultProfile)
  requireForCreate(complete)

  const userName = complete.get('userName') ?? ''
  if ((complete.get('nickName') ?? '') === '' && userName.length > nickNameLength) {
    complete.set('nickName', shortNickName(userName))
  }
  const desired = toAttributes(complete, await org.orgId())
  await resolveNames(org, desired, undefined)
  withoutRest(org, desired)
  desired.set('active', String(settings.createActive))
  return desired
}

function requireForCreate(complete: Fields): void {
  const has = (name: string): boolean => (complete.get(name) ?? '') !== ''
  const missing = [
    ...['userName', 'emailAddress'].filter((name) => !has(name)).map((name) => `Data.${name}`),
    ...((lastNameOf(complete) ?? '') === '' ? ['Data.familyName (or familyNameFormatted)'] : []),
    ...(has('profile') ? [] : ['Data.profile (or the setting DefaultProfile)']),
  ]
  if (missing.length > 0) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `Salesforce requires ${missing.join(', ')} for a new user: map a value.`,
    )
  }
}

/** Puts ids in the place of the names of a profile and a role. */
async function resolveNames(
  org: Org,
  desired: Map<string, string>,
  user: Resource | undefined,
): Promise<void> {
  const kinds = [
    ['entitlements.profile', 'Entitlements', idPrefix.profile, 'profile', user && profileOf(user)],
    ['roles', 'Roles', idPrefix.role, 'role', user && roleOf(user)],
  ] as const
  for (const [attribute, kind, prefix, noun, current] of kinds) {
    const value = desired.get(attribute)
    if (value === undefined || value === '' || isId(value, prefix)) continue
    const currentId = current?.['value']
    if (current?.['display'] === value && typeof currentId === 'string') {
      desired.set(attribute, currentId)
      continue
    }
    const ids = await org.findByName(kind, value)
    const [id] = ids
    if (id === undefined || ids.length > 1) {
      throw new ConnectorError(
        'INVALID_INPUT',
        id === undefined
          ? `The ${noun} [${value.slice(0, 80)}] does not exist in Salesforce: map or configure the exact name or the id of one (Setup > ${noun === 'profile' ? 'Profiles' : 'Roles'}).`
          : `There are ${ids.length} ${noun}s named [${value.slice(0, 80)}] in Salesforce: map the id of one.`,
      )
    }
    desired.set(attribute, id)
  }
}

/**
 * Throws when a profile or role that would be written by its id does not exist. A real write finds that out by itself; a
 * preview has to ask.
 */
export async function checkReferences(
  org: Org,
  mapped: Fields,
  written: ReadonlyMap<string, string>,
): Promise<void> {
  const kinds = [
    ['entitlements.profile', 'Entitlements', 'profile', org.settings.defaultProfile],
    ['roles', 'Roles', 'role', undefined],
  ] as const
  for (const [attribute, kind, noun, byDefault] of kinds) {
    const id = written.get(attribute) ?? ''
    const isByName = !isId(mapped.get(noun) || byDefault || '')
    if (id === '' || isByName) continue
    if (!(await org.exists(kind, id))) {
      throw new ConnectorError('INVALID_INPUT', `The ${noun} [${id}] does not exist in Salesforce.`)
    }
  }
}

/**
 * Throws when the account would have a role that its license does not allow, `user` being the account as it is. A real
 * write finds that out by itself; a preview has to ask, and SCIM does not show what a profile is for.
 */
export async function checkRole(org: Org, desired: Attributes, user: Resource | undefined): Promise<void> {
  const current = (entry: JsonObject | undefined): string => String(entry?.['value'] ?? '')
  const role = desired.get('roles') ?? current(user && roleOf(user))
  const profile = desired.get('entitlements.profile') ?? current(user && profileOf(user))
  if (!org.settings.useRestApi || role === '' || !isId(profile, idPrefix.profile)) return
  const [row] = await org.rest.query(keyedQuery('UserType', 'Profile', { Id: profile }))
  const reason = noRoleFor(fieldText(row, 'UserType'))
  if (reason !== undefined) throw new ConnectorError('INVALID_INPUT', `Data.role: ${reason}.`)
}

/** Without the REST API, what only REST can write is refused before anything is written; clearing it asks for nothing. */
function withoutRest(org: Org, desired: Map<string, string>): void {
  if (org.settings.useRestApi) return
  const impossible: string[] = []
  for (const [attribute, value] of desired) {
    if (!isRestOnly(attribute)) continue
    desired.delete(attribute)
    if (value !== '') impossible.push(attribute.replace('User:', ''))
  }
  if (impossible.length > 0) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `SCIM cannot write ${impossible.join(', ')}: set Configuration.UseRestApi, or leave the field out of the mapping.`,
    )
  }
}
