import type { Row } from '../org/rows.ts'

export type Literal =
  | { kind: 'string'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'date'; value: string }
  | { kind: 'day'; value: string }
  | { kind: 'null'; value: null }
  /** `TODAY`, `LAST_N_DAYS:7`: a stretch of time. */
  | { kind: 'span'; name: string; count: number; value: null }

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'

/** A field, reached through parents: `['Profile', 'Name']`. */
export type Path = readonly string[]

export type Condition =
  | { kind: 'and' | 'or'; parts: readonly Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; path: Path; operator: Comparator; value: Literal }
  /** In HAVING alone. */
  | { kind: 'aggregate'; of: AggregateCall; operator: Comparator; value: Literal }
  | { kind: 'in'; path: Path; negated: boolean; values: readonly Literal[] | Query }

export type AggregateName = 'count' | 'count_distinct' | 'min' | 'max' | 'sum' | 'avg'

/** `COUNT(Id)`; the path is undefined for `COUNT()` in HAVING. */
export interface AggregateCall {
  name: AggregateName
  path: Path
}

/** Fields by kind: `FIELDS(ALL)`. */
export type FieldSet = 'all' | 'standard' | 'custom'

export interface OrderBy {
  path: Path
  /** Where it is not a field but an aggregate of one. */
  of: AggregateCall | undefined
  descending: boolean
  nullsLast: boolean
}

export interface Query {
  /** Empty for `SELECT COUNT()`. */
  fields: readonly Path[]
  /** Names that grouped fields are shown under, by their path in lower case. */
  aliases: ReadonlyMap<string, string>
  fieldSets: readonly FieldSet[]
  /** `(SELECT Id FROM PermissionSetAssignments)`: queries over the children of each row. */
  children: readonly Query[]
  count: boolean
  /** `COUNT(Id) n`, and the name it is shown under. */
  aggregates: readonly (AggregateCall & { alias: string })[]
  groupBy: readonly Path[]
  having: Condition | undefined
  from: string
  /** `FROM User u`: the name that may stand in front of fields. */
  alias: string | undefined
  where: Condition | undefined
  orderBy: readonly OrderBy[]
  limit: number | undefined
  offset: number
}

/** A statement that was run: its rows in order, and how one row is shown. */
export interface QueryResult {
  rows: readonly Row[]
  count: boolean
  show: (row: Row) => Record<string, unknown>
}
