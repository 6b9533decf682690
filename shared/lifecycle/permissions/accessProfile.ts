import { ConnectorError, TargetError } from '../../errors.ts'
import { type Access, accountGone, checkSeats, type Holding, required, shown } from './access/access.ts'
import { type OwnAssignment, ownAssignments } from './access/assignmentRow.ts'
import { isId, isSameId } from '../../salesforce/id.ts'
import { keyedQuery } from '../../salesforce/rest/keyedQuery.ts'
import { fieldText, type Row } from '../../salesforce/rest/rowPages.ts'
import { noRoleFor } from '../../salesforce/userType.ts'
import type { Org } from '../commonOrg.ts'
import { ownAssignmentsQuery } from './restoreAssignments.ts'

/** What is known of profiles before one is changed; empty where only SCIM is used. */
interface Profiles {
  readonly current: string
  /** What the account holds itself; undefined where only SCIM is used. */
  readonly assignments: readonly OwnAssignment[] | undefined
  readonly profiles: readonly Row[]
  readonly licenses: readonly Row[]
  /** Why some of it could not be read, or the permission sets of the account. */
  readonly doubts: Readonly<Partial<Record<'profiles' | 'licenses' | 'assignments', TargetError>>>
}

/** An account's profile, and the ids of the permission sets and groups that it has itself. */
export interface ProfileState {
  readonly profile: string
  readonly permissionSets: readonly string[]
}

/** What a change of profile must leave as it is. */
export interface HeldBesides {
  /** Ids, as `ProfileState` has them. */
  readonly permissionSets: readonly string[]
  /** The same as the REST API shows it, groups among it; undefined where only SCIM is used. */
  readonly assignments: readonly OwnAssignment[] | undefined
}

/** How a connector reads and changes an account's profile. */
export interface ProfilePort {
  /** Undefined when the account is gone. */
  read(): Promise<ProfileState | undefined>
  /** Changes the profile and sees to it that the account keeps its permission sets; the account as it is then. */
  write(profile: string, besides: HeldBesides): Promise<ProfileState>
  /** The ids of the profiles of this name: asked where the REST API is not used. */
  findByName(name: string): Promise<readonly string[]>
  exists(profile: string): Promise<boolean>
}

/**
 * The user's one profile: granting replaces it, within its licence unless `AllowLicenseChange` is set; revoking moves the
 * user to the configured fallback, because no user can be without.
 */
