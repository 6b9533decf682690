import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import type { Row } from '../org/rows.ts'
import { coerceValue } from '../rules/coerce.ts'
import { autoAssigned } from '../rules/owners.ts'
import { insertRecord, updateRecord } from '../rules/records.ts'
import type { Field, SObject } from '../schema/schema.ts'
import { getRecord, recordId, recordOf, removeRecord } from './sobjects.ts'

/**
 * /sobjects/<Type>/<field>/<value>: GET and DELETE the record, PATCH makes or changes it (documented: sObject Rows by External ID;
 * External ID fields and those with `idLookup`).
 */
export function externalRoute(
  context: Context,
  request: Request,
  type: SObject,
  [name, value]: readonly [field: string, value: string],
  version: string,
): Answer {
  const field = lookupField(type, name)
  if (request.method === 'PATCH') {
    const { id, created } = context.org.transaction(() =>
      upsert(context, request, type, field, value, recordOf(request)),
    )
    // documented: 201 or 200 with a body since v46.0, before that 201 or 204
    const isOld = (context.apiVersion ?? context.org.newestVersion) < 46
    if (!created && isOld) return { status: 204 }
    return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } }
  }
  const row = only(findRows(context, type, field, value))
  if (row === undefined) throw missing()
  if (request.method === 'GET') return getRecord(context, request, type, row.Id, version)
  if (request.method === 'DELETE') return removeRecord(context, type, row.Id)
  throw new RestError(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${request.method}' not allowed. Allowed are HEAD,GET,PATCH,DELETE`,
  )
}

/** Makes the record that has the value, or changes it. @throws RestError 300 where several have it */
export function upsert(
  context: Context,
  request: Request,
  type: SObject,
  field: Field,
  value: string,
  given: JsonObject,
): { id: string; created: boolean } {
  const record = autoAssigned(context, request, type, given)
  if (field.type === 'id') {
    const id = recordId(type, value)
    updateRecord(context, type, id, record)
    return { id, created: false }
  }
  const row = only(findRows(context, type, field, value))
  if (row === undefined) {
    return { id: insertRecord(context, type, { ...record, [field.name]: value }), created: true }
  }
  updateRecord(context, type, row.Id, record)
  return { id: row.Id, created: false }
}

/** @throws RestError 404 for a field that is no key (observed text) */
export function lookupField(type: SObject, name: string): Field {
  const field = type.fields.get(name.toLowerCase())
  if (field !== undefined && (field.idLookup || field.externalId)) return field
  throw new RestError(
    404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${name}`,
  )
}

function findRows(context: Context, type: SObject, field: Field, value: string): Row[] {
  const wanted = coerceValue(context, field, value)
  return type.table(context.org).where(field.name, wanted)
}

/** Documented: 300 where a value is of more than one record. */
function only(rows: readonly Row[]): Row | undefined {
  if (rows.length < 2) return rows[0]
  throw new RestError(300, 'MULTIPLE_CHOICES', 'more than one record has this value')
}

function missing(): RestError {
  return new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
}
