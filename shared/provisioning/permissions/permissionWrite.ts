import { ConnectorError, TargetError } from '../../errors.ts'
import { type Access, type Holding } from '../../salesforce/access/access.ts'
import { planLicenses } from '../../salesforce/access/accessAssignment.ts'
import { isSameId } from '../../salesforce/id.ts'
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

/** The error with what the org has to say about it: the permission set that is gone, or the licence that it needs. */
async function explained(
  org: Org,
  { Reference, Type }: PermissionReference,
  account: string,
  error: unknown,
): Promise<unknown> {
  const isAboutIt = error instanceof TargetError && ['REJECTED', 'NOT_FOUND'].includes(error.code)
  if (isAboutIt && (await org.findUser(account)) === undefined) {
    return new ConnectorError(
      'NOT_FOUND',
      `account [${account}] could not be found, it may have been deleted`,
    )
  }
  if (!isAboutIt || !org.settings.useRestApi) return error
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
    return reason instanceof ConnectorError && reason.code !== 'UNAVAILABLE' ? reason : error
  }
}
