import type { Context } from '../context.ts'
import { allObjects } from '../objects.ts'
import type { Field, SObject } from '../schema.ts'

function describeField(field: Field): Record<string, unknown> {
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    length: field.length,
    byteLength: field.length * 3,
    digits: field.type === 'int' ? 9 : 0,
    precision: field.precision,
    scale: field.scale,
    nillable: field.nillable,
    createable: field.createable,
    updateable: field.updateable,
    custom: field.custom,
    // general knowledge: true for formula fields alone; Name is put together, and yet false
    calculated: false,
    unique: field.unique,
    idLookup: field.idLookup,
    externalId: false,
    autoNumber: false,
    defaultedOnCreate: field.defaultedOnCreate,
    defaultValue: field.type === 'boolean' ? false : null,
    filterable: field.filterable,
    sortable: field.filterable,
    nameField: field.name === 'Name',
    restrictedPicklist: field.picklist.length > 0,
    picklistValues: field.picklist.map((value) => ({
      active: true,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName === '' ? null : field.relationshipName,
  }
}

function summary(type: SObject, version: string): Record<string, unknown> {
  const base = `/services/data/${version}/sobjects/${type.name}`
  return {
    name: type.name,
    label: type.label,
    keyPrefix: type.keyPrefix,
    custom: false,
    queryable: true,
    retrieveable: true,
    createable: type.createable,
    updateable: type.updateable,
    deletable: type.deletable,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  }
}

/** GET /sobjects/<Type>/describe (documented: sObject Describe; a subset of its members). */
export function describe(type: SObject, version: string): Record<string, unknown> {
  return { ...summary(type, version), fields: [...type.fields.values()].map(describeField) }
}

/** GET /sobjects: every object of the org (documented: Describe Global). */
export function describeGlobal(context: Context, version: string): Record<string, unknown> {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: allObjects(context.org, context.dialect).map((type) => summary(type, version)),
  }
}
