import { type AuditLog, auditLine } from '../../../shared/action/result.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { cell } from '../../../shared/salesforce/rest.ts'
import { literal } from '../../../shared/salesforce/soql.ts'
import type { Org, User } from '../org.ts'
import { textIn } from './data.ts'

/** Records that one request takes (documented: sObject Collections). */
const inOneRequest = 200

/**
 * Gives the records that a leaver owns to the manager, of the objects that the settings name; a preview counts them. What
 * cannot be given over is told, and keeps nobody from being deactivated.
 */
export async function handOver(org: Org, user: User): Promise<readonly AuditLog[]> {
  const owned = new Map<string, string[]>()
  const lines: AuditLog[] = []
  for (const object of org.settings.transferRecords) {
    try {
      const rows = await org.rest.query(`SELECT Id FROM ${object} WHERE OwnerId = ${literal(user.id)}`)
      if (rows.length > 0)
        owned.set(
          object,
          rows.map((row) => cell(row, 'Id')),
        )
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      lines.push(
        line(
          `Could not look up the ${object} records of account [${user.id}]. Error: ${error.message}`,
          true,
        ),
      )
    }
  }
  if (owned.size === 0) return lines
  const manager = await managerOf(org, user)
  if ('problem' in manager) {
    const counts = [...owned].map(([object, ids]) => `${ids.length} ${object}`).join(', ')
    return [
      ...lines,
      line(`Could not hand over ${counts} records of account [${user.id}]. Error: ${manager.problem}`, true),
    ]
  }
  for (const [object, ids] of owned) lines.push(await give(org, user.id, object, ids, manager))
  return lines
}

interface Manager {
  readonly id: string
  readonly name: string
}

/** Records cannot belong to somebody who is inactive. */
async function managerOf(org: Org, { row }: User): Promise<Manager | { readonly problem: string }> {
  const id = textIn(row, 'ManagerId')
  if (id === '') return { problem: 'the account has no manager in Salesforce' }
  const [manager] = await org.rest.query(`SELECT Id, Name, IsActive FROM User WHERE Id = ${literal(id)}`)
  if (cell(manager, 'IsActive') !== 'true') return { problem: `the manager [${id}] is not active` }
  return { id, name: cell(manager, 'Name') }
}

async function give(
  org: Org,
  account: string,
  object: string,
  ids: readonly string[],
  { id: OwnerId, name }: Manager,
): Promise<AuditLog> {
  const to = `to the manager ${name} [${OwnerId}]`
  const reasons: string[] = []
  try {
    for (let at = 0; at < ids.length; at += inOneRequest) {
      const records = ids.slice(at, at + inOneRequest).map((id) => ({ Id: id, OwnerId }))
      const errors = await org.rest.updateAll(object, records)
      reasons.push(...errors.flatMap((error) => error?.message ?? []))
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return line(
      `Could not hand over the ${object} records of account [${account}] ${to}. Error: ${error.message}`,
      true,
    )
  }
  if (org.isPreview)
    return line(`[DryRun] Would hand over ${ids.length} ${object} records of account [${account}] ${to}`)
  if (reasons.length === 0)
    return line(`Handed over ${ids.length} ${object} records of account [${account}] ${to}`)
  const why = [...new Set(reasons)].slice(0, 3).join('; ')
  return line(
    `Could not hand over ${reasons.length} of ${ids.length} ${object} records of account [${account}] ${to}. Error: ${why}`,
    true,
  )
}

function line(text: string, isError = false): AuditLog {
  return auditLine('DisableAccount', text, isError)
}
