import { documentedRest } from './dialectRest.ts'
import type { RestDialect } from './dialectRest.ts'
import { documentedScim, pilotScim } from './dialectScim.ts'
import type { ScimDetailDialect } from './dialectScim.ts'

/**
 * Every doubt about how Salesforce behaves is one switch here, with the evidence for each side.
 * `documented` follows the help pages and, where they are silent, what is likeliest or, where nothing speaks for
 * either side, the stricter one for a client;
 * `pilot` follows the Salesforce Identity team's own SCIM v2 implementation in Apex (scimv2-pilot, 2018).
 * Short names of sources: see the help page ids (identity_scim_*), "pilot" and "assumed".
 * What concerns SObject REST and Apex REST alone is in dialectRest.ts, what the pilot's shapes concern in dialectScim.ts.
 */
export interface Dialect extends RestDialect, ScimDetailDialect {
  // ---- which services the org offers
  /** SCIM answers at all; false: 403 API_DISABLED_FOR_ORG. Assumed: the edition or permission is missing. */
  scimEnabled: boolean
  /** SObject REST answers at all; false: 403 API_DISABLED_FOR_ORG. Documented: REST error codes. */
  restEnabled: boolean
  /** Documented: blocked by default in orgs created since Summer '23 (remoteaccess_disable_username_password). */
  passwordFlow: 'allowed' | 'blocked'
  /** Seconds by which the org's clock is ahead of `now`: in `Date`, and when it judges `exp` of an assertion. Assumed. */
  clockSkewSeconds: number
  /** How far ahead `exp` of an assertion may be. Documented: three minutes (remoteaccess_oauth_jwt_flow); unlimited is assumed. */
  jwtFurthestExpiry: 'three-minutes' | 'unlimited'
  /** `exp` in milliseconds. Observed: the sf CLI sends it so (sfdx-core) and signs in; documented: seconds. */
  jwtMillisecondExpiry: 'accepted' | 'refused'
  /** Whether Sales Territories is enabled; off: its objects are INVALID_TYPE. Observed: baton-salesforce. */
  territoryManagement: boolean

  // ---- answers and errors
  /** Body of 401 and 403 under /services/scim. Unknown; the REST array is assumed. */
  unauthorizedShape: 'rest' | 'scim'
  /**
   * Detail of 404 for an id that is not there. Both texts are the pilot's, each in its place: `No such resource` for GET of a
   * user, `Resource … not found` for PUT and DELETE; which one native SCIM has is unknown.
   */
  unknownResource: 'resource-url' | 'no-such-resource' | 'pilot'
  /** A verb that is not offered. Pilot (of entitlements): 501 `Method not supported`; RFC 9110 15.5.6: 405. */
  unsupportedVerb: 501 | 405
  /**
   * DML failure while a user is patched. Assumed: SCIM 409; pilot catches its own exceptions alone, so that it is Apex's 500 with
   * REST's array.
   */
  patchDmlFailure: 'scim-409' | 'rest-500'
  /** Answer to `value` as an array. Release notes 2026 give the body, not the status. */
  arrayValueStatus: 400 | 500
  /** The same answer as one object (release notes 2026) or as REST's array. */
  arrayValueShape: 'object' | 'array'
  /** `Sforce-Limit-Info` on SCIM answers. Unverified; on REST it is documented. */
  limitInfoOnScim: boolean
  /** `application/scim+json` as the request's content type. Not documented. */
  scimJsonAccepted: boolean
  /** Pilot formats meta timestamps with a 12-hour clock (14:00 shows as 02:00); RFC 3339, and native so far as assumed: 24. */
  twelveHourTimestamps: boolean

  // ---- lists
  /** Largest page. Documented: 200 (identity_scim_implementation); an org may answer fewer. */
  pageCap: number
  /** Page size of /Users without `count`. Pilot: 10; native unknown. */
  defaultUserCount: number
  /** `count` above the cap. Pilot: 400 `Illegal count value : X`; RFC 7644 3.4.2.4: fewer are returned. */
  countOverCap: 'cap' | 'reject'
  /** `count=0`. Pilot: 400; RFC 7644: only totalResults. */
  countZero: 'reject' | 'empty'
  /** `startIndex` below 1. Pilot: 400; RFC 7644: read as 1. */
  startIndexZero: 'reject' | 'as-one'
  /** Largest `startIndex`; null: none. Pilot: 2001 (SOQL's OFFSET limit); assumed for native, which is unknown. */
  startIndexCeiling: number | null
  /** Pilot: an empty user list has no `Resources` member, and itemsPerPage and startIndex 0. */
  emptyUserList: 'no-resources' | 'empty-resources'
  /** Pilot: an empty entitlement list is 200 with an empty body. */
  emptyEntitlementList: 'empty-body' | 'empty-resources'
  /** Documented: a query for all entitlements returns at most 200 (identity_scim_rest_api); pilot pages. */
  entitlementList: 'capped' | 'paged'
  /**
   * Aggregate permission sets behind permission set groups are entitlements, in the list and on a user. Pilot: yes, it leaves
   * out profiles' own sets alone; native unknown.
   */
  groupAggregatesListed: boolean
  /** /Groups lists queues too. Pilot: yes; documented: public groups only (identity_scim_rest_api). */
  queuesListed: boolean
  /** `attributes` and `excludedAttributes`. Pilot honours them; native unverified. */
  attributesParameter: 'honoured' | 'ignored'

