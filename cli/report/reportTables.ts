import { type Markup, markup, table } from './reportHtml.ts'
import type { Correlated, Report, ReportedAccount, ReportedPerson } from './reportModel.ts'
import { isId } from '../lib/userFields.ts'

const personColumns = [{ title: 'Person' }, { title: 'External id' }]
const personCells = ({ displayName, externalId }: ReportedPerson): Markup[] => [
  markup`${displayName}`,
  markup`${externalId}`,
]

function accountColumns(accounts: readonly ReportedAccount[]): { title: string }[] {
  const hasLogin = accounts.some(({ lastLogin }) => lastLogin !== undefined)
  const login = hasLogin ? [{ title: 'Last login' }] : []
  return [{ title: 'Account' }, { title: 'User name' }, { title: 'State' }, ...login, { title: 'Id' }]
}

function accountCells({
  displayName,
  userName,
  isActive,
  isFrozen,
  lastLogin,
  id,
  isIntegrationUser,
}: ReportedAccount): Markup[] {
  const state = isActive
    ? markup`<span class="active">active</span>`
    : markup`<span class="inactive">inactive</span>`
  const login =
    lastLogin === undefined
      ? []
      : [markup`${lastLogin.slice(0, 10) || markup`<span class="empty">never</span>`}`]
  return [
    markup`${displayName}`,
    userCell(userName),
    markup`${state}${isFrozen === true ? markup`, <span class="frozen">frozen</span>` : ''}${isIntegrationUser === true ? markup`, <span class="problem">integration user</span>` : ''}`,
    ...login,
    markup`<code>${id}</code>`,
  ]
}

/** Not broken within a word, as long as it is none of the very long ones. */
function userCell(userName: string): Markup {
  return markup`<span class="user">${userName}</span>`
}

function problemCells(problems: readonly string[]): Markup {
  return markup`${problems.map((problem) => markup`<div class="problem">${problem}</div>`)}`
}

export function correlatedTable({ correlated }: Report): Markup {
  return table(
    'Persons and their accounts',
    [
      ...personColumns,
      ...accountColumns(correlated.map(({ account }) => account)),
      { title: 'Changes', kind: 'number' },
      { title: 'Remarks' },
    ],
    correlated.map(({ person, account, changes, problems }) => [
      ...personCells(person),
      ...accountCells(account),
      changes.length,
      problemCells(problems),
    ]),
  )
}

export function ambiguousTable({ ambiguous }: Report): Markup {
  return table(
    'Persons and the accounts that have their value',
    [...personColumns, { title: 'Value' }, ...accountColumns(ambiguous.flatMap(({ accounts }) => accounts))],
    ambiguous.flatMap(({ person, value, accounts }) =>
      accounts.map((account) => [...personCells(person), value, ...accountCells(account)]),
    ),
  )
}

export function sharedTable({ sharedAccounts }: Report): Markup {
  return table(
    'Accounts and their persons',
    [...accountColumns(sharedAccounts.map(({ account }) => account)), ...personColumns],
    sharedAccounts.flatMap(({ account, persons }) =>
      persons.map((person) => [...accountCells(account), ...personCells(person)]),
    ),
  )
}

export function createdTable({ wouldBeCreated }: Report): Markup {
  return table(
    'Persons without an account',
    [...personColumns, { title: 'Looked for' }, { title: 'Remarks' }],
    wouldBeCreated.map(({ person, value, problems }) => [
      ...personCells(person),
      value,
      problemCells(problems),
    ]),
  )
}

export function unjudgedTable({ notJudged }: Report): Markup {
  return table(
    'Persons that could not be checked',
    [...personColumns, { title: 'Why' }],
    notJudged.map(({ person, why }) => [...personCells(person), why]),
  )
}

export function unownedTable({ unowned }: Report): Markup {
  return table('Accounts that nobody owns', accountColumns(unowned), unowned.map(accountCells))
}

export function uncomparedTable({ notCompared }: Report): Markup {
  return table(
    'Fields that were not compared',
    [{ title: 'Field' }, { title: 'Why' }, { title: 'Persons', kind: 'number' }],
    notCompared.map(({ field, why, persons }) => [field, why, persons]),
  )
}

/** The user names of all accounts by the first 15 characters of their ids. */
function userNames({ correlated, ambiguous, unowned }: Report): ReadonlyMap<string, string> {
  const all = [
    ...correlated.map(({ account }) => account),
    ...ambiguous.flatMap(({ accounts }) => accounts),
    ...unowned,
  ]
  return new Map(all.map(({ id, userName }) => [id.slice(0, 15), userName]))
}

/** Per field, which shows what is wrong with the mapping; then per person. */
export function differences(report: Report, fold: (count: number, content: Markup) => Markup): Markup {
  const { correlated, summary } = report
  const changed = correlated.filter(({ changes }) => changes.length > 0)
  const counts = new Map<string, number>()
  for (const { field } of changed.flatMap(({ changes }) => changes))
    counts.set(field, (counts.get(field) ?? 0) + 1)
  const names = userNames(report)
  const rows = changed.flatMap((each) => changeRows(each, names))
  const perPerson = table(
    'Differences per person',
    [...personColumns, { title: 'User name' }, { title: 'Field' }, { title: 'Before' }, { title: 'After' }],
    rows,
  )
  return markup`<section id="differences">
        <h2>What an update would change (${rows.length})</h2>
        <p>${summary.withDifferences} of ${summary.correlated} accounts differ from what is mapped. A field that differs for nearly everybody is a question for the mapping.</p>
        <h3>Per field</h3>
        ${table(
          'Fields, and how many accounts differ in them',
          [{ title: 'Field' }, { title: 'Accounts', kind: 'number' }],
          [...counts].sort((a, b) => b[1] - a[1]),
        )}
        <h3>Per person</h3>
        ${fold(rows.length, perPerson)}
      </section>
      `
}

/** A manager is an id in Salesforce: who that is, a reader wants to know. */
function changeRows(
  { person, account, changes }: Correlated,
  names: ReadonlyMap<string, string>,
): Markup[][] {
  const shown = (text: string): Markup => {
    if (text === '') return markup`<span class="empty">empty</span>`
    const name = isId(text) ? names.get(text.slice(0, 15)) : undefined
    return name === undefined ? markup`${text}` : markup`${name} <code>${text}</code>`
  }
  return changes.map(({ field, before, after }) => [
    ...personCells(person),
    userCell(account.userName),
    markup`${field}`,
    markup`<span class="before">${shown(before)}</span>`,
    markup`<span class="after">${shown(after)}</span>`,
  ])
}
