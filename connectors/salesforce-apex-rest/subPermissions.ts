import type { Action } from '../../shared/host/actions.ts'
import { accessOverRest } from '../../shared/lifecycle/permissions/permissionAccessRest.ts'
import { followContracts, type Hurried } from '../../shared/lifecycle/permissions/subPermissions/followContracts.ts'
import { findOverRest } from '../../shared/lifecycle/permissions/subPermissions/subPermissionLookup.ts'
import { openMemory } from '../../shared/lifecycle/queryCache.ts'
import { type Org, openOrg } from './org.ts'

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export const action: Action = (call) =>
  followContracts<Org & Hurried>(call, {
    openOrg: () => {
      const org = openOrg(call)
      const { findUser, rest, hurry } = openMemory(org)
      return { ...org, findUser, rest, hurry }
    },
    finder:
      ({ rest }) =>
      (wanted) =>
        findOverRest(rest, wanted),
    accessTo: accessOverRest,
  })
