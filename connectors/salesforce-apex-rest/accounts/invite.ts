import { type AuditLog, auditLine } from '../../../shared/action/result.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import type { Org, User } from '../org.ts'
import { textIn } from './data.ts'

/**
 * Has Salesforce send a mail with which somebody who was never signed in sets a password. Nobody else gets one: who has
 * signed in before has a password, or needs none.
 */
export async function invite(org: Org, { id, row }: User): Promise<readonly AuditLog[]> {
  if (textIn(row, 'LastLoginDate') !== '') return []
  const say = (text: string, isError = false): AuditLog[] => [auditLine('EnableAccount', text, isError)]
  try {
    await org.resetPassword(id)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return say(`Could not have the password mail sent to account [${id}]. Error: ${error.message}`, true)
  }
  return say(
    org.isPreview
      ? `[DryRun] Would have Salesforce send account [${id}] the mail to set a password`
      : `Salesforce sends account [${id}] the mail to set a password`,
  )
}
