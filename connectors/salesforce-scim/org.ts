import { startBudget } from '../../shared/host/timeBudget.ts'
import type { Call } from '../../shared/host/actions.ts'
import { ConnectorError, TargetError, TransportError } from '../../shared/errors.ts'
import { connectionsFor } from '../../shared/lifecycle/connections.ts'
import { log } from '../../shared/log.ts'
import { readDescription, toRecord } from '../../shared/salesforce/rest/description.ts'
import { ForeignAnswerError } from '../../shared/salesforce/foreignAnswer.ts'
import { idPrefix, previewId, isSameId } from '../../shared/salesforce/id.ts'
import { withFinding } from '../../shared/salesforce/errors/error.ts'
import { explainUserWrite } from '../../shared/salesforce/errors/writeErrors.ts'
import { ownUser } from '../../shared/salesforce/session/ownUser.ts'
import { type ApiAnswer, type ApiRequest, openSession } from '../../shared/salesforce/session/session.ts'
import { keyedQuery } from '../../shared/salesforce/rest/keyedQuery.ts'
import { type RestApi, restApi } from '../../shared/salesforce/rest/restApi.ts'
import { fieldText } from '../../shared/salesforce/rest/rowPages.ts'
import { confirmWrite } from '../../shared/salesforce/rest/confirmWrite.ts'
import { readAttribute } from '../../shared/scim/attribute.ts'
import { both, eq, gt, isRisky } from '../../shared/scim/filter.ts'
import type { PageRequest } from '../../shared/scim/page.ts'
import { isSame } from '../../shared/plan.ts'
import {
  isResource,
  type ListResponse,
  type Operation,
  patchBody,
  type Resource,
  toListResponse,
  toResource,
  toSearchResponse,
} from '../../shared/scim/schema.ts'
import { isObject, type JsonObject } from '../../shared/validate.ts'
import type { Org as CommonOrg } from '../../shared/lifecycle/commonOrg.ts'
import { readSettings } from './configuration.ts'
import { attributeOf, comparisonOf, userFieldOf } from './accounts/account.ts'
import { filterNames, searched, unfilterable } from './accounts/searchFields.ts'
import { checkSameId, checkUser, hasUserName } from './userAbout.ts'

/** Accounts that carry a value; `users` may hold fewer than `total`. */
export interface AccountMatches {
  readonly users: readonly Resource[]
  readonly total: number
}

/**
 * The org as this connector sees it: the one place that knows addresses and verbs. Opening it sends nothing. In a preview
 * what writes is not sent but told in the log, and nothing is known of the account afterwards but its id.
 */
export interface Org extends CommonOrg<Resource> {
  /** Whether what is known of an account is kept until something is written: then to find it costs no request. */
  readonly keepsUsers?: true
  /** The accounts of which a field has this value, whatever its case. */
  findUsers(field: string, value: string): Promise<AccountMatches>
  /** Creates an account. When the answer is lost, `findLost` finds it if it was created after all. */
  createUser(body: JsonObject, findLost: () => Promise<Resource | undefined>): Promise<Resource>
  /**
   * Changes an account in one request and gives it as it is afterwards. When the answer is lost, `isDone` tells by the
   * account whether it was carried out.
   */
  patchUser(
    id: string,
    operations: readonly Operation[],
    isDone: (user: Resource) => boolean,
  ): Promise<Resource>
  /**
   * An account as it is after a write that was answered with `answered`: policies of the org may undo a change after they
   * let it pass. One that was read and not answered is as it is; where it cannot be read, what was answered stands.
   */
  readBack(answered: Resource): Promise<Resource>
  /** Adds a user to a public group or removes it; gives the group as the answer shows it, if it does. */
  patchGroup(id: string, op: 'add' | 'remove', user: string): Promise<JsonObject | undefined>
  /** Fields of the User object, for what SCIM does not show. */
  readUserFields(id: string, names: readonly string[]): Promise<JsonObject>
  /** Writes fields of the User object, for what SCIM did not take. */
  writeUserFields(id: string, record: JsonObject): Promise<void>
  /** The ids of the profiles or roles that have exactly this name, or of others, whose ids begin with `prefix`. */
  findByName(
    kind: 'Entitlements' | 'Roles' | 'Groups',
    name: string,
    prefix?: string,
  ): Promise<readonly string[]>
  /** One page of a list, without the members of what it lists; empty past the end. */
  listPage(kind: 'Entitlements' | 'Roles' | 'Groups', page: PageRequest): Promise<ListResponse>
  /** Whether an entitlement, role or group with this id exists. */
  exists(kind: 'Entitlements' | 'Roles' | 'Groups', id: string): Promise<boolean>
  /** Whether SCIM lists the account among the members of a group or role: an answer, where the user's own lists are left out. */
  isAmong(list: 'groups' | 'roles', id: string, account: string): Promise<boolean>
  orgId(): Promise<string | undefined>
}

