import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'
import type { FieldValue, UserRow } from '../org/rows.ts'
import { userObject } from '../schema/schemaUser.ts'
import { coerceRecord, fillRow, requireFields } from './coerce.ts'
import { checkPermissionSetFits, ownProfileAssignment } from './permissionSets.ts'
import { settlePlace } from './places.ts'
import { checkPortalUser } from './portal.ts'

/** Licences without a role. General knowledge: Chatter, Identity, integration and customer community users. */
const rolelessLicences = new Set(['CHATTER', 'IDENTITY', 'SFDC_INTEGRATION', 'PID_Customer_Community'])

/** Inserts a user under the platform's rules and gives back the row. Writes nothing when it throws. */
export function insertUser(context: Context, record: Readonly<Record<string, unknown>>): UserRow {
  const { org } = context
  const type = userObject(org, context.dialect)
  // general knowledge: IsActive defaults to true
  const values = coerceRecord(context, type, { IsActive: true, ...record }, 'create')
  if (context.dialect.stateCountryPicklists) Object.assign(values, settlePlace({ Id: '' }, values))
  values['CommunityNickname'] ??= defaultNickname(values)
  requireFields(type, values)
  const now = context.now().toISOString()
  const id = org.nextId('005')
  const row: UserRow = {
    ...(fillRow(type, id, values) as UserRow),
    // documented: the username comes back in lower case (identity_scim_create_users)
    Username: String(values['Username']).toLowerCase(),
    UserType: org.profiles.get(String(values['ProfileId']))?.UserType ?? 'Standard',
    AccountId: org.contacts.get(String(values['ContactId']))?.AccountId ?? null,
    PendingEmail: null,
    LastPasswordChangeDate: context.dialect.newPasswordDate === 'created' ? now : null,
    CreatedById: context.callerId,
    CreatedDate: now,
    LastModifiedDate: now,
    SystemModstamp: now,
  }
  refuseMixedDml(context)
  checkUser(context, row, undefined)
  org.users.insert(row)
  org.userLogins.insert({
    Id: org.nextId('0Yw'),
    UserId: id,
    IsFrozen: false,
    IsPasswordLocked: false,
    LastModifiedById: context.callerId,
    LastModifiedDate: now,
  })
  ownProfileAssignment(context, row)
  return row
}

/** Changes a user under the platform's rules. Writes nothing when it throws. */
export function updateUser(context: Context, row: UserRow, record: Readonly<Record<string, unknown>>): void {
  const { org, dialect } = context
  const type = userObject(org, dialect)
  const values: Record<string, FieldValue> = coerceRecord(context, type, record, 'update')
  if (dialect.stateCountryPicklists) Object.assign(values, settlePlace(row, values))
  if (typeof values['Username'] === 'string') values['Username'] = values['Username'].toLowerCase()
  const changed = Object.entries(values).filter(([name, value]) => (row[name] ?? null) !== value)
  if (changed.length === 0) return
  const changes = Object.fromEntries(changed)
  const wanted: UserRow = { ...row, ...changes }
  if (wanted.ProfileId !== row.ProfileId) {
    wanted.UserType = org.profiles.get(wanted.ProfileId)?.UserType ?? row.UserType
  }
  requireFields(type, wanted)
  refuseMixedDml(context)
  if (row.UserType === 'Guest' || row.UserType === 'AutomatedProcess') {
    // observed: Partner WSDL status code
    throw new DmlError('INVALID_READ_ONLY_USER_DML', 'Cannot modify this user: it is read only', ['Id'])
  }
  checkUser(context, wanted, row)
  if (row.IsActive && !wanted.IsActive) refuseDeactivation(context, row)
  if (wanted.Email !== row.Email && dialect.emailChange === 'pending' && row.IsActive) {
    // documented: help 000385115, also through the API; the old address stays until the user confirms
    wanted.PendingEmail = wanted.Email
    wanted.Email = row.Email
  } else if ('Email' in changes) {
    wanted.PendingEmail = null
  }
  const now = context.now().toISOString()
  const moved = wanted.ProfileId !== row.ProfileId
  org.users.update(row, { ...wanted, LastModifiedDate: now, SystemModstamp: now })
  if (moved) ownProfileAssignment(context, row)
}

/** The user follows the link in the mail: the pending address takes effect (documented: help 000385115). */
export function confirmEmail(context: Context, row: UserRow): void {
  if (row.PendingEmail === null) return
  context.org.users.update(row, { Email: row.PendingEmail, PendingEmail: null })
}

function defaultNickname(values: Readonly<Record<string, FieldValue>>): FieldValue {
  // general knowledge: over SObject REST the platform makes a nickname where none is given
  const made = String(values['Username'] ?? '').split('@')[0] ?? ''
  return made === '' ? null : `User${made}`.slice(0, 40)
}

