import type { Description } from '../shared/salesforce/rest/description.ts'
import { isObject, type JsonObject, meant, nearest } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { MappedField } from './mapping.ts'
import type { FindingCode } from './remedies.ts'

/** Each value that a new user needs and a setting has: the field, the setting, its check and what it is called if it is wrong. */
const needed = [
  {
    userField: 'LocaleSidKey',
    setting: 'DefaultLocale',
    key: 'locale',
    check: 'Locale',
    code: 'LOCALE_NOT_OFFERED',
  },
  {
    userField: 'LanguageLocaleKey',
    setting: 'DefaultLanguage',
    key: 'language',
    check: 'Language',
    code: 'LANGUAGE_NOT_OFFERED',
  },
  {
    userField: 'TimeZoneSidKey',
    setting: 'DefaultTimezone',
    key: 'timezone',
    check: 'Time zone',
    code: 'TIME_ZONE_NOT_OFFERED',
  },
  {
    userField: 'EmailEncodingKey',
    setting: 'DefaultEmailEncoding',
    key: 'emailEncoding',
    check: 'E-mail encoding',
    code: 'ENCODING_NOT_OFFERED',
  },
] as const satisfies readonly {
  code: FindingCode
  key: keyof Settings['defaults']
  [member: string]: string
}[]

/** Fields of which this part of the examination judges the values. */
export const valueFields: readonly string[] = needed.map(({ userField }) => userField)

/** A mapped field and the field of User that it is written to. */
export interface WrittenField extends MappedField {
  readonly userField: string
}

/** Whether the org offers the locale, language, time zone and encoding that new users get, and the fixed ones that are mapped. */
export function judgeValues(
  settings: Settings,
  description: Description,
  mapped: readonly WrittenField[],
): Finding[] {
  const { ok, failed } = findingsOf('accounts', settings.language)
  return needed.flatMap(({ userField, setting, key, check, code }) => {
    const offered = description.get(userField.toLowerCase())?.values
    const field = mapped.find((one) => one.userField === userField && one.forCreate)
    const value = field === undefined ? settings.defaults[key] : field.fixed
    if (value === undefined || value === '') return []
    const source = field === undefined ? setting : `the fixed value of ${field.name}`
    if (offered === undefined || offered.includes(value)) return ok(check, `${value}, from ${source}`)
    const near = meant(nearest(value, offered))
    return failed(check, code, `${source} [${value.slice(0, 80)}] is not offered by this org${near}`)
  })
}

/** Countries and states are texts, or, where the org has picklists for them, names and codes of its list. */
export function judgePlaces(
  settings: Settings,
  described: JsonObject,
  description: Description,
  mapped: readonly WrittenField[],
): Finding[] {
  const { ok, failed, warning } = findingsOf('accounts', settings.language)
  const check = 'States and countries'
  if (!description.has('countrycode')) return [ok(check, 'any text: this org has no picklists for them')]
  const places = mapped.filter(({ userField }) => isPlace(userField))
  const wrong = places.filter(({ userField, fixed }) => {
    if (fixed === undefined || fixed === '') return false
    const code = `${userField.replace(/Code$/i, '')}Code`
    return !placesIn(described, code).has(fixed.toLowerCase())
  })
  if (wrong.length > 0) {
    return wrong.map(({ name, fixed = '' }) =>
      failed(
        check,
        'PLACE_NOT_OFFERED',
        `the fixed value of ${name} [${fixed.slice(0, 80)}] is not in the org's list`,
      ),
    )
  }
  const open = places.filter(({ fixed }) => fixed === undefined)
  return [
    open.length > 0
      ? warning(
          check,
          'PLACES_FROM_LIST',
          `this org takes only what is in its list, and ${open.map(({ name }) => name).join(', ')} come from the person`,
        )
      : ok(check, 'picklists; nothing mapped is outside them'),
  ]
}

/** Whether a field of User is one of those that an org may have a list of places for. */
export function isPlace(userField: string): boolean {
  return /^(Country|State)(Code)?$/i.test(userField)
}

/** Names and codes of a picklist of places, in lower case. */
function placesIn({ fields }: JsonObject, code: string): ReadonlySet<string> {
  const field = (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .find(({ name }) => String(name).toLowerCase() === code.toLowerCase())
  const values = Array.isArray(field?.['picklistValues']) ? field['picklistValues'].filter(isObject) : []
  return new Set(
    values.flatMap(({ value, label }) => [String(value).toLowerCase(), String(label).toLowerCase()]),
  )
}
