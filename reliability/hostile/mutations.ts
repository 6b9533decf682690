/** One change of an answer: a member that is left out or is of another kind, or a text that is cut off. */
export interface Mutation {
  /** As a flaw says it. */
  readonly name: string
  /** What comes instead of this body. */
  readonly of: (body: string) => string
}

/** Members of one answer that are changed; the descriptions of objects have thousands, all alike. */
const mostMembers = 300

type Path = readonly (string | number)[]

/**
 * What is well-formed, and says that an account has nothing: a client that was told so has nothing to doubt. An empty list of
 * rows is none of these, as long as the answer counts more of them.
 */
function isLie(path: Path, value: unknown): boolean {
  const [list, name] = path.slice(-2)
  // An assignment of a permission set itself belongs to no group.
  if (['UserRoleId', 'ContactId', 'PermissionSetGroupId'].includes(String(name))) return value === null
  if (name === 'roles' || name === 'groups') return Array.isArray(value)
  return value === undefined && typeof name === 'number' && (list === 'roles' || list === 'groups')
}

/** All mutations of a JSON text, in an order that is always the same. */
export function mutationsOf(body: string): Mutation[] {
  const json = parse(body)
  if (json === undefined) return []
  const members = [...pathsOf(json, [])].slice(0, mostMembers).flatMap(({ path, value }) =>
    [undefined, ...wrongFor(value)]
      .filter((wrong) => !isLie(path, wrong))
      .map((wrong) => ({
        name: `${path.join('.')} is ${wrong === undefined ? 'left out' : JSON.stringify(wrong)}`,
        of: (own: string) => changed(own, path, wrong),
      })),
  )
  const cuts = [0, 0.25, 0.5, 0.75].map((share) => ({
    name: `is cut off at ${share * 100} %`,
    of: (own: string) => own.slice(0, Math.floor(own.length * share)),
  }))
  const wholes = [null, [], {}, 'yes', 1].map((whole) => ({
    name: `is ${JSON.stringify(whole)}`,
    of: () => JSON.stringify(whole),
  }))
  return [...members, ...cuts, ...wholes]
}

/** Values of another kind, and what is left of a text. */
function wrongFor(value: unknown): readonly unknown[] {
  const others = [null, 'yes', 1, 0, true, [], {}].filter((wrong) => kindOf(wrong) !== kindOf(value))
  return typeof value === 'string' && value.length > 1
    ? [...others, value.slice(0, value.length / 2)]
    : others
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
}

function* pathsOf(value: unknown, path: Path): Generator<{ path: Path; value: unknown }> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    const own = [...path, Array.isArray(value) ? Number(name) : name]
    yield { path: own, value: member }
    yield* pathsOf(member, own)
  }
}

function changed(body: string, path: Path, value: unknown): string {
  const json = parse(body)
  let holder = json as Record<string | number, unknown> | undefined
  for (const name of path.slice(0, -1))
    holder = holder?.[name] as Record<string | number, unknown> | undefined
  // An answer that is another one this time has no such member.
  if (typeof holder !== 'object' || holder === null) return body
  const last = path.at(-1) ?? ''
  if (value !== undefined) holder[last] = value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else Reflect.deleteProperty(holder, last)
  return JSON.stringify(json)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
