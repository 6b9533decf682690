import type { Call } from '../../shared/host/actions.ts'
import { startBudget } from '../../shared/host/timeBudget.ts'
import { ConnectorError, TargetError } from '../../shared/errors.ts'
import { log } from '../../shared/log.ts'
import { firstProblems } from '../../shared/problems.ts'
import { connectionsFor } from '../../shared/lifecycle/connections.ts'
import type { Account, Org as CommonOrg } from '../../shared/lifecycle/commonOrg.ts'
import { type Description, readDescription } from '../../shared/salesforce/rest/description.ts'
import { ForeignAnswerError, named } from '../../shared/salesforce/foreignAnswer.ts'
import { idPrefix, isId } from '../../shared/salesforce/id.ts'
import { type KeyedQuery, keyedQuery, memberOf } from '../../shared/salesforce/rest/keyedQuery.ts'
import { restApi } from '../../shared/salesforce/rest/restApi.ts'
import type { Row } from '../../shared/salesforce/rest/rowPages.ts'
import { ownUser } from '../../shared/salesforce/session/ownUser.ts'
import { openSession } from '../../shared/salesforce/session/session.ts'
import { confirmWrite } from '../../shared/salesforce/rest/confirmWrite.ts'
import { isNameRefused } from '../../shared/salesforce/rest/unseen.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { isSame } from '../../shared/plan.ts'
import { noField, unknownColumns, type Writing } from './accounts/description.ts'
import { apexUsers } from './apexUsers.ts'
import { readSettings, type Settings } from './configuration.ts'

/** An account with the fields that were read of it. */
export interface User extends Account {
  readonly row: Row
}

/** An account with the columns that were asked for, and those of them that the org does not have. */
export interface Read {
  readonly user: User | undefined
  readonly unknown: readonly string[]
}

/** An account that was created; `unread` tells why its `row` shows nothing: what was written could not be read. */
export interface Created {
  readonly user: User
  readonly unread?: ConnectorError
}

/** What one request before a create came to. */
export interface Gathered<Name extends string> {
  readonly rows: Readonly<Partial<Record<Name, Row[] | TargetError>>>
  readonly description: Description
}

/**
 * The org as this connector sees it: the one place that knows addresses. Opening it sends nothing. In a preview what writes
 * is not sent but told in the log. Users are written through the customer's own Apex REST resource where one is configured.
 */
export interface Org extends CommonOrg<User> {
  readonly settings: Settings
  readUser(id: string, columns: readonly string[]): Promise<Read>
  /** How users are written. */
  writing(purpose: Writing['purpose']): Writing
  /** The fields of User, asked once. */
  describe(): Promise<Description>
  /** At most five queries by name, and the fields of User, in one request. */
  gather<Name extends string>(queries: Readonly<Partial<Record<Name, KeyedQuery>>>): Promise<Gathered<Name>>
  /** Creates a user and gives it with its `columns`. When the answer is lost, `findLost` finds it if it was created. */
  createUser(
    record: JsonObject,
    columns: readonly string[],
    findLost: () => Promise<User | undefined>,
  ): Promise<Created>
  /** Changes a user and gives it as it is then. When the answer is lost, `isDone` tells by the user whether it was done. */
  changeUser(
    id: string,
    record: JsonObject,
    columns: readonly string[],
    isDone: (user: User) => boolean,
  ): Promise<User>
  /** A new password by Salesforce. Which it is, is not told to anybody. */
  resetPassword(id: string): Promise<void>
  /** How much of the action's time is left: 1 at its start, 0 at its end. */
  timeLeft(): number
  /** Ends an app's access, by what OauthToken has as DeleteToken. */
  revokeToken(token: string): Promise<void>
}

/** Columns that every action needs. */
export const baseColumns: readonly string[] = ['Id', 'IsActive']

/**
 * `columns` are what `findUser` reads besides, as the settings ask for it; what the org does not have of them is left out with
 * a warning: a leaver must not stay because of a name in the mapping, or of a field that is hidden.
 */
