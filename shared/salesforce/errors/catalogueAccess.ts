import { type CatalogueTable, judged, type TextForm } from './catalogueEntry.ts'

const integrationUserRights = {
  en: 'give the integration user the rights API Enabled, Manage Users and Assign Permission Sets (Setup > Permission Sets, or the profile of the user under Setup > Profiles)',
  nl: 'geef de integratiegebruiker de rechten API Enabled, Manage Users en Assign Permission Sets (Setup > Permission Sets, of het profiel van de gebruiker onder Setup > Profiles)',
}

const apiEnabled = {
  en: 'the API is not enabled: give the integration user the right API Enabled (Setup > Permission Sets), or move to an edition of Salesforce that has the API',
  nl: 'de API staat niet aan: geef de integratiegebruiker het recht API Enabled (Setup > Permission Sets), of stap over op een editie van Salesforce die de API heeft',
}

const rights = judged(
  { class: 'rights', retry: 'no', actor: 'Salesforce administrator' },
  {
    API_DISABLED_FOR_ORG: apiEnabled,
    API_CURRENTLY_DISABLED: apiEnabled,
    INSUFFICIENT_ACCESS: integrationUserRights,
    INSUFFICIENT_ACCESS_OR_READONLY: integrationUserRights,
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: integrationUserRights,
    TXN_SECURITY_END_A_SESSION: {
      en: 'a transaction security policy of the org ended the session: exempt the integration user from it (Setup > Transaction Security Policies)',
      nl: 'een transactiebeveiligingsbeleid van de org heeft de sessie beëindigd: maak daarop een uitzondering voor de integratiegebruiker (Setup > Transaction Security Policies)',
    },
    MUTUAL_AUTHENTICATION_FAILED: {
      en: 'the org asks the integration user for a client certificate: take the right Enforce SSL/TLS Mutual Authentication away from it (Setup > Permission Sets, Setup > Certificate and Key Management)',
      nl: 'de org vraagt de integratiegebruiker om een clientcertificaat: trek het recht Enforce SSL/TLS Mutual Authentication in (Setup > Permission Sets, Setup > Certificate and Key Management)',
    },
  },
)

// A new token was asked for by then: what is left is an address or a policy that no token mends.
const session = judged(
  { class: 'rights', retry: 'no', actor: 'connector administrator', code: 'UNAUTHENTICATED' },
  {
    INVALID_SESSION_ID: {
      en: "the org does not accept the token, not even a new one: check that Configuration.BaseUrl is the org's My Domain address (Setup > My Domain) and that the session and IP settings let the integration user in (Setup > Session Settings)",
      nl: 'de org accepteert het token niet, ook geen nieuw token: controleer of Configuration.BaseUrl het My Domain-adres van de org is (Setup > My Domain) en of de sessie- en IP-instellingen de integratiegebruiker toelaten (Setup > Session Settings)',
    },
  },
)

const settings = judged(
  { class: 'configuration', retry: 'no', actor: 'connector administrator' },
  {
    UNSUPPORTED_API_VERSION: {
      en: 'correct Configuration.ApiVersion: Setup > Apex Classes > New shows the newest version of the org',
      nl: 'corrigeer Configuration.ApiVersion: Setup > Apex Classes > New toont de nieuwste versie van de org',
    },
    LOGIN_MUST_USE_SECURITY_TOKEN: {
      en: 'fill in Configuration.SecurityToken, or add the address of the agent to the trusted IP ranges (Setup > Network Access)',
      nl: 'vul Configuration.SecurityToken in, of voeg het adres van de agent toe aan de vertrouwde IP-bereiken (Setup > Network Access)',
    },
  },
)

const features = judged(
  { class: 'configuration', retry: 'no', actor: 'Salesforce administrator', code: 'NOT_FOUND' },
  {
    // Seen where a feature such as territories or permission set groups is off (observed: baton-salesforce).
    INVALID_TYPE: {
      en: 'the org does not have this feature, or does not show it to the integration user: turn it on in Setup, or do without permissions of this type (Configuration.PermissionTypes)',
      nl: 'de org heeft deze functie niet, of de integratiegebruiker mag die niet zien: zet de functie aan in Setup, of laat permissies van dit type achterwege (Configuration.PermissionTypes)',
    },
  },
)

const ours = {
  en: 'this request should not have been sent: report it to the developer or supplier of the connector, with the log of this action',
  nl: 'dit verzoek had niet verstuurd mogen worden: meld het aan de ontwikkelaar of leverancier van de connector, met de log van deze actie',
}

const mistakes = judged(
  { class: 'unknown', retry: 'no', actor: 'connector administrator', code: 'UNEXPECTED' },
  { MALFORMED_QUERY: ours, JSON_PARSER_ERROR: ours, METHOD_NOT_ALLOWED: ours },
)

const uncertain: CatalogueTable = {
  UNKNOWN_EXCEPTION: {
    class: 'unknown',
    retry: 'later',
    actor: 'Salesforce administrator',
    advice: {
      en: 'run the action again, and if it fails again, give this text, with its error ID if there is one, to Salesforce Support',
      nl: 'voer de actie opnieuw uit, en geef deze tekst, met de fout-ID als die erin staat, door aan Salesforce Support als het weer misgaat',
    },
  },
  APEX_ERROR: {
    class: 'unknown',
    retry: 'later',
    actor: 'customer automation',
    advice: {
      en: 'Apex code in the org failed: whoever maintains the triggers on User and the installed packages must look at it (Setup > Apex Triggers, Setup > Debug Logs)',
      nl: 'Apex-code in de org is mislukt: de beheerder van de triggers op User en van de geïnstalleerde packages moet ernaar kijken (Setup > Apex Triggers, Setup > Debug Logs)',
    },
  },
  ...judged(
    // They stand beside the error that matters, in answers to several requests at once.
    { class: 'unknown', retry: 'no', actor: 'nobody' },
    {
      PROCESSING_HALTED: {
        en: 'another part of the same request failed: its own error says what to do',
        nl: 'een ander deel van hetzelfde verzoek is mislukt: de fout daarvan zegt wat er moet gebeuren',
      },
      ALL_OR_NONE_OPERATION_ROLLED_BACK: {
        en: 'another part of the same request failed: its own error says what to do',
        nl: 'een ander deel van hetzelfde verzoek is mislukt: de fout daarvan zegt wat er moet gebeuren',
      },
    },
  ),
}

/** Codes about who may do what, how the connector and the org are set up, and what cannot be explained. */
export const accessCodes: CatalogueTable = {
  ...rights,
  ...session,
  ...settings,
  ...features,
  ...mistakes,
  ...uncertain,
}

/** The same told by text. */
export const accessForms: readonly TextForm[] = [
  {
    form: /^An unexpected error occurred\. Please include this ErrorId\b/i,
    evidence: 'documented: known issue W-5942786',
    class: 'unknown',
    retry: 'no',
    actor: 'Salesforce administrator',
    advice: {
      en: 'when this happens at create, use a profile without Is Single Sign-On Enabled and change it afterwards (Setup > Profiles), otherwise give the ErrorId to Salesforce Support',
      nl: 'gebeurt dit bij het aanmaken, gebruik dan een profiel zonder Is Single Sign-On Enabled en wijzig dat achteraf (Setup > Profiles), geef anders de ErrorId door aan Salesforce Support',
    },
  },
]
