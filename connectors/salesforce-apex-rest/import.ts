import type { Feed } from '../../shared/host/importStream.ts'
import { logOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { accountsByQuery } from '../../shared/lifecycle/imports/accountsByQuery.ts'
import { tellLicences } from '../../shared/lifecycle/imports/importLicenses.ts'
import { openImport } from '../../shared/lifecycle/imports/importOrg.ts'
import { readSettings } from './configuration.ts'
import { importColumns } from './imports/columns.ts'
import { namingColumns } from './imports/unknownColumns.ts'

/** Every account of the org, once, in the order of ids; of each, the fields that the host maps. */
export const feed: Feed = async function* (call) {
  const org = openImport(call, readSettings(call.input.actionContext.Configuration))
  const columns = importColumns(call.input.actionContext)

  await logOwnAccount(org)
  for await (const accounts of namingColumns(org, columns, accountsByQuery(org, columns))) {
    const last = accounts.at(-1)
    yield {
      objects: accounts,
      ...(last !== undefined && { resumeAfter: last.AccountReference }),
      requests: org.requests(),
    }
  }
  await tellLicences(org, columns)
}
