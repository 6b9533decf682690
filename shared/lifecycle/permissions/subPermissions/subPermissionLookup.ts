import { TargetError } from '../../../errors.ts'
import { type PermissionType, displayName, permissionTypes } from '../access/permission.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'
import { type KeyedQuery, keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { type CurrentEntry, type Desired, isSamePermission } from './subPermission.ts'
import type { Problem } from './subPermissionPlan.ts'
import type { WantedPermission } from './subPermissionRules.ts'

type Named = Exclude<PermissionType, 'FeatureLicense'>

/** Where the things of a type are, their API name and their label, and which of them can be granted. */
const catalogues = {
  Profile: { object: 'Profile', api: 'Name', label: 'Name', only: '' },
  PermissionSet: {
    object: 'PermissionSet',
    api: 'Name',
    label: 'Label',
    only: " AND IsOwnedByProfile = false AND Type != 'Group'",
  },
  PermissionSetGroup: { object: 'PermissionSetGroup', api: 'DeveloperName', label: 'MasterLabel', only: '' },
  PermissionSetLicense: {
    object: 'PermissionSetLicense',
    api: 'DeveloperName',
    label: 'MasterLabel',
    only: '',
  },
  Role: { object: 'UserRole', api: 'DeveloperName', label: 'Name', only: '' },
  PublicGroup: { object: 'Group', api: 'DeveloperName', label: 'Name', only: " AND Type = 'Regular'" },
  Queue: { object: 'Group', api: 'DeveloperName', label: 'Name', only: " AND Type = 'Queue'" },
  Territory: { object: 'Territory2', api: 'DeveloperName', label: 'Name', only: '' },
} as const satisfies Record<Named, { object: string; api: string; label: string; only: string }>

/** So many texts in a query: three lists of names of 80 characters stay within an address of 16 kB. */
const inOneQuery = 25

/** The wanted permissions as the org has them; what it does not have, and what is not clear, are problems of their own. */
export async function lookUp(
  wanted: readonly WantedPermission[],
  current: readonly CurrentEntry[],
  finder: Finder,
): Promise<{ desired: Desired[]; problems: Problem[] }> {
  const known = wanted.map((item) => held(item, current))
  const unknown = wanted.filter((_item, index) => known[index] === undefined)
  const find = await finder(unknown)
  const desired: Desired[] = []
  const problems: Problem[] = []
  for (const [index, item] of wanted.entries()) {
    const found = known[index] ?? (await find(item))
    if (typeof found === 'string') problems.push({ name: displayName(item.Type, item.value), reason: found })
    else desired.push(found)
  }
  return { desired, problems }
}

/** What is held already by its id need not be asked for. */
function held({ Type, by, value }: WantedPermission, current: readonly CurrentEntry[]): Desired | undefined {
  const permission = { Type, Reference: value }
  if (by === 'name') return undefined
  const match = current.find((entry) => entry.permission && isSamePermission(entry.permission, permission))
  return match && { permission, displayName: match.entry.DisplayName }
}

/** Gives the permission, or the reason why there is none. */
export type Find = (item: WantedPermission) => Desired | string | Promise<Desired | string>

/** Gives what finds permissions, when it is told all that will have to be found. */
export type Finder = (wanted: readonly WantedPermission[]) => Find | Promise<Find>

/** Finds them by SOQL, with a few queries for all. */
export async function findOverRest(rest: RestApi, wanted: readonly WantedPermission[]): Promise<Find> {
  const queries: Record<string, KeyedQuery> = {}
  for (const type of Object.keys(catalogues) as Named[]) {
    const values = wanted.filter(({ Type }) => Type === type)
    for (let at = 0; at < values.length; at += inOneQuery) {
      queries[`${type} ${at}`] = queryFor(type, values.slice(at, at + inOneQuery))
    }
  }
  const answers = Object.keys(queries).length === 0 ? {} : await rest.readVisible(queries)
  const answersOf = (type: Named): readonly (Row[] | TargetError)[] =>
    Object.entries(answers).flatMap(([name, found]) =>
      name.startsWith(`${type} `) && found !== undefined ? [found] : [],
    )
  return (item) => {
    if (item.Type === 'FeatureLicense') return feature(item.value)
    const found = answersOf(item.Type)
    // A type that cannot be read takes nothing from the others.
    const refusal = found.find((answer) => answer instanceof TargetError)
    return refusal?.message ?? chooseRow(item, item.Type, found.flatMap(rowsIn))
  }
}

function queryFor(type: Named, wanted: readonly WantedPermission[]): KeyedQuery {
  const { object, api, label, only } = catalogues[type]
  const list = (by: WantedPermission['by']): string[] =>
    wanted.filter((item) => item.by === by).map(({ value }) => value)
  const names = list('name')
  return keyedQuery(`Id, ${api}, ${label}`, object, { Id: list('id'), [api]: names, [label]: names }, only)
}

function rowsIn(answer: Row[] | TargetError): readonly Row[] {
  return answer instanceof TargetError ? [] : answer
}

/** An API name goes before a label: two things may have the same label. */
function chooseRow({ by, value }: WantedPermission, Type: Named, rows: readonly Row[]): Desired | string {
  const { api, label } = catalogues[Type]
  const having = (field: string): Row[] =>
    rows.filter((row) => fieldText(row, field).toLowerCase() === value.toLowerCase())
  const byId = (): Row[] => rows.filter((row) => isSameId(fieldText(row, 'Id'), value))
  const byName = having(api)
  const [row, another] = by === 'id' ? byId() : byName.length > 0 ? byName : having(label)
  const { noun } = permissionTypes[Type]
  if (row === undefined) return `the ${noun} [${value}] does not exist in Salesforce`
  if (another !== undefined)
    return `there is more than one ${noun} [${value}]: name it by its API name or its id`
  return {
    permission: { Type, Reference: fieldText(row, 'Id') },
    displayName: displayName(Type, fieldText(row, label) || fieldText(row, api)),
  }
}

/** Whether the org has it is seen when it is granted. `UserPermissionsMarketingUser` shows as `Marketing User`. */
function feature(field: string): Desired {
  const words = field.replace(/^UserPermissions/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
  return {
    permission: { Type: 'FeatureLicense', Reference: field },
    displayName: displayName('FeatureLicense', words),
  }
}
