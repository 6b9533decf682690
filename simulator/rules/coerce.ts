import type { Context } from '../context.ts'
import { DmlError, RestError } from '../errors.ts'
import { isId, to18 } from '../org/ids.ts'
import { findObject } from '../schema/objects.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import type { Field, SObject } from '../schema/schema.ts'

/** Key prefixes of objects that references name but that the org keeps no rows of. */
const foreignPrefixes: Readonly<Record<string, string>> = {
  CallCenter: '04v',
  Territory2Model: '0MA',
}

/**
 * The members of a request's record as values of an object's fields: known, writable, of the right type,
 * not too long, with references that lead somewhere. Empty texts become null (general knowledge).
 * @throws RestError for what the REST layer refuses, DmlError for what the database refuses
 */
export function coerceRecord(
  context: Context,
  type: SObject,
  record: Readonly<Record<string, unknown>>,
  verb: 'create' | 'update',
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {}
  for (const [name, raw] of Object.entries(record)) {
    if (name === 'attributes') continue
    const field = type.fields.get(name.toLowerCase())
    if (field === undefined) {
      throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`)
    }
    if (verb === 'create' ? !field.createable : !field.updateable) {
      throw new RestError(
        400,
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
        [field.name],
      )
    }
    values[field.name] = coerceValue(context, field, raw)
  }
  return values
}

/** One value for one field. */
export function coerceValue(context: Context, field: Field, raw: unknown): FieldValue {
  if (raw === null || raw === undefined || raw === '') {
    // general knowledge: a boolean is never null; null for it reads as false
    return field.type === 'boolean' ? false : null
  }
  switch (field.type) {
    case 'boolean':
      if (typeof raw === 'boolean') return raw
      throw unreadable('boolean', raw)
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return coerceNumber(context, field, raw)
    case 'date': {
      // general knowledge: a time is taken for its day
      const day = typeof raw === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(raw)?.[0] : undefined
      if (day === undefined || !isDay(day)) throw unreadable('date', raw)
      return day
    }
    case 'datetime': {
      const time =
        typeof raw === 'string' ? Date.parse(raw.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN
      if (Number.isNaN(time)) throw unreadable('datetime', raw)
      return new Date(time).toISOString()
    }
    case 'reference':
      return coerceReference(context, field, text(raw))
    case 'multipicklist':
      return coerceChoices(field, text(raw))
    default:
      return coerceText(field, withLineEnds(context, field, text(raw)))
  }
}

/** Of 30 February, Date makes a day in March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

function text(raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw)
  throw unreadable('string', raw)
}

function coerceNumber(context: Context, field: Field, raw: unknown): FieldValue {
  const isText = typeof raw === 'string' && context.dialect.numberAsText === 'accepted'
  const value = isText ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unreadable(field.type, raw)
  const whole = field.precision - field.scale
  if (field.precision === 0 || Math.abs(value) < 10 ** whole) return value
  // general knowledge for code and text
  throw new DmlError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${value}`,
    [field.name],
  )
}

/** Observed: `Cannot deserialize instance of boolean from VALUE_STRING value FALSE`; the rest is general knowledge. */
function unreadable(type: string, raw: unknown): RestError {
  return new RestError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${tokenOf(raw)} or request may be missing a required field`,
  )
}

function tokenOf(raw: unknown): string {
  if (Array.isArray(raw)) return 'START_ARRAY value ['
  if (typeof raw === 'string') return `VALUE_STRING value ${raw}`
  if (typeof raw === 'number') return `VALUE_NUMBER_${Number.isInteger(raw) ? 'INT' : 'FLOAT'} value ${raw}`
  if (typeof raw === 'boolean') return `VALUE_${String(raw).toUpperCase()} value ${raw}`
  return 'START_OBJECT value {'
}

function withLineEnds({ dialect }: Context, field: Field, value: string): string {
  if (field.type !== 'textarea' || dialect.lineEnds === 'as-given') return value
  return value.replace(/\r\n?|\n/g, dialect.lineEnds === 'crlf' ? '\r\n' : '\n')
}

function coerceText(field: Field, value: string): FieldValue {
  // general knowledge: surrounding white space is not stored
  const kept = value.trim()
  if (kept === '') return null
  if (field.length > 0 && [...kept].length > field.length) {
    throw new DmlError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${kept} (max length=${field.length})`,
      [field.name],
    )
  }
  if (field.type === 'email' && !/^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"[\]]+\.[^\s@.]{2,}$/.test(kept)) {
    throw new DmlError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${kept}`, [
      field.name,
    ])
  }
  if (field.picklist.length === 0) return kept
  if (field.picklist.includes(kept)) return kept
  throw new DmlError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${kept}`,
    [field.name],
  )
}

/** General knowledge: values with semicolons between them are kept in the order of the picklist. */
function coerceChoices(field: Field, value: string): FieldValue {
  const chosen = value.split(';').map((one) => coerceText({ ...field, length: 0 }, one))
  return field.picklist.filter((one) => chosen.includes(one)).join(';')
}

function coerceReference(context: Context, field: Field, value: string): FieldValue {
  if (!isId(value)) {
    throw new DmlError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name])
  }
  const id = to18(value.slice(0, 15))
  const prefix = id.slice(0, 3)
  let possible = false
  for (const name of field.referenceTo) {
    const target = findObject(context.org, context.dialect, name)
    if (target === undefined) {
      // the org keeps no rows of this object, so only the prefix is judged
      if (foreignPrefixes[name] === prefix) return id
      continue
    }
    if (target.keyPrefix !== prefix) continue
    possible = true
    if (target.table(context.org).has(id)) return id
  }
  if (!possible) {
    throw new DmlError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name])
  }
  throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name])
}

/** Refuses a record that lacks a required field. */
export function requireFields(type: SObject, row: Readonly<Record<string, FieldValue>>): void {
  const missing = [...type.fields.values()]
    .filter((field) => field.createable && !field.nillable && !field.defaultedOnCreate)
    .filter((field) => (row[field.name] ?? null) === null)
    .map((field) => field.name)
  if (missing.length === 0) return
  // observed text: "Required fields are missing: [Alias]"
  throw new DmlError(
    'REQUIRED_FIELD_MISSING',
    `Required fields are missing: [${missing.join(', ')}]`,
    missing,
  )
}

/** A row with every field of its object, from what was given. */
export function fillRow(type: SObject, id: string, values: Readonly<Record<string, FieldValue>>): Row {
  const row: Row = { Id: id }
  for (const field of type.fields.values()) {
    if (field.compute !== undefined || field.name === 'Id') continue
    row[field.name] = values[field.name] ?? (field.type === 'boolean' ? false : null)
  }
  return row
}
