import validateConfiguration from '../../generated/configuration.cjs'
import { ConnectorError, type Language } from '../../shared/errors.ts'
import { serviceAddress } from '../../shared/http/address.ts'
import { log } from '../../shared/log.ts'
import { isId } from '../../shared/salesforce/id.ts'
import { checkCredentials, type Credentials } from '../../shared/salesforce/session/signIn.ts'
import { type PermissionType, permissionTypeNames } from '../../shared/salesforce/access/permission.ts'
import type { ResourceType } from '../../shared/salesforce/access/resource.ts'
import { check, isObject, type JsonObject, nearest, normalise, type Schema } from '../../shared/validate.ts'
import { readResumeAfter, readUserTypes } from './importSettings.ts'
import type { SubPermissionSettings } from './subPermissionRules.ts'

const flows = ['client_credentials', 'jwt_bearer', 'password'] as const
const languages = ['en', 'nl'] as const satisfies readonly Language[]

/** The settings as the host's form has them; the older connector's keys among them keep their names. */
export interface Configuration {
  BaseUrl: string
  AuthenticationUri?: string
  AuthenticationFlow?: (typeof flows)[number]
  ClientID: string
  ClientSecret?: string
  UserName?: string
  Password?: string
  SecurityToken?: string
  PrivateKey?: string
  PrivateKeyPassphrase?: string
  JwtAudience?: string
  TokenCache?: string
  ApiVersion?: string
  UseRestApi?: boolean
  ActionTimeoutSeconds?: number
  ApiReservePercent?: number
  Language?: Language
  LogRequestBodies?: boolean
  DefaultProfile?: string
  DefaultLocale?: string
  DefaultLanguage?: string
  DefaultTimezone?: string
  DefaultEmailEncoding?: string
  CreateActive?: boolean
  CheckEmailUniqueness?: boolean
  PermissionTypes?: string | string[]
  FallbackProfile?: string
  FallbackProfiles?: string | JsonObject
  AllowLicenseChange?: boolean
  AssignLicenses?: boolean
  PermissionExpirationField?: string
  SubPermissionField?: string
  SubPermissionMapping?: string | JsonObject
  SubPermissionNamingRule?: string
  SubPermissionType?: string
  DisableMode?: DisableMode
  OnDisable?: HoldingsMode
  OnEnable?: HoldingsMode
  ResourceType?: ResourceType
  ResourceNamingRule?: string
  ImportUserTypes?: string | string[]
  ImportInactive?: boolean
  ImportConcurrency?: number
  ImportResumeAfter?: string
}

/** How disable keeps a user out: by the licence, by a freeze that keeps it, or by both, the quick one first. */
const disableModes = ['deactivate', 'freeze', 'freeze-then-deactivate'] as const
export type DisableMode = (typeof disableModes)[number]

/** What becomes of the permissions that survive a deactivation: nothing, a line for each, or their removal. */
const holdingsModes = ['keep', 'report', 'strip'] as const
export type HoldingsMode = (typeof holdingsModes)[number]

/** What the host's resources are in the org. */
const resourceTypes = ['PublicGroup', 'Role'] as const satisfies readonly ResourceType[]

const text = { type: 'string', nullable: true } as const
const flag = { type: 'boolean', nullable: true } as const

