import { nickNameLength, shortNickName } from '../../../shared/lifecycle/accounts/nickName.ts'
import type { Settings } from '../configuration.ts'
import type { Fields } from './fields.ts'
import { valuesOf } from './mappedFields.ts'

/** What a create makes, and a sentence for what it cannot make. */
export interface NewUser {
  readonly values: Map<string, string>
  readonly problems: readonly string[]
}

/**
 * The mapped fields, the configured defaults, an alias and a nickname that fit. The problems name every field that Salesforce
 * requires of any user and that is not there; what else the org requires, its description says.
 */
export function newUser(settings: Settings, mapped: Fields): NewUser {
  const { locale, language, timezone, emailEncoding } = settings.defaults
  const values = valuesOf(mapped)
  const orElse = (name: string, value: string | undefined): void => {
    if ((values.get(name) ?? '') === '' && value !== undefined && value !== '') values.set(name, value)
  }
  orElse('LocaleSidKey', locale)
  orElse('LanguageLocaleKey', language)
  orElse('TimeZoneSidKey', timezone)
  orElse('EmailEncodingKey', emailEncoding)
  orElse('ProfileId', settings.defaultProfile)
  const problems = missingOf(values, mapped)
  orElse('Alias', alias(values.get('FirstName') ?? '', values.get('LastName') ?? ''))
  const userName = values.get('Username') ?? ''
  if (userName.length > nickNameLength) orElse('CommunityNickname', shortNickName(userName))
  values.set('IsActive', String(settings.createActive))
  return { values: new Map([...values].filter(([, value]) => value !== '')), problems }
}

function missingOf(values: ReadonlyMap<string, string>, mapped: Fields): string[] {
  const missing = ['Username', 'LastName', 'Email', 'ProfileId']
    .filter((name) => (values.get(name) ?? '') === '')
    .map((name) => {
      const member = `Data.${mapped.get(name)?.name ?? name}`
      return name === 'ProfileId' ? `${member} (or the setting DefaultProfile)` : member
    })
  return missing.length === 0 ? [] : [`Salesforce requires ${missing.join(', ')} for a new user: map a value`]
}

/** The first letter of the first name and four of the last, as the older connector's mapping made it. */
function alias(firstName: string, lastName: string): string {
  const plain = (text: string): string => text.normalize('NFD').replace(/[^a-zA-Z0-9]/g, '')
  const made = plain(firstName).slice(0, 1) + plain(lastName).slice(0, 4)
  return made === '' ? 'user' : made.toLowerCase()
}
