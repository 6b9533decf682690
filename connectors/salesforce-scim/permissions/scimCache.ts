import type { ReadBackBatch } from '../../../shared/lifecycle/permissions/subPermissions/followContracts.ts'
import { openQueryCache } from '../../../shared/lifecycle/queryCache.ts'
import type { Org } from '../org.ts'

/** The same org, which is not asked the same thing twice until something is written. */
export function remembering(org: Org): Org & ReadBackBatch {
  const { findUser, rest, writing, note, readBackInSameRequest } = openQueryCache(org)
  return {
    ...org,
    keepsUsers: true,
    findUser,
    rest,
    readBackInSameRequest,
    createUser: (...given) => writing(() => org.createUser(...given)),
    async patchUser(...given) {
      const user = await writing(() => org.patchUser(...given))
      note(given[0], user)
      return user
    },
    patchGroup: (...given) => writing(() => org.patchGroup(...given)),
    writeUserFields: (...given) => writing(() => org.writeUserFields(...given)),
  }
}