  // ---- filters
  /** Comparison operators on `id` (keyset paging). Pilot suggests it in its own error text. */
  idFilter: 'accepted' | 'rejected'
  /** Attribute names in filters. Pilot: case-sensitive; RFC 7643 2.1: not. */
  filterNames: 'case-sensitive' | 'case-insensitive'
  /** An apostrophe in a value. Pilot does not escape it for SOQL, so the query breaks; that native does is assumed. */
  filterApostrophe: 'literal' | 'breaks'

  // ---- writes of users
  /** Documented: 201 (identity_scim_create_users); pilot: 200 for an active user without a password, else 201. */
  createStatus: 200 | 201 | 'by-body'
  /** Which extension URN POST reads the alias from. Pilot: its README says 1.0, its code reads 2.0; both is assumed. */
  aliasUrnOnPost: 'both' | '1.0' | '2.0'
  /** Enterprise attributes at the root of a body are taken as well. Pilot: names match at any depth. */
  flatEnterpriseAttributes: boolean
  /** PATCH of userName. Unknown; pilot ignores it silently. */
  patchUserName: 'apply' | 'ignore'
  /** PATCH of externalId. Unknown; pilot ignores it silently. */
  patchExternalId: 'apply' | 'ignore'
  /** PATCH of phoneNumbers. Documented for update (identity_scim_update_users); pilot ignores it silently. */
  patchPhoneNumbers: 'apply' | 'ignore'
  /** PATCH `replace` of phoneNumbers leaves the numbers of other types, or clears them. Unknown. */
  phoneReplace: 'keep-others' | 'wipe-others'
  /**
   * `path` with a scalar `value`. Unknown; documented samples have no path (identity_scim_update_users), and the pilot's parser looks
   * for the end of an object that never comes.
   */
  patchPathScalar: 'reject' | 'ignore' | 'apply'
  /** `""` and null in a PATCH clear a text. Pilot: yes; Ping documents that it cannot. */
  clearText: 'clears' | 'ignored'
  /** Documented: a new address waits for the user's confirmation (help 000385115), active users only. */
  emailChange: 'pending' | 'immediate'
  /**
   * DELETE renames Username to `<id>_<username>` and the nickname to `<id>`. Pilot: yes; documented: the same as PATCH of
   * `active` (identity_scim_deactivate_reactivate_user).
   */
  deleteRenames: boolean
  /** DELETE of an inactive user. Pilot: 404; assumed: the same 204 again. */
  deleteInactiveIs404: boolean
  /** PATCH `add` of a permission set that is held. Pilot: 400 with the database's sentence, without its code. */
  patchAddHeldEntitlement: 'reject' | 'ignore'
  /** Assignments that are not in force are listed as entitlements. Pilot: its query does not ask; native unknown. */
  inactiveEntitlementsListed: boolean
  /** PATCH `replace` without any permission set removes the last ones. Pilot: leaves them. */
  lastPermissionSetRemovable: boolean

  // ---- groups
  /** POST /Groups. Documented: read and update only (identity_scim_rest_api); pilot creates. */
  groupPost: boolean
  /** DELETE /Groups/{id}. Pilot only. */
  groupDelete: boolean
  /** PATCH /Groups/{id}. Documented: answers the group (identity_scim_manage_groups); nothing, as PUT does, is assumed. */
  groupPatchAnswer: 'resource' | 'empty'
  /** PATCH `replace` of members. Pilot deletes all and adds none; RFC 7644 3.5.2.3: the new ones stand. */
  groupReplace: 'replaces' | 'wipes'
  /** PATCH `remove` of somebody who is no member. Pilot: 500 "List has no rows". */
  groupRemoveStranger: 'ignored' | 'error-500'

  // ---- freezes
  /**
   * A freeze ends the sessions that are open. Observed (crmscience, 2016) and documented for the freezes that Salesforce
   * makes itself (help 005319571): yes; other pages say that it only stops new sign-ins.
   */
  freezeEndsSessions: boolean
  /**
   * The right Freeze Users is enough to read and write UserLogin. Documented for Setup ("Freeze Users or Manage Users",
   * help users_freeze); that it is enough over the API is assumed.
   */
  freezeUsersSuffices: boolean

