import { type Call, failureFor, accountNotFound, isDryRun } from '../../host/actions.ts'
import type { ActionResult, AuditLog } from '../../host/result.ts'
import { ConnectorError, evidenceOf } from '../../errors.ts'
import { log } from '../../log.ts'
import { readLogin, setFrozen, type UserLogin } from './freeze.ts'
import type { JsonObject } from '../../validate.ts'
import type { Account, Org } from '../commonOrg.ts'
import { accountReference } from '../reference.ts'
import { switched } from './accountResults.ts'
import {
  changeFreeze,
  type LiftableFreeze,
  noteForeignFreeze,
  readBackFreeze,
  readLiftableFreeze,
} from './freezes.ts'
import { settleHoldings } from './holdings.ts'
import { refuseOwnAccount } from './integrationUser.ts'

/** Of the action's time, what a freeze leaves to the deactivation that it only goes before. */
const keptForDeactivation = 0.5

/** How a connector reads and changes whether an account is active. Lines are told in the result; none of them throws. */
export interface ActiveAccounts<User extends Account> {
  /** Throws where it cannot be told. */
  isActive(user: User): Promise<boolean>
  /** The account as the host is told of it. */
  show(user: User, isActive: boolean): JsonObject
  /** Changes it and gives the account as the answer shows it; in a preview, what nothing is known of. */
  setActive(id: string, active: boolean): Promise<User>
  /** The account as it is after a write that was answered with `answered`. */
  readBack(answered: User): Promise<User>
  /** What a leaver hands over before the deactivation. */
  transferRecords?(user: User): Promise<readonly AuditLog[]>
  /** What ends when a leaver cannot sign in any more: at once after the freeze, otherwise after the deactivation. */
  onLockedOut?(user: User): Promise<readonly AuditLog[]>
  /** What follows when somebody is let in; `before` is the account as it was, which may have been active already. */
  onEnabled?(before: User): Promise<readonly AuditLog[]>
}

/** Lets the user in: active, and not frozen. A freeze that somebody else set stays, and then so does everything else. */
export async function enableAccount<User extends Account>(
  call: Call,
  org: Org<User>,
  accounts: ActiveAccounts<User>,
): Promise<ActionResult> {
  const reference = accountReference(call)
  await refuseOwnAccount(org, reference)
  const user = await org.findUser(reference)
  if (user === undefined) return accountNotFound(call, reference)

  const isActive = await accounts.isActive(user)
  const freeze = await readLiftableFreeze(org, reference, isActive)
  const PreviousData = accounts.show(user, isActive)
  const greet = async (): Promise<readonly AuditLog[]> => (await accounts.onEnabled?.(user)) ?? []
  const notes = freezeNotes(call, org, freeze)
  if (isActive && freeze === undefined) {
    const members = { Data: PreviousData, PreviousData }
    return withLines(
      switched(call, reference, { outcome: 'already', to: 'active', notes }, members),
      // What an earlier run did not get to do is left to do.
      await greet(),
    )
  }
  if (isDryRun(call)) {
    const Data = accounts.show(user, true)
    const lines = isActive ? [] : await settleHoldings(org, reference, org.settings.onEnable)
    if (!isActive) await write(org, accounts, reference, true)
    if (freeze !== undefined) await setFrozen(org.rest, freeze.login, false)
    const members = { Data, PreviousData }
    const onEnabled = await greet()
    const to = isActive ? 'unfrozen' : 'active'
    return withLines(switched(call, reference, { outcome: 'planned', to, notes }, members), [
      ...lines,
      ...onEnabled,
    ])
  }
  // Permissions of an earlier employment go before the user can come in.
  const lines = isActive ? [] : await settleHoldings(org, reference, org.settings.onEnable)
  if (lines.some(({ IsError }) => IsError)) {
    return withLines(
      failureFor(
        call,
        'not all permissions of an earlier employment could be revoked, so that the account stays inactive; run this again when that is mended',
      ),
      lines,
    )
  }
  const after = isActive ? user : await write(org, accounts, reference, true)
  if (freeze !== undefined) await changeFreeze(org, reference, freeze.login, false)
  const onEnabled = await greet()
  const members = { Data: accounts.show(after, true), PreviousData }
  return withLines(switched(call, reference, { outcome: 'done', to: 'active', notes }, members), [
    ...lines,
    ...onEnabled,
  ])
}

