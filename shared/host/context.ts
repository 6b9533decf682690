import validateInput from '../../generated/actionInput.cjs'
import { ConnectorError } from '../errors.ts'
import { refuseRepeatedNames } from './repeatedNames.ts'
import { check, isObject, type JsonObject, normalise, type Schema } from '../validate.ts'

/** How the host finds an existing account for a person; `PersonFieldValue` is the value that is looked for. */
export interface CorrelationConfiguration {
  Enabled?: boolean
  PersonField?: string
  PersonFieldValue?: string | number
  AccountField?: string
  AccountFieldValue?: string | number
}

/** What earlier actions returned: `Account` from create, `Permission` from the list of permissions. */
export interface References {
  Account?: string | JsonObject
  ManagerAccount?: string | JsonObject
  Permission?: JsonObject
}

/** One sub-permission that the host holds as granted. */
export interface CurrentPermission {
  Reference?: JsonObject
  DisplayName?: string
}

/** The `actionContext` of HelloID's PowerShell V2 target systems, in its own spelling. */
export interface ActionContext {
  Operation?: string
  /** True: everything but the write. Required: what is not clearly a dry run must not become a real run by a slip. */
  DryRun: boolean
  /** `enforcement` or `reconciliation`; in the latter neither Data nor a person is sent. */
  Origin?: string
  Configuration?: JsonObject
  /** The mapped fields of this stage: a name that is absent is not managed, null or '' means: clear it. */
  Data?: JsonObject
  PreviousData?: JsonObject
  AccountCorrelated?: boolean
  PermissionDisplayName?: string
  ImportFields?: string[]
  CorrelationConfiguration?: CorrelationConfiguration
  References?: References
  CurrentPermissions?: CurrentPermission[]
}

/** Everything a host can send on stdin. */
export interface ActionInput {
  actionContext: ActionContext
  personContext?: JsonObject
  managerContext?: JsonObject
  resourceContext?: JsonObject
  /** The pre-filled result of hosts that have one: the names in its `Data` are filled as well. */
  outputContext?: JsonObject
}

const freeObject = { type: 'object', required: [], additionalProperties: true, nullable: true } as const
const text = { type: 'string', nullable: true } as const
const flag = { type: 'boolean', nullable: true } as const
const textOrNumber = { type: ['string', 'number'], nullable: true } as const
const reference = {
  type: ['string', 'object'],
  anyOf: [{ type: 'string' }, { type: 'object', required: [], additionalProperties: true }],
  nullable: true,
} as const

export const actionContextSchema = {
  type: 'object',
  required: ['DryRun'],
  additionalProperties: true,
  properties: {
    Operation: text,
    DryRun: { type: 'boolean' },
    Origin: text,
    Configuration: freeObject,
    Data: freeObject,
    PreviousData: freeObject,
    AccountCorrelated: flag,
    PermissionDisplayName: text,
    ImportFields: { type: 'array', items: { type: 'string' }, nullable: true },
    CorrelationConfiguration: {
      type: 'object',
      required: [],
      additionalProperties: true,
      nullable: true,
      properties: {
        Enabled: flag,
        PersonField: text,
        PersonFieldValue: textOrNumber,
        AccountField: text,
        AccountFieldValue: textOrNumber,
      },
    },
    References: {
      type: 'object',
      required: [],
      additionalProperties: true,
      nullable: true,
      properties: { Account: reference, ManagerAccount: reference, Permission: freeObject },
    },
    CurrentPermissions: {
      type: 'array',
      nullable: true,
      items: {
        type: 'object',
        required: [],
        additionalProperties: true,
        properties: { Reference: freeObject, DisplayName: text },
      },
    },
  },
} as const satisfies Schema<ActionContext>

export const actionInputSchema = {
  type: 'object',
  required: ['actionContext'],
  additionalProperties: true,
  properties: {
    actionContext: actionContextSchema,
    personContext: freeObject,
    managerContext: freeObject,
    resourceContext: freeObject,
    outputContext: freeObject,
  },
} as const satisfies Schema<ActionInput>

/**
 * stdin's text as what the host meant: a bare actionContext, or the contexts by name. Throws `INVALID_CONTEXT` with one
 * sentence that names what is missing or of the wrong type.
 */
export function parseInput(stdin: string): ActionInput {
  const text = stdin.replace(/^\uFEFF/, '')
  if (text.trim() === '') {
    throw new ConnectorError('INVALID_CONTEXT', 'stdin is empty: an actionContext as JSON was expected.')
  }
  const value = parseJson(text)
  refuseRepeatedNames(text)
  return toInput(value)
}

/** The same for a value that is parsed already; `origin` is where it came from, in a sentence. */
export function toInput(value: unknown, origin = 'stdin'): ActionInput {
  if (!isObject(value)) {
    throw new ConnectorError(
      'INVALID_CONTEXT',
      `${origin} holds ${nameOf(value)}: an actionContext as a JSON object was expected.`,
    )
  }
  const isEnvelope = Object.keys(value).some((name) => name.toLowerCase() === 'actioncontext')
  const input = normalise(isEnvelope ? value : { actionContext: value }, actionInputSchema)
  check(input, validateInput, '', 'INVALID_CONTEXT')
  return input as ActionInput
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new ConnectorError('INVALID_CONTEXT', 'stdin is not JSON: an actionContext was expected.')
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
