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

  // ---- what the JSON parser takes
  /** `"5"` for a number. Observed (others' importers): refused like a boolean as a text; accepted is assumed. */
  numberAsText: 'refused' | 'accepted'

  // ---- requests of many parts
  /** Status around too many subrequests. Observed: the error is in a compositeResponse; documented: that is 200. */
  compositeOverLimit: 200 | 400

  // ---- a customer's own Apex REST resource
  /** Its path below /services/apexrest/; null: the org has none. */
  apexRestPath: string | null
  /** What it does with a refusal of the database: answers with it, or lets it pass as 500 APEX_ERROR. Assumed both. */
  apexRefusal: 'answered' | 'uncaught'
  /** Writes of User over SObject REST. Refused: 403 as for a missing right; an org may demand its Apex. Assumed. */
  directUserDml: 'allowed' | 'refused'
}

/** The stricter side for a client, where the documentation is silent. */
export const documentedRest: RestDialect = {
  middleNames: false,
  stateCountryPicklists: false,
  numberAsText: 'refused',
  compositeOverLimit: 200,
  apexRestPath: null,
  apexRefusal: 'answered',
  directUserDml: 'allowed',
}
