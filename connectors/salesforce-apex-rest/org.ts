import type { Call } from '../../shared/action/actions.ts'
import { startBudget } from '../../shared/action/budget.ts'
import { ConnectorError, TargetError } from '../../shared/errors.ts'
import { log } from '../../shared/log.ts'
import { connectionsFor } from '../../shared/provisioning/connections.ts'
import type { Account, Org as CommonOrg } from '../../shared/provisioning/org.ts'
import { isAbsent, restApi, type Row } from '../../shared/salesforce/rest.ts'
import { openSession } from '../../shared/salesforce/session/session.ts'
import { literal } from '../../shared/salesforce/soql.ts'
import { surely } from '../../shared/salesforce/surely.ts'
import type { JsonObject } from '../../shared/validate.ts'
import { type Description, readDescription } from '../../shared/salesforce/description.ts'
import { noField } from './accounts/description.ts'
import { apexUsers } from './apexUsers.ts'
import { readSettings, type Settings } from './configuration.ts'

/** An account with the fields that were read of it. */
export interface User extends Account {
  readonly row: Row
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
  /** The account with its `columns`. A column that the org does not have is an error that names it. */
  readUser(id: string, columns: readonly string[]): Promise<User | undefined>
  /** The fields of User, asked once. */
  describe(): Promise<Description>
  /** At most five queries by name, and the fields of User, in one request. */
  gather<Name extends string>(queries: Readonly<Partial<Record<Name, string>>>): Promise<Gathered<Name>>
  /** Creates a user and gives it with its `columns`. When the answer is lost, `findLost` finds it if it was created. */
  createUser(
    record: JsonObject,
    columns: readonly string[],
    findLost: () => Promise<User | undefined>,
  ): Promise<User>
  /** Changes a user and gives it as it is then. When the answer is lost, `isDone` tells by the user whether it was done. */
  changeUser(
    id: string,
    record: JsonObject,
    columns: readonly string[],
    isDone: (user: User) => boolean,
  ): Promise<User>
  /** A new password by Salesforce. Which it is, is not told to anybody. */
  resetPassword(id: string): Promise<void>
  /** The id of the user that the connector signs in as, if the sign-in told it. */
  ownId(): Promise<string | undefined>
  /** How much of the action's time is left: 1 at its start, 0 at its end. */
  timeLeft(): number
  /** Ends an app's access, by what OauthToken has as DeleteToken. */
  revokeToken(token: string): Promise<void>
}

/** Columns that every action needs. */
export const baseColumns: readonly string[] = ['Id', 'IsActive']

/** What `findUser` reads besides. */
export interface Wishes {
  /** What the host wants to be told. */
  readonly columns: readonly string[]
  /** What the action itself needs. */
  readonly needed: (settings: Settings) => readonly string[]
}

/** With `wishes`, `findUser` leaves out what the org does not have of them. */
export function openOrg(call: Call, wishes?: Wishes): Org {
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

  const readUser = async (id: string, more: readonly string[]): Promise<User | undefined> => {
    const select = [...new Set([...baseColumns, ...more])].join(', ')
    try {
      return toUser((await direct.query(`SELECT ${select} FROM User WHERE Id = ${literal(id)}`))[0])
    } catch (error) {
      if (!isAbsent(error)) throw error
      const unknown = more
        .filter((name) => !name.includes('.'))
        .map((name) => [name, `Data.${name}`] as const)
      throw (await unknownColumn(unknown, describe)) ?? error
    }
  }

  const findUser = async (id: string): Promise<User | undefined> => {
    const needed = wishes?.needed(settings) ?? []
    for (const some of [[...(wishes?.columns ?? []), ...needed], needed]) {
      try {
        return await readUser(id, some)
      } catch (error) {
        if (some.length === 0 || !(error instanceof ConnectorError) || error.code !== 'INVALID_INPUT')
          throw error
        // A leaver must not stay because of a name in the mapping, or of a field that is hidden.
        log('warning', `${error.message} It is left out`)
      }
    }
    return readUser(id, [])
  }

  const existing = async (id: string, columns: readonly string[]): Promise<User> => {
    const user = isPreview ? { id, row: {} } : await readUser(id, columns)
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
      const create = async (): Promise<User> => {
        if (apex !== undefined) return existing(await apex.create(record), columns)
        const { id, row } = await direct.createAndRead('User', record, [...baseColumns, ...columns])
        return row === undefined ? existing(id, columns) : { id, row }
      }
      // What was on its way may still arrive: sent again, it could become a second account.
      return surely(create, findLost, true)
    },

    async changeUser(id, record, columns, isDone) {
      const change = async (): Promise<User> => {
        if (apex !== undefined) {
          await updateUser(id, record)
          return existing(id, columns)
        }
        const row = await direct.updateAndRead('User', id, record, [...baseColumns, ...columns])
        return row === undefined ? existing(id, columns) : { id, row }
      }
      return surely(change, async () => {
        const user = await existing(id, columns)
        return isDone(user) ? user : undefined
      })
    },

    async resetPassword(id) {
      const path = `/services/data/v${settings.apiVersion}/sobjects/User/${id}/password`
      await session.request({ method: 'DELETE', path })
    },

    ownId: () => session.userId(),
    timeLeft: () => clock.remaining() / (settings.actionTimeoutSeconds * 1000),

    async revokeToken(token) {
      const path = '/services/oauth2/revoke'
      await session.request({ method: 'POST', path, form: { token }, isRepeatable: true })
    },
  }
}

/** A row of User; undefined where there is none. */
export function toUser(row: Row | undefined): User | undefined {
  const id = row?.['Id']
  return row !== undefined && typeof id === 'string' ? { id, row } : undefined
}

/** The error for the first of the columns that the org does not have; undefined where it has them all. */
async function unknownColumn(
  columns: readonly (readonly [column: string, member: string])[],
  describe: () => Promise<Description>,
): Promise<ConnectorError | undefined> {
  const description = await describe()
  const problems = columns
    .filter(([column]) => !description.has(column.toLowerCase()))
    .map(([column, member]) => noField(column, member, description))
  return problems.length === 0 ? undefined : new ConnectorError('INVALID_INPUT', problems.join('; ') + '.')
}
