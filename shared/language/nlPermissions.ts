import type { Translation } from './templates.ts'

/** What granting, revoking and listing permissions come to. */
export const permissionTexts = (): readonly Translation[] => [
  ['permission set', 'Permission Set'],
  ['permission set group', 'Permission Set Group'],
  ['permission set licence', 'Permission Set License'],
  ['permission set license', 'Permission Set License'],
  ['feature licence', 'Feature License'],
  ['feature license', 'Feature License'],
  ['public group', 'Public Group'],
  ['queue', 'Queue'],
  ['role', 'Role'],
  ['profile', 'Profile'],
  ['territory', 'Territory'],
  ['permission sets', 'Permission Sets'],
  ['permission set groups', 'Permission Set Groups'],
  ['permission set licences', 'Permission Set Licenses'],
  ['feature licences', 'Feature Licenses'],
  ['public groups', 'Public Groups'],
  ['queues', 'Queues'],
  ['roles', 'Roles'],
  ['profiles', 'Profiles'],
  ['territories', 'Territories'],
  ['permission set [{}]', 'Permission Set [{}]'],
  ['permission set group [{}]', 'Permission Set Group [{}]'],
  ['permission set licence [{}]', 'Permission Set License [{}]'],
  ['feature licence [{}]', 'Feature License [{}]'],
  ['public group [{}]', 'Public Group [{}]'],
  ['queue [{}]', 'Queue [{}]'],
  ['role [{}]', 'Role [{}]'],
  ['profile [{}]', 'Profile [{}]'],
  ['territory [{}]', 'Territory [{}]'],
  ['Permission set', 'Permission Set'],
  ['Permission set group', 'Permission Set Group'],
  ['Permission set licence', 'Permission Set License'],
  ['Feature licence', 'Feature License'],
  ['Public group', 'Public Group'],
  ['user licence', 'gebruikerslicentie'],
  [
    'SCIM answered with the user [{}] and does not show its profile among its entitlements, so that nothing is known of its profile and permission sets: give the integration user the right View Setup and Configuration (Setup > Permission Sets > System Permissions)',
    'SCIM antwoordde met gebruiker [{}] zonder het Profile bij de entitlements te tonen, zodat over Profile en Permission Sets niets bekend is: geef de integratiegebruiker het recht View Setup and Configuration (Setup > Permission Sets > System Permissions)',
  ],
  [
    'Salesforce answered a search for account [{}] with another',
    'Salesforce antwoordde op een zoekopdracht naar account [{}] met een ander account',
  ],
  [
    'this org does not have the {} [{}], nor the feature it belongs to',
    'deze org heeft {} [{}] niet, en ook niet de functie waar die bij hoort',
  ],
  [
    'Skipped granting permission [{}] to account with AccountReference: [{}]. Reason: the account already has it',
    'Permissie [{}] niet toegekend aan account met AccountReference [{}]. Reden: het account heeft deze al',
  ],
  [
    '[DryRun] Would grant permission [{}] to account: [{}]',
    '[DryRun] Permissie [{}] zou worden toegekend aan account [{}]',
  ],
  ['Grant permission [{}] was successful', 'Permissie [{}] toegekend'],
  [
    'Skipped revoking permission [{}] from account with AccountReference: [{}]. Reason: the account no longer has it, or the permission no longer exists',
    'Permissie [{}] niet ingetrokken van account met AccountReference [{}]. Reden: het account heeft deze niet meer, of de permissie bestaat niet meer',
  ],
  [
    '[DryRun] Would revoke permission [{}] from account: [{}]',
    '[DryRun] Permissie [{}] zou worden ingetrokken van account [{}]',
  ],
  ['Revoke permission: [{}] from [{}] was successful', 'Permissie [{}] van [{}] ingetrokken'],
  [
    'Salesforce accepted the request, but the account does not have it afterwards: a flow, a trigger or a user access policy of the org may have undone it',
    'Salesforce accepteerde het verzoek, maar het account heeft de permissie daarna niet: een flow, een trigger of een user access policy van de org heeft het mogelijk teruggedraaid',
  ],
  [
    'the account lost [{}] at the same time: something in the org changes permissions along with this one. Grant them again',
    'het account raakte tegelijk [{}] kwijt: iets in de org wijzigt permissies samen met deze. Ken ze opnieuw toe',
  ],
  ['the {} [{}] does not exist in Salesforce any more', '{} [{}] bestaat niet meer in Salesforce'],
  ['the {} [{}] does not exist in Salesforce', '{} [{}] bestaat niet in Salesforce'],
  ['The {} [{}] does not exist in Salesforce', '{} [{}] bestaat niet in Salesforce'],
  [
    'no seats left: the {} [{}] has {}, and {} are in use. Free one or buy more (Setup > Company Information)',
    'geen plaatsen meer vrij: {} [{}] heeft er {}, en {} zijn in gebruik. Maak er een vrij of koop bij (Setup > Company Information)',
  ],
  ['the permission set licence [{}] is assigned first', 'Permission Set License [{}] wordt eerst toegekend'],
  [
    'the account has this {} through the permission set group [{}]: revoke that group instead',
    'het account heeft deze {} via Permission Set Group [{}]: trek in plaats daarvan die groep in',
  ],
  [
    'the account keeps it through the permission set group [{}]',
    'het account houdt deze via Permission Set Group [{}]',
  ],
  [
    "the permission set [{}] belongs to another user licence than the account's, which is [{}]",
    'Permission Set [{}] hoort bij een andere gebruikerslicentie dan die van het account, [{}]',
  ],
  [
    'the permission set [{}] needs the permission set licence [{}], which the account does not have: grant it first, or set Configuration.AssignLicenses',
    'Permission Set [{}] heeft Permission Set License [{}] nodig, en het account heeft die niet: ken die eerst toe, of zet Configuration.AssignLicenses aan',
  ],
  [
    'the permission set [{}] of this account needs this licence: revoke that first',
    'Permission Set [{}] van dit account heeft deze licentie nodig: trek die eerst in',
  ],
  ['{}.Reference is missing', '{}.Reference ontbreekt'],
  ['.Reference is missing', '.Reference ontbreekt'],
  ['{}.Reference [{}] is not the id of a permission', '{}.Reference [{}] is niet het id van een permissie'],
  ['.Reference [{}] is not the id of a permission', '.Reference [{}] is niet het id van een permissie'],
  ['{}.Type must be a text', '{}.Type moet een tekst zijn'],
  ['.Type must be a text', '.Type moet een tekst zijn'],
  ['{}.Type [{}] is not a type of permission{}', '{}.Type [{}] is geen type permissie{}'],
  ['.Type [{}] is not a type of permission{}', '.Type [{}] is geen type permissie{}'],
  [': expected one of {}', ': verwacht wordt een van {}'],
  [': is {} meant?', ': is {} bedoeld?'],
  [': is [{}] meant?', ': is [{}] bedoeld?'],
  ['is {} meant?', 'is {} bedoeld?'],
  ['expected one of {}', 'verwacht wordt een van {}'],
  ['expected one or more of {}', 'verwacht wordt een of meer van {}'],
  [
    '{}.Reference [{}] is not a {}: expected a field such as UserPermissionsMarketingUser',
    '{}.Reference [{}] is geen {}: verwacht wordt een veld zoals UserPermissionsMarketingUser',
  ],
  [
    '.Reference [{}] is not a {}: expected a field such as UserPermissionsMarketingUser',
    '.Reference [{}] is geen {}: verwacht wordt een veld zoals UserPermissionsMarketingUser',
  ],
  [
    '{}.Reference [{}] is not the id of a {}: expected 15 or 18 letters and digits that begin with {}',
    '{}.Reference [{}] is niet het id van {}: verwacht worden 15 of 18 letters en cijfers die beginnen met {}',
  ],
  [
    '.Reference [{}] is not the id of a {}: expected 15 or 18 letters and digits that begin with {}',
    '.Reference [{}] is niet het id van {}: verwacht worden 15 of 18 letters en cijfers die beginnen met {}',
  ],
  [
    'This org has no {} ({} is not enabled): none are listed',
    'Deze org heeft geen {} ({} staat niet aan): er worden geen getoond',
  ],
  [
    'the integration user cannot see the {} of the org ({}): give it the right View Setup and Configuration',
    'de integratiegebruiker kan {} van de org niet zien ({}): geef die het recht View Setup and Configuration',
  ],
  [
    'Which territory model is active cannot be read: territories of all models are listed',
    'Welk territory-model actief is kan niet worden gelezen: territories van alle modellen worden getoond',
  ],
  [
    'the profile was changed, and Salesforce took the permission sets [{}] away with the old one; they could not be given back: {}',
    'het profiel is gewijzigd, en Salesforce nam met het oude profiel de Permission Sets [{}] weg; die konden niet worden teruggegeven: {}',
  ],
  ['[{}] to [{}]', '[{}] naar [{}]'],
  [
    'the profile belongs to another user licence: the account would go from {}. Set Configuration.AllowLicenseChange if that is meant',
    'het profiel hoort bij een andere gebruikerslicentie: het account zou gaan van {}. Zet Configuration.AllowLicenseChange aan als dat de bedoeling is',
  ],
  [" (the account's licence is [{}])", ' (de licentie van het account is [{}])'],
  [
    'no user can be without a profile: set Configuration.FallbackProfile, or FallbackProfiles where several licences are in use{}',
    'geen gebruiker kan zonder profiel: stel Configuration.FallbackProfile in, of FallbackProfiles als er meerdere licenties in gebruik zijn{}',
  ],
  [
    'the profile to revoke is the fallback profile [{}] itself',
    'het profiel dat moet worden ingetrokken is zelf het terugvalprofiel [{}]',
  ],
  [
    'the fallback profile [{}] belongs to the user licence [{}], and the account has [{}]: set Configuration.FallbackProfiles for that licence',
    'het terugvalprofiel [{}] hoort bij gebruikerslicentie [{}], en het account heeft [{}]: stel Configuration.FallbackProfiles in voor die licentie',
  ],
  [
    'the fallback profile [{}] does not exist in Salesforce',
    'het terugvalprofiel [{}] bestaat niet in Salesforce',
  ],
  ['the account gets the fallback profile [{}]', 'het account krijgt het terugvalprofiel [{}]'],
  [
    'SCIM cannot take the last permission set from an account: set Configuration.UseRestApi, or remove it in Setup > Users',
    'SCIM kan de laatste Permission Set niet van een account wegnemen: zet Configuration.UseRestApi aan, of verwijder die in Setup > Users',
  ],
  [
    'SCIM cannot grant or revoke a {}: set Configuration.UseRestApi',
    'SCIM kan geen {} toekennen of intrekken: zet Configuration.UseRestApi aan',
  ],
  ['there is more than one {} [{}]: name it by its id', 'er is meer dan één {} [{}]: geef het id op'],
  [
    'there is more than one {} [{}]: name it by its API name or its id',
    'er is meer dan één {} [{}]: geef de API-naam of het id op',
  ],
  [
    'SCIM cannot list {}: set Configuration.UseRestApi',
    'SCIM kan {} niet tonen: zet Configuration.UseRestApi aan',
  ],
  [
    'SCIM cannot list {}: none are listed without Configuration.UseRestApi',
    'SCIM kan {} niet tonen: zonder Configuration.UseRestApi worden er geen getoond',
  ],
  ['{}, and refused to go on ({raw})', '{}, en weigerde verder te gaan ({raw})'],
  ['{}, and then the same again', '{}, en daarna dezelfde opnieuw'],
  ['{} of {}', '{} van {}'],
  ['{}, which is the most that it lists', '{}, en meer toont het er niet'],
  [
    'SCIM lists {}: {}. The list may be incomplete: set Configuration.UseRestApi',
    'SCIM toont {}: {}. De lijst is mogelijk onvolledig: zet Configuration.UseRestApi aan',
  ],
  [
    'users of a {} license can have no role: map no role for them, or the profile of another license (Setup > Profiles)',
    'gebruikers met een {}-licentie kunnen geen rol hebben: neem voor hen geen rol op in de mapping, of het profiel van een andere licentie (Setup > Profiles)',
  ],
  ['Data.role: {}', 'Data.role: {}'],
  ['Customer Community', 'Customer Community'],
  ['not everything about it could be checked: {}', 'niet alles daarvan kon worden gecontroleerd: {}'],
  [
    'its permission set groups could not be read: {}',
    'de bijbehorende Permission Set Groups konden niet worden gelezen: {}',
  ],
  [
    'whether the account has this permission set through one of its permission set groups cannot be seen',
    'of het account deze Permission Set via een van zijn Permission Set Groups heeft is niet te zien',
  ],
  [
    'the account has this permission set through the permission set group [{}], of which more cannot be seen',
    'het account heeft deze Permission Set via Permission Set Group [{}], waarvan meer niet te zien is',
  ],
  [
    'which permission sets of the account need the license could not be read: {}',
    'welke Permission Sets van het account de licentie nodig hebben kon niet worden gelezen: {}',
  ],
  [
    'Account [{}] does not hold the {}, whose assignment is not in force: {}',
    'Account [{}] heeft de {} niet, waarvan de toewijzing niet van kracht is: {}',
  ],
  ['{} from [{}], which was not in force: {}', '{} van [{}], die niet van kracht was: {}'],
  [
    'Could not remove the row of the {}. Error: {}',
    'De regel van de {} kon niet worden verwijderd. Fout: {}',
  ],
  ['[DryRun] Would remove the row of the {}', '[DryRun] Zou de regel van de {} verwijderen'],
  ['Removed the row of the {}', 'De regel van de {} is verwijderd'],
  ['reads {}, which no person has{}', 'leest {}, dat geen enkele persoon heeft{}'],
  ['the assignment is there, but it is not in force: {}', 'de toewijzing is er, maar is niet van kracht: {}'],
  ['its row could not be removed: {}', 'de regel ervan kon niet worden verwijderd: {}'],
  [
    "meanwhile {} more of the account's permissions ended, by another session or by an automation of the org",
    'intussen zijn nog {} rechten van het account beëindigd, door een andere sessie of door een automatisering van de org',
  ],
  [
    'the account lost [{}] at the same time, because SCIM can only replace the whole list. Grant them again, or set Configuration.UseRestApi',
    'het account verloor tegelijk [{}], omdat SCIM alleen de hele lijst kan vervangen. Ken die opnieuw toe, of zet Configuration.UseRestApi aan',
  ],
  ['its assignment was not in force: {}', 'de toewijzing ervan was niet van kracht: {}'],
  ['it was not in force: {}', 'die was niet van kracht: {}'],
  [
    '{}. An expired assignment that Salesforce does not show stands in the way, and it could be neither extended nor removed: assign the permission once in Setup > Users',
    '{}. Een verlopen toewijzing die Salesforce niet toont staat in de weg, en kon niet worden verlengd of verwijderd: wijs het recht één keer toe in Setup > Users',
  ],
  [
    'Salesforce answered with a permission set assignment that lacks IsActive',
    'Salesforce antwoordde met een toewijzing van een Permission Set zonder IsActive',
  ],
  ['it expired on {}', 'die is verlopen op {}'],
  [
    'a user access policy of the org has revoked it',
    'een User Access Policy van de org heeft die ingetrokken',
  ],
  [
    'it needs the permission set license [{}], which Salesforce assigns along with it; an org that does not refuses the grant until the license is granted first or Configuration.AssignLicenses is set',
    'hiervoor is de Permission Set License [{}] nodig, die Salesforce meteen toewijst; een org die dat niet doet, weigert de toekenning totdat de licentie eerst is toegekend of Configuration.AssignLicenses aanstaat',
  ],
  [
    'SCIM replaced the list of permission sets, and does not show whether the account kept its permission set groups: check them in Setup > Users, or set Configuration.UseRestApi',
    'SCIM heeft de lijst van Permission Sets vervangen, en toont niet of het account zijn Permission Set Groups heeft behouden: controleer die in Setup > Users, of zet Configuration.UseRestApi aan',
  ],
  [
    'SCIM cannot write the day on which a permission set ends ({}, Configuration.PermissionExpirationField), and nothing was granted: set Configuration.UseRestApi, or leave PermissionExpirationField empty',
    'SCIM kan de einddatum van een Permission Set niet vastleggen ({}, Configuration.PermissionExpirationField), en er is niets toegekend: zet Configuration.UseRestApi aan, of laat PermissionExpirationField leeg',
  ],
  [
    'it needs the permission set license [{}], which Salesforce assigns along with it',
    'hiervoor is de Permission Set License [{}] nodig, die Salesforce meteen toewijst',
  ],
  [
    'an org that does not refuses the grant until the license is granted first or Configuration.AssignLicenses is set',
    'een org die dat niet doet, weigert de toekenning totdat de licentie eerst is toegekend of Configuration.AssignLicenses aanstaat',
  ],
]
