import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import { objectNamed } from './soqlFields.ts'
import type { Query } from './soqlQuery.ts'
import type { SObject } from '../schema/schema.ts'

/** The children of an object by the name that the parent has for them. */
export interface BoundChildren {
  name: string
  type: SObject
  /** The reference that leads to the parent. */
  via: string
  query: Query
}

/** Documented: child relationship names of the object reference, for the objects that the org plays. */
export const childRelationships: readonly (readonly [
  parent: string,
  name: string,
  child: string,
  via: string,
])[] = [
  ['User', 'PermissionSetAssignments', 'PermissionSetAssignment', 'AssigneeId'],
  ['User', 'PermissionSetLicenseAssignments', 'PermissionSetLicenseAssign', 'AssigneeId'],
  ['User', 'ManagedUsers', 'User', 'ManagerId'],
  ['PermissionSet', 'Assignments', 'PermissionSetAssignment', 'PermissionSetId'],
  ['PermissionSet', 'PermissionSetGroupComponents', 'PermissionSetGroupComponent', 'PermissionSetId'],
  ['PermissionSetGroup', 'Assignments', 'PermissionSetAssignment', 'PermissionSetGroupId'],
  [
    'PermissionSetGroup',
    'PermissionSetGroupComponents',
    'PermissionSetGroupComponent',
    'PermissionSetGroupId',
  ],
  [
    'PermissionSetLicense',
    'PermissionSetLicenseAssignments',
    'PermissionSetLicenseAssign',
    'PermissionSetLicenseId',
  ],
  ['Profile', 'Users', 'User', 'ProfileId'],
  ['UserRole', 'Users', 'User', 'UserRoleId'],
  ['Group', 'GroupMembers', 'GroupMember', 'GroupId'],
  ['Group', 'QueueSobjects', 'QueueSobject', 'QueueId'],
  ['Account', 'Contacts', 'Contact', 'AccountId'],
  ['Account', 'Opportunities', 'Opportunity', 'AccountId'],
  ['Account', 'Cases', 'Case', 'AccountId'],
  ['Contact', 'Cases', 'Case', 'ContactId'],
]

/** @throws RestError 400 INVALID_TYPE for a name that the parent does not have (general knowledge: code and text) */
export function bindChildren(context: Context, parent: SObject, query: Query): BoundChildren {
  const wanted = query.from.toLowerCase()
  const found = childRelationships.find(([of, name]) => of === parent.name && name.toLowerCase() === wanted)
  if (found === undefined) {
    throw new RestError(
      400,
      'INVALID_TYPE',
      `Didn't understand relationship '${query.from}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
    )
  }
  const [, name, child, via] = found
  return { name, type: objectNamed(context, child), via, query }
}
