import { ConnectorError } from '../../../errors.ts'
import { checkSeats, isDuplicate, required } from './access.ts'
import { idPrefix, isSameId } from '../../../salesforce/id.ts'
import { keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'

/** A permission set, or a group of them, that an account is to get. */
export interface LicenseOptions {
  readonly rest: RestApi
  readonly account: string
  readonly permissionId: string
  readonly kind: 'PermissionSet' | 'PermissionSetGroup'
  /** Whether a permission set license that is needed may be assigned along with it. */
  readonly assignLicenses: boolean
  /** Ids of licenses that are granted before it in the same run. */
  readonly changedInRun?: readonly string[]
}

export const permissionSetNouns = {
  PermissionSet: 'permission set',
  PermissionSetGroup: 'permission set group',
} as const

/** The permission set licenses that are missing, and what becomes of them, in words. */
export interface LicensePlan {
  readonly missing: readonly Row[]
  readonly notes: readonly string[]
}

type PlanRows = Readonly<
  Partial<Record<'user' | 'permission' | 'components' | 'held' | 'licenses', Row[] | undefined>>
>

/**
 * The permission set licenses that the sets need and the account does not have, after checking that the sets exist, go with
 * the account's user license, and that there are seats. Throws in words. Without `assignLicenses`, Salesforce assigns them
 * along with the set (documented: help users_permissionset_licenses_and_perm_sets): `isPreview` says so, and only a grant
 * that was refused makes a missing license the reason.
 */
export async function planLicenses(
  { rest, account, permissionId, kind, assignLicenses: mayAssign, changedInRun = [] }: LicenseOptions,
  isPreview = false,
): Promise<LicensePlan> {
  const rows: PlanRows = await rest.read<string>({
    user: keyedQuery('Id, Profile.UserLicenseId, Profile.UserLicense.Name', 'User', { Id: account }),
    permission:
      kind === 'PermissionSet'
        ? keyedQuery('Id, Label, Type, IsOwnedByProfile, LicenseId', 'PermissionSet', { Id: permissionId })
        : keyedQuery('Id, MasterLabel', 'PermissionSetGroup', { Id: permissionId }),
    ...(kind === 'PermissionSetGroup' && {
      components: keyedQuery(
        'PermissionSetId, PermissionSet.Label, PermissionSet.LicenseId',
        'PermissionSetGroupComponent',
        { PermissionSetGroupId: permissionId },
      ),
    }),
    held: keyedQuery('PermissionSetLicenseId', 'PermissionSetLicenseAssign', { AssigneeId: account }),
    licenses: 'SELECT Id, DeveloperName, MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense',
  })
  const row = required(rows.permission?.[0], permissionSetNouns[kind], permissionId)
  const sets =
    kind === 'PermissionSet'
      ? [{ label: fieldText(row, 'Label'), license: fieldText(row, 'LicenseId') }]
      : (rows.components ?? []).map((component) => ({
          label: fieldText(component, 'PermissionSet.Label'),
          license: fieldText(component, 'PermissionSet.LicenseId'),
        }))
  const missing: Row[] = []
  for (const { label, license } of sets) {
    if (license === '') continue
    if (!license.startsWith(idPrefix.permissionSetLicense)) {
      const userLicense = fieldText(rows.user?.[0], 'Profile.UserLicenseId')
      if (userLicense !== '' && !isSameId(license, userLicense)) {
        const name = fieldText(rows.user?.[0], 'Profile.UserLicense.Name') || userLicense
        throw new ConnectorError(
          'REJECTED',
          `the permission set [${label}] belongs to another user licence than the account's, which is [${name}]`,
        )
      }
      continue
    }
    const held = [
      ...changedInRun,
      ...(rows.held ?? []).map((row) => fieldText(row, 'PermissionSetLicenseId')),
    ]
    const isHeld = held.some((id) => isSameId(id, license))
    if (isHeld || missing.some((other) => isSameId(fieldText(other, 'Id'), license))) continue
    const needed = required(
      rows.licenses?.find((candidate) => isSameId(fieldText(candidate, 'Id'), license)),
      'permission set licence',
      license,
    )
    if (!mayAssign && !isPreview) {
      throw new ConnectorError(
        'REJECTED',
        `the permission set [${label}] needs the permission set licence [${fieldText(needed, 'MasterLabel')}], which the account does not have: grant it first, or set Configuration.AssignLicenses`,
      )
    }
    checkSeats(needed, 'permission set licence')
    missing.push(needed)
  }
  const noteOf = (name: string): string =>
    mayAssign
      ? `the permission set licence [${name}] is assigned first`
      : `it needs the permission set license [${name}], which Salesforce assigns along with it; an org that does not refuses the grant until the license is granted first or Configuration.AssignLicenses is set`
  return { missing, notes: missing.map((license) => noteOf(fieldText(license, 'MasterLabel'))) }
}

/** Gives the account the permission set licenses that are needed first. */
export async function assignLicenses(
  { rest, account }: LicenseOptions,
  licenses: readonly Row[],
): Promise<void> {
  for (const license of licenses) {
    try {
      await rest.create('PermissionSetLicenseAssign', {
        AssigneeId: account,
        PermissionSetLicenseId: fieldText(license, 'Id'),
      })
    } catch (error) {
      // Another session, or Salesforce itself along with another set, was faster.
      if (!isDuplicate(error)) throw error
    }
  }
}
