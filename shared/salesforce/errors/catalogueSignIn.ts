import type { Verdict } from '../../errors.ts'
import type { CatalogueEntry } from './catalogueEntry.ts'

export type Flow = 'client_credentials' | 'jwt_bearer' | 'password'

/** What is wrong with a sign-in that was refused: each has one thing to do. */
export const signInFindings = [
  'MY_DOMAIN_NEEDED',
  'RUN_AS_USER_MISSING',
  'FLOW_NOT_ENABLED',
  'CLIENT_ID_UNKNOWN',
  'CERTIFICATE_UNKNOWN',
  'CLIENT_SECRET_WRONG',
  'NOT_PREAUTHORISED',
  'AUDIENCE_REFUSED',
  'ASSERTION_EXPIRED',
  'ASSERTION_REFUSED',
  'SIGN_IN_ENDED',
  'PASSWORD_REFUSED',
  'PASSWORD_FLOW_BLOCKED',
  'FLOW_NOT_OFFERED',
  'SCOPE_MISSING',
  'RUN_AS_USER_INACTIVE',
  'ORG_INACTIVE',
  'ADDRESS_NOT_ALLOWED',
  'SIGN_IN_TOO_OFTEN',
  'SALESFORCE_UNAVAILABLE',
  'SIGN_IN_INCOMPLETE',
  'SIGN_IN_REFUSED',
] as const
export type SignInFinding = (typeof signInFindings)[number]

/** What an answer of the token endpoint without a token means. */
export interface SignInRow extends CatalogueEntry {
  /** What it is called where each thing that can be wrong has a name of its own. */
  readonly finding: SignInFinding
  /** OAuth's `error`, one or several. */
  readonly errors: readonly string[]
  /** Held against `error_description`; a row without it takes any. */
  readonly description?: RegExp
  readonly flow?: Flow
}

const connector: Verdict = { class: 'configuration', retry: 'no', actor: 'connector administrator' }
const app: Verdict = { class: 'configuration', retry: 'no', actor: 'Salesforce administrator' }

const policies = 'Setup > External Client App Manager > Policies'

/**
 * OAuth's `error` and `error_description` as Salesforce is known to send them (documented: OAuth 2.0 Authorization Errors
 * and the pages of the flows; the rest observed in field reports), the most particular row first. The advice says what is
 * wrong and which setting or page of Setup mends it.
 */
