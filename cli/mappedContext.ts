import type { JsonObject } from '../shared/validate.ts'
import { missingForCreate, problemWith } from './fieldProblems.ts'
import type { FieldMapping, Stage } from './fieldMapping.ts'
import { mapFields, type MappedField, type MappedValue, nestFields, type Person } from './mapping.ts'
import { type FieldRules } from './userFields.ts'

/** The stage whose mapping an action gets; those that are not here get no Data. */
export const stageOf: Readonly<Record<string, Stage>> = {
  create: 'Create',
  uniquenessCheck: 'Create',
  update: 'Update',
  enable: 'Enable',
  disable: 'Disable',
  delete: 'Delete',
}

/** What a person is mapped for. */
export interface MappingRequest {
  readonly action: string
  readonly person: Person
  readonly mapping: FieldMapping
  readonly configuration: JsonObject
  /** How often a uniqueness check has refused the values so far. */
  readonly iteration: number
  readonly account: string | undefined
  readonly manager: string | undefined
  /** Undefined where correlation is off. */
  readonly correlation: { readonly field: string; readonly path: string } | undefined
}

/** One field of the mapping, as it came out. */
export interface TracedField {
  readonly name: string
  readonly value: string
  readonly mode: MappedField['mode']
  readonly source: string
  readonly problem: string | undefined
}

/** The context for an action, and how it came about. */
export interface MappedContext {
  readonly context: JsonObject
  readonly fields: readonly TracedField[]
  /** Fields of mode None: the script fills them. */
  readonly filled: readonly string[]
  /** What is wrong beyond single fields. */
  readonly problems: readonly string[]
}

/** What the host would send to the script of an action for this person. Throws `MappingError`. */
export function mapContext(request: MappingRequest, rules: FieldRules): MappedContext {
  const { action, person, mapping, configuration, iteration, account, manager, correlation } = request
  const stage = stageOf[action]
  const mapped = stage === undefined ? [] : mapFields(person, mapping, stage, iteration)
  const fields = mapped.map(({ name, mode, source, value }) => ({
    name,
    mode,
    source,
    value: textOf(value),
    problem: valuesOf(value)
      .map((text) => problemWith(name, text, rules))
      .find((problem) => problem !== undefined),
  }))
  const personFieldValue = correlation === undefined ? undefined : personValue(person, correlation.path)
  const accountFieldValue = fields.find(({ name }) => name === correlation?.field)?.value
  const actionContext = {
    Operation: action === 'uniquenessCheck' ? 'create' : action,
    DryRun: true,
    Configuration: configuration,
    Data: nestFields(mapped),
    ...(action === 'create' && {
      CorrelationConfiguration:
        correlation === undefined
          ? { Enabled: false }
          : {
              Enabled: true,
              PersonField: correlation.path,
              PersonFieldValue: personFieldValue ?? null,
              AccountField: correlation.field,
              AccountFieldValue: accountFieldValue ?? null,
            },
    }),
    References: { Account: account ?? null, ManagerAccount: manager ?? null },
  }
  const values = new Map(fields.map(({ name, value }) => [name, value]))
  const hasProfile = textOf(configuration['DefaultProfile']) !== ''
  const missing = action === 'create' ? missingForCreate(values, hasProfile, rules) : []
  const needsAccount = !['create', 'uniquenessCheck'].includes(action)
  const isUnfound =
    action === 'create' &&
    correlation !== undefined &&
    `${personFieldValue ?? ''}${accountFieldValue ?? ''}` === ''
  return {
    context: { actionContext, personContext: { Person: person } },
    fields,
    filled: mapping.MappingFields.filter(({ MappingActions }) =>
      MappingActions.some(
        ({ MapForActions, MappingMode }) =>
          MappingMode === 'None' && stage !== undefined && MapForActions.includes(stage),
      ),
    ).map(({ Name }) => Name),
    problems: [
      ...missing.map((name) => `Salesforce requires ${name} for a new user, and nothing is mapped to it.`),
      ...(needsAccount && account === undefined
        ? [`${action} is about an account: name it with --account <id>.`]
        : []),
      ...(isUnfound ? [`${correlation.path} is empty: there is nothing to correlate with.`] : []),
    ],
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}

function valuesOf(value: MappedValue): readonly string[] {
  if (typeof value === 'string') return [value]
  return value === null || value.length === 0 ? [''] : value
}

/** The value at `Person.A.B`, as text; undefined where there is none. */
export function personValue(person: Person, path: string): string | undefined {
  let value: unknown = person
  for (const step of path.replace(/^Person\./, '').split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
