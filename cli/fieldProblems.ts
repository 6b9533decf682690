import { nearest } from '../shared/validate.ts'
import type { FieldRule } from './connector.ts'

/** The values of User.EmailEncodingKey (documented: User object, EmailEncodingKey). */
const emailEncodings: readonly string[] = [
  'UTF-8',
  'ISO-8859-1',
  'Shift_JIS',
  'ISO-2022-JP',
  'EUC-JP',
  'ks_c_5601-1987',
  'Big5',
  'Big5-HKSCS',
  'GB2312',
  'GB18030',
  'x-SJIS_0213',
]

/**
 * What Salesforce, or the connector before it, will not take of a field's value; undefined for a value that may be fine.
 * Values of the org's own lists (state, country, which languages it has) only the org knows.
 */
export function problemWith(
  name: string,
  value: string,
  rules: ReadonlyMap<string, FieldRule>,
): string | undefined {
  const spelling = [...rules.keys()].find((known) => known.toLowerCase() === name.toLowerCase())
  if (spelling === undefined) {
    if (/^[a-z]\w*__c$/i.test(name)) return undefined
    const near = nearest(name, [...rules.keys()])
    return `is not a field${near === undefined ? '; custom fields end in __c' : `: is ${near} meant?`}`
  }
  if (value === '') return undefined
  const { maxLength, id } = rules.get(spelling) ?? {}
  if (maxLength !== undefined && value.length > maxLength) {
    return `has ${value.length} characters: Salesforce takes ${maxLength}`
  }
  if (id !== undefined && !(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(value) && value.startsWith(id))) {
    return `is not a Salesforce id that begins with ${id}`
  }
  return formProblem(spelling, value)
}

function formProblem(name: string, value: string): string | undefined {
  switch (name) {
    case 'userName':
    case 'emailAddress':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'must have the form of an e-mail address'
    case 'locale':
      return /^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?(_\w+)?$/.test(value)
        ? undefined
        : 'is not a Salesforce locale: expected a form such as nl_NL'
    case 'preferredLanguage':
      return /^[a-z]{2,3}(_[A-Z]{2})?$/.test(value)
        ? undefined
        : 'is not a Salesforce language: expected a form such as nl_NL or de'
    case 'timezone':
      return isTimeZone(value) ? undefined : 'is not a time zone: expected a name such as Europe/Amsterdam'
    case 'emailEncodingKey':
      return emailEncodings.includes(value) ? undefined : `is none of ${emailEncodings.join(', ')}`
    default:
      return undefined
  }
}

/** Salesforce has the names of the IANA time zones. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The last name is given in one of two forms. */
const lastNames = ['familyName', 'familyNameFormatted']

/** What a new user must have and these fields do not. `hasProfile`: the settings name one. */
export function missingForCreate(values: ReadonlyMap<string, string>, hasProfile: boolean): string[] {
  const has = (name: string): boolean => (values.get(name) ?? '') !== ''
  return [
    ...['userName', 'emailAddress'].filter((name) => !has(name)),
    ...(lastNames.some(has) ? [] : [lastNames.join(' or ')]),
    ...(hasProfile || has('profile') ? [] : ['profile (or the setting DefaultProfile)']),
  ]
}
