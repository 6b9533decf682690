import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import type { ImportedAccount } from './importAccount.ts'
import type { ImportColumn } from './importColumn.ts'
import type { ImportOrg } from './importOrg.ts'
import { usersByQuery } from './importRest.ts'
import { importedUsers, otherUsers, logLeftOut } from './importSelection.ts'

/** The accounts that the settings choose, page by page, in the order of ids. Who is left out is counted on stderr. */
export async function* accountsByQuery(
  org: ImportOrg,
  fields: readonly ImportColumn[],
): AsyncGenerator<readonly ImportedAccount[], void, void> {
  const { settings } = org
  let leftOut: Promise<number | undefined> | undefined
  for await (const users of usersByQuery(org, fields, importedUsers(settings), settings.importResumeAfter)) {
    leftOut ??= countOthers(org)
    yield users.map(({ value }) => value)
  }
  const count = await (leftOut ?? countOthers(org))
  if (count !== undefined) logLeftOut(settings, count)
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
