import { type AuditLog, auditLine } from '../../../shared/host/result.ts'
import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { keepSecret } from '../../../shared/redact.ts'
import { withFinding } from '../../../shared/salesforce/errors/error.ts'
import { collectionSize } from '../../../shared/salesforce/rest/collections.ts'
import { keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { fieldText } from '../../../shared/salesforce/rest/rowPages.ts'
import { isNameRefused } from '../../../shared/salesforce/rest/unseen.ts'
import type { Org, User } from '../org.ts'
import { outOfTime, FailureTally } from './failureTally.ts'

/** Of the action's time, what is kept for the rest of it. */
const keptTime = 0.4

/** What there is to end of a user's presence in the org: for each the key that ends it, and its name for people. */
interface OpenSessions {
  readonly all: ReadonlyMap<string, string>
  /** Why there may be more. */
  readonly doubt?: string
}

interface Kind {
  readonly name: string
  list(org: Org, user: string): Promise<OpenSessions>
  /** Ends some, each for itself; why not, for each in their order. */
  end(org: Org, keys: readonly string[]): Promise<readonly (ConnectorError | undefined)[]>
  readonly atOnce: number
}

const sessions: Kind = {
  name: 'sessions',
  atOnce: collectionSize,
  async list({ rest }, user) {
    try {
      const rows = await rest.query(keyedQuery('Id', 'AuthSession', { UsersId: user }))
      return { all: new Map(rows.map((row) => [fieldText(row, 'Id'), ''])) }
    } catch (error) {
      // Documented: Special Access Rules of AuthSession.
      throw isNameRefused(error) && error instanceof TargetError
        ? withFinding(error, blindness('sessions', 'Manage Users'), { code: 'FORBIDDEN' })
        : error
    }
  },
  async end({ rest }, ids) {
    try {
      return await rest.removeAll(ids)
    } catch (error) {
      if (!(error instanceof TargetError) || error.status !== 400) throw error
      // That a collection takes sessions is assumed; that one by one can be deleted is documented.
      return eachByItself(ids, (id) => rest.remove('AuthSession', id))
    }
  },
}

/** Revoked by their DeleteToken (documented: OauthToken), at the endpoint that access tokens are revoked at. */
const tokens: Kind = {
  name: 'OAuth tokens',
  atOnce: 1,
  async list({ rest }, user) {
    const { rows, rights } = await rest.readVisible({
      rows: keyedQuery('AppName, DeleteToken', 'OauthToken', { UserId: user }),
      rights: `SELECT ${tokenRight} FROM UserPermissionAccess`,
    })
    if (!Array.isArray(rows)) throw hidden('OAuth tokens', 'Customize Application')
    for (const row of rows) keepSecret(fieldText(row, 'DeleteToken'))
    const all = new Map(rows.map((row) => [fieldText(row, 'DeleteToken'), fieldText(row, 'AppName')]))
    // Documented: who lacks it sees the own tokens alone. That nothing is found means nothing then.
    const isBlind = fieldText(Array.isArray(rights) ? rights[0] : undefined, tokenRight) === 'false'
    return isBlind ? { all, doubt: blindness('OAuth tokens', 'Customize Application') } : { all }
  },
  end: (org, keys) => eachByItself(keys, (token) => org.revokeToken(token)),
}

const tokenRight = 'PermissionsCustomizeApplication'

function blindness(what: string, right: string): string {
  return `the integration user cannot see the ${what} of others: give it the right ${right} (Setup > Permission Sets)`
}

function hidden(what: string, right: string): ConnectorError {
  return new ConnectorError('FORBIDDEN', blindness(what, right))
}

async function eachByItself(
  keys: readonly string[],
  end: (key: string) => Promise<void>,
): Promise<(ConnectorError | undefined)[]> {
  const errors: (ConnectorError | undefined)[] = []
  for (const key of keys) {
    try {
      await end(key)
      errors.push(undefined)
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      errors.push(error)
    }
  }
  return errors
}

/**
 * Ends the sessions of a user and revokes the tokens with which apps act for the user: a freeze stops new sign-ins only. A
 * preview counts them. What could not be ended, or seen, is an error line.
 */
export async function endSessions(org: Org, { id }: User): Promise<readonly AuditLog[]> {
  return org.reserving(keptTime, async () => {
    const lines: AuditLog[] = []
    for (const kind of [sessions, tokens]) {
      try {
        const found = await kind.list(org, id)
        lines.push(...(await endAll(org, id, kind, found)))
        if (found.doubt !== undefined) lines.push(failure(kind, id, found.doubt))
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        lines.push(failure(kind, id, error.message))
      }
    }
    return lines
  })
}

function failure({ name }: Kind, id: string, reason: string): AuditLog {
  return line(`Could not end the ${name} of account [${id}]. Error: ${reason}`, true)
}

async function endAll(org: Org, id: string, kind: Kind, { all }: OpenSessions): Promise<AuditLog[]> {
  const { name, atOnce } = kind
  const keys = [...all.keys()]
  const total = keys.length
  if (total === 0) return []
  const errors = new Map<string, string>()
  for (let at = 0; at < total; at += atOnce) {
    const some = keys.slice(at, at + atOnce)
    const isLate = org.timeLeft() < keptTime
    const answers = isLate ? [] : await kind.end(org, some)
    for (const [index, key] of some.entries()) {
      const problem = isLate ? outOfTime : answers[index]?.message
      if (problem !== undefined) errors.set(key, problem)
    }
  }
  const what = `${name} of account [${id}]`
  if (org.isPreview) return [line(`[DryRun] Would end ${total} ${what}`)]
  // One that has ended meanwhile, by itself or with another, is as it should be, whatever was answered.
  const still = errors.size === 0 ? errors : (await kind.list(org, id)).all
  const reasons = new FailureTally()
  for (const [key, problem] of errors) if (still.has(key)) reasons.add(problem, all.get(key) || undefined)
  return reasons.total === 0
    ? [line(`Ended ${total} ${what}`)]
    : [line(`Could not end ${reasons.total} of ${total} ${what}. Error: ${reasons.text()}`, true)]
}

function line(text: string, isError = false): AuditLog {
  return auditLine(undefined, text, isError)
}
