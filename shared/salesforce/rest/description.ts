import { ConnectorError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { dayOf, momentOf } from './dateTime.ts'

/** A field of User as the org describes it (documented: sObject Describe). */
export interface FieldDescription {
  readonly name: string
  /** `string`, `boolean`, `double`, `picklist` … */
  readonly type: string
  /** Characters of a text; 0 where there is no limit to it. */
  readonly length: number
  /** Digits of a number in all; 0 where there is no limit to them. */
  readonly precision: number
  /** Of these the digits after the point. */
  readonly scale: number
  /** The objects that a reference may lead to. */
  readonly referenceTo: readonly string[]
  readonly isNillable: boolean
  readonly isCreateable: boolean
  readonly isUpdateable: boolean
  readonly isDefaultedOnCreate: boolean
  /** Whether a query can look for a value of it. */
  readonly isFilterable: boolean
  /** The values that are offered, of a picklist that takes no others. */
  readonly values: readonly string[] | undefined
}

/** The fields of User, by name in lower case. */
export type Description = ReadonlyMap<string, FieldDescription>

/** Throws `UNEXPECTED` for an answer that describes nothing. */
export function readDescription(json: JsonObject): Description {
  const list = json['fields']
  if (!Array.isArray(list) || list.length === 0) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce described User without its fields')
  }
  return new Map(list.filter(isObject).map((field) => [String(field['name']).toLowerCase(), toField(field)]))
}

function toField(field: JsonObject): FieldDescription {
  const picklist = Array.isArray(field['picklistValues']) ? field['picklistValues'].filter(isObject) : []
  const isRestricted = field['restrictedPicklist'] === true && picklist.length > 0
  const offered = picklist.filter(({ active }) => active !== false).map(({ value }) => String(value))
  return {
    name: String(field['name']),
    type: String(field['type']),
    length: Number(field['length'] ?? 0),
    precision: Number(field['precision'] ?? 0),
    scale: Number(field['scale'] ?? 0),
    referenceTo: Array.isArray(field['referenceTo']) ? field['referenceTo'].map(String) : [],
    isNillable: field['nillable'] !== false,
    isCreateable: field['createable'] !== false,
    isUpdateable: field['updateable'] !== false,
    isDefaultedOnCreate: field['defaultedOnCreate'] === true,
    isFilterable: field['filterable'] !== false,
    values: isRestricted ? offered : undefined,
  }
}

/** Types of numbers. */
export const numberTypes: readonly string[] = ['int', 'long', 'double', 'currency', 'percent']

/** The values as REST wants them: JSON booleans and numbers, days and moments in its own form, null for what is cleared. */
export function toRecord(values: ReadonlyMap<string, string>, description: Description): JsonObject {
  return Object.fromEntries(
    [...values].map(([name, value]) => {
      const field = description.get(name.toLowerCase())
      return [field?.name ?? name, toJson(value, field?.type ?? 'string')]
    }),
  )
}

/** One value as REST and, texts aside, SOQL want it. */
export function toJson(value: string, type: string): string | number | boolean | null {
  if (type === 'boolean') return value.toLowerCase() === 'true'
  if (value === '') return null
  if (type === 'date') return dayOf(value) ?? value
  if (type === 'datetime') return toMoment(value)
  if (type === 'multipicklist') {
    return value
      .split(';')
      .map((one) => one.trim())
      .join(';')
  }
  return numberTypes.includes(type) ? Number(value) : value
}

function toMoment(value: string): string {
  const moment = momentOf(value)
  // As Salesforce itself gives it: a preview then shows what the real one will.
  return moment === undefined ? value : new Date(moment).toISOString().replace('Z', '+0000')
}
