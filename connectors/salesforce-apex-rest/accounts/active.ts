import type { Call } from '../../../shared/action/actions.ts'
import type { ActiveAccounts } from '../../../shared/provisioning/accounts/active.ts'
import { type Org, openOrg, type User } from '../org.ts'
import { textIn, toData } from './data.ts'
import { endSessions } from './endSessions.ts'
import { invite } from './invite.ts'
import { handOver } from './handOver.ts'
import { askedFields, columnsOf, withNames } from './wanted.ts'

/** The org for enable, disable and delete: it reads what the host asks for, and what the options need. */
export function openForActive(call: Call): Org {
  const columns = [...withNames(columnsOf(askedFields(call))), 'ManagerId', 'LastLoginDate']
  return openOrg(call, { columns, mayLackColumns: true })
}

/** Whether a user is active, as REST reads and writes it, and what the options do when that changes. */
export function activeByRest(call: Call, org: Org): ActiveAccounts<User> {
  const asked = askedFields(call)
  const columns = columnsOf(asked)
  const { settings } = org
  return {
    isActive,
    show: (user, active) => ({
      ...toData(asked, asked, user),
      [asked.get('IsActive')?.name ?? 'IsActive']: String(active),
    }),
    setActive: (id, active) =>
      org.changeUser(id, { IsActive: active }, columns, (user) => isActive(user) === active),
    // It was read after it was written.
    lookBack: (answered) => Promise.resolve(answered),
    ...(settings.transferRecords.length > 0 && { handOver: (user: User) => handOver(org, user) }),
    ...(settings.endSessionsOnDisable && { shutOut: (user: User) => endSessions(org, user) }),
    ...(settings.passwordResetOnFirstEnable && { welcome: (before: User) => invite(org, before) }),
  }
}

function isActive({ row }: User): boolean {
  return textIn(row, 'IsActive') === 'true'
}
