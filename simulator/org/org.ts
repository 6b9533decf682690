import { randomBytes } from 'node:crypto'
import type { FieldType } from '../schema/fieldType.ts'
import { makeId, normaliseId } from './ids.ts'
import type {
  GroupMemberRow,
  GroupRow,
  PermissionSetAssignmentRow,
  PermissionSetGroupComponentRow,
  PermissionSetGroupRow,
  PermissionSetLicenseAssignRow,
  PermissionSetLicenseRow,
  PermissionSetRow,
  ProfileRow,
  QueueSobjectRow,
  TerritoryRow,
  UserLicenseRow,
  UserLoginRow,
  UserRoleRow,
  UserRow,
  UserTerritoryRow,
} from './rows.ts'
import type {
  AccountRow,
  AuthSessionRow,
  CaseRow,
  ContactRow,
  LeadRow,
  OauthTokenRow,
  OpportunityRow,
  PasswordResetRow,
} from './rowsRecords.ts'
import { Table } from './table.ts'

/** What decides whether a sign-in succeeds. All of it may be changed while the org runs. */
export interface ConnectedApp {
  clientId: string
  clientSecret: string
  clientCredentialsEnabled: boolean
  /** Id of the user that client credentials act as; null: none chosen. */
  runAsUserId: string | null
  /** Whether an administrator has approved the app for the JWT's user. */
  preAuthorised: boolean
  passwordFlowBlocked: boolean
  /** OAuth scopes that it was given, with blanks between them. */
  scope: string
  /** Which host the sign-in plays: client credentials work on My Domain only. */
  signInHost: 'my-domain' | 'login'
}

export interface Session {
  userId: string
  /** Milliseconds since 1970. */
  issuedAt: number
  /** Id of its AuthSession. */
  sessionId: string
}

/** Rights of users that the org judges by, as UserPermissionAccess names them after `Permissions`. */
export const rights = [
  'ApiEnabled',
  'ManageUsers',
  'ManageInternalUsers',
  'FreezeUsers',
  'AssignPermissionSets',
  'ViewSetup',
  'ViewRoles',
  'CustomizeApplication',
] as const
export type Right = (typeof rights)[number]

/** A custom field of User. */
export interface CustomField {
  name: string
  label: string
  type: Exclude<FieldType, 'id' | 'int'>
  length: number
  /** Values of a restricted picklist. */
  picklist?: readonly string[]
  /** The object that a reference leads to. */
  to?: string
  /** Whether records can be written by it: an External ID, which is looked up and, here, unique. */
  externalId?: boolean
  /** Whether every record must have a value. Default: false. */
  required?: boolean
  /** Whether field-level security keeps callers from writing it. */
  readOnly?: boolean
}

/** Why a user cannot be deactivated: a DML status code and its text. */
export interface Blocker {
  code: string
  message: string
}

/** The state of one org. Tables hold rows under Salesforce's own field names. */
export class Org {
  readonly id = '00D5g000004AbCdEAK'
  readonly name = 'Acme'
  readonly users = new Table<UserRow>()
  readonly userLogins = new Table<UserLoginRow>()
  readonly userLicenses = new Table<UserLicenseRow>()
  readonly profiles = new Table<ProfileRow>()
  readonly userRoles = new Table<UserRoleRow>()
  readonly permissionSets = new Table<PermissionSetRow>()
  readonly permissionSetGroups = new Table<PermissionSetGroupRow>()
  readonly permissionSetGroupComponents = new Table<PermissionSetGroupComponentRow>()
  readonly permissionSetLicenses = new Table<PermissionSetLicenseRow>()
  readonly permissionSetAssignments = new Table<PermissionSetAssignmentRow>()
  readonly permissionSetLicenseAssigns = new Table<PermissionSetLicenseAssignRow>()
  readonly groups = new Table<GroupRow>()
  readonly groupMembers = new Table<GroupMemberRow>()
  readonly queueSobjects = new Table<QueueSobjectRow>()
  readonly territories = new Table<TerritoryRow>()
  readonly userTerritories = new Table<UserTerritoryRow>()
  readonly accounts = new Table<AccountRow>()
  readonly contacts = new Table<ContactRow>()
  readonly opportunities = new Table<OpportunityRow>()
  readonly leads = new Table<LeadRow>()
  readonly cases = new Table<CaseRow>()
  readonly oauthTokens = new Table<OauthTokenRow>()
  readonly passwordResets = new Table<PasswordResetRow>()
  // apart from the other tables, because signing in changes nothing that an org is compared by
  readonly #authSessions = new Table<AuthSessionRow>()

