import type { Action, Call } from '../../shared/host/actions.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'
import { isSameId } from '../../shared/salesforce/id.ts'
import { type Collision, uniqueness } from '../../shared/lifecycle/accounts/uniqueness.ts'
import { ownReference } from '../../shared/lifecycle/reference.ts'
import { mappedFields } from './accounts/desired.ts'
import { fieldNamed } from './accounts/fields.ts'
import { type Org, openOrg } from './org.ts'

/** Names the mapped fields whose value another account has. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const mapped = mappedFields(call)
  const own = ownReference(call) ?? (await accountToCorrelate(call, org))
  const checked = ['userName', 'nickName', 'externalId', 'employeeNumber']
  if (org.settings.checkEmailUniqueness) checked.push('emailAddress')

  const collisions: Collision[] = []
  for (const field of checked) {
    const value = mapped.get(field) ?? ''
    if (value === '') continue
    const { users, total } = await org.findUsers(field, value)
    const [other] = users.filter(({ id }) => own === undefined || !isSameId(id, own))
    if (other !== undefined || total !== users.length) {
      collisions.push({ name: field, value, holder: other?.id })
    }
  }
  return uniqueness(collisions, (mapped.get('userName') ?? '') === '' ? undefined : 'userName')
}

/** The account that create would correlate with, where the host says on what: it is the person's own as well. */
async function accountToCorrelate({ input }: Call, org: Org): Promise<string | undefined> {
  const correlation = readCorrelation(input.actionContext, fieldNamed)
  if (correlation === undefined) return undefined
  const { users, total } = await org.findUsers(correlation.field, correlation.value)
  return total === 1 ? users[0]?.id : undefined
}
