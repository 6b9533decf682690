import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'
import type { PermissionSetAssignmentRow, PermissionSetRow, UserRow } from '../org/rows.ts'

/** What a grant names: one permission set or one group, never both (documented: PermissionSetAssignment). */
export interface AssignmentRequest {
  AssigneeId: string
  PermissionSetId: string | null
  PermissionSetGroupId: string | null
  ExpirationDate: string | null
}

/** Assigns a permission set or a permission set group. Writes nothing when it throws. */
export function assign(context: Context, request: AssignmentRequest): PermissionSetAssignmentRow {
  const { org } = context
  const { PermissionSetId: setId, PermissionSetGroupId: groupId } = request
  if ((setId === null) === (groupId === null)) {
    throw new DmlError(
      'REQUIRED_FIELD_MISSING',
      'Specify either a PermissionSetId or a PermissionSetGroupId, not both',
      ['PermissionSetId', 'PermissionSetGroupId'],
    )
  }
  const user = org.users.get(request.AssigneeId)
  const set = setId === null ? aggregateOf(context, groupId ?? '') : org.permissionSets.get(setId)
  if (user === undefined || set === undefined) {
    throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
  }
  if (set.IsOwnedByProfile || (groupId === null && set.Type === 'Group')) {
    throw new DmlError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Can't assign permission set ${set.Label} to a user directly`,
      ['PermissionSetId'],
    )
  }
  if (!user.IsActive && context.dialect.grantToInactive === 'refused') {
    // assumed: grants to inactive users are refused with the general code
    throw new DmlError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', ['AssigneeId'])
  }
  refusePast(context, request.ExpirationDate)
  if (
    org
      .assignmentsOf(user.Id)
      .some((row) => row.PermissionSetId === set.Id && direct(row) === (groupId === null))
  ) {
    // general knowledge for the text; observed for the code (baton-salesforce)
    throw new DmlError(
      'DUPLICATE_VALUE',
      `Duplicate PermissionSetAssignment. Assignee: ${user.Id}; Permission Set: ${set.Id}`,
      ['AssigneeId', 'PermissionSetId'],
    )
  }
  const sets = groupId === null ? [set] : componentsOf(context, groupId)
  for (const each of sets) {
    bringLicence(context, each, user)
    checkPermissionSetFits(context, each, user)
  }
  const row = insertAssignment(context, user.Id, set.Id, groupId, request.ExpirationDate)
  if (groupId !== null && context.dialect.groupAssignmentRows === 'components-too') {
    for (const each of sets) insertAssignment(context, user.Id, each.Id, groupId, request.ExpirationDate)
  }
  return row
}

/** Takes an assignment away; the rows of a group go together. */
export function unassign(context: Context, row: PermissionSetAssignmentRow): void {
  const { org } = context
  if (org.permissionSets.get(row.PermissionSetId)?.IsOwnedByProfile === true) {
    throw new DmlError('INSUFFICIENT_ACCESS_OR_READONLY', "Can't remove a profile's own permission set", [])
  }
  const taken = setsOf(context, row)
  org.permissionSetAssignments.remove(row)
  if (row.PermissionSetGroupId !== null) {
    for (const each of org.assignmentsOf(row.AssigneeId)) {
      if (each.PermissionSetGroupId === row.PermissionSetGroupId) org.permissionSetAssignments.remove(each)
    }
  }
  takeLicences(context, row.AssigneeId, taken)
}

/** The permission sets that an assignment gives. */
function setsOf(context: Context, row: PermissionSetAssignmentRow): PermissionSetRow[] {
  if (row.PermissionSetGroupId !== null) return componentsOf(context, row.PermissionSetGroupId)
  const set = context.org.permissionSets.get(row.PermissionSetId)
  return set === undefined ? [] : [set]
}

/** A licence that came with a permission set goes with the last set that needs it; see `permissionSetLicenceOnGrant`. */
function takeLicences(context: Context, userId: string, taken: readonly PermissionSetRow[]): void {
  const { org, dialect } = context
  if (dialect.permissionSetLicenceOnGrant !== 'assigned') return
  const left = org.assignmentsOf(userId).flatMap((row) => setsOf(context, row))
  for (const { LicenseId } of taken) {
    if (LicenseId === null || left.some((set) => set.LicenseId === LicenseId)) continue
    for (const row of org.permissionSetLicenseAssigns.where('AssigneeId', userId)) {
      if (row.PermissionSetLicenseId === LicenseId) org.permissionSetLicenseAssigns.remove(row)
    }
  }
}

/** Whether the day of an assignment has passed. */
export function isExpired(
  context: Context,
  row: Pick<PermissionSetAssignmentRow, 'ExpirationDate'>,
): boolean {
  return row.ExpirationDate !== null && Date.parse(row.ExpirationDate) <= context.now().getTime()
}

/** Changes the day on which an assignment ends; null: never. */
export function changeExpiration(
  context: Context,
  row: PermissionSetAssignmentRow,
  until: string | null,
): void {
  refusePast(context, until)
  const { expiredExtension } = context.dialect
  const wasExpired = isExpired(context, row)
  if (wasExpired && expiredExtension === 'refused') {
    // assumed code and text: as for a row that is deleted
    throw new DmlError('ENTITY_IS_DELETED', 'entity is deleted', [])
  }
  const revives = wasExpired && expiredExtension === 'revives' && !row.IsRevoked
  const IsActive = row.IsActive || revives
  const stamp = context.now().toISOString()
  for (const each of context.org.permissionSetAssignments.where('AssigneeId', row.AssigneeId)) {
    const together =
      row.PermissionSetGroupId !== null && each.PermissionSetGroupId === row.PermissionSetGroupId
    if (each.Id === row.Id || together) {
      context.org.permissionSetAssignments.update(each, {
        ExpirationDate: until,
        IsActive,
        SystemModstamp: stamp,
      })
    }
  }
}

