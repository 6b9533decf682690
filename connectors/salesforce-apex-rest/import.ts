import type { ImportStream } from '../../shared/host/importStream.ts'
import { logOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { accountsByQuery } from '../../shared/lifecycle/imports/accountsByQuery.ts'
import { logLicenses } from '../../shared/lifecycle/imports/importLicenses.ts'
import { openImport } from '../../shared/lifecycle/imports/importOrg.ts'
import { readSettings } from './configuration.ts'
import { importColumns } from './imports/columns.ts'
import { explainUnknownColumns } from './imports/unknownColumns.ts'

/** Every account of the org, once, in the order of ids; of each, the fields that the host maps. */
export const importStream: ImportStream = async function* (call) {
  const org = openImport(call, readSettings(call.input.actionContext.Configuration))
  const columns = importColumns(call.input.actionContext)

  await logOwnAccount(org)
  for await (const accounts of explainUnknownColumns(org, columns, accountsByQuery(org, columns))) {
    const last = accounts.at(-1)
    yield {
      objects: accounts,
      ...(last !== undefined && { resumeAfter: last.AccountReference }),
      requests: org.requests(),
    }
  }
  await logLicenses(org, columns)
}
