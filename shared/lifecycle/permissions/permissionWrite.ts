import { ConnectorError, TargetError } from '../../errors.ts'
import { type Access, type Holding, isDuplicate } from './access/access.ts'
import { planLicenses } from './access/licensePlan.ts'
import { isSameId } from '../../salesforce/id.ts'
import { explain } from '../../salesforce/errors/catalogue.ts'
import { withFinding } from '../../salesforce/errors/error.ts'
import type { PermissionReference } from './access/permission.ts'
import { confirmWrite } from '../../salesforce/rest/confirmWrite.ts'
import type { Org } from '../commonOrg.ts'

/** Gives the permission and reads back that the account has it, and still has everything else; what else was found, in words. */
export async function giveAndVerify(
  org: Org,
  access: Access,
  before: Holding,
  permission: PermissionReference,
  account: string,
): Promise<readonly string[]> {
  const give = async (): Promise<Holding> => {
    try {
      return (await access.grant(before)) ?? (await access.read('after'))
    } catch (error) {
      // Another process was faster: it is there, which is all that was asked. Otherwise it was refused.
      const found = isDuplicate(error) ? await access.read('after') : undefined
      if (found?.isHeld === true) return found
      throw await withContext(org, permission, account, error)
    }
  }
  const after = await confirmWrite(give, async () => {
    const holding = await access.read('after')
    return holding.isHeld ? holding : undefined
  })
  if (!after.isHeld) {
    throw new ConnectorError(
      'REJECTED',
      after.notInForce === undefined
        ? 'Salesforce accepted the request, but the account does not have it afterwards: a flow, a trigger or a user access policy of the org may have undone it'
        : `the assignment is there, but it is not in force: ${after.notInForce}`,
    )
  }
  return checkOthers(before, after)
}

/**
 * Takes the permission and reads back that the account does not have it any more, and still has everything else; what else
 * was found, in words.
 */
export async function takeAndVerify(access: Access, before: Holding): Promise<readonly string[]> {
  const take = async (): Promise<Holding> => (await access.revoke(before)) ?? (await access.read('after'))
  let after: Holding
  try {
    after = await confirmWrite(take, async () => {
      const holding = await access.read('after')
      return holding.account === 'present' && holding.isHeld ? undefined : holding
    })
  } catch (error) {
    // It gives the account nothing, whether its row is there or not.
    if (before.isHeld || before.notInForce === undefined || !(error instanceof ConnectorError)) throw error
    return [`its row could not be removed: ${error.message.replace(/\.$/, '')}`]
  }
  if (after.account === 'present' && after.isHeld) {
    throw new ConnectorError(
      'REJECTED',
      'Salesforce accepted the request, but the account still has it: a flow, a trigger or a user access policy of the org may have given it back',
    )
  }
  return after.account === 'present' ? checkOthers(before, after) : []
}

/**
 * What became of everything else. A write that replaces the whole list must not take any of it. Any other write does not: what
 * is missing was taken by another session of the host or by the org, and is no fault of this one.
 */
function checkOthers(before: Holding, after: Holding): readonly string[] {
  if (after.showsOthers === false) return []
  const lost = before.others.filter((id) => !after.others.some((other) => isSameId(other, id)))
  if (lost.length === 0) return []
  if (before.isReplaced !== true)
    return [
      `meanwhile ${lost.length} more of the account's permissions ended, by another session or by an automation of the org`,
    ]
  throw new ConnectorError(
    'REJECTED',
    `the account lost [${lost.join(', ')}] at the same time, because SCIM can only replace the whole list. Grant them again, or set Configuration.UseRestApi`,
  )
}

/**
 * The error with what the connector found out about its reason, behind Salesforce's own words: the account or the permission
 * that is gone, the license that is missing.
 */
async function withContext(
  org: Org,
  { Reference, Type }: PermissionReference,
  account: string,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof TargetError) || !isExplainable(error)) return error
  if ((await org.findUser(account)) === undefined) {
    const finding = `account [${account}] could not be found, it may have been deleted`
    return withFinding(error, finding, { code: 'NOT_FOUND' })
  }
  if (!org.settings.useRestApi) return error
  if (Type !== 'PermissionSet' && Type !== 'PermissionSetGroup') return error
  try {
    const options = {
      rest: org.rest,
      account,
      permissionId: Reference,
      kind: Type,
      purpose: 'grant',
      accountExists: () => Promise.resolve(true),
      assignLicenses: false,
      expiration: undefined,
    } as const
    await planLicenses(options)
    return error
  } catch (reason) {
    if (!(reason instanceof ConnectorError) || reason instanceof TargetError) return error
    return reason.code === 'UNAVAILABLE' ? error : withFinding(error, reason.message, { code: reason.code })
  }
}

/** Codes that say that something does not fit or is not there, and leave open what. */
const unspecific: readonly string[] = [
  'FIELD_INTEGRITY_EXCEPTION',
  'INVALID_CROSS_REFERENCE_KEY',
  'INVALID_INPUT',
  'UNKNOWN_EXCEPTION',
  'ENTITY_IS_DELETED',
  'NOT_FOUND',
]

/** Whether a missing account, permission or license can be the reason: not if the org's own automation refused, or Salesforce named another reason. */
function isExplainable(error: TargetError): boolean {
  if (!['REJECTED', 'NOT_FOUND'].includes(error.code)) return false
  return error.faults.every((fault) => {
    const entry = explain(fault, error.status)
    return entry === undefined || entry.class === 'licence' || unspecific.includes(fault.errorCode)
  })
}
