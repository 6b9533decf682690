import { ConnectorError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import { type Attributes, salesforce } from '../../../shared/scim/attribute.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { attributesOf, isRestOnly, userFieldOf } from './account.ts'
import type { Org } from '../org.ts'

/** The account as it is: what SCIM shows of the attributes in `desired`, and by REST what it does not. */
export async function currentAttributes(
  org: Org,
  user: Resource,
  desired: Attributes,
): Promise<Map<string, string>> {
  const current = attributesOf(user, desired)
  const isHidden = (attribute: string): boolean =>
    mayBeHidden(attribute) && current.get(attribute) === '' && desired.get(attribute) !== ''
  const restOnly = [...desired.keys()].filter(isRestOnly)
  const doubtful = org.settings.useRestApi ? [...desired.keys()].filter(isHidden) : []
  try {
    for (const [attribute, value] of await readByRest(org, user, [...restOnly, ...doubtful])) {
      current.set(attribute, value)
    }
  } catch (error) {
    if (restOnly.length > 0 || !(error instanceof ConnectorError)) throw error
    log('information', `Taking what SCIM does not show for empty: ${error.message}`)
  }
  return current
}

/**
 * Whether SCIM may have the attribute without showing it: under which URN `alias` and custom fields are is not documented,
 * and the pilot contradicts itself.
 */
export function mayBeHidden(attribute: string): boolean {
  return attribute === salesforce('alias') || attribute.endsWith('__c')
}

/** The attributes as the User object has them. */
export async function readByRest(
  org: Org,
  user: Resource,
  attributes: readonly string[],
): Promise<[attribute: string, value: string][]> {
  if (attributes.length === 0) return []
  const names = attributes.map((attribute) => userFieldOf(attribute) ?? '')
  const record = await org.readUserFields(user.id, names)
  const values = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]))
  return attributes.map((attribute, index) => [
    attribute,
    textOf(values.get((names[index] ?? '').toLowerCase())),
  ])
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
