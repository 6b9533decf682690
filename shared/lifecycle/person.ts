import type { Call } from '../host/actions.ts'
import { ConnectorError } from '../errors.ts'
import { isObject, type JsonObject } from '../validate.ts'

/** A member of an object, whatever the case of its name: hosts do not mind it. */
export function member(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** The value at a dotted path: `Department.ExternalId`; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce(member, value)
}

/** The person's contracts. Throws `INVALID_INPUT` where the host sent none: no list is not an empty list. */
export function contractsOf({ input }: Call): readonly JsonObject[] {
  const contracts = valueAt(input.personContext, 'Person.Contracts')
  if (Array.isArray(contracts)) return contracts.filter(isObject)
  throw new ConnectorError(
    'INVALID_INPUT',
    'personContext.Person.Contracts is missing: what to grant follows from the contracts.',
  )
}

/** Whether the contract meets the conditions of the business rule, as the host worked out. */
export function isInConditions(contract: JsonObject): boolean {
  return String(valueAt(contract, 'Context.InConditions')).toLowerCase() === 'true'
}
