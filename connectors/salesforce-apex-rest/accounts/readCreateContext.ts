import type { Correlation } from '../../../shared/host/correlation.ts'
import { TargetError } from '../../../shared/errors.ts'
import { isId } from '../../../shared/salesforce/id.ts'
import type { Row } from '../../../shared/salesforce/rest/rowPages.ts'
import { keyedQuery, keyedQueryOf } from '../../../shared/salesforce/rest/keyedQuery.ts'
import { columnList, type Gathered, type Org, toUser, type User } from '../org.ts'
import {
  type Description,
  type FieldDescription,
  numberTypes,
  toJson,
} from '../../../shared/salesforce/rest/description.ts'
import { problemWithValue } from '../../../shared/salesforce/rest/fieldValue.ts'
import { planFields } from './compare.ts'
import { noField, refuse, unknownColumns } from './description.ts'
import { referenceQueries } from './resolve.ts'

/** What is known before an account is created: the accounts that correlate, and what the new one would refer to. */
export interface Surroundings {
  readonly found: readonly User[]
  readonly rows: Gathered<'profile' | 'role' | 'contact' | 'accountOwner'>['rows']
  readonly description: Description
}

/** So many accounts are read of those that a value is shared by. */
const firstFound = ' ORDER BY Id LIMIT 200'

/**
 * Reads in one request the accounts with the correlation value, the profile and role of the values, the contact of their
 * e-mail address, and the fields of User. Throws for a correlation field or a column that the org does not have.
 */
export async function readCreateContext(
  org: Org,
  values: ReadonlyMap<string, string>,
  columns: readonly string[],
  correlation: Correlation | undefined,
): Promise<Surroundings> {
  const contact = org.settings.contactBackedUsers ? contactCondition(values) : undefined
  const { rows, description } = await org.gather<'found' | 'profile' | 'role' | 'contact' | 'accountOwner'>({
    ...(correlation !== undefined && {
      found: keyedQuery(columnList(columns), 'User', { [correlation.field]: correlation.value }, firstFound),
    }),
    ...referenceQueries(values),
    ...(contact !== undefined && {
      contact: keyedQuery('Id, AccountId', 'Contact', contact, ' LIMIT 2'),
      // By itself: who may see contacts may not have to see roles.
      accountOwner: keyedQuery(
        'Id, Account.OwnerId, Account.Owner.UserRoleId',
        'Contact',
        contact,
        ' LIMIT 2',
      ),
    }),
  })
  const found = rows.found
  return {
    found:
      correlation === undefined || found === undefined
        ? []
        : toUsers(await readFound(org, correlation, columns, found, description)),
    rows,
    description,
  }
}

/** The contact of the values: the mapped one, else by the e-mail address; undefined where there is nothing to look for. */
function contactCondition(values: ReadonlyMap<string, string>): Record<string, string> | undefined {
  const id = values.get('ContactId') ?? ''
  // What is no id is told with everything else that is wrong with the values.
  if (id !== '') return isId(id) ? { Id: id } : undefined
  const email = values.get('Email') ?? ''
  return email === '' ? undefined : { Email: email }
}

const unquoted = [...numberTypes, 'boolean', 'date', 'datetime']

/** The rows; a field whose values are no texts is asked for once more, without quotes: its type was not known before. */
async function readFound(
  org: Org,
  correlation: Correlation,
  columns: readonly string[],
  found: Row[] | TargetError,
  description: Description,
): Promise<Row[]> {
  if (!(found instanceof TargetError)) return found
  const { field, value } = correlation
  const known = description.get(field.toLowerCase())
  const member = `CorrelationConfiguration.AccountField [${field}]`
  const problems = unknownColumns(columns, description).map((name) =>
    noField(name, `Data.${name}`, description),
  )
  if (known === undefined) refuse([noField(field, member, description), ...problems])
  if (known?.isFilterable === false) problems.unshift(`${member} is a field that Salesforce cannot search in`)
  const isNoText = known !== undefined && unquoted.includes(known.type)
  if (known !== undefined && (isNoText || isIdType(known))) {
    const problem = problemWithValue(value, known)
    if (problem !== undefined) problems.unshift(`${member}: the value ${problem}`)
  }
  refuse(problems)
  if (!isNoText) throw found
  // A moment has its zone as SOQL writes it (documented: Date Formats and Date Literals).
  const bare = String(toJson(value, known.type)).replace('+0000', 'Z')
  const isValue = (found: unknown): boolean =>
    planFields({ [field]: found }, new Map([[field, value]]), description).length === 0
  return org.rest.query(keyedQueryOf(columnList(columns), 'User', field, bare, isValue, firstFound))
}

function isIdType({ type }: FieldDescription): boolean {
  return type === 'id' || type === 'reference'
}

function toUsers(rows: readonly Row[]): User[] {
  return rows.map(toUser)
}
