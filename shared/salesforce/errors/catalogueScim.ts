import { type CatalogueTable, judged } from './catalogueEntry.ts'

const ours = {
  en: 'Salesforce does not accept the form of this request: report it to the developer or supplier of the connector, with the log of this action',
  nl: 'Salesforce accepteert de vorm van dit verzoek niet: meld het aan de ontwikkelaar of leverancier van de connector, met de log van deze actie',
}

const value = {
  en: 'correct the value in the mapping',
  nl: 'corrigeer de waarde in de mapping',
}

/**
 * SCIM's own codes, `scimType` (RFC 7644 §3.12). Salesforce has not been seen to send one; another service behind the same
 * address, or a later release, may.
 */
export const scimCodes: CatalogueTable = {
  ...judged(
    { class: 'duplicate', retry: 'no', actor: 'connector administrator' },
    {
      uniqueness: {
        en: 'another account has one of these values already: correlate with that account, or let the mapping make another value',
        nl: 'een ander account heeft een van deze waarden al: correleer met dat account, of laat de mapping een andere waarde genereren',
      },
    },
  ),
  ...judged(
    { class: 'validation', retry: 'no', actor: 'connector administrator' },
    {
      invalidValue: value,
      mutability: {
        en: 'this attribute cannot be changed: take it out of the mapping for updates',
        nl: 'dit attribuut kan niet worden gewijzigd: map het alleen bij Create',
      },
      noTarget: value,
    },
  ),
  ...judged(
    // Waiting does not help: the search must be another.
    { class: 'limit', retry: 'no', actor: 'connector administrator', code: 'REJECTED' },
    {
      tooMany: {
        en: 'the search finds more than Salesforce shows: correlate by a value that one account has',
        nl: 'de zoekopdracht vindt meer dan Salesforce toont: correleer op een waarde die maar één account heeft',
      },
    },
  ),
  ...judged(
    { class: 'unknown', retry: 'no', actor: 'connector administrator' },
    { invalidFilter: ours, invalidPath: ours, invalidSyntax: ours, invalidVers: ours, sensitive: ours },
  ),
}