export function openOrg(call: Call, columns: (settings: Settings) => readonly string[] = () => []): Org {
  const settings = readSettings(call.input.actionContext.Configuration)
  const { client, tokens } = connectionsFor(call)
  const clock = startBudget(settings.actionTimeoutSeconds, call.startedAt)
  const isPreview = call.input.actionContext.DryRun
  const session = openSession({ client, tokens, clock, isPreview, ...settings })
  const direct = restApi(session, settings.apiVersion, isPreview)
  const { apexRestPath } = settings
  const apex = apexRestPath === undefined ? undefined : apexUsers(session, apexRestPath, isPreview)

  let described: Promise<Description> | undefined
  const describe = (): Promise<Description> => {
    described ??= direct.describe('User').then(readDescription)
    return described
  }

  /** Columns that were asked for and that the org does not have, in lower case. */
  const absent = new Set<string>()
  const known = (columns: readonly string[]): string[] =>
    distinct(columns).filter((name) => !absent.has(name.toLowerCase()))

  const read = async (id: string, columns: readonly string[]): Promise<User | undefined> => {
    const [row] = await direct.query(keyedQuery(known(columns).join(', '), 'User', { Id: id }))
    return row && toUser(row)
  }

  const readUser = async (id: string, columns: readonly string[]): Promise<Read> => {
    try {
      return { user: await read(id, columns), unknown: [] }
    } catch (error) {
      if (!isNameRefused(error)) throw error
      let description: Description
      try {
        description = await describe()
      } catch {
        // What was refused first says more than that its description is refused as well.
        throw error
      }
      const unknown = unknownColumns(columns, description)
      // A name behind a reference is for show: without the reference, or its object, it is done without.
      const names = columns.filter((name) => name.includes('.'))
      const lost = unknown.length === 0 ? names : names.filter((name) => !hasReference(name, description))
      if (unknown.length + lost.length === 0) throw error
      for (const name of [...unknown, ...lost]) absent.add(name.toLowerCase())
      return { user: await read(id, columns), unknown }
    }
  }

  const findUser = async (id: string): Promise<User | undefined> => {
    const { user, unknown } = await readUser(id, columns(settings))
    if (unknown.length > 0) {
      const description = await describe()
      const sentences = firstProblems(unknown, (name) => noField(name, `Data.${name}`, description))
      for (const sentence of sentences) log('warning', `${sentence}. It is left out`)
    }
    return user
  }

  const existing = async (id: string, columns: readonly string[]): Promise<User> => {
    const user = isPreview ? { id, row: {} } : await read(id, columns)
    if (user !== undefined) return user
    throw new ConnectorError('NOT_FOUND', `account [${id}] does not exist any more`)
  }

  const updateUser = async (id: string, record: JsonObject): Promise<void> => {
    if (apex === undefined) return direct.update('User', id, record)
    await apex.update(id, record)
  }

  return {
    settings,
    isPreview,
    writing: (purpose) => ({ purpose, isDirect: apexRestPath === undefined }),
    readUser,
    findUser,
    describe,
    rest: {
      ...direct,
      update: (type, id, record) =>
        type === 'User' ? updateUser(id, record) : direct.update(type, id, record),
    },

    async gather(queries) {
      const { rows, description } = await direct.gather(queries, 'User')
      if (description instanceof TargetError) throw description
      described = Promise.resolve(readDescription(description))
      return { rows, description: await described }
    },

    async createUser(record, columns, findLost) {
      const create = async (): Promise<Created> => {
        const { id, row } =
          apex === undefined
            ? await direct.createAndRead('User', record, known(columns))
            : { id: await apex.create(record) }
        try {
          const user = row === undefined ? await existing(id, columns) : toUser(row)
          return { user: isPreview ? user : session.checkAnswer(() => withUserName(user, record)) }
        } catch (error) {
          if (error instanceof ForeignAnswerError) throw error
          // It is there: the host must not lose its reference.
          if (error instanceof ConnectorError) return { user: { id, row: {} }, unread: error }
          throw error
        }
      }
      const findAgain = async (): Promise<Created | undefined> => {
        const user = await findLost()
        return user && { user }
      }
      // What was on its way may still arrive: sent again, it could become a second account.
      return confirmWrite(create, findAgain, true)
    },

    async changeUser(id, record, columns, isDone) {
      const change = async (): Promise<User> => {
        if (apex !== undefined) {
          await updateUser(id, record)
          return existing(id, columns)
        }
        const row = await direct.updateAndRead('User', id, record, known(columns))
        // The host may have an id of 15 characters; Salesforce gives all 18.
        return row === undefined ? existing(id, columns) : toUser(row)
      }
      return confirmWrite(change, async () => {
        const user = await existing(id, columns)
        return isDone(user) ? user : undefined
      })
    },

    async resetPassword(id) {
      const path = `/services/data/v${settings.apiVersion}/sobjects/User/${id}/password`
      await session.request({ method: 'DELETE', path })
    },

    ownId: ownUser(session, settings.credentials, async (userName) => {
      const rows = await direct.query(keyedQuery('Id', 'User', { Username: userName }, ' LIMIT 2'))
      return rows.map((row) => String(row['Id']))
    }),
    timeLeft: clock.timeLeft,
    reserving: clock.reserving,

    async revokeToken(token) {
      const path = '/services/oauth2/revoke'
      await session.request({ method: 'POST', path, form: { token }, isRepeatable: true })
    },
  }
}

/** Whether User shows the reference that a path such as `Profile.Name` begins with. */
function hasReference(path: string, description: Description): boolean {
  return description.has(`${path.split('.')[0] ?? ''}Id`.toLowerCase())
}

/**
 * A row of User. Throws `UNEXPECTED` for one that lacks what every user has: an account that cannot be read must not be taken
 * for one that is gone, or inactive.
 */
export function toUser(row: Row): User {
  const { Id: id, IsActive: isActive } = row
  if (typeof id === 'string' && isId(id, idPrefix.user) && typeof isActive === 'boolean') return { id, row }
  throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a user that lacks Id or IsActive')
}

/** A user that was created, when it has the user name that was sent: Salesforce writes it in lower case (general knowledge). */
function withUserName(user: User, { Username: sent }: JsonObject): User {
  const { row } = user
  const shown = memberOf(row, 'Username')
  if (typeof sent !== 'string' || (typeof shown === 'string' && isSame(shown, sent, 'caseless'))) return user
  throw new ForeignAnswerError(named('Username', sent), named('Username', shown))
}

/** Names of columns with those that every action needs, each once: Salesforce refuses to give one twice (general knowledge). */
export function distinct(columns: readonly string[]): string[] {
  const all = [...baseColumns, ...columns]
  return [...new Map(all.map((name) => [name.toLowerCase(), name])).values()]
}

/** The same as a query names them. */
export function columnList(columns: readonly string[]): string {
  return distinct(columns).join(', ')
}
