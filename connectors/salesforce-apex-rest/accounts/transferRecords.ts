import { type AuditLog, auditLine } from '../../../shared/host/result.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import { isSameId } from '../../../shared/salesforce/id.ts'
import { collectionSize } from '../../../shared/salesforce/rest/collections.ts'
import { type KeyedQuery, keyedQuery } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { fieldText, type Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { literal } from '../../../shared/salesforce/rest/soql.ts'
import type { Org, User } from '../org.ts'
import { textIn, valueIn } from './data.ts'
import { outOfTime, FailureTally } from './failureTally.ts'

/** Of the action's time, what is kept for the deactivation: a leaver with very many records must be out all the same. */
const keptTime = 0.3

/** What the records of one object are handed over with. */
interface RecordTransfer {
  readonly org: Org
  readonly user: User
  readonly object: string
  /** Looked up once, and only where there is something to hand over. */
  findManager(): Promise<Manager>
}

interface Manager {
  readonly id: string
  readonly name: string
}

/**
 * Gives the records that a leaver owns to the manager, object by object as the settings name them; a preview counts them. What
 * cannot be given over is an error line, so that the action is run again, and keeps nobody from being deactivated.
 */
export async function transferRecords(org: Org, user: User): Promise<readonly AuditLog[]> {
  let manager: Promise<Manager> | undefined
  const findManager = (): Promise<Manager> => (manager ??= readManager(org, user))
  return org.reserving(keptTime, async () => {
    const lines: AuditLog[] = []
    for (const object of org.settings.transferRecords) {
      const work: RecordTransfer = { org, user, object, findManager }
      lines.push(...(await (org.isPreview ? previewTransfer(work) : give(work))))
    }
    return lines
  })
}

/** Throws `REJECTED` where there is none that may own records. */
async function readManager(org: Org, { id: account, row }: User): Promise<Manager> {
  const id = textIn(row, 'ManagerId')
  const refuse = (problem: string): ConnectorError =>
    new ConnectorError(
      'REJECTED',
      `${problem}: give the account an active manager, or hand the records over by hand, and run this again`,
    )
  if (valueIn(row, 'ManagerId') === undefined) {
    throw refuse('the integration user cannot see the field ManagerId of User')
  }
  if (id === '') throw refuse('the account has no manager in Salesforce')
  if (isSameId(id, account)) throw refuse('the account is its own manager in Salesforce')
  const [manager] = await org.rest.query(keyedQuery('Id, Name, IsActive', 'User', { Id: id }))
  if (fieldText(manager, 'IsActive') !== 'true')
    throw refuse(`the manager [${id}] is not active in Salesforce`)
  return { id, name: fieldText(manager, 'Name') }
}

function owned({ object, user }: RecordTransfer, more = ''): KeyedQuery {
  return keyedQuery('Id', object, { OwnerId: user.id }, more)
}

async function count({ org, object, user }: RecordTransfer): Promise<number> {
  const of = `FROM ${object} WHERE OwnerId = ${literal(user.id)}`
  const [row] = await org.rest.query(`SELECT COUNT(Id) total ${of}`)
  const { total } = row ?? {}
  if (typeof total === 'number') return total
  throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a record that lacks total')
}

/** Records of the leaver in words, and who gets them. */
function records({ object, user }: RecordTransfer, manager?: Manager): string {
  const what = `${object} records of account [${user.id}]`
  return manager === undefined ? what : `${what} to the manager ${manager.name} [${manager.id}]`
}

/** Tells the first of the requests that would be sent; the others differ by the records alone. */
async function previewTransfer(work: RecordTransfer): Promise<AuditLog[]> {
  let total: number | undefined
  try {
    const rows = await work.org.rest.query(owned(work, ` ORDER BY Id LIMIT ${collectionSize}`))
    if (rows.length === 0) return []
    total = rows.length < collectionSize ? rows.length : await count(work)
    const manager = await work.findManager()
    await send(work, rows, manager)
    return [line(`[DryRun] Would hand over ${total} ${records(work, manager)}`)]
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const what = `${total === undefined ? 'the' : total} ${records(work)}`
    return [line(`[DryRun] Could not hand over ${what}. Error: ${error.message}`, true)]
  }
}

async function give(work: RecordTransfer): Promise<AuditLog[]> {
  const { org } = work
  // Not even looked at: each further object would take from what is kept.
  if (org.timeLeft() < keptTime)
    return [line(`Could not hand over the ${records(work)}. Error: ${outOfTime}`, true)]
  const refused = new FailureTally()
  let manager: Manager | undefined
  let tried = 0
  try {
    for await (const rows of org.rest.pages(owned(work))) {
      for (let at = 0; at < rows.length; at += collectionSize) {
        manager = await work.findManager()
        if (org.timeLeft() < keptTime) throw new ConnectorError('UNAVAILABLE', outOfTime)
        const some = rows.slice(at, at + collectionSize)
        const errors = await send(work, some, manager)
        tried += some.length
        for (const [index, error] of errors.entries()) {
          if (error !== undefined) refused.add(error.message, fieldText(some[index], 'Id'))
        }
      }
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const left = await countIfPossible(work)
    const done = tried === 0 ? '' : `, after ${tried - refused.total} that were`
    return [
      line(`Could not hand over ${left} ${records(work, manager)}${done}. Error: ${error.message}`, true),
    ]
  }
  if (tried === 0) return []
  const what = records(work, manager)
  return refused.total === 0
    ? [line(`Handed over ${tried} ${what}`)]
    : [line(`Could not hand over ${refused.total} of ${tried} ${what}. Error: ${refused.text()}`, true)]
}

function send(
  { org, object }: RecordTransfer,
  rows: readonly Row[],
  { id }: Manager,
): ReturnType<Org['rest']['updateAll']> {
  return org.rest.updateAll(
    object,
    rows.map((row) => ({ Id: fieldText(row, 'Id'), OwnerId: id })),
  )
}

/** How many are left; `the` where that cannot be told either. */
async function countIfPossible(work: RecordTransfer): Promise<string> {
  try {
    return String(await count(work))
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return 'the'
  }
}

function line(text: string, isError = false): AuditLog {
  return auditLine(undefined, text, isError)
}
