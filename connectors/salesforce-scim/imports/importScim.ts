import { ConnectorError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import { readAttribute } from '../../../shared/scim/attribute.ts'
import { customSchema } from '../../../shared/scim/schema.ts'
import { isCustom } from '../accounts/fields.ts'
import { type ImportedAccount, toImportedAccount } from '../../../shared/lifecycle/imports/importAccount.ts'
import { type ImportField, readOverScim } from './importField.ts'
import type { ImportOrg } from './importOrg.ts'
import type { UserReader } from './importUsers.ts'

/** An account, before it is known whether it is imported. */
export interface ListedAccount {
  readonly account: ImportedAccount
  readonly userType: string
}

/** Makes accounts of users; fields that only the REST API shows are left out, rather than called empty. */
export function accountReader(org: ImportOrg, fields: readonly ImportField[]): UserReader<ListedAccount> {
  const shown = fields.filter(isShown)
  const readers = shown.map((field) => ({ name: field.name, value: readOverScim(field) }))
  return {
    read(user) {
      const data: Record<string, string> = {}
      for (const { name, value } of readers) data[name] = value(user)
      const parts = {
        id: user.id,
        displayName: readAttribute(user, 'displayName'),
        userName: readAttribute(user, 'userName'),
        isActive: readAttribute(user, 'active') === 'true',
      }
      return { account: toImportedAccount(parts, data), userType: readAttribute(user, 'userType') }
    },

    async attributes() {
      const names = new Set(['userName', 'displayName', 'active', 'userType'])
      for (const { name, attribute = 'id' } of shown) {
        if (isCustom(name)) {
          const orgId = await org.orgId()
          if (orgId === undefined) return undefined
          names.add(`${customSchema(orgId)}:${name}`)
        } else names.add(attribute.startsWith('urn:') ? attribute : (attribute.split('.')[0] ?? ''))
      }
      names.delete('id')
      return [...names]
    },
  }
}

function isShown({ attribute, constant }: ImportField): boolean {
  return attribute !== undefined || constant !== undefined
}

/** Tells which fields SCIM does not show; throws where accounts could not be recognised without one of them. */
export function checkShown(fields: readonly ImportField[], correlationField: string | undefined): void {
  const hidden = fields.filter((field) => !isShown(field)).map(({ name }) => name)
  if (hidden.length === 0) return
  const sentence = `SCIM does not show ${hidden.join(', ')}`
  if (hidden.some((name) => name.toLowerCase() === correlationField?.toLowerCase())) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `${sentence}: set Configuration.UseRestApi to correlate on that`,
    )
  }
  log('warning', `${sentence}: left out of Data. Set Configuration.UseRestApi to import them`)
}
