import type { Language, Verdict } from '../../errors.ts'
import type { Advice } from './catalogueEntry.ts'

/** What an answer means that names no known code, by status: as SObject REST uses them (documented: status codes). */
interface StatusEntry extends Verdict {
  readonly advice: Advice
}

const overloaded: StatusEntry = {
  class: 'transient',
  retry: 'soon',
  actor: 'nobody',
  advice: {
    en: 'see https://status.salesforce.com, check the network between the agent and Salesforce, and run the action again later',
    nl: 'kijk op https://status.salesforce.com, controleer het netwerk tussen de agent en Salesforce, en voer de actie later opnieuw uit',
  },
}

const paused: StatusEntry = {
  class: 'limit',
  retry: 'soon',
  actor: 'nobody',
  advice: {
    en: 'too many requests at this moment: run the action again',
    nl: 'te veel verzoeken op dit moment: voer de actie opnieuw uit',
  },
}

const byStatus: ReadonlyMap<number, StatusEntry> = new Map<number, StatusEntry>([
  [
    401,
    {
      class: 'rights',
      retry: 'no',
      actor: 'connector administrator',
      advice: {
        en: 'the org does not accept the token: check Configuration.BaseUrl and the policies of the app (Setup > External Client App Manager)',
        nl: 'de org accepteert het token niet: controleer Configuration.BaseUrl en het beleid van de app (Setup > External Client App Manager)',
      },
    },
  ],
  [
    403,
    {
      class: 'rights',
      retry: 'no',
      actor: 'Salesforce administrator',
      advice: {
        en: 'Salesforce refuses this to the integration user: check its rights API Enabled and Manage Users (Setup > Permission Sets)',
        nl: 'Salesforce weigert dit aan de integratiegebruiker: controleer zijn rechten API Enabled en Manage Users (Setup > Permission Sets)',
      },
    },
  ],
  [408, overloaded],
  [420, paused],
  // Not among the documented ones; a proxy in between may send it.
  [429, paused],
  [
    500,
    {
      // May be a failure of this request alone, which would fail again at once.
      class: 'transient',
      retry: 'later',
      actor: 'nobody',
      advice: {
        en: 'Salesforce failed at this request: run the action again, and if it fails again, give the error ID or this text to Salesforce Support',
        nl: 'Salesforce kon dit verzoek niet verwerken: voer de actie opnieuw uit, en geef de fout-ID of deze tekst door aan Salesforce Support als het weer misgaat',
      },
    },
  ],
  [502, overloaded],
  [503, overloaded],
  [504, overloaded],
])

const otherwise: Verdict = { class: 'unknown', retry: 'no', actor: 'connector administrator' }

/** The verdict on an answer without a known code. */
export function verdictOfStatus(status: number): Verdict {
  return byStatus.get(status) ?? otherwise
}

/** What to do next after such an answer; undefined where its status says too little. */
export function adviceOfStatus(status: number): Advice | undefined {
  return byStatus.get(status)?.advice
}

/** Said in the place of Salesforce's own words. */
export const noExplanation: Readonly<Record<Language, (status: number) => string>> = {
  en: (status) => `Salesforce answered with status ${status} and no explanation`,
  nl: (status) => `Salesforce antwoordde met status ${status} zonder uitleg`,
}
