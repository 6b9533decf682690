import { ConnectorError, TargetError, type Verdict } from '../../../shared/errors.ts'
import { isSameId } from '../../../shared/salesforce/id.ts'
import { fieldText, type Row } from '../../../shared/salesforce/rest/rowPages.ts'
import type { Settings } from '../configuration.ts'
import type { Surroundings } from './readCreateContext.ts'

type Rows = readonly Row[] | TargetError | undefined

/** Types of users that belong to a contact (documented: object reference, User.UserType); others have none. */
export const externalUserTypes: readonly string[] = [
  'PowerPartner',
  'PowerCustomerSuccess',
  'CustomerSuccess',
  'CspLitePortal',
]

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
  const userType = fieldText(profile, 'UserType')
  const isMapped = (values.get('ContactId') ?? '') !== ''
  const isOutsider = externalUserTypes.includes(userType)
  if (!settings.contactBackedUsers) {
    if (!isMapped && !isOutsider) return
    const what = isMapped ? 'Data.ContactId is mapped' : `the profile is for users of the type ${userType}`
    throw new ConnectorError(
      'MISCONFIGURED',
      `${what}, and users that belong to a contact are switched off: set Configuration.ContactBackedUsers if they are meant.`,
    )
  }
  if (isMapped && profile !== undefined && !isOutsider) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `Data.ContactId is mapped, and the profile [${fieldText(profile, 'Name')}] is for users that have no contact: map the profile of a partner or customer, or no ContactId.`,
    )
  }
  if (isMapped) checkMapped(values.get('ContactId') ?? '', rows.contact)
  else if (isOutsider) {
    if (rows.contact instanceof TargetError) throw rows.contact
    values.set('ContactId', onlyContact(values.get('Email') ?? '', rows.contact ?? []))
  } else return
  checkOwner(values.get('ContactId') ?? '', rows.accountOwner)
}

const byAdministrator: Verdict = { class: 'validation', retry: 'no', actor: 'Salesforce administrator' }

/** Throws `INVALID_INPUT` for a mapped contact that does not exist, or has no account. What cannot be seen is left to the write. */
function checkMapped(id: string, found: Rows): void {
  if (found === undefined || found instanceof TargetError) return
  const [row] = found
  if (row === undefined) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `The contact [${id}] of Data.ContactId does not exist in Salesforce, or the integration user may not see it: map the id of a contact.`,
    )
  }
  if (fieldText(row, 'AccountId') === '') throw withoutAccount(`The contact [${id}] of Data.ContactId`)
}

function withoutAccount(contact: string): ConnectorError {
  return new ConnectorError(
    'INVALID_INPUT',
    `${contact} belongs to no account: Salesforce makes no user of it. Give it an account in Salesforce.`,
    { verdict: byAdministrator },
  )
}

/**
 * Throws where the owner of the contact's account has no role (documented: help 000385901). An owner who cannot be seen is
 * left to the write.
 */
function checkOwner(contact: string, found: Rows): void {
  if (found === undefined || found instanceof TargetError) return
  const row = found.find((one) => isSameId(fieldText(one, 'Id'), contact))
  const owner = fieldText(row, 'Account.OwnerId')
  if (owner === '' || fieldText(row, 'Account.Owner.UserRoleId') !== '') return
  throw new ConnectorError(
    'REJECTED',
    `The owner [${owner}] of the account of the contact [${contact}] has no role, and Salesforce refuses that: "portal account owner must have a role". Give that user a role (Setup > Users), and run the action again.`,
    { verdict: byAdministrator },
  )
}

/** The id of the only contact; throws `INVALID_INPUT` where it cannot be told, or has no account. */
function onlyContact(email: string, [found, another]: readonly Parameters<typeof fieldText>[0][]): string {
  const reportable = `[${email.slice(0, 80)}]`
  if (found === undefined) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `No contact has the e-mail address ${reportable}: create one in Salesforce, or map ContactId.`,
    )
  }
  if (another !== undefined) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `Several contacts have the e-mail address ${reportable}: map ContactId.`,
    )
  }
  const id = fieldText(found, 'Id')
  if (fieldText(found, 'AccountId') !== '') return id
  throw withoutAccount(`The contact [${id}] with the e-mail address ${reportable}`)
}
