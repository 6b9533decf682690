import type { Stage } from '../../mapping/fieldMapping.ts'
import type { Data, Person } from '../../mapping/mapFields.ts'
import type { ActionInput } from '../script/script.ts'

/** What the person of the story gets and loses, by the names that the story has for it. */
export type AccessName =
  | 'profile'
  | 'role'
  | 'permissionSet'
  | 'otherPermissionSet'
  | 'permissionSetGroup'
  | 'permissionSetLicense'
  | 'featureLicense'
  | 'publicGroup'
  | 'queue'

/** One permission as the list of permissions shows it. */
export interface Access {
  readonly DisplayName: string
  readonly Identification: { readonly Reference: string; readonly Type: string }
}

/** What the steps of the story are told of. */
export interface ScenarioContext {
  /** The connector that plays. */
  readonly connector: string
  /** What it calls the federation id. */
  readonly federationId: string
  /** Whether it does without SCIM. */
  readonly isRestAlone: boolean
  /** The settings of the connector, with the org's address among them. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** The person mapped for a stage. */
  dataOf(person: Person, stage: Stage): Data
  readonly joiner: Person
  /** The same person in another job. */
  readonly mover: Person
  /** What can be granted in the org. */
  readonly access: Readonly<Record<AccessName, Access>>
  /** The account of the person's manager. */
  readonly manager: string
  /** The id of an account that the org never had. */
  readonly stranger: string
}

/** How a step ends when all is well. */
export interface Ending {
  readonly exitCode: 0 | 1
  /** The Action of the first audit line. */
  readonly audit: string
  /** Whether anything is written in the org. */
  readonly writes: boolean
  /** Create only. */
  readonly correlated?: boolean
}

/** One run of a script in the life of an account. */
export interface Step {
  readonly title: string
  /** What the host asks for, and why. */
  readonly says: string
  /** The same of a connector that does not speak SCIM; absent where nothing is other. */
  readonly saysOverRest?: string
  readonly action: string
  readonly isDryRun: boolean
  /** What the script gets; `account` is the reference that create returned. */
  input(cast: ScenarioContext, account: string): ActionInput
  readonly ends: Ending
}
