import { type Action, isDryRun } from '../../shared/host/actions.ts'
import { readCorrelation } from '../../shared/host/correlation.ts'
import {
  ambiguous,
  correlated,
  createdAccount,
  dryRunReference,
  plannedCreate,
  unreadAccount,
} from '../../shared/lifecycle/accounts/accountResults.ts'
import { withFreezeNote } from '../../shared/lifecycle/accounts/freezes.ts'
import { refuseOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { toData } from './accounts/data.ts'
import { fieldNamed } from './accounts/fields.ts'
import { compareWrite } from './accounts/compareWrite.ts'
import { readCreateContext } from './accounts/readCreateContext.ts'
import { findLostCreate } from './accounts/recoverCreate.ts'
import { planNewUser } from './accounts/planNewUser.ts'
import {
  requestedFields,
  columnsOf,
  hostNames,
  referredTo,
  mappedFields,
  withNames,
} from './accounts/mappedFields.ts'
import { openOrg } from './org.ts'

/** Correlates with the person's account, or creates one: inactive, because enabling it is a decision of its own. */
export const action: Action = async (call) => {
  const mapped = mappedFields(call)
  const requested = requestedFields(call)
  const correlation = readCorrelation(call.input.actionContext, fieldNamed)
  const org = openOrg(call)
  const columns = columnsOf(requested, mapped)

  const around = await readCreateContext(
    org,
    referredTo(mapped, org.settings),
    withNames(columns),
    correlation,
  )
  const [user, ...others] = around.found
  if (correlation !== undefined && user !== undefined) {
    if (others.length > 0) return ambiguous(correlation, around.found.length)
    await refuseOwnAccount(org, user.id)
    const result = correlated(call, user.id, correlation, toData(requested, mapped, user))
    return withFreezeNote(org, user.id, 'CorrelateAccount', result)
  }

  const { desired, record, shown } = planNewUser(org, mapped, columns, around)
  const lookAgain = () => findLostCreate(org, desired, shown, correlation)
  const { user: created, unread } = await org.createUser(record, shown, lookAgain)
  if (isDryRun(call)) {
    const planned = {
      nameField: 'Username',
      name: desired.get('Username') ?? '',
      isActive: org.settings.createActive,
    }
    return plannedCreate(planned, toData(requested, mapped, { id: dryRunReference, row: record }, desired))
  }
  if (unread !== undefined) {
    return unreadAccount(
      created.id,
      unread.message,
      toData(requested, mapped, { ...created, row: record }, desired),
    )
  }
  return createdAccount(
    compareWrite(created, desired, [], around.description, hostNames(mapped)),
    toData(requested, mapped, created, desired),
  )
}
