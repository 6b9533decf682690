import { ConnectorError } from '../../../shared/errors.ts'
import { firstProblems } from '../../../shared/problems.ts'
import type { Description, FieldDescription } from '../../../shared/salesforce/rest/description.ts'
import { hiddenUserField } from '../../../shared/salesforce/rest/requiredRights.ts'
import { fieldMeant, problemWithValue, requiredFields } from '../../../shared/salesforce/rest/fieldValue.ts'

/**
 * The sentence for a name that is no field, with the nearest that is one. `member` is what named it: `Data.Titel`. A field
 * that every org has is not shown, and a right shows it.
 */
export function noField(name: string, member: string, description: Description): string {
  const hidden = hiddenUserField(name, 'en')
  if (hidden !== undefined) return hidden.advice
  return `${member} is not a field of User in this org${fieldMeant(name, description)}`
}

/** The columns that are no fields of User in this org; what a path leads to is another object's. */
export function unknownColumns(columns: readonly string[], description: Description): string[] {
  return columns.filter((name) => !name.includes('.') && !description.has(name.toLowerCase()))
}

/** How values are going to be written. */
export interface Writing {
  readonly purpose: 'create' | 'update'
  /** Whether by the integration user itself: a resource of the customer's own may write what that user may not. */
  readonly isDirect: boolean
}

/**
 * Throws `INVALID_INPUT` with one sentence for everything that Salesforce would refuse, and `FORBIDDEN` where it would refuse
 * any user. `nameOf` gives the name that the host knows a field by; `known` are problems that were found before.
 */
export function checkValues(
  values: ReadonlyMap<string, string>,
  description: Description,
  writing: Writing,
  nameOf: (field: string) => string,
  known: readonly string[],
): void {
  checkRight(description, writing)
  checkVisible(values, description)
  const problems = [...known, ...problemsWith(values, description, writing, nameOf)]
  const missing = writing.purpose === 'create' ? missingFields(values, description) : []
  if (missing.length > 0) {
    problems.push(
      `this org requires ${missing.map((name) => `Data.${nameOf(name)}`).join(', ')} for a new user: map a value`,
    )
  }
  refuse(problems)
}

function isWritten(field: FieldDescription, { purpose, isDirect }: Writing): boolean {
  return !isDirect || (purpose === 'create' ? field.isCreateable : field.isUpdateable)
}

/** Who may not write users at all, may write none of their fields (general knowledge). */
function checkRight(description: Description, writing: Writing): void {
  if ([...description.values()].some((field) => isWritten(field, writing))) return
  throw new ConnectorError(
    'FORBIDDEN',
    `the integration user may not ${writing.purpose === 'create' ? 'create' : 'change'} users: give it the right Manage Internal Users (Setup > Permission Sets)`,
  )
}

/** Throws `FORBIDDEN` for a field that every org has and that is not described: it is hidden, and no mapping is at fault. */
export function checkVisible(values: ReadonlyMap<string, string>, description: Description): void {
  const hidden = [...values.keys()]
    .filter((name) => !description.has(name.toLowerCase()))
    .flatMap((name) => hiddenUserField(name, 'en')?.advice ?? [])
  if (hidden.length > 0) throw new ConnectorError('FORBIDDEN', hidden.join('; '))
}

/** Throws `INVALID_INPUT` with one sentence for all of the problems, if there are any. */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new ConnectorError(
    'INVALID_INPUT',
    firstProblems(problems, String)
      .join('; ')
      .replace(/(?<!\?)$/, '.'),
  )
}

/** What Salesforce would refuse of these values, a sentence for each. Empty ones are for clearing; a create leaves them out. */
function problemsWith(
  values: ReadonlyMap<string, string>,
  description: Description,
  writing: Writing,
  nameOf: (field: string) => string,
): string[] {
  const { purpose } = writing
  return [...values].flatMap(([name, value]) => {
    const member = `Data.${nameOf(name)}`
    const field = description.get(name.toLowerCase())
    if (field === undefined) return noField(name, member, description)
    if (value === '' && purpose === 'create') return []
    if (!isWritten(field, writing)) {
      return purpose === 'update' && field.isCreateable
        ? `${member} cannot be changed once the user exists`
        : `${member} is read only for the integration user`
    }
    if (value === '') {
      return field.isNillable || field.type === 'boolean'
        ? []
        : `${member} is empty: Salesforce requires a value. Map one, or leave the field out`
    }
    const problem = problemWithValue(value, field)
    return problem === undefined ? [] : `${member} ${problem}`
  })
}

function missingFields(values: ReadonlyMap<string, string>, description: Description): string[] {
  const given = new Set([...values].filter(([, value]) => value !== '').map(([name]) => name.toLowerCase()))
  return requiredFields(description).filter((name) => !given.has(name.toLowerCase()))
}
