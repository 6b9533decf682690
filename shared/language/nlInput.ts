import type { Translation } from './templates.ts'

/** What is wrong with what the host sends: contexts, references and mapped values. */
export const inputTexts = (): readonly Translation[] => [
  [
    'stdin is empty: an actionContext as JSON was expected',
    'stdin is leeg: er werd een actionContext als JSON verwacht',
  ],
  [
    '{} holds {}: an actionContext as a JSON object was expected',
    '{} bevat {}: er werd een actionContext als JSON-object verwacht',
  ],
  [
    'stdin is not JSON: an actionContext was expected',
    'stdin is geen JSON: er werd een actionContext verwacht',
  ],
  ['an array', 'een lijst'],
  [
    'Correlation is enabled but not configured correctly: CorrelationConfiguration.AccountField is empty',
    'Correlatie staat aan maar is niet goed ingesteld: CorrelationConfiguration.AccountField is leeg',
  ],
  [
    'Correlation is enabled but CorrelationConfiguration.PersonFieldValue is empty: make sure that {} has a value',
    'Correlatie staat aan maar CorrelationConfiguration.PersonFieldValue is leeg: zorg dat {} een waarde heeft',
  ],
  ['the person field', 'het persoonsveld'],
  [
    'stdin is a terminal: send an actionContext as JSON, for example with < context.json',
    'stdin is een terminal: stuur een actionContext als JSON, bijvoorbeeld met < context.json',
  ],
  [
    'stdin is larger than 64 MB: that is not an actionContext',
    'stdin is groter dan 64 MB: dat is geen actionContext',
  ],
  [
    'stdin is not UTF-8: an actionContext as JSON in UTF-8 was expected',
    'stdin is geen UTF-8: er werd een actionContext als JSON in UTF-8 verwacht',
  ],
  ['stdin cannot be read', 'stdin kan niet worden gelezen'],
  [
    'the worker is stopping: the action was not begun, and can be sent to another',
    'de worker stopt: de actie is niet begonnen, en kan naar een andere worden gestuurd',
  ],
  [
    'Could not carry out a line of stdin. Error: {}',
    'Een regel van stdin kon niet worden uitgevoerd. Fout: {}',
  ],
  ['it is larger than 64 MB', 'hij is groter dan 64 MB'],
  ['it is not UTF-8', 'hij is geen UTF-8'],
  ['it is not JSON', 'hij is geen JSON'],
  ['it is not a JSON object', 'hij is geen JSON-object'],
  ['its Id is not a text or a number', 'de Id is geen tekst of getal'],
  ['its Action is not a text', 'de Action is geen tekst'],
  [
    'its Action {} answers with many lines, which a worker does not: run {}.mjs',
    'de Action {} antwoordt met veel regels, en dat doet een worker niet: voer {}.mjs uit',
  ],
  ['its Action [{}] does not exist: {}', 'de Action [{}] bestaat niet: {}'],
  [
    '{}: { "Id", "Action", "Context" } as JSON on one line was expected',
    '{}: er werd { "Id", "Action", "Context" } als JSON op één regel verwacht',
  ],
  ['{}.{} is missing', '{}.{} ontbreekt'],
  ['{} must be {}', '{} moet {} zijn'],
  ['{} must be one of {}', '{} moet een van {} zijn'],
  ['is not valid', 'is niet geldig'],
  ['must have the form of an e-mail address', 'moet de vorm van een e-mailadres hebben'],
  ['{} must have the form of an e-mail address', '{} moet de vorm van een e-mailadres hebben'],
  ['Data.{} must have the form of an e-mail address', 'Data.{} moet de vorm van een e-mailadres hebben'],
  ['{} must be true or false', '{} moet true of false zijn'],
  ['{} must be a date such as 2026-12-31', '{} moet een datum zijn zoals 2026-12-31'],
  [
    '{} must be a date and time such as 2026-12-31T18:00:00Z',
    '{} moet een datum en tijd zijn zoals 2026-12-31T18:00:00Z',
  ],
  ['[{}] is not in the picklist: {}', '[{}] staat niet in de picklist: {}'],
  ['{} [{}] is not in the picklist: {}', '{} [{}] staat niet in de picklist: {}'],
  ['has {} characters: Salesforce takes {}', 'heeft {} tekens: Salesforce accepteert er {}'],
  ['{} has {} characters: Salesforce takes {}', '{} heeft {} tekens: Salesforce accepteert er {}'],
  ['{} must be a number such as 1234.5', '{} moet een getal zijn zoals 1234.5'],
  ['{} must be a whole number', '{} moet een geheel getal zijn'],
  [
    '{} is too large: Salesforce takes {} digits before the point',
    '{} is te groot: Salesforce accepteert {} cijfers voor de punt',
  ],
  ['{} has {} decimals: Salesforce takes {}', '{} heeft {} decimalen: Salesforce accepteert er {}'],
  [
    '{} is not a Salesforce id: expected 15 or 18 letters and digits',
    '{} is geen Salesforce-id: verwacht worden 15 of 18 letters en cijfers',
  ],
  [
    '{} is the id of something else: expected one of {}, which begins with {}',
    '{} is het id van iets anders: verwacht wordt {}, en dat begint met {}',
  ],
  ['expected one of {} … ({} values)', 'verwacht wordt een van {} … ({} waarden)'],
  ['is {} meant? Otherwise {}', 'is {} bedoeld? Anders {}'],
  [
    '{} [{}] is not a Salesforce id: expected 15 or 18 letters and digits that begin with {}',
    '{} [{}] is geen Salesforce-id: verwacht worden 15 of 18 letters en cijfers die beginnen met {}',
  ],
  [
    '{} is not a field of User in this org: is {} meant?',
    '{} is geen veld van User in deze org: is {} bedoeld?',
  ],
  ['{} is not a field of User in this org{}', '{} is geen veld van User in deze org{}'],
  [
    'this org requires {} for a new user: map a value',
    'deze org vereist {} voor een nieuwe gebruiker: neem een waarde op in de mapping',
  ],
  [
    'the integration user may not {} users: give it the right Manage Internal Users (Setup > Permission Sets)',
    'de integratiegebruiker mag dit niet ({} van gebruikers): geef die het recht Manage Internal Users (Setup > Permission Sets)',
  ],
  ['create', 'aanmaken'],
  ['change', 'wijzigen'],
  ['{} cannot be changed once the user exists', '{} kan niet meer worden gewijzigd als de gebruiker bestaat'],
  ['{} is read only for the integration user', '{} is alleen-lezen voor de integratiegebruiker'],
  [
    '{} is empty: Salesforce requires a value. Map one, or leave the field out',
    '{} is leeg: Salesforce vereist een waarde. Neem er een op in de mapping, of laat het veld weg',
  ],
  ['{} cannot be a field of User', '{} kan geen veld van User zijn'],
  ['{} [{}] cannot be a field of User', '{} [{}] kan geen veld van User zijn'],
  ['{} is given twice, in another spelling', '{} staat er twee keer, in een andere schrijfwijze'],
  ['{} must be a text', '{} moet een tekst zijn'],
  ['Data.{} must be a text', 'Data.{} moet een tekst zijn'],
  ['Data.{} is not a field: is {} meant?', 'Data.{} is geen veld: is {} bedoeld?'],
  ['Data.{} is not a field; custom fields end in __c', 'Data.{} is geen veld; eigen velden eindigen op __c'],
  ['Data.{} is not a field{}', 'Data.{} is geen veld{}'],
  ['and {} more', 'en nog {}'],
  [
    'Data has {} members, more than the {} fields that can be mapped',
    'Data heeft {} velden, meer dan de {} die gemapt kunnen worden',
  ],
  ['Data has {} more members that are not fields', 'Data heeft nog {} namen die geen veld zijn'],
  ['Data has {} more members that cannot be read', 'Data heeft nog {} namen die niet gelezen kunnen worden'],
  ['; custom fields end in __c', '; eigen velden eindigen op __c'],
  ['Data.{} has {} characters: Salesforce takes {}', 'Data.{} heeft {} tekens: Salesforce accepteert er {}'],
  [
    'Data.{} [{}] is not a Salesforce id: expected 15 or 18 letters and digits that begin with {}',
    'Data.{} [{}] is geen Salesforce-id: verwacht worden 15 of 18 letters en cijfers die beginnen met {}',
  ],
  ['{} [{}] is not a field{}', '{} [{}] is geen veld{}'],
  ['Data.familyName (or familyNameFormatted)', 'Data.familyName (of familyNameFormatted)'],
  ['Data.profile (or the setting DefaultProfile)', 'Data.profile (of de instelling DefaultProfile)'],
  ['{} (or the setting DefaultProfile)', '{} (of de instelling DefaultProfile)'],
  [
    'Salesforce requires {} for a new user: map a value',
    'Salesforce vereist {} voor een nieuwe gebruiker: neem een waarde op in de mapping',
  ],
  [
    'The {} {} does not exist in Salesforce: map or configure the exact name or the id of one (Setup > {})',
    '{} {} bestaat niet in Salesforce: gebruik in de mapping of de instelling de exacte naam of het id (Setup > {})',
  ],
  [
    'The {} [{}] does not exist in Salesforce: map or configure the exact name or the id of one (Setup > {})',
    '{} [{}] bestaat niet in Salesforce: gebruik in de mapping of de instelling de exacte naam of het id (Setup > {})',
  ],
  [
    'There are {} {}s named {} in Salesforce: map the id of one',
    'Er zijn {} keer {} met de naam {} in Salesforce: gebruik in de mapping het id',
  ],
  [
    'There are {} {}s named [{}] in Salesforce: map the id of one',
    'Er zijn {} keer {} met de naam [{}] in Salesforce: gebruik in de mapping het id',
  ],
  [
    'SCIM cannot write {}: set Configuration.UseRestApi, or leave the field out of the mapping',
    'SCIM kan {} niet schrijven: zet Configuration.UseRestApi aan, of laat het veld weg uit de mapping',
  ],
  [
    'Salesforce cannot search for accounts by {} over SCIM',
    'Salesforce kan via SCIM niet naar accounts zoeken op {}',
  ],
  [
    'Salesforce counts accounts with this {} and shows none of them: run this again, and set Configuration.UseRestApi, so that SOQL is asked as well',
    'Salesforce telt accounts met deze {} maar toont er geen: voer de actie opnieuw uit en zet Configuration.UseRestApi aan, zodat ook via SOQL wordt gezocht',
  ],
  ['CorrelationConfiguration.AccountField [{}]', 'CorrelationConfiguration.AccountField [{}]'],
  ['{} is a field that Salesforce cannot search in', '{} is een veld waarin Salesforce niet kan zoeken'],
  ['{}: the value {}', '{}: de waarde {}'],
]
