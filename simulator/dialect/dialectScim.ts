/**
 * Shapes and texts in which Salesforce's own SCIM pilot differs from what is documented or likely. "Pilot" is the code of
 * scimv2-pilot (2018); the other side of a switch is a standard or assumed, as each says.
 */
export interface ScimDetailDialect {
  /**
   * Name of the discovery document. Documented (identity_scim_implementation) and observed (authentik): the plural; pilot
   * maps RFC 7644's singular alone.
   */
  serviceProviderConfigName: 'plural' | 'singular'
  /**
   * Name of the link to the user's page. RFC 7643: `profileUrl`; pilot emits `profileURL` alone, because its map of attributes
   * has no other spelling. No source shows both in one answer, and a reader that ignores case cannot read such an answer.
   */
  profileUrlName: 'profileUrl' | 'profileURL'
  /**
   * The alias is shown in Salesforce's own extension. Observed over SCIM 1.1 (SailPoint); assumed for 2.0. Pilot: its map knows
   * the extension as 2.0, its serializer asks for 1.0, so that neither alias nor account nor contact is emitted.
   */
  aliasShown: boolean
  /** `or` between the outermost clauses of a filter on /Users. Pilot appends a clause to it, which SOQL refuses. */
  topLevelOr: 'accepted' | 'refused'
  /**
   * `and` and `or` side by side without parentheses. Documented: neither binds tighter (identity_scim_rest_api), read here from
   * left to right; pilot hands them to SOQL, which refuses them.
   */
  filterMixing: 'left-to-right' | 'refused'
  /** Mistakes in the PATCH of a user that the pilot does not catch, so that Apex answers 500; SCIM's 404 and 400 are assumed. */
  patchUncaught: 'scim' | 'apex-500'
  /** What `remove` takes as path. Pilot: its own list and every mapped name in full; others are passed over in silence. */
  removePath: 'listed' | 'mapped'
  /** `replace` of entitlements takes permission set groups too. Pilot deletes every row that no profile owns. */
  replaceTakesGroups: boolean
  /** PUT /Groups/{id}. Observed (Tirasa): an empty answer; pilot counts the parts of the path wrong: always 404. */
  groupPut: 'empty' | 'not-found'
  /** PATCH and PUT /Roles/{id}. Documented: GET only (identity_scim_rest_api); pilot: always 404, as PUT of a group. */
  roleWrite: 'unsupported' | 'not-found'
  /** GET of a user of a kind that SCIM does not list. Pilot: an empty list with 200; native assumed: 404. */
  unlistedUser: 'empty-list' | 'not-found'
}

export const documentedScim: ScimDetailDialect = {
  serviceProviderConfigName: 'plural',
  profileUrlName: 'profileUrl',
  aliasShown: true,
  topLevelOr: 'accepted',
  filterMixing: 'left-to-right',
  patchUncaught: 'scim',
  removePath: 'listed',
  replaceTakesGroups: false,
  groupPut: 'empty',
  roleWrite: 'unsupported',
  unlistedUser: 'empty-list',
}

export const pilotScim: ScimDetailDialect = {
  serviceProviderConfigName: 'singular',
  profileUrlName: 'profileURL',
  aliasShown: false,
  topLevelOr: 'refused',
  filterMixing: 'refused',
  patchUncaught: 'apex-500',
  removePath: 'mapped',
  replaceTakesGroups: true,
  groupPut: 'not-found',
  roleWrite: 'not-found',
  unlistedUser: 'empty-list',
}
