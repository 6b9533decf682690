import { nearest } from '../shared/validate.ts'
import { type FieldMapping, type MappingAction, type Stage } from './fieldMapping.ts'
import type { Person } from './mapFields.ts'
import { personSchema, type SchemaNode } from './personSchema.ts'

/** A path in the mapping that leads to nothing: HelloID's person does not have it, and no person at hand does. */
export interface UnknownPath {
  readonly field: string
  readonly stages: readonly Stage[]
  /** Up to the name that does not exist: `Person.PrimaryContract.Departement`. */
  readonly path: string
  /** In a script, its line. */
  readonly line?: number
  /** The name that may be meant. */
  readonly nearest?: string
  /** Whether it may be right all the same: custom members are not in HelloID's schema. */
  readonly isUncertain: boolean
}

/** The unknown paths of a mapping, each once a field. Without persons, HelloID's schema alone decides. */
export function findUnknownPaths(mapping: FieldMapping, persons: readonly Person[]): UnknownPath[] {
  const found = new Map<string, UnknownPath>()
  for (const { Name, MappingActions } of mapping.MappingFields) {
    for (const action of MappingActions) {
      for (const { steps, line } of pathsOf(action)) {
        const unknown = check(steps, persons)
        if (unknown === undefined) continue
        const key = `${Name} ${unknown.path}`
        const stages = [...new Set([...(found.get(key)?.stages ?? []), ...action.MapForActions])]
        found.set(key, { ...unknown, field: Name, stages, ...(line !== undefined && { line }) })
      }
    }
  }
  return [...found.values()]
}

/** The finding as a sentence that goes on after the name of the field. */
export function describeUnknownPath({ path, line, nearest: near }: UnknownPath): string {
  const where = line === undefined ? '' : ` (line ${line} of the script)`
  return `reads ${path}${where}, which no person has${near === undefined ? '' : `: is ${near} meant?`}`
}

interface PersonPath {
  /** Names and indexes after `Person`. */
  readonly steps: readonly string[]
  readonly line?: number
}

function pathsOf({ MappingMode, value, fault }: MappingAction): PersonPath[] {
  if (value === null || fault !== undefined) return []
  if (MappingMode === 'Field') return [{ steps: value.split('.').slice(1) }]
  return MappingMode === 'Complex' ? pathsIn(value) : []
}

const step = String.raw`\s*(?:\?\.|\.)\s*[A-Za-z_$][\w$]*|\s*(?:\?\.)?\[\s*(?:'[^'\n]*'|"[^"\n]*"|\d+)\s*\]`
const names = /\.\s*([A-Za-z_$][\w$]*)|\[\s*(?:'([^'\n]*)'|"([^"\n]*)"|(\d+))\s*\]/g
const tokens = /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g
const alias = new RegExp(
  `\\b(?:var|let|const)\\s+([\\w$]+)\\s*=\\s*Person((?:${step})+)\\s*(?=[;\\n]|\\|\\||\\?\\?)`,
  'g',
)

/** The paths that a script names, also by a variable that stands for part of the person. */
function pathsIn(script: string): PersonPath[] {
  // Comments and texts about the person are no code; the lines stay.
  const code = script.replace(tokens, (token) =>
    token.startsWith('/') || token.includes('Person') ? token.replace(/[^\n]/g, ' ') : token,
  )
  const roots: [name: string, steps: readonly string[]][] = [['Person', []]]
  for (const [, name = '', chain = ''] of code.matchAll(alias)) {
    const isAssignedOnce = code.split(new RegExp(`(?<![\\w$.])${escape(name)}\\s*=(?!=)`)).length === 2
    const isParameter = new RegExp(`function[^(]*\\([^)]*(?<![\\w$])${escape(name)}(?![\\w$])`).test(code)
    if (isAssignedOnce && !isParameter) roots.push([name, stepsOf(chain)])
  }
  return roots.flatMap(([root, prefix]) => {
    const chains = new RegExp(`(?<![\\w$.])${escape(root)}((?:${step})+)\\s*(\\(|=(?!=))?`, 'g')
    return [...code.matchAll(chains)].flatMap(({ 1: chain = '', 2: after, index }) => {
      if (after === '=') return []
      const steps = [...prefix, ...stepsOf(chain)]
      return {
        steps: after === '(' ? steps.slice(0, -1) : steps,
        line: code.slice(0, index).split('\n').length,
      }
    })
  })
}

function stepsOf(chain: string): string[] {
  return [...chain.matchAll(names)].map(([, ...parts]) => parts.find((part) => part !== undefined) ?? '')
}

function escape(name: string): string {
  return name.replace(/\$/g, '\\$&')
}

function check(
  steps: readonly string[],
  persons: readonly Person[],
): Pick<UnknownPath, 'path' | 'nearest' | 'isUncertain'> | undefined {
  let schema: SchemaNode = personSchema
  let values: readonly unknown[] = persons
  for (const [index, name] of steps.entries()) {
    if (schema === 'text' || name in Object.prototype) return undefined
    if ('items' in schema) {
      if (!/^\d+$/.test(name)) return undefined
      schema = schema.items
      values = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []))
      continue
    }
    const own = values.filter((value) => isObject(value) && Object.hasOwn(value, name))
    const known: SchemaNode | undefined = Object.hasOwn(schema.members, name)
      ? schema.members[name]
      : undefined
    if (known === undefined) {
      // A member that only this customer's persons have: what is in it, nobody here knows.
      if (own.length > 0) return undefined
      const isOpen = schema.isOpen === true
      if (isOpen && persons.length === 0) return undefined
      const candidates = new Set([
        ...Object.keys(schema.members),
        ...values.slice(0, 1000).flatMap((value) => (isObject(value) ? Object.keys(value) : [])),
      ])
      const near = nearest(name, [...candidates])
      return {
        path: ['Person', ...steps.slice(0, index + 1)].join('.'),
        ...(near !== undefined && { nearest: near }),
        isUncertain: isOpen || (persons.length === 0 && near === undefined),
      }
    }
    schema = known
    values = own.map((value) => Reflect.get(value as object, name) as unknown)
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
