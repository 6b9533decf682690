import type { Verdict } from '../../errors.ts'
import { type CatalogueTable, judged, type TextForm } from './catalogueEntry.ts'

const blocked: Verdict = { class: 'blocked', retry: 'no', actor: 'Salesforce administrator' }

/** Codes of what keeps a user from being deactivated, frozen or changed. */
export const blockerCodes: CatalogueTable = judged(blocked, {
  CANNOT_DISABLE_LAST_ADMIN: {
    en: 'make another user an administrator first, with the profile System Administrator (Setup > Users)',
    nl: 'maak eerst een andere gebruiker beheerder, met het profiel System Administrator (Setup > Users)',
  },
  CANNOT_FREEZE_SELF: {
    en: "the account is the integration user's own: take it out of what this connector manages",
    nl: 'het account is dat van de integratiegebruiker zelf: haal het uit wat deze connector beheert',
  },
  DEPENDENCY_EXISTS: {
    en: 'something in the org depends on the user: give what Salesforce names to another user (Setup > Users > the user), and run the action again',
    nl: 'iets in de org hangt van de gebruiker af: geef wat Salesforce noemt aan een andere gebruiker (Setup > Users > de gebruiker), en voer de actie opnieuw uit',
  },
  USER_WITH_APEX_SHARES_EXCEPTION: {
    en: 'Apex code shares records with the user: whoever maintains that code must take those shares away (Setup > Apex Classes), then run the action again',
    nl: 'Apex-code deelt records met de gebruiker: de beheerder van die code moet dat delen ongedaan maken (Setup > Apex Classes), voer daarna de actie opnieuw uit',
  },
  INVALID_READ_ONLY_USER_DML: {
    en: 'Salesforce keeps this special user itself: take the account out of what this connector manages',
    nl: 'Salesforce beheert deze speciale gebruiker zelf: haal het account uit wat deze connector beheert',
  },
})

/**
 * How Salesforce begins a refusal to deactivate: `You cannot deactivate this user. You cannot deactivate a user who is the
 * default owner of cases` (help 000384586), `You cannot disable the Web to Lead Default Creator.` (help 000384761).
 */
function refusal(rest: string): RegExp {
  const head = '(?:you cannot deactivate this user[.:]? )?(?:you )?cannot (?:deactivate|disable|inactivate) '
  return new RegExp(`^${head}(?:a user (?:who|that) is )?(?:the |an? )?${rest}`, 'i')
}

interface Blocker {
  readonly form: RegExp
  readonly evidence: string
  readonly en: string
  readonly nl: string
}

/**
 * What keeps a user from being deactivated, where Salesforce has no code for it, the most particular first. Of the
 * `assumed` ones only the reason is documented (Considerations for Deactivating Users), not its sentence.
 */
