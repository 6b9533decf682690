import { isSame } from '../../shared/plan.ts'
import { ForeignAnswerError, named } from '../../shared/salesforce/foreignAnswer.ts'
import { idPrefix, isId, isSameId } from '../../shared/salesforce/id.ts'
import { readAttribute } from '../../shared/scim/attribute.ts'
import type { Resource } from '../../shared/scim/schema.ts'
import { isObject } from '../../shared/validate.ts'

/** Throws unless a resource has the id that was asked for. */
export function checkSameId(resource: Resource, id: string): void {
  if (!isId(resource.id) || !isSameId(resource.id, id))
    throw new ForeignAnswerError(named('id', id), named('id', resource.id))
  checkLocation(resource)
}

/**
 * Throws unless a user that was found or created by a value is one that has it, as `isIt` tells. An id that no user can have
 * would become the reference to an account, and a part of an address.
 */
export function checkUser(
  user: Resource,
  attribute: string,
  value: unknown,
  isIt: (user: Resource) => boolean,
): void {
  if (!isId(user.id, idPrefix.user))
    throw new ForeignAnswerError(named(attribute, value), named('id', user.id))
  checkLocation(user)
  if (isIt(user)) return
  const shown = readAttribute(user, attribute)
  throw new ForeignAnswerError(
    named(attribute, value),
    `${named('id', user.id)}${shown === '' ? '' : `, ${named(attribute, shown)}`}`,
  )
}

/** Throws where a resource says that its address is that of another (RFC 7643 §3.1: `meta.location`). */
function checkLocation(resource: Resource): void {
  const { location } = isObject(resource['meta']) ? resource['meta'] : {}
  const id = typeof location === 'string' ? location.split('/').at(-1) : undefined
  if (id === undefined || !isId(id) || isSameId(id, resource.id)) return
  throw new ForeignAnswerError(named('meta.location', id), named('id', resource.id))
}

/** Salesforce keeps user names in lower case. */
export function hasUserName(user: Resource, userName: unknown): boolean {
  return typeof userName === 'string' && isSame(readAttribute(user, 'userName'), userName, 'caseless')
}