export const signInRows: readonly SignInRow[] = [
  {
    ...connector,
    finding: 'MY_DOMAIN_NEEDED',
    errors: ['invalid_grant'],
    description: /request not supported on this domain/i,
    advice: {
      en: 'this flow does not work on login.salesforce.com or test.salesforce.com: set Configuration.BaseUrl (and AuthenticationUri, if used) to the My Domain address https://<MyDomain>.my.salesforce.com',
      nl: 'deze flow werkt niet op login.salesforce.com of test.salesforce.com: zet Configuration.BaseUrl (en AuthenticationUri, als die gebruikt wordt) op het My Domain-adres https://<MyDomain>.my.salesforce.com',
    },
  },
  {
    ...app,
    finding: 'RUN_AS_USER_MISSING',
    errors: ['invalid_grant'],
    description: /no client credentials user enabled/i,
    advice: {
      en: `the app has no Run As user: choose one in the app of Configuration.ClientID (${policies} > Client Credentials Flow)`,
      nl: `de app heeft geen Run As-gebruiker: kies er een in de app van Configuration.ClientID (${policies} > Client Credentials Flow)`,
    },
  },
  {
    ...app,
    finding: 'FLOW_NOT_ENABLED',
    errors: ['invalid_grant', 'invalid_client', 'unauthorized_client', 'unsupported_grant_type'],
    description: /client credentials flow (?:is )?not enabled/i,
    advice: {
      en: 'the client credentials flow is not enabled for the app of Configuration.ClientID (Setup > External Client App Manager > Settings > Enable Client Credentials Flow), or Configuration.AuthenticationFlow must be another',
      nl: 'de client credentials flow staat niet aan voor de app van Configuration.ClientID (Setup > External Client App Manager > Settings > Enable Client Credentials Flow), of Configuration.AuthenticationFlow moet een andere zijn',
    },
  },
  {
    ...connector,
    finding: 'CLIENT_ID_UNKNOWN',
    errors: ['invalid_client_id'],
    advice: {
      en: 'Configuration.ClientID is not the consumer key of an app in this org (Setup > External Client App Manager)',
      nl: 'Configuration.ClientID is niet de consumer key van een app in deze org (Setup > External Client App Manager)',
    },
  },
  {
    ...connector,
    finding: 'CERTIFICATE_UNKNOWN',
    errors: ['invalid_client', 'invalid_client_credentials'],
    flow: 'jwt_bearer',
    advice: {
      en: 'Configuration.ClientID is not the consumer key of an app that has the certificate of Configuration.PrivateKey',
      nl: 'Configuration.ClientID is niet de consumer key van een app die het certificaat van Configuration.PrivateKey heeft',
    },
  },
  {
    ...connector,
    finding: 'CLIENT_SECRET_WRONG',
    errors: ['invalid_client', 'invalid_client_credentials'],
    advice: {
      en: 'Configuration.ClientSecret does not belong to Configuration.ClientID: copy both again from the app (Setup > External Client App Manager)',
      nl: 'Configuration.ClientSecret hoort niet bij Configuration.ClientID: neem beide opnieuw over uit de app (Setup > External Client App Manager)',
    },
  },
  {
    ...app,
    finding: 'NOT_PREAUTHORISED',
    errors: ['invalid_grant'],
    description: /user hasn.{1,6}t approved this consumer/i,
    advice: {
      en: `Configuration.UserName may not use the app yet: pre-authorise the user's profile or a permission set in the app's policies (${policies} > Permitted Users: Admin approved users are pre-authorized)`,
      nl: `Configuration.UserName mag de app nog niet gebruiken: keur het profiel van de gebruiker of een Permission Set vooraf goed in het beleid van de app (${policies} > Permitted Users: Admin approved users are pre-authorized)`,
    },
  },
  {
    ...app,
    finding: 'NOT_PREAUTHORISED',
    errors: ['invalid_app_access'],
    advice: {
      en: `Configuration.UserName is not admin approved for the app: add the user's profile or a permission set to the app's policies (${policies})`,
      nl: `Configuration.UserName is niet door een beheerder goedgekeurd voor de app: voeg het profiel van de gebruiker of een Permission Set toe aan het beleid van de app (${policies})`,
    },
  },
  {
    ...connector,
    finding: 'AUDIENCE_REFUSED',
    errors: ['invalid_grant'],
    description: /audience/i,
    advice: {
      en: 'Configuration.JwtAudience is not accepted: it is https://login.salesforce.com, for a sandbox https://test.salesforce.com',
      nl: 'Configuration.JwtAudience wordt niet geaccepteerd: het is https://login.salesforce.com, voor een sandbox https://test.salesforce.com',
    },
  },
  {
    ...connector,
    finding: 'ASSERTION_EXPIRED',
    errors: ['invalid_grant', 'invalid_assertion'],
    description: /expired/i,
    flow: 'jwt_bearer',
    advice: {
      en: 'the assertion was expired on arrival: set the clock of this machine right (it may be 3 minutes off at most)',
      nl: 'de assertion was bij aankomst al verlopen: zet de klok van deze machine goed (die mag hoogstens 3 minuten afwijken)',
    },
  },
  {
    ...connector,
    finding: 'ASSERTION_REFUSED',
    errors: ['invalid_grant', 'invalid_assertion'],
    flow: 'jwt_bearer',
    advice: {
      en: 'the assertion is not accepted: Configuration.PrivateKey must belong to the certificate of the app, and Configuration.UserName must be an active user of the org',
      nl: 'de assertion wordt niet geaccepteerd: Configuration.PrivateKey moet bij het certificaat van de app horen, en Configuration.UserName moet een actieve gebruiker van de org zijn',
    },
  },
  {
    ...app,
    finding: 'SIGN_IN_ENDED',
    errors: ['invalid_grant'],
    description: /expired access\/refresh token/i,
    advice: {
      en: `a policy of the app ended the sign-in: look at its session and refresh token policies (${policies})`,
      nl: `een beleid van de app heeft de aanmelding beëindigd: bekijk het sessiebeleid en het refresh-tokenbeleid ervan (${policies})`,
    },
  },
  {
    ...connector,
    finding: 'PASSWORD_REFUSED',
    errors: ['invalid_grant'],
    flow: 'password',
    advice: {
      en: 'Configuration.UserName, Password or SecurityToken is wrong, the user is locked or inactive, or the org blocks the username-password flow (Setup > OAuth and OpenID Connect Settings); orgs made since Summer 2023 block it: use client_credentials',
      nl: 'Configuration.UserName, Password of SecurityToken is onjuist, de gebruiker is geblokkeerd of inactief, of de org blokkeert de username-password flow (Setup > OAuth and OpenID Connect Settings); orgs van na de zomer van 2023 blokkeren die: gebruik client_credentials',
    },
  },
  {
    ...connector,
    finding: 'PASSWORD_FLOW_BLOCKED',
    errors: ['unsupported_grant_type', 'unauthorized_client'],
    flow: 'password',
    advice: {
      en: 'the org blocks the username-password flow (Setup > OAuth and OpenID Connect Settings): set Configuration.AuthenticationFlow to client_credentials or jwt_bearer',
      nl: 'de org blokkeert de username-password flow (Setup > OAuth and OpenID Connect Settings): zet Configuration.AuthenticationFlow op client_credentials of jwt_bearer',
    },
  },
  {
    ...connector,
    finding: 'FLOW_NOT_OFFERED',
    errors: ['unsupported_grant_type', 'unauthorized_client'],
    advice: {
      en: 'the org does not offer the flow of Configuration.AuthenticationFlow to this app (Setup > External Client App Manager > Settings)',
      nl: 'de org biedt deze app de flow van Configuration.AuthenticationFlow niet aan (Setup > External Client App Manager > Settings)',
    },
  },
  {
    ...app,
    finding: 'SCOPE_MISSING',
    errors: ['invalid_scope'],
    advice: {
      en: 'the app lacks the OAuth scope "Manage user data via APIs (api)" (Setup > External Client App Manager > Settings)',
      nl: 'de app mist de OAuth-scope "Manage user data via APIs (api)" (Setup > External Client App Manager > Settings)',
    },
  },
  {
    ...app,
    finding: 'RUN_AS_USER_INACTIVE',
    errors: ['inactive_user'],
    advice: {
      en: 'the integration user is inactive: activate it, or choose another user (Setup > Users)',
      nl: 'de integratiegebruiker is inactief: activeer hem, of kies een andere gebruiker (Setup > Users)',
    },
  },
  {
    ...app,
    finding: 'ORG_INACTIVE',
    errors: ['inactive_org'],
    advice: {
      en: 'the org is locked, closed or suspended: ask Salesforce Support to open it again',
      nl: 'de org is vergrendeld, gesloten of opgeschort: vraag Salesforce Support om hem weer open te stellen',
    },
  },
  {
    ...app,
    finding: 'ADDRESS_NOT_ALLOWED',
    errors: ['ip restricted', 'ip_restricted'],
    advice: {
      en: `the address of this machine is not allowed to sign in: add it to the login IP ranges of the integration user's profile (Setup > Profiles), or relax the app's IP restrictions (${policies})`,
      nl: `het adres van deze machine mag niet aanmelden: voeg het toe aan de login IP ranges van het profiel van de integratiegebruiker (Setup > Profiles), of versoepel de IP-beperkingen van de app (${policies})`,
    },
  },
  {
    class: 'limit',
    retry: 'later',
    actor: 'nobody',
    finding: 'SIGN_IN_TOO_OFTEN',
    errors: ['rate_limit_exceeded'],
    advice: {
      en: 'the integration user signs in more often than Salesforce allows: run the action again later, and let fewer actions run at the same time',
      nl: 'de integratiegebruiker meldt zich vaker aan dan Salesforce toestaat: voer de actie later opnieuw uit, en laat minder acties tegelijk draaien',
    },
  },
  {
    class: 'transient',
    retry: 'later',
    actor: 'nobody',
    finding: 'SALESFORCE_UNAVAILABLE',
    errors: ['server_error', 'temporarily_unavailable', 'unknown_error'],
    advice: {
      en: 'Salesforce cannot sign anyone in for now: see https://status.salesforce.com and run the action again later',
      nl: 'Salesforce kan nu niemand aanmelden: kijk op https://status.salesforce.com en voer de actie later opnieuw uit',
    },
  },
  {
    ...connector,
    finding: 'SIGN_IN_INCOMPLETE',
    errors: ['invalid_request'],
    advice: {
      en: 'Salesforce misses or does not accept a part of the sign-in: check Configuration.AuthenticationFlow and the settings that belong to it',
      nl: 'Salesforce mist een deel van de aanmelding of accepteert het niet: controleer Configuration.AuthenticationFlow en de instellingen die daarbij horen',
    },
  },
  {
    ...app,
    finding: 'SIGN_IN_REFUSED',
    errors: ['invalid_grant', 'invalid_assertion', 'access_denied'],
    advice: {
      en: 'Salesforce refused the sign-in of the integration user: the login history of that user tells why (Setup > Login History)',
      nl: 'Salesforce heeft de aanmelding van de integratiegebruiker geweigerd: de inloggeschiedenis van die gebruiker vertelt waarom (Setup > Login History)',
    },
  },
]
