import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { cell } from '../../../shared/salesforce/rest.ts'
import type { Settings } from '../configuration.ts'
import type { Surroundings } from './lookAround.ts'

/**
 * Sees to the contact that a user of a partner's or customer's profile has to have (documented: User.ContactId): the mapped
 * one, or the only one with the e-mail address. Throws `MISCONFIGURED` where the settings do not allow such users.
 */
export function putContact(
  values: Map<string, string>,
  settings: Settings,
  rows: Surroundings['rows'],
): void {
  const profile = rows.profile instanceof TargetError ? undefined : rows.profile?.[0]
  const userType = cell(profile, 'UserType')
  const isMapped = (values.get('ContactId') ?? '') !== ''
  const isOutsider = userType !== '' && userType !== 'Standard'
  if (!settings.contactBackedUsers) {
    if (!isMapped && !isOutsider) return
    const what = isMapped ? 'Data.ContactId is mapped' : `the profile is for users of the type ${userType}`
    throw new ConnectorError(
      'MISCONFIGURED',
      `${what}, and users that belong to a contact are switched off: set Configuration.ContactBackedUsers if they are meant.`,
    )
  }
  if (isMapped || !isOutsider) return
  const { contact } = rows
  if (contact instanceof TargetError) throw contact
  const [found, another] = contact ?? []
  if (found === undefined || another !== undefined) {
    const shown = `[${(values.get('Email') ?? '').slice(0, 80)}]`
    throw new ConnectorError(
      'INVALID_INPUT',
      found === undefined
        ? `No contact has the e-mail address ${shown}: create one in Salesforce, or map ContactId.`
        : `Several contacts have the e-mail address ${shown}: map ContactId.`,
    )
  }
  values.set('ContactId', cell(found, 'Id'))
}
