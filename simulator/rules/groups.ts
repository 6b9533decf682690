import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'
import type { GroupMemberRow, GroupRow } from '../org/rows.ts'

/** Makes a user or a group a member. A member already: nothing changes (general knowledge). */
export function addMember(context: Context, group: GroupRow, userOrGroupId: string): GroupMemberRow {
  refuseLocked(context, group)
  const { org } = context
  const user = org.users.get(userOrGroupId)
  if (user === undefined && !org.groups.has(userOrGroupId)) {
    throw new DmlError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['UserOrGroupId'])
  }
  if (userOrGroupId === group.Id) {
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'A group can not contain itself', ['UserOrGroupId'])
  }
  if (user !== undefined && org.userLicenseOf(user)?.LicenseDefinitionKey === 'CHATTER') {
    throw new DmlError(
      'FIELD_INTEGRITY_EXCEPTION',
      'UserOrGroup ID: the user license does not allow groups',
      ['UserOrGroupId'],
    )
  }
  const held = memberRow(context, group, userOrGroupId)
  if (held !== undefined) return held
  touch(context, group)
  return org.groupMembers.insert({ Id: org.nextId('011'), GroupId: group.Id, UserOrGroupId: userOrGroupId })
}

export function removeMember(context: Context, row: GroupMemberRow): void {
  const group = context.org.groups.get(row.GroupId)
  if (group !== undefined) {
    refuseLocked(context, group)
    touch(context, group)
  }
  context.org.groupMembers.remove(row)
}

/** The row that makes somebody a member of the group. */
export function memberRow(
  context: Context,
  group: GroupRow,
  userOrGroupId: string,
): GroupMemberRow | undefined {
  return context.org.groupMembers
    .where('GroupId', group.Id)
    .find((row) => row.UserOrGroupId === userOrGroupId)
}

/** Creates a public group or a queue; names need not be unique, developer names are (general knowledge). */
export function insertGroup(
  context: Context,
  values: { Name: string; DeveloperName?: string | null; Type?: string },
): GroupRow {
  const { org } = context
  const developerName = values.DeveloperName ?? values.Name.replace(/\W+/g, '_').replace(/^_+|_+$/g, '')
  const type = values.Type ?? 'Regular'
  if (org.groups.where('DeveloperName', developerName).some((each) => each.Type === type)) {
    throw new DmlError('DUPLICATE_DEVELOPER_NAME', `The developer name ${developerName} is already in use`, [
      'DeveloperName',
    ])
  }
  const now = context.now().toISOString()
  return org.groups.insert({
    Id: org.nextId('00G'),
    Name: values.Name,
    DeveloperName: developerName,
    Type: type,
    RelatedId: null,
    CreatedDate: now,
    LastModifiedDate: now,
  })
}

export function removeGroup(context: Context, group: GroupRow): void {
  const { org } = context
  for (const row of org.groupMembers.where('GroupId', group.Id)) org.groupMembers.remove(row)
  for (const row of org.groupMembers.where('UserOrGroupId', group.Id)) org.groupMembers.remove(row)
  for (const row of org.queueSobjects.where('QueueId', group.Id)) org.queueSobjects.remove(row)
  org.groups.remove(group)
}

function touch(context: Context, group: GroupRow): void {
  context.org.groups.update(group, { LastModifiedDate: context.now().toISOString() })
}

function refuseLocked(context: Context, group: GroupRow): void {
  if (!context.dialect.groupLock) return
  // observed: provisioning logs of other vendors
  throw new DmlError(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or 1 records: ${group.Id}`,
    [],
  )
}
