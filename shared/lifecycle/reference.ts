import type { Call } from '../host/actions.ts'
import { ConnectorError } from '../errors.ts'
import { checkId, idPrefix } from '../salesforce/id.ts'

/** The account that the call is about. */
export function accountReference({ input }: Call): string {
  return readReference(input.actionContext.References?.Account, 'References.Account')
}

/** The reference to an account of this connector: its id, also where a host wraps it in an object. */
export function readReference(reference: unknown, member: string): string {
  const id =
    typeof reference === 'object' && reference !== null
      ? (Object.entries(reference).find(([name]) => /^(id|reference)$/i.test(name))?.[1] as unknown)
      : reference
  if (typeof id !== 'string' || id.trim() === '') {
    throw new ConnectorError('INVALID_INPUT', `The account reference could not be found: ${member} is empty.`)
  }
  return checkId(id.trim(), idPrefix.user, member)
}

/** The account that a check is about, if it exists already: its own values are no collision. */
export function ownReference({ input }: Call): string | undefined {
  const reference = input.actionContext.References?.Account
  return reference === undefined || reference === ''
    ? undefined
    : readReference(reference, 'References.Account')
}
