import { ConnectorError } from '../../../errors.ts'
import { type PermissionType, permissionTypes } from '../access/permission.ts'
import { type CurrentEntry, type Desired, isSamePermission } from './subPermission.ts'

/** Something that could not be granted or revoked, and why, as a sentence without its end. */
export interface Problem {
  readonly name: string
  readonly reason: string
}

export interface SubPermissionPlan {
  readonly grants: readonly Desired[]
  readonly revokes: readonly CurrentEntry[]
  readonly problems: readonly Problem[]
}

/** The host's limit (documented: performance-limits). */
const most = 100

/** An account has one of these: a new one takes the place of the old one. */
export const single: readonly PermissionType[] = ['Profile', 'Role']

/** What others need comes first when granting, and last when revoking: a profile decides on licences, a licence on sets. */
const order: readonly PermissionType[] = ['Profile', 'PermissionSetLicense']

/** The difference between what the host holds and what the contracts give. Nothing to do is an empty plan. */
export function planSubPermissions(
  current: readonly CurrentEntry[],
  desired: readonly Desired[],
): SubPermissionPlan {
  const different = desired.filter(
    (item, index) => desired.findIndex((other) => isSame(other, item)) === index,
  )
  if (different.length > most) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `the contracts give ${different.length} sub-permissions, and the host takes ${most} at most: make the rules coarser, for example by permission set groups`,
    )
  }
  const isHeld = ({ permission }: Desired): boolean =>
    current.some((entry) => entry.permission !== undefined && isSamePermission(entry.permission, permission))
  const { chosen, problems } = oneOfEach(different, isHeld)
  const isWanted = ({ permission }: CurrentEntry): boolean =>
    permission !== undefined && chosen.some((item) => isSamePermission(item.permission, permission))
  return {
    grants: sorted(chosen.filter((item) => !isHeld(item))),
    revokes: sorted(current.filter((entry) => !isWanted(entry))).reverse(),
    problems,
  }
}

function isSame(a: Desired, b: Desired): boolean {
  return isSamePermission(a.permission, b.permission)
}

/** Of a type that an account has one of: the one that it has, else the first; the others are told. */
function oneOfEach(
  desired: readonly Desired[],
  isHeld: (item: Desired) => boolean,
): { chosen: Desired[]; problems: Problem[] } {
  const winners = single.flatMap((type) => {
    const candidates = desired.filter(({ permission }) => permission.Type === type)
    return candidates.find(isHeld) ?? candidates[0] ?? []
  })
  const losers = desired.filter((item) => single.includes(item.permission.Type) && !winners.includes(item))
  const problems = losers.map(({ permission, displayName }) => {
    const winner = winners.find((item) => item.permission.Type === permission.Type)
    const { noun } = permissionTypes[permission.Type]
    const reason = `the contracts give more than one ${noun}, and an account has one: [${winner?.displayName ?? ''}] was chosen`
    return { name: displayName, reason }
  })
  return { chosen: desired.filter((item) => !losers.includes(item)), problems }
}

function sorted<Item extends { readonly permission: Desired['permission'] | undefined }>(
  items: readonly Item[],
): Item[] {
  const rank = ({ permission }: Item): number => {
    const place = permission === undefined ? -1 : order.indexOf(permission.Type)
    return place < 0 ? order.length : place
  }
  return [...items].sort((a, b) => rank(a) - rank(b))
}
