import type { Translation } from './templates.ts'

/** What sign-in, network and the answers of Salesforce come to. */
export const requestTexts = (): readonly Translation[] => [
  ['no answer', 'geen antwoord'],
  ['the connections to Salesforce are closed already', 'de verbindingen met Salesforce zijn al gesloten'],
  ['{} did not answer in time ({} s)', '{} antwoordde niet op tijd ({} s)'],
  ['given up', 'opgegeven'],
  ['{} sent an answer of more than 64 MB', '{} stuurde een antwoord van meer dan 64 MB'],
  ['{} has no address: is the host name right?', '{} heeft geen adres: klopt de hostnaam?'],
  ['has no address: is the host name right?', 'heeft geen adres: klopt de hostnaam?'],
  [
    '{} could not be looked up: is there a name server?',
    '{} kon niet worden opgezocht: controleer DNS op deze machine',
  ],
  [
    'could not be looked up: is there a name server?',
    'kon niet worden opgezocht: controleer DNS op deze machine',
  ],
  ['{} refused the connection', '{} weigerde de verbinding'],
  ['refused the connection', 'weigerde de verbinding'],
  ['{} broke the connection off', '{} verbrak de verbinding'],
  ['broke the connection off', 'verbrak de verbinding'],
  [
    '{} cannot be reached: a firewall or a proxy may be in the way',
    '{} is niet bereikbaar: mogelijk houdt een firewall of proxy het tegen',
  ],
  [
    'cannot be reached: a firewall or a proxy may be in the way',
    'is niet bereikbaar: mogelijk houdt een firewall of proxy het tegen',
  ],
  ['{} cannot be reached: there is no network', '{} is niet bereikbaar: er is geen netwerk'],
  ['cannot be reached: there is no network', 'is niet bereikbaar: er is geen netwerk'],
  ['{} broke its answer off', '{} brak het antwoord af'],
  ['broke its answer off', 'brak het antwoord af'],
  [
    '{} is not let through by the proxy of HTTPS_PROXY',
    '{} wordt niet doorgelaten door de proxy van HTTPS_PROXY',
  ],
  ['is not let through by the proxy of HTTPS_PROXY', 'wordt niet doorgelaten door de proxy van HTTPS_PROXY'],
  ['{} does not answer in HTTP: is the address right?', '{} antwoordt niet in HTTP: klopt het adres?'],
  ['does not answer in HTTP: is the address right?', 'antwoordt niet in HTTP: klopt het adres?'],
  [
    '{} has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS to the CA in use',
    '{} heeft een certificaat dat niet wordt vertrouwd: zet NODE_EXTRA_CA_CERTS op de CA die in gebruik is',
  ],
  [
    'has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS to the CA in use',
    'heeft een certificaat dat niet wordt vertrouwd: zet NODE_EXTRA_CA_CERTS op de CA die in gebruik is',
  ],
  ['{} has a certificate that has expired', '{} heeft een verlopen certificaat'],
  ['has a certificate that has expired', 'heeft een verlopen certificaat'],
  ['{} has a certificate for another host name', '{} heeft een certificaat voor een andere hostnaam'],
  ['has a certificate for another host name', 'heeft een certificaat voor een andere hostnaam'],
  ['no code', 'geen code'],
  ['{} could not be asked ({})', '{} kon niet worden bevraagd ({})'],
  ['could not be asked ({})', 'kon niet worden bevraagd ({})'],
  ['not needed', 'niet nodig'],
  [
    '. Trying again would need a wait of {} s, and that does not fit in Configuration.ActionTimeoutSeconds',
    '. Een nieuwe poging zou {} s moeten wachten, en dat past niet in Configuration.ActionTimeoutSeconds',
  ],
  [
    'Trying again would need a wait of {} s, and that does not fit in Configuration.ActionTimeoutSeconds',
    'Een nieuwe poging zou {} s moeten wachten, en dat past niet in Configuration.ActionTimeoutSeconds',
  ],
  [
    'a value holds half a character (a lone surrogate) and cannot be sent',
    'een waarde bevat een half teken (een losse surrogate) en kan niet worden verstuurd',
  ],
  [
    'Salesforce answered {} {} with status {} and something that is not JSON',
    'Salesforce antwoordde op {} {} met status {} en iets dat geen JSON is',
  ],
  ['another address', 'een ander adres'],
  [
    "Salesforce sends this address on to {}: set Configuration.BaseUrl to the org's My Domain address",
    'Salesforce verwijst dit adres door naar {}: zet Configuration.BaseUrl op het My Domain-adres van de org',
  ],
  [
    'the time of Configuration.ActionTimeoutSeconds was used up before all requests were sent',
    'de tijd van Configuration.ActionTimeoutSeconds was op voordat alle verzoeken waren verstuurd',
  ],
  [
    'the time of Configuration.ActionTimeoutSeconds was used up by waiting for Salesforce',
    'de tijd van Configuration.ActionTimeoutSeconds ging op aan het wachten op Salesforce',
  ],
  [
    'the time of Configuration.ActionTimeoutSeconds was used up by waiting for the sign-in',
    'de tijd van Configuration.ActionTimeoutSeconds ging op aan het wachten op de aanmelding',
  ],
  [
    'the time of Configuration.ActionTimeoutSeconds was used up; run this again',
    'de tijd van Configuration.ActionTimeoutSeconds was op; voer de actie opnieuw uit',
  ],
  ['{}. A second try was refused: {}', '{}. Een tweede poging is geweigerd: {}'],
  [
    '{}. Whether Salesforce carried it out is not known; the next run looks first',
    '{}. Of Salesforce het heeft uitgevoerd is niet bekend; de volgende run kijkt dat eerst na',
  ],
  [
    '{}; whether it was created is not known, and the next run looks for it first',
    '{}; of het is aangemaakt is niet bekend, en de volgende run zoekt er eerst naar',
  ],
  [
    'the answer is about another account or record: the request was about {}, and the answer is about {}. Nothing more was written. Have whoever runs the proxy or the cache between this connector and Salesforce find out why it mixes up answers, and run this again',
    'het antwoord gaat over een ander account of record: de aanvraag ging over {}, en het antwoord gaat over {}. Er is niets meer geschreven. Laat de beheerder van de proxy of cache tussen deze connector en Salesforce uitzoeken waarom die antwoorden verwisselt, en voer dit opnieuw uit',
  ],
  ['a new {}', 'een nieuwe {}'],
  [
    'Salesforce answered with account [{}] and without telling whether it is active. Set Configuration.UseRestApi to have it read another way',
    'Salesforce antwoordde met account [{}] zonder te melden of het actief is. Zet Configuration.UseRestApi aan, zodat het langs een andere weg wordt gelezen',
  ],
  [
    'Salesforce answered a query without saying whether all records are there',
    'Salesforce antwoordde op een query zonder te melden of alle records er zijn',
  ],
  ['Salesforce answered with something else than {}', 'Salesforce antwoordde met iets anders dan {}'],
  [
    'Salesforce answered with something else than a list',
    'Salesforce antwoordde met iets anders dan een lijst',
  ],
  ['the user {}: SCIM does not show this kind of user', 'gebruiker {}: SCIM toont dit soort gebruikers niet'],
  ['the account it created', 'het account dat is aangemaakt'],
  [
    'Salesforce answered with a list in which a resource has no id',
    'Salesforce antwoordde met een lijst waarin een resource geen id heeft',
  ],
  [
    'Salesforce answered with a list in which a user has no id',
    'Salesforce antwoordde met een lijst waarin een gebruiker geen id heeft',
  ],
  [
    'Salesforce answered with a user that lacks Id or IsActive',
    'Salesforce antwoordde met een gebruiker zonder Id of IsActive',
  ],
  [
    'Salesforce answered the change of several records incompletely',
    'Salesforce antwoordde onvolledig op de wijziging van meerdere records',
  ],
  [
    'Salesforce answered the creation of {}s incompletely',
    'Salesforce antwoordde onvolledig op het aanmaken van {}',
  ],
  [
    'Salesforce answered a composite request incompletely',
    'Salesforce antwoordde onvolledig op een composite-verzoek',
  ],
  ['Salesforce described User without its fields', 'Salesforce beschreef User zonder de velden'],
  ['Salesforce did not describe {}', 'Salesforce beschreef {} niet'],
  [
    'Salesforce answered the creation of a {} without its id',
    'Salesforce antwoordde op het aanmaken van {} zonder id',
  ],
  [
    'Salesforce says that a query has more rows, and gives none that are new',
    'Salesforce meldt dat een query meer rijen heeft, en geeft geen nieuwe',
  ],
  [
    'Salesforce answered a query with something else than records',
    'Salesforce antwoordde op een query met iets anders dan records',
  ],
  [
    'Salesforce answered a query with a record that has none of the fields asked for',
    'Salesforce antwoordde op een query met een record zonder de gevraagde velden',
  ],
  [
    'Salesforce says that a search has {} results, and shows none',
    'Salesforce meldt dat een zoekopdracht {} resultaten heeft, en toont er geen',
  ],
  [
    'Salesforce says that a query has {} rows, and gives {}',
    'Salesforce meldt dat een query {} rijen heeft, en geeft er {}',
  ],
  ['Salesforce gave the same page of a list twice', 'Salesforce gaf dezelfde pagina van een lijst twee keer'],
  ['Salesforce did not say why', 'Salesforce zei niet waarom'],
  ['{} characters', '{} tekens'],
  ['Salesforce answered with a user that lacks {}', 'Salesforce antwoordde met een gebruiker zonder {}'],
  ['Salesforce answered with a record that lacks {}', 'Salesforce antwoordde met een record zonder {}'],
]
