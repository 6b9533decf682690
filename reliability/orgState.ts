import type { Org } from '../simulator/org/org.ts'
import type { Row } from '../simulator/org/rows.ts'

/**
 * Everything that an org holds, as lines of text in order. Rows that were made here go by their names instead of their ids,
 * so that two orgs that went through the same agree, even where one of them needed a second try.
 */
export type OrgState = readonly string[]

/** When something was written says nothing about what. */
const stamps = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp', 'LastLoginDate']

/** Tables of which a row may have a new id, and the field by which it is known. */
const named = { users: 'Username', groups: 'DeveloperName', userRoles: 'Name' } as const

/** Fields that no two rows of a table share the values of, unless something was done twice. */
const unique: Readonly<Record<string, readonly (readonly string[])[]>> = {
  users: [['Username'], ['EmployeeNumber'], ['FederationIdentifier']],
  userLogins: [['UserId']],
  groups: [['Name', 'Type']],
  userRoles: [['Name']],
  permissionSetAssignments: [['AssigneeId', 'PermissionSetId', 'PermissionSetGroupId']],
  permissionSetLicenseAssigns: [['AssigneeId', 'PermissionSetLicenseId']],
  groupMembers: [['GroupId', 'UserOrGroupId']],
  userTerritories: [['UserId', 'Territory2Id']],
}

/** The state without the fields in `ignored`. */
export function stateOf(org: Org, ignored: readonly string[] = []): OrgState {
  const names = namesOf(org)
  const lines: string[] = []
  for (const [table, rows] of tablesOf(org)) {
    for (const row of rows.values()) {
      const fields = Object.entries(row)
        .filter(([field, value]) => field !== 'Id' && value !== null && !stamps.includes(field))
        .filter(([field]) => !ignored.includes(field))
        .map(([field, value]) => `${field}=${names.get(String(value)) ?? String(value)}`)
      const name = names.get(row.Id)
      // A line for each field of what has a name, so that a difference is easy to see.
      if (name === undefined) lines.push(`${table} ${fields.sort().join(' ')}`)
      else lines.push(...fields.map((field) => `${table} ${name} ${field}`))
    }
  }
  return lines.sort()
}

/** What is there more than once, and was not in `reference`. */
export function duplicatesIn(org: Org, reference: OrgDuplicates): string[] {
  return [...countsOf(org)]
    .filter(([key, count]) => count > Math.max(1, reference.get(key) ?? 0))
    .map(([key]) => key)
}

/** How often each combination of values that should be unique is there. */
export type OrgDuplicates = ReadonlyMap<string, number>

export function countsOf(org: Org): OrgDuplicates {
  const names = namesOf(org)
  const counts = new Map<string, number>()
  for (const [table, rows] of tablesOf(org)) {
    for (const fields of unique[table] ?? []) {
      for (const row of rows.values()) {
        if (fields.every((field) => row[field] === null)) continue
        const values = fields.map((field) => names.get(String(row[field])) ?? String(row[field]))
        const key = `${table} ${values.join(' ').toLowerCase()}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  return counts
}

/** The first differences, for whoever has to find out why. */
export function differences(is: OrgState, shall: OrgState): string[] {
  const more = is.filter((line) => !shall.includes(line)).map((line) => `+ ${line}`)
  const less = shall.filter((line) => !is.includes(line)).map((line) => `- ${line}`)
  return [...more, ...less]
}

/** Columns that say whose a row is; that of a manager does not. */
const owners = ['Id', 'UserId', 'UsersId', 'AssigneeId', 'UserOrGroupId']

/** All that the org holds about a record: its row, and the rows that are its own. */
export function rowsAbout(org: Org, id: string): string {
  const about = tablesOf(org).flatMap(([table, rows]) =>
    [...rows.values()]
      .filter((row) => owners.some((name) => row[name] === id))
      .map((row) => ({ table, ...row })),
  )
  return JSON.stringify(about, (name, value: unknown) => (stamps.includes(name) ? undefined : value))
}

/** Its tables by name. */
export function tablesOf(org: Org): [string, ReadonlyMap<string, Row>][] {
  return Object.entries(org).filter((entry): entry is [string, ReadonlyMap<string, Row>] => {
    const [name, value]: [string, unknown] = entry
    return value instanceof Map && !['tokens', 'blockers', 'passwords'].includes(name)
  })
}

function namesOf(org: Org): Map<string, string> {
  const names = new Map<string, string>()
  for (const [table, field] of Object.entries(named)) {
    for (const row of tablesOf(org)
      .find(([name]) => name === table)?.[1]
      .values() ?? []) {
      names.set(row.Id, `<${String(row[field])}>`)
    }
  }
  return names
}
