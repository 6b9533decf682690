import type { Written } from '../../../shared/lifecycle/accounts/accountResults.ts'
import type { Change, Values } from '../../../shared/plan.ts'
import type { Description } from '../../../shared/salesforce/rest/description.ts'
import type { User } from '../org.ts'
import { planFields } from './compare.ts'

/** The write of a user, compared with what was asked. `changes` are those that were sent; none of them for a create. */
export function compareWrite(
  user: User,
  requested: Values,
  changes: readonly Change[],
  description: Description,
  nameOf: (field: string) => string,
): Written {
  const left = planFields(user.row, requested, description).map(({ attribute }) => attribute)
  // A changed address that is still the old one: it is not lost (documented: help 000385115).
  const address = changes.find(({ attribute, from }) => attribute === 'Email' && from !== '')
  const pending = address !== undefined && left.includes('Email') ? address.to : undefined
  const refused = left.filter((field) => pending === undefined || field !== 'Email')
  return {
    reference: user.id,
    pending,
    done: changes
      .map(({ attribute }) => attribute)
      .filter((field) => !left.includes(field))
      .map(nameOf),
    refused: refused.map(nameOf),
    reason: undefined,
  }
}

/** Whether a user shows all of the values. */
export function shows(requested: Values, description: Description): (user: User) => boolean {
  return ({ row }) => planFields(row, requested, description).length === 0
}
