import { ConnectorError } from '../errors.ts'

/**
 * What an object of a context is: a `context` has members that decide what is done, in `settings` the names of its own members
 * count, in `values` those of all objects within, and `free` is a person or a value, in which names are the source's own. In
 * `fields` a member may come in two spellings: the actions that write fields refuse that by its name (`readFields`), and a
 * leaver must not stay for the sake of the mapping.
 */
type Role = 'line' | 'context' | 'settings' | 'fields' | 'values' | 'free'

/** The role of a member's value, by its name in lower case; that of anything else is `free`. */
const rolesWithin: Readonly<Partial<Record<Role, Readonly<Record<string, Role>>>>> = {
  line: { context: 'context' },
  context: {
    actioncontext: 'context',
    configuration: 'settings',
    data: 'fields',
    previousdata: 'fields',
    references: 'values',
    correlationconfiguration: 'settings',
  },
}

interface Frame {
  readonly role: Role
  /** The names so far, in lower case where the case does not count, and as they were spelled; undefined in a list. */
  readonly names: Map<string, string> | undefined
  /** The member whose value comes next. */
  member: string
}

/**
 * Throws `INVALID_CONTEXT` where a member comes twice in an object in which names decide, whether spelled alike or in another
 * case: JSON.parse keeps the last, another reader the first, and a check of one would say nothing about the other. `text` must be
 * JSON; `role` is that of its outermost object.
 */
export function refuseRepeatedNames(text: string, role: Role = 'context'): void {
  const frames: Frame[] = []
  const mark = /["[\]{}]/g
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [character] = found
    const frame = frames.at(-1)
    if (character === '"') {
      const end = endOfText(text, found.index)
      mark.lastIndex = end
      if (frame?.names === undefined || !isName(text, end)) continue
      frame.member = JSON.parse(text.slice(found.index, end)) as string
      if (frame.role !== 'free') refuseRepeated(frame, frame.names)
    } else if (character === '}' || character === ']') frames.pop()
    else {
      const own = frame === undefined ? role : roleOf(frame)
      frames.push({ role: own, names: character === '{' ? new Map() : undefined, member: '' })
    }
  }
}

/** Behind the quote that ends the text which begins at `from`: a loop, as a pattern would need a stack as long as the text. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; ; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at++
    else if (code === 0x22 || at >= text.length) return at + 1
  }
}

function roleOf({ role, names, member }: Frame): Role {
  if (role === 'values' || names === undefined) return role
  if (role === 'fields') return 'values'
  return rolesWithin[role]?.[member.toLowerCase()] ?? 'free'
}

/** A text is a name where a colon follows. */
function isName(text: string, at: number): boolean {
  const colon = /\s*:/y
  colon.lastIndex = at
  return colon.test(text)
}

function refuseRepeated({ member, role }: Frame, names: Map<string, string>): void {
  const key = role === 'fields' ? member : member.toLowerCase()
  const before = names.get(key)
  names.set(key, member)
  if (before === undefined) return
  const how = before === member ? '' : ', in two spellings'
  throw new ConnectorError('INVALID_CONTEXT', `${before.slice(0, 80)} is given twice${how}: send it once.`)
}
