import type { Language } from '../shared/errors.ts'
import type { SignInFinding } from '../shared/salesforce/errors/catalogueSignIn.ts'

/** What to do, in each language of this project. */
type Remedy = Readonly<Record<Language, string>>

/**
 * What can be wrong before anything is provisioned, and the one thing to do about it. What can be wrong with a sign-in is in
 * the catalogue of errors, with the same advice as there.
 */
export const remedies = {
  CONFIGURATION_INVALID: {
    en: 'Correct the setting that the sentence names, in the form, the context, .env or the environment.',
    nl: 'Corrigeer de instelling die de zin noemt, in het formulier, de context, .env of de omgeving.',
  },
  HOST_NOT_FOUND: {
    en: 'Copy the My Domain address from Setup > My Domain into BaseUrl, and see that this machine can look names up.',
    nl: 'Neem het My Domain-adres uit Setup > My Domain over in BaseUrl, en controleer DNS op deze machine.',
  },
  HOST_UNREACHABLE: {
    en: 'Let this machine reach that host over HTTPS: in the firewall, or by the proxy of HTTPS_PROXY.',
    nl: 'Laat deze machine die host over HTTPS bereiken: in de firewall, of via de proxy van HTTPS_PROXY.',
  },
  TLS_UNTRUSTED: {
    en: 'Have this machine trust the certificate: set NODE_EXTRA_CA_CERTS to a file with the CA that a proxy here signs with.',
    nl: 'Laat deze machine het certificaat vertrouwen: zet NODE_EXTRA_CA_CERTS op een bestand met de CA waarmee een proxy hier ondertekent.',
  },
  NOT_SALESFORCE: {
    en: 'Set BaseUrl to the My Domain address of the org, https://<MyDomain>.my.salesforce.com (Setup > My Domain).',
    nl: 'Zet BaseUrl op het My Domain-adres van de org, https://<MyDomain>.my.salesforce.com (Setup > My Domain).',
  },
  CLOCK_SKEW: {
    en: "Set the clock of this machine right: a signed sign-in is good for three minutes by Salesforce's clock.",
    nl: 'Zet de klok van deze machine goed: een ondertekende aanmelding is drie minuten geldig volgens de klok van Salesforce.',
  },
  API_DISABLED: {
    en: 'Give the integration user the right API Enabled (Setup > Permission Sets); the org must have an edition with the API.',
    nl: 'Geef de integratiegebruiker het recht API Enabled (Setup > Permission Sets); de org moet een editie met de API hebben.',
  },
  SCIM_DISABLED: {
    en: 'Have SCIM switched on for the org by Salesforce Support, or use the connector salesforce-apex-rest.',
    nl: 'Laat SCIM voor de org aanzetten door Salesforce Support, of gebruik de connector salesforce-apex-rest.',
  },
  SCIM_INCOMPLETE: {
    en: 'Use the connector salesforce-apex-rest: what this service lacks, salesforce-scim cannot do without.',
    nl: 'Gebruik de connector salesforce-apex-rest: wat deze dienst mist, kan salesforce-scim niet missen.',
  },
  REST_DISABLED: {
    en: 'Have the REST API switched on for the integration user, or set UseRestApi to false and do without what SCIM cannot do.',
    nl: 'Laat de REST API aanzetten voor de integratiegebruiker, of zet UseRestApi op false en zie af van wat SCIM niet kan.',
  },
  API_VERSION_UNKNOWN: {
    en: 'Set ApiVersion to a version that the org has.',
    nl: 'Zet ApiVersion op een versie die de org heeft.',
  },
  API_VERSION_OLD: {
    en: 'Raise ApiVersion: Salesforce supports a version for three years at least, and then ends it.',
    nl: 'Verhoog ApiVersion: Salesforce ondersteunt een versie minstens drie jaar, en stopt er daarna mee.',
  },
  API_VERSION_TOO_OLD: {
    en: 'Set ApiVersion to 66.0: below 52.0 no permission can be granted, revoked, reported, listed or imported.',
    nl: 'Zet ApiVersion op 66.0: onder 52.0 kan geen enkele Permission Set worden toegekend, ingetrokken, gemeld, getoond of geïmporteerd.',
  },
  API_VERSION_ENDS: {
    en: "Raise ApiVersion before Summer '28: Salesforce then retires versions 31.0 to 40.0.",
    nl: "Verhoog ApiVersion vóór Summer '28: dan stopt Salesforce met de versies 31.0 tot en met 40.0.",
  },
  PASSWORD_FLOW_ENDS: {
    en: 'Set AuthenticationFlow to client_credentials or jwt_bearer before 20 February 2027: Salesforce then ends the username-password flow.',
    nl: 'Zet AuthenticationFlow vóór 20 februari 2027 op client_credentials of jwt_bearer: dan stopt Salesforce met aanmelden met gebruikersnaam en wachtwoord.',
  },
  API_REQUESTS_USED_UP: {
    en: 'Wait until requests of the last 24 hours expire, or buy more (Setup > Company Information > API Requests).',
    nl: 'Wacht tot verzoeken van de laatste 24 uur vervallen, of koop er bij (Setup > Company Information > API Requests).',
  },
  API_REQUESTS_LOW: {
    en: 'Find out what uses them up (Setup > System Overview): imports stop at the reserve of ApiReservePercent.',
    nl: 'Zoek uit wat ze verbruikt (Setup > System Overview): imports stoppen bij de reserve van ApiReservePercent.',
  },
  MANAGE_USERS_MISSING: {
    en: 'Give the integration user the right Manage Users (Setup > Permission Sets > System Permissions).',
    nl: 'Geef de integratiegebruiker het recht Manage Users (Setup > Permission Sets > System Permissions).',
  },
  MANAGE_INTERNAL_USERS_MISSING: {
    en: 'Give the integration user the right Manage Internal Users (Setup > Permission Sets > System Permissions).',
    nl: 'Geef de integratiegebruiker het recht Manage Internal Users (Setup > Permission Sets > System Permissions).',
  },
  ASSIGN_PERMISSION_SETS_MISSING: {
    en: 'Give the integration user the right Assign Permission Sets (Setup > Permission Sets > System Permissions).',
    nl: 'Geef de integratiegebruiker het recht Assign Permission Sets (Setup > Permission Sets > System Permissions).',
  },
  VIEW_SETUP_MISSING: {
    en: 'Give the integration user the right View Setup and Configuration (Setup > Permission Sets > System Permissions).',
    nl: 'Geef de integratiegebruiker het recht View Setup and Configuration (Setup > Permission Sets > System Permissions).',
  },
  NOT_VISIBLE: {
    en: 'Give the integration user the right that the finding names (Setup > Permission Sets > System Permissions).',
    nl: 'Geef de integratiegebruiker het recht dat de bevinding noemt (Setup > Permission Sets > System Permissions).',
  },
  DEFAULT_PROFILE_MISSING: {
    en: 'Set DefaultProfile to the exact name of a profile, or map one: Salesforce creates no user without.',
    nl: 'Zet DefaultProfile op de exacte naam van een profiel, of map er een: zonder profiel maakt Salesforce geen gebruiker aan.',
  },
  PROFILE_NOT_FOUND: {
    en: 'Set the setting to the exact name or the id of a profile of this org (Setup > Profiles).',
    nl: 'Zet de instelling op de exacte naam of het id van een profiel van deze org (Setup > Profiles).',
  },
  PROFILE_NOT_FOR_EMPLOYEES: {
    en: 'Choose a profile of a licence for people within the company (Setup > Profiles).',
    nl: 'Kies een profiel van een licentie voor mensen binnen het bedrijf (Setup > Profiles).',
  },
  SEATS_USED_UP: {
    en: 'Free a seat, buy one, or choose a profile of another licence (Setup > Company Information > User Licenses).',
    nl: 'Maak een plaats vrij, koop er een, of kies een profiel van een andere licentie (Setup > Company Information > User Licenses).',
  },
  LOCALE_NOT_OFFERED: {
    en: 'Choose a locale that the org offers, for example nl_NL.',
    nl: 'Kies een locale die de org aanbiedt, bijvoorbeeld nl_NL.',
  },
  LANGUAGE_NOT_OFFERED: {
    en: 'Choose another language, or switch that one on (Setup > Translation Language Settings).',
    nl: 'Kies een andere taal, of zet die taal aan (Setup > Translation Language Settings).',
  },
  TIME_ZONE_NOT_OFFERED: {
    en: 'Choose a time zone that the org offers, for example Europe/Amsterdam.',
    nl: 'Kies een tijdzone die de org aanbiedt, bijvoorbeeld Europe/Amsterdam.',
  },
  ENCODING_NOT_OFFERED: {
    en: 'Choose an e-mail encoding that the org offers: UTF-8 is the right one for nearly everybody.',
    nl: 'Kies een e-mailcodering die de org aanbiedt: UTF-8 is voor bijna iedereen de juiste.',
  },
  PLACE_NOT_OFFERED: {
    en: 'Map a name or code that is in the list of the org (Setup > State and Country/Territory Picklists).',
    nl: 'Map een naam of code die in de lijst van de org staat (Setup > State and Country/Territory Picklists).',
  },
  PLACES_FROM_LIST: {
    en: 'See that what the person data says is in the list of the org (Setup > State and Country/Territory Picklists).',
    nl: 'Zorg dat wat in de persoonsgegevens staat in de lijst van de org voorkomt (Setup > State and Country/Territory Picklists).',
  },
  FIELD_NOT_FOUND: {
    en: 'Correct the name in the field mapping, or let the integration user see the field (Setup > Object Manager > User > Fields).',
    nl: 'Corrigeer de naam in de field mapping, of laat de integratiegebruiker het veld zien (Setup > Object Manager > User > Fields).',
  },
  FIELD_READ_ONLY: {
    en: 'Let the integration user edit the field (Setup > Object Manager > User > Fields > Set Field-Level Security), or leave it out of the mapping.',
    nl: 'Laat de integratiegebruiker het veld bewerken (Setup > Object Manager > User > Fields > Set Field-Level Security), of haal het uit de mapping.',
  },
  FIELD_MAPPED_TWICE: {
    en: 'Map the field once: take one of the two out of the field mapping.',
    nl: 'Map het veld één keer: haal een van de twee uit de field mapping.',
  },
  VALUE_NOT_ACCEPTED: {
    en: 'Correct the fixed value in the field mapping.',
    nl: 'Corrigeer de vaste waarde in de field mapping.',
  },
  PERSON_PATH_UNKNOWN: {
    en: 'Correct the path in the field mapping: as it is, the field is emptied for everybody.',
    nl: 'Corrigeer het pad in de field mapping: zoals het nu is, wordt het veld voor iedereen leeggemaakt.',
  },
  MAPPING_VALUE_INVALID: {
    en: 'Correct the value or the mode of the field in the field mapping.',
    nl: 'Corrigeer de waarde of de modus van het veld in de field mapping.',
  },
  REQUIRED_FIELD_NOT_MAPPED: {
    en: 'Map a value for Create, or have the field made optional (Setup > Object Manager > User > Fields).',
    nl: 'Map een waarde voor Create, of laat het veld optioneel maken (Setup > Object Manager > User > Fields).',
  },
  FEATURE_OFF: {
    en: 'Switch the feature on in Setup, or take the type out of PermissionTypes.',
    nl: 'Zet de functie aan in Setup, of haal het type uit PermissionTypes.',
  },
  APEX_REST_NOT_FOUND: {
    en: 'Deploy the Apex class of ApexRestPath, or let the integration user use it (Setup > Apex Classes > Security).',
    nl: 'Deploy de Apex-class van ApexRestPath, of laat de integratiegebruiker die gebruiken (Setup > Apex Classes > Security).',
  },
  OBJECT_NOT_TRANSFERABLE: {
    en: 'Take the object out of TransferRecords, or let the integration user edit its records (Setup > Permission Sets > Object Settings).',
    nl: 'Haal het object uit TransferRecords, of laat de integratiegebruiker de records ervan bewerken (Setup > Permission Sets > Object Settings).',
  },
  CONTACTS_NOT_VISIBLE: {
    en: 'Let the integration user read contacts (Setup > Permission Sets > Object Settings > Contacts).',
    nl: 'Laat de integratiegebruiker contacten lezen (Setup > Permission Sets > Object Settings > Contacts).',
  },
  SESSIONS_NOT_VISIBLE: {
    en: 'Give the integration user the rights Manage Users, for sessions of others, and Customize Application, for their tokens, or switch EndSessionsOnDisable off.',
    nl: 'Geef de integratiegebruiker de rechten Manage Users, voor sessies van anderen, en Customize Application, voor hun tokens, of zet EndSessionsOnDisable uit.',
  },
  NOT_ANSWERED: {
    en: 'Run the doctor again; see https://status.salesforce.com when it stays so.',
    nl: 'Voer doctor opnieuw uit; kijk op https://status.salesforce.com als het zo blijft.',
  },
  REFUSED: {
    en: 'Do what Salesforce says, in Setup; --log shows the whole conversation.',
    nl: 'Doe in Setup wat Salesforce zegt; --log toont het hele gesprek.',
  },
} as const satisfies Readonly<Record<string, Remedy>>

/** What a finding that is not good is called. */
export type FindingCode = keyof typeof remedies | SignInFinding
