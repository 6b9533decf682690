import { ConnectorError } from '../../errors.ts'
import { type Access, accountGone, isGone, required, shown } from './access/access.ts'
import { assignmentAccess } from './access/accessAssignment.ts'
import { featureAccess, licenseAccess, memberAccess, territoryAccess } from './access/accessRest.ts'
import { type OwnAssignment, ownAssignments } from './access/assignmentRow.ts'
import { isSameId } from '../../salesforce/id.ts'
import { keyedQuery } from '../../salesforce/rest/keyedQuery.ts'
import { fieldText } from '../../salesforce/rest/rowPages.ts'
import { noRoleFor } from '../../salesforce/userType.ts'
import type { Org } from '../commonOrg.ts'
import { profileAccess, profileIn, type ProfilePort, type ProfileState } from './accessProfile.ts'
import { type AccessTo, checkVersionFor } from './accessTo.ts'
import { ownAssignmentsQuery, restoreAssignments } from './restoreAssignments.ts'

/** The route of a permission for one account, with nothing but the REST API. */
export const accessOverRest: AccessTo<Org> = (
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
  // Granting to an account that is gone fails by itself; a preview, and a revoke of what is not there, have to ask.
  const writeDetectsMissing = purpose === 'grant' && !isPreview
  const options = { rest, account, permissionId, accountExists, writeDetectsMissing, changedInRun }
  const { assignLicenses } = settings

  switch (Type) {
    case 'Profile':
      return profileAccess(org, account, permissionId, profileOverRest(org, account))
    case 'Role':
      return roleOverRest(org, account, permissionId)
    case 'PermissionSet':
    case 'PermissionSetGroup':
      return assignmentAccess({ ...options, isPreview, purpose, assignLicenses, kind: Type, expiration })
    case 'PermissionSetLicense':
      return licenseAccess(options)
    case 'FeatureLicense':
      return featureAccess(options)
    case 'PublicGroup':
    case 'Queue':
      return memberAccess(options, Type)
    case 'Territory':
      return territoryAccess(options)
  }
}

/** The user's one role: a field of User. */
export function roleOverRest({ rest }: Org, account: string, permissionId: string): Access {
  const set = async (role: string | null): Promise<undefined> => {
    await rest.update('User', account, { UserRoleId: role })
    return undefined
  }
  return {
    async read() {
      const [row] = await rest.query(keyedQuery('Id, UserRoleId', 'User', { Id: account }))
      if (row === undefined) return accountGone
      const isHeld = isSameId(fieldText(row, 'UserRoleId'), permissionId)
      return { account: 'present', isHeld, through: [], others: [], records: [] }
    },
    async checkGrant(_before, isPreview) {
      if (!isPreview) return []
      const [row] = await rest.query(keyedQuery('Id', 'UserRole', { Id: permissionId }))
      required(row, 'role', permissionId)
      const [user] = await rest.query(keyedQuery('Id, UserType', 'User', { Id: account }))
      const reason = noRoleFor(fieldText(user, 'UserType'))
      if (reason !== undefined) throw new ConnectorError('REJECTED', reason)
      return []
    },
    checkRevoke: () => Promise.resolve([]),
    grant: () => set(permissionId),
    revoke: () => set(null),
  }
}

/** The profile: a field of User. Changing it may take permission sets that belong to its license: they are given back. */
export function profileOverRest({ rest, isPreview }: Org, account: string): ProfilePort {
  const readAll = async (): Promise<{ profile: string; own: readonly OwnAssignment[] } | undefined> => {
    const rows = await rest.readVisible({
      user: keyedQuery('Id, ProfileId', 'User', { Id: account }),
      assignments: ownAssignmentsQuery(account),
    })
    const [user] = shown(rows.user)
    if (user === undefined) return undefined
    // That they cannot be seen was told before the write.
    const assignments = Array.isArray(rows.assignments) ? rows.assignments : []
    return { profile: profileIn(user), own: ownAssignments(assignments) }
  }
  const stateOf = (profile: string, own: readonly OwnAssignment[]): ProfileState => ({
    profile,
    permissionSets: own.map(({ id }) => id),
  })
  return {
    async read() {
      const state = await readAll()
      return state && stateOf(state.profile, state.own)
    },
    async write(profile, { permissionSets, assignments = [] }) {
      await rest.update('User', account, { ProfileId: profile })
      if (isPreview) return { profile, permissionSets }
      const state = await readAll()
      if (state === undefined) return { profile: '', permissionSets: [] }
      return stateOf(state.profile, await restoreAssignments(rest, account, assignments, state.own))
    },
    // Names are looked up with the rest.
    findByName: () => Promise.resolve([]),
    async exists(profile) {
      try {
        return (await rest.query(keyedQuery('Id', 'Profile', { Id: profile }))).length > 0
      } catch (error) {
        if (isGone(error)) return false
        throw error
      }
    },
  }
}
