import { ConnectorError, type Language } from '../../errors.ts'
import { serviceAddress } from '../../http/address.ts'
import { log } from '../../log.ts'
import { keepSecret } from '../../redact.ts'
import type { PermissionType } from '../permissions/access/permission.ts'
import type { ResourceType } from '../permissions/resources/resource.ts'
import { checkNotRetired, defaultVersion, warnOfRetirement } from '../../salesforce/rest/apiVersion.ts'
import { isId } from '../../salesforce/id.ts'
import { checkCredentials, type Credentials, warnOfPasswordFlow } from '../../salesforce/session/signIn.ts'
import { createProblemList } from '../../problems.ts'
import { type JsonObject, meant, nearest } from '../../validate.ts'
import { readResumeAfter, readUserTypes } from '../imports/importSettings.ts'
import type { SubPermissionSettings } from '../permissions/subPermissions/subPermissionRules.ts'
import { chooseCredentials } from './credentials.ts'
import type { CommonConfiguration, DisableMode, HoldingsMode } from './form.ts'
import { readPairs, readPermissionTypes, readUsers } from './lists.ts'

/** The settings as the actions use them: addresses parsed, credentials chosen, defaults filled in. */
export interface Settings {
  readonly baseUrl: URL
  readonly authenticationUrl: URL | undefined
  readonly credentials: Credentials
  /** The path of the file in which access tokens are kept for other processes. */
  readonly tokenCache: string | undefined
  /** As in the address of the REST API: `66.0`. */
  readonly apiVersion: string
  /** Whether the REST API may be used: a connector that speaks SCIM can be told not to. */
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
  /** What a new account gets where the mapping has nothing. */
  readonly defaults: Readonly<Record<'locale' | 'language' | 'timezone' | 'emailEncoding', string>>
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
  /** Ids or user names of the users that connectors signed in as before: enable lifts their freezes too. */
  readonly formerIntegrationUsers: readonly string[]
  /** Whether enable lifts every freeze, whoever set it. */
  readonly unfreezeForeign: boolean
  readonly resourceType: ResourceType
  /** `{DisplayName}`; read where resources are created. */
  readonly resourceNamingRule: string
  /** Values of User.UserType. */
  readonly importUserTypes: readonly string[]
  readonly importInactive: boolean
  /** Requests of an import that may be under way at once. */
  readonly importConcurrency: number
  /** Of one request of an import, its tries and pauses included. */
  readonly importTimeoutSeconds: number
  /** An id of 18 characters: an account import begins behind it. */
  readonly importResumeAfter: string | undefined
}

/**
 * A checked form as settings. Throws `MISCONFIGURED` with one sentence for everything that is wrong with it, before anything
 * is sent.
 */
export function readCommonSettings(configuration: CommonConfiguration, useRestApi: boolean): Settings {
  const baseUrl = serviceAddress(configuration.BaseUrl, 'BaseUrl')
  const authenticationUrl =
    configuration.AuthenticationUri === undefined
      ? undefined
      : serviceAddress(configuration.AuthenticationUri, 'AuthenticationUri')
  // Each by itself, whatever the flow: what is sent joined may be told apart, and what is not used is a secret as well.
  for (const secret of secretSettings) keepSecret(configuration[secret])
  const credentials = chooseCredentials(configuration, authenticationUrl ?? baseUrl)
  checkCredentials(credentials)
  warnOfPasswordFlow(credentials)
  return {
    baseUrl,
    authenticationUrl,
    credentials,
    tokenCache: configuration.TokenCache,
    apiVersion: apiVersion(configuration.ApiVersion, useRestApi),
    useRestApi,
    actionTimeoutSeconds: configuration.ActionTimeoutSeconds ?? 25,
    apiReservePercent: configuration.ApiReservePercent ?? 10,
    language: configuration.Language ?? 'en',
    logRequestBodies: configuration.LogRequestBodies ?? false,
    defaultProfile: defaultProfile(configuration.DefaultProfile),
    defaults: {
      locale: configuration.DefaultLocale ?? 'en_US',
      language: configuration.DefaultLanguage ?? 'en_US',
      timezone: configuration.DefaultTimezone ?? 'Europe/Amsterdam',
      emailEncoding: configuration.DefaultEmailEncoding ?? 'UTF-8',
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
    disableMode: disableMode(configuration.DisableMode, useRestApi),
    onDisable: configuration.OnDisable ?? 'keep',
    onEnable: configuration.OnEnable ?? 'keep',
    formerIntegrationUsers: readUsers(configuration.FormerIntegrationUsers, 'FormerIntegrationUsers'),
    unfreezeForeign: configuration.UnfreezeForeign ?? false,
    resourceType: configuration.ResourceType ?? 'PublicGroup',
    resourceNamingRule: configuration.ResourceNamingRule ?? '{DisplayName}',
    importUserTypes: readUserTypes(configuration.ImportUserTypes, useRestApi),
    importInactive: configuration.ImportInactive ?? true,
    importConcurrency: configuration.ImportConcurrency ?? 4,
    importTimeoutSeconds: configuration.ImportTimeoutSeconds ?? 120,
    importResumeAfter: readResumeAfter(configuration.ImportResumeAfter),
  }
}

const secretSettings = [
  'ClientSecret',
  'Password',
  'SecurityToken',
  'PrivateKey',
  'PrivateKeyPassphrase',
] as const

/** Without the blanks that a clipboard leaves at the ends (a password may have them), and 66 or 66.0 as text. */
export function tidied(given: JsonObject): JsonObject {
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

/** Warns of unknown settings, each with the nearest that exists; of many, it names the first ones and counts the rest. */
export function warnOfUnknown(configuration: object, known: readonly string[]): void {
  const problems = createProblemList(
    (count) => `Configuration has ${count} more members that are not settings`,
  )
  for (const name of Object.keys(configuration)) {
    if (known.includes(name)) continue
    problems.add(() => `Configuration.${name.slice(0, 80)} is not a setting${meant(nearest(name, known))}`)
  }
  for (const sentence of problems.sentences()) log('warning', sentence)
}

/** The version, as in an address; what is wrong with it, or will be, is told. */
function apiVersion(given = defaultVersion, isUsed = true): string {
  const version = /^v?(\d{2,3})(\.0)?$/i.exec(given)?.[1]
  if (version === undefined) {
    throw new ConnectorError('MISCONFIGURED', `Configuration.ApiVersion must be a version such as 66.0.`)
  }
  checkNotRetired(`${version}.0`)
  if (isUsed) warnOfRetirement(`${version}.0`)
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
function disableMode(chosen: DisableMode | undefined, useRestApi: boolean): DisableMode {
  if (chosen === 'freeze' && !useRestApi) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.DisableMode freeze needs the REST API: set Configuration.UseRestApi, or DisableMode deactivate.',
    )
  }
  return useRestApi ? (chosen ?? 'freeze-then-deactivate') : 'deactivate'
}
