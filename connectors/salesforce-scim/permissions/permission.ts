import { ConnectorError } from '../../../shared/errors.ts'
import { assignmentAccess } from '../../../shared/salesforce/access/accessAssignment.ts'
import {
  featureAccess,
  licenseAccess,
  memberAccess,
  territoryAccess,
} from '../../../shared/salesforce/access/accessRest.ts'
import { type PermissionReference, permissionTypes } from '../../../shared/salesforce/access/permission.ts'
import { profileAccess } from '../../../shared/provisioning/permissions/accessProfile.ts'
import { profileOverScim } from './profileOverScim.ts'
import { permissionSetAccess, publicGroupAccess, roleAccess } from './accessScim.ts'
import type { Org } from '../org.ts'
import { type AccessTo, checkVersionFor } from '../../../shared/provisioning/permissions/accessTo.ts'

/** The route of a permission for one account: SCIM where it can, the REST API where it must. */
export const accessTo: AccessTo<Org> = (
  org,
  { Reference: thing, Type },
  account,
  purpose,
  expiration,
  together = [],
) => {
  checkVersionFor(org, Type)
  const { rest, settings, isPreview } = org
  const accountExists = async (): Promise<boolean> => (await org.findUser(account)) !== undefined
  const scim = { org, account, thing }
  // Granting to an account that is gone fails by itself; a preview, and a revoke of what is not there, have to ask.
  const writeWillTell = purpose === 'grant' && !isPreview
  const byRest = { rest, account, thing, accountExists, writeWillTell, together }
  const assignment = { ...byRest, purpose, assignLicenses: settings.assignLicenses }

  switch (Type) {
    case 'Profile':
      return profileAccess(org, account, thing, profileOverScim(scim))
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
