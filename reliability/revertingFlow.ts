import type { Org } from '../simulator/org/org.ts'
import type { Row } from '../simulator/org/rows.ts'
import type { Table } from '../simulator/org/table.ts'

/** The tables in which flows, triggers and policies of a customer undo what was written: records, and links between them. */
function guarded({
  users,
  userLogins,
  permissionSetAssignments,
  permissionSetLicenseAssigns,
  groupMembers,
  userTerritories,
}: Org): { records: Table<Row>[]; links: Table<Row>[] } {
  const records: object[] = [users, userLogins]
  const links: object[] = [
    permissionSetAssignments,
    permissionSetLicenseAssigns,
    groupMembers,
    userTerritories,
  ]
  return { records: records as Table<Row>[], links: links as Table<Row>[] }
}

/** How often a flow had something to undo, and how to switch it off. */
export interface Flow {
  readonly fired: number
  stop(): void
}

/**
 * A flow that undoes within the same transaction: what was changed is as before when the request is answered. New users
 * stay; what is changed of them afterwards does not.
 */
export function startFlow(org: Org): Flow {
  let fired = 0
  const count = (): void => {
    fired++
  }
  const tables = tablesOf(org)
  // What a profile brings along is not a flow's to undo.
  const isProfilesOwn = (row: Row): boolean =>
    org.permissionSets.get(String(row['PermissionSetId']))?.IsOwnedByProfile === true
  for (const table of tables) Object.assign(table, { update: count, remove: count })
  for (const table of guarded(org).links) {
    const insert = table.insert.bind(table)
    const refuse = (row: Row): Row => {
      if (isProfilesOwn(row)) return insert(row)
      count()
      return row
    }
    Object.assign(table, { insert: refuse })
  }
  return {
    get fired() {
      return fired
    },
    stop: () => {
      for (const table of tables) {
        for (const name of ['insert', 'update', 'remove']) Reflect.deleteProperty(table, name)
      }
    },
  }
}

function tablesOf(org: Org): Table<Row>[] {
  const { records, links } = guarded(org)
  return [...records, ...links]
}

/** What is in these tables now. */
export type Snapshot = readonly ReadonlyMap<string, Row>[]

export function snapshotOf(org: Org): Snapshot {
  return tablesOf(org).map((table) => new Map([...table].map(([id, row]) => [id, { ...row }])))
}

/** Makes these tables as they were. */
export function restore(org: Org, snapshot: Snapshot): void {
  for (const [at, table] of tablesOf(org).entries()) {
    const before = snapshot[at] ?? new Map<string, Row>()
    for (const row of [...table.values()]) if (!before.has(row.Id)) table.remove(row)
    for (const row of before.values()) {
      const now = table.get(row.Id)
      if (now === undefined) table.insert({ ...row })
      else table.update(now, row)
    }
  }
}
