import type { Translation } from './templates.ts'

/** What freezes, the connector's own user and the address of the API come to. */
export const freezeTexts = (): readonly Translation[] => [
  [
    'Whether the account is frozen is not known: SCIM does not show it, and Configuration.UseRestApi is false',
    'Of het account bevroren is, is niet bekend: SCIM toont het niet, en Configuration.UseRestApi is false',
  ],
  [
    ': the freeze was set by {}, and Configuration.UnfreezeForeign lifts every freeze',
    ': het account was bevroren door {}, en Configuration.UnfreezeForeign heft elke bevriezing op',
  ],
  [
    'The account was frozen and is not any more: something in the org lifted the freeze, and whoever has its password can sign in',
    'Het account was bevroren en is dat niet meer: iets in de org heeft de bevriezing opgeheven, en wie het wachtwoord heeft kan aanmelden',
  ],
  [
    'Salesforce accepted a freeze of the account, but whether it is frozen cannot be read: look at it in Salesforce (Setup > Users > Users), and run this again',
    'Salesforce accepteerde het bevriezen van het account, maar of het bevroren is kan niet worden gelezen: bekijk het in Salesforce (Setup > Users > Users), en voer de actie opnieuw uit',
  ],
  [
    'The account could not be frozen either: whoever has its password can still sign in',
    'Het account kon ook niet worden bevroren: wie het wachtwoord heeft kan nog aanmelden',
  ],
  ['somebody whom Salesforce does not show', 'iemand die Salesforce niet toont'],
  [
    'whether account [{}] is frozen cannot be read, so that it is not enabled',
    'of account [{}] bevroren is kan niet worden gelezen, dus wordt het niet geactiveerd',
  ],
  [
    '{}: Salesforce shows no sign-in (UserLogin) of it. Give the integration user the right Manage Users (Setup > Permission Sets > System Permissions); a user without a sign-in, such as a guest, cannot be enabled by this connector',
    '{}: Salesforce toont er geen aanmelding (UserLogin) van. Geef de integratiegebruiker het recht Manage Users (Setup > Permission Sets > System Permissions); een gebruiker zonder aanmelding, zoals een gast, kan deze connector niet activeren',
  ],
  ['the freeze stays', 'de bevriezing blijft'],
  [
    'the freeze stays, and the account stays inactive',
    'de bevriezing blijft, en het account blijft inactief',
  ],
  [
    'account [{}] is frozen, and Salesforce does not show who froze it (UserLogin.LastModifiedById): {}. Give the integration user the right Manage Users (Setup > Permission Sets > System Permissions), or have a Salesforce administrator unfreeze the account (Setup > Users > Users > Unfreeze), and run this again',
    'account [{}] is bevroren, en Salesforce toont niet door wie (UserLogin.LastModifiedById): {}. Geef de integratiegebruiker het recht Manage Users (Setup > Permission Sets > System Permissions), of laat een Salesforce-beheerder de bevriezing opheffen (Setup > Users > Users > Unfreeze), en voer de actie opnieuw uit',
  ],
  [
    '. The sign-in did not tell which user the connector itself is',
    '. De aanmelding gaf niet aan welke gebruiker de connector zelf is',
  ],
  [
    'account [{}] was frozen by {}, and this connector lifts only its own freezes: {}{}. Have a Salesforce administrator find out why it was frozen and unfreeze it (Setup > Users > Users > Unfreeze), and run this again. If it was frozen by the integration user of an earlier connector, name that user in Configuration.FormerIntegrationUsers; Configuration.UnfreezeForeign lifts every freeze',
    'account [{}] is bevroren door {}, en deze connector heft alleen bevriezingen op die hij zelf heeft ingesteld: {}{}. Laat een Salesforce-beheerder nagaan waarom het is bevroren en de bevriezing opheffen (Setup > Users > Users > Unfreeze), en voer de actie opnieuw uit. Is het bevroren door de integratiegebruiker van een eerdere connector, zet die gebruiker dan in Configuration.FormerIntegrationUsers; Configuration.UnfreezeForeign heft elke bevriezing op',
  ],
  [' on {}', ' op {}'],
  ['[{}] on {}', '[{}] op {}'],
  [', and enable will not lift it', ', en enable heft die niet op'],
  [
    'It was already frozen by {}: that freeze is left as it is{}',
    'Het was al bevroren door {}: die bevriezing blijft zoals ze is{}',
  ],
  [
    'whether the account is {} cannot be read afterwards. Run this again',
    'of het account {} is kan daarna niet worden gelezen. Voer de actie opnieuw uit',
  ],
  [
    'the account is {}: something else in the org changes it',
    'het account is {}: iets anders in de org wijzigt dat',
  ],
  ['Salesforce accepted the request, but {}', 'Salesforce accepteerde het verzoek, maar {}'],
  [
    'Account [{}] is frozen: nobody can sign in with it until it is unfrozen',
    'Account [{}] is bevroren: niemand kan ermee aanmelden totdat de bevriezing is opgeheven',
  ],
  [
    'account [{}] is the integration user that this connector signs in as, and the connector never changes its own user. Take the account out of what the connector manages (unlink it from the person), and leave it to the Salesforce administrator',
    'account [{}] is de integratiegebruiker waarmee deze connector zich aanmeldt, en de connector wijzigt nooit zijn eigen gebruiker. Haal het account uit wat de connector beheert (ontkoppel het van de persoon), en laat het over aan de Salesforce-beheerder',
  ],
  [
    'Configuration.{} [{}] is neither the id of a user, which begins with {}, nor a user name such as integration@example.com',
    'Configuration.{} [{}] is geen id van een gebruiker, dat begint met {}, en geen gebruikersnaam zoals integration@example.com',
  ],
  ['something that is no address', 'iets dat geen adres is'],
  [
    "The sign-in names {} as the address of the API (instance_url), which is neither the host of Configuration.BaseUrl nor one of Salesforce's: nothing was sent there. Check Configuration.AuthenticationUri and Configuration.BaseUrl",
    'De aanmelding noemt {} als adres van de API (instance_url), en dat is niet de host van Configuration.BaseUrl en geen host van Salesforce: daar is niets naartoe gestuurd. Controleer Configuration.AuthenticationUri en Configuration.BaseUrl',
  ],
  [
    '{} is given twice, in two spellings: send it once',
    '{} staat er twee keer, in twee schrijfwijzen: stuur het één keer',
  ],
  ['{} is given twice{}: send it once', '{} staat er twee keer{}: stuur het één keer'],
  [', in two spellings', ', in twee schrijfwijzen'],
]
