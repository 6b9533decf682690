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
}

/** The stricter side for a client, where the documentation is silent. */
export const documentedRest: RestDialect = {
  middleNames: false,
  stateCountryPicklists: false,
  numberAsText: 'refused',
}
