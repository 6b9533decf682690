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
import { toRecord } from '../../shared/salesforce/rest/description.ts'
import { placeColumns } from './accounts/compare.ts'
import { putContact } from './accounts/contact.ts'
import { toData } from './accounts/data.ts'
import { checkValues, checkVisible } from './accounts/description.ts'
import { fieldNamed } from './accounts/fields.ts'
import { compareWrite } from './accounts/compareWrite.ts'
import { readCreateContext } from './accounts/readCreateContext.ts'
import { findLostCreate } from './accounts/recoverCreate.ts'
import { newUser } from './accounts/newUser.ts'
import { checkRole } from './accounts/role.ts'
import { putIds, userTypeOf } from './accounts/resolve.ts'
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

  const { values: desired, problems } = newUser(org.settings, mapped)
  checkVisible(new Map([['ProfileId', ''], ...desired]), around.description)
  const unresolved = putIds(desired, around.rows)
  putContact(desired, org.settings, around.rows)
  // Also what is mapped without a value has to be there: it is read afterwards.
  const named = new Map([...columns.map((name): [string, string] => [name, '']), ...desired])
  const known = [...problems, ...unresolved]
  checkValues(named, around.description, org.writing('create'), hostNames(mapped), known)
  checkRole(userTypeOf(around.rows.profile), desired.get('UserRoleId') ?? '', hostNames(mapped))
  const record = toRecord(desired, around.description)
  const shown = [...columns, ...desired.keys(), ...placeColumns(desired, around.description)]
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
