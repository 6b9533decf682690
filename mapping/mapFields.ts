import type { ScriptResult } from './engine/protocol.ts'
import { ScriptEngine, type TimeLimits } from './engine/engine.ts'
import { type FieldMapping, type MappingAction, MappingError, type MappingField } from './fieldMapping.ts'
import type { MappingMode, Stage } from './fieldMapping.ts'

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
  /** `null` as well where there is a fault. */
  readonly value: MappedValue
  /** Why the field has no value, as a sentence; a host carries out no action with such a field. */
  readonly fault?: string
  /** Systems from which the value would come, and in which the person has no account. */
  readonly missingAccounts: readonly string[]
  /** A text within the value that no person has, such as `undefined`. */
  readonly suspectText?: string
}

/** What to map. `iteration`: how many times a uniqueness check has refused the values so far. */
export interface MappingTask {
  readonly person: Person
  readonly stage: Stage
  readonly iteration?: number
}

interface StageField {
  readonly field: MappingField
  readonly action: MappingAction
  /** Index of its script; undefined for other modes and where the value is at fault. */
  readonly script: number | undefined
}

/**
 * Maps persons as HelloID does before it runs the script of a stage. Scripts run in a process of their own: `close` ends it.
 */
export class Mapper {
  readonly mapping: FieldMapping
  readonly #engine: ScriptEngine
  readonly #scripts: readonly string[]
  readonly #stages = new Map<Stage, readonly StageField[]>()

  /** @param readProgram gives the text of the engine's program (`dist/cli/mappingEngine.cjs`) */
  constructor(mapping: FieldMapping, readProgram: () => string, limits?: TimeLimits) {
    this.mapping = mapping
    this.#scripts = [...new Set(mapping.MappingFields.flatMap(scriptsOf))]
    this.#engine = new ScriptEngine(readProgram, this.#scripts, limits)
  }

  /**
   * Maps each task, field by field. Fields that the stage does not have, and those of mode None, are left out. A field that
   * fails says so (`fault`) and does not keep the others from being mapped.
   */
  async map(tasks: readonly MappingTask[]): Promise<(readonly MappedField[])[]> {
    const plans = tasks.map(({ stage }) => this.#fieldsOf(stage))
    const results = await this.#engine.run(
      tasks.map(({ person, iteration = 0 }, index) => {
        const scripts = plans[index]?.flatMap(({ script }) => (script === undefined ? [] : [script])) ?? []
        return { person: scripts.length === 0 ? '' : JSON.stringify(person), iteration, scripts }
      }),
    )
    return tasks.map(({ person }, index) => {
      const row = [...(results[index] ?? [])]
      return (plans[index] ?? []).map((planned) =>
        mapField(planned, person, planned.script === undefined ? undefined : row.shift()),
      )
    })
  }

  /** Ends the engine's process. */
  close(): void {
    this.#engine.close()
  }

  #fieldsOf(stage: Stage): readonly StageField[] {
    const known = this.#stages.get(stage)
    if (known !== undefined) return known
    const fields = this.mapping.MappingFields.flatMap((field): StageField[] => {
      const action = field.MappingActions.find(({ MapForActions }) => MapForActions.includes(stage))
      if (action === undefined || action.MappingMode === 'None') return []
      const isScript = action.MappingMode === 'Complex' && action.fault === undefined && action.value !== null
      return [{ field, action, script: isScript ? this.#scripts.indexOf(action.value) : undefined }]
    })
    this.#stages.set(stage, fields)
    return fields
  }
}

function scriptsOf({ MappingActions }: MappingField): string[] {
  return MappingActions.flatMap(({ MappingMode, value }) =>
    MappingMode === 'Complex' && value !== null ? [value] : [],
  )
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

function mapField(
  { field: { Name, Type }, action }: StageField,
  person: Person,
  result: ScriptResult | undefined,
): MappedField {
  const { MappingMode, value, fault } = action
  const mode = MappingMode as MappedField['mode']
  const origin = { name: Name, mode, source: value ?? '' }
  const failed = (why: string): MappedField => ({ ...origin, value: null, fault: why, missingAccounts: [] })
  if (fault !== undefined) return failed(fault)
  if (mode === 'Fixed') return { ...origin, value: toType(Type, value), missingAccounts: [] }
  const outcome = mode === 'Field' ? follow(value ?? '', person) : readResult(result)
  if ('fault' in outcome) return failed(outcome.fault)
  if (Array.isArray(outcome.value) && Type !== 'Array')
    return failed('the value is a list, but the type is Text.')
  const mapped = toType(Type, outcome.value)
  const suspect = suspectIn(mapped)
  return {
    ...origin,
    value: mapped,
    missingAccounts: outcome.missing,
    ...(suspect !== undefined && { suspectText: suspect }),
  }
}

type Outcome =
  { readonly value: MappedValue; readonly missing: readonly string[] } | { readonly fault: string }

/** Follows `Person.A.B`. Whatever is missing on the way makes the value empty, never an error (documented). */
function follow(path: string, person: Person): Outcome {
  const [, ...steps] = path.split('.')
  let value: unknown = person
  for (const [index, step] of steps.entries()) {
    const next: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : null
    if (next === null && index === 1 && steps[0] === 'Accounts' && steps.length > 2)
      return { value: null, missing: [step] }
    value = next
    if (value === null && !(index === 0 && step === 'Accounts')) return { value: null, missing: [] }
  }
  if (value === null || value === undefined) return { value: null, missing: [] }
  if (!Array.isArray(value))
    return isScalar(value) ? { value: String(value), missing: [] } : ofType(typeof value)
  const other = value.find((item) => !isScalar(item)) as unknown
  return other === undefined ? { value: value.map(String), missing: [] } : ofType(typeof other)
}

function readResult(result: ScriptResult | undefined): Outcome {
  if (result === undefined) return { fault: 'the script was not run.' }
  if ('fault' in result) {
    const where = result.line === undefined ? '' : ` on line ${result.line}`
    return { fault: `the script failed${where}: ${result.fault}` }
  }
  const { missing } = result
  if ('empty' in result) return { value: null, missing }
  if ('text' in result) return { value: result.text, missing }
  if ('list' in result) return { value: result.list, missing }
  return ofType(result.type)
}

function ofType(type: string): Outcome {
  return {
    fault:
      type === 'promise'
        ? 'the script is asynchronous, and hosts do not wait for it.'
        : `the value is of type ${type}; text, a number or a boolean was expected.`,
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** Documented: values reach a script as text, booleans and numbers included; lists only for fields of type Array. */
function toType(type: MappingField['Type'], value: MappedValue): MappedValue {
  return type === 'Array' && typeof value === 'string' ? [value] : value
}

/** A script that joins a member that is missing to a text gives one of these. A name like Nancy or Annulling has none. */
const suspectTexts = /undefined|null(?![a-z])|NaN(?![a-z])|\[object \w+\]|System\.Collections\.[\w.]+/

function suspectIn(value: MappedValue): string | undefined {
  for (const text of typeof value === 'string' ? [value] : (value ?? [])) {
    const found = suspectTexts.exec(text.slice(0, 10_000))
    if (found !== null) return found[0]
  }
  return undefined
}