export function profileAccess(org: Org, account: string, permissionId: string, port: ProfilePort): Access {
  const { useRestApi, allowLicenseChange } = org.settings
  let known: Profiles = { current: '', assignments: undefined, profiles: [], licenses: [], doubts: {} }

  const holding = (id: string, others: readonly string[]): Holding => {
    known = { ...known, current: id }
    return {
      account: 'present',
      isHeld: isSameId(id, permissionId),
      through: [],
      others,
      isReplaced: true,
      records: [],
    }
  }
  const show = ({ profile, permissionSets }: ProfileState): Holding => holding(profile, permissionSets)

  const read = async (moment: 'before' | 'after'): Promise<Holding> => {
    if (!useRestApi || moment === 'after') {
      const state = await port.read()
      return state === undefined ? accountGone : show(state)
    }
    const rows = await org.rest.readVisible({
      user: keyedQuery('Id, ProfileId', 'User', { Id: account }),
      assignments: ownAssignmentsQuery(account),
      profiles: 'SELECT Id, Name, UserLicenseId FROM Profile',
      licenses: 'SELECT Id, Name, TotalLicenses, UsedLicenses FROM UserLicense',
    })
    const { user: _, ...others } = rows
    const doubts = Object.fromEntries(
      Object.entries(others).filter(([, found]) => found instanceof TargetError),
    ) as Profiles['doubts']
    const visible = (found: Row[] | TargetError | undefined): readonly Row[] =>
      Array.isArray(found) ? found : []
    const [user] = shown(rows.user)
    const assignments = ownAssignments(visible(rows.assignments))
    const [profiles, licenses] = [visible(rows.profiles), visible(rows.licenses)]
    known = { current: '', assignments, profiles, licenses, doubts }
    const ids = assignments.map(({ id }) => id)
    return user === undefined ? accountGone : holding(profileIn(user), ids)
  }

  const licenseOf = (profile: string): Row | undefined => {
    const row = known.profiles.find((candidate) => isSameId(fieldText(candidate, 'Id'), profile))
    return known.licenses.find((license) =>
      isSameId(fieldText(license, 'Id'), fieldText(row, 'UserLicenseId')),
    )
  }

  const licenseIdOf = (profile: string): string =>
    fieldText(
      known.profiles.find((candidate) => isSameId(fieldText(candidate, 'Id'), profile)),
      'UserLicenseId',
    )

  const checkLicense = (from: string, to: string): void => {
    if (!useRestApi) return
    required(
      known.profiles.find((row) => isSameId(fieldText(row, 'Id'), to)),
      'profile',
      to,
    )
    const [old, next] = [licenseOf(from), licenseOf(to)]
    if (old === undefined || next === undefined || old === next) return
    const names = `[${fieldText(old, 'Name')}] to [${fieldText(next, 'Name')}]`
    if (!allowLicenseChange) {
      throw new ConnectorError(
        'REJECTED',
        `the profile belongs to another user licence: the account would go from ${names}. Set Configuration.AllowLicenseChange if that is meant`,
      )
    }
    checkSeats(next, 'user licence')
  }

  /** A profile without roles, for an account that has one: Salesforce refuses it. */
  const checkRole = async (): Promise<void> => {
    if (!useRestApi) return
    const profile = keyedQuery('Id, UserType', 'Profile', { Id: permissionId })
    const reason = noRoleFor(fieldText((await org.rest.query(profile))[0], 'UserType'))
    if (reason === undefined) return
    const [user] = await org.rest.query(keyedQuery('Id, UserRoleId', 'User', { Id: account }))
    if (fieldText(user, 'UserRoleId') !== '') throw new ConnectorError('REJECTED', reason)
  }

  const set = async (id: string, { others }: Holding): Promise<Holding> =>
    show(await port.write(id, { permissionSets: others, assignments: known.assignments }))

  /** The id of the profile that takes the place of a revoked one. */
  const fallback = async (): Promise<string> => {
    const license = fieldText(licenseOf(known.current), 'Name')
    const wanted = org.settings.fallbackProfiles.get(license.toLowerCase()) ?? org.settings.fallbackProfile
    if (wanted === undefined) {
      const forLicense = license === '' ? '' : ` (the account's licence is [${license}])`
      throw new ConnectorError(
        'MISCONFIGURED',
        `no user can be without a profile: set Configuration.FallbackProfile, or FallbackProfiles where several licences are in use${forLicense}`,
      )
    }
    const id = await fallbackId(wanted)
    if (isSameId(id, permissionId)) {
      throw new ConnectorError(
        'MISCONFIGURED',
        `the profile to revoke is the fallback profile [${wanted}] itself`,
      )
    }
    const [old, next] = [licenseOf(known.current), licenseOf(id)]
    if (licenseIdOf(known.current) !== licenseIdOf(id)) {
      throw new ConnectorError(
        'MISCONFIGURED',
        `the fallback profile [${wanted}] belongs to the user licence [${fieldText(next, 'Name') || licenseIdOf(id)}], and the account has [${fieldText(old, 'Name') || licenseIdOf(known.current)}]: set Configuration.FallbackProfiles for that licence`,
      )
    }
    return id
  }

  const fallbackId = async (wanted: string): Promise<string> => {
    const row = known.profiles.find((candidate) =>
      isId(wanted, '00e')
        ? isSameId(fieldText(candidate, 'Id'), wanted)
        : fieldText(candidate, 'Name') === wanted,
    )
    if (row !== undefined) return fieldText(row, 'Id')
    const ids = useRestApi ? [] : isId(wanted, '00e') ? [wanted] : await port.findByName(wanted)
    const [id] = ids
    if (id !== undefined) return id
    throw new ConnectorError('MISCONFIGURED', `the fallback profile [${wanted}] does not exist in Salesforce`)
  }

  return {
    read,
    checkGrant: async (_before, isPreview) => {
      for (const doubt of Object.values(known.doubts)) throw doubt
      checkLicense(known.current, permissionId)
      if (isPreview && !useRestApi && !(await port.exists(permissionId))) {
        required(undefined, 'profile', permissionId)
      }
      if (isPreview) await checkRole()
      return []
    },
    checkRevoke: async () => {
      const { profiles, licenses } = known.doubts
      if (profiles !== undefined) throw profiles
      // Which fallback is meant depends on the license.
      if (licenses !== undefined && org.settings.fallbackProfiles.size > 0) throw licenses
      const id = await fallback()
      const row = known.profiles.find((candidate) => isSameId(fieldText(candidate, 'Id'), id))
      return [
        `the account gets the fallback profile [${fieldText(row, 'Name') || id}]`,
        ...Object.values(known.doubts).map(
          (doubt) => `not everything about it could be checked: ${doubt.message}`,
        ),
      ]
    },
    grant: (before) => set(permissionId, before),
    revoke: async (before) => set(await fallback(), before),
  }
}

/** The profile of a user. Throws `UNEXPECTED` where it is left out: no user is without. */
export function profileIn(user: Row): string {
  const id = fieldText(user, 'ProfileId')
  if (id !== '') return id
  throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a user that lacks ProfileId')
}
