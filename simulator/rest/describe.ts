import type { Context } from '../context.ts'
import { allObjects } from '../schema/objects.ts'
import { countries, states } from '../schema/places.ts'
import { may } from '../org/rights.ts'
import { inVersion } from '../schema/schema.ts'
import type { Field, SObject } from '../schema/schema.ts'
import { childRelationships } from '../soql/soqlChildren.ts'

function describeField(field: Field, isWritable: boolean): Record<string, unknown> {
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
    createable: field.createable && isWritable,
    updateable: field.updateable && isWritable,
    custom: field.custom,
    // general knowledge: true for formula fields alone; Name is put together, and yet false
    calculated: false,
    unique: field.unique,
    idLookup: field.idLookup,
    externalId: field.externalId,
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
      label: labelOf(field.name, value),
      validFor: null,
      value,
    })),
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName === '' ? null : field.relationshipName,
  }
}

/** Codes of places are shown by their names (documented: state and country picklists). */
function labelOf(field: string, value: string): string {
  if (field === 'CountryCode') return countries.get(value) ?? value
  if (field !== 'StateCode') return value
  return [...states.values()].find((each) => each.has(value))?.get(value) ?? value
}

/** What the caller may do with the records is in it (general knowledge). */
function summary(context: Context, type: SObject, version: string): Record<string, unknown> {
  const base = `/services/data/${version}/sobjects/${type.name}`
  const isWritable = may(context, type.name, 'write')
  return {
    name: type.name,
    label: type.label,
    keyPrefix: type.keyPrefix,
    custom: false,
    queryable: true,
    retrieveable: true,
    createable: type.createable && isWritable,
    updateable: type.updateable && isWritable,
    deletable: type.deletable && isWritable,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  }
}

/** GET /sobjects/<Type>/describe (documented: sObject Describe; a subset of its members). */
export function describe(context: Context, type: SObject, version: string): Record<string, unknown> {
  const isWritable = may(context, type.name, 'write')
  const fields = [...type.fields.values()].map((field) => describeField(field, isWritable))
  const childRelationshipList = childRelationships
    .filter(([parent]) => parent === type.name)
    .map(([, relationshipName, childSObject, field]) => ({ childSObject, field, relationshipName }))
  return {
    ...summary(context, type, version),
    fields,
    childRelationships: childRelationshipList,
    recordTypeInfos: [],
  }
}

/** GET /sobjects: every object of the org (documented: Describe Global). */
export function describeGlobal(context: Context, version: string): Record<string, unknown> {
  return {
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: allObjects(context.org, context.dialect)
      .filter((type) => inVersion(type, context.apiVersion ?? context.org.newestVersion) !== undefined)
      .filter((type) => may(context, type.name, 'read'))
      .map((type) => summary(context, type, version)),
  }
}
