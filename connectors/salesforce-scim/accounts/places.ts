import { ConnectorError } from '../../../shared/errors.ts'
import { log } from '../../../shared/log.ts'
import { plan } from '../../../shared/plan.ts'
import { codeFieldOf, isSamePlace } from '../../../shared/salesforce/place.ts'
import type { Attributes } from '../../../shared/scim/attribute.ts'
import type { Org } from '../org.ts'
import { comparisonOf, userFieldOf } from './account.ts'

/** Longer than any code of a country or state (ISO 3166). */
const longestCode = 3

/**
 * `desired` with each place as the org keeps it: where the account has the country or state under the org's own name, that
 * name stands for the mapped code. Asked only where such a value differs from what the account shows; `isWritten` tells that
 * the account is as a write of `desired` left it.
 */
export async function withOwnPlaces(
  org: Org,
  id: string,
  current: Attributes,
  desired: Attributes,
  isWritten = false,
): Promise<Map<string, string>> {
  const settled = new Map(desired)
  for (const { attribute, from, to } of plan(current, desired, comparisonOf)) {
    const codeField = codeFieldOf(userFieldOf(attribute) ?? '')
    const mayBeSame = to.length <= longestCode || from.toLowerCase() === to.toLowerCase()
    if (codeField === undefined || from === '' || to === '' || !mayBeSame) continue
    const isOwn = org.settings.useRestApi
      ? isSamePlace(to, { name: from, code: await codeOf(org, id, codeField) })
      : isWritten && codeField === 'CountryCode' && isNameOfCountry(from, to)
    if (isOwn) settled.set(attribute, from)
  }
  return settled
}

/**
 * Without REST no code can be read. What the account shows after a write of the code was made of it, and `isNameOfCountry` by
 * the English names, which are the org's own unless it changed them.
 */
function isNameOfCountry(name: string, code: string): boolean {
  if (!/^[a-z]{2}$/i.test(code)) return false
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code.toUpperCase())
  return english?.toLowerCase() === name.toLowerCase()
}

/** The code of the account's place; '' if it has none, or the org has no such picklists. */
async function codeOf(org: Org, id: string, field: string): Promise<string> {
  try {
    const code = (await org.readUserFields(id, [field]))[field]
    return typeof code === 'string' ? code : ''
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('information', `The org has no ${field}, or does not show it: ${error.message}`)
    return ''
  }
}
