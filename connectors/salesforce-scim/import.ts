import type { ImportStream } from '../../shared/host/importStream.ts'
import { logOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { logLicenses } from '../../shared/lifecycle/imports/importLicenses.ts'
import { importAccounts } from './imports/importAccounts.ts'
import { importFields } from './imports/importField.ts'
import { openImport } from './imports/importOrg.ts'

/** Every account of the org, once, in the order of ids; of each, the fields that the host maps. */
export const importStream: ImportStream = async function* (call) {
  const { actionContext } = call.input
  const org = openImport(call)
  const fields = importFields(actionContext)
  const correlationField = actionContext.CorrelationConfiguration?.AccountField

  await logOwnAccount(org)
  for await (const accounts of importAccounts(org, fields, correlationField)) {
    const last = accounts.at(-1)
    yield {
      objects: accounts,
      ...(last !== undefined && { resumeAfter: last.AccountReference }),
      requests: org.requests(),
    }
  }
  await logLicenses(org, fields)
}
