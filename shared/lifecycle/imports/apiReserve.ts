import { ConnectorError } from '../../errors.ts'
import type { ApiUsage } from '../../salesforce/session/session.ts'

const day = 24 * 60 * 60 * 1000

/**
 * Throws `RATE_LIMITED` when so much of the org's API requests of the last 24 hours is used that an import would eat into
 * what is kept for leavers and the other actions. An org that does not tell its usage is not held back.
 */
export function checkReserve(usage: ApiUsage | undefined, reservePercent: number, now = Date.now()): void {
  if (usage === undefined) return
  const { used, limit } = usage
  const most = Math.floor((limit * (100 - reservePercent)) / 100)
  if (used < most) return
  const allFree = new Date(now + day).toISOString().slice(0, 16).replace('T', ' ')
  throw new ConnectorError(
    'RATE_LIMITED',
    `the org has used ${used} of its ${limit} API requests of the last 24 hours, and Configuration.ApiReservePercent keeps ${reservePercent} % of them for other actions. Go on when fewer than ${most} are used (Setup > Company Information > API Requests, Last 24 Hours): requests come free as they get older than a day, those of now at ${allFree} UTC`,
  )
}
