import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'
import type { UserRow } from '../org/rows.ts'

/** User types of people outside the company (documented: object reference, User). */
const portalTypes = new Set(['PowerPartner', 'PowerCustomerSuccess', 'CustomerSuccess', 'CspLitePortal'])

/**
 * Refuses a user of a partner or customer profile without a contact that may have one, and a contact for anybody else.
 * @throws DmlError
 */
export function checkPortalUser(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  const isPortal = portalTypes.has(wanted.UserType)
  if (before !== undefined) {
    // general knowledge: nobody moves between the company and the outside; assumed code and text
    if (portalTypes.has(before.UserType) === isPortal) return
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Profile ID: cannot change to another type of user', [
      'ProfileId',
    ])
  }
  if (wanted.ContactId === null) {
    if (!isPortal) return
    // observed text and code (others' provisioning logs)
    throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'Cannot create a portal user without contact', [
      'ContactId',
    ])
  }
  if (!isPortal) {
    // documented (object reference, User): null for users of Salesforce itself; assumed code and text
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Contact ID: only portal users can have a contact', [
      'ContactId',
    ])
  }
  checkContact(context, wanted.ContactId, wanted.UserType)
}

function checkContact(context: Context, contactId: string, userType: string): void {
  const { org } = context
  if (org.users.where('ContactId', contactId).length > 0) {
    // documented code; observed text
    throw new DmlError('PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', 'portal user already exists for contact', [
      'ContactId',
    ])
  }
  const account = org.accounts.get(org.contacts.get(contactId)?.AccountId ?? '')
  if (account === undefined) {
    // general knowledge: a contact without account is private; assumed code and text
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Contact ID: the contact must belong to an account', [
      'ContactId',
    ])
  }
  if (account.IsPersonAccount && userType === 'PowerPartner') {
    // general knowledge: person accounts have customers, no partners; assumed code and text
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Contact ID: a person account can not be a partner', [
      'ContactId',
    ])
  }
  if ((org.users.get(account.OwnerId)?.UserRoleId ?? null) === null) {
    // documented: help 000385901, text and code
    throw new DmlError('UNKNOWN_EXCEPTION', 'portal account owner must have a role')
  }
}
