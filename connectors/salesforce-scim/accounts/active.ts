import type { Call } from '../../../shared/host/actions.ts'
import type { ActiveAccounts } from '../../../shared/lifecycle/accounts/active.ts'
import { log } from '../../../shared/log.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { isBoolean } from '../../../shared/plan.ts'
import { patchOperations } from '../../../shared/scim/patch.ts'
import type { Resource } from '../../../shared/scim/schema.ts'
import type { Org } from '../org.ts'
import { toData } from './account.ts'
import { requestedFields, shownFields } from './desired.ts'

/** Whether an account is active, as SCIM reads and writes it. */
export function activeOverScim(call: Call, org: Org): ActiveAccounts<Resource> {
  const requested =
    call.name === 'enable'
      ? requestedFields(call)
      : shownFields(call, (problem) => log('warning', `${problem}. It is left out`))
  return {
    isActive: async (user) => activeIn(user) ?? readByRest(org, user.id),
    show: (user, active) => ({ ...toData(requested, new Map(), new Map(), user), active: String(active) }),
    async setActive(id, active) {
      const change = { attribute: 'active', from: String(!active), to: String(active) }
      const operations = patchOperations([change], new Map())
      const answered = await org.patchUser(id, operations, (user) => activeIn(user) === active)
      if (org.isPreview || activeIn(answered) !== undefined) return answered
      return (await org.findUser(id)) ?? answered
    },
    readBack: (answered) => org.readBack(answered),
  }
}

/** Undefined where the answer does not tell: what is left out is not inactive. */
function activeIn(user: Resource): boolean | undefined {
  const active = user['active']
  if (typeof active === 'boolean') return active
  return typeof active === 'string' && isBoolean(active) ? active.toLowerCase() === 'true' : undefined
}

async function readByRest(org: Org, account: string): Promise<boolean> {
  if (org.settings.useRestApi) return (await org.readUserFields(account, ['IsActive']))['IsActive'] === true
  throw new ConnectorError(
    'UNEXPECTED',
    `Salesforce answered with account [${account}] and without telling whether it is active. Set Configuration.UseRestApi to have it read another way`,
  )
}
