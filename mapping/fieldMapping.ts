import { isObject } from '../shared/validate.ts'

/** The stages of an account that a mapping can serve. A uniqueness check runs on the data of the stage that follows it. */
export const stages = ['Create', 'Update', 'Enable', 'Disable', 'Delete'] as const
export type Stage = (typeof stages)[number]

/** `None` has no value in the mapping: the connector fills such a field in its answer. */
export const modes = ['Fixed', 'Field', 'Complex', 'None'] as const
export type MappingMode = (typeof modes)[number]

export interface MappingAction {
  readonly MapForActions: readonly Stage[]
  readonly MappingMode: MappingMode
  /** The constant as text, the path (`Person.ExternalId`) or the script; `null` for None. In the file it is JSON in a string. */
  readonly value: string | null
  /** What is wrong with the value in the file, as a sentence: it concerns no other action. */
  readonly fault?: string
  readonly UsedInNotifications: boolean
  readonly StoreInAccountData: boolean
}

export interface MappingField {
  /** The name in `actionContext.Data`; dots nest. */
  readonly Name: string
  readonly Description?: string
  readonly Type: 'Text' | 'Array'
  readonly MappingActions: readonly MappingAction[]
}

/** HelloID's fieldMapping.json, as its Import mapping button reads it. */
export interface FieldMapping {
  readonly Version: string
  readonly MappingFields: readonly MappingField[]
  readonly UniqueFieldNames: readonly string[]
}

/** The mapping, or one of its scripts on one person, is at fault. `field` is the field's name, empty for the file itself. */
export class MappingError extends Error {
  readonly field: string

  constructor(field: string, message: string, options?: { cause?: unknown }) {
    super(field === '' ? `Field mapping: ${message}` : `Field mapping, field "${field}": ${message}`, options)
    this.name = 'MappingError'
    this.field = field
  }
}

/**
 * Reads a fieldMapping.json.
 * @throws MappingError when it is not a mapping: the message names the member and what was expected.
 */
export function parseFieldMapping(text: string): FieldMapping {
  const document = object(json('', text.replace(/^\uFEFF/, ''), 'the file'), '', 'the file')
  if ('personMappings' in document || 'contractMappings' in document) {
    throw new MappingError(
      '',
      'the file is the mapping of a source system (personMappings, contractMappings). Use the fieldMapping.json of the target system.',
    )
  }
  const names = new Set<string>()
  const fields = list(document['MappingFields'], '', 'MappingFields').map((item, index) => {
    const field = parseField(item, index)
    if (names.has(field.Name)) throw new MappingError(field.Name, 'it is mapped twice.')
    names.add(field.Name)
    return field
  })
  return {
    Version: string(document['Version'], '', 'Version'),
    MappingFields: fields,
    UniqueFieldNames: list(document['UniqueFieldNames'] ?? [], '', 'UniqueFieldNames').map((name) =>
      string(name, '', 'a name in UniqueFieldNames'),
    ),
  }
}

function parseField(item: unknown, index: number): MappingField {
  const members = object(item, '', `MappingFields[${index}]`)
  const name = string(members['Name'], '', `MappingFields[${index}].Name`)
  if (name === '' || name.split('.').some((part) => part === '' || part === '__proto__')) {
    throw new MappingError(name, `MappingFields[${index}].Name is not a usable name.`)
  }
  const taken = new Set<Stage>()
  const actions = list(members['MappingActions'], name, 'MappingActions').map((action) =>
    parseAction(action, name),
  )
  for (const stage of actions.flatMap(({ MapForActions }) => MapForActions)) {
    if (taken.has(stage)) throw new MappingError(name, `it is mapped twice for ${stage}.`)
    taken.add(stage)
  }
  const description = members['Description']
  return {
    Name: name,
    ...(description === undefined || description === null
      ? {}
      : { Description: string(description, name, 'Description') }),
    Type: oneOf(['Text', 'Array'] as const, members['Type'], name, 'Type'),
    MappingActions: actions,
  }
}

function parseAction(item: unknown, field: string): MappingAction {
  const members = object(item, field, 'a member of MappingActions')
  const mode = oneOf(modes, members['MappingMode'], field, 'MappingMode')
  const { value, fault } = readValue(mode, members['Value'])
  return {
    MapForActions: list(members['MapForActions'], field, 'MapForActions').map((stage) =>
      oneOf(stages, stage, field, 'MapForActions'),
    ),
    MappingMode: mode,
    value,
    ...(fault !== undefined && { fault }),
    UsedInNotifications: boolean(members['UsedInNotifications'], field, 'UsedInNotifications'),
    StoreInAccountData: boolean(members['StoreInAccountData'], field, 'StoreInAccountData'),
  }
}

type Value = Pick<MappingAction, 'value' | 'fault'>

/** The value of an action. Observed (public mappings): a Fixed or None mapping without a value can have an empty string for it. */
function readValue(mode: MappingMode, text: unknown): Value {
  const faulty = (fault: string): Value => ({ value: null, fault })
  if (mode === 'None') return { value: null }
  if (typeof text !== 'string') return faulty('Value must be JSON in a string.')
  if (mode === 'Fixed' && text.trim() === '') return { value: '' }
  if (text.trim() === '')
    return faulty(`Value is empty; a ${mode} mapping needs a ${mode === 'Field' ? 'path' : 'script'}.`)
  let decoded: unknown
  try {
    decoded = JSON.parse(text)
  } catch (error) {
    return faulty(`Value is not JSON (${String(error)}).`)
  }
  if (mode === 'Fixed') {
    if (decoded === null) return { value: null }
    if (['string', 'number', 'boolean'].includes(typeof decoded)) return { value: String(decoded) }
    return faulty('Value of a Fixed mapping must be text, a number or a boolean.')
  }
  if (typeof decoded !== 'string')
    return faulty(`Value of a ${mode} mapping must be a JSON string in a string.`)
  return mode === 'Complex' ? { value: decoded } : readPath(decoded.trim())
}

/** A path is names with dots between; whatever else is in it makes it a script, or a mistake. */
function readPath(path: string): Value {
  if (/[;(){}+?=\n]|\b(return|var|let|const)\b/.test(path)) {
    return {
      value: path,
      fault: 'Value is a script, but the mode is Field. Set the mode to Complex.',
    }
  }
  if (/^Person\.[^.]/.test(path)) return { value: path }
  const near = /^person\./i.test(path) ? ` Is Person.${path.slice(7)} meant?` : ''
  return { value: path, fault: `the path "${path}" does not begin with "Person.".${near}` }
}

/** The text as JSON; `what` names it in the error. */
function json(field: string, text: string, what: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    throw new MappingError(field, `${what} is not JSON (${String(error)}).`, { cause: error })
  }
}

function object(value: unknown, field: string, what: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value
  throw new MappingError(field, `${what} must be an object.`)
}

function list(value: unknown, field: string, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new MappingError(field, `${what} must be a list.`)
}

/** The value as a string; throws `MappingError` for anything else. */
function string(value: unknown, field: string, what: string): string {
  if (typeof value === 'string') return value
  throw new MappingError(field, `${what} must be a string.`)
}

function boolean(value: unknown, field: string, what: string): boolean {
  if (typeof value === 'boolean') return value
  throw new MappingError(field, `${what} must be true or false.`)
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, field: string, what: string): T {
  const found = allowed.find((item) => item === value)
  if (found !== undefined) return found
  throw new MappingError(field, `${what} is ${JSON.stringify(value)}; expected one of ${allowed.join(', ')}.`)
}