/** Whether the user's licences allow the set. */
export function checkPermissionSetFits(context: Context, set: PermissionSetRow, user: UserRow): void {
  const { org } = context
  if (set.LicenseId === null || set.Type === 'Group') return
  if (set.LicenseId.startsWith('0PL')) {
    const held = org.permissionSetLicenseAssigns
      .where('AssigneeId', user.Id)
      .some((row) => row.PermissionSetLicenseId === set.LicenseId)
    if (held) return
    const licence = org.permissionSetLicenses.get(set.LicenseId)
    // assumed text; the code is documented for licence conflicts
    throw new DmlError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Can't assign permission set ${set.Label} to user ${user.Id}. The user needs the permission set license ${licence?.MasterLabel ?? set.LicenseId}`,
      ['PermissionSetId'],
    )
  }
  if (org.userLicenseOf(user)?.Id === set.LicenseId) return
  // observed text
  throw new DmlError(
    'FIELD_INTEGRITY_EXCEPTION',
    `Can't assign permission set ${set.Label} to user ${user.Id}. The user license doesn't allow the permission: Read Accounts`,
    ['PermissionSetId'],
  )
}

/** Assigns a permission set licence: each user one seat. */
export function assignLicence(context: Context, userId: string, licenceId: string): string {
  const { org } = context
  const licence = org.permissionSetLicenses.get(licenceId)
  const user = org.users.get(userId)
  if (licence === undefined || user === undefined) {
    throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
  }
  const held = org.permissionSetLicenseAssigns.where('AssigneeId', userId)
  if (held.some((row) => row.PermissionSetLicenseId === licenceId)) {
    throw new DmlError('DUPLICATE_VALUE', 'Duplicate PermissionSetLicenseAssign', [
      'AssigneeId',
      'PermissionSetLicenseId',
    ])
  }
  if (org.usedPermissionSetLicenses(licenceId) >= licence.TotalLicenses) {
    // general knowledge: seats of permission set licences end in LIMIT_EXCEEDED
    throw new DmlError('LIMIT_EXCEEDED', `No more licenses available for ${licence.MasterLabel}`, [
      'PermissionSetLicenseId',
    ])
  }
  const id = org.nextId('2LA')
  org.permissionSetLicenseAssigns.insert({ Id: id, AssigneeId: userId, PermissionSetLicenseId: licenceId })
  return id
}

/** Takes a permission set licence away, unless a permission set of the user still needs it. */
export function unassignLicence(context: Context, assignId: string): void {
  const { org } = context
  const row = org.permissionSetLicenseAssigns.get(assignId)
  if (row === undefined) return
  for (const assignment of org.assignmentsOf(row.AssigneeId)) {
    const needs = setsOf(context, assignment).find((set) => set.LicenseId === row.PermissionSetLicenseId)
    if (needs === undefined) continue
    // assumed text and code
    throw new DmlError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Can't remove the permission set license: permission set ${needs.Label} still needs it`,
      ['PermissionSetLicenseId'],
    )
  }
  org.permissionSetLicenseAssigns.remove(row)
}

/** Gives the user the assignment of the profile's own permission set, and takes away an earlier profile's. */
export function ownProfileAssignment(context: Context, user: UserRow): void {
  const { org } = context
  for (const row of org.permissionSetAssignments.where('AssigneeId', user.Id)) {
    if (org.permissionSets.get(row.PermissionSetId)?.IsOwnedByProfile === true) {
      org.permissionSetAssignments.remove(row)
    }
  }
  const own = org.permissionSets.where('ProfileId', user.ProfileId)[0]
  if (own !== undefined) insertAssignment(context, user.Id, own.Id, null, null)
}

/** Direct assignments only: not those that come through a group. */
export function direct(row: PermissionSetAssignmentRow): boolean {
  return row.PermissionSetGroupId === null
}

function insertAssignment(
  context: Context,
  userId: string,
  setId: string,
  groupId: string | null,
  until: string | null,
): PermissionSetAssignmentRow {
  return context.org.permissionSetAssignments.insert({
    Id: context.org.nextId('0Pa'),
    AssigneeId: userId,
    PermissionSetId: setId,
    PermissionSetGroupId: groupId,
    ExpirationDate: until,
    IsActive: true,
    IsRevoked: false,
    SystemModstamp: context.now().toISOString(),
  })
}

function aggregateOf(context: Context, groupId: string): PermissionSetRow | undefined {
  return context.org.permissionSets.where('PermissionSetGroupId', groupId).find((set) => set.Type === 'Group')
}

function componentsOf(context: Context, groupId: string): PermissionSetRow[] {
  return context.org.permissionSetGroupComponents
    .where('PermissionSetGroupId', groupId)
    .map((component) => context.org.permissionSets.get(component.PermissionSetId))
    .filter((set) => set !== undefined)
}

function bringLicence(context: Context, set: PermissionSetRow, user: UserRow): void {
  if (context.dialect.permissionSetLicenceOnGrant !== 'assigned' || !set.LicenseId?.startsWith('0PL')) return
  const held = context.org.permissionSetLicenseAssigns.where('AssigneeId', user.Id)
  if (held.some((row) => row.PermissionSetLicenseId === set.LicenseId)) return
  assignLicence(context, user.Id, set.LicenseId)
}

function refusePast(context: Context, until: string | null): void {
  if (until === null || Date.parse(until) > context.now().getTime()) return
  // assumed text and code
  throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Expiration Date: must be in the future', [
    'ExpirationDate',
  ])
}
