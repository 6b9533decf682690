/** A field as the org stores it. Dates are ISO texts in UTC (`2026-01-15T09:12:44.000Z`). */
export type FieldValue = string | number | boolean | null

/** A record under Salesforce's own field names. */
export interface Row {
  Id: string
  [field: string]: FieldValue
}

export interface UserRow extends Row {
  Username: string
  LastName: string
  FirstName: string | null
  Alias: string
  CommunityNickname: string
  Email: string
  /** The simulator's own: an address that waits for the user's confirmation. Not a field of User. */
  PendingEmail: string | null
  IsActive: boolean
  ProfileId: string
  UserRoleId: string | null
  UserType: string
  ManagerId: string | null
  DelegatedApproverId: string | null
  EmployeeNumber: string | null
  FederationIdentifier: string | null
  Division: string | null
  Department: string | null
  Title: string | null
  CompanyName: string | null
  Phone: string | null
  MobilePhone: string | null
  Fax: string | null
  Street: string | null
  City: string | null
  State: string | null
  PostalCode: string | null
  Country: string | null
  LanguageLocaleKey: string
  LocaleSidKey: string
  TimeZoneSidKey: string
  EmailEncodingKey: string
  SenderEmail: string | null
  CallCenterId: string | null
  AccountId: string | null
  ContactId: string | null
  LastLoginDate: string | null
  CreatedDate: string
  LastModifiedDate: string
  SystemModstamp: string
}

export interface UserLoginRow extends Row {
  UserId: string
  IsFrozen: boolean
  IsPasswordLocked: boolean
  /** Of whoever changed the row last: also who froze the user. */
  LastModifiedById: string
  LastModifiedDate: string
}

export interface UserLicenseRow extends Row {
  Name: string
  MasterLabel: string
  LicenseDefinitionKey: string
  Status: string
  TotalLicenses: number
}

export interface ProfileRow extends Row {
  Name: string
  UserLicenseId: string
  UserType: string
  Description: string | null
  CreatedDate: string
  LastModifiedDate: string
}

export interface UserRoleRow extends Row {
  Name: string
  DeveloperName: string
  ParentRoleId: string | null
  LastModifiedDate: string
}

export interface PermissionSetRow extends Row {
  Name: string
  Label: string
  Type: string
  IsOwnedByProfile: boolean
  IsCustom: boolean
  ProfileId: string | null
  /** A user licence (100) or a permission set licence (0PL) that an assignee must have, or null. */
  LicenseId: string | null
  PermissionSetGroupId: string | null
  Description: string | null
  CreatedDate: string
  LastModifiedDate: string
}

export interface PermissionSetGroupRow extends Row {
  DeveloperName: string
  MasterLabel: string
  Status: string
  Description: string | null
}

export interface PermissionSetGroupComponentRow extends Row {
  PermissionSetGroupId: string
  PermissionSetId: string
}

export interface PermissionSetLicenseRow extends Row {
  DeveloperName: string
  MasterLabel: string
  PermissionSetLicenseKey: string
  Status: string
  TotalLicenses: number
}

export interface PermissionSetAssignmentRow extends Row {
  AssigneeId: string
  PermissionSetId: string
  PermissionSetGroupId: string | null
  ExpirationDate: string | null
  IsActive: boolean
  IsRevoked: boolean
  SystemModstamp: string
}

export interface PermissionSetLicenseAssignRow extends Row {
  AssigneeId: string
  PermissionSetLicenseId: string
}

export interface GroupRow extends Row {
  Name: string
  DeveloperName: string | null
  Type: string
  RelatedId: string | null
  CreatedDate: string
  LastModifiedDate: string
}

export interface GroupMemberRow extends Row {
  GroupId: string
  UserOrGroupId: string
}

export interface QueueSobjectRow extends Row {
  QueueId: string
  SobjectType: string
}

export interface TerritoryRow extends Row {
  Name: string
  DeveloperName: string
  ParentTerritory2Id: string | null
  Territory2ModelId: string | null
}

export interface UserTerritoryRow extends Row {
  UserId: string
  Territory2Id: string
  IsActive: boolean
  RoleInTerritory2: string | null
}
