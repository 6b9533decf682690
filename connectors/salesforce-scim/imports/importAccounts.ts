import { ConnectorError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import type { ImportedAccount } from '../importAccount.ts'
import type { ImportField } from './importField.ts'
import type { ImportOrg } from '../importOrg.ts'
import { usersByQuery } from '../importOverRest.ts'
import { accountReader, checkShown } from './importOverScim.ts'
import { importedUsers, isImported, otherUsers, tellLeftOut } from '../importSelection.ts'
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
  if (org.settings.useRestApi) return accountsByQuery(org, fields)
  checkShown(fields, correlationField)
  return accountsOverScim(org, fields)
}

async function* accountsByQuery(
  org: ImportOrg,
  fields: readonly ImportField[],
): AsyncGenerator<readonly ImportedAccount[], void, void> {
  const { settings } = org
  let leftOut: Promise<number | undefined> | undefined
  for await (const users of usersByQuery(org, fields, importedUsers(settings), settings.importResumeAfter)) {
    leftOut ??= countOthers(org)
    yield users.map(({ value }) => value)
  }
  const count = await (leftOut ?? countOthers(org))
  if (count !== undefined) tellLeftOut(settings, count)
}

/** How many users are not imported; undefined where that cannot be told, which takes nothing from those that are. */
async function countOthers(org: ImportOrg): Promise<number | undefined> {
  try {
    return (await org.query(`SELECT COUNT() FROM User WHERE ${otherUsers(org.settings)}`)).total
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `The users that are left out could not be counted: ${error.message}`)
    return undefined
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
  tellLeftOut(settings, leftOut)
}
