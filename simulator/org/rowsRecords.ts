import type { Row } from './rows.ts'

/** A record that somebody owns: a user, or a queue where the object may have one. */
export interface OwnedRow extends Row {
  OwnerId: string
  CreatedDate: string
  LastModifiedDate: string
}

export interface AccountRow extends OwnedRow {
  Name: string
  /** A field only where the org has person accounts. */
  IsPersonAccount: boolean
}

export interface ContactRow extends OwnedRow {
  LastName: string
  FirstName: string | null
  Email: string | null
  AccountId: string | null
}

export interface OpportunityRow extends OwnedRow {
  Name: string
  AccountId: string | null
  IsClosed: boolean
}

export interface LeadRow extends OwnedRow {
  LastName: string
  FirstName: string | null
  Company: string
  IsConverted: boolean
}

export interface CaseRow extends OwnedRow {
  Subject: string | null
  AccountId: string | null
  ContactId: string | null
  IsClosed: boolean
}

/** A session of a user. */
export interface AuthSessionRow extends Row {
  UsersId: string
  UserType: string
  SessionType: string
  LoginType: string
  SourceIp: string
  NumSecondsValid: number
  CreatedDate: string
  LastModifiedDate: string
}

/** What an app holds to sign in as a user. */
export interface OauthTokenRow extends Row {
  UserId: string
  AppName: string
  DeleteToken: string
  UseCount: number
  CreatedDate: string
  LastUsedDate: string | null
}

/** The simulator's own: that somebody's password was reset, and whether a mail with a link went out. */
export interface PasswordResetRow extends Row {
  UserId: string
  IsMailed: boolean
}
