import type { ErrorObject, JSONSchemaType } from 'ajv'
import { ConnectorError, type ErrorCode } from './errors.ts'
import { firstProblems } from './problems.ts'

/** A JSON Schema that the compiler holds against the type it describes: neither can change without the other. */
export type Schema<T> = JSONSchemaType<T>

/** A schema compiled at build time (`generated/*.cjs`): ajv itself is never loaded by a script. */
export interface Validator {
  (value: unknown): boolean
  errors?: ErrorObject[] | null
}

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The part of a schema that normalising needs. */
interface Shape {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, unknown>>
  readonly items?: unknown
}

/**
 * A copy of the value as the schema spells it: declared members get the schema's casing (a host that is case-insensitive
 * sends any) and members that are null are left out. `fromForm` is for what a person filled in: blanks are left out too,
 * and booleans and whole numbers that came as text become what the schema wants. Members that the schema does not declare
 * are kept as they are.
 */
export function normalise(value: unknown, schema: object, options: { fromForm?: boolean } = {}): unknown {
  const shape: Shape = schema
  if (Array.isArray(value)) {
    const items = shape.items
    return typeof items === 'object' && items !== null
      ? value.map((item) => normalise(item, items, options))
      : value
  }
  if (isObject(value)) {
    const properties = shape.properties
    if (properties === undefined) return value
    const spelling = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]))
    const members: [string, unknown][] = []
    for (const [name, member] of Object.entries(value)) {
      if (member === null) continue
      if (options.fromForm === true && typeof member === 'string' && member.trim() === '') continue
      const known = spelling.get(name.toLowerCase())
      if (known !== undefined && members.some(([given]) => given === known)) {
        throw new ConnectorError(
          'INVALID_CONTEXT',
          `${known} is given twice, in two spellings: send it once.`,
        )
      }
      const memberSchema = known === undefined ? undefined : properties[known]
      members.push(
        known !== undefined && typeof memberSchema === 'object' && memberSchema !== null
          ? [known, normalise(member, memberSchema, options)]
          : [name, member],
      )
    }
    return Object.fromEntries(members)
  }
  if (typeof value === 'string' && options.fromForm === true) {
    if (shape.type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
    if (shape.type === 'integer' && /^\d{1,9}$/.test(value)) return Number(value)
  }
  return value
}

/**
 * Throws one sentence that names every member at fault, its path and what was expected; values are never shown. `more` are
 * problems that no schema can tell.
 */
export function check(
  value: unknown,
  validate: Validator,
  label: string,
  code: ErrorCode,
  more: readonly string[] = [],
): void {
  if (validate(value) && more.length === 0) return
  const problems = new Set([...(validate.errors ?? []).map((error) => describe(error, label)), ...more])
  throw new ConnectorError(code, firstProblems(problems, String).join('; ') + '.')
}

function describe(error: ErrorObject, label: string): string {
  const path = (label + error.instancePath.replaceAll('/', '.')).replace(/^\./, '')
  const params: JsonObject = error.params
  switch (error.keyword) {
    case 'required':
      return `${path}.${String(params['missingProperty'])} is missing`
    case 'type':
      return `${path} must be ${article(String(params['type']))}`
    case 'enum':
      return `${path} must be one of ${(params['allowedValues'] as string[]).join(', ')}`
    case 'const':
      return `${path} must be ${String(params['allowedValue'])}`
    default:
      return `${path} ${error.message ?? 'is not valid'}`
  }
}

function article(type: string): string {
  if (type.includes(',')) return type.replaceAll(',', ' or ')
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

/** The candidate that a typing mistake is nearest to, by edit distance; undefined when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.slice(0, 64).toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    // The distance is at least the difference in length.
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** Goes on behind what is not known: the name that may be meant, as a question; nothing where none is near. */
export function meant(near: string | undefined): string {
  return near === undefined ? '' : `: is ${near} meant?`
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current[j] = Math.min(substitute, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1)
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
