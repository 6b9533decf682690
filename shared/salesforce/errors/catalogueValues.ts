import { type CatalogueTable, judged } from './catalogueEntry.ts'

const duplicates = judged(
  { class: 'duplicate', retry: 'no', actor: 'connector administrator' },
  {
    DUPLICATE_USERNAME: {
      en: 'the userName is taken in this or another Salesforce org, perhaps by an inactive user: choose another userName, or correlate with the account that has it',
      nl: 'de userName is al in gebruik in deze of een andere Salesforce-org, mogelijk bij een inactieve gebruiker: kies een andere userName, of correleer met het account dat hem heeft',
    },
    DUPLICATE_COMM_NICKNAME: {
      en: 'the nickName is taken: let the mapping make another one',
      nl: 'de nickName is al in gebruik: laat de mapping een andere waarde genereren',
    },
    DUPLICATE_VALUE: {
      en: 'another record has this value already: find out which one, and correct that record or the mapping',
      nl: 'een ander record heeft deze waarde al: zoek uit welk record dat is, en pas dat record of de mapping aan',
    },
    PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT: {
      en: 'the contact has a portal user already: correlate with that user instead of creating one',
      nl: 'het contact heeft al een portaalgebruiker: correleer met die gebruiker in plaats van een nieuwe aan te maken',
    },
  },
)

const mapped = judged(
  { class: 'validation', retry: 'no', actor: 'connector administrator' },
  {
    REQUIRED_FIELD_MISSING: {
      en: 'map the field, or see to it that the person has a value for it',
      nl: 'neem het veld op in de mapping, of zorg dat de persoon er een waarde voor heeft',
    },
    STRING_TOO_LONG: {
      en: 'shorten the value in the mapping',
      nl: 'kort de waarde in de mapping in',
    },
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
      en: "map one of the org's own values, such as en_US, nl_NL, Europe/Amsterdam or UTF-8 (Setup > Language Settings, Setup > State and Country/Territory Picklists)",
      nl: 'gebruik in de mapping een waarde die de org kent, zoals en_US, nl_NL, Europe/Amsterdam of UTF-8 (Setup > Language Settings, Setup > State and Country/Territory Picklists)',
    },
    INVALID_CROSS_REFERENCE_KEY: {
      en: 'the profile, role, manager or other record that is referred to does not exist in this org: correct the mapping or the setting that names it (Setup > Profiles, Setup > Roles)',
      nl: 'het profiel, de rol, de manager of het andere record waarnaar wordt verwezen bestaat niet in deze org: pas de mapping of de instelling aan die ernaar verwijst (Setup > Profiles, Setup > Roles)',
    },
    MALFORMED_ID: {
      en: 'correct the id: Salesforce ids have 15 or 18 characters and begin with the prefix of their object',
      nl: "corrigeer het id: id's van Salesforce hebben 15 of 18 tekens en beginnen met het voorvoegsel van hun object",
    },
    INVALID_FIELD: {
      en: 'the org does not have this field, or does not show it to the integration user: correct its name in the mapping, or its field-level security (Setup > Object Manager > User > Fields & Relationships)',
      nl: 'de org heeft dit veld niet, of de integratiegebruiker mag het niet zien: pas de naam in de mapping aan, of de veldbeveiliging (Setup > Object Manager > User > Fields & Relationships)',
    },
    INVALID_FIELD_FOR_INSERT_UPDATE: {
      en: 'the field cannot be written: take it out of the mapping, or give the integration user edit access to it (Setup > Object Manager > User > Fields & Relationships)',
      nl: 'het veld kan niet worden geschreven: haal het uit de mapping, of geef de integratiegebruiker er bewerkrechten op (Setup > Object Manager > User > Fields & Relationships)',
    },
    // pilot: the SCIM service of Salesforce's own identity team has these two codes.
    UNSUPPORTED_FIELD: {
      en: 'SCIM of Salesforce does not have this attribute: take it out of the mapping',
      nl: 'SCIM van Salesforce kent dit attribuut niet: haal het uit de mapping',
    },
    INVALID: {
      en: 'correct the value that Salesforce names in the mapping or in the permission',
      nl: 'corrigeer de waarde die Salesforce noemt in de mapping of in de permissie',
    },
  },
)