export const configurationSchema = {
  type: 'object',
  required: ['BaseUrl', 'ClientID'],
  additionalProperties: true,
  properties: {
    BaseUrl: { type: 'string' },
    AuthenticationUri: text,
    AuthenticationFlow: { type: 'string', enum: flows, nullable: true },
    ClientID: { type: 'string' },
    ClientSecret: text,
    UserName: text,
    Password: text,
    SecurityToken: text,
    PrivateKey: text,
    PrivateKeyPassphrase: text,
    JwtAudience: text,
    TokenCache: text,
    ApiVersion: text,
    UseRestApi: flag,
    ActionTimeoutSeconds: { type: 'integer', minimum: 1, maximum: 3600, nullable: true },
    ApiReservePercent: { type: 'integer', minimum: 0, maximum: 90, nullable: true },
    Language: { type: 'string', enum: languages, nullable: true },
    LogRequestBodies: flag,
    DefaultProfile: text,
    DefaultLocale: text,
    DefaultLanguage: text,
    DefaultTimezone: text,
    DefaultEmailEncoding: text,
    CreateActive: flag,
    CheckEmailUniqueness: flag,
    PermissionTypes: {
      type: ['string', 'array'],
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      nullable: true,
    },
    FallbackProfile: text,
    FallbackProfiles: {
      type: ['string', 'object'],
      anyOf: [{ type: 'string' }, { type: 'object', required: [], additionalProperties: true }],
      nullable: true,
    },
    AllowLicenseChange: flag,
    AssignLicenses: flag,
    PermissionExpirationField: text,
    SubPermissionField: text,
    SubPermissionMapping: {
      type: ['string', 'object'],
      anyOf: [{ type: 'string' }, { type: 'object', required: [], additionalProperties: true }],
      nullable: true,
    },
    SubPermissionNamingRule: text,
    SubPermissionType: text,
    DisableMode: { type: 'string', enum: disableModes, nullable: true },
    OnDisable: { type: 'string', enum: holdingsModes, nullable: true },
    OnEnable: { type: 'string', enum: holdingsModes, nullable: true },
    ResourceType: { type: 'string', enum: resourceTypes, nullable: true },
    ResourceNamingRule: text,
    ImportUserTypes: {
      type: ['string', 'array'],
      anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      nullable: true,
    },
    ImportInactive: flag,
    ImportConcurrency: { type: 'integer', minimum: 1, maximum: 16, nullable: true },
    ImportResumeAfter: text,
  },
} as const satisfies Schema<Configuration>

/** The settings as the actions use them: addresses parsed, credentials chosen, defaults filled in. */
export interface Settings {
  readonly baseUrl: URL
  readonly authenticationUrl: URL | undefined
  readonly credentials: Credentials
  /** The path of the file in which access tokens are kept for other processes. */
  readonly tokenCache: string | undefined
  /** As in the address of the REST API: `66.0`. */
  readonly apiVersion: string
  readonly useRestApi: boolean
  readonly actionTimeoutSeconds: number
  /** Of the org's API requests of 24 hours, the share that imports leave to the other actions. */
  readonly apiReservePercent: number
  /** Of what an administrator is advised to do about an error. */
  readonly language: Language
  /** Whether the log tells the bodies of requests that write; those of a preview it always tells. */
  readonly logRequestBodies: boolean
  /** Id or exact name. */
  readonly defaultProfile: string | undefined
  /** What a new account gets where the mapping has nothing, by field name. */
  readonly newAccount: Readonly<Record<string, string>>
  readonly createActive: boolean
  readonly checkEmailUniqueness: boolean
  /** The types that listPermissions and importPermissions show. */
  readonly permissionTypes: readonly PermissionType[]
  /** Id or exact name. */
  readonly fallbackProfile: string | undefined
  /** Ids or exact names, by the user licence's name or id in lower case. */
  readonly fallbackProfiles: ReadonlyMap<string, string>
  readonly allowLicenseChange: boolean
  readonly assignLicenses: boolean
  /** Where the person has the day on which permissions end: `PrimaryContract.EndDate`; undefined: they do not. */
  readonly permissionExpirationField: string | undefined
  readonly subPermissions: SubPermissionSettings
  readonly disableMode: DisableMode
  readonly onDisable: HoldingsMode
  readonly onEnable: HoldingsMode
  readonly resourceType: ResourceType
  /** `{DisplayName}`; read where resources are created. */
  readonly resourceNamingRule: string
  /** Values of User.UserType. */
  readonly importUserTypes: readonly string[]
  readonly importInactive: boolean
  /** Requests of an import that may be under way at once. */
  readonly importConcurrency: number
  /** An id of 18 characters: an account import begins behind it. */
  readonly importResumeAfter: string | undefined
}

/**
 * The host's configuration as settings. Throws `MISCONFIGURED` with one sentence for everything that is wrong with it,
 * before anything is sent; a setting that is not known is a warning.
 */
