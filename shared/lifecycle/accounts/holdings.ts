import { type AuditLog, auditLine } from '../../host/result.ts'
import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import {
  describeHolding,
  type Held,
  type Holdings,
  readHoldings,
  removeHoldings,
} from '../permissions/access/holdings.ts'
import type { Org } from '../commonOrg.ts'
import type { HoldingsMode } from '../settings/form.ts'

/**
 * What becomes of the permissions that an account still holds when it is disabled or enabled: a line for each that is
 * reported or revoked, an error for each that could not be. One failure does not stop the others.
 */
export async function settleHoldings(org: Org, account: string, mode: HoldingsMode): Promise<AuditLog[]> {
  if (mode === 'keep') return []
  if (!org.settings.useRestApi) {
    const text = `Could not look up the permissions of account [${account}]: Configuration.UseRestApi is off`
    return [auditLine(undefined, text, mode === 'strip')]
  }
  let holdings: Holdings
  try {
    holdings = await readHoldings(org.rest, account)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const text = `Could not look up the permissions of account [${account}]. Error: ${error.message}`
    // A report that a setting makes impossible is none: nobody would look for the permissions that it does not name.
    return [auditLine(undefined, text, mode === 'strip' || error.code === 'MISCONFIGURED')]
  }
  const { held, refusals } = holdings
  const unseen = refusals.map(({ message }) =>
    auditLine(
      undefined,
      `Could not look up all permissions of account [${account}]. Error: ${message}`,
      true,
    ),
  )
  if (mode === 'strip') return [...(await strip(org, account, holdings)), ...unseen]
  if (held.length === 0 && unseen.length === 0) {
    return [auditLine(undefined, `Account [${account}] holds no permissions besides its profile`, false)]
  }
  const lines = held.map((one) => {
    const what = describeHolding(one)
    const text =
      one.notInForce === undefined
        ? `Account [${account}] still holds the ${what}`
        : `Account [${account}] does not hold the ${what}, whose assignment is not in force: ${one.notInForce}`
    return auditLine(undefined, text, false)
  })
  return [...lines, ...unseen]
}

/**
 * Removes them, and reads back once which are there all the same. What was refused and is not there any more is as it shall
 * be: who removed it, an earlier request whose answer was lost or somebody else, makes no difference.
 */
async function strip(org: Org, account: string, { held: all, refusals }: Holdings): Promise<AuditLog[]> {
  if (all.length === 0) return []
  const errors = await removeHoldings(org.rest, all)
  const left = org.isPreview ? undefined : await readAgain(org, account, refusals.length)
  return all.map((held) => {
    const what = describeHolding(held)
    const there = left?.filter(({ type, id }) => type === held.type && id === held.id)
    const isThere = there?.some(({ notInForce }) => notInForce === undefined)
    if (held.notInForce !== undefined && isThere !== true)
      return lapsedLine(org, account, held, errors.get(held))
    const error =
      isThere === false ? undefined : (errors.get(held) ?? (isThere === true ? undone : undefined))
    if (error !== undefined) {
      return auditLine(
        'RevokePermission',
        `Could not revoke the ${what} from [${account}]. Error: ${error}`,
        true,
      )
    }
    const text = org.isPreview ? `[DryRun] Would revoke the ${what}` : `Revoked the ${what}`
    return auditLine('RevokePermission', `${text} from [${account}]`, false)
  })
}

/** An assignment that is not in force gives nothing: that its row cannot be removed is no failure. */
function lapsedLine(org: Org, account: string, held: Held, error: string | undefined): AuditLog {
  const what = `${describeHolding(held)} from [${account}], which was not in force: ${held.notInForce ?? ''}`
  const text =
    error !== undefined
      ? `Could not remove the row of the ${what}. Error: ${error}`
      : org.isPreview
        ? `[DryRun] Would remove the row of the ${what}`
        : `Removed the row of the ${what}`
  return auditLine('RevokePermission', text, false)
}

const undone =
  'Salesforce accepted the request, but the account still has it: a flow, a trigger or a user access policy of the org may have given it back'

/** What is still held; undefined where that cannot be read: then what was answered stands. */
async function readAgain(
  org: Org,
  account: string,
  hiddenBefore: number,
): Promise<readonly Held[] | undefined> {
  try {
    const { held, refusals } = await readHoldings(org.rest, account)
    // What was seen before and is not any more says nothing about what was removed.
    return refusals.length > hiddenBefore ? undefined : held
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `What became of the permissions cannot be read back: ${error.message}`)
    return undefined
  }
}
