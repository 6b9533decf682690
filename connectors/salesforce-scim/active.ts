import { type Call, couldNot, gone } from '../../shared/action/actions.ts'
import type { ActionResult, AuditLog } from '../../shared/action/result.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { log } from '../../shared/log.ts'
import { readLogin, setFrozen, type UserLogin } from '../../shared/salesforce/access/freeze.ts'
import { readAttribute } from '../../shared/scim/attribute.ts'
import { patchOperations } from '../../shared/scim/plan.ts'
import type { Resource } from '../../shared/scim/schema.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { dataOf, isDryRun, switched } from './accountResults.ts'
import { accountReference } from './accounts/desired.ts'
import { settleHoldings } from './holdings.ts'
import { type Org, openOrg } from './org.ts'

/** Lets the user in: active, and not frozen. */
export async function letIn(call: Call): Promise<ActionResult> {
  const org = openOrg(call)
  const reference = accountReference(call)
  const user = await org.findUser(reference)
  if (user === undefined) return gone(call, reference)

  const isActive = isActiveIn(user)
  const login = await findLogin(org, reference)
  const isFrozen = login?.isFrozen === true
  const PreviousData = show(call, user, isActive)
  if (isActive && !isFrozen) {
    return switched(
      call,
      reference,
      { outcome: 'already', to: 'active' },
      { Data: PreviousData, PreviousData },
    )
  }
  const notes = isFrozen
    ? [isDryRun(call) ? 'It would be unfrozen' : 'It was frozen and is not any more']
    : []
  if (isDryRun(call)) {
    const Data = show(call, user, true)
    const lines = await settleHoldings(org, reference, org.settings.onEnable)
    if (!isActive) await write(org, reference, true)
    if (isFrozen) await setFrozen(org.rest, login, false)
    return withLines(
      switched(call, reference, { outcome: 'planned', to: 'active', notes }, { Data, PreviousData }),
      lines,
    )
  }
  // Permissions of an earlier employment go before the user can come in.
  const lines = isActive ? [] : await settleHoldings(org, reference, org.settings.onEnable)
  if (lines.some(({ IsError }) => IsError)) {
    return withLines(
      couldNot(
        call,
        'not all permissions of an earlier employment could be revoked, so that the account stays inactive; run this again when that is mended',
      ),
      lines,
    )
  }
  const after = isActive ? user : await write(org, reference, true)
  if (isFrozen) await freezeForSure(org, reference, login, false)
  return withLines(
    switched(
      call,
      reference,
      { outcome: 'done', to: 'active', notes },
      { Data: show(call, after, true), PreviousData },
    ),
    lines,
  )
}

/** Keeps the user out, as `DisableMode` says; `delete` always deactivates. Reconciliation sends neither Data nor person. */
export async function keepOut(call: Call): Promise<ActionResult> {
  const org = openOrg(call)
  const reference = accountReference(call)
  const user = await org.findUser(reference)
  if (user === undefined) return gone(call, reference)

  const isActive = isActiveIn(user)
  const PreviousData = show(call, user, isActive)
  const onlyFreezes = call.name === 'disable' && org.settings.disableMode === 'freeze'
  const same = { Data: PreviousData, PreviousData }
  // What an earlier run did not get to do with the permissions is left to do.
  const already = async (to: 'inactive' | 'frozen'): Promise<ActionResult> => {
    const lines = await settleHoldings(org, reference, org.settings.onDisable)
    return withLines(switched(call, reference, { outcome: 'already', to }, same), lines)
  }
  if (!isActive) return already('inactive')
  const login = onlyFreezes
    ? await readLogin(org.rest, reference)
    : org.settings.disableMode === 'deactivate'
      ? undefined
      : await findLogin(org, reference)
  const to = onlyFreezes ? 'frozen' : 'inactive'
  if (onlyFreezes && login?.isFrozen === true) return already('frozen')
  if (isDryRun(call)) {
    await freeze(org, reference, login, onlyFreezes)
    if (!onlyFreezes) await write(org, reference, false)
    const lines = await settleHoldings(org, reference, org.settings.onDisable)
    const members = { Data: show(call, user, onlyFreezes), PreviousData }
    return withLines(switched(call, reference, { outcome: 'planned', to }, members), lines)
  }

  const isFrozen = await freeze(org, reference, login, onlyFreezes)
  if (onlyFreezes) {
    const lines = await settleHoldings(org, reference, org.settings.onDisable)
    const notes = ['The account is frozen and keeps its licence']
    return withLines(switched(call, reference, { outcome: 'done', to, notes }, same), lines)
  }
  let after: Resource
  try {
    after = await write(org, reference, false)
  } catch (error) {
    if (!(error instanceof ConnectorError) || org.settings.disableMode === 'deactivate') throw error
    log('error', `${error.code}: ${error.message}`)
    const stands = isFrozen
      ? 'The account is frozen, so that nobody can sign in with it; run this again when that is mended'
      : 'The account could not be frozen either: whoever has its password can still sign in'
    return couldNot(call, `${error.message}. ${stands}`)
  }
  const lines = await settleHoldings(org, reference, org.settings.onDisable)
  const members = { Data: show(call, after, false), PreviousData }
  return withLines(switched(call, reference, { outcome: 'done', to }, members), lines)
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
    await (isAll ? freezeForSure(org, reference, login, true) : setFrozen(org.rest, login, true))
    return true
  } catch (error) {
    if (isAll || !(error instanceof ConnectorError)) throw error
    log('warning', `The account could not be frozen first: ${error.message}`)
    return false
  }
}

/** Freezes or unfreezes, and reads back whether it stayed so. */
async function freezeForSure(
  org: Org,
  reference: string,
  login: UserLogin,
  isFrozen: boolean,
): Promise<void> {
  await setFrozen(org.rest, login, isFrozen)
  const after = org.isPreview ? undefined : await findLogin(org, reference)
  if (after === undefined || after.isFrozen === isFrozen) return
  throw new ConnectorError(
    'REJECTED',
    `Salesforce accepted the request, but the account is ${isFrozen ? 'not frozen' : 'still frozen'}: something else in the org changes it`,
  )
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

async function write(org: Org, reference: string, active: boolean): Promise<Resource> {
  const change = { attribute: 'active', from: String(!active), to: String(active) }
  const isDone = (user: Resource): boolean => isActiveIn(user) === active
  const patched = await org.patchUser(reference, patchOperations([change], new Map()), isDone)
  // A leaver whom the org lets in again must not be called gone.
  const after = active || !isDone(patched) ? patched : await org.lookBack(patched)
  if (isDone(after) || org.isPreview) return after
  throw new ConnectorError(
    'REJECTED',
    `Salesforce accepted the request, but the account is still ${active ? 'inactive' : 'active'}: a flow, a trigger or a user access policy of the org may have undone it`,
  )
}

function show(call: Call, user: Resource, isActive: boolean): JsonObject {
  return { ...dataOf(call, new Map(), user, new Map()), active: String(isActive) }
}

function withLines(result: ActionResult, lines: readonly AuditLog[]): ActionResult {
  const Success = result.Success && !lines.some(({ IsError }) => IsError)
  return { ...result, Success, AuditLogs: [...result.AuditLogs, ...lines] }
}

function isActiveIn(user: Resource): boolean {
  return readAttribute(user, 'active').toLowerCase() === 'true'
}
