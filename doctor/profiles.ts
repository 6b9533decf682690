import type { TargetError } from '../shared/errors.ts'
import { isId, isSameId } from '../shared/salesforce/id.ts'
import { fieldText, type Row } from '../shared/salesforce/rest/rowPages.ts'
import { literal } from '../shared/salesforce/rest/soql.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { type Finding, findingsOf } from './finding.ts'
import { isError } from './examineOrg.ts'

/** A profile that a setting names, and which setting that is. */
export interface NamedProfile {
  readonly setting: string
  /** Exact name or id. */
  readonly value: string
}

/** The profiles that the settings name, each once. */
export function namedProfiles({
  defaultProfile,
  fallbackProfile,
  fallbackProfiles,
}: Settings): NamedProfile[] {
  return [
    ...(defaultProfile === undefined ? [] : [{ setting: 'DefaultProfile', value: defaultProfile }]),
    ...(fallbackProfile === undefined ? [] : [{ setting: 'FallbackProfile', value: fallbackProfile }]),
    ...[...fallbackProfiles.values()].map((value) => ({ setting: 'FallbackProfiles', value })),
  ]
}

/** The query for those profiles with the seats of their licences; undefined where there are none. */
export function profilesQuery(named: readonly NamedProfile[]): string | undefined {
  if (named.length === 0) return undefined
  const conditions = named.map(({ value }) => `${isId(value, '00e') ? 'Id' : 'Name'} = ${literal(value)}`)
  const columns = 'Id, Name, UserType, UserLicense.Name, UserLicense.TotalLicenses, UserLicense.UsedLicenses'
  return `SELECT ${columns} FROM Profile WHERE ${[...new Set(conditions)].join(' OR ')}`
}

/** Types of user that people within the company have (documented: object reference, User.UserType): full, and Chatter alone. */
export const employees: readonly string[] = ['Standard', 'CsnOnly']

/**
 * Whether every profile that the settings name exists, is for one of these types of user, and whether the default one has
 * seats. `isMapped`: the field mapping has a profile, so that there need not be a default;
 * `missing`: the rights that are known to be missing.
 */
export function judgeProfiles(
  settings: Settings,
  rows: Row[] | TargetError | undefined,
  {
    isMapped,
    userTypes,
    missing,
  }: {
    readonly isMapped: boolean
    readonly userTypes: readonly string[]
    readonly missing: ReadonlySet<string>
  },
): Finding[] {
  const { ok, failed, refused } = findingsOf('accounts', settings.language)
  const named = namedProfiles(settings)
  const findings: Finding[] = []
  if (settings.defaultProfile === undefined) {
    findings.push(
      isMapped
        ? ok('DefaultProfile', 'none: the field mapping has the profile')
        : failed('DefaultProfile', 'DEFAULT_PROFILE_MISSING', 'no profile is configured, and none is mapped'),
    )
  }
  if (isError(rows)) return [...findings, refused('Profiles', rows, missing)]
  for (const { setting, value } of named) {
    const row = (rows ?? []).find((one) =>
      isId(value, '00e') ? isSameId(fieldText(one, 'Id'), value) : fieldText(one, 'Name') === value,
    )
    findings.push(judge(setting, value, row, userTypes, settings.language))
  }
  return findings
}

function judge(
  setting: string,
  value: string,
  row: Row | undefined,
  userTypes: readonly string[],
  language: Settings['language'],
): Finding {
  const { ok, failed } = findingsOf('accounts', language)
  const shown = `[${value.slice(0, 80)}]`
  if (row === undefined)
    return failed(setting, 'PROFILE_NOT_FOUND', `the profile ${shown} does not exist in this org`)
  const userType = fieldText(row, 'UserType')
  if (userType !== '' && !userTypes.includes(userType)) {
    return failed(
      setting,
      'PROFILE_NOT_FOR_EMPLOYEES',
      `the profile ${shown} is for users of the type ${userType}`,
    )
  }
  const licence = fieldText(row, 'UserLicense.Name')
  const total = Number(fieldText(row, 'UserLicense.TotalLicenses') || Number.NaN)
  const used = Number(fieldText(row, 'UserLicense.UsedLicenses') || Number.NaN)
  if (!Number.isFinite(total) || !Number.isFinite(used) || total < 0) {
    return ok(setting, `${value}; its licence does not tell its seats`)
  }
  const seats = `${used} of ${total} seats of ${licence} are used`
  const isFull = used >= total
  return isFull && setting === 'DefaultProfile'
    ? failed(setting, 'SEATS_USED_UP', `the profile ${shown} has no seat left: ${seats}`)
    : ok(setting, `${value}: ${seats}`)
}
