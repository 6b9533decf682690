import type { Correlation } from '../../../shared/host/correlation.ts'
import type { Attributes } from '../../../shared/scim/attribute.ts'
import { enterprise, readAttribute } from '../../../shared/scim/attribute.ts'
import { isSame } from '../../../shared/plan.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import { comparisonOf } from './account.ts'
import type { Org } from '../org.ts'

/** What makes an account the one that was asked for; an attribute that SCIM did not take may still be empty. */
const identity = [
  'userName',
  'name.familyName',
  'name.givenName',
  'emails',
  'externalId',
  enterprise('employeeNumber'),
]

/**
 * The account that a create made whose answer never came, looked for by what it was correlated on and by its user name.
 * One that only happens to have that user name is not it.
 */
export async function findLostCreate(
  org: Org,
  desired: Attributes,
  correlation: Correlation | undefined,
): Promise<Resource | undefined> {
  const byUserName = await org.findUsers('userName', desired.get('userName') ?? '')
  const byCorrelation =
    byUserName.total === 0 && correlation !== undefined
      ? await org.findUsers(correlation.field, correlation.value)
      : byUserName
  return byCorrelation.users.find((user) => isAsAsked(user, desired))
}

function isAsAsked(user: Resource, desired: Attributes): boolean {
  return identity.every((attribute) => {
    const is = readAttribute(user, attribute)
    return is === '' || isSame(is, desired.get(attribute) ?? '', comparisonOf(attribute))
  })
}
