import type { Translation } from './templates.ts'

/** What imports come to. */
export const importTexts = (): readonly Translation[] => [
  ['Nothing was written', 'Er is niets geschreven'],
  [
    'The {} lines that were written are valid, and not all',
    'De {} geschreven regels zijn geldig, maar het zijn ze niet allemaal',
  ],
  [
    'The {} lines that were written are valid, and end with [{}]: set Configuration.ImportResumeAfter to that id to import the rest',
    'De {} geschreven regels zijn geldig, en eindigen met [{}]: zet Configuration.ImportResumeAfter op dat id om de rest te importeren',
  ],
  [
    'the org has used {} of its {} API requests of the last 24 hours, and Configuration.ApiReservePercent keeps {} % of them for other actions. Go on when fewer than {} are used (Setup > Company Information > API Requests, Last 24 Hours): requests come free as they get older than a day, those of now at {} UTC',
    'de org heeft {} van de {} API-verzoeken van de laatste 24 uur gebruikt, en Configuration.ApiReservePercent houdt {} % daarvan vrij voor andere acties. Ga verder als er minder dan {} zijn gebruikt (Setup > Company Information > API Requests, Last 24 Hours): verzoeken komen vrij als ze ouder dan een dag zijn, die van nu om {} UTC',
  ],
  [
    'ImportFields asks for a field that the org does not have, or that the integration user may not see',
    'ImportFields vraagt om een veld dat de org niet heeft, of dat de integratiegebruiker niet mag zien',
  ],
  ['Salesforce {}', 'Salesforce {}'],
  ['Salesforce {} that brings {}', 'Salesforce {} met {}'],
  [', or inactive', ', of inactief'],
  [
    'Salesforce says that {} more users follow, and lists none of them',
    'Salesforce meldt dat er nog {} gebruikers volgen, en toont er geen',
  ],
  ['Salesforce does not list users by id', 'Salesforce toont gebruikers niet op volgorde van id'],
  [
    'Salesforce does not list users over SCIM from number {} on, and does not filter them by id ({raw}): set Configuration.UseRestApi',
    'Salesforce toont via SCIM geen gebruikers vanaf nummer {}, en filtert ze niet op id ({raw}): zet Configuration.UseRestApi aan',
  ],
  ['Salesforce counts {} users and lists {} of them', 'Salesforce telt {} gebruikers en toont er {}'],
  [
    'Configuration.ImportResumeAfter [{}] is not among the users that Salesforce lists',
    'Configuration.ImportResumeAfter [{}] is geen gebruiker die Salesforce toont',
  ],
  [
    'Salesforce left out {} of the users in a page of the list: run the import again',
    'Salesforce liet {} gebruikers weg uit een pagina van de lijst: voer de import opnieuw uit',
  ],
  [
    'the list of users changes faster than it can be read',
    'de lijst van gebruikers verandert sneller dan hij kan worden gelezen',
  ],
  [
    'set Configuration.UseRestApi to false to import over SCIM',
    'zet Configuration.UseRestApi op false om via SCIM te importeren',
  ],
  [
    'SCIM does not show completely who holds {}: set Configuration.UseRestApi, or choose Profile, Role in Configuration.PermissionTypes',
    'SCIM toont niet volledig wie {} heeft: zet Configuration.UseRestApi aan, of kies Profile, Role in Configuration.PermissionTypes',
  ],
  ['SCIM does not show {}', 'SCIM toont {} niet'],
  [
    '{}: set Configuration.UseRestApi to correlate on that',
    '{}: zet Configuration.UseRestApi aan om daarop te correleren',
  ],
]
