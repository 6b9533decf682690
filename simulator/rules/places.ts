import { DmlError } from '../errors.ts'
import { countries, states } from '../schema/places.ts'
import type { FieldValue, Row } from '../org/rows.ts'

type Names = ReadonlyMap<string, string>

/**
 * The address of a record under state and country picklists: code and name of a place go together, whichever was
 * given, and a state needs its country. Documented: help state_country_picklists; the first text is observed, the
 * others are general knowledge.
 * @throws DmlError FIELD_INTEGRITY_EXCEPTION
 */
export function settlePlace(
  row: Readonly<Row>,
  changes: Readonly<Record<string, FieldValue>>,
): Record<string, FieldValue> {
  const country = settle(row, changes, 'Country', countries)
  const countryCode = country['CountryCode'] ?? row['CountryCode'] ?? null
  const ofCountry = typeof countryCode === 'string' ? states.get(countryCode) : undefined
  const wantsState = changes['State'] ?? changes['StateCode'] ?? null
  if (wantsState !== null && countryCode === null) {
    throw new DmlError(
      'FIELD_INTEGRITY_EXCEPTION',
      'A country/territory must be specified before specifying a state value for field: State/Province',
      ['State'],
    )
  }
  return { ...country, ...settle(row, changes, 'State', ofCountry ?? new Map()) }
}

function settle(
  row: Readonly<Row>,
  changes: Readonly<Record<string, FieldValue>>,
  name: 'Country' | 'State',
  known: Names,
): Record<string, FieldValue> {
  const code = `${name}Code`
  if (!(name in changes) && !(code in changes)) return {}
  // general knowledge: the code wins where both are given
  const given = code in changes ? changes[code] : changes[name]
  if (given === null || given === undefined) return { [name]: null, [code]: null }
  const wanted = String(given).toLowerCase()
  const found = [...known].find(([key, label]) => [key, label].some((each) => each.toLowerCase() === wanted))
  if (found !== undefined) return { [name]: found[1], [code]: found[0] }
  if (row[name] === given) return {}
  const what = name === 'Country' ? 'country/territory' : 'state'
  throw new DmlError(
    'FIELD_INTEGRITY_EXCEPTION',
    `There's a problem with this ${what}, even though it may appear correct. Please select a ${what} from the list of valid ${name === 'Country' ? 'countries/territories' : 'states'}.: ${name}`,
    [name],
  )
}
