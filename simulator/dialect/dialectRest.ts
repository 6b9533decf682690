/**
 * What an org offers over SObject REST and Apex REST, and the doubts about it. Short names of sources as in
 * dialect.ts; "composite" and "collections" are pages of the REST API guide, "field reference" is Salesforce's.
 */
export interface RestDialect {
  // ---- features that an org has or has not
  /** Middle names and suffixes are enabled; off: User has no such fields. Documented: object reference, User. */
  middleNames: boolean
  /** State and country picklists; off: no StateCode and CountryCode, and any text goes. Documented: as above. */
  stateCountryPicklists: boolean
  /** Person accounts are enabled; off: Account has no IsPersonAccount. Documented: object reference, Account. */
  personAccounts: boolean
  /** UserPermissionAccess can be queried. Documented: object reference; that every edition shows it is not. */
  userPermissionAccess: boolean

  /** How a text area keeps ends of lines: as they came, or all in one form. Observed: forms differ between orgs and routes. */
  lineEnds: 'as-given' | 'crlf' | 'lf'

  // ---- what a caller is not shown
  /**
   * The code of a query that names an object, a parent or a field that the caller is not shown. `usual`: INVALID_TYPE for
   * an object, INVALID_FIELD for a parent or a field (observed for names that no org has). Which of the two comes for what
   * a right hides is not documented.
   */
  unseenCode: 'usual' | 'INVALID_TYPE' | 'INVALID_FIELD'

  // ---- passwords
  /** LastPasswordChangeDate of a user that nobody has set a password for. Assumed both. */
  newPasswordDate: 'none' | 'created'

  // ---- what the JSON parser takes
  /** `"5"` for a number. Observed (others' importers): refused like a boolean as a text; accepted is assumed. */
  numberAsText: 'refused' | 'accepted'

  // ---- requests of many parts
  /** Status around too many subrequests. Observed: the error is in a compositeResponse; documented: that is 200. */
  compositeOverLimit: 200 | 400
  /**
   * Records of several types in one collection, one of them of Setup. Documented: cannot be written or deleted in one
   * call (collections). Assumed: the call is refused, or the records of other types than the first fail.
   */
  setupTypesInCollection: 'refused' | 'failed' | 'allowed'
  /** Sessions of users in a collection. Documented: they can be deleted, one by one (observed); many at once is assumed. */
  sessionsInCollection: 'allowed' | 'refused'
  /** DELETE of a record that is not there. Documented: 404; the code of the database for it is observed in collections. */
  goneRecord: 'NOT_FOUND' | 'INVALID_CROSS_REFERENCE_KEY'
  /** A record that is not there, in a collection. General knowledge: the first where it was deleted before. */
  goneInCollection: 'ENTITY_IS_DELETED' | 'INVALID_CROSS_REFERENCE_KEY'

  // ---- a customer's own Apex REST resource
  /** Its path below /services/apexrest/; null: the org has none. */
  apexRestPath: string | null
  /**
   * POST to the path without a final slash, where the mapping ends in `/*`. All documented examples have the slash; that it
   * is matched without is assumed.
   */
  apexRestBarePath: 'unmatched' | 'matched'
  /** What it does with a refusal of the database: answers with it, or lets it pass as 500 APEX_ERROR. Assumed both. */
  apexRefusal: 'answered' | 'uncaught'
  /** Writes of User over SObject REST. Refused: 403 as for a missing right; an org may demand its Apex. Assumed. */
  directUserDml: 'allowed' | 'refused'
}

/** The stricter side for a client, where the documentation is silent. */
export const documentedRest: RestDialect = {
  middleNames: false,
  unseenCode: 'usual',
  stateCountryPicklists: false,
  lineEnds: 'as-given',
  newPasswordDate: 'none',
  numberAsText: 'refused',
  personAccounts: false,
  userPermissionAccess: true,
  compositeOverLimit: 200,
  setupTypesInCollection: 'refused',
  sessionsInCollection: 'allowed',
  goneRecord: 'NOT_FOUND',
  goneInCollection: 'ENTITY_IS_DELETED',
  apexRestPath: null,
  apexRestBarePath: 'unmatched',
  apexRefusal: 'answered',
  directUserDml: 'allowed',
}
