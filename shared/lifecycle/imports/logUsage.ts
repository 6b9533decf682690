import { log } from '../../log.ts'
import type { ApiUsage } from '../../salesforce/session/session.ts'

/** Milliseconds between two lines. */
const pause = 1000

/** Tells on stderr how many of the org's API requests are used, for programs that show it; nothing where it is not known. */
export interface UsageTeller {
  /** At most once a second. */
  tell(): void
  /** What it has come to, if that was not told yet. */
  end(): void
}

/** `usage` is what the org's last answer said. */
export function createUsageTeller(usage: () => ApiUsage | undefined): UsageTeller {
  let told = -pause
  let last: number | undefined
  const say = (): void => {
    const now = usage()
    if (now === undefined || now.used === last) return
    last = now.used
    const { used, limit } = now
    log('information', `${used} of ${limit} API requests of the last 24 hours are used`, {
      apiUsage: { used, limit },
    })
  }
  return {
    tell() {
      const now = performance.now()
      if (now - told < pause) return
      told = now
      say()
    },
    end: say,
  }
}
