import type { Org } from '../org/org.ts'

/** Documented (API end of life, help 000354473 and 005321531): versions 21.0 to 30.0 are retired, as those before them are. */
const oldest = 31

/** Version 29.0 was Winter '14; three releases a year since then. */
const winterOf2014 = 29

/** GET /services/data: every version the org knows, oldest first (documented: Versions; needs no token). */
export function versions(org: Org): { label: string; url: string; version: string }[] {
  return Array.from({ length: org.newestVersion - oldest + 1 }, (_each, at) => {
    const number = oldest + at
    const release = number - winterOf2014
    const season = ['Winter', 'Spring', 'Summer'][release % 3] ?? ''
    return {
      label: `${season} '${14 + Math.floor(release / 3)}`,
      url: `/services/data/v${number}.0`,
      version: `${number}.0`,
    }
  })
}

/** A version in a path as the org knows it; `latest` is the newest (documented: Versions). Undefined: none it knows. */
export function knownVersion(org: Org, step: string): string | undefined {
  if (step === 'latest') return `v${org.newestVersion}.0`
  const number = numberOf(step)
  return number >= oldest && number <= org.newestVersion ? step : undefined
}

/** Whether a version in a path is one that Salesforce has retired. */
export function isRetired(step: string): boolean {
  return numberOf(step) < oldest
}

/** 66 of `v66.0`; NaN where it is no version. */
export function numberOf(step: string): number {
  return Number(/^v(\d+)\.0$/.exec(step)?.[1])
}
