import type { Call } from '../../shared/action/actions.ts'
import { ConnectorError } from '../../shared/errors.ts'
import { createHttpClient } from '../../shared/http/client.ts'
import { type RestApi, restApi, type Row } from '../../shared/salesforce/rest.ts'
import { openSession, type Session } from '../../shared/salesforce/session/session.ts'
import { type ListResponse, toListResponse } from '../../shared/scim/schema.ts'
import { isObject } from '../../shared/validate.ts'
import { checkReserve } from './apiReserve.ts'
import { readSettings, type Settings } from './configuration.ts'

/** A page of users over SCIM. */
export interface UserListQuery {
  readonly startIndex: number
  readonly count: number
  readonly filter?: string
  /** Names with commas between them: what is sent of each user. */
  readonly attributes?: string
}

/** One answer to a query. */
export interface QueryPage {
  readonly rows: readonly Row[]
  /** Whether the server says that the rows are all of them. */
  readonly isDone: boolean
  /** Rows of the whole result. */
  readonly total: number
}

/** The org as an import sees it: lists, read with several requests at once. Opening it sends nothing. */
export interface ImportOrg {
  readonly settings: Settings
  readonly rest: RestApi
  listUsers(query: UserListQuery): Promise<ListResponse>
  /** The first page of a query's result. */
  query(soql: string): Promise<QueryPage>
  orgId(): Promise<string | undefined>
  /** Requests that were sent so far, those for tokens aside. */
  requests(): number
}

/** Milliseconds that one request of an import may take. The import as a whole may take as long as it takes. */
const requestTimeout = 60_000

export function openImport(call: Call): ImportOrg {
  const settings = readSettings(call.input.actionContext.Configuration)
  const client = createHttpClient(settings.importConcurrency)
  call.onEnd(() => {
    client.close()
  })
  const opened = openSession({ client, clock: { remaining: () => requestTimeout }, ...settings })
  let requests = 0
  const session: Session = {
    ...opened,
    request: async (request) => {
      checkReserve(opened.apiUsage(), settings.apiReservePercent)
      requests++
      return opened.request(request)
    },
  }

  return {
    settings,
    rest: restApi(session, settings.apiVersion, call.input.actionContext.DryRun),
    orgId: () => session.orgId(),
    requests: () => requests,

    async listUsers({ startIndex, count, filter, attributes }) {
      const query = {
        ...(filter !== undefined && { filter }),
        startIndex: String(startIndex),
        count: String(count),
        ...(attributes !== undefined && { attributes }),
      }
      const { json } = await session.request({ method: 'GET', path: '/services/scim/v2/Users', query })
      return toListResponse(json)
    },

    async query(soql) {
      const path = `/services/data/v${settings.apiVersion}/query`
      const { json } = await session.request({ method: 'GET', path, query: { q: soql } })
      const records = isObject(json) ? json['records'] : undefined
      if (!isObject(json) || !Array.isArray(records)) {
        throw new ConnectorError('UNEXPECTED', 'Salesforce answered a query with something else than records')
      }
      const total = Number(json['totalSize'])
      return {
        rows: records.filter(isObject),
        isDone: json['done'] === true,
        total: Number.isInteger(total) ? total : records.length,
      }
    },
  }
}