function checkUser(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  checkUsername(context, wanted, before)
  checkUnique(context, wanted, before)
  checkPortalUser(context, wanted, before)
  checkLicence(context, wanted, before)
  checkFeatureSeats(context, wanted, before)
  const licence = context.org.userLicenseOf(wanted)
  if (wanted.UserRoleId !== null && rolelessLicences.has(licence?.LicenseDefinitionKey ?? '')) {
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Role ID: this user license can not have a role', [
      'UserRoleId',
    ])
  }
  const manager = wanted.ManagerId === null ? undefined : context.org.users.get(wanted.ManagerId)
  const isNewManager = wanted.ManagerId !== before?.ManagerId
  if (isNewManager && manager?.IsActive === false) {
    throw new DmlError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', ['ManagerId'])
  }
  if (isNewManager && wanted.ManagerId !== null && wanted.ManagerId === wanted.Id) {
    throw new DmlError('FIELD_INTEGRITY_EXCEPTION', 'Manager: a user can not be its own manager', [
      'ManagerId',
    ])
  }
}

function checkUsername(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  const { org } = context
  if (wanted.Username === before?.Username) return
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(wanted.Username)) {
    throw new DmlError('INVALID_EMAIL_ADDRESS', `Username: invalid email address: ${wanted.Username}`, [
      'Username',
    ])
  }
  const taken = org.users.where('Username', wanted.Username).some((other) => other.Id !== wanted.Id)
  if (taken || org.usernamesElsewhere.has(wanted.Username.toLowerCase())) {
    // observed text; an inactive user keeps its username (general knowledge)
    throw new DmlError(
      'DUPLICATE_USERNAME',
      "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
      ['Username'],
    )
  }
}

function checkUnique(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  const taken = (field: string): boolean => {
    const value = wanted[field] ?? null
    if (value === null || value === before?.[field]) return false
    return context.org.users.where(field, value).some((other) => other.Id !== wanted.Id)
  }
  if (taken('CommunityNickname')) {
    throw new DmlError(
      'DUPLICATE_COMM_NICKNAME',
      'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.',
      ['CommunityNickname'],
    )
  }
  if (taken('FederationIdentifier')) {
    const holder = context.org.users.where('FederationIdentifier', wanted.FederationIdentifier)[0]
    throw new DmlError(
      'DUPLICATE_VALUE',
      `duplicate value found: FederationIdentifier duplicates value on record with id: ${holder?.Id.slice(0, 15) ?? ''}`,
      ['FederationIdentifier'],
    )
  }
}

/** Seats, and permission sets that the new licence would not allow. */
function checkLicence(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  const { org } = context
  const licence = org.userLicenseOf(wanted)
  if (licence === undefined) return
  const previous = before === undefined ? undefined : org.userLicenseOf(before)
  const takesSeat = wanted.IsActive && (before?.IsActive !== true || previous?.Id !== licence.Id)
  if (takesSeat && org.usedLicenses(licence.Id) >= licence.TotalLicenses) {
    throw new DmlError('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded', [])
  }
  if (previous === undefined || previous.Id === licence.Id) return
  for (const row of org.assignmentsOf(wanted.Id)) {
    const set = org.permissionSets.get(row.PermissionSetId)
    if (set !== undefined) checkPermissionSetFits(context, set, wanted)
  }
}

/** Refuses a feature license that has no seat left; an inactive user takes one too (documented: help 000387847). */
function checkFeatureSeats(context: Context, wanted: UserRow, before: UserRow | undefined): void {
  for (const [field, seats] of context.org.featureSeats) {
    if (wanted[field] !== true || before?.[field] === true) continue
    const used = [...context.org.users.values()].filter((user) => user[field] === true).length
    // documented: the text is the one for a user license
    if (used >= seats) throw new DmlError('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded', [])
  }
}

function refuseDeactivation(context: Context, row: UserRow): void {
  const { org } = context
  const blocker = org.blockers.get(row.Id)
  if (blocker !== undefined) throw new DmlError(blocker.code, blocker.message, [])
  const profile = org.profiles.get(row.ProfileId)
  if (profile?.Name !== 'System Administrator') return
  const admins = org.users.where('ProfileId', row.ProfileId).filter((each) => each.IsActive)
  if (admins.length <= 1) {
    // observed: Partner WSDL status code
    throw new DmlError(
      'CANNOT_DISABLE_LAST_ADMIN',
      'The last active system administrator can not be deactivated',
      [],
    )
  }
}

function refuseMixedDml(context: Context): void {
  if (!context.dialect.mixedDml) return
  // observed: a customer's flow on User that touches an Account in the same transaction
  throw new DmlError(
    'MIXED_DML_OPERATION',
    'DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): User, original object: Account',
  )
}
