import type { Call } from '../../host/actions.ts'
import { createHttpClient } from '../../http/client.ts'
import { withVersionCheck } from '../../salesforce/rest/apiVersion.ts'
import { type RestApi, restApi } from '../../salesforce/rest/restApi.ts'
import { checkCount, type Row, toPage } from '../../salesforce/rest/rowPages.ts'
import { openSession, type Session } from '../../salesforce/session/session.ts'
import { isObject } from '../../validate.ts'
import { checkReserve } from './apiReserve.ts'
import type { Settings } from '../settings/settings.ts'
import { importClock } from './importClock.ts'
import { createUsageTeller } from './logUsage.ts'

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
  /** One request of any kind, as `Session` has it. */
  request: Session['request']
  /** The first page of a query's result. */
  query(soql: string): Promise<QueryPage>
  orgId(): Promise<string | undefined>
  /** The id of the user that the connector signs in as; undefined where the sign-in does not tell. */
  ownId(): Promise<string | undefined>
  /** Requests that were sent so far, those for tokens aside. */
  requests(): number
}

export function openImport(call: Call, settings: Settings): ImportOrg {
  const client = createHttpClient(settings.importConcurrency)
  call.onEnd(() => {
    client.close()
  })
  const { DryRun: isPreview } = call.input.actionContext
  const clock = importClock(settings.importTimeoutSeconds, call.startedAt, isPreview)
  const opened = openSession({ client, clock, ...settings })
  const usage = createUsageTeller(() => opened.apiUsage())
  call.onEnd(() => {
    usage.end()
  })
  let requests = 0
  const counted: Session = {
    ...opened,
    request: async (request) => {
      checkReserve(opened.apiUsage(), settings.apiReservePercent)
      requests++
      const answer = await opened.request(request)
      usage.tell()
      return answer
    },
  }
  const session = withVersionCheck(counted, settings.apiVersion)
  const rest = restApi(counted, settings.apiVersion, call.input.actionContext.DryRun)
  const ask = async (soql: string): Promise<unknown> => {
    const path = `/services/data/v${settings.apiVersion}/query`
    try {
      return (await session.request({ method: 'GET', path, query: { q: soql } })).json
    } catch (error) {
      throw await rest.explain(error, soql)
    }
  }

  return {
    settings,
    rest,
    orgId: () => session.orgId(),
    ownId: () => session.userId(),
    requests: () => requests,

    request: session.request,

    async query(soql) {
      const json = await ask(soql)
      // A count has its number instead of rows (documented: COUNT()).
      if (soql.startsWith('SELECT COUNT() ') && isObject(json) && Number.isInteger(json['totalSize'])) {
        return { rows: [], isDone: true, total: Number(json['totalSize']) }
      }
      const { rows, next, total } = toPage(json)
      if (next === undefined) checkCount(rows.length, total)
      return { rows, isDone: next === undefined, total }
    },
  }
}
