import { type CatalogueTable, judged, type TextForm } from './catalogueEntry.ts'

/** Codes of an org that cannot or will not answer now: overload, locks, limits, seats. */
export const limitCodes: CatalogueTable = {
  ...judged(
    { class: 'transient', retry: 'soon', actor: 'nobody' },
    {
      SERVER_UNAVAILABLE: {
        en: 'Salesforce is overloaded: nothing has to be changed, run the action again',
        nl: 'Salesforce is overbelast: er hoeft niets te worden aangepast, voer de actie opnieuw uit',
      },
    },
  ),
  ...judged(
    { class: 'transient', retry: 'later', actor: 'nobody' },
    {
      ORG_LOCKED: {
        en: 'the org is locked for the moment: see https://status.salesforce.com and run the action again later',
        nl: 'de org is tijdelijk vergrendeld: kijk op https://status.salesforce.com en voer de actie later opnieuw uit',
      },
      ORG_IN_MAINTENANCE: {
        en: 'the org is in maintenance: see https://status.salesforce.com and run the action again later',
        nl: 'de org is in onderhoud: kijk op https://status.salesforce.com en voer de actie later opnieuw uit',
      },
      INVALID_QUERY_LOCATOR: {
        en: 'reading the list took so long that Salesforce gave it up: run the action again',
        nl: 'het lezen van de lijst duurde zo lang dat Salesforce ermee is gestopt: voer de actie opnieuw uit',
      },
    },
  ),
  ...judged(
    { class: 'lock', retry: 'soon', actor: 'nobody' },
    {
      UNABLE_TO_LOCK_ROW: {
        en: 'another change holds the record at this moment: run the action again, and if this happens often, let large data loads run at another time',
        nl: 'een andere wijziging blokkeert het record op dit moment: voer de actie opnieuw uit, en laat grote gegevensimporten op een ander tijdstip draaien als dit vaker gebeurt',
      },
    },
  ),
  ...judged(
    // Rolling 24 hours (documented): waiting inside an action frees nothing.
    { class: 'limit', retry: 'later', actor: 'Salesforce administrator' },
    {
      REQUEST_LIMIT_EXCEEDED: {
        en: "the org's API requests of the last 24 hours are used up: find out which integration uses them (Setup > Company Information > API Requests, Last 24 Hours), have the limit raised or wait, and run the action again",
        nl: 'de API-verzoeken van de org over de laatste 24 uur zijn op: zoek uit welke koppeling ze verbruikt (Setup > Company Information > API Requests, Last 24 Hours), laat de limiet verhogen of wacht, en voer de actie daarna opnieuw uit',
      },
    },
  ),
  ...judged(
    { class: 'licence', retry: 'no', actor: 'Salesforce administrator' },
    {
      LICENSE_LIMIT_EXCEEDED: {
        en: 'no seat of the licence is left: deactivate a user who does not need it, or buy more (Setup > Company Information > User Licenses)',
        nl: 'er is geen licentie meer vrij: deactiveer een gebruiker die er geen nodig heeft, of koop licenties bij (Setup > Company Information > User Licenses)',
      },
      // Seats of permission set licences and feature licences end in this code too (general knowledge).
      LIMIT_EXCEEDED: {
        en: 'no seat of the permission set licence or feature licence is left: take one from a user who does not need it, or buy more (Setup > Company Information > Permission Set Licenses)',
        nl: 'er is geen plaats meer vrij op de Permission Set License of Feature License: neem er een af van een gebruiker die hem niet nodig heeft, of koop bij (Setup > Company Information > Permission Set Licenses)',
      },
    },
  ),
}

/** The same told by text. */
export const limitForms: readonly TextForm[] = [
  {
    // Whatever the text: what is used up for 24 hours comes as a 403.
    form: /^/,
    only: { errorCode: 'REQUEST_LIMIT_EXCEEDED', status: 429 },
    evidence: 'assumed: a 429 asks for a pause (RFC 6585)',
    class: 'limit',
    retry: 'soon',
    actor: 'nobody',
    advice: {
      en: 'too many requests at this moment: run the action again, and if this happens often, let fewer actions run at the same time',
      nl: 'te veel verzoeken op dit moment: voer de actie opnieuw uit, en laat minder acties tegelijk draaien als dit vaker gebeurt',
    },
  },
  {
    form: /^ConcurrentRequests\b/i,
    only: { errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    evidence: 'documented: REST API Developer Guide, status codes and error responses',
    class: 'limit',
    retry: 'soon',
    actor: 'nobody',
    advice: {
      en: 'too many long requests run in the org at this moment: run the action again, and if this happens often, let fewer integrations run at the same time',
      nl: 'er lopen op dit moment te veel lange verzoeken in de org: voer de actie opnieuw uit, en laat minder koppelingen tegelijk draaien als dit vaker gebeurt',
    },
  },
  {
    form: /^(?:group membership operation already in progress|could not acquire lock)\b/i,
    evidence:
      'documented: Designing Record Access for Enterprise Scale, Group Membership Locking; observed with UNKNOWN_EXCEPTION in logs of another provisioning driver',
    class: 'lock',
    retry: 'soon',
    actor: 'nobody',
    advice: {
      en: 'another change to roles, groups or territories is going on in the org: run the action again, and if this happens often, plan reorganisations of roles and groups outside the hours of provisioning',
      nl: 'er loopt in de org een andere wijziging van rollen, groepen of territories: voer de actie opnieuw uit, en plan reorganisaties van rollen en groepen buiten de uren van de provisioning als dit vaker gebeurt',
    },
  },
  {
    form: /^unable to obtain exclusive access to this record\b/i,
    evidence: 'observed: provisioning logs',
    class: 'lock',
    retry: 'soon',
    actor: 'nobody',
    advice: {
      en: 'another change holds the record at this moment: run the action again, and if this happens often, let large data loads run at another time',
      nl: 'een andere wijziging blokkeert het record op dit moment: voer de actie opnieuw uit, en laat grote gegevensimporten op een ander tijdstip draaien als dit vaker gebeurt',
    },
  },
  {
    form: /^Can[^t ]{1,6}t assign permission set .{1,200}? to user .{1,200}?\. The user license doesn[^t ]{1,6}t allow the permission/i,
    evidence: 'observed: issue reports of deployment tools',
    class: 'licence',
    retry: 'no',
    actor: 'Salesforce administrator',
    advice: {
      en: "the permission set does not fit the account's user licence: grant another one, or give the account a profile of a licence that allows it (Setup > Permission Sets, Setup > Profiles)",
      nl: 'de Permission Set past niet bij de gebruikerslicentie van het account: ken een andere toe, of geef het account een profiel van een licentie die hem toestaat (Setup > Permission Sets, Setup > Profiles)',
    },
  },
]
