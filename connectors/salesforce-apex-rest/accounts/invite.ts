import { type AuditLog, auditLine } from '../../../shared/action/result.ts'
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
export async function invite(org: Org, user: User): Promise<readonly AuditLog[]> {
  const { id, row } = user
  const say = (text: string, isError = false): AuditLog[] => [auditLine('EnableAccount', text, isError)]
  if (valueIn(row, 'LastLoginDate') === undefined) {
    return say(
      `Could not tell whether account [${id}], which is enabled, needs a password mail. Error: the integration user cannot see the field LastLoginDate of User. ${byHand}`,
      true,
    )
  }
  if (textIn(row, 'LastLoginDate') !== '') return []
  if (textIn(row, 'IsActive') === 'true' && !(await isOwed(org, user))) return []
  try {
    await org.resetPassword(id)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // Documented (help 000385305): there are users without a password of Salesforce's, under single sign-on. Trying again
    // would not better it, and the account is as it should be.
    return error.code === 'REJECTED'
      ? say(`No password mail was sent to account [${id}], because Salesforce refused it: ${error.message}`)
      : say(
          `Could not have the password mail sent to account [${id}], which is enabled. Error: ${error.message}. Run this again. ${byHand}`,
          true,
        )
  }
  return say(
    org.isPreview
      ? `[DryRun] Would have Salesforce send account [${id}] the mail to set a password`
      : `Salesforce sends account [${id}] the mail to set a password`,
  )
}

const byHand = 'It can be sent by hand, too (Setup > Users > Reset Password)'

/** Whether an active account that nobody has signed in with is one that this connector made and that has no password yet. */
async function isOwed(org: Org, { row }: User): Promise<boolean> {
  const changed = Date.parse(textIn(row, 'LastPasswordChangeDate'))
  // Assumed: that date is empty until a password is set, or that of the creation.
  const isWithoutPassword = Number.isNaN(changed) || changed <= Date.parse(textIn(row, 'CreatedDate'))
  if (!isWithoutPassword) return false
  const own = await org.ownId()
  return own !== undefined && isSameId(textIn(row, 'CreatedById'), own)
}
