import type { Description, FieldDescription } from '../shared/salesforce/rest/description.ts'
import { fieldMeant, problemWithValue, requiredFields } from '../shared/salesforce/rest/fieldValue.ts'
import { meant } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { hiddenUserField } from '../shared/salesforce/rest/requiredRights.ts'
import { capitalized, type Finding, findingsOf } from './finding.ts'
import type { Destination, MappedField } from './mapping.ts'
import { isPlace, valueFields, type WrittenField } from './values.ts'

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

/** Whether every mapped field gets its value from something that persons have. */
export function judgeSources({ language }: Settings, mapping: readonly MappedField[]): Finding[] {
  const { failed, warning } = findingsOf('mapping', language)
  return mapping.flatMap(({ name, unknownPaths, faults }) => [
    ...faults.map((fault) => failed(name, 'MAPPING_VALUE_INVALID', fault)),
    ...unknownPaths.map(({ path, nearest, isUncertain }) => {
      const text = `reads ${path}, which no person has${meant(nearest)}`
      return (isUncertain ? warning : failed)(name, 'PERSON_PATH_UNKNOWN', text)
    }),
  ])
}

/**
 * Whether every mapped field exists and can be written, every fixed value can be stored, and every field that the org
 * requires is mapped.
 */
export function judgeFields(
  settings: Settings,
  description: Description,
  placed: readonly PlacedField[],
  missing: ReadonlySet<string>,
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
      const hidden = hiddenUserField(userField, settings.language)
      if (hidden !== undefined) {
        const isKnown = hidden.rights.some((right) => missing.has(right))
        return isKnown
          ? skipped(check, hidden.advice)
          : failed(check, 'NOT_VISIBLE', hidden.advice, capitalized(hidden.advice))
      }
      const near = fieldMeant(userField, description)
      return failed(check, 'FIELD_NOT_FOUND', `User has no field ${userField} in this org${near}`)
    }
    const stages = readOnlyAt(field, described)
    if (stages !== '')
      return failed(check, 'FIELD_READ_ONLY', `the integration user cannot write ${userField} ${stages}`)
    const { fixed = '' } = field
    const problem = fixed === '' || isJudged(userField) ? undefined : problemWithValue(fixed, described)
    return problem === undefined ? [] : failed(check, 'VALUE_NOT_ACCEPTED', `the fixed value ${problem}`)
  })
  const twice = mappedTwice(placed)
  findings.push(
    ...twice.map(([name, other]) =>
      failed(name, 'FIELD_MAPPED_TWICE', `the mapping has the same field as ${other} already`),
    ),
  )
  const written = writtenFields(placed)
  const unmapped = requiredFields(description).filter(
    (name) =>
      !written.some(
        ({ userField, forCreate }) => forCreate && userField.toLowerCase() === name.toLowerCase(),
      ),
  )
  findings.push(
    ...unmapped.map((name) =>
      failed(
        name,
        'REQUIRED_FIELD_NOT_MAPPED',
        'this org requires it for a new user, and nothing is mapped to it',
      ),
    ),
  )
  return findings.length > 0 ? findings : [ok('Mapped fields', `${written.length} exist and can be written`)]
}

/** Whether the value is judged elsewhere, or may also be a name that the connector looks up. */
function isJudged(userField: string): boolean {
  return valueFields.includes(userField) || isPlace(userField) || /^(ProfileId|UserRoleId)$/i.test(userField)
}

/** Fields that are mapped again, each with the name that it had before: the connector refuses both. */
function mappedTwice(placed: readonly PlacedField[]): [name: string, other: string][] {
  const taken = new Map<string, string>()
  return placed.flatMap(({ field: { name }, destination }): [string, string][] => {
    if (!('userField' in destination)) return []
    const key = (destination.isPart === true ? name : destination.userField).toLowerCase()
    const other = taken.get(key)
    taken.set(key, other ?? name)
    return other === undefined ? [] : [[name, other]]
  })
}

function readOnlyAt({ forCreate, forUpdate }: MappedField, described: FieldDescription): string {
  // What a create sets for good, an update need not be able to change; the connector leaves it alone where it is so already.
  if (forCreate && !described.isCreateable) return 'at create'
  return forUpdate && !described.isUpdateable && !described.isCreateable ? 'at update' : ''
}
