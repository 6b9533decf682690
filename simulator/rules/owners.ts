import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'
import type { JsonObject, Request } from '../http.ts'
import type { FieldValue, Row } from '../org/rows.ts'
import type { SObject } from '../schema/schema.ts'

type Values = Record<string, FieldValue>

/**
 * The record as the object's active assignment rule makes it. Documented (REST guide, Assignment Rule Header): such rules
 * apply to what is created and updated, unless `Sforce-Auto-Assign: FALSE` is sent.
 */
export function autoAssigned(
  context: Context,
  request: Request,
  type: SObject,
  record: JsonObject,
): JsonObject {
  const owner = context.org.assignmentRules.get(type.name)
  const isOff = request.headers['sforce-auto-assign']?.toLowerCase() === 'false'
  return owner === undefined || isOff ? record : { ...record, OwnerId: owner }
}

/**
 * What a write does to a record's owner: the one who asks owns what is made without an owner, and a new owner must be
 * active. Observed text: "operation performed with inactive user [005…] as owner of …".
 */
export function settleOwner(context: Context, type: SObject, values: Values, before: Row | undefined): void {
  if (!type.fields.has('ownerid')) return
  if (before === undefined) values['OwnerId'] ??= context.callerId
  if (!('OwnerId' in values) || values['OwnerId'] === before?.['OwnerId']) return
  const owner = values['OwnerId']
  if (typeof owner !== 'string') {
    throw new DmlError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [OwnerId]', ['OwnerId'])
  }
  if (owner.startsWith('00G') && context.org.groups.get(owner)?.Type !== 'Queue') {
    // general knowledge: public groups own nothing; assumed text
    throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'Owner ID: owner cannot be blank', ['OwnerId'])
  }
  if (context.org.users.get(owner)?.IsActive === false) {
    throw new DmlError(
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${owner.slice(0, 15)}] as owner of ${type.name.toLowerCase()}`,
      ['OwnerId'],
    )
  }
}
