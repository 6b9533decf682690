import type { Row } from '../rows.ts'

export type Literal =
  | { kind: 'string'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'date'; value: string }
  | { kind: 'day'; value: string }
  | { kind: 'null'; value: null }

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'

/** A field, reached through parents: `['Profile', 'Name']`. */
export type Path = readonly string[]

export type Condition =
  | { kind: 'and' | 'or'; parts: readonly Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; path: Path; operator: Comparator; value: Literal }
  | { kind: 'in'; path: Path; negated: boolean; values: readonly Literal[] | Query }

export interface Query {
  /** Empty for `SELECT COUNT()`. */
  fields: readonly Path[]
  count: boolean
  /** `COUNT(Id) n`: what is counted where it is not null, and the name it is shown under. */
  counts: readonly { path: Path; alias: string }[]
  groupBy: readonly Path[]
  from: string
  where: Condition | undefined
  orderBy: readonly { path: Path; descending: boolean; nullsLast: boolean }[]
  limit: number | undefined
  offset: number
}

/** A statement that was run: its rows in order, and how one row is shown. */
export interface QueryResult {
  rows: readonly Row[]
  count: boolean
  show: (row: Row) => Record<string, unknown>
}
