import type { Clock } from '../../salesforce/session/session.ts'

/** Milliseconds of a whole import in a preview: HelloID ends it at 90 s (documented). */
const previewTime = 80_000

/** Milliseconds on the process's own clock, as in `Call.startedAt`. */
const processTime = (): number => process.uptime() * 1000

/**
 * The time of an import: each request has `seconds` of its own, tries and pauses included, and the whole may take as long as
 * it takes; in a preview, which a person waits for, it ends before the host does.
 */
export function importClock(
  seconds: number,
  startedAt: number,
  isPreview: boolean,
  now: () => number = processTime,
): Clock {
  const previewLeft = (): number => Math.max(0, startedAt + previewTime - now())
  const own = 'Configuration.ImportTimeoutSeconds'
  const clockFrom = (begun: number): Clock => {
    const left = (): number => Math.max(0, begun + seconds * 1000 - now())
    return {
      remaining: () => (isPreview ? Math.min(left(), previewLeft()) : left()),
      limit: () =>
        isPreview && previewLeft() < left() ? `an import in a preview (${previewTime / 1000} s)` : own,
    }
  }
  return {
    remaining: () => clockFrom(now()).remaining(),
    limit: () => clockFrom(now()).limit?.() ?? own,
    forRequest: () => clockFrom(now()),
  }
}
