import { createContext, Script } from 'node:vm'
import {
  type FieldMapping,
  json,
  MappingError,
  type MappingField,
  type Stage,
  string,
  type MappingMode,
} from './fieldMapping.ts'

/** A person as the host has it (`ExternalId`, `Name`, `Contracts`, `Accounts`, …). */
export type Person = Readonly<Record<string, unknown>>

/** A mapped value: text, texts for a field of type Array, `null` where the person has nothing. */
export type MappedValue = string | readonly string[] | null

/** `actionContext.Data`: mapped values, nested where names have dots. */
export interface Data {
  [name: string]: MappedValue | Data
}

/** One mapped field, and where its value came from. */
export interface MappedField {
  readonly name: string
  readonly mode: Exclude<MappingMode, 'None'>
  /** The constant, the path or the script. */
  readonly source: string
  readonly value: MappedValue
}

/** What a host allows a mapping script before it gives up is not documented; a second is far more than one needs. */
const scriptTimeoutMilliseconds = 1000

/**
 * HelloID's `deleteDiacriticalMarks`, in the script's own words so that nothing of this process is reachable from a script.
 * Documented (complex source mappings page): which characters are replaced. Assumed: by what (`ð` becomes `e` in the
 * widely copied table that has the same order of characters), and that the apostrophe which ends the page's list is a
 * quote of their code: a name keeps its apostrophe. Characters outside the list (`ß`, `æ`, `ł`, `Ý`) stay as they are.
 */
const helpers = `
function deleteDiacriticalMarks(value) {
  var from = 'ÀÁÂÃÄÅàáâãäåÒÓÔÕÖØòóôõöøÈÉÊËèéêëðÇĆçćÐÌÍÎÏìíîïÙÚÛÜùúûüÑñŠṠṢṤṦṨŞšṡṣṥṧṩşŸÿýŽž'
  var to = 'AAAAAAaaaaaaOOOOOOooooooEEEEeeeeeCCccDIIIIiiiiUUUUuuuuNnSSSSSSSsssssssYyyZz'
  return String(value).replace(/[^\\u0000-\\u007f]/g, function (character) {
    var index = from.indexOf(character)
    return index < 0 ? character : to.charAt(index)
  })
}
`

/**
 * Maps a person for a stage, field by field, as HelloID does before it runs the script of that stage.
 * Fields that the stage does not have, and those of mode None, are left out.
 * @param iteration how many times a uniqueness check has refused the values so far
 * @throws MappingError when a script fails or takes over a second, or a path leads to something that is no value.
 */
export function mapFields(person: Person, mapping: FieldMapping, stage: Stage, iteration = 0): MappedField[] {
  const personJson = JSON.stringify(person)
  const mapped: MappedField[] = []
  for (const { Name, Type, MappingActions } of mapping.MappingFields) {
    const action = MappingActions.find(({ MapForActions }) => MapForActions.includes(stage))
    if (action === undefined || action.MappingMode === 'None') continue
    const constant = json(Name, action.Value, 'Value')
    if (action.MappingMode === 'Fixed') {
      const value = toValue(Name, Type, constant)
      mapped.push({ name: Name, mode: 'Fixed', source: String(value ?? ''), value })
      continue
    }
    const source = string(constant, Name, 'Value')
    const found =
      action.MappingMode === 'Field' ? follow(Name, source, person) : run(Name, source, personJson, iteration)
    mapped.push({ name: Name, mode: action.MappingMode, source, value: toValue(Name, Type, found) })
  }
  return mapped
}

/** Maps a person for a stage into the `Data` of an actionContext. Parameters and errors are those of `mapFields`. */
export function mapPerson(person: Person, mapping: FieldMapping, stage: Stage, iteration = 0): Data {
  return nestFields(mapFields(person, mapping, stage, iteration))
}

/** Mapped fields as the `Data` of an actionContext. Throws `MappingError` where names get in each other's way. */
export function nestFields(fields: readonly MappedField[]): Data {
  const data: Data = {}
  for (const { name, value } of fields) nest(data, name, value)
  return data
}

/** Observed (HelloID debug harnesses): `a.b` becomes `Data.a.b`. Deeper names nest the same way (assumed). */
function nest(data: Data, name: string, value: MappedValue): void {
  const parts = name.split('.')
  const last = parts.pop() ?? name
  let target = data
  for (const part of parts) {
    const inner = Object.hasOwn(target, part) ? target[part] : (target[part] = {})
    if (!isData(inner))
      throw new MappingError(name, `"${part}" is a value already and cannot hold other fields.`)
    target = inner
  }
  if (Object.hasOwn(target, last)) throw new MappingError(name, 'other fields are nested in it already.')
  target[last] = value
}

function isData(value: MappedValue | Data | undefined): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows `Person.A.B`. Whatever is missing on the way makes the value empty, never an error (documented). */
function follow(field: string, path: string, person: Person): unknown {
  const [root, ...steps] = path.split('.')
  if (root !== 'Person' || steps.length === 0) {
    throw new MappingError(field, `the path "${path}" does not begin with "Person.".`)
  }
  let value: unknown = person
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null
    value = Reflect.get(value, step)
  }
  return value
}

/** With what may stand between its words. */
const dynamicImport = /\bimport(?:\s|\/\*[^]*?\*\/|\/\/.*)*\(/
const asyncFunction = /\basync(?:(?:\s|\/\*[^]*?\*\/|\/\/.*)+[\w$]|(?:\s|\/\*[^]*?\*\/|\/\/.*)*[(*[])/

/**
 * Runs a Complex mapping; its value is that of the last expression. Each run has a fresh context and a fresh copy of the
 * person, and can reach neither this process nor what another field did. That guards against mistakes, not against
 * malice: a mapping is code that its administrator chose to run.
 */
function run(field: string, source: string, personJson: string, iteration: number): unknown {
  // What Node throws at `import()` is of this process, and leads to all of it.
  if (dynamicImport.test(source))
    throw new MappingError(field, 'the script uses import(), which hosts do not have.')
  // What is left for later runs outside the time limit, and for ever if it likes; ES5.1, which the host documents, has none.
  if (asyncFunction.test(source))
    throw new MappingError(field, 'the script uses an async function, which hosts do not wait for.')
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
  const globals = `delete globalThis.Promise; var Person = JSON.parse(${JSON.stringify(personJson)}), Iteration = ${JSON.stringify(iteration)}`
  new Script(helpers + globals).runInContext(context)
  try {
    const script = new Script(source, { filename: `${field}.js` })
    const value: unknown = script.runInContext(context, { timeout: scriptTimeoutMilliseconds })
    return value
  } catch (error) {
    throw new MappingError(field, `the script failed: ${messageOf(error)}`, { cause: error })
  }
}

/** Errors thrown in another context are no instances of this one's Error. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const message: unknown = Reflect.get(error, 'message')
  const name: unknown = Reflect.get(error, 'name')
  if (typeof message !== 'string') return 'it threw something that is no error.'
  return typeof name === 'string' ? `${name}: ${message}` : message
}

/** Documented: values reach a script as text, booleans and numbers included; lists only for fields of type Array. */
function toValue(field: string, type: MappingField['Type'], value: unknown): MappedValue {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) {
    if (type !== 'Array') throw new MappingError(field, 'the value is a list, but the type is Text.')
    return Array.from(value, (item: unknown) => toText(field, item))
  }
  return type === 'Array' ? [toText(field, value)] : toText(field, value)
}

function toText(field: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new MappingError(
    field,
    `the value is of type ${typeof value}; text, a number or a boolean was expected.`,
  )
}