/** What enable says of a freeze: that it is lifted, whose it was, or that SCIM alone cannot see any. */
function freezeNotes(call: Call, { settings }: Org, freeze: LiftableFreeze | undefined): string[] {
  if (!settings.useRestApi) {
    return [
      'Whether the account is frozen is not known: SCIM does not show it, and Configuration.UseRestApi is false',
    ]
  }
  if (freeze === undefined) return []
  const author =
    freeze.foreignAuthor === undefined
      ? ''
      : `: the freeze was set by ${freeze.foreignAuthor}, and Configuration.UnfreezeForeign lifts every freeze`
  return [(isDryRun(call) ? 'It would be unfrozen' : 'It was frozen and is not any more') + author]
}

/** Keeps the user out, as `DisableMode` says; `delete` always deactivates. Reconciliation sends neither Data nor person. */
export async function disableAccount<User extends Account>(
  call: Call,
  org: Org<User>,
  accounts: ActiveAccounts<User>,
): Promise<ActionResult> {
  const reference = accountReference(call)
  await refuseOwnAccount(org, reference)
  const user = await org.findUser(reference)
  if (user === undefined) return accountNotFound(call, reference)

  const isActive = await accounts.isActive(user)
  const PreviousData = accounts.show(user, isActive)
  const onlyFreezes = call.name === 'disable' && org.settings.disableMode === 'freeze'
  const same = { Data: PreviousData, PreviousData }
  const end = async (): Promise<readonly AuditLog[]> => (await accounts.onLockedOut?.(user)) ?? []
  const transferRecords = async (): Promise<readonly AuditLog[]> =>
    onlyFreezes ? [] : ((await accounts.transferRecords?.(user)) ?? [])
  const settleAfterwards = (): Promise<readonly AuditLog[]> =>
    settleHoldings(org, reference, org.settings.onDisable)
  // What an earlier run did not get to do is left to do.
  const already = async (to: 'inactive' | 'frozen', notes: readonly string[] = []): Promise<ActionResult> => {
    const lines = [...(await end()), ...(await transferRecords()), ...(await settleAfterwards())]
    return withLines(switched(call, reference, { outcome: 'already', to, notes }, same), lines)
  }
  if (!isActive) return already('inactive')
  const login = onlyFreezes
    ? await readLogin(org.rest, reference)
    : org.settings.disableMode === 'deactivate'
      ? undefined
      : await org.reserving(keptForDeactivation, () => findLogin(org, reference))
  const to = onlyFreezes ? 'frozen' : 'inactive'
  const notes = await org.reserving(keptForDeactivation, () => noteForeignFreeze(org, login))
  if (onlyFreezes && login?.isFrozen === true) return already('frozen', notes)
  if (isDryRun(call)) {
    await freeze(org, reference, login, onlyFreezes)
    const lines = [...(await end()), ...(await transferRecords())]
    if (!onlyFreezes) await write(org, accounts, reference, false)
    const members = { Data: accounts.show(user, onlyFreezes), PreviousData }
    return withLines(switched(call, reference, { outcome: 'planned', to, notes }, members), [
      ...lines,
      ...(await settleAfterwards()),
    ])
  }

  const isFrozen = await freeze(org, reference, login, onlyFreezes)
  // Who is frozen cannot come in again, so that what is still open ends before anything else takes time.
  const ended = isFrozen ? await end() : []
  if (onlyFreezes) {
    const lines = [...ended, ...(await settleAfterwards())]
    const frozen = ['The account is frozen and keeps its licence']
    return withLines(switched(call, reference, { outcome: 'done', to, notes: frozen }, same), lines)
  }
  const before = [...ended, ...(await transferRecords())]
  let after: User
  try {
    after = await write(org, accounts, reference, false)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const lines = [...before, ...(isFrozen ? [] : await end())]
    if (org.settings.disableMode === 'deactivate' && lines.length === 0) throw error
    log('error', `${error.code}: ${error.message}`, evidenceOf(error))
    // Read back before it is claimed: a flow of the org may have lifted the freeze since.
    const freeze = !isFrozen ? 'refused' : await howItStayed(org, reference)
    return withLines(failureFor(call, stillActive(error.message, org, freeze, notes)), lines)
  }
  const lines = [...before, ...(isFrozen ? [] : await end()), ...(await settleAfterwards())]
  const members = { Data: accounts.show(after, false), PreviousData }
  return withLines(switched(call, reference, { outcome: 'done', to, notes }, members), lines)
}

