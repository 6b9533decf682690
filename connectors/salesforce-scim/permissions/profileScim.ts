import type { ProfilePort, ProfileState } from '../../../shared/lifecycle/permissions/accessProfile.ts'
import { isSameId } from '../../../shared/salesforce/id.ts'
import { profileOf } from '../../../shared/scim/attribute.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { permissionSetsOf, requireEntitlements, type ScimAccessOptions } from './accessScim.ts'
import { keepAssignments, keepPermissionSets } from './restorePermissionSets.ts'

/** The profile as SCIM has it: one of the user's entitlements. */
export function profileOverScim({
  org,
  account,
}: Omit<ScimAccessOptions, 'permissionId' | 'purpose'>): ProfilePort {
  const profileIn = (user: Resource): string => String(profileOf(user)?.['value'] ?? '')
  const show = (user: Resource): ProfileState => ({
    profile: profileIn(user),
    permissionSets: permissionSetsOf(user),
  })
  return {
    async read() {
      const user = await org.findUser(account)
      if (user === undefined) return undefined
      requireEntitlements(user)
      return show(user)
    },
    /** Replacing the profile leaves the permission sets (pilot); an org that takes them is given them back. */
    async write(profile, { permissionSets, assignments }) {
      const value = { entitlements: [{ value: profile }] }
      const isDone = (user: Resource): boolean => isSameId(profileIn(user), profile)
      const patched = await org.patchUser(account, [{ op: 'replace', value }], isDone)
      if (!org.isPreview) requireEntitlements(patched)
      if (assignments === undefined) return show(await keepPermissionSets(org, permissionSets, patched))
      const kept = await keepAssignments(org, assignments, patched)
      return { profile: profileIn(patched), permissionSets: kept }
    },
    findByName: (name) => org.findByName('Entitlements', name),
    exists: (profile) => org.exists('Entitlements', profile),
  }
}
