import type { RestApi } from '../salesforce/rest/restApi.ts'
import type { Settings } from './settings/settings.ts'

/** An account, as far as every connector knows it. */
export interface Account {
  /** Its 18-character id. */
  readonly id: string
}

/** The org as every connector sees it. Opening it sends nothing; in a preview nothing that writes is sent. */
export interface Org<User extends Account = Account> {
  readonly settings: Settings
  /** Whether nothing may be written. */
  readonly isPreview: boolean
  /** SObject REST and SOQL. */
  readonly rest: RestApi
  /** The account, or undefined when it certainly does not exist. */
  findUser(id: string): Promise<User | undefined>
  /** The id of the user that the connector signs in as; undefined where the sign-in does not tell. */
  ownId(): Promise<string | undefined>
  /** Does what the action is not about, so that `share` of its time is left afterwards (shared/host/timeBudget.ts). */
  reserving<Answer>(share: number, work: () => Promise<Answer>): Promise<Answer>
}
