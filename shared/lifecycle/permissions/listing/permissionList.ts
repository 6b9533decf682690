import {
  displayName,
  type PermissionReference,
  permissionTypeNames,
  permissionTypes,
} from '../access/permission.ts'

/** One thing that the org has to grant. */
export interface Grantable extends PermissionReference {
  /** Its label. */
  readonly name: string
  /** What tells it from another with the same label; '' where there is no such thing. */
  readonly apiName: string
}

/** Everything of some types that an org has to grant. */
export interface Offer {
  readonly grantable: readonly Grantable[]
  /** Sentences about types that were left out. */
  readonly notes: readonly string[]
}

/** An entry of the host's list of permissions. */
export interface ListedPermission {
  DisplayName: string
  Identification: PermissionReference
}

/**
 * What is offered as the host's list: by type, then by name in the order of code points, then by id, so that the same org
 * gives the same list. No two entries look the same: where names are equal, or are when cut, the API name follows, and the
 * id where that does not help.
 */
export function toPermissions(grantable: readonly Grantable[]): ListedPermission[] {
  const sorted = sort(grantable)
  const distinctions = sorted.map(() => 0)
  for (;;) {
    const names = sorted.map((item, at) => nameOf(item, distinctions[at] ?? 0))
    const counts = new Map<string, number>()
    for (const name of names) counts.set(key(name), (counts.get(key(name)) ?? 0) + 1)
    const unclear = names.flatMap((name, at) =>
      (counts.get(key(name)) ?? 0) > 1 && (distinctions[at] ?? 0) < 2 ? [at] : [],
    )
    if (unclear.length === 0) return sorted.map((item, at) => toPermission(item, names[at] ?? ''))
    for (const at of unclear) distinctions[at] = (distinctions[at] ?? 0) + 1
  }
}

function toPermission({ Reference, Type }: Grantable, DisplayName: string): ListedPermission {
  return { DisplayName, Identification: { Reference, Type } }
}

/** Names that differ in case only look the same to a host that compares without it. */
function key(name: string): string {
  return name.toLowerCase()
}

/** At least this much of a name is left when an API name follows it. */
const shortestName = 8

/** `distinction` is 0 for the name alone, 1 for the API name behind it, 2 for the id. */
function nameOf({ Type, Reference, name, apiName }: Grantable, distinction: number): string {
  const shown = name.trim() || apiName || Reference
  if (distinction === 0) return displayName(Type, shown)
  const around = `${permissionTypes[Type].label}:  ()`.length
  const fits = apiName !== '' && around + shortestName + apiName.length <= 100
  return displayName(Type, shown, distinction === 1 && fits ? apiName : Reference)
}

function sort(grantable: readonly Grantable[]): Grantable[] {
  return grantable
    .map((item) => ({ item, rank: permissionTypeNames.indexOf(item.Type), name: Buffer.from(item.name) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        // Bytes of UTF-8 are in the order of code points; UTF-16, which `<` compares, is not.
        Buffer.compare(a.name, b.name) ||
        (a.item.Reference < b.item.Reference ? -1 : 1),
    )
    .map(({ item }) => item)
}
