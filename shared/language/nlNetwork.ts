import type { Translation } from './templates.ts'

/** What the way to Salesforce comes to: proxies, and texts that cannot be read. */
export const networkTexts = (): readonly Translation[] => [
  [
    'Save it as UTF-8, with or without a byte order mark, or as UTF-16 with one',
    'Sla het op als UTF-8, met of zonder byte order mark, of als UTF-16 met byte order mark',
  ],
  ['{} is not UTF-8 (line {} is not)', '{} is geen UTF-8 (regel {} niet)'],
  ['is not UTF-8 (line {} is not)', 'is geen UTF-8 (regel {} niet)'],
  ['{} is UTF-16 that ends in the middle of a character', '{} is UTF-16 die midden in een teken eindigt'],
  ['is UTF-16 that ends in the middle of a character', 'is UTF-16 die midden in een teken eindigt'],
  ['{} is UTF-16 with half a character in it', '{} is UTF-16 met een half teken erin'],
  ['is UTF-16 with half a character in it', 'is UTF-16 met een half teken erin'],
  [
    '{} is not UTF-8: it has NUL characters, as UTF-16 and UTF-32 have',
    '{} is geen UTF-8: er staan NUL-tekens in, zoals in UTF-16 en UTF-32',
  ],
  [
    'is not UTF-8: it has NUL characters, as UTF-16 and UTF-32 have',
    'is geen UTF-8: er staan NUL-tekens in, zoals in UTF-16 en UTF-32',
  ],
  [
    'it is not UTF-8, nor UTF-16 with a byte order mark at the start of stdin',
    'hij is geen UTF-8, en geen UTF-16 met een byte order mark aan het begin van stdin',
  ],
  ['The environment variable {} {}', 'De omgevingsvariabele {} {}'],
  [
    'expected http://<host>:<port> or http://<user>:<password>@<host>:<port>',
    'verwacht wordt http://<host>:<port> of http://<user>:<password>@<host>:<port>',
  ],
  ['does not begin with http:// or https://: {}', 'begint niet met http:// of https://: {}'],
  [
    'names a proxy of the kind {}, which is not supported: use an http:// or https:// proxy, or name the host of Salesforce in NO_PROXY',
    'noemt een proxy van het type {}, en dat wordt niet ondersteund: gebruik een proxy met http:// of https://, of zet de host van Salesforce in NO_PROXY',
  ],
  [
    'is not the address of a proxy: {}. In a user name or password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A, \\ as %5C and % as %25',
    'is geen adres van een proxy: {}. Schrijf in een gebruikersnaam of wachtwoord # als %23, / als %2F, ? als %3F, @ als %40, : als %3A, \\ als %5C en % als %25',
  ],
  [
    'has a % in its user name or password that is not followed by two hexadecimal digits: write % as %25',
    'heeft in de gebruikersnaam of het wachtwoord een % zonder twee hexadecimale cijfers erachter: schrijf % als %25',
  ],
  [' cannot be reached{}', ' is niet bereikbaar{}'],
  ['{} cannot be reached: the proxy of {} ({}) {}', '{} is niet bereikbaar: de proxy van {} ({}) {}'],
  ['the proxy of {} ({}:{})', 'de proxy van {} ({}:{})'],
  [
    '{} is not let through by the proxy of {} (status {})',
    '{} wordt niet doorgelaten door de proxy van {} (status {})',
  ],
  [
    '{} cannot be reached: the proxy of {} ({}) {} (status 407)',
    '{} is niet bereikbaar: de proxy van {} ({}) {} (status 407)',
  ],
  ['{} cannot be reached: {} {} (status 407)', '{} is niet bereikbaar: {} {} (status 407)'],
  [
    'wants to be signed in to with {}, and this connector can only send Basic: have the proxy let this machine through without a sign-in, or name the host of Salesforce in NO_PROXY',
    'vraagt om aanmelding met {}, en deze connector kan alleen Basic sturen: laat de proxy deze machine zonder aanmelding door, of zet de host van Salesforce in NO_PROXY',
  ],
  [
    'asks for a user name and password: set {} to http://<user>:<password>@<host>:<port>',
    'vraagt om een gebruikersnaam en wachtwoord: zet {} op http://<user>:<password>@<host>:<port>',
  ],
  [
    'refuses the user name or password in {}: correct them there',
    'weigert de gebruikersnaam of het wachtwoord in {}: corrigeer ze daar',
  ],
  [
    'does not offer TLS 1.2 or later: have it updated, or the proxy in between',
    'biedt geen TLS 1.2 of hoger: laat die server bijwerken, of de proxy ertussen',
  ],
  [
    'does not offer HTTP/1.1, which this connector speaks: is the address right?',
    'biedt geen HTTP/1.1, dat deze connector gebruikt: klopt het adres?',
  ],
  [
    'has a certificate that is not valid yet: is the clock of this machine right?',
    'heeft een certificaat dat nog niet geldig is: staat de klok van deze machine goed?',
  ],
  ['has a certificate that was revoked', 'heeft een certificaat dat is ingetrokken'],
  [
    'does not answer in TLS: is the address right, with its port?',
    'antwoordt niet in TLS: klopt het adres, met de poort?',
  ],
  [
    'The environment variable NODE_TLS_REJECT_UNAUTHORIZED is 0, so that no certificate would be verified: remove it, and set NODE_EXTRA_CA_CERTS to the CA in use',
    'De omgevingsvariabele NODE_TLS_REJECT_UNAUTHORIZED is 0, zodat geen certificaat zou worden gecontroleerd: verwijder die, en zet NODE_EXTRA_CA_CERTS op de gebruikte CA',
  ],
  [
    'a value in the context or in an answer is nested too deeply',
    'een waarde in de context of in een antwoord is te diep genest',
  ],
  [
    'its Id is a number that JSON rounds: send it as a text',
    'de Id is een getal dat JSON afrondt: stuur die als tekst',
  ],
  ['an import in a preview ({} s)', 'een import in een preview ({} s)'],
  [
    '. Trying again would need a wait of {} s, and that does not fit in the time of {}',
    '. Een nieuwe poging zou {} s moeten wachten, en dat past niet in de tijd van {}',
  ],
  [
    'Trying again would need a wait of {} s, and that does not fit in the time of {}',
    'Een nieuwe poging zou {} s moeten wachten, en dat past niet in de tijd van {}',
  ],
  [
    'the time of {} was used up before all requests were sent',
    'de tijd van {} was op voordat alle verzoeken waren verstuurd',
  ],
  [
    'the time of {} was used up by waiting for Salesforce',
    'de tijd van {} ging op aan het wachten op Salesforce',
  ],
]
