import { type Action, accountNotFound, isDryRun } from '../../shared/host/actions.ts'
import type { ActionResult } from '../../shared/host/result.ts'
import { plannedUpdate, unchanged, updatedAccount } from '../../shared/lifecycle/accounts/accountResults.ts'
import { withFreezeNote } from '../../shared/lifecycle/accounts/freezes.ts'
import { refuseOwnAccount } from '../../shared/lifecycle/accounts/integrationUser.ts'
import { accountReference } from '../../shared/lifecycle/reference.ts'
import { toRecord } from '../../shared/salesforce/rest/description.ts'
import { placeColumns, planFields } from './accounts/compare.ts'
import { textIn, toData } from './accounts/data.ts'
import { checkValues } from './accounts/description.ts'
import { compareWrite, shows } from './accounts/compareWrite.ts'
import { checkRole } from './accounts/role.ts'
import { keepHeldIds, putIds, referenceQueries, userTypeOf } from './accounts/resolve.ts'
import {
  requestedFields,
  columnsOf,
  hostNames,
  valuesOf,
  mappedFields,
  withNames,
} from './accounts/mappedFields.ts'
import { openOrg } from './org.ts'

/** What decides, together with the type of the user, whether the user can have a role. */
const roleFields = ['ProfileId', 'UserRoleId'] as const

/** Makes the account agree with the mapped fields; nothing else of it changes. */
export const action: Action = async (call) => {
  const mapped = mappedFields(call)
  const requested = requestedFields(call)
  const org = openOrg(call)
  const reference = accountReference(call)
  const columns = columnsOf(requested, mapped)
  // A real write finds out by itself whether the account can have the role; a preview has to read what decides it.
  const checksRole = isDryRun(call) && roleFields.some((name) => mapped.has(name))
  const withRole = checksRole ? [...columns, 'UserType', 'UserRoleId'] : columns
  await refuseOwnAccount(org, reference)

  const { user, unknown: absent } = await org.readUser(reference, withNames(withRole))
  if (user === undefined) return accountNotFound(call, reference)
  const unknown = absent.filter((name) => columns.includes(name))
  const withNote = (result: ActionResult): Promise<ActionResult> =>
    withFreezeNote(org, reference, 'UpdateAccount', result)
  const PreviousData = toData(requested, mapped, user)
  const desired = keepHeldIds(valuesOf(mapped), user.row)
  if (unknown.length === 0 && planFields(user.row, desired).length === 0)
    return withNote(unchanged(reference, PreviousData))

  const { rows, description } = await org.gather(referenceQueries(desired, user.row))
  const unresolved = putIds(desired, rows)
  const differing = new Map(
    planFields(user.row, desired, description).map(({ attribute, to }) => [attribute, to]),
  )
  const shown = [...columns, ...placeColumns(differing, description)]
  const isDoubtful = shown.length > columns.length
  const { row } = (isDoubtful ? (await org.readUser(reference, shown)).user : undefined) ?? user
  const changes = planFields(row, desired, description)
  if (unknown.length + unresolved.length + changes.length === 0)
    return withNote(unchanged(reference, PreviousData))
  const values = new Map(changes.map(({ attribute, to }) => [attribute, to]))
  // What the org does not have is told with everything else that is wrong.
  const told = new Map([...unknown.map((name): [string, string] => [name, '']), ...values])
  checkValues(told, description, org.writing('update'), hostNames(mapped), unresolved)

  if (checksRole && roleFields.some((name) => values.has(name))) {
    const role = values.get('UserRoleId') ?? textIn(user.row, 'UserRoleId')
    checkRole(userTypeOf(rows.profile) || textIn(user.row, 'UserType'), role, hostNames(mapped))
  }
  const record = toRecord(values, description)
  const written = await org.changeUser(reference, record, shown, shows(values, description))
  if (isDryRun(call)) {
    const Data = toData(requested, mapped, { id: user.id, row: { ...user.row, ...record } }, desired)
    const names = changes.map(({ attribute }) => hostNames(mapped)(attribute))
    return withNote(plannedUpdate(reference, names, { Data, PreviousData }))
  }
  const Data = toData(requested, mapped, written, desired)
  const judged = compareWrite(written, values, changes, description, hostNames(mapped))
  return withNote(updatedAccount(judged, { Data, PreviousData }))
}
