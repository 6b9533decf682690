import type { Org } from '../../simulator/org/org.ts'
import type { FieldValue, Row } from '../../simulator/org/rows.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { tablesOf } from '../orgState.ts'
import type { Answer } from '../proxy.ts'
import type { Goal } from './goal.ts'

/** Whom an action is about, and somebody else. */
export interface Pair {
  readonly asked: Row
  readonly other: Row
}

/** Fields by which a record is found, and that no two share. */
const identity = [
  'Username',
  'Email',
  'EmployeeNumber',
  'FederationIdentifier',
  'Alias',
  'CommunityNickname',
  'DeveloperName',
  'Name',
]

type Tables = ReadonlyMap<string, ReadonlyMap<string, Row>>

const tables = (org: Org): Tables => new Map(tablesOf(org))

/** Undefined as long as what the action is about does not exist. */
export function pairOf({ scenario, before, output }: Goal, org: Org): Pair | undefined {
  const isGroup = scenario.action === 'resources'
  const rows = tables(org).get(isGroup ? 'groups' : 'users') ?? new Map<string, Row>()
  const known = tables(before).get(isGroup ? 'groups' : 'users')
  const { References, Data } = (scenario.context ?? {}) as {
    References?: { Account?: string }
    Data?: { userName?: string; Username?: string }
  }
  const reference = References?.Account ?? output.AccountReference
  const named =
    scenario.action === 'uniquenessCheck' ? org.user(Data?.userName ?? Data?.Username ?? '')?.Id : reference
  const asked =
    typeof named === 'string' && known?.has(named) === true
      ? rows.get(named)
      : [...rows.values()].find(({ Id }) => known?.has(Id) !== true)
  const { annBoss, obrien } = seedIds.users
  const otherId = isGroup ? seedIds.groups.contractReviewers : asked?.Id === annBoss ? obrien : annBoss
  const other = rows.get(otherId)
  return asked === undefined || other === undefined ? undefined : { asked, other }
}

/** The one whom no action here is about. */
export function otherOf(goal: Goal): string {
  return pairOf(goal, goal.after)?.other.Id ?? seedIds.users.annBoss
}

/** Makes the other one, in all that the action changes, like the asked one is before it or after it. */
export function likeAsked(goal: Goal, moment: 'before' | 'after'): (org: Org) => void {
  const pair = pairOf(goal, goal.before)
  if (pair === undefined) return () => undefined
  const [asked, other] = [pair.asked.Id, pair.other.Id]
  const [is, was] = moment === 'after' ? [goal.after, goal.before] : [goal.before, goal.after]
  const about = (rows: ReadonlyMap<string, Row> | undefined): Row[] =>
    [...(rows?.values() ?? [])].filter((row) => Object.values(row).includes(asked))
  return (org) => {
    for (const [name, rows] of tables(org)) {
      const table = rows as Map<string, Row>
      const [own, others] = [tables(is).get(name), tables(was).get(name)]
      for (const row of about(own)) {
        const twin = others?.get(row.Id)
        const copy = renamedRow(row, asked, other)
        if (twin !== undefined) change(table, copy, differing(row, twin), other)
        else if (!hasEqual(table, copy)) {
          const Id = org.nextId(row.Id.slice(0, 3))
          table.set(Id, { ...copy, Id })
        }
      }
      for (const row of about(others).filter(({ Id }) => own?.has(Id) !== true)) {
        const copy = renamedRow(row, asked, other)
        for (const found of [...table.values()].filter((candidate) => isEqual(candidate, copy))) {
          table.delete(found.Id)
        }
      }
    }
  }
}

const stamps = /^(Id|CreatedDate|LastModifiedDate|SystemModstamp|LastLoginDate)$/

function renamedRow(row: Row, from: string, to: string): Row {
  const fields = Object.entries(row).map(([name, value]): [string, FieldValue] => [
    name,
    value === from ? to : value,
  ])
  return { ...Object.fromEntries(fields), Id: row.Id === from ? to : row.Id }
}

function differing(row: Row, twin: Row): string[] {
  return Object.keys(row).filter(
    (name) => row[name] !== twin[name] && !stamps.test(name) && !identity.includes(name),
  )
}

/** Changes these fields of the row of the same table that is the other one's. */
function change(table: Map<string, Row>, copy: Row, names: readonly string[], other: string): void {
  const own = [...table.values()].find(({ Id, UserId }) => Id === other || UserId === other)
  if (own === undefined) return
  for (const name of names) own[name] = copy[name] ?? null
}

function isEqual(row: Row, copy: Row): boolean {
  return Object.keys(copy).every((name) => stamps.test(name) || row[name] === copy[name])
}

function hasEqual(table: ReadonlyMap<string, Row>, copy: Row): boolean {
  return [...table.values()].some((row) => isEqual(row, copy))
}

/** What in an answer names another than the one that was asked for. */
export const swaps: Readonly<Record<string, (answer: Answer, pair: Pair) => Answer>> = {
  ids: (answer, { asked, other }) => withIds(answer, asked.Id, other.Id),
  'key columns': (answer, { asked, other }) =>
    walked(answer, (name, value) => (!/^id$/i.test(name) && value === asked.Id ? other.Id : value)),
  values: (answer, pair) => walked(answer, (_name, value) => otherValue(value, pair)),
  'the whole record': (answer, pair) => {
    const overlaid = walked(answer, (_name, value) => otherField(value, pair))
    return withIds(overlaid, pair.asked.Id, pair.other.Id)
  },
}

/**
 * A new or correlated account is known by its id only when that has come: an answer whose ids agree with each other, and that
 * is in all else what was asked for, nobody can see through. One of its ids changed, everybody can.
 */
export function withOneId(answer: Answer, { asked, other }: Pair): Answer {
  const isOnly = answer.body.split(asked.Id).length <= 2
  return isOnly ? answer : { ...answer, body: answer.body.replace(asked.Id, other.Id) }
}

function withIds({ status, body }: Answer, from: string, to: string): Answer {
  return { status, body: body.replaceAll(from, to).replaceAll(from.slice(0, 15), to.slice(0, 15)) }
}

function walked(answer: Answer, change: (name: string, value: unknown) => unknown): Answer {
  try {
    return { ...answer, body: JSON.stringify(JSON.parse(answer.body), change) }
  } catch {
    return answer
  }
}

/** What belongs to the other one alone: a value that both may have would be a well-formed lie. */
function otherValue(value: unknown, { asked, other }: Pair): unknown {
  const field = identity.find((name) => typeof value === 'string' && asked[name] === value)
  return field === undefined ? value : (other[field] ?? value)
}

/** SCIM's names of what actions change. */
const scimNames: Readonly<Record<string, string>> = {
  active: 'IsActive',
  title: 'Title',
  department: 'Department',
}

/** A member of a resource or row of the asked one as that of the other one has it. */
function otherField(value: unknown, pair: Pair): unknown {
  const own = value as Record<string, unknown> | null
  const isAsked =
    typeof value === 'object' && own !== null && (own['Id'] === pair.asked.Id || own['id'] === pair.asked.Id)
  if (!isAsked) return otherValue(value, pair)
  return Object.fromEntries(
    Object.entries(own).map(([member, old]) => {
      const field = scimNames[member] ?? member
      return [member, field !== 'Id' && field in pair.other ? pair.other[field] : old]
    }),
  )
}
