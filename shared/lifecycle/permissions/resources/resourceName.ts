import { ConnectorError } from '../../../errors.ts'
import { isObject, type JsonObject, nearest } from '../../../validate.ts'

/** A value of the host's that leads to no name, and why. */
export interface UnnamedValue {
  /** The value as an audit line shows it. */
  readonly shown: string
  readonly reason: string
}

/** What the org should have, and what could not be named. */
export interface ResourceNames {
  /** Each once, whatever its case, in the host's order. */
  readonly names: readonly string[]
  readonly nameless: readonly UnnamedValue[]
}

/**
 * What may stand between braces, with what else is taken where a value has no such member: departments have a DisplayName
 * where titles, locations and employers have a Name and a Code (HelloID's contract).
 */
const placeholders: Readonly<Record<string, readonly string[]>> = {
  DisplayName: ['DisplayName', 'Name'],
  Name: ['Name', 'DisplayName'],
  Code: ['Code'],
  ExternalId: ['ExternalId'],
  value: ['DisplayName', 'Name', 'Code', 'ExternalId'],
}

/**
 * The names that a rule such as `SF {DisplayName}` makes of the host's source data: unique values of a contract field, each
 * a text or number, for which every placeholder stands, or an object such as `{ ExternalId, DisplayName }`. Empty values,
 * of contracts without a department, are no resources. A name longer than `maxLength` is not cut: two long ones could
 * become the same, and whoever has the one would have the other.
 * Throws `MISCONFIGURED` for a rule that cannot be used.
 */
export function resourceNames(
  sourceData: readonly unknown[],
  rule: string,
  maxLength: number,
): ResourceNames {
  const parts = parseRule(rule)
  const names = new Map<string, string>()
  const nameless: UnnamedValue[] = []
  for (const value of sourceData) {
    if (isEmpty(value)) continue
    const name = nameFor(value, parts)
    const shown = label(value)
    const { length } = [...(name ?? '')]
    if (name === undefined) nameless.push({ shown, reason: `it lacks what ResourceNamingRule ${rule} names` })
    else if (length > maxLength) {
      const reason = `its name has ${length} characters and may have ${maxLength}: use a shorter one in ResourceNamingRule, such as {ExternalId} or {Code}`
      nameless.push({ shown, reason })
    } else if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
  }
  return { names: [...names.values()], nameless }
}

interface Part {
  readonly fixed: string
  /** Members of which the first that has a value follows the fixed text. */
  readonly members: readonly string[]
}

function parseRule(rule: string): Part[] {
  const fail = (problem: string): never => {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.ResourceNamingRule [${rule}] ${problem}: expected a text with ${Object.keys(placeholders)
        .map((name) => `{${name}}`)
        .join(', ')}.`,
    )
  }
  const parts: Part[] = []
  // Fixed texts and the names between braces take turns.
  const pieces = rule.split(/\{([^{}]*)\}/)
  for (let at = 0; at < pieces.length; at += 2) {
    const fixed = pieces[at] ?? ''
    if (/[{}]/.test(fixed)) fail('has a brace without its other half')
    const given = pieces[at + 1]
    if (given === undefined) {
      parts.push({ fixed, members: [] })
      continue
    }
    const known = Object.keys(placeholders)
    const name = known.find((each) => each.toLowerCase() === given.trim().toLowerCase())
    if (name === undefined) {
      const near = nearest(given, known)
      return fail(`names {${given}}, which there is not${near === undefined ? '' : ` (is {${near}} meant?)`}`)
    }
    parts.push({ fixed, members: placeholders[name] ?? [] })
  }
  if (parts.length < 2) fail('names nothing of the value')
  return parts
}

/** undefined where a placeholder has no value. */
function nameFor(value: unknown, parts: readonly Part[]): string | undefined {
  let name = ''
  for (const { fixed, members } of parts) {
    name += fixed
    if (members.length === 0) continue
    const text = isObject(value) ? firstOf(value, members) : scalar(value)
    if (text === undefined) return undefined
    name += text
  }
  // Salesforce keeps neither blanks at the ends nor line breaks in a name.
  return name.replace(/\s+/g, ' ').trim()
}

function firstOf(value: JsonObject, members: readonly string[]): string | undefined {
  for (const member of members) {
    const entry = Object.entries(value).find(([name]) => name.toLowerCase() === member.toLowerCase())
    const text = scalar(entry?.[1])
    if (text !== undefined) return text
  }
  return undefined
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function isEmpty(value: unknown): boolean {
  if (isObject(value)) return Object.values(value).every((member) => member === null || member === '')
  return value === null || (typeof value === 'string' && value.trim() === '')
}

function label(value: unknown): string {
  const text =
    (isObject(value) ? firstOf(value, placeholders['value'] ?? []) : scalar(value)) ?? JSON.stringify(value)
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
