import { type CatalogueEntry, judged, type TextForm } from './catalogueEntry.ts'

/** Codes that Salesforce uses for a value that does not fit, whatever is wrong with it: the field says more than the code. */
const generalCodes: readonly string[] = [
  'FIELD_INTEGRITY_EXCEPTION',
  'UNKNOWN_EXCEPTION',
  'INVALID_INPUT',
  '',
]

const byMapping = { class: 'validation', retry: 'no', actor: 'connector administrator' } as const
const byAdministrator = { class: 'validation', retry: 'no', actor: 'Salesforce administrator' } as const

const place = {
  en: 'the org has lists of countries and states, and the value is not in them: map the name or code that the org has, or have it added (Setup > State and Country/Territory Picklists)',
  nl: 'de org heeft lijsten van landen en staten, en de waarde staat daar niet in: gebruik in de mapping de naam of code die de org heeft, of laat die toevoegen (Setup > State and Country/Territory Picklists)',
}

const stateWithoutCountry = {
  en: 'a state needs its country: map the country together with the state, or map neither (Setup > State and Country/Territory Picklists)',
  nl: 'een staat heeft een land nodig: neem het land samen met de staat op in de mapping, of geen van beide (Setup > State and Country/Territory Picklists)',
}

const stateOfAnotherCountry = {
  en: 'the org does not have this state for the country of the account: map a country and a state that belong together, or have the state added (Setup > State and Country/Territory Picklists)',
  nl: 'de org kent deze staat niet bij het land van het account: gebruik in de mapping een land en een staat die bij elkaar horen, of laat de staat toevoegen (Setup > State and Country/Territory Picklists)',
}

const userNameForm = {
  en: 'the userName must have the form of an e-mail address, without spaces or accents, and at most 80 characters: correct it in the mapping',
  nl: 'de userName moet de vorm van een e-mailadres hebben, zonder spaties of accenten, en hoogstens 80 tekens lang zijn: corrigeer dit in de mapping',
}

const email = {
  en: 'Salesforce does not accept this e-mail address: correct it in the source system or in the mapping',
  nl: 'Salesforce accepteert dit e-mailadres niet: corrigeer het in het bronsysteem of in de mapping',
}

const manager = {
  en: 'this user cannot be the manager of the account: nobody can be their own manager, directly or through others. Correct who the manager is in the source system',
  nl: 'deze gebruiker kan niet de manager van het account zijn: niemand kan zijn eigen manager zijn, ook niet via anderen. Corrigeer in het bronsysteem wie de manager is',
}

const noRole = {
  en: "the account's user license does not allow a role: map no role for such accounts, or a profile of a license that allows one (Setup > Profiles)",
  nl: 'de gebruikerslicentie van het account staat geen rol toe: neem voor zulke accounts geen rol op in de mapping, of een profiel van een licentie die er een toestaat (Setup > Profiles)',
}

const contactWithoutAccount = {
  en: 'the contact belongs to no account: give it an account in Salesforce, and run the action again',
  nl: 'het contact hoort bij geen account: koppel het in Salesforce aan een account, en voer de actie opnieuw uit',
}

/** What a fault of a general code means by the field that it names, as the API spells it, in lower case. */
const byField: Readonly<Record<string, CatalogueEntry>> = {
  ...judged(byMapping, {
    country: place,
    countrycode: place,
    state: place,
    statecode: place,
    username: userNameForm,
    userroleid: noRole,
  }),
  ...judged({ ...byMapping, actor: 'HR data' }, { email, managerid: manager }),
}

/** The entry for a fault that has a general code and names one field, or several that mean the same. */
export function explainField(errorCode: string, fields: readonly string[]): CatalogueEntry | undefined {
  if (!generalCodes.includes(errorCode)) return undefined
  const entries = new Set(fields.map((field) => byField[field.toLowerCase()]?.advice))
  const [field = ''] = fields
  return entries.size === 1 ? byField[field.toLowerCase()] : undefined
}

