import type { FieldType } from './fieldType.ts'
import type { Org } from '../org/org.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import type { Table } from '../org/table.ts'

/** One field as describe and SOQL know it. */
export interface Field {
  name: string
  label: string
  type: FieldType
  length: number
  /** Digits of a double in all, and after its point; 0 for other types. */
  precision: number
  scale: number
  nillable: boolean
  createable: boolean
  updateable: boolean
  custom: boolean
  idLookup: boolean
  /** Whether an administrator made it an External ID: records can be written by it. */
  externalId: boolean
  unique: boolean
  /** Whether the platform sets a value where none is given. */
  defaultedOnCreate: boolean
  /** Whether SOQL may name it in WHERE. */
  filterable: boolean
  /** Values of a restricted picklist; empty: none are checked. */
  picklist: readonly string[]
  /** Object names that the reference may point to. */
  referenceTo: readonly string[]
  /** The name under which SOQL walks to the parent. */
  relationshipName: string | null
  /** The first version of the API that has it; undefined: all that are offered. */
  since?: number
  /** For fields that are worked out, not stored. */
  compute?: (org: Org, row: Row) => FieldValue
}

/** One object of SObject REST. */
export interface SObject {
  name: string
  label: string
  keyPrefix: string
  /** The first version of the API that has it; undefined: all that are offered. */
  since?: number
  fields: ReadonlyMap<string, Field>
  createable: boolean
  updateable: boolean
  deletable: boolean
  table: (org: Org) => Table<Row>
}

type Access = 'read' | 'create' | 'write'

interface FieldOptions {
  label?: string
  required?: boolean
  access?: Access
  length?: number
  precision?: number
  scale?: number
  picklist?: readonly string[]
  to?: readonly string[]
  as?: string
  idLookup?: boolean
  externalId?: boolean
  unique?: boolean
  defaulted?: boolean
  filterable?: boolean
  since?: number
  compute?: (org: Org, row: Row) => FieldValue
}

/** A field; without options an optional one that may be created and updated. */
export function field(name: string, type: FieldType, options: FieldOptions = {}): Field {
  const access = options.access ?? (options.compute === undefined ? 'write' : 'read')
  const made: Field = {
    name,
    label: options.label ?? name.replace(/Id$/, ' ID').replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    type,
    length: options.length ?? (type === 'id' || type === 'reference' ? 18 : 0),
    precision: options.precision ?? 0,
    scale: options.scale ?? 0,
    nillable: options.required !== true,
    createable: access !== 'read',
    updateable: access === 'write',
    custom: name.endsWith('__c'),
    idLookup: options.idLookup ?? type === 'id',
    externalId: options.externalId ?? false,
    unique: options.unique ?? false,
    // documented for every boolean of User (object reference): Defaulted on create
    defaultedOnCreate: options.defaulted ?? type === 'boolean',
    filterable: options.filterable ?? true,
    picklist: options.picklist ?? [],
    referenceTo: options.to ?? [],
    relationshipName: options.as ?? null,
  }
  return {
    ...made,
    ...(options.since !== undefined && { since: options.since }),
    ...(options.compute !== undefined && { compute: options.compute }),
  }
}

/** A field that the platform sets. */
export function readOnly(name: string, type: FieldType, options: FieldOptions = {}): Field {
  return field(name, type, { required: true, ...options, access: 'read' })
}

/** A reference to a parent, with the name SOQL walks it by (the field's name without `Id`). */
export function reference(name: string, to: string | readonly string[], options: FieldOptions = {}): Field {
  return field(name, 'reference', {
    to: typeof to === 'string' ? [to] : to,
    as: name.replace(/Id$/, ''),
    ...options,
  })
}

export function sobject(
  name: string,
  keyPrefix: string,
  table: (org: Org) => Table<Row>,
  allows: string,
  fields: readonly Field[],
): SObject {
  const all = [field('Id', 'id', { required: true, access: 'read', defaulted: true }), ...fields]
  return {
    name,
    label: name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    keyPrefix,
    fields: new Map(all.map((each) => [each.name.toLowerCase(), each])),
    createable: allows.includes('c'),
    updateable: allows.includes('u'),
    deletable: allows.includes('d'),
    table,
  }
}

/** The same object, which only versions from `since` on have. */
export function newSince(since: number, type: SObject): SObject {
  return { ...type, since }
}

/** An object as a version of the API has it, without the fields that came later; undefined where it came later itself. */
export function inVersion(type: SObject, version: number): SObject | undefined {
  if ((type.since ?? 0) > version) return undefined
  const fields = [...type.fields].filter(([, { since = 0 }]) => since <= version)
  return fields.length === type.fields.size ? type : { ...type, fields: new Map(fields) }
}

/** What a field of a record holds, worked out where it is not stored. */
export function valueOf(org: Org, row: Row, of: Field): FieldValue {
  if (of.compute !== undefined) return of.compute(org, row)
  // general knowledge: a boolean is never null
  return row[of.name] ?? (of.type === 'boolean' ? false : null)
}