export function readSettings(given: JsonObject | undefined): Settings {
  const value = normalise(tidied(given ?? {}), configurationSchema, { fromForm: true })
  check(value, validateConfiguration, 'Configuration', 'MISCONFIGURED')
  const configuration = value as Configuration
  warnOfUnknown(configuration)

  const baseUrl = serviceAddress(configuration.BaseUrl, 'BaseUrl')
  const authenticationUrl =
    configuration.AuthenticationUri === undefined
      ? undefined
      : serviceAddress(configuration.AuthenticationUri, 'AuthenticationUri')
  const credentials = chooseCredentials(configuration, authenticationUrl ?? baseUrl)
  checkCredentials(credentials)
  return {
    baseUrl,
    authenticationUrl,
    credentials,
    tokenCache: configuration.TokenCache,
    apiVersion: apiVersion(configuration.ApiVersion),
    useRestApi: configuration.UseRestApi ?? true,
    actionTimeoutSeconds: configuration.ActionTimeoutSeconds ?? 25,
    apiReservePercent: configuration.ApiReservePercent ?? 10,
    language: configuration.Language ?? 'en',
    logRequestBodies: configuration.LogRequestBodies ?? false,
    defaultProfile: defaultProfile(configuration.DefaultProfile),
    newAccount: {
      locale: configuration.DefaultLocale ?? 'en_US',
      preferredLanguage: configuration.DefaultLanguage ?? 'en_US',
      timezone: configuration.DefaultTimezone ?? 'Europe/Amsterdam',
      emailEncodingKey: configuration.DefaultEmailEncoding ?? 'UTF-8',
    },
    createActive: configuration.CreateActive ?? false,
    checkEmailUniqueness: configuration.CheckEmailUniqueness ?? true,
    permissionTypes: readPermissionTypes(configuration.PermissionTypes),
    fallbackProfile: configuration.FallbackProfile,
    fallbackProfiles: readPairs(configuration.FallbackProfiles, 'FallbackProfiles'),
    allowLicenseChange: configuration.AllowLicenseChange ?? false,
    assignLicenses: configuration.AssignLicenses ?? false,
    permissionExpirationField: configuration.PermissionExpirationField,
    subPermissions: {
      field: configuration.SubPermissionField,
      mapping: configuration.SubPermissionMapping,
      namingRule: configuration.SubPermissionNamingRule,
      type: configuration.SubPermissionType,
    },
    disableMode: disableMode(configuration),
    onDisable: configuration.OnDisable ?? 'keep',
    onEnable: configuration.OnEnable ?? 'keep',
    resourceType: configuration.ResourceType ?? 'PublicGroup',
    resourceNamingRule: configuration.ResourceNamingRule ?? '{DisplayName}',
    importUserTypes: readUserTypes(configuration.ImportUserTypes, configuration.UseRestApi ?? true),
    importInactive: configuration.ImportInactive ?? true,
    importConcurrency: configuration.ImportConcurrency ?? 4,
    importResumeAfter: readResumeAfter(configuration.ImportResumeAfter),
  }
}

/** Without the blanks that a clipboard leaves at the ends (a password may have them), and 66 or 66.0 as text. */
function tidied(given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value === 'string' && !/^(password|privatekeypassphrase)$/i.test(name))
        return [name, value.trim()]
      return name.toLowerCase() === 'apiversion' && typeof value === 'number'
        ? [name, String(value)]
        : [name, value]
    }),
  )
}

function warnOfUnknown(configuration: Configuration): void {
  const known = Object.keys(configurationSchema.properties)
  for (const name of Object.keys(configuration)) {
    if (known.includes(name)) continue
    const near = nearest(name, known)
    log('warning', `Configuration.${name} is not a setting${near === undefined ? '' : `: is ${near} meant?`}`)
  }
}

function chooseCredentials(configuration: Configuration, signInUrl: URL): Credentials {
  const flow = configuration.AuthenticationFlow ?? impliedFlow(configuration)
  const need = (...names: ('ClientSecret' | 'UserName' | 'Password' | 'PrivateKey')[]): string[] => {
    const missing = names.filter((name) => configuration[name] === undefined)
    if (missing.length > 0) {
      throw new ConnectorError(
        'MISCONFIGURED',
        `${missing.map((name) => `Configuration.${name}`).join(' and ')} must be set for AuthenticationFlow ${flow}.`,
      )
    }
    return names.map((name) => configuration[name] ?? '')
  }
  const clientId = configuration.ClientID
  switch (flow) {
    case 'client_credentials': {
      const [clientSecret = ''] = need('ClientSecret')
      return { flow, clientId, clientSecret }
    }
    case 'jwt_bearer': {
      const [userName = '', privateKey = ''] = need('UserName', 'PrivateKey')
      const passphrase = configuration.PrivateKeyPassphrase
      const audience = configuration.JwtAudience ?? defaultAudience(signInUrl)
      return { flow, clientId, userName, privateKey, passphrase, audience }
    }
    case 'password': {
      const [clientSecret = '', userName = '', password = ''] = need('ClientSecret', 'UserName', 'Password')
      return {
        flow,
        clientId,
        clientSecret,
        userName,
        password: password + (configuration.SecurityToken ?? ''),
      }
    }
  }
}

