import { ConnectorError } from '../../../errors.ts'
import { isObject, type JsonObject, nearest } from '../../../validate.ts'
import { idPrefix, isId } from '../../../salesforce/id.ts'

/** What a Salesforce user can hold, by the names that references, settings and manifest use: they never change. */
export const permissionTypes = {
  Profile: { prefix: idPrefix.profile, label: 'Profile', noun: 'profile' },
  PermissionSet: { prefix: idPrefix.permissionSet, label: 'Permission set', noun: 'permission set' },
  PermissionSetGroup: {
    prefix: idPrefix.permissionSetGroup,
    label: 'Permission set group',
    noun: 'permission set group',
  },
  PermissionSetLicense: {
    prefix: idPrefix.permissionSetLicense,
    label: 'Permission set licence',
    noun: 'permission set licence',
  },
  /** A switch of the user (`UserPermissionsMarketingUser`): its reference is that field's name. */
  FeatureLicense: { prefix: undefined, label: 'Feature licence', noun: 'feature licence' },
  Role: { prefix: idPrefix.role, label: 'Role', noun: 'role' },
  PublicGroup: { prefix: idPrefix.group, label: 'Public group', noun: 'public group' },
  Queue: { prefix: idPrefix.group, label: 'Queue', noun: 'queue' },
  Territory: { prefix: idPrefix.territory, label: 'Territory', noun: 'territory' },
} as const

export type PermissionType = keyof typeof permissionTypes

export const permissionTypeNames = Object.keys(permissionTypes) as PermissionType[]

/** `territories`, in a sentence about all of them. */
export function pluralOf(type: PermissionType): string {
  return `${permissionTypes[type].noun.replace(/y$/, 'ie')}s`
}

/** One thing that can be granted: what the host calls `References.Permission`. */
export interface PermissionReference {
  readonly Reference: string
  readonly Type: PermissionType
}

/** Feature licences are the User's booleans of this form. */
export function isFeatureField(name: string): boolean {
  return /^UserPermissions[A-Z]\w*User$/.test(name)
}

/**
 * `References.Permission` as a typed reference; a bare `{ Reference: id }`, as an older connector stored it, is typed by
 * the id's prefix. Throws `INVALID_INPUT` for one without Reference, of an unknown Type, or whose id contradicts its Type.
 */
export function readPermissionReference(
  given: JsonObject | undefined,
  member = 'References.Permission',
): PermissionReference {
  const find = (name: string): unknown =>
    Object.entries(given ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
  const id = find('reference')
  const type = find('type')
  const fail = (problem: string): never => {
    throw new ConnectorError('INVALID_INPUT', `${member}${problem}.`)
  }
  if (!isObject(given) || typeof id !== 'string' || id.trim() === '') return fail('.Reference is missing')
  const Reference = id.trim()
  const shown = Reference.slice(0, 80)
  if (type === undefined || type === null || type === '') {
    return typeOfId(Reference) ?? fail(`.Reference [${shown}] is not the id of a permission`)
  }
  if (typeof type !== 'string') return fail('.Type must be a text')
  const Type = permissionTypeNames.find((name) => name.toLowerCase() === type.toLowerCase())
  if (Type === undefined) {
    const near = nearest(type, permissionTypeNames)
    return fail(
      `.Type [${type.slice(0, 80)}] is not a type of permission${near === undefined ? `: expected one of ${permissionTypeNames.join(', ')}` : `: is ${near} meant?`}`,
    )
  }
  const { prefix, noun } = permissionTypes[Type]
  if (prefix === undefined ? isFeatureField(Reference) : isId(Reference, prefix)) return { Reference, Type }
  return fail(
    prefix === undefined
      ? `.Reference [${shown}] is not a ${noun}: expected a field such as UserPermissionsMarketingUser`
      : `.Reference [${shown}] is not the id of a ${noun}: expected 15 or 18 letters and digits that begin with ${prefix}`,
  )
}

function typeOfId(Reference: string): PermissionReference | undefined {
  if (isFeatureField(Reference)) return { Reference, Type: 'FeatureLicense' }
  if (!isId(Reference)) return undefined
  // Queues are groups as well: which of the two it is shows when it is read.
  const Type = permissionTypeNames.find((name) => permissionTypes[name].prefix === Reference.slice(0, 3))
  return Type === undefined ? undefined : { Reference, Type }
}

/** What the host's lists take of a name. */
const longestDisplayName = 100

/**
 * `Permission set: Sales`, at most 100 characters, as the host's lists want it. A `distinction`, what tells it from another
 * of the same name, follows in brackets and is never cut: `Permission set: Sales (Sales_EMEA)`.
 */
export function displayName(type: PermissionType, name: string, distinction = ''): string {
  const text = `${permissionTypes[type].label}: ${name}`
  const end = distinction === '' ? '' : ` (${distinction})`
  const room = longestDisplayName - end.length
  // Not in the middle of a surrogate pair.
  return (text.length <= room ? text : `${text.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…`) + end
}
