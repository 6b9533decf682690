import type { JsonObject } from '../shared/validate.ts'
import type { ImportedAccount } from './importSummary.ts'
import { mapContext, personValue } from './mappedContext.ts'
import { type FieldMapping, MappingError } from './fieldMapping.ts'
import type { Person } from './mapping.ts'
import { type Compared, compareFields, type Comparing } from './reportCompare.ts'
import type { AccountIndex } from './reportCorrelate.ts'
import type { ReportedPerson } from './reportModel.ts'
import { describePerson } from './reportPersons.ts'
import { type FieldRules, nameFor } from './userFields.ts'

/** A person, and the accounts that they correlate with. */
export interface Case {
  readonly person: ReportedPerson
  /** As the host has them. */
  readonly source: Person
  /** What was looked for. */
  readonly value: string
  readonly accounts: readonly ImportedAccount[]
  readonly compared: Compared
  /** Why nothing can be said of the person; undefined where something can. */
  readonly why: string | undefined
}

/** What all persons are judged with. */
export interface Judging extends Comparing {
  readonly mapping: FieldMapping
  readonly configuration: JsonObject
  readonly correlation: { readonly field: string; readonly path: string }
  readonly rules: FieldRules
}

const nothing: Compared = { changes: [], notCompared: [], problems: [] }

/** Looks a person up as create does: by the person's value, else by the mapped one. */
export function correlate(source: Person, judging: Judging, index: AccountIndex): Case {
  const person = describePerson(source)
  const unjudged = (why: string): Case => ({
    person,
    source,
    value: '',
    accounts: [],
    compared: nothing,
    why,
  })
  const { path, field } = judging.correlation
  try {
    const own = (personValue(source, path) ?? '').trim()
    const value = own === '' ? mappedValue(source, judging, field) : own
    if (value === '')
      return unjudged(`${path} is empty, and nothing else is mapped to ${field}: create would fail`)
    return { person, source, value, accounts: index.find(value), compared: nothing, why: undefined }
  } catch (error) {
    if (error instanceof MappingError) return unjudged(error.message)
    throw error
  }
}

function mappedValue(source: Person, judging: Judging, field: string): string {
  const { fields } = mapContext(requestFor('create', source, judging), judging.rules)
  return fields.find(({ name }) => name.toLowerCase() === field.toLowerCase())?.value.trim() ?? ''
}

/** What to map a person for. `account` and `manager` are references. */
export function requestFor(
  action: 'create' | 'update',
  person: Person,
  { mapping, configuration, correlation }: Judging,
  account?: string,
  manager?: string,
): Parameters<typeof mapContext>[0] {
  return { action, person, mapping, configuration, iteration: 0, account, manager, correlation }
}

/** The accounts of managers by their external ids: those of persons that correlate with one account. */
export function managersIn(cases: readonly Case[]): ReadonlyMap<string, string> {
  return new Map(
    cases.flatMap(({ person: { externalId }, accounts: [account, second] }) =>
      account === undefined || second !== undefined || externalId === ''
        ? []
        : [[externalId, account.AccountReference] as const],
    ),
  )
}

/** The account of the person's manager; undefined where there is none, or none is known. */
export function managerOf(source: Person, managers: ReadonlyMap<string, string>): string | undefined {
  const externalId = personValue(source, 'Person.PrimaryManager.ExternalId')
  return externalId === undefined ? undefined : managers.get(externalId)
}

/** The case with what create or update would make of it, as far as this tool can tell by itself. */
export function compareCase(given: Case, judging: Judging, managers: ReadonlyMap<string, string>): Case {
  const { source, accounts, why } = given
  const [account, second] = accounts
  if (why !== undefined || second !== undefined) return given
  try {
    const manager = managerOf(source, managers)
    const request = requestFor(
      account === undefined ? 'create' : 'update',
      source,
      judging,
      account?.AccountReference,
      manager,
    )
    const { fields, problems } = mapContext(request, judging.rules)
    if (account === undefined) {
      const ofFields = fields.flatMap(({ name, problem }) =>
        problem === undefined ? [] : [`${name} ${problem}.`],
      )
      return { ...given, compared: { ...nothing, problems: [...ofFields, ...problems] } }
    }
    const mapped = new Map(fields.map(({ name, value }) => [name, value]))
    const field = nameFor(judging.rules, 'ManagerId')
    if (manager !== undefined && (mapped.get(field) ?? '') === '') mapped.set(field, manager)
    const compared = compareFields(mapped, account, judging)
    const isLeft =
      manager === undefined && personValue(source, 'Person.PrimaryManager.ExternalId') !== undefined
    const left = isLeft ? [{ field, why: "the manager's account is not known from this file" }] : []
    return { ...given, compared: { ...compared, notCompared: [...compared.notCompared, ...left] } }
  } catch (error) {
    if (error instanceof MappingError)
      return { ...given, compared: { ...nothing, problems: [error.message] } }
    throw error
  }
}
