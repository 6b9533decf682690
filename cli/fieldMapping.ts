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
  /** JSON in a string: the constant, the path (`Person.ExternalId`), or the whole script; `null` or `""` for None. */
  readonly Value: string
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
  const value = string(members['Value'], field, 'Value')
  const decoded = json(field, value, 'Value')
  if ((mode === 'Field' || mode === 'Complex') && typeof decoded !== 'string') {
    throw new MappingError(field, `Value of a ${mode} mapping must be a JSON string in a string.`)
  }
  return {
    MapForActions: list(members['MapForActions'], field, 'MapForActions').map((stage) =>
      oneOf(stages, stage, field, 'MapForActions'),
    ),
    MappingMode: mode,
    Value: value,
    UsedInNotifications: boolean(members['UsedInNotifications'], field, 'UsedInNotifications'),
    StoreInAccountData: boolean(members['StoreInAccountData'], field, 'StoreInAccountData'),
  }
}

/** The text as JSON; `what` is what it is called where it is none. */
export function json(field: string, text: string, what: string): unknown {
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
export function string(value: unknown, field: string, what: string): string {
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
