import type { Call } from '../../../shared/host/actions.ts'
import type { ActiveAccounts } from '../../../shared/lifecycle/accounts/active.ts'
import { log } from '../../../shared/log.ts'
import type { Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { type Org, openOrg, type User } from '../org.ts'
import { textIn, toData } from './data.ts'
import { endSessions } from './endSessions.ts'
import { invitationColumns, sendPasswordReset } from './sendPasswordReset.ts'
import { transferRecords } from './transferRecords.ts'
import { requestedFields, columnsOf, reportable, mappedFields, withNames } from './mappedFields.ts'

/** The org for enable, disable and delete: it reads what the host asks for, and what the options need. */
export function openForActive(call: Call): Org {
  const requested = requestedFields(
    reportable(call, (problem) => log('warning', `${problem}. It is left out`)),
  )
  const columns = withNames(columnsOf(requested))
  return openOrg(call, ({ transferRecords, passwordResetOnFirstEnable }) => [
    ...columns,
    ...(transferRecords.length > 0 ? ['ManagerId'] : []),
    ...(passwordResetOnFirstEnable ? invitationColumns : []),
  ])
}

/** Whether a user is active, as REST reads and writes it, and what the options do when that changes. */
export function activeByRest(call: Call, org: Org): ActiveAccounts<User> {
  const requested = requestedFields(reportable(call))
  const mapped = mappedFields(reportable(call))
  const columns = columnsOf(requested)
  const { settings } = org
  /** What the org has shown: what is read after a write lacks the names of profile and role, and what it does not have. */
  let seen: Row = {}
  return {
    isActive: (user) => Promise.resolve(isActive(user)),
    show({ id, row }, active) {
      seen = { ...seen, ...row }
      return {
        ...toData(requested, mapped, { id, row: seen }),
        [requested.get('IsActive')?.name ?? 'IsActive']: String(active),
      }
    },
    setActive: (id, active) =>
      org.changeUser(id, { IsActive: active }, columns, (user) => isActive(user) === active),
    // The read that went with the write is too early to see what a policy of the org undoes once it is answered.
    readBack: async (answered) =>
      org.isPreview ? answered : ((await org.readUser(answered.id, columns)).user ?? answered),
    ...(settings.transferRecords.length > 0 && {
      transferRecords: (user: User) => transferRecords(org, user),
    }),
    ...(settings.endSessionsOnDisable && { onLockedOut: (user: User) => endSessions(org, user) }),
    ...(settings.passwordResetOnFirstEnable && {
      onEnabled: (before: User) => sendPasswordReset(org, before),
    }),
  }
}

function isActive({ row }: User): boolean {
  return textIn(row, 'IsActive') === 'true'
}
