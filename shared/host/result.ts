import type { JsonObject, Schema } from '../validate.ts'

/** The values of a target system's audit log that our actions use. */
export type AuditAction =
  | 'CreateAccount'
  | 'CorrelateAccount'
  | 'UpdateAccount'
  | 'EnableAccount'
  | 'DisableAccount'
  | 'DeleteAccount'
  | 'GrantPermission'
  | 'UpdatePermission'
  | 'RevokePermission'
  | 'CreateResource'

export interface AuditLog {
  Action?: AuditAction
  Message: string
  IsError: boolean
}

/** One entry of the list of permissions; `Identification` comes back as `References.Permission`. */
export interface Permission {
  DisplayName: string
  Identification: { Reference: string; Type: string }
}

export interface SubPermission {
  DisplayName: string
  Reference: { Id: string }
}

/** The `outputContext`: what an action answers on stdout. Members that an action does not have are left out. */
export interface ActionResult {
  Success: boolean
  /** Never empty after create, in a dry run too. */
  AccountReference?: string
  AccountCorrelated?: boolean
  AuditLogs: AuditLog[]
  Data?: JsonObject
  PreviousData?: JsonObject
  Permissions?: Permission[]
  SubPermissions?: SubPermission[]
  NonUniqueFields?: string[]
}

const text = { type: 'string' } as const
const freeObject = { type: 'object', required: [], additionalProperties: true, nullable: true } as const

export const actionResultSchema = {
  type: 'object',
  required: ['Success', 'AuditLogs'],
  additionalProperties: false,
  properties: {
    Success: { type: 'boolean' },
    AccountReference: { type: 'string', minLength: 1, nullable: true },
    AccountCorrelated: { type: 'boolean', nullable: true },
    AuditLogs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['Message', 'IsError'],
        additionalProperties: false,
        properties: {
          Action: {
            type: 'string',
            nullable: true,
            enum: [
              'CreateAccount',
              'CorrelateAccount',
              'UpdateAccount',
              'EnableAccount',
              'DisableAccount',
              'DeleteAccount',
              'GrantPermission',
              'UpdatePermission',
              'RevokePermission',
              'CreateResource',
            ],
          },
          Message: { type: 'string', minLength: 1 },
          IsError: { type: 'boolean' },
        },
      },
    },
    Data: freeObject,
    PreviousData: freeObject,
    Permissions: {
      type: 'array',
      nullable: true,
      items: {
        type: 'object',
        required: ['DisplayName', 'Identification'],
        additionalProperties: false,
        properties: {
          DisplayName: { type: 'string', minLength: 1, maxLength: 100 },
          Identification: {
            type: 'object',
            required: ['Reference', 'Type'],
            additionalProperties: false,
            properties: { Reference: text, Type: text },
          },
        },
      },
    },
    SubPermissions: {
      type: 'array',
      nullable: true,
      items: {
        type: 'object',
        required: ['DisplayName', 'Reference'],
        additionalProperties: false,
        properties: {
          DisplayName: text,
          Reference: {
            type: 'object',
            required: ['Id'],
            additionalProperties: false,
            properties: { Id: text },
          },
        },
      },
    },
    NonUniqueFields: { type: 'array', items: { type: 'string' }, nullable: true },
  },
} as const satisfies Schema<ActionResult>

/** What an action adds to the success or failure itself. */
export type ResultMembers = Omit<ActionResult, 'Success' | 'AuditLogs'>

/** A result with one audit line. */
export function succeeded(
  action: AuditAction | undefined,
  message: string,
  members: ResultMembers = {},
): ActionResult {
  return { Success: true, ...members, AuditLogs: [auditLine(action, message, false)] }
}

/** A failure with one audit line. */
export function failed(
  action: AuditAction | undefined,
  message: string,
  members: ResultMembers = {},
): ActionResult {
  return { Success: false, ...members, AuditLogs: [auditLine(action, message, true)] }
}

export function auditLine(action: AuditAction | undefined, message: string, isError: boolean): AuditLog {
  return action === undefined
    ? { Message: message, IsError: isError }
    : { Action: action, Message: message, IsError: isError }
}
