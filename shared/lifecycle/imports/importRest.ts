import { ConnectorError, TargetError } from '../../errors.ts'
import { isId, idPrefix } from '../../salesforce/id.ts'
import { fieldText, type Row } from '../../salesforce/rest/rowPages.ts'
import { literal } from '../../salesforce/rest/soql.ts'
import { isHidden, isNameRefused } from '../../salesforce/rest/unseen.ts'
import type { Entry, Place, UserPage } from '../../salesforce/listing/userPage.ts'
import { walkUsers } from '../../salesforce/listing/userListing.ts'
import { type ImportedAccount, toImportedAccount } from './importAccount.ts'
import { type ImportColumn, readFromRow } from './importColumn.ts'
import type { ImportOrg } from './importOrg.ts'

/** Rows of one answer (documented: query resource). */
const pageSize = 2000
/** OFFSET ends at 2000 (documented: SOQL). */
const lastIndex = 2001
/** So many pages of this size are within reach of OFFSET: more cannot be read ahead. */
const pagesInReach = 2

/** Every user that a condition selects, page by page, after `after`. */
export async function* usersByQuery(
  org: ImportOrg,
  fields: readonly ImportColumn[],
  condition: string,
  after: string | undefined,
): AsyncGenerator<readonly Entry<ImportedAccount>[], void, void> {
  const read = rowReader(fields, await frozenUsers(org, fields))
  const columns = new Set([
    'Id',
    'Username',
    'Name',
    'IsActive',
    ...fields.flatMap(({ column }) => column ?? []),
  ])
  const select = `SELECT ${[...columns].join(', ')} FROM User WHERE ${condition}`

  const fetch = async ({ after, startIndex, count }: Place): Promise<UserPage<ImportedAccount>> => {
    const behind = after === undefined ? '' : ` AND Id > ${literal(after)}`
    const offset = startIndex === 1 ? '' : ` OFFSET ${startIndex - 1}`
    const { rows, isDone, total } = await org.query(`${select}${behind} ORDER BY Id LIMIT ${count}${offset}`)
    return {
      entries: rows.map((row) => ({ id: idOf(row), value: read(row) })),
      // With LIMIT, the total is that of this page: it only tells that rows were counted and none given.
      total: rows.length === 0 && !isDone ? Math.max(total, 1) : undefined,
      isLast: isDone && rows.length < count,
    }
  }
  try {
    const { importConcurrency } = org.settings
    yield* walkUsers({
      fetch,
      count: pageSize,
      lastIndex,
      atOnce: Math.min(importConcurrency, pagesInReach),
      after,
      isSorted: true,
    })
  } catch (error) {
    throw withContext(error)
  }
}

/** Connectors spell it in their own ways. */
function isFrozenField(name: string): boolean {
  return name.toLowerCase() === 'isfrozen'
}

/** The ids of the users that are frozen, for accounts whose field asks for it. */
async function frozenUsers(org: ImportOrg, fields: readonly ImportColumn[]): Promise<ReadonlySet<string>> {
  const frozen = new Set<string>()
  if (!fields.some(({ name }) => isFrozenField(name))) return frozen
  for await (const rows of org.rest.pages('SELECT UserId FROM UserLogin WHERE IsFrozen = true')) {
    for (const row of rows) frozen.add(fieldText(row, 'UserId').slice(0, 15))
  }
  return frozen
}

function rowReader(
  fields: readonly ImportColumn[],
  frozen: ReadonlySet<string>,
): (row: Row) => ImportedAccount {
  const readers = fields.map((field) => ({
    name: field.name,
    value: isFrozenField(field.name)
      ? (row: Row) => String(frozen.has(fieldText(row, 'Id').slice(0, 15)))
      : readFromRow(field),
  }))
  return (row) => {
    const data: Record<string, string> = {}
    for (const { name, value } of readers) data[name] = value(row)
    const parts = {
      id: idOf(row),
      displayName: fieldText(row, 'Name'),
      userName: fieldText(row, 'Username'),
      isActive: row['IsActive'] === true,
    }
    return toImportedAccount(parts, data)
  }
}

function idOf(row: Row): string {
  const id = fieldText(row, 'Id')
  if (isId(id, idPrefix.user)) return id
  throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a list in which a user has no id')
}

/** What to do about a field that cannot be queried. */
function withContext(error: unknown): unknown {
  // An error that names a right says all that there is to do.
  if (!(error instanceof TargetError) || !isNameRefused(error) || isHidden(error)) return error
  const advice =
    'ImportFields asks for a field that the org does not have, or that the integration user may not see'
  return new ConnectorError(error.code, `${error.message}; ${advice}`, { cause: error })
}
