import type { Description, FieldDescription } from '../../salesforce/description.ts'
import { nearest } from '../../validate.ts'
import type { Settings } from '../settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { Destination, MappedField } from './mapping.ts'
import { valueFields, type WrittenField } from './values.ts'

/** A mapped field and where it goes. */
export interface PlacedField {
  readonly field: MappedField
  readonly destination: Destination
}

/** Those that are written to a field of User. */
export function writtenFields(placed: readonly PlacedField[]): WrittenField[] {
  return placed.flatMap(({ field, destination }) =>
    'userField' in destination ? [{ ...field, userField: destination.userField }] : [],
  )
}

/**
 * Whether every mapped field exists and can be written, every fixed value can be stored, and every field that the org
 * requires is mapped.
 */
export function judgeFields(
  settings: Settings,
  description: Description,
  placed: readonly PlacedField[],
): Finding[] {
  const { ok, failed, skipped } = findingsOf('mapping', settings.language)
  if (placed.length === 0) return [skipped('Mapped fields', 'no field mapping was given')]
  // Who may write nothing has a right that is missing: one line says so, and not one for each field.
  if (![...description.values()].some(({ isCreateable, isUpdateable }) => isCreateable || isUpdateable)) {
    return [skipped('Mapped fields', 'the integration user may not write users at all')]
  }
  const findings = placed.flatMap(({ field, destination }) => {
    const check = field.name
    if ('unknown' in destination) {
      return failed(
        check,
        'FIELD_NOT_FOUND',
        `the mapping has a field that does not exist${meant(destination.nearest)}`,
      )
    }
    if (!('userField' in destination)) return []
    const { userField } = destination
    const described = description.get(userField.toLowerCase())
    if (described === undefined) {
      const near = nearest(
        userField,
        [...description.values()].map(({ name }) => name),
      )
      return failed(check, 'FIELD_NOT_FOUND', `User has no field ${userField} in this org${meant(near)}`)
    }
    const stages = readOnlyAt(field, described)
    if (stages !== '')
      return failed(check, 'FIELD_READ_ONLY', `the integration user cannot write ${userField} ${stages}`)
    const problem = valueFields.includes(userField) ? undefined : problemWith(field.fixed, described)
    return problem === undefined ? [] : failed(check, 'VALUE_NOT_ACCEPTED', problem)
  })
  const written = writtenFields(placed)
  const missing = requiredBy(description).filter(
    (name) =>
      !written.some(
        ({ userField, forCreate }) => forCreate && userField.toLowerCase() === name.toLowerCase(),
      ),
  )
  findings.push(
    ...missing.map((name) =>
      failed(
        name,
        'REQUIRED_FIELD_NOT_MAPPED',
        'this org requires it for a new user, and nothing is mapped to it',
      ),
    ),
  )
  return findings.length > 0 ? findings : [ok('Mapped fields', `${written.length} exist and can be written`)]
}

function meant(near: string | undefined): string {
  return near === undefined ? '' : `: is ${near} meant?`
}

function readOnlyAt({ forCreate, forUpdate }: MappedField, described: FieldDescription): string {
  // What a create sets for good, an update need not be able to change; the connector leaves it alone where it is so already.
  if (forCreate && !described.isCreateable) return 'at create'
  return forUpdate && !described.isUpdateable && !described.isCreateable ? 'at update' : ''
}

function problemWith(
  fixed: string | undefined,
  { length, values, name }: FieldDescription,
): string | undefined {
  if (fixed === undefined || fixed === '') return undefined
  const shown = `the fixed value [${fixed.slice(0, 80)}]`
  if (values !== undefined && !values.includes(fixed)) return `${shown} is not in the picklist of ${name}`
  return length > 0 && fixed.length > length
    ? `${shown} has ${fixed.length} characters: Salesforce takes ${length}`
    : undefined
}

/** Custom fields that must have a value; a checkbox always has one. Salesforce's own required fields the connector sees to. */
function requiredBy(description: Description): string[] {
  return [...description.values()]
    .filter(
      ({ name, type, isNillable, isDefaultedOnCreate, isCreateable }) =>
        name.endsWith('__c') && !isNillable && !isDefaultedOnCreate && isCreateable && type !== 'boolean',
    )
    .map(({ name }) => name)
}
