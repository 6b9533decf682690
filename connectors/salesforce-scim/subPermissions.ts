import type { Action } from '../../shared/host/actions.ts'
import { followContracts } from '../../shared/lifecycle/permissions/subPermissions/followContracts.ts'
import { findOverRest } from '../../shared/lifecycle/permissions/subPermissions/subPermissionLookup.ts'
import { openOrg } from './org.ts'
import { findOverScim } from './permissions/findScim.ts'
import { accessTo } from './permissions/permission.ts'
import { remembering } from './permissions/scimCache.ts'

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export const action: Action = (call) =>
  followContracts(call, {
    openOrg: () => remembering(openOrg(call)),
    finder: (org) =>
      org.settings.useRestApi ? (mapped) => findOverRest(org.rest, mapped) : () => findOverScim(org),
    accessTo,
  })