  /** Newest API version. Documented: v66.0 is Spring '26, v67.0 Summer '26, v68.0 Winter '27. */
  newestVersion = 68
  customFields: CustomField[] = []
  /** Usernames in use in other orgs, in lower case: they are as taken as one's own (documented: help 000325728). */
  readonly usernamesElsewhere = new Set<string>()
  /** By user id. */
  readonly blockers = new Map<string, Blocker>()
  /** Seats by feature license (`UserPermissionsMarketingUser`); one that is not here has no end of them. */
  readonly featureSeats = new Map<string, number>()
  /** Who gets the records, by object: the active assignment rule, of one entry that every record meets. */
  readonly assignmentRules = new Map<string, string>()
  /** Rights that a user has not, by user id; see rights.ts. */
  readonly missingRights = new Map<string, ReadonlySet<Right>>()
  /**
   * Objects (`GroupMember`) and fields (`User.ProfileId`) that a user is not shown, by user id, besides those that its
   * missing rights hide.
   */
  readonly hidden = new Map<string, ReadonlySet<string>>()
  /** Passwords by user id. */
  readonly passwords = new Map<string, string>()
  securityToken = ''
  /** Public keys or certificates in PEM that JWT assertions may be signed with. */
  certificates: string[] = []
  readonly connectedApp: ConnectedApp = {
    clientId: '',
    clientSecret: '',
    clientCredentialsEnabled: true,
    runAsUserId: null,
    preAuthorised: true,
    passwordFlowBlocked: false,
    scope: 'api',
    signInHost: 'my-domain',
  }
  readonly tokens = new Map<string, Session>()
  /** Session timeout of the org's policy. General knowledge: two hours by default. */
  sessionMinutes = 120
  /** Rolling 24 hours (documented: header Sforce-Limit-Info `api-usage=18/5000`). */
  readonly apiUsage = { used: 18, limit: 100_000 }

  #numbers = new Map<string, number>()
  #undo: (() => void)[] | undefined

  constructor() {
    const tables = Object.values(this).filter((value): value is Table<UserRow> => value instanceof Table)
    for (const table of [...tables, this.#authSessions]) table.onWrite = (undo) => this.#undo?.push(undo)
  }

  get authSessions(): Table<AuthSessionRow> {
    return this.#authSessions
  }

  /** A new id of this key prefix. Numbers below 1000 belong to the seed. */
  nextId(prefix: string): string {
    const n = this.#numbers.get(prefix) ?? 1000
    this.#numbers.set(prefix, n + 1)
    return makeId(prefix, n)
  }

  /** Runs a piece of work; when it throws, every write of it is undone. */
  transaction<T>(work: () => T): T {
    const outer = this.#undo
    const mine: (() => void)[] = []
    this.#undo = mine
    try {
      const result = work()
      outer?.push(...mine)
      return result
    } catch (error) {
      this.#undo = undefined
      for (const undo of mine.reverse()) undo()
      throw error
    } finally {
      this.#undo = outer
    }
  }

  /** A user by id of either length or by Username, without regard to case. */
  user(idOrUsername: string): UserRow | undefined {
    return this.users.get(normaliseId(idOrUsername)) ?? this.users.where('Username', idOrUsername)[0]
  }

  /** A token in Salesforce's form, good for this user until the session times out. */
  issueToken(userId: string, now: Date): string {
    const token = `${this.id.slice(0, 15)}!AQ${randomBytes(48).toString('base64url').replaceAll('-', '.')}`
    const sessionId = this.nextId('0Ak')
    this.tokens.set(token, { userId, issuedAt: now.getTime(), sessionId })
    // general knowledge: how a sign-in over OAuth shows in the list of sessions
    this.#authSessions.insert({
      Id: sessionId,
      UsersId: userId,
      UserType: this.users.get(userId)?.UserType ?? 'Standard',
      SessionType: 'Oauth2',
      LoginType: 'Remote Access 2.0',
      SourceIp: '127.0.0.1',
      NumSecondsValid: this.sessionMinutes * 60,
      CreatedDate: now.toISOString(),
      LastModifiedDate: now.toISOString(),
    })
    return token
  }

  /** Ends a session; its token is good for nothing from then on. */
  endSession(sessionId: string): void {
    for (const [token, session] of this.tokens) if (session.sessionId === sessionId) this.tokens.delete(token)
    const row = this.#authSessions.get(sessionId)
    if (row !== undefined) this.#authSessions.remove(row)
  }

  /** How often somebody's password was reset. */
  passwordResetsOf(userId: string): number {
    return this.passwordResets.where('UserId', userId).length
  }

  revokeTokens(): void {
    for (const { sessionId } of [...this.tokens.values()]) this.endSession(sessionId)
  }

  /** Active users whose profile belongs to this user licence. */
  usedLicenses(userLicenseId: string): number {
    let used = 0
    for (const user of this.users.values()) {
      if (user.IsActive && this.profiles.get(user.ProfileId)?.UserLicenseId === userLicenseId) used++
    }
    return used
  }

  /** Seats of a permission set licence that are taken. */
  usedPermissionSetLicenses(id: string): number {
    return this.permissionSetLicenseAssigns.where('PermissionSetLicenseId', id).length
  }

  userLicenseOf(user: { ProfileId: string }): UserLicenseRow | undefined {
    return this.userLicenses.get(this.profiles.get(user.ProfileId)?.UserLicenseId ?? '')
  }

  /** Permission set assignments of a user, the profile's own left out. */
  assignmentsOf(userId: string): PermissionSetAssignmentRow[] {
    return this.permissionSetAssignments
      .where('AssigneeId', userId)
      .filter((row) => this.permissionSets.get(row.PermissionSetId)?.IsOwnedByProfile !== true)
  }
}
