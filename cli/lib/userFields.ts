import type { FieldRule } from './connector.ts'

/** What a connector asks of its fields, by the names that it has for them. */
export type FieldRules = ReadonlyMap<string, FieldRule>

/** What is known of a field of the User object, whatever a connector calls it (documented: object reference, User). */
interface UserField {
  readonly comparison?: FieldRule['comparison']
  /** What a value must look like; says so of one that does not. */
  readonly problem?: (value: string) => string | undefined
}

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

const like =
  (form: RegExp, problem: string): NonNullable<UserField['problem']> =>
  (value) =>
    form.test(value) ? undefined : problem

const address = like(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must have the form of an e-mail address')
const checkbox: UserField = {
  comparison: 'typed',
  problem: like(/^(true|false)$/i, 'must be true or false'),
}
/** A record of one type, by its id. */
const record = (prefix: string): UserField => ({
  comparison: 'id',
  problem: (value) =>
    isId(value) && value.startsWith(prefix) ? undefined : `is not a Salesforce id that begins with ${prefix}`,
})

const userFields: Readonly<Record<string, UserField>> = {
  Username: { comparison: 'caseless', problem: address },
  Email: { comparison: 'caseless', problem: address },
  SenderEmail: { comparison: 'caseless', problem: address },
  LocaleSidKey: {
    problem: like(
      /^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?(_\w+)?$/,
      'is not a Salesforce locale: expected a form such as nl_NL',
    ),
  },
  LanguageLocaleKey: {
    problem: like(
      /^[a-z]{2,3}(_[A-Z]{2})?$/,
      'is not a Salesforce language: expected a form such as nl_NL or de',
    ),
  },
  TimeZoneSidKey: {
    problem: (value) =>
      isTimeZone(value) ? undefined : 'is not a time zone: expected a name such as Europe/Amsterdam',
  },
  EmailEncodingKey: {
    problem: (value) =>
      emailEncodings.includes(value) ? undefined : `is none of ${emailEncodings.join(', ')}`,
  },
  CountryCode: { problem: like(/^[A-Z]{2}$/, 'is not a country code of two capitals, such as NL') },
  // A profile and a role may also be mapped by their names.
  ProfileId: { comparison: 'id' },
  UserRoleId: { comparison: 'id' },
  ManagerId: record('005'),
  DelegatedApproverId: record('005'),
  CallCenterId: record('04v'),
  ContactId: record('003'),
  AccountId: record('001'),
  IsActive: checkbox,
  EmailPreferencesAutoBcc: checkbox,
}

/** The field of User that a name of a rule stands for, and what is known of it. */
function userFieldOf({ userField = '' }: FieldRule): UserField {
  return userFields[userField] ?? (userField.startsWith('UserPermissions') ? checkbox : {})
}

/** Salesforce has the names of the IANA time zones. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export function isId(text: string): boolean {
  return /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text)
}

/** What a field of User does not take of a value; undefined for a value that may be fine. */
export function formProblem(rule: FieldRule, value: string): string | undefined {
  return userFieldOf(rule).problem?.(value)
}

/** How values of a field compare. Of one that the connector does not know, only the org knows the type. */
export function comparisonOf(rule: FieldRule | undefined): NonNullable<FieldRule['comparison']> {
  if (rule === undefined) return 'typed'
  return rule.comparison ?? userFieldOf(rule).comparison ?? 'exact'
}

/** The rule of a field, whatever the case of its name. */
export function ruleOf(rules: FieldRules, name: string): FieldRule | undefined {
  const wanted = name.toLowerCase()
  return [...rules].find(([known]) => known.toLowerCase() === wanted)?.[1]
}

/** What a connector calls a field of User. */
export function nameFor(rules: FieldRules, userField: string): string {
  return [...rules].find(([, rule]) => rule.userField === userField)?.[0] ?? userField
}

/** Whether a connector takes every field of User that the org has, by its API name. */
export function takesApiNames(rules: FieldRules): boolean {
  return nameFor(rules, 'Username') === 'Username'
}

/** Whether a name can be one of a connector's fields: its own, a custom one, or any that a field of User can have. */
export function canBeField(rules: FieldRules, name: string): boolean {
  if (ruleOf(rules, name) !== undefined) return true
  return takesApiNames(rules) ? /^[a-z]\w{0,79}$/i.test(name) : /^[a-z]\w*__c$/i.test(name)
}
