import type { Language } from '../../errors.ts'
import type { ResourceType } from '../permissions/resources/resource.ts'
import type { JsonObject, Schema } from '../../validate.ts'

export const flows = ['client_credentials', 'jwt_bearer', 'password'] as const
const languages = ['en', 'nl'] as const satisfies readonly Language[]

/** The settings that every connector has, as the host's form has them. */
export interface CommonConfiguration {
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
  FormerIntegrationUsers?: string | string[]
  UnfreezeForeign?: boolean
  ResourceType?: ResourceType
  ResourceNamingRule?: string
  ImportUserTypes?: string | string[]
  ImportInactive?: boolean
  ImportConcurrency?: number
  ImportTimeoutSeconds?: number
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

/** A text of the form that may be left empty. */
export const text = { type: 'string', nullable: true } as const
/** A switch of the form. */
export const flag = { type: 'boolean', nullable: true } as const

export const commonProperties = {
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
  FormerIntegrationUsers: {
    type: ['string', 'array'],
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    nullable: true,
  },
  UnfreezeForeign: flag,
  ResourceType: { type: 'string', enum: resourceTypes, nullable: true },
  ResourceNamingRule: text,
  ImportUserTypes: {
    type: ['string', 'array'],
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    nullable: true,
  },
  ImportInactive: flag,
  ImportConcurrency: { type: 'integer', minimum: 1, maximum: 16, nullable: true },
  ImportTimeoutSeconds: { type: 'integer', minimum: 5, maximum: 3600, nullable: true },
  ImportResumeAfter: text,
} as const satisfies Schema<CommonConfiguration>['properties']
