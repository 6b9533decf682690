import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'

/** Whose scripts are tried; the first where a scenario does not say. */
export const connectors = ['salesforce-scim', 'salesforce-apex-rest'] as const
export type Connector = (typeof connectors)[number]

/** One thing that a host asks of the connector, as often as it is asked here: from the same beginning. */
export interface Scenario {
  readonly connector?: Connector
  /** As the table calls it. */
  readonly name: string
  /** The script. */
  readonly action: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** Members of the actionContext besides Configuration and DryRun. */
  readonly context?: Readonly<Record<string, unknown>>
  /** Contexts beside the actionContext. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly dialect?: Partial<Dialect>
  /** What the org is like before. */
  readonly prepare?: (org: Org) => void
  /** Takes the last seat that the action needs, and frees it again. */
  readonly seats?: { take(org: Org): void; free(org: Org): void }
  /** Fields that are a means and no end: a leaver who is inactive need not be frozen too. */
  readonly ignored?: readonly string[]
  /**
   * Its POST is never sent twice. When its answer is lost, what was done is `looked up` in the same run, or `left` to the
   * next one; what was not done is left to the next run in either case.
   */
  readonly lostPost?: 'looked up' | 'left'
  /** The answer of the write is the look back: what the org undoes after it has answered is not seen. */
  readonly trustsAnswer?: true
  /** All that it writes is a new record, which no flow here undoes. */
  readonly onlyCreates?: true
  /** The host lets an update follow where a create correlates with what an earlier one left behind. */
  readonly updatesWhatItCorrelates?: true
  /** An import has no time limit and no audit lines; it writes lines. */
  readonly isImport?: true
}

/** What the script gets on stdin. */
export function contextFor(
  scenario: Scenario,
  url: string,
  settings: Readonly<Record<string, unknown>> = {},
): object {
  const actionContext = {
    Operation: scenario.action,
    DryRun: false,
    ...scenario.context,
    Configuration: {
      BaseUrl: url,
      AuthenticationFlow: 'client_credentials',
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...scenario.settings,
      ...settings,
    },
  }
  return { actionContext, ...scenario.more }
}
