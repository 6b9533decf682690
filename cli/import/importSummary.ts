import { isObject } from '../../shared/validate.ts'
import type { ImportFacts, Licence } from './importFacts.ts'
import { columns, clip, paint, type Terminal } from '../lib/terminal.ts'

/** One line of an account import. */
export interface ImportedAccount {
  readonly AccountReference: string
  readonly DisplayName: string
  readonly UserName: string
  readonly Enabled: boolean
  readonly Data: Readonly<Record<string, unknown>>
  /** Whether it is the account that the connector signs in as, where the import said which that is. */
  readonly isIntegrationUser?: true
}

/** What the connector calls the fields that a summary counts by, besides those that every import calls the same. */
export interface CountedFields {
  readonly federationId: string
  readonly employeeNumber: string
  readonly profile: string
}

/** Reads one line; undefined for what is no account. */
export function readAccount(line: string): ImportedAccount | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (!isObject(value) || typeof value['AccountReference'] !== 'string') return undefined
    return {
      AccountReference: value['AccountReference'],
      DisplayName: textOf(value['DisplayName']),
      UserName: textOf(value['UserName']),
      Enabled: value['Enabled'] === true,
      Data: isObject(value['Data']) ? value['Data'] : {},
    }
  } catch {
    return undefined
  }
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What an engineer wants to know of an org before connecting it, counted account by account. */
export interface Summary {
  add(account: ImportedAccount): void
  accounts(): number
  /** `profiles` has the names of profiles by their ids, as far as they are known; `facts` is what the import told besides. */
  show(terminal: Terminal, profiles: ReadonlyMap<string, string>, facts: ImportFacts): void
}

/** How many of a list are shown. */
const shown = 10

export function createSummary({ federationId, employeeNumber, profile }: CountedFields): Summary {
  let accounts = 0
  let inactive = 0
  const frozen = counter('isFrozen')
  const unlinked = counter(federationId)
  const employees = new Map<string, number>()
  const profiles = new Map<string, number>()
  const licences = new Map<string, number>()
  const bump = (counts: Map<string, number>, key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  return {
    add({ Enabled, Data }) {
      accounts++
      if (!Enabled) inactive++
      frozen.see(Data, (value) => value === 'true')
      unlinked.see(Data, (value) => value === '')
      const number = textOf(Data[employeeNumber])
      if (number !== '') bump(employees, number)
      if (profile in Data) bump(profiles, textOf(Data[profile]))
      if ('userLicense' in Data) bump(licences, textOf(Data['userLicense']))
    },
    accounts: () => accounts,
    show(terminal, names, { usage, licences: seats, integrationUser }) {
      const numbers = [...employees].filter(([, count]) => count > 1)
      const rows = [
        ['accounts', accounts],
        ['inactive', inactive],
        ['frozen', frozen.count()],
        ['without federation id', unlinked.count()],
        ['employee numbers that several accounts have', numbers.length],
        [
          'API requests left of the last 24 hours',
          usage === undefined ? 'not known' : `${usage.limit - usage.used} of ${usage.limit}`,
        ],
        ...(integrationUser === undefined
          ? []
          : [['integration user, not to be linked', integrationUser] as const]),
      ] as const
      table(terminal, 'Accounts', rows)
      if (numbers.length > 0) table(terminal, 'Employee numbers that several accounts have', sorted(numbers))
      const named = [...profiles].map(([id, count]): [string, number] => [
        names.get(id) ?? (id || '(none)'),
        count,
      ])
      if (named.length > 0) table(terminal, 'Per profile', sorted(named))
      showLicences(terminal, licences, seats)
    },
  }
}

/** Licences with their accounts, inactive ones among them, and their seats, which only active users take. */
function showLicences(
  terminal: Terminal,
  accounts: ReadonlyMap<string, number>,
  seats: readonly Licence[] | undefined,
): void {
  const own = new Map([...accounts].map(([name, count]) => [name || '(none)', count]))
  if (seats === undefined) {
    if (own.size > 0) table(terminal, 'Per licence', sorted([...own]))
    terminal.write(paint(terminal, 'quiet', '  Seats of licences are not known: they are read by REST only.'))
    return
  }
  const known = new Map(seats.map((licence) => [licence.name, licence]))
  const all = new Map([...known.keys(), ...own.keys()].map((name) => [name, own.get(name) ?? 0]))
  const rows = sorted([...all]).map(([name, count]) => {
    const { total, used } = known.get(name) ?? {}
    const numbers = [count, used, total, total === undefined || used === undefined ? undefined : total - used]
    return [clip(name, 60), ...numbers.map((number) => String(number ?? '?').padStart(8))]
  })
  terminal.write('')
  terminal.write(paint(terminal, 'title', 'Per licence'))
  const heading = ['', ...['accounts', 'used', 'seats', 'free'].map((word) => word.padStart(8))]
  const [first = '', ...lines] = columns([heading, ...rows])
  terminal.write(paint(terminal, 'quiet', `  ${first}`))
  for (const line of lines.slice(0, shown)) terminal.write(`  ${line}`)
  if (lines.length > shown) terminal.write(paint(terminal, 'quiet', `  and ${lines.length - shown} more`))
}

/** Counts accounts by one field; says nothing where the import did not have it. */
function counter(field: string): {
  see(data: ImportedAccount['Data'], counts: (value: string) => boolean): void
  count(): number | string
} {
  let count = 0
  let isKnown = false
  return {
    see(data, counts) {
      if (!(field in data)) return
      isKnown = true
      if (counts(textOf(data[field]))) count++
    },
    count: () => (isKnown ? count : 'not imported'),
  }
}

function sorted(entries: readonly (readonly [string, number])[]): (readonly [string, number])[] {
  return [...entries].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}

function table(
  terminal: Terminal,
  title: string,
  rows: readonly (readonly [string, number | string])[],
): void {
  terminal.write('')
  terminal.write(paint(terminal, 'title', title))
  const cells = rows.slice(0, shown).map(([name, count]) => [clip(name, 60), String(count)])
  const widest = Math.max(0, ...cells.map(([, count = '']) => count.length))
  for (const line of columns(cells.map(([name = '', count = '']) => [name, count.padStart(widest)]))) {
    terminal.write(`  ${line}`)
  }
  if (rows.length > shown) terminal.write(paint(terminal, 'quiet', `  and ${rows.length - shown} more`))
}
