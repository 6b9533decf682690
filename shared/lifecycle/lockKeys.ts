import type { ActionName } from '../host/actions.ts'
import type { ActionContext, ActionInput } from '../host/context.ts'
import { ConnectorError } from '../errors.ts'
import { isId } from '../salesforce/id.ts'
import { type PermissionType, readPermissionReference } from './permissions/access/permission.ts'
import type { JsonObject } from '../validate.ts'

/**
 * What an action must not run at the same time as, by name: the account that it is about, and in each org the changes of
 * roles, groups, queues and territories, which take one lock (documented: draes_group_membership_locking).
 */
export function lockKeysOf(name: ActionName, { actionContext }: ActionInput): string[] {
  const org = orgOf(actionContext)
  const lockKeys = accountsOf(name, actionContext).map((account) => `${org} ${account}`)
  if (!actionContext.DryRun && takesLock(name, actionContext)) lockKeys.push(`${org} memberships`)
  return lockKeys
}

/** A sandbox has the ids of its production org. */
function orgOf({ Configuration }: ActionContext): string {
  const address = textOf(Configuration, 'BaseUrl')
  return URL.canParse(address) ? new URL(address).host : address
}

/** Before an account has a reference, it is what it will be found by, or the name that it will have. */
function accountsOf(name: ActionName, context: ActionContext): string[] {
  const userName = textOf(context.Data, 'userName').toLowerCase()
  const userNames = userName === '' ? [] : [`user name ${userName}`]
  if (name === 'uniquenessCheck') return userNames
  if (name === 'create') {
    const { PersonFieldValue, AccountFieldValue } = context.CorrelationConfiguration ?? {}
    const value = [PersonFieldValue, AccountFieldValue]
      .map((candidate) =>
        String(candidate ?? '')
          .trim()
          .toLowerCase(),
      )
      .find((candidate) => candidate !== '')
    return value === undefined ? userNames : [...userNames, `correlation ${value}`]
  }
  const reference = context.References?.Account
  const id =
    typeof reference === 'object'
      ? textOf(reference, 'Id') || textOf(reference, 'Reference')
      : (reference ?? '').trim()
  if (id === '') return []
  return [`account ${isId(id) ? id.slice(0, 15) : id}`]
}

/** What connectors call the field of a user's role, one of them by an older name too. */
const roleFields = ['role', 'UserRoleId', 'UserRole']

function takesLock(name: ActionName, context: ActionContext): boolean {
  const { Configuration, Data, PreviousData, References } = context
  switch (name) {
    case 'create':
      return roleFields.some((field) => textOf(Data, field) !== '')
    case 'update':
      return roleFields.some(
        (field) =>
          has(Data, field) &&
          // Where the host tells the mapping's last values, one that has not changed is most likely there already.
          !(has(PreviousData, field) && textOf(PreviousData, field) === textOf(Data, field)),
      )
    case 'grantPermission':
    case 'revokePermission':
      return isMembership(References?.Permission)
    case 'enable':
      return textOf(Configuration, 'OnEnable').toLowerCase() === 'strip'
    case 'disable':
    case 'delete':
      return textOf(Configuration, 'OnDisable').toLowerCase() === 'strip'
    case 'uniquenessCheck':
    case 'listPermissions':
      return false
    default:
      return true
  }
}

/** Whether a change of it takes the org's lock on group memberships: a new type must say so to compile. */
const takesMembershipLock: Readonly<Record<PermissionType, boolean>> = {
  Profile: false,
  PermissionSet: false,
  PermissionSetGroup: false,
  PermissionSetLicense: false,
  FeatureLicense: false,
  Role: true,
  PublicGroup: true,
  Queue: true,
  Territory: true,
}

function isMembership(reference: JsonObject | undefined): boolean {
  try {
    return takesMembershipLock[readPermissionReference(reference).Type]
  } catch (error) {
    // The action will say what is wrong with it, and write nothing.
    if (error instanceof ConnectorError) return false
    throw error
  }
}

/** Names are compared without case, as everything that reads them does. */
function memberOf(object: JsonObject | undefined, name: string): unknown {
  return Object.entries(object ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

function has(object: JsonObject | undefined, name: string): boolean {
  return memberOf(object, name) !== undefined
}

function textOf(object: JsonObject | undefined, name: string): string {
  const value = memberOf(object, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}
