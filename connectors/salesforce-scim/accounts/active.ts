import type { Call } from '../../../shared/action/actions.ts'
import type { ActiveAccounts } from '../../../shared/provisioning/accounts/active.ts'
import { log } from '../../../shared/log.ts'
import { readAttribute } from '../../../shared/scim/attribute.ts'
import { patchOperations } from '../../../shared/scim/patch.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { Org } from '../org.ts'
import { toData } from './account.ts'
import { askedFields, shownFields } from './desired.ts'

/** Whether an account is active, as SCIM reads and writes it. */
export function activeOverScim(call: Call, org: Org): ActiveAccounts<Resource> {
  const asked =
    call.name === 'enable'
      ? askedFields(call)
      : shownFields(call, (problem) => log('warning', `${problem}. It is left out`))
  return {
    isActive,
    show: (user, active) => ({ ...toData(asked, new Map(), new Map(), user), active: String(active) }),
    setActive: (id, active) => {
      const change = { attribute: 'active', from: String(!active), to: String(active) }
      return org.patchUser(id, patchOperations([change], new Map()), (user) => isActive(user) === active)
    },
    lookBack: (answered) => org.lookBack(answered),
  }
}

function isActive(user: Resource): boolean {
  return readAttribute(user, 'active').toLowerCase() === 'true'
}
