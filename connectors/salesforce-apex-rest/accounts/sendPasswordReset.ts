import { type AuditLog, auditLine } from '../../../shared/host/result.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { isSameId } from '../../../shared/salesforce/id.ts'
import type { Org, User } from '../org.ts'
import { textIn, valueIn } from './data.ts'

/** What is read of an account to tell whether it gets a mail. */
export const invitationColumns: readonly string[] = [
  'LastLoginDate',
  'LastPasswordChangeDate',
  'CreatedById',
  'CreatedDate',
]

/**
 * Has Salesforce send a mail with which somebody who was never signed in sets a password. Nobody else gets one: who has
 * signed in before has a password, or needs none. `user` is the account as it was before it was enabled; one that was active
 * already gets the mail that an earlier run could not send, and only where this connector made it.
 */
export async function sendPasswordReset(org: Org, user: User): Promise<readonly AuditLog[]> {
  const { id, row } = user
  const say = (text: string, isError = false): AuditLog[] => [auditLine('EnableAccount', text, isError)]
  if (valueIn(row, 'LastLoginDate') === undefined) {
    return say(
      `Could not tell whether account [${id}], which is enabled, needs a password mail. Error: the integration user cannot see the field LastLoginDate of User. ${orByHand(false)}`,
      true,
    )
  }
  if (textIn(row, 'LastLoginDate') !== '') return []
  const isOwn = await isMadeHere(org, user)
  if (textIn(row, 'IsActive') === 'true' && !(isOwn && isWithoutPassword(user))) return []
  try {
    await org.resetPassword(id)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // Documented (help 000385305): there are users without a password of Salesforce's, under single sign-on. Trying again
    // would not better it, and the account is as it should be.
    return error.code === 'REJECTED'
      ? say(`No password mail was sent to account [${id}], because Salesforce refused it: ${error.message}`)
      : say(
          `Could not have the password mail sent to account [${id}], which is enabled. Error: ${error.message}. ${orByHand(isOwn)}`,
          true,
        )
  }
  return say(
    org.isPreview
      ? `[DryRun] Would have Salesforce send account [${id}] the mail to set a password`
      : `Salesforce sends account [${id}] the mail to set a password`,
  )
}

/** What to do. The next run finds the account active: it sends the mail only where this connector made the account. */
function orByHand(isOwn: boolean): string {
  return `${isOwn ? 'Run this again, or have' : 'Have'} it sent by hand (Setup > Users > Reset Password)`
}

async function isMadeHere(org: Org, { row }: User): Promise<boolean> {
  const own = await org.ownId()
  return own !== undefined && isSameId(textIn(row, 'CreatedById'), own)
}

function isWithoutPassword({ row }: User): boolean {
  const changed = Date.parse(textIn(row, 'LastPasswordChangeDate'))
  // Assumed: that date is empty until a password is set, or that of the creation.
  return Number.isNaN(changed) || changed <= Date.parse(textIn(row, 'CreatedDate'))
}
