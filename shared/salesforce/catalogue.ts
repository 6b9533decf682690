import type { ErrorCode } from '../errors.ts'

/** What a code of Salesforce means to us, and what whoever reads the audit line should do next. */
export interface CatalogueEntry {
  readonly code: ErrorCode
  readonly advice?: string
}

const entry = (code: ErrorCode, advice?: string): CatalogueEntry =>
  advice === undefined ? { code } : { code, advice }

const integrationUserRights =
  'give the integration user the rights API Enabled, Manage Users and Assign Permission Sets (Setup > Permission Sets)'

/** Salesforce's error codes, from SCIM, SObject REST and failed DML alike. */
export const catalogue: Readonly<Record<string, CatalogueEntry>> = {
  INVALID_SESSION_ID: entry('UNAUTHENTICATED'),
  REQUEST_LIMIT_EXCEEDED: entry(
    'RATE_LIMITED',
    "the org's API requests of the last 24 hours are used up: try again later, or raise the limit (Setup > Company Information)",
  ),
  API_DISABLED_FOR_ORG: entry('FORBIDDEN', 'the API is not enabled for this org or this user'),
  API_CURRENTLY_DISABLED: entry('FORBIDDEN', 'the API is not enabled for this org or this user'),
  SERVER_UNAVAILABLE: entry('UNAVAILABLE', 'try again later'),
  ORG_LOCKED: entry('UNAVAILABLE', 'the org is locked: see status.salesforce.com'),
  ORG_IN_MAINTENANCE: entry('UNAVAILABLE', 'the org is in maintenance: see status.salesforce.com'),
  UNABLE_TO_LOCK_ROW: entry('UNAVAILABLE', 'another change holds the record: try again'),
  DUPLICATE_USERNAME: entry(
    'NOT_UNIQUE',
    'the userName is taken in this or another Salesforce org, perhaps by an inactive user: choose another userName, or correlate with the account that has it',
  ),
  DUPLICATE_COMM_NICKNAME: entry('NOT_UNIQUE', 'the nickName is taken: choose another'),
  DUPLICATE_VALUE: entry('NOT_UNIQUE'),
  LICENSE_LIMIT_EXCEEDED: entry(
    'REJECTED',
    'no seat of the licence is left: free one or buy more (Setup > Company Information > User Licenses)',
  ),
  LIMIT_EXCEEDED: entry('REJECTED', 'no seat is left (Setup > Company Information)'),
  FIELD_INTEGRITY_EXCEPTION: entry(
    'REJECTED',
    'the value does not go with the licence or the rest of the account',
  ),
  REQUIRED_FIELD_MISSING: entry('REJECTED', 'map the field'),
  STRING_TOO_LONG: entry('REJECTED', 'shorten the value in the mapping'),
  INVALID_EMAIL_ADDRESS: entry('REJECTED', 'correct the e-mail address or userName in the mapping'),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: entry(
    'REJECTED',
    "use one of the org's own values, such as en_US, nl_NL, Europe/Amsterdam or UTF-8",
  ),
  INVALID_CROSS_REFERENCE_KEY: entry(
    'REJECTED',
    'the profile, role, manager or other id does not exist in this org',
  ),
  MALFORMED_ID: entry('REJECTED', 'correct the id'),
  INACTIVE_OWNER_OR_USER: entry(
    'REJECTED',
    'the user that is referred to, for example the manager, is inactive',
  ),
  INSUFFICIENT_ACCESS: entry('FORBIDDEN', integrationUserRights),
  INSUFFICIENT_ACCESS_OR_READONLY: entry('FORBIDDEN', integrationUserRights),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: entry('FORBIDDEN', integrationUserRights),
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: entry(
    'REJECTED',
    "a trigger or flow of the org failed: the org's administrator must look at it (Setup > Flows, Setup > Apex Triggers)",
  ),
  FIELD_CUSTOM_VALIDATION_EXCEPTION: entry(
    'REJECTED',
    'a validation rule of the org refused (Setup > Object Manager > User > Validation Rules)',
  ),
  MIXED_DML_OPERATION: entry(
    'REJECTED',
    "a trigger or flow of the org on User changes other records in the same transaction: the org's administrator must let it run asynchronously",
  ),
  CANNOT_DISABLE_LAST_ADMIN: entry('REJECTED', 'make another user an administrator first'),
  CANNOT_FREEZE_SELF: entry('REJECTED', 'the integration user cannot freeze itself'),
  DEPENDENCY_EXISTS: entry('REJECTED', 'something else in the org depends on it'),
  ENTITY_IS_DELETED: entry('NOT_FOUND'),
  NOT_FOUND: entry('NOT_FOUND'),
  INVALID_TYPE: entry('NOT_FOUND', 'the org does not have this feature'),
  MALFORMED_QUERY: entry('UNEXPECTED'),
  UNSUPPORTED_API_VERSION: entry('MISCONFIGURED', 'correct Configuration.ApiVersion'),
  TXN_SECURITY_END_A_SESSION: entry(
    'FORBIDDEN',
    'a transaction security policy of the org ended the session',
  ),
  MUTUAL_AUTHENTICATION_FAILED: entry('FORBIDDEN', 'the org asks for a client certificate from this user'),
}

/** Without a known code, the status of the answer decides. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return 'NOT_FOUND'
  if (status === 429) return 'RATE_LIMITED'
  if (status >= 500 && status !== 501) return 'UNAVAILABLE'
  return status >= 400 ? 'REJECTED' : 'UNEXPECTED'
}
