/** Fields of which the filter's attribute has another name than the attribute itself. */
export const filterNames: Readonly<Record<string, string>> = { emailAddress: 'emails.value' }

/** Fields that can be searched for by an attribute that they are not, or not alone, written as. */
export const searched: Readonly<Record<string, string>> = {
  id: 'id',
  displayName: 'displayName',
  familyName: 'name.familyName',
  familyNameFormatted: 'name.familyName',
}

/** Fields that SCIM cannot filter on, or not alone. */
export const unfilterable: readonly string[] = [
  'alias',
  'phone',
  'mobilePhone',
  'fax',
  'delegatedApprover',
  'manager',
  'profile',
  'role',
]