const ofThePerson = judged(
  { class: 'validation', retry: 'no', actor: 'HR data' },
  {
    INVALID_EMAIL_ADDRESS: {
      en: 'correct the e-mail address or userName of the person in the source system or in the mapping',
      nl: 'corrigeer het e-mailadres of de userName van de persoon in het bronsysteem of in de mapping',
    },
    INACTIVE_OWNER_OR_USER: {
      en: 'the user that is referred to, for example the manager, is inactive: correct who that is in the source system, or activate that user first',
      nl: 'de gebruiker waarnaar wordt verwezen, bijvoorbeeld de manager, is inactief: corrigeer in het bronsysteem wie dat is, of activeer eerst die gebruiker',
    },
  },
)

const ofTheOrg = judged(
  { class: 'validation', retry: 'no', actor: 'Salesforce administrator' },
  {
    FIELD_INTEGRITY_EXCEPTION: {
      en: 'the value does not go with the licence, the profile or another value of the account: compare them with those of an account that works (Setup > Users)',
      nl: 'de waarde past niet bij de licentie, het profiel of een andere waarde van het account: vergelijk ze met die van een account waarbij het wel werkt (Setup > Users)',
    },
  },
)

/** Their texts are the customer's own: what stands in them is never read as a text of Salesforce. */
export const customerCodes: CatalogueTable = judged(
  { class: 'validation', retry: 'no', actor: 'customer automation' },
  {
    FIELD_CUSTOM_VALIDATION_EXCEPTION: {
      en: 'a validation rule or trigger of the org refused: correct the value, or let the rule make an exception for the integration user (Setup > Object Manager > User > Validation Rules)',
      nl: 'een validatieregel of trigger van de org heeft dit geweigerd: corrigeer de waarde, of laat de regel een uitzondering maken voor de integratiegebruiker (Setup > Object Manager > User > Validation Rules)',
    },
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
      en: 'a trigger or flow of the org failed: whoever maintains it must fix it (Setup > Flows, Setup > Apex Triggers)',
      nl: 'een trigger of flow van de org is mislukt: de beheerder ervan moet hem herstellen (Setup > Flows, Setup > Apex Triggers)',
    },
    CANNOT_EXECUTE_FLOW_TRIGGER: {
      en: 'a flow of the org failed: whoever maintains it must fix it (Setup > Flows, Setup > Paused And Failed Flow Interviews)',
      nl: 'een flow van de org is mislukt: de beheerder ervan moet hem herstellen (Setup > Flows, Setup > Paused And Failed Flow Interviews)',
    },
    MIXED_DML_OPERATION: {
      en: 'a trigger or flow of the org on User changes other records in the same transaction: whoever maintains it must let that part run asynchronously (Setup > Flows, Setup > Apex Triggers)',
      nl: 'een trigger of flow van de org op User wijzigt in dezelfde transactie andere records: de beheerder ervan moet dat deel asynchroon laten lopen (Setup > Flows, Setup > Apex Triggers)',
    },
  },
)

const gone = judged(
  { class: 'validation', retry: 'no', actor: 'Salesforce administrator', code: 'NOT_FOUND' },
  {
    ENTITY_IS_DELETED: {
      en: 'the record was deleted in Salesforce: restore it from the recycle bin, or take what refers to it away',
      nl: 'het record is in Salesforce verwijderd: herstel het vanuit de prullenbak, of haal weg wat ernaar verwijst',
    },
    NOT_FOUND: {
      en: 'it does not exist in this org, or the integration user may not see it: look it up in Setup, and take away what refers to it if it is gone',
      nl: 'het bestaat niet in deze org, of de integratiegebruiker mag het niet zien: zoek het op in Setup, en haal weg wat ernaar verwijst als het er niet meer is',
    },
  },
)

/** Codes about values: what is mapped, what the org's own rules say, what is not there. */
export const valueCodes: CatalogueTable = {
  ...duplicates,
  ...mapped,
  ...ofThePerson,
  ...ofTheOrg,
  ...customerCodes,
  ...gone,
}
