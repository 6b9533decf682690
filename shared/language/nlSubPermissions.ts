import type { Translation } from './templates.ts'

/** What sub-permissions and resources come to. */
export const subPermissionTexts = (): readonly Translation[] => [
  [
    'The person has no {}, from which Configuration.PermissionExpirationField takes the day on which the permission ends, and nothing was granted: correct the path in that setting',
    'De persoon heeft geen {}, waaruit Configuration.PermissionExpirationField de einddatum van de permissie haalt, en er is niets toegekend: corrigeer het pad in die instelling',
  ],
  ['Person.{} is not a date: expected 2026-12-31', 'Person.{} is geen datum: verwacht wordt 2026-12-31'],
  [
    'has a brace that is not closed or not opened: expected {Department.ExternalId}',
    'heeft een accolade die niet wordt gesloten of geopend: verwacht wordt {Department.ExternalId}',
  ],
  ['names [{}], which no contract has{}', 'noemt [{}], en dat heeft geen enkel contract{}'],
  [
    '[{}] of a contract has parts: name one of them, such as {}.{}',
    '[{}] van een contract heeft onderdelen: noem er een van, zoals {}.{}',
  ],
  [
    'resourceContext.SourceData is missing: expected the values of a contract field as a list',
    'resourceContext.SourceData ontbreekt: verwacht worden de waarden van een contractveld als lijst',
  ],
  [
    'SCIM cannot create a {}: set Configuration.UseRestApi',
    'SCIM kan geen {} aanmaken: zet Configuration.UseRestApi aan',
  ],
  ['Could not create {} [{}]. Error: {}', 'Aanmaken van {} [{}] is mislukt. Fout: {}'],
  ['[DryRun] Would create {} [{}]', '[DryRun] {} [{}] zou worden aangemaakt'],
  ['Create {} [{}] was successful. Reference is: [{}]', '{} [{}] aangemaakt. Reference is [{}]'],
  ['Skipped {} of {} {}s. Reason: they exist already', '{} van {} {} overgeslagen. Reden: ze bestaan al'],
  [
    'Skipped creating {}s. Reason: the source data has no values',
    'Geen {} aangemaakt. Reden: de brongegevens bevatten geen waarden',
  ],
  ['No permissions defined', 'Geen permissies gedefinieerd'],
  ['Operation [{}] is none of grant, update and revoke', 'Operation [{}] is geen grant, update of revoke'],
  ['CurrentPermissions[{}].Reference.Id is missing', 'CurrentPermissions[{}].Reference.Id ontbreekt'],
  ['permission [{}]', 'permissie [{}]'],
  ['permission [{}]: {}', 'permissie [{}]: {}'],
  ['the account could not be found any more', 'het account is niet meer gevonden'],
  ['[{}] takes its place', '[{}] komt ervoor in de plaats'],
  [
    'the contracts give {} sub-permissions, and the host takes {} at most: make the rules coarser, for example by permission set groups',
    'de contracten geven {} subpermissies, en de host accepteert er hoogstens {}: maak de regels grover, bijvoorbeeld met Permission Set Groups',
  ],
  [
    'the contracts give more than one {}, and an account has one: [{}] was chosen',
    'de contracten geven meer dan één {}, en een account heeft er één: [{}] is gekozen',
  ],
  [
    'permission [{}]: its key [{}] names no permission',
    'permissie [{}]: de sleutel [{}] verwijst niet naar een permissie',
  ],
  ['account with AccountReference: [{}]', 'account met AccountReference [{}]'],
  [
    'Skipped revoking permissions from {}. Reason: none is granted',
    'Geen permissies ingetrokken van {}. Reden: er is er geen toegekend',
  ],
  ['the contracts in conditions give none', 'de contracten die meetellen geven er geen'],
  ['Skipped granting permissions to {}. Reason: {}', 'Geen permissies toegekend aan {}. Reden: {}'],
  ['Skipped updating permissions of {}. Reason: {}', 'Permissies van {} niet bijgewerkt. Reden: {}'],
  [
    'personContext.Person.Contracts is missing: what to grant follows from the contracts',
    'personContext.Person.Contracts ontbreekt: wat er moet worden toegekend volgt uit de contracten',
  ],
  ['it lacks what ResourceNamingRule {} names', 'er ontbreekt wat ResourceNamingRule {} noemt'],
  [
    'its name has {} characters and may have {}: use a shorter one in ResourceNamingRule, such as {ExternalId} or {Code}',
    'de naam heeft {} tekens en mag er {} hebben: gebruik een kortere in ResourceNamingRule, zoals {ExternalId} of {Code}',
  ],
  [
    'Configuration.ResourceNamingRule [{}] {}: expected a text with {}',
    'Configuration.ResourceNamingRule [{}] {}: verwacht wordt een tekst met {}',
  ],
  ['has a brace without its other half', 'heeft een accolade zonder wederhelft'],
  ['names {{}}, which there is not{}', 'noemt {{}}, en dat is er niet{}'],
  [' (is {{}} meant?)', ' (is {{}} bedoeld?)'],
  ['names nothing of the value', 'noemt niets van de waarde'],
  ['No changes', 'Geen wijzigingen'],
]
