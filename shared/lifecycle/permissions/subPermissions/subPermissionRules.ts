import { ConnectorError } from '../../../errors.ts'
import { isId } from '../../../salesforce/id.ts'
import {
  isFeatureField,
  type PermissionType,
  permissionTypeNames,
  permissionTypes,
} from '../access/permission.ts'
import { isObject, type JsonObject, nearest } from '../../../validate.ts'
import { checkFields, fillIn } from './contractField.ts'
import { isInConditions } from '../../person.ts'

/** The settings of sub-permissions as they were filled in. They are read where they are used, so that a leaver never fails on them. */
export interface SubPermissionSettings {
  /** `Department.ExternalId`, or several fields in a rule: `{Department.ExternalId}-{Title.Code}`. */
  readonly field: string | undefined
  /** `value = permission, permission; value = …`, or a JSON object. */
  readonly mapping: string | JsonObject | undefined
  /** `HelloID_{Department.DisplayName}`. */
  readonly namingRule: string | undefined
  /** The type of what is given by name only. */
  readonly type: string | undefined
}

/** A permission as the settings name it: by its id, or by a name that the org has to know. */
export interface WantedPermission {
  readonly Type: PermissionType
  readonly by: 'id' | 'name'
  readonly value: string
}

/**
 * What the contracts give a person: those in conditions, or all of them where `takesAll` is set (the host's previews do not
 * know the conditions). In the order of the contracts, each permission once. Throws `MISCONFIGURED` in a sentence.
 */
export function wantedPermissions(
  settings: SubPermissionSettings,
  contracts: readonly JsonObject[],
  takesAll: boolean,
): WantedPermission[] {
  const rules = readRules(settings, contracts)
  const wanted = new Map<string, WantedPermission>()
  for (const contract of contracts) {
    if (!takesAll && !isInConditions(contract)) continue
    for (const permission of rules.flatMap((rule) => rule(contract))) {
      wanted.set(`${permission.Type}:${permission.value}`.toLowerCase(), permission)
    }
  }
  return [...wanted.values()]
}

type Rule = (contract: JsonObject) => readonly WantedPermission[]

function readRules(settings: SubPermissionSettings, contracts: readonly JsonObject[]): Rule[] {
  const { field, mapping, namingRule } = settings
  const type = readType(settings.type)
  if ((field === undefined) !== (mapping === undefined)) {
    throw new ConnectorError(
      'MISCONFIGURED',
      'Configuration.SubPermissionField and Configuration.SubPermissionMapping belong together: set both, or neither.',
    )
  }
  const rules: Rule[] = []
  if (field !== undefined && mapping !== undefined) {
    const template = field.includes('{') ? field : `{${field}}`
    checkFields(template, 'SubPermissionField', contracts)
    const permissions = readMapping(mapping, type)
    rules.push((contract) => permissions.get(fillIn(template, contract)?.toLowerCase() ?? '') ?? [])
  }
  if (namingRule !== undefined) {
    checkFields(namingRule, 'SubPermissionNamingRule', contracts)
    rules.push((contract) => {
      const name = fillIn(namingRule, contract)
      return name === undefined ? [] : [readPermission(name, type)]
    })
  }
  if (rules.length > 0) return rules
  throw new ConnectorError(
    'MISCONFIGURED',
    'Nothing says which permissions belong to a contract: set Configuration.SubPermissionField and SubPermissionMapping, or SubPermissionNamingRule.',
  )
}

function readType(given = 'PermissionSet'): PermissionType {
  const type = permissionTypeNames.find((name) => name.toLowerCase() === given.toLowerCase())
  if (type !== undefined) return type
  const near = nearest(given, permissionTypeNames)
  throw new ConnectorError(
    'MISCONFIGURED',
    `Configuration.SubPermissionType [${given.slice(0, 80)}] is not a type of permission: ${near === undefined ? `expected one of ${permissionTypeNames.join(', ')}` : `is ${near} meant?`}.`,
  )
}

/** Permissions by the contract's value in lower case. */
function readMapping(
  given: string | JsonObject,
  type: PermissionType,
): ReadonlyMap<string, readonly WantedPermission[]> {
  const mapping = new Map<string, WantedPermission[]>()
  for (const [value, texts] of typeof given === 'string' ? pairsOf(given) : entriesOf(given)) {
    const key = value.trim().toLowerCase()
    if (key === '' || texts.length === 0) throw notPairs()
    const permissions = texts.map((text) => readPermission(text, type))
    mapping.set(key, [...(mapping.get(key) ?? []), ...permissions])
  }
  return mapping
}

function pairsOf(text: string): [string, string[]][] {
  if (text.trimStart().startsWith('{')) return entriesOf(parsed(text))
  const lines = text.split(/[;\n]/).filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const at = line.indexOf('=')
    if (at < 0) throw notPairs()
    const names = line.slice(at + 1).split(',')
    return [line.slice(0, at), names.map((name) => name.trim()).filter((name) => name !== '')]
  })
}

/** In JSON a text is one permission, so that a name may have commas, and a list is several. */
function entriesOf(mapping: JsonObject): [string, string[]][] {
  return Object.entries(mapping).map(([value, given]) => {
    const texts: unknown[] = Array.isArray(given) ? given : [given]
    return [
      value,
      texts.map((text) => {
        if (typeof text !== 'string' || text.trim() === '') throw notPairs()
        return text.trim()
      }),
    ]
  })
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Told below: the parser's own words would not help.
  }
  throw notPairs()
}

function notPairs(): ConnectorError {
  return new ConnectorError(
    'MISCONFIGURED',
    'Configuration.SubPermissionMapping must hold pairs such as SAL = Sales_Ops, Report_Builder; SVC = Service_Agent, or the same as a JSON object.',
  )
}

/** An id, `Type:id`, `Type:name`, or a name of the default type. Throws `MISCONFIGURED` for what can be none of them. */
function readPermission(text: string, defaultType: PermissionType): WantedPermission {
  const typed = /^(\w+)\s*:(.+)$/.exec(text)
  const given = permissionTypeNames.find((name) => name.toLowerCase() === typed?.[1]?.toLowerCase())
  const Type = given ?? typeOf(text, defaultType)
  const value = given === undefined ? text : (typed?.[2] ?? '').trim()
  const { prefix, noun } = permissionTypes[Type]
  if (prefix === undefined ? isFeatureField(value) : isId(value, prefix)) return { Type, by: 'id', value }
  if (prefix !== undefined) return { Type, by: 'name', value }
  throw new ConnectorError(
    'MISCONFIGURED',
    `The sub-permission [${text.slice(0, 80)}] is not a ${noun}: expected a field such as UserPermissionsMarketingUser.`,
  )
}

/** The type that a text without one has: by its form, where that is certain. */
function typeOf(text: string, defaultType: PermissionType): PermissionType {
  if (isFeatureField(text)) return 'FeatureLicense'
  if (!isId(text) || text.startsWith(permissionTypes[defaultType].prefix ?? '-')) return defaultType
  return permissionTypeNames.find((name) => permissionTypes[name].prefix === text.slice(0, 3)) ?? defaultType
}