const scim = '/services/scim/v2'

const notShown =
  'the user exists, but SCIM does not show this kind of user: manage it with the connector salesforce-apex-rest'

export function openOrg(call: Call): Org {
  const settings = readSettings(call.input.actionContext.Configuration)
  const { client, tokens } = connectionsFor(call)
  const clock = startBudget(settings.actionTimeoutSeconds, call.startedAt)
  const isPreview = call.input.actionContext.DryRun
  const session = openSession({ client, tokens, clock, isPreview, ...settings })
  const rest = restApi(session, settings.apiVersion, isPreview)

  const list = async (
    kind: string,
    filter: string,
    count: number,
    parse = toSearchResponse,
  ): Promise<ListResponse> => {
    const query = { filter, startIndex: '1', count: String(count) }
    const { json } = await session.request({ method: 'GET', path: `${scim}/${kind}`, query })
    return parse(json)
  }

  /** The users of a list that have the value that was asked for, as `isSought` tells. */
  const listUsers = async (
    attribute: string,
    value: string,
    count: number,
    isSought: (user: Resource) => boolean,
    parse = toSearchResponse,
  ): Promise<ListResponse> => {
    const answer = await list('Users', eq(attribute, value), count, parse)
    const check = (): void => {
      for (const user of answer.resources) checkUser(user, attribute, value, isSought)
    }
    // A filter that is known to mishandle the value gives strangers by itself: SOQL is asked then.
    if (isRisky(value) && settings.useRestApi) check()
    else session.checkAnswer(check)
    return answer
  }

  /** Accounts that were read; what a write answers is not among them. */
  const wasRead = new WeakSet<Resource>()

  /**
   * Whether REST shows a user that SCIM says it cannot find. A user of Salesforce is never deleted, and SCIM lists some kinds of
   * users only (pilot). Where REST does not answer, SCIM's own words stand.
   */
  const isShownByRest = async (id: string): Promise<boolean> => {
    if (!settings.useRestApi) return false
    try {
      return (await rest.query(keyedQuery('Id', 'User', { Id: id }))).length > 0
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      log('warning', `Whether REST shows the user cannot be read: ${error.message}`)
      return false
    }
  }

  const findUser = async (id: string): Promise<Resource | undefined> => {
    try {
      const { json } = await session.request({ method: 'GET', path: `${scim}/Users/${id}` })
      const user = toResource(json, `the user ${id}: SCIM does not show this kind of user`)
      session.checkAnswer(() => checkSameId(user, id))
      wasRead.add(user)
      return user
    } catch (error) {
      if (!(error instanceof TargetError && error.status === 404)) throw error
      if (error.shape === 'scim') {
        if (await isShownByRest(id)) throw withFinding(error, notShown)
        return undefined
      }
      // Not SCIM's own 404: the whole API may be missing, and then nothing is known about the account.
      const { resources } = await listUsers('id', id, 1, (user) => isSameId(user.id, id))
      return resources[0]
    }
  }

  /** A PATCH of an account; a refusal of one that only activates or deactivates is explained as that. */
  const explainedWrite = async (
    request: ApiRequest,
    operations: readonly Operation[],
  ): Promise<ApiAnswer> => {
    try {
      return await session.request(request)
    } catch (error) {
      const values = operations.map(({ value }) => value)
      const isSwitch = values.every((value) => isObject(value) && Object.keys(value).join() === 'active')
      throw isSwitch ? explainUserWrite(error, { IsActive: undefined }, settings.language) : error
    }
  }

  /** The ids of the records that have a value. */
  const query = async (object: string, field: string, value: string, more: string): Promise<string[]> =>
    (await rest.query(keyedQuery('Id', object, { [field]: value }, more))).map((row) => fieldText(row, 'Id'))

  const findBySoql = async (userField: string, value: string): Promise<AccountMatches> => {
    const ids = await query('User', userField, value, ' ORDER BY Id LIMIT 10')
    const [id] = ids
    if (id === undefined || ids.length > 1) return { users: [], total: ids.length }
    const user = await findUser(id)
    return user === undefined ? { users: [], total: 0 } : { users: [user], total: 1 }
  }

  /** An answer that counts accounts and shows none is no evidence that there are none: a create would make a second one. */
  const findUnshown = async (field: string, value: string, userField?: string): Promise<AccountMatches> => {
    if (userField !== undefined) return findBySoql(userField, value)
    throw new ConnectorError(
      'UNEXPECTED',
      `Salesforce counts accounts with this ${field} and shows none of them: run this again, and set Configuration.UseRestApi, so that SOQL is asked as well`,
    )
  }

  const findByFilter = async (field: string, attribute: string, value: string): Promise<AccountMatches> => {
    // Salesforce keeps user names in lower case.
    const sought = field === 'userName' ? value.toLowerCase() : value
    // A search does not mind case (SOQL), so that the value found may differ from the one sought in nothing else.
    const isSought = (user: Resource): boolean => {
      const is = readAttribute(user, attribute)
      return isSame(is, value, 'caseless') || isSame(is, value, comparisonOf(attribute))
    }
    const name = filterNames[field] ?? attribute
    // An answer that counts accounts and shows none is followed by SOQL: see findUnshown.
    const { resources, totalResults } = await listUsers(name, sought, 10, isSought, toListResponse)
    return { users: resources, total: Math.max(totalResults, resources.length) }
  }

  return {
    settings,
    isPreview,
    findUser,
    reserving: clock.reserving,
    orgId: () => session.orgId(),
    ownId: ownUser(session, settings.credentials, async (userName) => {
      if (settings.useRestApi) return query('User', 'Username', userName, ' LIMIT 2')
      const isSought = (user: Resource): boolean => hasUserName(user, userName)
      const { resources } = await listUsers('userName', userName.toLowerCase(), 2, isSought)
      return resources.map(({ id }) => id)
    }),

    async findUsers(field, value) {
      const attribute = searched[field] ?? attributeOf(field, await session.orgId())
      const userField = attribute === undefined ? undefined : userFieldOf(attribute)
      const mayQuery = settings.useRestApi && userField !== undefined
      const mayFilter =
        attribute !== undefined && !attribute.startsWith('User:') && !unfilterable.includes(field)
      if (!mayFilter) {
        if (mayQuery) return findBySoql(userField, value)
        throw new ConnectorError(
          'MISCONFIGURED',
          `Salesforce cannot search for accounts by ${field} over SCIM`,
        )
      }
      if (!mayQuery || !isRisky(value)) {
        const found = await findByFilter(field, attribute, value)
        const isShown = found.total === 0 || found.users.length > 0
        return isShown ? found : await findUnshown(field, value, mayQuery ? userField : undefined)
      }
      try {
        const found = await findByFilter(field, attribute, value)
        if (found.users.length > 0) return found
      } catch (error) {
        if (!(error instanceof ConnectorError) || error instanceof TransportError) throw error
        log('information', `Asking by SOQL, because the SCIM filter failed: ${error.message}`)
      }
      return findBySoql(userField, value)
    },

    createUser: (body, findLost) => {
      const create = async (): Promise<Resource> => {
        const { json } = await session.request({ method: 'POST', path: `${scim}/Users`, body })
        if (isPreview) return { ...body, id: previewId }
        const user = toResource(json, 'the account it created')
        const { userName } = body
        const isNameless = user['userName'] === undefined
        const isCreated = (one: Resource): boolean => hasUserName(one, userName)
        session.checkAnswer(() => checkUser(user, 'userName', userName, isNameless ? () => true : isCreated))
        if (!isNameless) return user
        // An answer that leaves the user name out does not tell whose it is.
        const read = (await findUser(user.id)) ?? user
        session.checkAnswer(() => checkUser(read, 'userName', userName, isCreated))
        return read
      }
      // What was on its way may still arrive: sent again, it could become a second account.
      return confirmWrite(create, findLost, true)
    },

    patchUser: (id, operations, isDone) => {
      const read = async (): Promise<Resource> => {
        const user = await findUser(id)
        if (user !== undefined) return user
        throw new ConnectorError('NOT_FOUND', `account [${id}] does not exist any more`)
      }
      return confirmWrite(
        async () => {
          const body = patchBody(operations)
          const path = `${scim}/Users/${id}`
          const { json } = await explainedWrite({ method: 'PATCH', path, body }, operations)
          if (isPreview) return { id }
          if (!isResource(json)) return read()
          session.checkAnswer(() => checkSameId(json, id))
          return json
        },
        async () => {
          const user = await read()
          return isDone(user) ? user : undefined
        },
      )
    },

    async readBack(answered) {
      if (isPreview || wasRead.has(answered)) return answered
      try {
        return (await findUser(answered.id)) ?? answered
      } catch (error) {
        if (!(error instanceof ConnectorError) || error instanceof ForeignAnswerError) throw error
        log('warning', `What became of the change cannot be read back: ${error.message}`)
        return answered
      }
    },

    async patchGroup(id, op, user) {
      // Salesforce wants the members once more inside `value`, although `path` names them.
      const operation = { op, path: 'members', value: { members: [{ value: user }] } }
      const body = patchBody([operation])
      const { json } = await session.request({ method: 'PATCH', path: `${scim}/Groups/${id}`, body })
      if (!isResource(json)) return undefined
      session.checkAnswer(() => checkSameId(json, id))
      return json
    },

    rest,
    readUserFields: (id, names) => rest.fields('User', id, names),
    writeUserFields: async (id, record) => rest.update('User', id, await withNumbers(rest, record)),

    async findByName(kind, name, prefix = kind === 'Roles' ? idPrefix.role : idPrefix.profile) {
      const isWanted = (resource: Resource): boolean =>
        resource['displayName'] === name && resource.id.startsWith(prefix)
      const mayQuery = settings.useRestApi && isRisky(name)
      try {
        const { resources } = await list(kind, eq('displayName', name), 50)
        const found = resources.filter(isWanted)
        if (found.length > 0 || !mayQuery) return found.map(({ id }) => id)
      } catch (error) {
        if (!mayQuery || !(error instanceof TargetError)) throw error
      }
      return query(kind === 'Roles' ? 'UserRole' : 'Profile', 'Name', name, ' LIMIT 2')
    },

    async listPage(kind, { startIndex, count, after }) {
      const query = {
        ...(after !== undefined && { filter: gt('id', after) }),
        // Members of a group, up to 200 each, would be most of the answer (pilot).
        ...(kind === 'Groups' && { excludedAttributes: 'members' }),
        startIndex: String(startIndex),
        count: String(count),
      }
      const { json } = await session.request({ method: 'GET', path: `${scim}/${kind}`, query })
      return toListResponse(json)
    },

    async isAmong(kind, id, account) {
      const { resources } = await list('Users', both(eq('id', account), eq(kind, id)), 1)
      session.checkAnswer(() => {
        for (const user of resources) checkSameId(user, account)
      })
      return resources.length > 0
    },

    async exists(kind, id) {
      try {
        const { json } = await session.request({ method: 'GET', path: `${scim}/${kind}/${id}` })
        const resource = toResource(json, `${kind}/${id}`)
        session.checkAnswer(() => checkSameId(resource, id))
        return true
      } catch (error) {
        if (error instanceof TargetError && error.status === 404) return false
        throw error
      }
    },
  }
}

/**
 * The record, with what looks like a number as one where the field is one: REST takes no text for it, and a text field no
 * number. Which of the two a custom field is, only the org knows.
 */
async function withNumbers(rest: RestApi, record: JsonObject): Promise<JsonObject> {
  const isDoubtful = ([name, value]: [string, unknown]): boolean =>
    name.endsWith('__c') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
  const doubtful = Object.entries(record).filter(isDoubtful) as [string, string][]
  if (doubtful.length === 0) return record
  const description = readDescription(await rest.describe('User'))
  return { ...record, ...toRecord(new Map(doubtful), description) }
}