/** What is known of a freeze that went before a deactivation. */
type FreezeOutcome = 'refused' | 'frozen' | 'lifted' | 'unknown'

async function howItStayed(org: Org, reference: string): Promise<FreezeOutcome> {
  const isFrozen = await readBackFreeze(org, reference)
  return isFrozen === undefined ? 'unknown' : isFrozen ? 'frozen' : 'lifted'
}

/** Why an account is still active, and whether its user can get in. */
function stillActive(
  reason: string,
  { settings }: Org,
  freeze: FreezeOutcome,
  notes: readonly string[],
): string {
  const texts = {
    frozen: 'The account is frozen, so that nobody can sign in with it; run this again when that is mended',
    lifted:
      'The account was frozen and is not any more: something in the org lifted the freeze, and whoever has its password can sign in',
    unknown:
      'Salesforce accepted a freeze of the account, but whether it is frozen cannot be read: look at it in Salesforce (Setup > Users > Users), and run this again',
    refused: 'The account could not be frozen either: whoever has its password can still sign in',
  }
  if (freeze === 'refused' && settings.disableMode === 'deactivate') return reason
  return [reason, texts[freeze], ...notes].join('. ')
}

/** Freezes first: it is quick and never refused. What stands in its way must not keep a deactivation from being tried. */
async function freeze(
  org: Org,
  reference: string,
  login: UserLogin | undefined,
  isAll: boolean,
): Promise<boolean> {
  if (login?.isFrozen === true) return true
  if (login === undefined) {
    if (!isAll) return false
    throw new ConnectorError(
      'REJECTED',
      `account [${reference}] cannot be frozen: it has no sign-in of its own, as guest users have none. Set Configuration.DisableMode deactivate for it`,
    )
  }
  try {
    await (isAll
      ? changeFreeze(org, reference, login, true)
      : org.reserving(keptForDeactivation, () => setFrozen(org.rest, login, true)))
    return true
  } catch (error) {
    if (isAll || !(error instanceof ConnectorError)) throw error
    log('warning', `The account could not be frozen first: ${error.message}`)
    return false
  }
}

/** The sign-in, where the REST API shows it; not being able to see it keeps nothing else from being done. */
async function findLogin(org: Org, reference: string): Promise<UserLogin | undefined> {
  if (!org.settings.useRestApi) return undefined
  try {
    return await readLogin(org.rest, reference)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `Whether the account is frozen cannot be seen: ${error.message}`)
    return undefined
  }
}

async function write<User extends Account>(
  org: Org<User>,
  accounts: ActiveAccounts<User>,
  reference: string,
  active: boolean,
): Promise<User> {
  const changed = await accounts.setActive(reference, active)
  // A leaver whom the org lets in again must not be called gone.
  if (org.isPreview) return changed
  const isDone = (await accounts.isActive(changed)) === active
  const after = active || !isDone ? changed : await accounts.readBack(changed)
  if ((await accounts.isActive(after)) === active) return after
  throw new ConnectorError(
    'REJECTED',
    `Salesforce accepted the request, but the account is still ${active ? 'inactive' : 'active'}: a flow, a trigger or a user access policy of the org may have undone it`,
  )
}

function withLines(result: ActionResult, lines: readonly AuditLog[]): ActionResult {
  const Success = result.Success && !lines.some(({ IsError }) => IsError)
  return { ...result, Success, AuditLogs: [...result.AuditLogs, ...lines] }
}