  // ---- SObject REST
  /** PermissionSetAssignment for an inactive user. Pilot allows it on purpose (a comment in its serializer); a refusal is assumed. */
  grantToInactive: 'allowed' | 'refused'
  /**
   * A permission set tied to a permission set licence. Documented (help users_permissionset_licenses_and_perm_sets): it brings
   * the licence along; that the licence goes with the last such set is third-party (Winter '26). The other side is assumed.
   */
  permissionSetLicenceOnGrant: 'required' | 'assigned'
  /**
   * An assignment whose day has passed. Documented: it stays, with IsActive false. One field report (salesforcetime.com, 2023):
   * it is a deleted row that SOQL hides and that makes another one a DUPLICATE_VALUE; `/queryAll` shows it.
   */
  expiredAssignment: 'shown' | 'hidden'
  /** A new ExpirationDate for an assignment that has expired: it is in force again, stays as it was, or is refused. Assumed all. */
  expiredExtension: 'revives' | 'stays' | 'refused'
  /** PermissionSetAssignment rows of a group: the aggregate alone, or its component sets too. Unknown. */
  groupAssignmentRows: 'aggregate' | 'components-too'
  /** Writes of group members fail with UNABLE_TO_LOCK_ROW while true. Observed: provisioning logs. */
  groupLock: boolean
  /** A customer's flow on User touches an Account: writes of users fail with MIXED_DML_OPERATION. Observed. */
  mixedDml: boolean
}

export type DialectName = 'documented' | 'pilot'

const documented: Dialect = {
  ...documentedRest,
  ...documentedScim,
  scimEnabled: true,
  restEnabled: true,
  passwordFlow: 'blocked',
  clockSkewSeconds: 0,
  jwtFurthestExpiry: 'three-minutes',
  jwtMillisecondExpiry: 'accepted',
  territoryManagement: false,
  unauthorizedShape: 'rest',
  unknownResource: 'resource-url',
  unsupportedVerb: 501,
  patchDmlFailure: 'scim-409',
  arrayValueStatus: 400,
  arrayValueShape: 'object',
  limitInfoOnScim: true,
  scimJsonAccepted: false,
  twelveHourTimestamps: false,
  pageCap: 200,
  defaultUserCount: 200,
  countOverCap: 'cap',
  countZero: 'reject',
  startIndexZero: 'reject',
  startIndexCeiling: 2001,
  emptyUserList: 'no-resources',
  emptyEntitlementList: 'empty-resources',
  entitlementList: 'capped',
  groupAggregatesListed: false,
  queuesListed: false,
  attributesParameter: 'honoured',
  idFilter: 'accepted',
  filterNames: 'case-sensitive',
  filterApostrophe: 'literal',
  createStatus: 201,
  aliasUrnOnPost: 'both',
  flatEnterpriseAttributes: false,
  patchUserName: 'apply',
  patchExternalId: 'apply',
  patchPhoneNumbers: 'apply',
  phoneReplace: 'keep-others',
  patchPathScalar: 'reject',
  clearText: 'clears',
  emailChange: 'pending',
  deleteRenames: false,
  deleteInactiveIs404: false,
  patchAddHeldEntitlement: 'reject',
  inactiveEntitlementsListed: true,
  lastPermissionSetRemovable: false,
  groupPost: false,
  groupDelete: false,
  groupPatchAnswer: 'resource',
  groupReplace: 'replaces',
  groupRemoveStranger: 'ignored',
  freezeEndsSessions: false,
  freezeUsersSuffices: false,
  grantToInactive: 'allowed',
  permissionSetLicenceOnGrant: 'assigned',
  expiredAssignment: 'shown',
  expiredExtension: 'revives',
  groupAssignmentRows: 'aggregate',
  groupLock: false,
  mixedDml: false,
}

const pilot: Dialect = {
  ...documented,
  ...pilotScim,
  passwordFlow: 'allowed',
  unknownResource: 'pilot',
  patchDmlFailure: 'rest-500',
  arrayValueStatus: 500,
  arrayValueShape: 'array',
  limitInfoOnScim: false,
  twelveHourTimestamps: true,
  defaultUserCount: 10,
  countOverCap: 'reject',
  emptyEntitlementList: 'empty-body',
  entitlementList: 'paged',
  groupAggregatesListed: true,
  queuesListed: true,
  filterApostrophe: 'breaks',
  createStatus: 'by-body',
  aliasUrnOnPost: '2.0',
  flatEnterpriseAttributes: true,
  patchUserName: 'ignore',
  patchExternalId: 'ignore',
  patchPhoneNumbers: 'ignore',
  emailChange: 'immediate',
  deleteRenames: true,
  deleteInactiveIs404: true,
  groupPost: true,
  groupDelete: true,
  groupReplace: 'wipes',
  groupRemoveStranger: 'error-500',
}

/** The named sets of switches. */
export const dialects: Readonly<Record<DialectName, Readonly<Dialect>>> = { documented, pilot }

/** A fresh, mutable dialect: a named set, or single switches over `documented`. */
export function createDialect(choice: DialectName | Partial<Dialect> = 'documented'): Dialect {
  return typeof choice === 'string' ? { ...dialects[choice] } : { ...documented, ...choice }
}
