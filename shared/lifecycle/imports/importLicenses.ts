import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { fieldText } from '../../salesforce/rest/rowPages.ts'
import type { ImportOrg } from './importOrg.ts'

/**
 * Tells on stderr, for programs, how many seats each user licence has, where the host asks for the licences of accounts. By
 * REST only; where the org does not answer, that takes nothing from the accounts.
 */
export async function logLicenses(
  org: ImportOrg,
  fields: readonly { readonly name: string }[],
): Promise<void> {
  if (!org.settings.useRestApi || !fields.some(({ name }) => name.toLowerCase() === 'userlicense')) return
  try {
    const { rows } = await org.query('SELECT Name, TotalLicenses, UsedLicenses FROM UserLicense')
    const licences = rows.map((row) => ({
      name: fieldText(row, 'Name'),
      total: Number(fieldText(row, 'TotalLicenses')),
      used: Number(fieldText(row, 'UsedLicenses')),
    }))
    log('information', `The org has ${licences.length} user licences`, { licences })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `The seats of the user licences could not be read: ${error.message}`)
  }
}
