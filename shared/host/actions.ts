import { log } from '../log.ts'
import type { ActionInput } from './context.ts'
import { type ActionResult, type AuditAction, failed, succeeded } from './result.ts'

/** The connector's name in audit lines. */
const target = 'Salesforce'

interface ActionKind {
  /** The Action of its audit lines; the uniqueness check and the list of permissions have none. */
  readonly audit: AuditAction | undefined
  /** Completes "Could not … account", or "Could not …" where it is about no account. */
  readonly attempt: string
  readonly isAboutNoAccount?: true
  /** Whether an account that does not exist any more means that there is nothing left to do. */
  readonly whenGone: 'succeeds' | 'fails'
  /** Whether audit lines say who initiated it: also reconciliation runs these. */
  readonly namesOrigin: boolean
}

/** What the host expects of each action: the one place where it is written down. */
export const actions = {
  create: {
    audit: 'CreateAccount',
    attempt: `create or correlate ${target}`,
    whenGone: 'fails',
    namesOrigin: false,
  },
  update: { audit: 'UpdateAccount', attempt: `update ${target}`, whenGone: 'fails', namesOrigin: false },
  enable: { audit: 'EnableAccount', attempt: `enable ${target}`, whenGone: 'fails', namesOrigin: false },
  disable: { audit: 'DisableAccount', attempt: `disable ${target}`, whenGone: 'succeeds', namesOrigin: true },
  delete: { audit: 'DeleteAccount', attempt: `delete ${target}`, whenGone: 'succeeds', namesOrigin: true },
  uniquenessCheck: {
    audit: undefined,
    attempt: `check the uniqueness of ${target}`,
    whenGone: 'fails',
    namesOrigin: false,
  },
  grantPermission: {
    audit: 'GrantPermission',
    attempt: `grant ${target} permission for`,
    whenGone: 'fails',
    namesOrigin: false,
  },
  revokePermission: {
    audit: 'RevokePermission',
    attempt: `revoke ${target} permission from`,
    whenGone: 'succeeds',
    namesOrigin: true,
  },
  listPermissions: {
    audit: undefined,
    attempt: `list ${target} permissions`,
    isAboutNoAccount: true,
    whenGone: 'fails',
    namesOrigin: false,
  },
  resources: {
    audit: 'CreateResource',
    attempt: `create ${target} resources`,
    isAboutNoAccount: true,
    whenGone: 'fails',
    namesOrigin: false,
  },
  import: {
    audit: undefined,
    attempt: `import ${target} accounts`,
    isAboutNoAccount: true,
    whenGone: 'fails',
    namesOrigin: false,
  },
  importPermissions: {
    audit: undefined,
    attempt: `import ${target} permissions`,
    isAboutNoAccount: true,
    whenGone: 'fails',
    namesOrigin: false,
  },
  /** One script for grant, update and revoke: once it is known which, it is told as that (see subPermissionChange.ts). */
  subPermissions: {
    audit: 'UpdatePermission',
    attempt: `manage ${target} sub-permissions of`,
    whenGone: 'fails',
    namesOrigin: true,
  },
} as const satisfies Record<string, ActionKind>

export type ActionName = keyof typeof actions

/** One run of an action: what the host sent, and the process it runs in. */
export interface Call {
  readonly name: ActionName
  readonly input: ActionInput
  /** When the action began, in milliseconds on the process's own clock: 0 for a script. */
  readonly startedAt: number
  /** Runs when the action has ended, however it ended: closes what was opened. */
  onEnd(close: () => void): void
  /** Only in a process that runs many actions, side by side. */
  readonly shared?: Shared
}

/**
 * What the actions of one process share, connections for example: opened by the first that asks, for as many actions as may
 * run at once, and closed when the last has ended.
 */
export type Shared = <T extends { close(): void }>(open: (concurrency: number) => T) => T

/** Whether nothing may be written. */
export function isDryRun({ input }: Call): boolean {
  return input.actionContext.DryRun
}

/** An action as a function: a result for every outcome that the host can act on, an error for what stopped it. */
export type Action = (call: Call) => Promise<ActionResult>

/** The end of an audit line: who initiated the action, where the host wants that said. */
export function initiatedBy({ name, input }: Pick<Call, 'name' | 'input'>): string {
  return actions[name].namesOrigin
    ? `. Action initiated by: [${input.actionContext.Origin ?? 'enforcement'}]`
    : ''
}

/** The result when the account does not exist any more: success for an action that takes something away. */
export function accountNotFound(call: Call, reference: string): ActionResult {
  const { audit, whenGone } = actions[call.name]
  const message = `${target} account: [${reference}] could not be found, indicating that it may have been deleted${initiatedBy(call)}`
  if (whenGone === 'succeeds') return succeeded(audit, message)
  log('error', message, { error: { code: 'NOT_FOUND' } })
  return failed(audit, message)
}

/** The result for an error: one sentence with the account, the reason and who initiated it. */
export function failureFor(call: Pick<Call, 'name' | 'input'>, reason: string): ActionResult {
  const { audit, attempt, isAboutNoAccount }: ActionKind = actions[call.name]
  const reference = call.input.actionContext.References?.Account
  const account =
    typeof reference === 'string' && reference !== '' ? ` account: [${reference.slice(0, 80)}]` : ' account'
  const what = isAboutNoAccount === true ? attempt : attempt + account
  const origin = initiatedBy(call)
  return failed(
    audit,
    `Could not ${what}. Error: ${origin === '' ? reason : reason.replace(/\.$/, '')}${origin}`,
  )
}
