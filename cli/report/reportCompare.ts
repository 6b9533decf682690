import type { FieldRule } from '../lib/connector.ts'
import { problemWith } from '../map/fieldProblems.ts'
import type { ImportedAccount } from '../import/importSummary.ts'
import type { ReportedChange, Uncompared } from './reportModel.ts'
import { canBeField, comparisonOf, type FieldRules, isId, ruleOf } from '../lib/userFields.ts'

/** What comparing needs to know besides the two sides. */
export interface Comparing {
  readonly rules: FieldRules
  /** Ids by exact name; a name that several have is not here. */
  readonly profiles: ReadonlyMap<string, string>
  readonly roles: ReadonlyMap<string, string>
}

/** What update would change of an account, as far as an import can tell. */
export interface Compared {
  readonly changes: readonly ReportedChange[]
  readonly notCompared: readonly Uncompared[]
  /** Why update would fail. */
  readonly problems: readonly string[]
}

const lastNames: readonly string[] = ['familyName', 'familyNamePrefix', 'familyNameFormatted']

/**
 * Compares what is mapped for update with an imported account, as update does (docs/fields.md, "Values compare as Salesforce keeps
 * them"). What cannot be told from an import is listed, never guessed.
 */
export function compareFields(
  mapped: ReadonlyMap<string, string>,
  { Data }: Pick<ImportedAccount, 'Data'>,
  { rules, profiles, roles }: Comparing,
): Compared {
  const shown = caseless(Object.entries(Data).map(([name, value]) => [name, textOf(value)]))
  const changes: ReportedChange[] = []
  const notCompared: Uncompared[] = []
  const problems: string[] = []
  const compare = (field: string, wanted: string, rule: FieldRule | undefined): void => {
    const before = shown.get(field.toLowerCase())
    if (before === undefined) {
      notCompared.push({ field, why: 'the import does not show it' })
      return
    }
    const comparison = comparisonOf(rule)
    // A checkbox is never empty: nothing means that it is off.
    const isCleared = wanted === '' && comparison === 'typed' && /^(true|false)$/.test(before)
    const after = isCleared ? 'false' : wanted
    if (isSame(before, after, comparison)) return
    changes.push({ field, before, after })
    if (after === '' && (rule?.isRequired === true || lastNames.includes(field)))
      problems.push(`${field} is empty: Salesforce requires a value.`)
  }

  for (const [name, value] of withOneLastName(mapped)) {
    const rule = ruleOf(rules, name)
    const problem = problemWith(name, value, rules)
    if (problem !== undefined) problems.push(`${name} ${problem}.`)
    if (!canBeField(rules, name)) {
      notCompared.push({ field: name, why: 'it is not a field of the connector' })
      continue
    }
    if (rule?.isWritten === false) {
      notCompared.push({ field: name, why: 'update does not write it' })
      continue
    }
    const names = namesOf(rule, { profiles, roles })
    const isName = names !== undefined && value !== '' && !isId(value)
    const wanted = isName ? names.get(value) : value
    if (wanted === undefined) {
      notCompared.push({ field: name, why: 'it is mapped by a name that could not be turned into one id' })
      continue
    }
    compare(name, wanted, rule)
  }
  return {
    changes: changes.map((change) => readable(change, { rules, profiles, roles })),
    notCompared,
    problems,
  }
}

/** The last name is one field in Salesforce, whatever it is mapped as. */
function* withOneLastName(mapped: ReadonlyMap<string, string>): Generator<[string, string]> {
  const values = caseless(mapped)
  const family = values.get('familyname')
  const isFormatted = family === undefined || (values.get('familynameformatted') ?? '') !== ''
  const last = isFormatted ? 'familyNameFormatted' : 'familyName'
  for (const [name, value] of mapped) {
    const isPart = lastNames.some((part) => part.toLowerCase() === name.toLowerCase())
    if (!isPart) yield [name, value]
    else if (name.toLowerCase() === last.toLowerCase()) {
      const parts = [values.get('familynameprefix') ?? '', value]
      yield [last, isFormatted ? value : parts.filter((part) => part !== '').join(' ')]
    }
  }
}

/** The names that a field's values may be mapped by. */
function namesOf(
  rule: FieldRule | undefined,
  { profiles, roles }: Pick<Comparing, 'profiles' | 'roles'>,
): ReadonlyMap<string, string> | undefined {
  return { ProfileId: profiles, UserRoleId: roles }[rule?.userField ?? '']
}

/** Ids of profiles and roles by their names, where they are known. */
function readable(
  { field, before, after }: ReportedChange,
  { rules, profiles, roles }: Comparing,
): ReportedChange {
  const names = namesOf(ruleOf(rules, field), { profiles, roles })
  if (names === undefined) return { field, before, after }
  const nameOf = (id: string): string => [...names].find(([, other]) => isSame(other, id, 'id'))?.[0] ?? id
  return { field, before: nameOf(before), after: nameOf(after) }
}

/** Salesforce's form, `2026-12-31T22:00:00.000+0000`, and the forms that people write. */
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** As the connector compares; it has its own, which this tool may not import. */
export function isSame(a: string, b: string, comparison: NonNullable<FieldRule['comparison']>): boolean {
  switch (comparison) {
    case 'exact':
      return a === b
    case 'caseless':
      return a.toLowerCase() === b.toLowerCase()
    case 'id':
      // The last three of 18 characters are a checksum of the first 15.
      return a.slice(0, 15) === b.slice(0, 15)
    case 'typed':
      if (/^(true|false)$/i.test(a) && /^(true|false)$/i.test(b)) return a.toLowerCase() === b.toLowerCase()
      if (dateTime.test(a) && dateTime.test(b)) return Date.parse(a) === Date.parse(b)
      return a === b || (a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b))
  }
}

function caseless<Value>(entries: Iterable<readonly [string, Value]>): Map<string, Value> {
  return new Map([...entries].map(([name, value]) => [name.toLowerCase(), value]))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(value ?? '')
}
