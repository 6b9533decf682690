import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { isObject } from '../http.ts'
import type { Answer, Request } from '../http.ts'
import { isId, normaliseId } from '../org/ids.ts'
import { isShown } from '../org/rights.ts'
import type { SObject } from '../schema/schema.ts'
import { lookupField, upsert } from './external.ts'
import { showRecord } from './sobjects.ts'

/** Documented (sObject Collections): how many records a call reads, and how many it writes. */
const mostRead = 2000
const mostWritten = 200

/** GET ?ids=&fields= or POST { ids, fields }: the records in order, null for each that is not there (documented: Get Records). */
export function retrieveMany(context: Context, request: Request, type: SObject, version: string): Answer {
  const body = isObject(request.json) ? request.json : {}
  const listed = (name: string): string[] => {
    const list: unknown = body[name] ?? request.query.get(name)?.split(',')
    return Array.isArray(list) ? list.map(String) : []
  }
  const ids = listed('ids')
  const fields = listed('fields')
  if (ids.length === 0 || fields.length === 0) {
    throw new RestError(400, 'REQUIRED_FIELD_MISSING', 'ids and fields must be provided')
  }
  if (ids.length > mostRead) throw tooMany(mostRead)
  const records = ids.map((id) => {
    const row = isId(id) ? type.table(context.org).get(normaliseId(id)) : undefined
    if (row === undefined || !isShown(context, type.name, row)) return null
    return showRecord(context, type, row, fields.join(','), version)
  })
  return { status: 200, body: records }
}

class RolledBack extends Error {}

/** PATCH { records }: each is made or changed by its External ID (documented: Upsert Records). */
export function upsertMany(context: Context, request: Request, type: SObject, name: string): Answer {
  const field = lookupField(type, name)
  const body = isObject(request.json) ? request.json : {}
  const { records, allOrNone } = body
  if (!Array.isArray(records) || !records.every(isObject)) {
    throw new RestError(400, 'JSON_PARSER_ERROR', 'records must be a list of records')
  }
  if (records.length > mostWritten) throw tooMany(mostWritten)
  let outcomes: unknown[] = []
  try {
    context.org.transaction(() => {
      outcomes = records.map((record) =>
        attempt(() => {
          const { [field.name]: key, ...values } = record
          return upsert(context, request, type, field, String(key ?? ''), values)
        }, context),
      )
      const isFailed = outcomes.some((each) => isObject(each) && each['success'] === false)
      if (allOrNone === true && isFailed) throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    outcomes = outcomes.map((each) => (isObject(each) && each['success'] === true ? undone : each))
  }
  return { status: 200, body: outcomes }
}

/** General knowledge: code and text. */
const undone = {
  success: false,
  created: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message:
        'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
}

function attempt(work: () => { id: string; created: boolean }, context: Context): unknown {
  try {
    return { ...context.org.transaction(work), success: true, errors: [] }
  } catch (error) {
    if (!(error instanceof DmlError) && !(error instanceof RestError)) throw error
    const { code: statusCode, message, fields = [] } = error
    return { success: false, created: false, errors: [{ statusCode, message, fields }] }
  }
}

function tooMany(most: number): RestError {
  return new RestError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${most} records in this call`,
  )
}
