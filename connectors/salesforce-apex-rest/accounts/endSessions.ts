import { type AuditLog, auditLine } from '../../../shared/action/result.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { cell } from '../../../shared/salesforce/rest.ts'
import { literal } from '../../../shared/salesforce/soql.ts'
import { keepSecret } from '../../../shared/redact.ts'
import type { Org, User } from '../org.ts'

/** Records that one request takes (documented: sObject Collections). */
const inOneRequest = 200

/** Ends the sessions of a user and revokes the tokens with which apps act for the user: a freeze stops new sign-ins only. */
export async function endSessions(org: Org, { id }: User): Promise<readonly AuditLog[]> {
  const lines: AuditLog[] = []
  for (const [what, end] of [
    ['sessions', sessions],
    ['OAuth tokens', tokens],
  ] as const) {
    try {
      const { total, reasons } = await end(org, id)
      const done = total - reasons.length
      if (reasons.length > 0) {
        const why = [...new Set(reasons)].slice(0, 3).join('; ')
        lines.push(
          line(`Could not end ${reasons.length} of ${total} ${what} of account [${id}]. Error: ${why}`, true),
        )
      } else if (done > 0) {
        lines.push(
          line(
            org.isPreview
              ? `[DryRun] Would end ${done} ${what} of account [${id}]`
              : `Ended ${done} ${what} of account [${id}]`,
          ),
        )
      }
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      lines.push(line(`Could not end the ${what} of account [${id}]. Error: ${error.message}`, true))
    }
  }
  return lines
}

interface Outcome {
  readonly total: number
  readonly reasons: readonly string[]
}

async function sessions({ rest }: Org, id: string): Promise<Outcome> {
  const rows = await rest.query(`SELECT Id FROM AuthSession WHERE UsersId = ${literal(id)}`)
  const ids = rows.map((row) => cell(row, 'Id'))
  const reasons: string[] = []
  for (let at = 0; at < ids.length; at += inOneRequest) {
    const errors = await rest.removeAll(ids.slice(at, at + inOneRequest))
    // One that has ended meanwhile is as it should be.
    reasons.push(
      ...errors.flatMap((error) =>
        error === undefined || error.has('ENTITY_IS_DELETED') ? [] : error.message,
      ),
    )
  }
  return { total: ids.length, reasons }
}

/** Salesforce revokes a token by its DeleteToken (documented: OauthToken), at the same endpoint as an access token. */
async function tokens(org: Org, id: string): Promise<Outcome> {
  const rows = await org.rest.query(
    `SELECT Id, AppName, DeleteToken FROM OauthToken WHERE UserId = ${literal(id)}`,
  )
  const reasons: string[] = []
  for (const row of rows) {
    const token = cell(row, 'DeleteToken')
    keepSecret(token)
    try {
      await org.revokeToken(token)
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      reasons.push(`${cell(row, 'AppName')}: ${error.message}`)
    }
  }
  return { total: rows.length, reasons }
}

function line(text: string, isError = false): AuditLog {
  return auditLine('DisableAccount', text, isError)
}
