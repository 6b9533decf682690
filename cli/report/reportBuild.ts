import type { ImportedAccount } from '../import/importSummary.ts'
import type { Case } from './reportCases.ts'
import { describeAccount } from './reportCorrelate.ts'
import type { Ambiguous, Correlated, Missing, Report, Shared, Unjudged } from './reportModel.ts'

/** What the report says about how it was made. */
export type ReportFacts = Pick<
  Report,
  'generatedAt' | 'org' | 'connector' | 'correlation' | 'judgedBy' | 'requests' | 'mappingProblems'
>

const ownAccount =
  'This is the account that the connector signs in as. It never changes that one: create and update fail.'

/** Puts the persons into their groups, and finds the accounts that nobody has. */
export function buildReport(
  facts: ReportFacts,
  accounts: readonly ImportedAccount[],
  cases: readonly Case[],
): Report {
  const correlated: Correlated[] = []
  const ambiguous: Ambiguous[] = []
  const wouldBeCreated: Missing[] = []
  const notJudged: Unjudged[] = []
  const owners = new Map<string, Case[]>()
  const candidates = new Set<string>()
  for (const each of cases) {
    const { person, value, compared, why } = each
    const [account] = each.accounts
    for (const { AccountReference } of each.accounts) candidates.add(AccountReference)
    if (why !== undefined) notJudged.push({ person, why })
    else if (account === undefined) wouldBeCreated.push({ person, value, problems: compared.problems })
    else if (each.accounts.length > 1) {
      const { problems } = compared
      ambiguous.push({ person, value, problems, accounts: each.accounts.map(describeAccount) })
    } else {
      const reference = account.AccountReference
      owners.set(reference, [...(owners.get(reference) ?? []), each])
      const { isIntegrationUser } = account
      const problems = isIntegrationUser === true ? [...compared.problems, ownAccount] : compared.problems
      correlated.push({ person, value, account: describeAccount(account), ...compared, problems })
    }
  }
  const sharedAccounts = [...owners.values()].flatMap((persons): Shared[] => {
    const [account] = persons[0]?.accounts ?? []
    if (persons.length < 2 || account === undefined) return []
    return [{ account: describeAccount(account), persons: persons.map(({ person }) => person) }]
  })
  const unowned = accounts
    .filter(({ AccountReference }) => !candidates.has(AccountReference))
    .map(describeAccount)
  return {
    ...facts,
    summary: {
      persons: cases.length,
      accounts: accounts.length,
      correlated: correlated.length,
      withDifferences: correlated.filter(({ changes }) => changes.length > 0).length,
      ambiguous: ambiguous.length,
      sharedAccounts: sharedAccounts.length,
      wouldBeCreated: wouldBeCreated.length,
      notJudged: notJudged.length,
      unowned: unowned.length,
      unownedActive: unowned.filter(({ isActive }) => isActive).length,
    },
    correlated,
    ambiguous,
    sharedAccounts,
    wouldBeCreated,
    notJudged,
    unowned,
    emptied: countEmptied(correlated),
    notCompared: countUncompared(correlated),
  }
}

function countEmptied(correlated: readonly Correlated[]): Report['emptied'] {
  const counts = new Map<string, number>()
  for (const { field, before, after } of correlated.flatMap(({ changes }) => changes))
    if (after === '' && before !== '') counts.set(field, (counts.get(field) ?? 0) + 1)
  return [...counts]
    .map(([field, accounts]) => ({ field, accounts }))
    .sort((a, b) => b.accounts - a.accounts || (a.field < b.field ? -1 : 1))
}

function countUncompared(correlated: readonly Correlated[]): Report['notCompared'] {
  const counts = new Map<string, { field: string; why: string; persons: number }>()
  for (const { field, why } of correlated.flatMap(({ notCompared }) => notCompared)) {
    const key = `${field} ${why}`
    counts.set(key, { field, why, persons: (counts.get(key)?.persons ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => (a.field < b.field ? -1 : 1))
}
