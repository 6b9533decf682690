import type { Translation } from './templates.ts'

/** What the options of the REST connector come to: contacts, records, sessions, password mails, Apex. */
export const optionTexts = (): readonly Translation[] => [
  ['Data.ContactId is mapped', 'Data.ContactId is gemapt'],
  ['the profile is for users of the type {}', 'het profiel is voor gebruikers van type {}'],
  [
    '{}, and users that belong to a contact are switched off: set Configuration.ContactBackedUsers if they are meant',
    '{}, en gebruikers die bij een contact horen staan uit: zet Configuration.ContactBackedUsers aan als dat de bedoeling is',
  ],
  [
    'Data.ContactId is mapped, and the profile [{}] is for users that have no contact: map the profile of a partner or customer, or no ContactId',
    'Data.ContactId is gemapt, en profiel [{}] is voor gebruikers zonder contact: gebruik in de mapping het profiel van een partner of klant, of geen ContactId',
  ],
  [
    'The contact [{}] of Data.ContactId does not exist in Salesforce, or the integration user may not see it: map the id of a contact',
    'Contact [{}] van Data.ContactId bestaat niet in Salesforce, of de integratiegebruiker mag het niet zien: gebruik in de mapping het id van een contact',
  ],
  ['The contact [{}] of Data.ContactId', 'Contact [{}] van Data.ContactId'],
  ['The contact [{}] with the e-mail address {}', 'Contact [{}] met e-mailadres {}'],
  [
    '{} belongs to no account: Salesforce makes no user of it. Give it an account in Salesforce',
    '{} hoort bij geen account: Salesforce maakt er geen gebruiker van. Koppel het in Salesforce aan een account',
  ],
  [
    'The owner [{}] of the account of the contact [{}] has no role, and Salesforce refuses that: "portal account owner must have a role". Give that user a role (Setup > Users), and run the action again',
    'Eigenaar [{}] van het account van contact [{}] heeft geen rol, en dat weigert Salesforce: "portal account owner must have a role". Geef die gebruiker een rol (Setup > Users), en voer de actie opnieuw uit',
  ],
  [
    'No contact has the e-mail address {}: create one in Salesforce, or map ContactId',
    'Geen enkel contact heeft e-mailadres {}: maak er een aan in Salesforce, of map ContactId',
  ],
  [
    'Several contacts have the e-mail address {}: map ContactId',
    'Meerdere contacten hebben e-mailadres {}: map ContactId',
  ],
  ['sessions', 'sessies'],
  ['OAuth tokens', 'OAuth-tokens'],
  [
    'the integration user cannot see the {} of others: give it the right {} (Setup > Permission Sets)',
    'de integratiegebruiker kan de {} van anderen niet zien: geef die het recht {} (Setup > Permission Sets)',
  ],
  [
    'Could not end the {} of account [{}]. Error: {}',
    'Beëindigen van de {} van account [{}] is mislukt. Fout: {}',
  ],
  ['{} of account [{}]', '{} van account [{}]'],
  ['[DryRun] Would end {} {}', '[DryRun] {} {} zouden worden beëindigd'],
  [
    '[DryRun] Would end {} sessions of account [{}]',
    '[DryRun] {} sessies van account [{}] zouden worden beëindigd',
  ],
  [
    '[DryRun] Would end {} OAuth tokens of account [{}]',
    '[DryRun] {} OAuth-tokens van account [{}] zouden worden ingetrokken',
  ],
  ['Ended {} sessions of account [{}]', '{} sessies van account [{}] beëindigd'],
  ['Ended {} OAuth tokens of account [{}]', '{} OAuth-tokens van account [{}] ingetrokken'],
  ['Ended {} {}', '{} {} beëindigd'],
  ['Could not end {} of {} {}. Error: {}', '{} van {} {} konden niet worden beëindigd. Fout: {}'],
  [
    '{}: give the account an active manager, or hand the records over by hand, and run this again',
    '{}: geef het account een actieve manager, of draag de records met de hand over, en voer de actie opnieuw uit',
  ],
  [
    'the integration user cannot see the field ManagerId of User',
    'de integratiegebruiker kan het veld ManagerId van User niet zien',
  ],
  ['the account has no manager in Salesforce', 'het account heeft geen manager in Salesforce'],
  ['the account is its own manager in Salesforce', 'het account is in Salesforce zijn eigen manager'],
  ['the manager [{}] is not active in Salesforce', 'manager [{}] is niet actief in Salesforce'],
  ['{} records of account [{}]', '{}-records van account [{}]'],
  ['{} to the manager {} [{}]', '{} aan manager {} [{}]'],
  ['[DryRun] Would hand over {} {}', '[DryRun] {} {} zouden worden overgedragen'],
  ['[DryRun] Could not hand over {}. Error: {}', '[DryRun] Overdragen van {} zou mislukken. Fout: {}'],
  ['Could not hand over the {}. Error: {}', 'Overdragen van de {} is mislukt. Fout: {}'],
  [', after {} that were', ', nadat er {} waren overgedragen'],
  ['Could not hand over {} {}{}. Error: {}', 'Overdragen van {} {}{} is mislukt. Fout: {}'],
  ['Handed over {} {}', '{} {} overgedragen'],
  ['Could not hand over {} of {} {}. Error: {}', '{} van {} {} konden niet worden overgedragen. Fout: {}'],
  [
    'Could not tell whether account [{}], which is enabled, needs a password mail. Error: the integration user cannot see the field LastLoginDate of User. {}',
    'Niet vast te stellen of account [{}], dat is geactiveerd, een wachtwoordmail nodig heeft. Fout: de integratiegebruiker kan het veld LastLoginDate van User niet zien. {}',
  ],
  [
    'No password mail was sent to account [{}], because Salesforce refused it: {}',
    'Er is geen wachtwoordmail gestuurd aan account [{}], omdat Salesforce dat weigerde: {}',
  ],
  [
    'Could not have the password mail sent to account [{}], which is enabled. Error: {}. {}',
    'De wachtwoordmail aan account [{}], dat is geactiveerd, kon niet worden verstuurd. Fout: {}. {}',
  ],
  [
    '[DryRun] Would have Salesforce send account [{}] the mail to set a password',
    '[DryRun] Salesforce zou account [{}] de mail sturen om een wachtwoord in te stellen',
  ],
  [
    'Salesforce sends account [{}] the mail to set a password',
    'Salesforce stuurt account [{}] de mail om een wachtwoord in te stellen',
  ],
  [
    'Run this again, or have it sent by hand (Setup > Users > Reset Password)',
    'Voer de actie opnieuw uit, of laat de mail met de hand versturen (Setup > Users > Reset Password)',
  ],
  [
    'Have it sent by hand (Setup > Users > Reset Password)',
    'Laat de mail met de hand versturen (Setup > Users > Reset Password)',
  ],
  ['{} it sent by hand (Setup > Users > Reset Password)', '{} (Setup > Users > Reset Password)'],
  ['Run this again, or have', 'Voer de actie opnieuw uit, of laat de mail met de hand versturen'],
  [', such as', ', zoals'],
  ['; and {} other reasons', '; en {} andere redenen'],
  [
    'the Apex REST resource {} did not answer with success, id and errors as its contract says (see the README)',
    'de Apex REST-resource {} antwoordde niet met success, id en errors zoals afgesproken (zie de README)',
  ],
  [
    'Salesforce has no Apex REST resource {}: correct Configuration.ApexRestPath (capitals count, and the namespace of a package stands before the path), or deploy the class',
    'Salesforce heeft geen Apex REST-resource {}: corrigeer Configuration.ApexRestPath (hoofdletters tellen, en de namespace van een package staat voor het pad), of deploy de klasse',
  ],
  [
    'the Apex REST resource {} does not take {}: its class needs both @HttpPost and @HttpPatch, and a urlMapping that ends in /*',
    'de Apex REST-resource {} accepteert geen {}: de klasse heeft @HttpPost en @HttpPatch nodig, en een urlMapping die eindigt op /*',
  ],
  [
    'the Apex REST resource {} could not read the request: its methods must take one parameter, User user, and the API version of the class must know the fields',
    'de Apex REST-resource {} kon het verzoek niet lezen: de methoden moeten één parameter hebben, User user, en de API-versie van de klasse moet de velden kennen',
  ],
  [
    'give the integration user access to the class (Setup > Permission Sets > Apex Class Access)',
    'geef de integratiegebruiker toegang tot de klasse (Setup > Permission Sets > Apex Class Access)',
  ],
]
