import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, JsonObject, Request } from '../http.ts'
import { to18 } from '../org/ids.ts'
import { allObjects, findObject } from '../schema/objects.ts'
import { isSetup } from '../rules/mixedDml.ts'
import { autoAssigned } from '../rules/owners.ts'
import { deleteRecord, insertRecord, updateRecord } from '../rules/records.ts'
import type { SObject } from '../schema/schema.ts'
import { recordId, refuseHidden } from './sobjects.ts'
import { objectNamed } from '../soql/soqlFields.ts'

/** Documented: at most 200 records a call. */
const mostRecords = 200

interface Outcome {
  id?: string
  success: boolean
  errors: { statusCode: string; message: string; fields: readonly string[] }[]
}

class RolledBack extends Error {
  readonly outcomes: readonly Outcome[]

  constructor(outcomes: readonly Outcome[]) {
    super('collection rolled back')
    this.outcomes = outcomes
  }
}

/**
 * /composite/sobjects: POST inserts and PATCH updates `records`, DELETE deletes `?ids=`; one outcome for each
 * record in the order of the request, status 200 also when some fail (documented: sObject Collections).
 */
export function collections(context: Context, request: Request): Answer {
  const works = readWorks(context, request)
  judgeTypes(context, works)
  if (works.length > mostRecords) {
    throw new RestError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${mostRecords} records in this call`,
    )
  }
  const body = isObject(request.json) ? request.json : {}
  const allOrNone = (request.query.get('allOrNone') ?? String(body['allOrNone'] ?? false)) === 'true'
  try {
    const outcomes = context.org.transaction(() => {
      const done = works.map((work) => attempt(context, work.run))
      if (allOrNone && done.some((each) => !each.success)) throw new RolledBack(done)
      return done
    })
    return { status: 200, body: outcomes }
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    return { status: 200, body: error.outcomes.map(rolledBack) }
  }
}

/** What is to be done with one record; the type's name is undefined where the org knows none. */
interface Work {
  type: string | undefined
  run: () => string
}

function readWorks(context: Context, request: Request): Work[] {
  if (request.method === 'DELETE') {
    const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '')
    if (ids.length === 0) throw new RestError(400, 'MALFORMED_ID', 'ids must name the records to delete')
    return ids.map((id) => ({
      type: allObjects(context.org, context.dialect).find((each) => id.startsWith(each.keyPrefix))?.name,
      run: () => {
        const type = typeOfId(context, id)
        deleteRecord(context, type, recordId(type, id))
        return to18(id.slice(0, 15))
      },
    }))
  }
  const records = isObject(request.json) ? request.json['records'] : undefined
  if (!Array.isArray(records) || !records.every(isObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'records must be a list of records')
  }
  return records.map((record) => ({
    type: findObject(context.org, context.dialect, typeNameOf(record))?.name,
    run: () => write(context, request, record),
  }))
}

/** See the switch `setupTypesInCollection`. */
function judgeTypes(context: Context, works: Work[]): void {
  const { setupTypesInCollection, sessionsInCollection } = context.dialect
  const types = new Set(works.flatMap(({ type }) => type ?? []))
  if (sessionsInCollection === 'refused' && types.has('AuthSession')) {
    // assumed code and text
    throw new RestError(400, 'INVALID_TYPE', "sObject type 'AuthSession' is not supported.")
  }
  if (setupTypesInCollection === 'allowed' || types.size < 2 || ![...types].some(isSetup)) return
  const [first] = types
  // assumed code; the text says what is documented
  const refusal = new RestError(
    400,
    'INVALID_OPERATION',
    'Records of multiple object types cannot be processed in one call when one of the types is related to Setup',
  )
  if (setupTypesInCollection === 'refused') throw refusal
  for (const work of works) {
    if (work.type === first || work.type === undefined) continue
    work.run = () => {
      throw refusal
    }
  }
}

function typeNameOf(record: JsonObject): string {
  const { attributes } = record
  return isObject(attributes) ? String(attributes['type']) : ''
}

function write(context: Context, request: Request, given: JsonObject): string {
  const type = objectNamed(context, typeNameOf(given))
  const record = autoAssigned(context, request, type, given)
  refuseHidden(context, type, record)
  if (request.method === 'POST') return insertRecord(context, type, record)
  const { id, Id, ...fields } = record
  const target = recordId(type, String(id ?? Id))
  updateRecord(context, type, target, fields)
  return target
}

function typeOfId(context: Context, id: string): SObject {
  const type = allObjects(context.org, context.dialect).find((each) => id.startsWith(each.keyPrefix))
  if (type === undefined) throw new RestError(400, 'MALFORMED_ID', `malformed id ${id}`)
  return type
}

function attempt(context: Context, work: () => string): Outcome {
  try {
    return { id: context.org.transaction(work), success: true, errors: [] }
  } catch (error) {
    if (!(error instanceof DmlError) && !(error instanceof RestError)) throw error
    return { success: false, errors: [outcomeError(context, error)] }
  }
}

/** General knowledge: here the code is `statusCode`, elsewhere `errorCode`; what is gone has a code of the database. */
function outcomeError(context: Context, error: DmlError | RestError): Outcome['errors'][number] {
  const { code: statusCode, message, fields = [] } = error
  if (statusCode !== 'NOT_FOUND') return { statusCode, message, fields }
  const { goneInCollection } = context.dialect
  const gone = goneInCollection === 'ENTITY_IS_DELETED' ? 'entity is deleted' : 'invalid cross reference id'
  return { statusCode: goneInCollection, message: gone, fields: [] }
}

function rolledBack(outcome: Outcome): Outcome {
  if (!outcome.success) return outcome
  const message =
    'Record rolled back because not all records were valid and the request was using AllOrNone header'
  return {
    success: false,
    errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }],
  }
}
