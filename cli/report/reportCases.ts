import type { JsonObject } from '../../shared/validate.ts'
import type { ImportedAccount } from '../import/importSummary.ts'
import { type MappedContext, mapContexts, type MappingRequest, personValue } from '../map/mappedContext.ts'
import type { Mapper, Person } from '../../mapping/mapFields.ts'
import { type Compared, compareFields, type Comparing } from './reportCompare.ts'
import type { AccountIndex } from './reportCorrelate.ts'
import type { ReportedPerson } from './reportModel.ts'
import { describePerson } from './reportPersons.ts'
import { type FieldRules, nameFor } from '../lib/userFields.ts'

/** A person, and the accounts that they correlate with. */
export interface Case {
  readonly person: ReportedPerson
  /** As the host has them. */
  readonly source: Person
  /** What was looked for. */
  readonly value: string
  readonly accounts: readonly ImportedAccount[]
  readonly compared: Compared
  /** Why the person could not be checked; undefined for a person that could. */
  readonly why: string | undefined
}

/** What all persons are judged with. */
export interface Judging extends Comparing {
  readonly mapper: Mapper
  readonly configuration: JsonObject
  readonly correlation: { readonly field: string; readonly path: string }
  readonly rules: FieldRules
}

const nothing: Compared = { changes: [], notCompared: [], problems: [] }

/** Looks persons up as create does: by the person's value, else by the mapped one. */
export async function correlateAll(
  persons: readonly Person[],
  judging: Judging,
  index: AccountIndex,
): Promise<Case[]> {
  const own = persons.map((source) => (personValue(source, judging.correlation.path) ?? '').trim())
  const without = persons.filter((_, place) => own[place] === '')
  const requests = without.map((source) => requestFor('create', source, judging))
  const contexts = await mapContexts(requests, judging.mapper, judging.rules)
  const contextOf = new Map(without.map((source, place) => [source, contexts[place]]))
  return persons.map((source, place) =>
    correlate(source, own[place] ?? '', contextOf.get(source), judging, index),
  )
}

function correlate(
  source: Person,
  own: string,
  context: MappedContext | undefined,
  judging: Judging,
  index: AccountIndex,
): Case {
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
  const found = context?.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase())
  if (found?.fault !== undefined) return unjudged(`${found.name}: ${found.fault}`)
  const value = own === '' ? (found?.value.trim() ?? '') : own
  if (value === '')
    return unjudged(`${path} is empty, and nothing else is mapped to ${field}: create would fail`)
  return { person, source, value, accounts: index.find(value), compared: nothing, why: undefined }
}

/** What to map a person for. `account` and `manager` are references. */
export function requestFor(
  action: 'create' | 'update',
  person: Person,
  { configuration, correlation }: Judging,
  account?: string,
  manager?: string,
): MappingRequest {
  return { action, person, configuration, iteration: 0, account, manager, correlation }
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

/** The cases with what create or update would make of them, as far as this tool can tell by itself. */
export async function compareCases(
  cases: readonly Case[],
  judging: Judging,
  managers: ReadonlyMap<string, string>,
): Promise<Case[]> {
  const compared = cases.filter(({ why, accounts }) => why === undefined && accounts.length < 2)
  const requests = compared.map(({ source, accounts: [account] }) =>
    requestFor(
      account === undefined ? 'create' : 'update',
      source,
      judging,
      account?.AccountReference,
      managerOf(source, managers),
    ),
  )
  const contexts = await mapContexts(requests, judging.mapper, judging.rules)
  const contextOf = new Map(compared.map((each, place) => [each, contexts[place]]))
  return cases.map((each) => {
    const context = contextOf.get(each)
    return context === undefined ? each : compareCase(each, context, judging, managers)
  })
}

function compareCase(
  given: Case,
  { fields, faults, problems }: MappedContext,
  judging: Judging,
  managers: ReadonlyMap<string, string>,
): Case {
  const { source, accounts } = given
  const [account] = accounts
  if (faults.length > 0) return { ...given, compared: { ...nothing, problems: faults } }
  if (account === undefined) {
    const ofFields = fields.flatMap(({ name, problem }) =>
      problem === undefined ? [] : [`${name} ${problem}.`],
    )
    return { ...given, compared: { ...nothing, problems: [...ofFields, ...problems] } }
  }
  const manager = managerOf(source, managers)
  const mapped = new Map(fields.map(({ name, value }) => [name, value]))
  const field = nameFor(judging.rules, 'ManagerId')
  if (manager !== undefined && (mapped.get(field) ?? '') === '') mapped.set(field, manager)
  const compared = compareFields(mapped, account, judging)
  const isLeft =
    manager === undefined && personValue(source, 'Person.PrimaryManager.ExternalId') !== undefined
  const left = isLeft ? [{ field, why: "the manager's account is not known from this file" }] : []
  return { ...given, compared: { ...compared, notCompared: [...compared.notCompared, ...left] } }
}