/** Refusals that come with a general code, or with several, and that Salesforce tells apart by its text alone. */
export const integrityForms: readonly TextForm[] = [
  {
    form: /^you can only assign users to permission set groups that have the .{0,8}updated.{0,8} status/i,
    evidence: 'observed: pull requests of two public repositories; the code is not known',
    class: 'lock',
    retry: 'soon',
    actor: 'nobody',
    advice: {
      en: 'Salesforce is recalculating the permission set group: run the action again in some minutes, and if it stays so, look at the status of the group (Setup > Permission Set Groups; a group that failed needs the administrator)',
      nl: 'Salesforce is de Permission Set Group aan het herberekenen: voer de actie over enkele minuten opnieuw uit, en kijk naar de status van de groep als het zo blijft (Setup > Permission Set Groups; een groep met de status Failed heeft de beheerder nodig)',
    },
  },
  {
    form: /^portal account owner must have a role/i,
    evidence: 'documented: help 000385901 and 000389462',
    ...byAdministrator,
    advice: {
      en: "the owner of the contact's account has no role: give that user a role (Setup > Users), and run the action again",
      nl: 'de eigenaar van het account van het contact heeft geen rol: geef die gebruiker een rol (Setup > Users), en voer de actie opnieuw uit',
    },
  },
  {
    form: /^a country(?:\/territory)? must be specified before specifying a state value/i,
    evidence: 'observed: issue reports of integrations; help state_country_picklists',
    ...byMapping,
    advice: stateWithoutCountry,
  },
  {
    form: /^the existing country(?:\/territory)? doesn.{1,6}t recognize the state value/i,
    evidence: 'observed: troubleshooting pages of another vendor',
    ...byMapping,
    advice: stateOfAnotherCountry,
  },
  {
    form: /^there.{1,6}s a problem with this (?:country|state|territory)/i,
    evidence: 'observed: issue reports of integrations',
    ...byMapping,
    advice: place,
  },
  {
    form: /^(?:(?:country|state)(?:\/(?:territory|province))?(?: code)?: )?invalid (?:country|state|territory)(?:\/(?:territory|province))?(?: code)?\b/i,
    evidence: 'assumed: as for the sentence above, with a code that is not in the list',
    ...byMapping,
    advice: place,
  },
  {
    form: /^(?:e-?mail: )?invalid e-?mail address[:,.]? ?.{0,120}?must be in (?:the |one of the )?(?:following |allowed )?domain/i,
    evidence: 'documented: help 000187224 and 000240756',
    ...byAdministrator,
    advice: {
      en: "the org allows other e-mail domains than the account's: add the domain to those that are allowed (Setup > Allowed Email Domains), or change the e-mail address of the account",
      nl: 'de org staat het e-maildomein van het account niet toe: voeg het domein toe aan de toegestane domeinen (Setup > Allowed Email Domains), of wijzig het e-mailadres van het account',
    },
  },
  {
    form: /^(?:user ?name: )?(?:the )?(?:user ?name|username) (?:must be in the form of|is not|isn.{1,6}t) (?:an? )?(?:valid )?e-?mail address/i,
    evidence: 'observed: "The Username must be in the form of an email address" in provisioning logs',
    ...byMapping,
    advice: userNameForm,
  },
  {
    form: /^username: invalid e-?mail address/i,
    evidence: 'observed: issue reports of deployment tools',
    ...byMapping,
    advice: userNameForm,
  },
  {
    form: /^(?:role id: )?(?:this|the) (?:user license|profile) (?:can ?not|does not|doesn.{1,6}t) (?:have|allow) a role/i,
    evidence: 'assumed: documented is that Chatter and some external licenses have no role',
    ...byMapping,
    advice: noRole,
  },
  {
    form: /^(?:contact id: )?(?:the |a )?(?:portal user.{1,6}s )?contact must (?:belong to|have|be associated with) an account/i,
    evidence: 'assumed: the reason is documented in the object reference (User.ContactId)',
    ...byAdministrator,
    advice: contactWithoutAccount,
  },
  {
    form: /^(?:manager(?: id)?: )?(?:a )?user can ?not be (?:its|his|their) own manager|^circular manager/i,
    evidence: 'assumed: the reason is general knowledge, the text is not published',
    ...byMapping,
    actor: 'HR data',
    advice: manager,
  },
]