/** Without AuthenticationFlow, the keys that are filled in say it: the older connector had a user and a password. */
function impliedFlow({ UserName, Password, PrivateKey }: Configuration): (typeof flows)[number] {
  if (UserName !== undefined && Password !== undefined) return 'password'
  return PrivateKey !== undefined ? 'jwt_bearer' : 'client_credentials'
}

/** Sandboxes are signed in to at test.salesforce.com (documented: remoteaccess_oauth_jwt_flow). */
function defaultAudience({ hostname }: URL): string {
  const isSandbox = hostname === 'test.salesforce.com' || hostname.endsWith('.sandbox.my.salesforce.com')
  return `https://${isSandbox ? 'test' : 'login'}.salesforce.com`
}

function apiVersion(given = '66.0'): string {
  const version = /^v?(\d{2,3})(\.0)?$/.exec(given)?.[1]
  if (version === undefined) {
    throw new ConnectorError('MISCONFIGURED', `Configuration.ApiVersion must be a version such as 66.0.`)
  }
  return `${version}.0`
}

function defaultProfile(given: string | undefined): string | undefined {
  if (given !== undefined && isId(given) && /^(0|5)/.test(given) && !isId(given, '00e')) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.DefaultProfile is the id of something else than a profile: expected an id that begins with 00e, or a name.',
    )
  }
  return given
}

/** A freeze is made by the REST API. */
function disableMode({ DisableMode: chosen, UseRestApi: useRestApi = true }: Configuration): DisableMode {
  if (chosen === 'freeze' && !useRestApi) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.DisableMode freeze needs the REST API: set Configuration.UseRestApi, or DisableMode deactivate.',
    )
  }
  return useRestApi ? (chosen ?? 'freeze-then-deactivate') : 'deactivate'
}

/** A list, or a text with commas; all types where nothing is chosen. */
function readPermissionTypes(given: string | readonly string[] | undefined): readonly PermissionType[] {
  const names = (typeof given === 'string' ? given.split(/[,;\n]/) : (given ?? []))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return permissionTypeNames
  const known = (name: string): PermissionType | undefined =>
    permissionTypeNames.find((type) => type.toLowerCase() === name.toLowerCase())
  const unknown = names.filter((name) => known(name) === undefined)
  if (unknown.length > 0) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.PermissionTypes [${unknown.map((name) => name.slice(0, 80)).join('], [')}] does not exist: expected one or more of ${permissionTypeNames.join(', ')}.`,
    )
  }
  return permissionTypeNames.filter((type) => names.some((name) => known(name) === type))
}

/** `name = value; name = value`, or the same as a JSON object. */
function readPairs(given: string | JsonObject | undefined, setting: string): ReadonlyMap<string, string> {
  const pairs =
    typeof given === 'string' && !given.trimStart().startsWith('{')
      ? given
          .split(/[;\n]/)
          .filter((line) => line.trim() !== '')
          .map((line): [string, unknown] => {
            const at = line.indexOf('=')
            return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + 1)]
          })
      : Object.entries(typeof given === 'string' ? parseObject(given) : (given ?? {}))
  return new Map(
    pairs.map(([name, value]) => {
      if (typeof value !== 'string' || value.trim() === '' || name.trim() === '') {
        throw new ConnectorError(
          'MISCONFIGURED',
          `Configuration.${setting} must hold pairs such as Salesforce = Minimum Access - Salesforce; Salesforce Platform = Standard Platform User.`,
        )
      }
      return [name.trim().toLowerCase(), value.trim()]
    }),
  )
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : { '': '' }
  } catch {
    return { '': '' }
  }
}
