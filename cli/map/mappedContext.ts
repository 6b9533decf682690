import type { JsonObject } from '../../shared/validate.ts'
import { missingForCreate, problemWith } from './fieldProblems.ts'
import { MappingError, type Stage } from '../../mapping/fieldMapping.ts'
import {
  type Data,
  type MappedField,
  type MappedValue,
  type Mapper,
  nestFields,
  type Person,
} from '../../mapping/mapFields.ts'
import { type FieldRules } from '../lib/userFields.ts'

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
  /** Why the field has no value: the host would carry out no action. */
  readonly fault: string | undefined
  readonly problem: string | undefined
  /** What may be a mistake. */
  readonly warnings: readonly string[]
}

/** The context for an action, and how it came about. */
export interface MappedContext {
  readonly context: JsonObject
  readonly fields: readonly TracedField[]
  /** Why the host would not carry the action out, by field. */
  readonly faults: readonly string[]
  /** Fields of mode None: the script fills them. */
  readonly filled: readonly string[]
  /** What is wrong beyond single fields. */
  readonly problems: readonly string[]
}

/** What the host would send to the scripts of actions, in the order of the requests. */
export async function mapContexts(
  requests: readonly MappingRequest[],
  mapper: Mapper,
  rules: FieldRules,
): Promise<MappedContext[]> {
  const tasks = requests.flatMap(({ action, person, iteration }) => {
    const stage = stageOf[action]
    return stage === undefined ? [] : { person, stage, iteration }
  })
  const mapped = await mapper.map(tasks)
  let next = 0
  return requests.map((request) => {
    const fields = stageOf[request.action] === undefined ? [] : (mapped[next++] ?? [])
    return contextOf(request, fields, mapper, rules)
  })
}

function contextOf(
  request: MappingRequest,
  mapped: readonly MappedField[],
  { mapping }: Mapper,
  rules: FieldRules,
): MappedContext {
  const { action, person, configuration, account, manager, correlation } = request
  const stage = stageOf[action]
  const fields = mapped.map((field) => ({
    name: field.name,
    mode: field.mode,
    source: field.source,
    value: textOf(field.value),
    fault: field.fault,
    problem: problemOf(field, rules),
    warnings: warningsOf(field),
  }))
  const { data, fault } = nested(mapped)
  const personFieldValue = correlation === undefined ? undefined : personValue(person, correlation.path)
  const accountFieldValue = fields.find(({ name }) => name === correlation?.field)?.value
  const actionContext = {
    Operation: action === 'uniquenessCheck' ? 'create' : action,
    DryRun: true,
    Configuration: configuration,
    Data: data,
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
    faults: [
      ...fields.flatMap(({ name, fault: why }) => (why === undefined ? [] : [`${name}: ${why}`])),
      ...(fault === undefined ? [] : [fault]),
    ],
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

/** Faults come first: a value that is not there is not judged. */
function problemOf({ name, value, fault }: MappedField, rules: FieldRules): string | undefined {
  if (fault !== undefined) return undefined
  return valuesOf(value)
    .map((text) => problemWith(name, text, rules))
    .find((problem) => problem !== undefined)
}

function warningsOf({ missingAccounts, suspectText }: MappedField): string[] {
  return [
    ...missingAccounts.map((system) => `reads from ${system}, in which the person has no account: empty`),
    ...(suspectText === undefined
      ? []
      : [`has the text "${suspectText}" in its value: something that it is made of is missing`]),
  ]
}

function nested(fields: readonly MappedField[]): { readonly data: Data; readonly fault?: string } {
  try {
    return { data: nestFields(fields.filter(({ fault }) => fault === undefined)) }
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    return { data: {}, fault: error.message }
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
