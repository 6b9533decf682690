import type { Call } from '../../../shared/action/actions.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import type { Access } from '../../../shared/salesforce/access/access.ts'
import { assignmentAccess } from '../../../shared/salesforce/access/accessAssignment.ts'
import {
  featureAccess,
  licenseAccess,
  memberAccess,
  territoryAccess,
} from '../../../shared/salesforce/access/accessRest.ts'
import { type PermissionReference, permissionTypes } from '../../../shared/salesforce/access/permission.ts'
import { profileAccess } from './accessProfile.ts'
import { permissionSetAccess, publicGroupAccess, roleAccess } from './accessScim.ts'
import type { Org } from '../org.ts'
import { valueAt } from '../person.ts'

/**
 * The route of a permission for one account: SCIM where it can, the REST API where it must. `expiration` is when it ends,
 * for permission sets and their groups: null for never, undefined where nothing is said about it. `together` are the ids
 * of what the same run grants or revokes before: a preview takes that as done.
 */
export function accessTo(
  org: Org,
  { Reference: thing, Type }: PermissionReference,
  account: string,
  purpose: 'grant' | 'revoke',
  expiration: string | null | undefined,
  together: readonly string[] = [],
): Access {
  const { rest, settings, isPreview } = org
  const accountExists = async (): Promise<boolean> => (await org.findUser(account)) !== undefined
  const scim = { org, account, thing }
  // Granting to an account that is gone fails by itself; a preview, and a revoke of what is not there, have to ask.
  const writeWillTell = purpose === 'grant' && !isPreview
  const byRest = { rest, account, thing, accountExists, writeWillTell, together }
  const assignment = { ...byRest, assignLicenses: settings.assignLicenses }

  switch (Type) {
    case 'Profile':
      return profileAccess(scim)
    case 'Role':
      return roleAccess(scim)
    case 'PublicGroup':
      return publicGroupAccess(scim)
    case 'PermissionSet': {
      const byScim = permissionSetAccess(scim)
      if (!settings.useRestApi) return byScim
      const complete = assignmentAccess({ ...assignment, kind: Type, expiration })
      if (purpose === 'revoke' || settings.assignLicenses || expiration !== undefined) return complete
      // A preview has to ask for the licences that a write would be refused for.
      return isPreview ? { ...complete, grant: byScim.grant } : byScim
    }
    case 'PermissionSetGroup':
      return assignmentAccess({ ...restOnly(org, Type, assignment), kind: Type, expiration })
    case 'PermissionSetLicense':
      return licenseAccess(restOnly(org, Type, byRest))
    case 'FeatureLicense':
      return featureAccess(restOnly(org, Type, byRest))
    case 'Queue':
      return memberAccess(restOnly(org, Type, byRest), Type)
    case 'Territory':
      return territoryAccess(restOnly(org, Type, byRest))
  }
}

function restOnly<Options>(org: Org, type: PermissionReference['Type'], options: Options): Options {
  if (org.settings.useRestApi) return options
  throw new ConnectorError(
    'MISCONFIGURED',
    `SCIM cannot grant or revoke a ${permissionTypes[type].noun}: set Configuration.UseRestApi.`,
  )
}

/** The end of a permission, from the person, where the configuration says that permissions end; null: this one does not. */
export function expirationFor({ input }: Call, org: Org): string | null | undefined {
  const path = org.settings.permissionExpirationField
  if (path === undefined || input.personContext === undefined) return undefined
  const field = path.replace(/^person\./i, '')
  const value = valueAt(input.personContext, `Person.${field}`)
  if (value === undefined || value === null || value === '') return null
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined
  if (day === undefined || Number.isNaN(Date.parse(day))) {
    throw new ConnectorError('INVALID_INPUT', `Person.${field} is not a date: expected 2026-12-31.`)
  }
  // The last day is a whole day: a contract that ends on the 31st gives access until midnight.
  return `${day}T23:59:59Z`
}