const blockers: readonly Blocker[] = [
  {
    form: /^(?:cannot complete this operation\. )?cannot inactivate user that is the value of a hierarchy field: ?'?(?<field>[^':.;]{1,80})/i,
    evidence: 'documented: help 000386275 and 000384962',
    en: 'other users have this user in the hierarchy field $<field>: give them another one there (Setup > Object Manager > User > Fields & Relationships, then Setup > Users), and run the action again',
    nl: 'andere gebruikers hebben deze gebruiker in het hiërarchieveld $<field>: vul daar bij hen een ander in (Setup > Object Manager > User > Fields & Relationships, daarna Setup > Users), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:web[- ]to[- ]lead )?default (?:lead )?creator\\b'),
    evidence: 'documented: help 000384761',
    en: 'the user is the default creator of leads from the web: choose another one as Default Lead Creator (Setup > Web-to-Lead), and run the action again',
    nl: 'de gebruiker is de standaardmaker van leads vanaf het web: kies een ander als Default Lead Creator (Setup > Web-to-Lead), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:default (?:lead owner|owner of (?:the )?leads)|default owner for leads)\\b'),
    evidence: 'assumed: as for cases; the reason is documented in help 005385527',
    en: 'the user is the default owner of leads: choose another one as Default Lead Owner (Setup > Lead Settings), and run the action again',
    nl: 'de gebruiker is de standaardeigenaar van leads: kies een ander als Default Lead Owner (Setup > Lead Settings), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:default (?:case owner|owner of (?:the )?cases)|default owner for cases)\\b'),
    evidence: 'documented: help 000384586',
    en: 'the user is the default owner of cases: choose another one as Default Case Owner (Setup > Support Settings), and run the action again',
    nl: 'de gebruiker is de standaardeigenaar van cases: kies een ander als Default Case Owner (Setup > Support Settings), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:automated case (?:user|owner)|default case creator)\\b'),
    evidence: 'assumed: as for default owners; the reason is documented in help 000384586',
    en: 'the user is the one in whose name cases are changed automatically: choose another one as Automated Case User (Setup > Support Settings), and run the action again',
    nl: 'de gebruiker is degene op wiens naam cases automatisch worden gewijzigd: kies een ander als Automated Case User (Setup > Support Settings), en voer de actie opnieuw uit',
  },
  {
    form: refusal('default workflow user\\b'),
    evidence: 'documented: help 000384586',
    en: 'the user is the default workflow user: choose another one as Default Workflow User (Setup > Process Automation Settings), and run the action again',
    nl: 'de gebruiker is de standaardgebruiker van workflows: kies een ander als Default Workflow User (Setup > Process Automation Settings), en voer de actie opnieuw uit',
  },
  {
    form: refusal('receiving cases or notifications\\b'),
    evidence: 'documented: help 000383178',
    en: 'a case rule assigns to the user or notifies it, perhaps a rule that is not active: choose another one (Setup > Case Assignment Rules, Setup > Escalation Rules), and run the action again',
    nl: 'een caseregel wijst toe aan de gebruiker of stuurt hem een melding, mogelijk een regel die niet actief is: kies een ander (Setup > Case Assignment Rules, Setup > Escalation Rules), en voer de actie opnieuw uit',
  },
  {
    form: refusal('receiving leads or notifications\\b'),
    evidence: 'assumed: as for cases; the reason is documented in help 000384761',
    en: 'a lead rule assigns to the user or answers in its name, perhaps a rule that is not active: choose another one (Setup > Lead Assignment Rules, Setup > Lead Auto-Response Rules), and run the action again',
    nl: 'een leadregel wijst toe aan de gebruiker of antwoordt uit naam van de gebruiker, mogelijk een regel die niet actief is: kies een ander (Setup > Lead Assignment Rules, Setup > Lead Auto-Response Rules), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:sole |only )?recipient of\\b'),
    evidence: 'assumed: the reason is documented in Considerations for Deactivating Users',
    en: 'the user is the only recipient of an e-mail alert: add another recipient to that alert (Setup > Email Alerts), and run the action again',
    nl: 'de gebruiker is de enige ontvanger van een e-mailmelding: voeg een andere ontvanger aan die melding toe (Setup > Email Alerts), en voer de actie opnieuw uit',
  },
  {
    form: refusal('(?:delegated )?(?:approver\\b|part of an approval process\\b|in an approval process\\b)'),
    evidence: 'assumed: the reason is documented in help 005385527',
    en: 'the user approves in an approval process: choose another approver there and reassign what waits for approval (Setup > Approval Processes), and run the action again',
    nl: 'de gebruiker keurt goed in een goedkeuringsproces: kies daar een andere goedkeurder en wijs opnieuw toe wat op goedkeuring wacht (Setup > Approval Processes), en voer de actie opnieuw uit',
  },
  {
    form: refusal('portal administrator\\b'),
    evidence: 'documented: help 000386638',
    en: 'the user administers a customer or partner portal: choose another administrator there (Setup > Customer Portal Settings, Setup > Partners > Settings), and run the action again',
    nl: 'de gebruiker beheert een klant- of partnerportaal: kies daar een andere beheerder (Setup > Customer Portal Settings, Setup > Partners > Settings), en voer de actie opnieuw uit',
  },
  {
    form: /^this user is the default owner of records created by guest users\b/i,
    evidence: 'documented: help 000381030',
    en: 'the user owns what guests of a site create: choose another default owner (Setup > Sites, and Setup > All Sites > Workspaces > Administration > Preferences), and run the action again',
    nl: 'de gebruiker is eigenaar van wat gasten van een site aanmaken: kies een andere standaardeigenaar (Setup > Sites, en Setup > All Sites > Workspaces > Administration > Preferences), en voer de actie opnieuw uit',
  },
  {
    form: /^cannot (?:insert|update) a user of type guest\b/i,
    evidence: 'observed: an issue about the connector of another vendor',
    en: 'it is the guest user of a site, which Salesforce keeps itself: take the account out of what this connector manages, and switch the site off instead (Setup > All Sites)',
    nl: 'dit is de gastgebruiker van een site, die Salesforce zelf beheert: haal het account uit wat deze connector beheert, en zet in plaats daarvan de site uit (Setup > All Sites)',
  },
  {
    // Whatever else: the beginning is documented, and says that it is a refusal to deactivate.
    form: /^you cannot (?:deactivate|disable|inactivate) (?:this user|a user|the)\b/i,
    evidence: 'documented: help 000384586 (the beginning)',
    en: 'the user is still needed for what Salesforce names: choose another one there (Setup, by the name of that setting), and run the action again',
    nl: 'de gebruiker is nog nodig voor wat Salesforce noemt: kies daar een ander (Setup, op de naam van die instelling), en voer de actie opnieuw uit',
  },
]

/** Texts of what keeps a user from being deactivated. */
export const blockerForms: readonly TextForm[] = blockers.map(({ form, evidence, en, nl }) => ({
  ...blocked,
  form,
  evidence,
  advice: { en, nl },
}))
