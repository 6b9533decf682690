import type { TargetError } from '../shared/errors.ts'
import { isNotShown } from '../shared/salesforce/rest/unseen.ts'
import { fieldText, type Row } from '../shared/salesforce/rest/rowPages.ts'
import { isObject, type JsonObject } from '../shared/validate.ts'
import { type Finding, findingsOf } from './finding.ts'
import { type ExaminedOrg, isError } from './examineOrg.ts'
import type { FindingCode } from './remedies.ts'

/** What was read to see what the integration user may do: rows, or why there are none. */
export interface RightsEvidence {
  /** UserPermissionAccess: the one row of what the caller may do. */
  readonly access: Row[] | TargetError | undefined
  readonly logins: Row[] | TargetError | undefined
  /** PermissionSetGroupComponent, which View Setup and Configuration alone shows. */
  readonly components: Row[] | TargetError | undefined
  readonly description: JsonObject | TargetError
}

interface Right {
  readonly label: string
  /** In UserPermissionAccess, behind `Permissions`. */
  readonly name: string
  readonly code: FindingCode
  /** What it is for. */
  readonly needed: string
  /** Whether a harmless read shows that the user has it; undefined where none does. */
  shown(evidence: RightsEvidence): boolean | undefined
}

const isRead = (rows: Row[] | TargetError | undefined): boolean | undefined => {
  if (rows === undefined || !isError(rows)) return rows && true
  return isNotShown(rows) ? false : undefined
}

/** Whether User shows a field that a right shows; undefined where User is not described. */
const showsField = (description: RightsEvidence['description'], name: string): boolean | undefined => {
  const fields = isError(description) ? undefined : description['fields']
  return Array.isArray(fields) && fields.length > 0
    ? fields.some((field) => isObject(field) && field['name'] === name)
    : undefined
}

/**
 * The rights that the actions need; that the API is enabled at all, its answers have shown. Documented, Special Access Rules:
 * User (Manage Internal Users), UserLogin (Manage Users), PermissionSetAssignment (Assign Permission Sets to write).
 * Observed by administrators: View Setup and Configuration shows PermissionSetGroupComponent and User.ProfileId.
 */
const rights: readonly Right[] = [
  {
    label: 'Manage Users',
    name: 'ManageUsers',
    code: 'MANAGE_USERS_MISSING',
    needed: 'to freeze, and for roles, groups and queues',
    shown: ({ logins }) => isRead(logins),
  },
  {
    label: 'Manage Internal Users',
    name: 'ManageInternalUsers',
    code: 'MANAGE_INTERNAL_USERS_MISSING',
    needed: 'to create and change users',
    shown: ({ description }) => (isError(description) ? undefined : description['createable'] === true),
  },
  {
    label: 'Assign Permission Sets',
    name: 'AssignPermissionSets',
    code: 'ASSIGN_PERMISSION_SETS_MISSING',
    needed: 'to grant and revoke permissions',
    shown: () => undefined,
  },
  {
    label: 'View Setup',
    name: 'ViewSetup',
    code: 'VIEW_SETUP_MISSING',
    needed: 'to see profiles, and who has which permission',
    shown: ({ components, description }) =>
      showsField(description, 'ProfileId') === false ? false : isRead(components),
  },
]

/** The rights that a refused read can be explained by, as Setup labels them, by the finding that says so. */
const setupLabels: Readonly<Partial<Record<FindingCode, string>>> = {
  MANAGE_USERS_MISSING: 'Manage Users',
  MANAGE_INTERNAL_USERS_MISSING: 'Manage Internal Users',
  ASSIGN_PERMISSION_SETS_MISSING: 'Assign Permission Sets',
  VIEW_SETUP_MISSING: 'View Setup and Configuration',
}

/** The rights that findings say are missing, as Setup labels them. */
export function missingRights(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ code }) => (code === undefined ? [] : (setupLabels[code] ?? []))))
}

/** Documented: UserPermissionAccess is about the current user, whoever asks. */
export const rightsQueries = {
  access: `SELECT ${rights.map(({ name }) => `Permissions${name}`).join(', ')} FROM UserPermissionAccess`,
  logins: 'SELECT Id FROM UserLogin LIMIT 1',
  components: 'SELECT Id FROM PermissionSetGroupComponent LIMIT 1',
} as const

/**
 * What the integration user may do, by what Salesforce says of it and by reads that need the right. Where the two
 * contradict each other, the right is missing: a read that is refused is refused for the actions as well.
 */
export function examineRights({ settings }: ExaminedOrg, evidence: RightsEvidence): Finding[] {
  const { ok, failed, skipped } = findingsOf('rights', settings.language)
  const row = Array.isArray(evidence.access) ? evidence.access[0] : undefined
  return rights.map((right) => {
    const { label, name, code, needed } = right
    const said = fieldText(row, `Permissions${name}`)
    const shown = right.shown(evidence)
    if (said === 'false' || (said === '' && shown === false)) {
      return failed(label, code, `the integration user does not have it: needed ${needed}`)
    }
    if (shown === false)
      return failed(label, code, `Salesforce says that the user has it, and refuses a read that needs it`)
    return said === '' && shown === undefined
      ? skipped(label, 'Salesforce does not tell, and no harmless read shows it')
      : ok(label, needed)
  })
}
