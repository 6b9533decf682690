import type { ActionContext } from '../../../shared/host/context.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import type { ImportColumn } from '../../../shared/lifecycle/imports/importColumn.ts'
import { readAttribute } from '../../../shared/scim/attribute.ts'
import { customSchema, type Resource } from '../../../shared/scim/schema.ts'
import { fieldNamed, fields, isCustom } from '../accounts/fields.ts'

/** A field of an imported account: where its value is on either route. */
export interface ImportField extends ImportColumn {
  /** In SCIM; undefined where SCIM does not show it. A custom field is a member of its org's extension. */
  readonly attribute: string | undefined
}

/** What is read under another name than it is written, or not written at all. */
const readAs: Readonly<Record<string, Partial<ImportField>>> = {
  id: { column: 'Id' },
  displayName: { column: 'Name' },
  userType: { column: 'UserType' },
  familyName: { attribute: 'name.familyName', column: 'LastName' },
  familyNameFormatted: { attribute: 'name.familyName', column: 'LastName' },
  // The prefix is part of the last name; which part it was, the org does not know.
  familyNamePrefix: { constant: '' },
  emailAddressType: { constant: 'work' },
  isEmailPrimary: { constant: 'true' },
  mobilePhoneType: { constant: 'mobile' },
  lastLoginDate: { column: 'LastLoginDate' },
  userLicense: { column: 'Profile.UserLicense.Name' },
}

/**
 * The fields that the host wants to have of each account, and the correlation field in any case. Throws `INVALID_INPUT` with
 * one sentence for all names that are no fields.
 */
export function importFields({ ImportFields, CorrelationConfiguration }: ActionContext): ImportField[] {
  const correlation = CorrelationConfiguration?.AccountField?.trim() ?? ''
  const given: [name: string, member: string][] = (ImportFields ?? []).map((name) => [name, 'ImportFields'])
  if (correlation !== '') given.push([correlation, 'CorrelationConfiguration.AccountField'])
  const names = new Set<string>()
  const problems: string[] = []
  for (const [name, member] of given) {
    try {
      names.add(fieldNamed(name.trim(), member))
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      problems.push(error.message.replace(/\.$/, ''))
    }
  }
  if (problems.length > 0) throw new ConnectorError('INVALID_INPUT', problems.join('; ') + '.')
  return [...names].map(toImportField)
}

function toImportField(name: string): ImportField {
  const { attribute, userField } = fields[name] ?? {}
  return {
    name,
    attribute: isCustom(name) ? name : attribute,
    column: isCustom(name) ? name : userField,
    constant: undefined,
    ...readAs[name],
  }
}

/** The value of a field on a user as SCIM sends it; '' where it has none. */
export function readOverScim({ constant, attribute = '', name }: ImportField): (user: Resource) => string {
  if (constant !== undefined) return () => constant
  if (!isCustom(name)) return (user) => readAttribute(user, attribute)
  let schema = ''
  return (user) => {
    // Users without a value in any custom field do not have the extension.
    if (schema === '')
      schema = Object.keys(user).find((member) => member.startsWith(customSchema('00D'))) ?? ''
    return schema === '' ? '' : readAttribute(user, `${schema}:${name}`)
  }
}
