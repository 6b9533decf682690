/**
 * Under state and country picklists an org keeps a place under its own name, whether its name or its code was given
 * (documented: help state_country_picklists): `NL` comes back as `Netherlands`, and the code in a field of its own.
 */
const codeFields: Readonly<Record<string, string>> = { Country: 'CountryCode', State: 'StateCode' }

/** The field that has the code of the place that `field` has the name of; undefined for other fields. */
export function codeFieldOf(field: string): string | undefined {
  return Object.hasOwn(codeFields, field) ? codeFields[field] : undefined
}

/** Whether a value stands for the place that the org keeps: its name in any case, or its code. */
export function isSamePlace(value: string, place: { readonly name: string; readonly code: string }): boolean {
  const wanted = value.trim().toLowerCase()
  // Without a code the org has no such picklists, and keeps any text as it is.
  return (
    place.code !== '' &&
    wanted !== '' &&
    [place.name.toLowerCase(), place.code.toLowerCase()].includes(wanted)
  )
}
