import { type AuditLog, auditLine } from '../../shared/action/result.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { describeHolding, readHoldings, removeHolding } from '../../shared/salesforce/holdings.ts'
import type { HoldingsMode } from './configuration.ts'
import type { Org } from './org.ts'

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
  const lines: AuditLog[] = []
  const holdings = await readHoldings(org.rest, account)
  for (const held of holdings) {
    const what = describeHolding(held)
    if (mode === 'report') {
      lines.push(auditLine(undefined, `Account [${account}] still holds the ${what}`, false))
    } else if (org.isPreview) {
      await removeHolding(org.rest, held)
      lines.push(auditLine('RevokePermission', `[DryRun] Would revoke the ${what} from [${account}]`, false))
    } else {
      try {
        await removeHolding(org.rest, held)
        lines.push(auditLine('RevokePermission', `Revoked the ${what} from [${account}]`, false))
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        const text = `Could not revoke the ${what} from [${account}]. Error: ${error.message}`
        lines.push(auditLine('RevokePermission', text, true))
      }
    }
  }
  if (mode === 'report' && holdings.length === 0) {
    lines.push(auditLine(undefined, `Account [${account}] holds no permissions besides its profile`, false))
  }
  return lines
}
