import { type AuditLog, auditLine } from '../../../shared/action/result.ts'
import { ConnectorError, type TargetError } from '../../../shared/errors.ts'
import { keepSecret } from '../../../shared/redact.ts'
import { cell } from '../../../shared/salesforce/rest.ts'
import { literal } from '../../../shared/salesforce/soql.ts'
import type { Org, User } from '../org.ts'
import { Reasons } from './reasons.ts'

/** Records that one request takes (documented: sObject Collections). */
const inOneRequest = 200

/** Of the action's time, what is kept for the rest of it. */
const keptTime = 0.4

/** What can be ended of a user's presence in the org, and what it is called. */
interface Kind {
  readonly name: string
  /** What there is: for each the key that ends it. */
  list(org: Org, user: string): Promise<Map<string, string>>
  /** Ends some, each for itself; why not, for each in their order. */
  end(org: Org, keys: readonly string[]): Promise<readonly (ConnectorError | undefined)[]>
  readonly atOnce: number
}

const kinds: readonly Kind[] = [
  {
    name: 'sessions',
    atOnce: inOneRequest,
    async list({ rest }, user) {
      const rows = await rest.query(`SELECT Id FROM AuthSession WHERE UsersId = ${literal(user)}`)
      return new Map(rows.map((row) => [cell(row, 'Id'), '']))
    },
    end: ({ rest }, ids): Promise<(TargetError | undefined)[]> => rest.removeAll(ids),
  },
  {
    // Revoked by their DeleteToken (documented: OauthToken), at the endpoint that access tokens are revoked at.
    name: 'OAuth tokens',
    atOnce: 1,
    async list({ rest }, user) {
      const rows = await rest.query(
        `SELECT AppName, DeleteToken FROM OauthToken WHERE UserId = ${literal(user)}`,
      )
      for (const row of rows) keepSecret(cell(row, 'DeleteToken'))
      return new Map(rows.map((row) => [cell(row, 'DeleteToken'), cell(row, 'AppName')]))
    },
    async end(org, tokens) {
      const errors: (ConnectorError | undefined)[] = []
      for (const token of tokens) {
        try {
          await org.revokeToken(token)
          errors.push(undefined)
        } catch (error) {
          if (!(error instanceof ConnectorError)) throw error
          errors.push(error)
        }
      }
      return errors
    },
  },
]

/**
 * Ends the sessions of a user and revokes the tokens with which apps act for the user: a freeze stops new sign-ins only. A
 * preview counts them. What could not be ended is an error line.
 */
export async function endSessions(org: Org, { id }: User): Promise<readonly AuditLog[]> {
  const lines: AuditLog[] = []
  for (const kind of kinds) {
    try {
      lines.push(...(await endAll(org, id, kind)))
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      lines.push(line(`Could not end the ${kind.name} of account [${id}]. Error: ${error.message}`, true))
    }
  }
  return lines
}

async function endAll(org: Org, id: string, { name, list, end, atOnce }: Kind): Promise<AuditLog[]> {
  const all = await list(org, id)
  const keys = [...all.keys()]
  const total = keys.length
  if (total === 0) return []
  const errors = new Map<string, string>()
  let late = ''
  for (let at = 0; at < total; at += atOnce) {
    const some = keys.slice(at, at + atOnce)
    late = org.timeLeft() < keptTime ? 'the time of Configuration.ActionTimeoutSeconds was used up' : ''
    const answers = late === '' ? await end(org, some) : []
    for (const [index, key] of some.entries()) {
      const problem = late === '' ? answers[index]?.message : late
      if (problem !== undefined) errors.set(key, problem)
    }
  }
  const what = `${name} of account [${id}]`
  if (org.isPreview) return [line(`[DryRun] Would end ${total} ${what}`)]
  // One that has ended meanwhile, by itself or with another, is as it should be, whatever was answered.
  const still = errors.size === 0 ? errors : await list(org, id)
  const reasons = new Reasons()
  for (const [key, problem] of errors) if (still.has(key)) reasons.add(problem, all.get(key) || undefined)
  return reasons.total === 0
    ? [line(`Ended ${total} ${what}`)]
    : [line(`Could not end ${reasons.total} of ${total} ${what}. Error: ${reasons.text()}`, true)]
}

function line(text: string, isError = false): AuditLog {
  return auditLine(undefined, text, isError)
}
