import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import type { ImportedAccount } from '../../../shared/lifecycle/imports/importAccount.ts'
import type { ImportField } from './importField.ts'
import type { ImportOrg } from './importOrg.ts'
import { accountsByQuery } from '../../../shared/lifecycle/imports/accountsByQuery.ts'
import { accountReader, checkShown } from './importScim.ts'
import { isImported, logLeftOut } from '../../../shared/lifecycle/imports/importSelection.ts'
import { usersOverScim } from './importUsers.ts'

/**
 * The accounts of the org that the settings choose, page by page, in the order of ids: by SOQL, ten times as many in one
 * request, or over SCIM where the REST API is not used. Who is left out is counted on stderr.
 */
export function importAccounts(
  org: ImportOrg,
  fields: readonly ImportField[],
  correlationField: string | undefined,
): AsyncGenerator<readonly ImportedAccount[], void, void> {
  if (org.settings.useRestApi) return withScimAdvice(accountsByQuery(org, fields))
  checkShown(fields, correlationField)
  return accountsOverScim(org, fields)
}

/** An org in which REST is off, or users cannot be queried, may still list them over SCIM. */
async function* withScimAdvice<Page>(
  pages: AsyncGenerator<Page, void, void>,
): AsyncGenerator<Page, void, void> {
  try {
    yield* pages
  } catch (error) {
    if (!(error instanceof TargetError) || (error.status !== 403 && error.status !== 404)) throw error
    const advice = 'set Configuration.UseRestApi to false to import over SCIM'
    throw new ConnectorError(error.code, `${error.message}; ${advice}`, { cause: error })
  }
}

async function* accountsOverScim(
  org: ImportOrg,
  fields: readonly ImportField[],
): AsyncGenerator<readonly ImportedAccount[], void, void> {
  const { settings } = org
  let leftOut = 0
  for await (const users of usersOverScim(org, accountReader(org, fields), settings.importResumeAfter)) {
    const accounts = users.flatMap(({ value: { account, userType } }) =>
      isImported(settings, userType, account.Enabled) ? account : [],
    )
    leftOut += users.length - accounts.length
    yield accounts
  }
  logLeftOut(settings, leftOut)
}
