import type { Context } from '../context.ts'
import { RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { isId, to18 } from '../org/ids.ts'
import type { Row } from '../org/rows.ts'
import { autoAssigned } from '../rules/owners.ts'
import { deleteRecord, insertRecord, updateRecord } from '../rules/records.ts'
import { findObject } from '../schema/objects.ts'
import { maySee } from '../org/rights.ts'
import { valueOf } from '../schema/schema.ts'
import type { Field, SObject } from '../schema/schema.ts'
import { attributesOf, restValue } from '../soql/soqlRun.ts'

/** POST /sobjects/<Type>: 201 with the id (documented: sObject Basic Information). */
export function postRecord(context: Context, request: Request, type: SObject): Answer {
  const record = autoAssigned(context, request, type, recordOf(request))
  refuseHidden(context, type, record)
  const id = context.org.transaction(() => insertRecord(context, type, record))
  const location = `${request.path}/${id}`
  return { status: 201, headers: { location }, body: { id, success: true, errors: [] } }
}

/** PATCH /sobjects/<Type>/<id>: 204. */
export function patchRecord(context: Context, request: Request, type: SObject, id: string): Answer {
  const record = autoAssigned(context, request, type, recordOf(request))
  refuseHidden(context, type, record)
  context.org.transaction(() => updateRecord(context, type, recordId(type, id), record))
  return { status: 204 }
}

/** DELETE /sobjects/<Type>/<id>: 204. Users cannot be deleted (general knowledge). */
export function removeRecord(context: Context, type: SObject, id: string): Answer {
  context.org.transaction(() => deleteRecord(context, type, recordId(type, id)))
  return { status: 204 }
}

/** GET /sobjects/<Type>/<id>?fields=…: all fields, or those named. */
export function getRecord(
  context: Context,
  request: Request,
  type: SObject,
  id: string,
  version: string,
): Answer {
  const row = type.table(context.org).get(recordId(type, id))
  if (row === undefined) throw missing()
  return { status: 200, body: showRecord(context, type, row, request.query.get('fields'), version) }
}

/** A record with all its fields, or those named with commas between them. */
export function showRecord(
  context: Context,
  type: SObject,
  row: Row,
  fields: string | null,
  version: string,
): JsonObject {
  const wanted =
    fields === null ? [...type.fields.values()] : fields.split(',').map((name) => fieldOf(type, name.trim()))
  const shown: JsonObject = { attributes: attributesOf(type, row, version) }
  for (const field of wanted) shown[field.name] = restValue(valueOf(context.org, row, field), field.type)
  shown['Id'] = row.Id
  return shown
}

/** A field that the caller is not shown cannot be written either (assumed). @throws RestError 400 INVALID_FIELD */
export function refuseHidden(context: Context, type: SObject, record: JsonObject): void {
  for (const name of Object.keys(record)) {
    if (maySee(context, type.name, findField(context, type, name))) continue
    throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`)
  }
}

/** The name of a field in its own case: `type` may lack what the caller is not shown. */
function findField({ org, dialect }: Context, type: SObject, name: string): string {
  const full = findObject(org, dialect, type.name) ?? type
  return full.fields.get(name.toLowerCase())?.name ?? name
}

function fieldOf(type: SObject, name: string): Field {
  const field = type.fields.get(name.toLowerCase())
  if (field !== undefined) return field
  throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`)
}

/** The 18-character id in a path. @throws RestError 400 MALFORMED_ID, 404 for another object's id */
export function recordId(type: SObject, id: string): string {
  if (!isId(id))
    throw new RestError(
      400,
      'MALFORMED_ID',
      `Provided external ID field does not exist or is not accessible: ${id}`,
    )
  if (!id.startsWith(type.keyPrefix)) throw missing()
  return to18(id.slice(0, 15))
}

/** The body as a record. @throws RestError 400 JSON_PARSER_ERROR */
export function recordOf(request: Request): JsonObject {
  if (isObject(request.json)) return request.json
  throw new RestError(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, but was not a JSON object')
}

function missing(): RestError {
  return new RestError(404, 'NOT_FOUND', 'The requested resource does not exist')
}
