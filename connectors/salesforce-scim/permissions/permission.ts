import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import {
  type Access,
  type Holding,
  isDuplicate,
} from '../../../shared/lifecycle/permissions/access/access.ts'
import {
  assignmentAccess,
  type AssignmentAccess,
} from '../../../shared/lifecycle/permissions/access/accessAssignment.ts'
import {
  featureAccess,
  licenseAccess,
  memberAccess,
  territoryAccess,
} from '../../../shared/lifecycle/permissions/access/accessRest.ts'
import {
  type PermissionReference,
  permissionTypes,
} from '../../../shared/lifecycle/permissions/access/permission.ts'
import { profileAccess } from '../../../shared/lifecycle/permissions/accessProfile.ts'
import { profileOverScim } from './profileScim.ts'
import { permissionSetAccess, publicGroupAccess, roleAccess } from './accessScim.ts'
import type { Org } from '../org.ts'
import { type AccessTo, checkVersionFor } from '../../../shared/lifecycle/permissions/accessTo.ts'

/** The route of a permission for one account: SCIM where it can, the REST API where it must. */
export const accessTo: AccessTo<Org> = (
  org,
  { Reference: permissionId, Type },
  account,
  purpose,
  expiration,
  changedInRun = [],
) => {
  checkVersionFor(org, Type)
  const { rest, settings, isPreview } = org
  const accountExists = async (): Promise<boolean> => (await org.findUser(account)) !== undefined
  const scim = { org, account, permissionId, purpose }
  // Granting to an account that is gone fails by itself; a preview, and a revoke of what is not there, have to ask.
  const writeDetectsMissing = purpose === 'grant' && !isPreview
  const byRest = { rest, account, permissionId, accountExists, writeDetectsMissing, changedInRun }
  const assignment = { ...byRest, isPreview, purpose, assignLicenses: settings.assignLicenses }

  switch (Type) {
    case 'Profile':
      return profileAccess(org, account, permissionId, profileOverScim(scim))
    case 'Role':
      return roleAccess(scim)
    case 'PublicGroup':
      return publicGroupAccess(scim)
    case 'PermissionSet': {
      const byScim = permissionSetAccess(scim)
      if (!settings.useRestApi) {
        if (typeof expiration === 'string') throw cannotEnd(expiration)
        return byScim
      }
      const complete = assignmentAccess({ ...assignment, kind: Type, expiration })
      if (purpose === 'revoke' || settings.assignLicenses || expiration !== undefined) return complete
      const isScimFirst = org.keepsUsers === true && !isPreview
      const confirmed = {
        ...confirmedByRest(byScim, complete, isScimFirst),
        // A preview has to ask for the licences that a write would be refused for.
        checkGrant: complete.checkGrant,
      }
      return isPreview
        ? {
            ...confirmed,
            grant: (before) => (before.records.length > 0 ? complete.grant(before) : byScim.grant(before)),
          }
        : confirmed
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

/** What would be granted for ever, although the configuration says that it ends. */
function cannotEnd(expiration: string): ConnectorError {
  return new ConnectorError(
    'MISCONFIGURED',
    `SCIM cannot write the day on which a permission set ends (${expiration.slice(0, 10)}, Configuration.PermissionExpirationField), and nothing was granted: set Configuration.UseRestApi, or leave PermissionExpirationField empty`,
  )
}

/**
 * A grant over SCIM, judged by the rows: what SCIM lists is no evidence that an assignment is in force, and a duplicate that
 * it refuses may be one that is not. Where the rows cannot be read, SCIM can still give what it does not list; with
 * `isScimFirst` they are read only of what it lists.
 */
function confirmedByRest(byScim: Access, byRest: AssignmentAccess, isScimFirst: boolean): Access {
  // By SCIM everything else is known by its own ids, by REST by the ids of rows: the two cannot be compared.
  const alone = (holding: Holding): Holding => ({ ...holding, showsOthers: false })
  return {
    ...byScim,
    async read(moment) {
      const known = isScimFirst ? await readListed(byScim, moment) : undefined
      if (known?.isHeld === false) return known
      try {
        return await byRest.read(moment)
      } catch (error) {
        if (!(error instanceof TargetError)) throw error
        const listed = await byScim.read(moment)
        if (listed.isHeld && moment === 'before') throw error
        log('warning', `Whether an assignment is in force cannot be read: ${error.message}`)
        return listed
      }
    },
    async grant(before) {
      if (before.records.length > 0) return byRest.grant(before)
      try {
        const listed = await byScim.grant(before)
        if (listed?.isHeld === true) return alone(listed)
      } catch (error) {
        if (!isDuplicate(error)) throw error
        return alone(await byRest.renew(error))
      }
      // Nothing was refused, and nothing is there: the rows tell why.
      const found = await byRest.read('after')
      if (found.isHeld || found.notInForce === undefined) return alone(found)
      return (await byRest.grant(found)) ?? alone(await byRest.read('after'))
    },
  }
}

/** What SCIM lists; undefined where its answer does not show the list. */
async function readListed(byScim: Access, moment: 'before' | 'after'): Promise<Holding | undefined> {
  try {
    return await byScim.read(moment)
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'UNEXPECTED') return undefined
    throw error
  }
}

function restOnly<Options>(org: Org, type: PermissionReference['Type'], options: Options): Options {
  if (org.settings.useRestApi) return options
  throw new ConnectorError(
    'MISCONFIGURED',
    `SCIM cannot grant or revoke a ${permissionTypes[type].noun}: set Configuration.UseRestApi.`,
  )
}
