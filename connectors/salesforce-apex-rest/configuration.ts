import validateConfiguration from '../../generated/restConfiguration.cjs'
import { ConnectorError } from '../../shared/errors.ts'
import { missingCredentials } from '../../shared/lifecycle/settings/credentials.ts'
import {
  type CommonConfiguration,
  commonProperties,
  flag,
  text,
} from '../../shared/lifecycle/settings/form.ts'
import {
  readCommonSettings,
  type Settings as CommonSettings,
  tidied,
  warnOfUnknown,
} from '../../shared/lifecycle/settings/settings.ts'
import { check, type JsonObject, normalise, type Schema } from '../../shared/validate.ts'

/** The settings as the host's form has them. */
export interface Configuration extends CommonConfiguration {
  ApexRestPath?: string
  ContactBackedUsers?: boolean
  PasswordResetOnFirstEnable?: boolean
  TransferRecords?: string | string[]
  EndSessionsOnDisable?: boolean
}

export const configurationSchema = {
  type: 'object',
  required: ['BaseUrl', 'ClientID'],
  additionalProperties: true,
  properties: {
    ...commonProperties,
    ApexRestPath: text,
    ContactBackedUsers: flag,
    PasswordResetOnFirstEnable: flag,
    TransferRecords: {
      type: ['string', 'array'],
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      nullable: true,
    },
    EndSessionsOnDisable: flag,
  },
} as const satisfies Schema<Configuration>

/** What only the REST API makes possible; each is off unless it is chosen. */
export interface Settings extends CommonSettings {
  /** The path behind `/services/apexrest/` of the customer's own resource that writes users; undefined: users are written directly. */
  readonly apexRestPath: string | undefined
  /** Whether users may belong to a contact: those of partners and customers. */
  readonly contactBackedUsers: boolean
  readonly passwordResetOnFirstEnable: boolean
  /** API names of the objects whose records go to the manager when their owner leaves. */
  readonly transferRecords: readonly string[]
  readonly endSessionsOnDisable: boolean
}

/** Settings of the older connector, and what they are called here. */
const olderNames = new Map([
  ['adminusername', 'UserName'],
  ['adminpassword', 'Password'],
])

/**
 * The host's configuration as settings. Throws `MISCONFIGURED` with one sentence for everything that is wrong with it,
 * before anything is sent; a setting that is not known is a warning.
 */
export function readSettings(given: JsonObject | undefined): Settings {
  const value = normalise(tidied(renamed(given ?? {})), configurationSchema, { fromForm: true })
  const configuration = value as Configuration
  check(value, validateConfiguration, 'Configuration', 'MISCONFIGURED', missingCredentials(configuration))
  warnOfUnknown(configuration, Object.keys(configurationSchema.properties))
  return {
    ...readCommonSettings(configuration, true),
    apexRestPath: readApexRestPath(configuration.ApexRestPath),
    contactBackedUsers: configuration.ContactBackedUsers ?? false,
    passwordResetOnFirstEnable: configuration.PasswordResetOnFirstEnable ?? false,
    transferRecords: readObjects(configuration.TransferRecords),
    endSessionsOnDisable: configuration.EndSessionsOnDisable ?? false,
  }
}

/** With the names of today; where both are filled in, today's counts. */
function renamed(given: JsonObject): JsonObject {
  const names = Object.keys(given).map((name) => name.toLowerCase())
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, unknown][] => {
      const today = olderNames.get(name.toLowerCase())
      if (today === undefined) return [[name, value]]
      return names.includes(today.toLowerCase()) ? [] : [[today, value]]
    }),
  )
}

/** Characters of a URL mapping (documented: RestResource Annotation). */
const longestPath = 255

function readApexRestPath(given: string | undefined): string | undefined {
  // As it stands in the class, urlMapping='/helloid/users/*', too.
  const path = given?.replace(/^\/?(services\/apexrest\/)?/i, '').replace(/(?:\/\*?){1,20}$/, '')
  if (path === undefined || (path.length <= longestPath && /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(path)))
    return path
  throw new ConnectorError(
    'MISCONFIGURED',
    'Configuration.ApexRestPath must be the path of an Apex REST resource behind /services/apexrest/, such as helloid/users: letters, digits, -, _ and ., with / between them.',
  )
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** A list, or a text with commas. */
function readObjects(given: string | readonly string[] | undefined): readonly string[] {
  const names = (typeof given === 'string' ? given.split(/[,;\n]/) : (given ?? []))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const wrong = names.filter((name) => !/^[A-Za-z]\w*$/.test(name) || isSameName(name, 'User'))
  if (wrong.length === 0) {
    return names.filter((name, at) => names.findIndex((other) => isSameName(other, name)) === at)
  }
  throw new ConnectorError(
    'MISCONFIGURED',
    `Configuration.TransferRecords [${wrong.map((name) => name.slice(0, 80)).join('], [')}] is not the API name of an object that has an owner, such as Account, Opportunity, Case.`,
  )
}
