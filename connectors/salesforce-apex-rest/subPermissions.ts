import type { Action } from '../../shared/host/actions.ts'
import { accessOverRest } from '../../shared/lifecycle/permissions/permissionAccessRest.ts'
import {
  followContracts,
  type ReadBackBatch,
} from '../../shared/lifecycle/permissions/subPermissions/followContracts.ts'
import { findOverRest } from '../../shared/lifecycle/permissions/subPermissions/subPermissionLookup.ts'
import { openQueryCache } from '../../shared/lifecycle/queryCache.ts'
import { type Org, openOrg } from './org.ts'

/** Gives the account what the person's contracts say, and takes what they do not say any more: for grant, update and revoke. */
export const action: Action = (call) =>
  followContracts<Org & ReadBackBatch>(call, {
    openOrg: () => {
      const org = openOrg(call)
      const { findUser, rest, readBackInSameRequest } = openQueryCache(org)
      return { ...org, findUser, rest, readBackInSameRequest }
    },
    finder:
      ({ rest }) =>
      (mapped) =>
        findOverRest(rest, mapped),
    accessTo: accessOverRest,
  })
