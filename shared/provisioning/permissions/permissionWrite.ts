import { ConnectorError, TargetError } from '../../errors.ts'
import { type Access, type Holding } from '../../salesforce/access/access.ts'
import { planLicenses } from '../../salesforce/access/accessAssignment.ts'
import { isSameId } from '../../salesforce/id.ts'
import { explain } from '../../salesforce/errors/catalogue.ts'
import { withFinding } from '../../salesforce/errors/error.ts'
import type { PermissionReference } from '../../salesforce/access/permission.ts'
import { surely } from '../../salesforce/surely.ts'
import type { Org } from '../org.ts'

/** Gives the permission and reads back that the account has it, and still has everything else. */
export async function giveAndVerify(
  org: Org,
  access: Access,
  before: Holding,
  permission: PermissionReference,
  account: string,
): Promise<void> {
  const give = async (): Promise<Holding> => {
    try {
      return (await access.grant(before)) ?? (await access.read('after'))
    } catch (error) {
      // Another process was faster: it is there, which is all that was asked.
      if (isDuplicate(error)) return access.read('after')
      throw await explained(org, permission, account, error)
    }
  }
  const after = await surely(give, async () => {
    const holding = await access.read('after')
    return holding.isHeld ? holding : undefined
  })
  if (!after.isHeld) {
    throw new ConnectorError(
      'REJECTED',
      'Salesforce accepted the request, but the account does not have it afterwards: a flow, a trigger or a user access policy of the org may have undone it',
    )
  }
  checkOthers(before, after)
}

/** REST has a code for it, SCIM only the text (pilot). */
function isDuplicate(error: unknown): boolean {
  if (!(error instanceof TargetError)) return false
  return (
    error.has('DUPLICATE_VALUE') ||
    error.faults.some(({ message }) => message.startsWith('Duplicate PermissionSetAssignment'))
  )
}

/** Takes the permission and reads back that the account does not have it any more, and still has everything else. */
export async function takeAndVerify(access: Access, before: Holding): Promise<void> {
  const take = async (): Promise<Holding> => (await access.revoke(before)) ?? (await access.read('after'))
  const after = await surely(take, async () => {
    const holding = await access.read('after')
    return holding.account === 'present' && holding.isHeld ? undefined : holding
  })
  if (after.account === 'present' && after.isHeld) {
    throw new ConnectorError(
      'REJECTED',
      'Salesforce accepted the request, but the account still has it: a flow, a trigger or a user access policy of the org may have given it back',
    )
  }
  if (after.account === 'present') checkOthers(before, after)
}

function checkOthers(before: Holding, after: Holding): void {
  if (after.showsOthers === false) return
  const lost = before.others.filter((id) => !after.others.some((other) => isSameId(other, id)))
  if (lost.length === 0) return
  throw new ConnectorError(
    'REJECTED',
    `the account lost [${lost.join(', ')}] at the same time: something in the org changes permissions along with this one. Grant them again`,
  )
}

/**
 * The error with what the connector found out about its reason, behind Salesforce's own words: the account or the permission
 * that is gone, the license that is missing.
 */
async function explained(
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
      thing: Reference,
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
