import type { Call } from '../../../shared/host/actions.ts'
import {
  type ImportOrg as CommonImportOrg,
  openImport as openCommonImport,
} from '../../../shared/lifecycle/imports/importOrg.ts'
import { type ListResponse, toListResponse } from '../../../shared/scim/schema.ts'
import { readSettings } from '../configuration.ts'

/** A page of users over SCIM. */
export interface UserListQuery {
  readonly startIndex: number
  readonly count: number
  readonly filter?: string
  /** Names with commas between them: what is sent of each user. */
  readonly attributes?: string
}

/** The org as an import of this connector sees it. Opening it sends nothing. */
export interface ImportOrg extends CommonImportOrg {
  listUsers(query: UserListQuery): Promise<ListResponse>
}

export function openImport(call: Call): ImportOrg {
  const org = openCommonImport(call, readSettings(call.input.actionContext.Configuration))
  return {
    ...org,

    async listUsers({ startIndex, count, filter, attributes }) {
      const query = {
        ...(filter !== undefined && { filter }),
        startIndex: String(startIndex),
        count: String(count),
        ...(attributes !== undefined && { attributes }),
      }
      const { json } = await org.request({ method: 'GET', path: '/services/scim/v2/Users', query })
      return toListResponse(json)
    },
  }
}
